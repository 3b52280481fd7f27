"""Real workbooks that get a rule of every kind, lines and a table: nothing else changes."""

import re
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError
from tests.lossless.corpus import EVERY, Refused, Validate, complaints, copy_of, sample
from tests.lossless.differ import records
from tests.lossless.targets import Target, target_in

NAME = "TableOfTheTest"
OURS = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|xl/styles\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/tables/table[0-9]+\.xml|docprops/app\.xml"
)
KINDS = ["cell_value", "custom", "color_scale", "data_bar", "icon_set", "icon_set"]


def draw(path: Path, sheet_name: str, corner: tuple[int, int]) -> None:
    """Fill a table of four rows and give it rules, lines and totals."""
    book = open_book(str(path))
    try:
        sheet = book.sheets[sheet_name]
        block = sheet.range(corner).resize(4, 2)
        block.value = [["Name", "Done"], ["a", 1], ["b", 2], ["c", 3]]
        table = sheet.tables.add(source=block, name=NAME)
        table.rows.add(["d", 4])
        rules(sheet.range((corner[0] + 1, corner[1] + 1)).resize(4, 1))
        table.show_totals = True
        table.range.borders.set("outside", line_style="double", color="#0000ff")
        assert [rule.type for rule in table.rows[1].range.conditional_formats][-6:] == KINDS
        book.save()
    finally:
        book.close()


def rules(cells: Any) -> None:
    formats = cells.conditional_formats
    formats.add_cell_value("greater_than", 3, fill_color="#c00000")
    formats.add_custom(f"={cells[0].get_address(False, False)}=2", font_bold=True)
    formats.add_color_scale(["#f8696b", "#63be7b"])
    formats.add_data_bar("#638ec6", gradient=False)
    formats.add_icon_set("3_arrows")
    formats.add_icon_set("3_stars")
    cells.data_validation.set_whole_number("between", 0, 9)
    cells[1:3].data_validation.delete()


def drawn(path: Path, folder: Path, refused: Refused) -> tuple[Path, Target, tuple[int, int]] | None:
    """A copy with all of it, and where; None where there is no room or the workbook is refused."""
    copy = copy_of(path, folder)
    target = target_in(copy) if zipfile.is_zipfile(copy) else None
    if target is None or target.number[0] > 1_048_000:
        return None
    corner = (max(target.number[0], bottom_of(copy)) + 20, 1)
    try:
        draw(copy, target.sheet, corner)
    except PlanError as problem:
        refused(path, problem)
        assert copy.read_bytes() == path.read_bytes()
        return None
    return copy, target, corner


def bottom_of(path: Path) -> int:
    """The last row in which a sheet of a workbook has anything, as far as another reader sees it."""
    book = read(path)
    rows = [sheet.max_row for sheet in book.worksheets] if book else []
    return max((row for row in rows if row < 1_048_000), default=1)


def read(path: Path) -> openpyxl.Workbook | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(BytesIO(path.read_bytes()))
        except Exception:  # noqa: BLE001  # openpyxl fails on several of these files with errors of many kinds
            return None


@pytest.mark.corpus
@EVERY
def test_nothing_else_changes(path: Path, tmp_path: Path, refused: Refused) -> None:
    made = drawn(path, tmp_path, refused)
    if made is None:
        return
    copy, target, corner = made
    old, new = records(path), records(copy)
    relations = re.sub(r"([^/]+)$", r"_rels/\1.rels", target.part).lower()
    owned = {target.part.lower(), relations}
    wrong = [name for name in old if name in new and old[name] != new[name] and name.lower() not in owned]
    wrong += [*({*old} ^ {*new})]
    assert [name for name in wrong if not OURS.fullmatch(name.lower()) and name.lower() not in owned] == []
    assert [name for name in new if name in old] == [name for name in old if name in new]
    before = read(path) if has_formats(path) else None
    if before is not None:
        after = read(copy)
        assert after is not None
        compare(before, after, target.sheet, corner)


def has_formats(path: Path) -> bool:
    """Whether a workbook says what its cells look like, so that every reader sees the same."""
    with zipfile.ZipFile(path) as package:
        return "xl/styles.xml" in package.namelist() and b"cellXfs" in package.read("xl/styles.xml")


def compare(before: openpyxl.Workbook, after: openpyxl.Workbook, name: str, corner: tuple[int, int]) -> None:
    """What another reader sees: all that was there, and what was added."""
    row, column = corner
    sheet = after[name]
    assert sheet.tables[NAME].ref == f"A{row}:B{row + 5}"
    assert [cell.name for cell in sheet.tables[NAME].tableColumns] == ["Name", "Done"]
    ours = {str(part.sqref): part.rules for part in sheet.conditional_formatting}
    kinds = [rule.type for rule in ours.pop(f"B{row + 1}:B{row + 4}")]
    assert kinds == ["cellIs", "expression", "colorScale", "dataBar", "iconSet"]
    assert list(ours) == [str(part.sqref) for part in before[name].conditional_formatting]
    checks = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert f"B{row + 1} B{row + 4}" in checks
    held = {str(rule.sqref) for rule in before[name].data_validations.dataValidation}
    if not any("XFD" in areas for areas in held):  # one for all cells gives its own to the new rule
        assert checks - {f"B{row + 1} B{row + 4}"} == held
    border = sheet.cell(row, column).border
    assert (border.top.style, border.left.style) == ("double", "double")
    for old in before.worksheets:
        new = after[old.title]
        there = [
            cell for cell in old._cells.values() if old.title != name or cell.row not in range(row, row + 6)
        ]
        for cell in there:
            found = new[cell.coordinate]
            assert (repr(found.border), repr(found.font)) == (repr(cell.border), repr(cell.font))
            assert (repr(found.fill), found.number_format) == (repr(cell.fill), cell.number_format)


@pytest.mark.corpus
@pytest.mark.validator
@sample(11)
def test_the_schema_finds_nothing_new(
    path: Path, tmp_path: Path, validate: Validate, refused: Refused
) -> None:
    made = drawn(path, tmp_path, refused)
    assert made is None or not complaints(made[0], validate) - complaints(path, validate)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A workbook with one sheet that holds all of it."""
    path = tmp_path / "fresh.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Plan")
    draw(path, "Plan", (3, 1))
    return path


@pytest.mark.validator
def test_the_schema_finds_nothing_in_a_fresh_one(fresh: Path, validate: Callable[[Path], list[str]]) -> None:
    assert validate(fresh) == []


@pytest.mark.libreoffice
def test_another_program_keeps_all_of_it(
    fresh: Path, tmp_path: Path, soffice: Callable[..., list[Path]]
) -> None:
    (kept,) = soffice(tmp_path / "kept", fresh, to="xlsx")
    book = read(kept)
    assert book is not None
    sheet = book["Plan"]
    kinds = {rule.type for part in sheet.conditional_formatting for rule in part.rules}
    assert kinds >= {"cellIs", "expression", "colorScale", "dataBar", "iconSet"}
    (check,) = sheet.data_validations.dataValidation
    assert (check.type, str(check.sqref)) == ("whole", "B4 B7")
    assert sheet["A3"].border.top.style == "double"
    assert sheet.tables[NAME].ref == "A3:B8"
    with zipfile.ZipFile(kept) as package:
        assert b'iconSet="3Stars"' in package.read("xl/worksheets/sheet1.xml")
