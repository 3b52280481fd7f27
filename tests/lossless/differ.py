"""What changed between two files: parts and their packed bytes, the XML of a sheet, what others read."""

import re
import struct
import warnings
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.parsers import expat

import openpyxl
from openpyxl.utils import cell as cell_names
from python_calamine import CalamineError, CalamineWorkbook

from tests.lossless.targets import DAY, LAST_ROW, MARK, TEXT, Target, local, place


def records(path: Path) -> dict[str, tuple[object, ...]]:
    """Each member of a zip file in order: what its entry says, and its packed bytes."""
    data = path.read_bytes()
    found: dict[str, tuple[object, ...]] = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name_length, extra_length = struct.unpack_from("<2H", data, info.header_offset + 26)
            start = info.header_offset + 30 + name_length + extra_length
            entry = (
                info.compress_type,
                info.date_time,
                info.CRC,
                info.external_attr,
                info.extra,
                info.comment,
            )
            found[info.filename] = (*entry, data[info.header_offset : start + info.compress_size])
    return found


def only_owned_parts_changed(before: Path, after: Path, target: Target) -> list[str]:
    """The parts that changed, went, came or moved although no edit concerned them."""
    old, new = records(before), records(after)
    owned = {target.part.lower(), "xl/styles.xml"}
    with zipfile.ZipFile(before) as archive:
        names = [name for name in archive.namelist() if name.lower().startswith("xl/worksheets/")]
        if any(b"<f" in archive.read(name) or b":f>" in archive.read(name) for name in names):
            owned.add("xl/workbook.xml")
    if target.formula:
        owned.add("xl/calcchain.xml")
    if "xl/calcChain.xml" in set(old) - set(new) or set(new) - set(old):
        owned |= {"[content_types].xml", "xl/_rels/workbook.xml.rels"}
    kept = [name for name in old if name in new]
    wrong = [name for name in kept if old[name] != new[name] and name.lower() not in owned]
    wrong += [name for name in {*old} ^ {*new} if name.lower() not in owned]
    return wrong if list(new)[: len(kept)] == kept else [*wrong, "the order"]


def chained(path: Path) -> dict[str, set[tuple[int, int]]]:
    """The cells in the calculation chain by sheet; an entry is of the sheet of the one before."""
    with zipfile.ZipFile(path) as archive:
        rels = archive.read("xl/_rels/workbook.xml.rels")
        if b"/calcChain" not in rels or "xl/calcChain.xml" not in archive.namelist():
            return {}
        sheets = ET.fromstring(archive.read("xl/workbook.xml")).iter()
        names = {node.get("sheetId"): node.get("name", "") for node in sheets if local(node.tag) == "sheet"}
        found: dict[str, set[tuple[int, int]]] = {}
        current = ""
        for node in ET.fromstring(archive.read("xl/calcChain.xml")):
            current = names.get(node.get("i"), "") if node.get("i") else current
            found.setdefault(current, set()).add(place(node.attrib["r"]))
    return found


def rows_of(path: Path, target: Target) -> set[int]:
    """The rows that a sheet has at first, so that one of ours alone can be told from them."""
    return {
        int(dict(token[2])["r"])
        for token in tokens(path, target)
        if token[0] == "start" and re.fullmatch(r"(x:)?row", token[1])
    }


def tokens(path: Path, target: Target, known: set[int] | None = None) -> list[tuple[Any, ...]]:
    """The sheet's XML event by event, but for the cells, rows, rules, validations and hints that we own."""
    with zipfile.ZipFile(path) as archive:
        reader = Tokens(target, known)
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        parser.CommentHandler = reader.text
        parser.Parse(archive.read(target.part), True)
    return reader.kept()


class Tokens:
    """Collects events; an element that turns out to be ours is dropped when it ends."""

    def __init__(self, target: Target, known: set[int] | None) -> None:
        self._target = target
        self._known = known
        self._found: list[tuple[Any, ...]] = []
        self._starts: list[int] = []
        self._prefix: str | None = None
        self._row = self._column = 0

    def start(self, name: str, flat: list[str]) -> None:
        attributes = dict(zip(flat[::2], flat[1::2], strict=True))
        kind = self._kind(name)
        if kind == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            attributes = {**attributes, "r": str(self._row)}
            attributes.pop("spans", None)
        elif kind == "c":
            self._column = place(attributes["r"])[1] if "r" in attributes else self._column + 1
        elif kind in ("dimension", "dataValidations"):
            attributes = {}
        elif kind == "dataValidation":
            attributes = {**attributes, "sqref": outside(attributes.get("sqref", ""), self._target)}
        self._starts.append(len(self._found))
        self._found.append(("start", name, tuple(attributes.items())))

    def end(self, name: str) -> None:
        start = self._starts.pop()
        self._found.append(("end", name))
        if self._is_ours(self._kind(name), self._found[start:]):
            del self._found[start:]

    def text(self, text: str) -> None:
        self._found.append(("text", text))

    def kept(self) -> list[tuple[Any, ...]]:
        joined: list[tuple[Any, ...]] = []
        for token in self._found:
            if token[0] == "text" and joined and joined[-1][0] == "text":
                joined[-1] = ("text", f"{joined[-1][1]}{token[1]}")
            else:
                joined.append(token)
        return joined

    def _kind(self, name: str) -> str:
        """The element's name if it has the sheet's own prefix: a drawing has rows as well."""
        prefix, _, own = name.rpartition(":")
        if self._prefix is None:
            self._prefix = prefix
        return own if prefix == self._prefix else name

    def _is_ours(self, kind: str, events: list[tuple[Any, ...]]) -> bool:
        if kind == "c":
            return (self._row, self._column) in self._target.cells
        if kind == "dataValidation" and not dict(events[0][2])["sqref"]:
            return True
        if kind in ("conditionalFormatting", "dataValidation"):
            return any(event[0] == "text" and MARK in str(event[1]) for event in events)
        empty = len(events) == 2
        new_row = kind == "row" and self._known is not None and self._row not in self._known
        return empty and (new_row or kind == "dataValidations")


def outside(sqref: str, target: Target) -> str:
    """Which cells a rule holds for besides the three whose rule the edit sets, however they are listed."""
    bands: list[tuple[int, int, tuple[int, ...]]] = []
    areas = [cell_names.range_boundaries(reference) for reference in sqref.split()]
    filled = [
        (top or 1, left or 1, bottom or LAST_ROW, right or 16_384) for left, top, right, bottom in areas
    ]
    row, first, last = target.day[0], target.day[1], target.flag[1]
    edges = sorted({row, row + 1, *(area[0] for area in filled), *(area[2] + 1 for area in filled)})
    for top, end in pairwise(edges):
        columns = {c for area in filled if area[0] <= top <= area[2] for c in range(area[1], area[3] + 1)}
        if top == row:
            columns -= {*range(first, last + 1)}
        runs = tuple(c for c in sorted(columns) if c - 1 not in columns or c + 1 not in columns)
        if bands and bands[-1][1:] == (top, runs):
            bands[-1] = (bands[-1][0], end, runs)
        elif runs:
            bands.append((top, end, runs))
    return " ".join(map(str, bands))


def compare_readers(before: Path, after: Path, target: Target) -> None:
    """Another program sees our values and otherwise what it saw before."""
    old, new = values_in(before), values_in(after)
    assert old.keys() == new.keys()
    for sheet, cells in new.items():
        changed = {place for place in {*cells, *old[sheet]} if cells.get(place) != old[sheet].get(place)}
        assert changed <= (target.cells if sheet == target.sheet else set())
    if not old:
        return
    seen = new.get(target.sheet, {})
    assert seen.get(target.number) == 149.25
    assert seen.get(target.flag) is True
    assert seen.get(target.day) in (DAY, DAY.date())
    assert not target.emptied or seen.get(target.emptied) is None
    assert not target.text or seen.get(target.text) == TEXT


def values_in(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    """What openpyxl sees, or calamine where it cannot; nothing where neither can read the original."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl would lose on saving; here it only reads
            book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True, keep_links=False)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return values_by_calamine(path)
    return {
        # only the cells there are: one that went astray to XFD1048576 makes a sheet too large to walk over
        sheet.title: {at: cell.value for at, cell in sheet._cells.items() if cell.value is not None}
        for sheet in book.worksheets
    }


def values_by_calamine(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
    except CalamineError:
        return {}
    with book:
        return {
            name: {
                (r, c): value
                for r, row in enumerate(
                    book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
                )
                for c, value in enumerate(row, start=1)
                if value != ""
            }
            for name in book.sheet_names
        }
