"""Real workbooks, most of them saved by Excel: saved unchanged, edited, read by others, edited again.

A workbook that the engine refuses, with one sentence that says why, is counted and listed; everything else
must come out with nothing changed but what was asked for.
"""

import datetime as dt
import os
import re
import struct
import warnings
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

import openpyxl
import pytest
from openpyxl.utils import cell as cell_names
from python_calamine import CalamineError, CalamineWorkbook

from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError

pytestmark = pytest.mark.corpus

CORPUS = Path(os.environ.get("HSCB_XL_CORPUS") or os.devnull)
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".xlsx", ".xlsm", ".xlam"))
EVERY = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
SAMPLE = pytest.mark.parametrize("path", FILES[5::24], ids=lambda path: f"{path.parent.name}/{path.name}")

REFUSED: dict[str, str] = {}
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

    @property
    def cells(self) -> set[tuple[int, int]]:
        places = (self.text, self.emptied, self.formula, self.number, self.day, self.flag)
        return {place for place in places if place}


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


def refused(path: Path, problem: PlanError) -> None:
    REFUSED[f"{path.parent.name}/{path.name}"] = f"{type(problem).__name__}: {problem}"


def copy_of(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    return copy


@EVERY
def test_saved_without_a_change_it_has_the_same_bytes(path: Path, tmp_path: Path) -> None:
    copy = copy_of(path, tmp_path)
    try:
        book = open_book(str(copy))
    except PlanError as problem:
        refused(path, problem)
        return
    try:
        for sheet in book.sheets:
            assert sheet.used_range.shape
            assert sheet.tables is not None
        book.save()
    except PlanError as problem:
        refused(path, problem)
    finally:
        book.close()
    assert copy.read_bytes() == path.read_bytes()


@EVERY
def test_edited_it_keeps_everything_else(path: Path, tmp_path: Path) -> None:
    copy = copy_of(path, tmp_path)
    target = target_in(copy) if zipfile.is_zipfile(copy) else None
    if target is None:
        return
    try:
        edit(copy, target)
    except PlanError as problem:
        refused(path, problem)
        assert copy.read_bytes() == path.read_bytes()
        return
    once = copy.read_bytes()
    assert only_owned_parts_changed(path, copy, target) == []
    assert tokens(path, target) == tokens(copy, target, known=rows_of(path, target))
    assert chained(copy).get(target.sheet, set()).isdisjoint(target.cells)
    compare_readers(path, copy, target)
    edit(copy, target)
    assert copy.read_bytes() == once


def test_refusals_have_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{len(FILES)} workbooks, {len(REFUSED)} refused:")
        for name, reason in REFUSED.items():
            print(f"  {name}: {reason}")
    assert len(REFUSED) <= len(FILES) // 12
    for name, reason in REFUSED.items():
        assert Path(name).name in reason, name
        assert reason.endswith("."), name


@pytest.mark.validator
@SAMPLE
def test_the_schema_finds_nothing_new(
    path: Path, tmp_path: Path, validate: Callable[[Path], list[str]]
) -> None:
    copy = copy_of(path, tmp_path)
    target = target_in(copy) if zipfile.is_zipfile(copy) else None
    if target is None:
        return
    before = Counter(re.sub(r"\[\d+\]", "", complaint) for complaint in validate(copy))
    try:
        edit(copy, target)
    except PlanError:
        return
    after = Counter(re.sub(r"\[\d+\]", "", complaint) for complaint in validate(copy))
    assert not after - before


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
        if kind in ("conditionalFormatting", "dataValidation"):
            return any(event[0] == "text" and MARK in str(event[1]) for event in events)
        empty = len(events) == 2
        new_row = kind == "row" and self._known is not None and self._row not in self._known
        return empty and (new_row or kind == "dataValidations")


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
