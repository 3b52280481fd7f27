"""Where a workbook is edited in the tests of what is kept, and the edit itself."""

import datetime as dt
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import cell as cell_names

from hscb_xl.engine import open_book

TEXT = " <a> & 'b' \"c\"\n end "
DAY = dt.datetime(2015, 5, 12)
MARK = "hscb-xl corpus"
FAR = 5
LAST_ROW = 1_048_576

Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Target:
    """The sheet that is edited, and where: cells by what is written to them."""

    sheet: str
    part: str
    text: tuple[int, int] | None
    emptied: tuple[int, int] | None
    formula: tuple[int, int] | None
    number: tuple[int, int]
    day: tuple[int, int]
    flag: tuple[int, int]
    more: tuple[tuple[int, int], ...] = ()

    @property
    def cells(self) -> set[tuple[int, int]]:
        """All cells that the edit writes; ``more`` are those that a test writes besides."""
        places = (self.text, self.emptied, self.formula, self.number, self.day, self.flag)
        return {place for place in places if place} | {*self.more}


def local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def place(reference: str) -> tuple[int, int]:
    row, column = cell_names.coordinate_to_tuple(reference)
    return row, column


def parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The worksheets of a plain package by name, read without the code under test."""
    main = next((name for name in archive.namelist() if name.lower() == "xl/workbook.xml"), None)
    if main is None:
        return {}
    rels = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r for r in rels if str(r.get("Type")).endswith("/worksheet")}
    found = {}
    for node in ET.fromstring(archive.read(main)).iter():
        identity = next((value for key, value in node.attrib.items() if key.endswith("}id")), None)
        if local(node.tag) == "sheet" and identity in targets:
            target = str(targets[identity].get("Target"))
            found[str(node.get("name"))] = target.lstrip("/") if target[0] == "/" else f"xl/{target}"
    return found


def target_in(path: Path) -> Target | None:
    """Where the first worksheet of a book can be edited, None where there is none that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = parts_of_sheets(archive)
            if not names:
                return None
            sheet, part = next(iter(names.items()))
            root = ET.fromstring(archive.read(part))
            tables = [archive.read(name) for name in archive.namelist() if "/tables/" in name.lower()]
    except (zipfile.BadZipFile, ET.ParseError):
        return None
    taken = [*areas_taken(root), *(edge for table in tables for edge in edges_of(table))]
    return target_on(sheet, part, root, taken)


def target_on(sheet: str, part: str, root: ET.Element, taken: list[Area]) -> Target:
    """Cells of each kind outside the areas that are taken, and others behind and below all that is there."""
    cells = [node for node in root.iter() if local(node.tag) == "c" and node.get("r")]
    free = [c for c in cells if not any(within(place(c.attrib["r"]), area) for area in taken)]
    plain = [c for c in free if not {"cm", "vm"} & set(c.attrib)]
    constants = [place(c.attrib["r"]) for c in plain if len(c) and formula_of(c) is None]
    formulas = [place(c.attrib["r"]) for c in plain if (f := formula_of(c)) is not None and not f.attrib]
    rows = [place(c.attrib["r"])[0] for c in cells] or [1]
    below = max(rows + [area[2] for area in taken if area[2] < LAST_ROW]) + FAR
    below = below if below < LAST_ROW else min(set(range(2, 99)) - set(rows))
    right = max((place(c.attrib["r"])[1] for c in cells), default=1) + 1
    while any(within((rows[0], right), area) for area in taken):
        right += 1
    return Target(
        sheet,
        part,
        constants[0] if constants else None,
        constants[1] if len(constants) > 1 else None,
        formulas[0] if formulas else None,
        (rows[0], min(right, 16_384)),
        (below, 2),
        (below, 4),
    )


def formula_of(cell: ET.Element) -> ET.Element | None:
    return next((node for node in cell if local(node.tag) == "f"), None)


def areas_taken(root: ET.Element) -> Iterator[Area]:
    """Merged cells, cells that one formula fills, and those with a link or a validation."""
    for node in root.iter():
        filled = local(node.tag) == "f" and node.get("t") in ("array", "dataTable")
        if filled or local(node.tag) in ("mergeCell", "hyperlink", "dataValidation"):
            for reference in (node.get("ref") or node.get("sqref") or "").split():
                left, top, right, bottom = cell_names.range_boundaries(reference)
                yield top or 1, left or 1, bottom or LAST_ROW, right or 16_384


def edges_of(table: bytes) -> Iterator[Area]:
    """The first and the last row of a table: its headers, and its totals if it has them."""
    corners = ET.fromstring(table).attrib["ref"].split(":")
    (top, left), (bottom, right) = place(corners[0]), place(corners[-1])
    yield top, left, top, right
    yield bottom, left, bottom, right


def within(cell: tuple[int, int], area: Area) -> bool:
    return area[0] <= cell[0] <= area[2] and area[1] <= cell[1] <= area[3]


def edit(path: Path, target: Target) -> None:
    """Write a value of each kind, a rule and a validation, through the object model alone."""
    book = open_book(str(path))
    try:
        sheet = book.sheets[target.sheet]
        if target.text:
            sheet.range(target.text).value = TEXT
        if target.emptied:
            sheet.range(target.emptied).value = None
        if target.formula:
            sheet.range(target.formula).clear_contents()
        sheet.range(target.number).value = 149.25
        sheet.range(target.day).value = DAY
        sheet.range(target.flag).value = True
        block = sheet.range(target.day, target.flag)
        for rule in list(block.conditional_formats):
            if rule.type == "cell_value" and rule.formula1 == f'="{MARK}"':
                rule.delete()
        block.conditional_formats.add_cell_value("equal_to", f'="{MARK}"', fill_color=(1, 2, 3))
        block.data_validation.set_list([MARK, "other"])
        book.save()
    finally:
        book.close()
