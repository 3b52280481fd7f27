"""Everything that changes more of a book than cells: each thing done by one function, through xlwings."""

import posixpath
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import xlwings as xw

from hscb_xl.errors import PlanError

Change = Callable[[xw.Sheet], object]
RED, GREEN = (255, 0, 0), (0, 255, 0)
CHANGES: dict[str, Change] = {
    "insert a row": lambda sheet: sheet["3:3"].insert("down"),
    "insert a column": lambda sheet: sheet["B:B"].insert("right"),
    "insert cells": lambda sheet: sheet["J2:K3"].insert("down"),
    "delete rows": lambda sheet: sheet["4:5"].delete("up"),
    "delete a column": lambda sheet: sheet["A:A"].delete("left"),
    "delete cells": lambda sheet: sheet["A2:B2"].delete("up"),
    "rename the sheet": lambda sheet: setattr(sheet, "name", "It's & other"),
    "copy the sheet": lambda sheet: sheet.copy(after=sheet, name="Copy"),
    "add a sheet": lambda sheet: sheet.book.sheets.add("New", before=sheet),
    "delete the sheet": lambda sheet: sheet.book.sheets.add("Left", after=sheet) and sheet.delete(),
    "hide the sheet": lambda sheet: setattr(sheet, "visible", False),
    "merge": lambda sheet: sheet["J30:K31"].merge(),
    "split": lambda sheet: sheet["A1:J20"].unmerge(),
    "add a note": lambda sheet: sheet["J33"].add_note("a <note>\nof two lines"),
    "add a link": lambda sheet: sheet["J34"].add_hyperlink("https://example.com/?a=1&b=2", "A & B"),
    "draw lines": lambda sheet: sheet["J35:K36"].borders.set(weight="thin"),
    "add a name": lambda sheet: sheet.book.names.add("Fuzz", f"='{sheet.name}'!$A$1"),
    "add a table": lambda sheet: add_table(sheet),
    "copy cells": lambda sheet: sheet["A1:D3"].copy(sheet["J44"]),
    "fit everything": lambda sheet: sheet.autofit(),
    "a scale of colours": lambda sheet: sheet["J2:J9"].conditional_formats.add_color_scale([RED, GREEN]),
    "no rules": lambda sheet: sheet["A1:J20"].conditional_formats.clear(),
    "no validations": lambda sheet: sheet["A1:J20"].data_validation.delete(),
    "resize the tables": lambda sheet: [table.resize(sheet["A1:D9"]) for table in sheet.tables],
}


def add_table(sheet: xw.Sheet) -> None:
    sheet["M40:N40"].value = ["One", "Other"]
    sheet.tables.add(sheet["M40:N42"], name="Fuzz1")


def is_made(sheet: xw.Sheet, name: str) -> bool:
    """Make one change; False where it is refused in a sentence or not offered at all."""
    try:
        CHANGES[name](sheet)
    except (PlanError, NotImplementedError):
        return False
    return True


def loose_ends(path: Path) -> list[str]:
    """What does not fit together in a package: bad XML, and what names parts that are not there."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    there = {name.lower() for name in members}
    found = [f"{name} is no XML" for name, data in members.items() if not is_well_formed(name, data)]
    typed = re.findall(r'PartName="/([^"]+)"', members["[Content_Types].xml"].decode().lower())
    found += [f"a type for {part}" for part in typed if part not in there]
    for name, data in members.items():
        if name.endswith(".rels"):
            found += [f"{name} leads to {target}" for target in targets(name, data) if target not in there]
    return found


def is_well_formed(name: str, data: bytes) -> bool:
    if not name.endswith((".xml", ".rels", ".vml")):
        return True
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def targets(name: str, data: bytes) -> list[str]:
    """The parts that a part of relationships leads to, in small letters."""
    base = posixpath.dirname(posixpath.dirname(name))
    tags = [tag for tag in re.findall(r"<Relationship\s[^>]*>", data.decode()) if "External" not in tag]
    relative = [re.search(r'Target="([^"]*)"', tag) for tag in tags]
    return [
        posixpath.normpath(posixpath.join("/", base, one[1].replace("\\", "/"))).lstrip("/").lower()
        for one in relative
        if one
    ]
