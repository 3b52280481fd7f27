"""Where a chart over cells begins and ends, in rows, columns and points."""

import pytest

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.drawings import chartparts
from hscb_xl.ooxml.drawings.charttemplates import SeriesRef
from hscb_xl.ooxml.drawings.drawing import Anchor
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet import columns, geometry
from tests.unit.ooxml import made

ROWS = '<row r="2" ht="30"/><row r="3" hidden="1"/>'
BEFORE = (
    '<sheetFormatPr defaultRowHeight="20"/><cols><col min="2" max="5" width="9" hidden="1"/>'
    '<col min="7" max="7" width="20.7109375"/></cols>'
)


def test_rows_and_columns_have_their_own_size_or_the_sheets() -> None:
    sheet = made.sheet(ROWS, before=BEFORE)
    assert [geometry.row_points(sheet, row) for row in (1, 2, 3, 4)] == [20, 30, 0, 20]
    assert [geometry.column_points(sheet, column) for column in (1, 2, 7)] == [48, 0, 108.75]
    assert [geometry.row_points(made.sheet(), 1), geometry.column_points(made.sheet(), 1)] == [15, 48]


@pytest.mark.parametrize(("rows", "form"), [('<row r="1" ht="x"/>', ""), ("", 'defaultRowHeight="x"')])
def test_a_height_that_is_no_number_is_damage(rows: str, form: str) -> None:
    sheet = made.sheet(rows, before=f"<sheetFormatPr {form}/>")
    with pytest.raises(DamagedBook, match=r"height of row Plan!1:1 in plan\.xlsx is 'x' instead of a number"):
        geometry.row_points(sheet, 1)


def test_points_from_a_cell_lead_to_another() -> None:
    sheet = made.sheet(ROWS, before=BEFORE)
    assert geometry.reach(sheet, 1, 1, 55, 50) == (4, 6, 5 * geometry.EMU, 2 * geometry.EMU)
    assert geometry.reach(sheet, 1, 1, 0, 0) == (1, 1, 0, 0)


def test_a_sheet_without_height_or_width_has_an_end() -> None:
    sheet = made.sheet(before='<sheetFormatPr defaultRowHeight="0.001"/>')
    columns.set_width(sheet, 16_380, 16_384, 0)
    assert geometry.reach(sheet, 1_048_500, 16_380, 500, 500)[:2] == (refs.MAX_ROW, refs.MAX_COLUMN)


def test_a_chart_covers_the_cells_below_its_corner() -> None:
    sheet = made.sheet(ROWS, before=BEFORE)
    emu = geometry.EMU
    assert chartparts.place(sheet, (1, 1), (5, 8), (50, 50)) == Anchor(
        0, 0, 5, 3, 8 * emu, 5 * emu, 10 * emu, 5 * emu
    )


def test_series_are_the_columns_or_the_rows_of_a_block() -> None:
    sheet = made.sheet()
    block = refs.area("A1:C2")
    assert chartparts.series(sheet, block, by_rows=False) == [
        SeriesRef("Plan!$B$1", "Plan!$A$2", "Plan!$B$2"),
        SeriesRef("Plan!$C$1", "Plan!$A$2", "Plan!$C$2"),
    ]
    assert chartparts.series(sheet, block, by_rows=True) == [
        SeriesRef("Plan!$A$2", "Plan!$B$1:$C$1", "Plan!$B$2:$C$2")
    ]
    with pytest.raises(UnsafeEdit, match=r"not Plan!A1:A9 in plan\.xlsx alone"):
        chartparts.series(sheet, refs.area("A1:A9"), by_rows=False)


def test_a_strict_book_gets_no_chart_and_keeps_its_parts() -> None:
    parts = made.parts({"Plan": made.worksheet()})
    for plain, strict in ((made.MAIN, "spreadsheetml/main"), (made.OFFICE, "officeDocument/relationships")):
        uri = f"http://purl.oclc.org/ooxml/{strict}".encode()
        parts = {name: data.replace(plain.encode(), uri) for name, data in parts.items()}
    workbook = made.book(parts)
    anchor = Anchor(0, 0, 1, 1)
    with pytest.raises(UnsafeEdit, match="Strict Open XML"):
        chartparts.add(workbook.package, workbook.sheet("Plan"), "Chart 1", b"<c/>", anchor)
    assert not workbook.package.changed


def test_sizes_add_up_and_rows_that_are_not_there_have_the_sheets() -> None:
    sheet = made.sheet(ROWS, before=BEFORE)
    assert geometry.height(sheet, 1, 4) == 20 + 30 + 0 + 20
    assert geometry.height(sheet, 1, 0) == geometry.width(sheet, 1, 0) == 0
    assert geometry.height(sheet, 4, refs.MAX_ROW) == 20 * (refs.MAX_ROW - 3)
    assert geometry.width(sheet, 1, 7) == 48 + 0 + 48 + 108.75
    assert geometry.row_heights(sheet, 2, 3) == {30, 0}
    assert geometry.row_heights(sheet, 3, 9) == {0, 20}
    assert geometry.height(made.sheet(before='<sheetFormatPr zeroHeight="1"/>'), 1, 9) == 0
