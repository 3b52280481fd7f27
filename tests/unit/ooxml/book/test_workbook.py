"""A workbook: its sheets and names read, a sheet added, saved only where something changed."""

from pathlib import Path

import pytest

from hscb_xl.errors import DamagedBook, NotAWorkbook, UnsafeEdit
from hscb_xl.ooxml.book.listing import DefinedName
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.edits import Edit
from tests.unit.ooxml import made

NAMES = (
    '<definedNames><definedName name="Plan_AsOf">Plan!$A$2</definedName>'
    '<definedName name="Area" localSheetId="1">\'Other &amp; more\'!$A$1</definedName></definedNames>'
)
PARTS = made.parts({"Plan": made.worksheet(), "Other &amp; more": made.worksheet()}, NAMES)


def test_sheets_and_names_are_read() -> None:
    workbook = made.book(PARTS)
    assert [(sheet.name, sheet.part, sheet.visible, sheet.id) for sheet in workbook.sheets] == [
        ("Plan", "xl/worksheets/sheet1.xml", True, 1),
        ("Other & more", "xl/worksheets/sheet2.xml", True, 2),
    ]
    assert workbook.names == (
        DefinedName("Plan_AsOf", "Plan!$A$2", None),
        DefinedName("Area", "'Other & more'!$A$1", 1),
    )
    assert workbook.sheet("PLAN").title == "Plan"
    with pytest.raises(KeyError):
        workbook.sheet("Summary")


def test_a_sheet_is_added_behind_the_others(tmp_path: Path) -> None:
    workbook = made.book(PARTS)
    workbook.add_sheet("R&D").edit(2, 2, Edit("x"))
    workbook.save(tmp_path / "plan.xlsx")
    again = Workbook.open(tmp_path / "plan.xlsx")
    assert [sheet.name for sheet in again.sheets] == ["Plan", "Other & more", "R&D"]
    assert again.sheet("R&D").extent() == Area(2, 2, 2, 2)
    assert again.sheets[2].id == 3
    assert again.names == made.book(PARTS).names


def test_what_was_put_off_and_refused_is_asked_for_again() -> None:
    workbook, asked = made.book(PARTS), []

    def refuse() -> None:
        asked.append(1)
        raise UnsafeEdit("not today")

    workbook.put_off("xl/charts/chart1.xml", refuse)
    for _ in range(2):
        with pytest.raises(UnsafeEdit, match="not today"):
            workbook.flush()
    workbook.put_off("xl/charts/chart1.xml", lambda: asked.append(2))
    workbook.flush()
    workbook.flush()
    assert asked == [1, 1, 2]


def test_a_book_that_lists_no_sheet_takes_one() -> None:
    parts = made.parts({"Plan": made.worksheet()})
    start = parts["xl/workbook.xml"].index(b"<sheet ")
    end = parts["xl/workbook.xml"].index(b"</sheets>")
    listed = parts["xl/workbook.xml"]
    workbook = made.book(parts | {"xl/workbook.xml": listed[:start] + listed[end:]})
    workbook.add_sheet("New")
    assert [(sheet.name, sheet.id) for sheet in workbook.sheets] == [("New", 1)]


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "a:b", "[a]", "'a", "a'", "PLAN", "History", "a\nb"])
def test_a_name_that_excel_would_not_take_is_refused(name: str) -> None:
    with pytest.raises(UnsafeEdit, match="a sheet cannot be called"):
        made.book(PARTS).add_sheet(name)


def test_saving_writes_only_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made.zipped(PARTS))
    workbook = Workbook.open(path)
    assert workbook.save(path) is False
    workbook.sheet("Plan").edit(1, 1, Edit("x"))
    assert workbook.save(path) is True
    workbook.sheet("Plan").edit(1, 1, Edit("x"))
    assert workbook.save(path) is False
    assert Workbook.open(path).sheet("Plan").extent() == Area(1, 1, 1, 1)


def test_a_refused_edit_saves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made.zipped(PARTS))
    workbook = Workbook.open(path)
    workbook.sheet("Other & more").edit(1, 1, Edit("good"))
    workbook.sheet("Plan").edit(1, 1, Edit("x" * 40_000))
    for _ in range(2):
        with pytest.raises(UnsafeEdit, match=r"Plan!A1 in plan\.xlsx"):
            workbook.save(path)
    assert path.read_bytes() == made.zipped(PARTS)


CHART_SHEET = PARTS | {
    "xl/_rels/workbook.xml.rels": made.relationships(
        made.relationship("rId1", "worksheet", "worksheets/sheet1.xml")
        + made.relationship("rId2", "chartsheet", "chartsheets/sheet1.xml")
    )
}


def test_a_sheet_without_cells_is_left_alone() -> None:
    workbook = made.book(CHART_SHEET)
    assert [sheet.part for sheet in workbook.sheets] == ["xl/worksheets/sheet1.xml", None]
    with pytest.raises(UnsafeEdit, match=r"Other & more of plan\.xlsx holds no cells"):
        workbook.sheet("Other & more")


SHEET = "xl/worksheets/sheet1.xml"
LATIN = b'<?xml version="1.0" encoding="latin-1"?>' + made.worksheet()
UNNUMBERED = PARTS["xl/workbook.xml"].replace(b'sheetId="1"', b"")
SPOILT = [
    ("no workbook", "_rels/.rels", made.relationships(""), NotAWorkbook, "is not an Excel workbook"),
    ("another dialect", "xl/workbook.xml", b'<workbook xmlns="urn:other"/>', UnsafeEdit, "dialect"),
    ("a document type", "xl/workbook.xml", b"<!DOCTYPE a><workbook/>", UnsafeEdit, "document type"),
    ("UTF-16", SHEET, made.worksheet().decode().encode("utf-16"), UnsafeEdit, "UTF-16"),
    ("Latin-1", SHEET, LATIN, UnsafeEdit, "instead of UTF-8"),
    ("a sheet cut short", SHEET, made.worksheet()[:-9], DamagedBook, "well-formed"),
    ("rows cut short", SHEET, made.worksheet("<row><c></row>"), DamagedBook, "well-formed"),
    ("another kind of sheet", SHEET, b'<dialogsheet xmlns="x"/>', UnsafeEdit, "no worksheet"),
    ("no number of a sheet", "xl/workbook.xml", UNNUMBERED, DamagedBook, "None as its sheetId"),
]


@pytest.mark.parametrize(
    ("part", "data", "error", "why"), [c[1:] for c in SPOILT], ids=[c[0] for c in SPOILT]
)
def test_what_cannot_be_read_is_refused_by_file_and_part(
    part: str, data: bytes, error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=rf"plan\.xlsx.*{why}"):
        made.book(PARTS | {part: data}).sheet("Plan").extent()


COMMENTED = made.worksheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace(
    b"<sheetData>", b"<!-- <sheetData> --><?x <sheetData> ?><sheetData>"
)


def test_comments_around_the_rows_do_not_mislead() -> None:
    sheet = made.book(PARTS | {"xl/worksheets/sheet1.xml": COMMENTED}).sheet("Plan")
    assert sheet.grid.data == b'<row r="1"><c r="A1"><v>1</v></c></row>'
    sheet.edit(2, 1, Edit(True))
    sheet.flush()
    ours = b'<row r="2"><c r="A2" t="b"><v>1</v></c></row></sheetData>'
    assert sheet.data == COMMENTED.replace(b"</sheetData>", ours)
