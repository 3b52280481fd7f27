"""Widths of columns, heights of rows, and where a chart over them ends."""

import pytest

from hscb_xl.ooxml import columns, geometry, rows
from hscb_xl.ooxml.styles import Look, Styles
from tests.unit.ooxml import made

COLS = (
    '<cols><col min="2" max="5" width="9.7109375" style="3" hidden="1" outlineLevel="1"/>'
    "<col min='7' max='7' width='20.7109375' /></cols>"
)


def col(first: int, last: int, width: str, more: str = "") -> str:
    return f'<col min="{first}" max="{last}"{more} width="{width}" customWidth="1"/>'


SET = [
    ("no columns yet", "", (1, 3), "<cols>" + col(1, 3, "12.71094") + "</cols>"),
    ("one that has none", COLS, (6, 6), COLS.replace("<col min='7'", col(6, 6, "12.71094") + "<col min='7'")),
    ("another width", COLS, (7, 7), COLS[: COLS.index("<col min='7'")] + col(7, 7, "12.71094") + "</cols>"),
    (
        "the middle of a group, which keeps its format and is shown",
        COLS,
        (3, 4),
        '<cols><col min="2" max="2" width="9.7109375" style="3" hidden="1" outlineLevel="1"/>'
        '<col min="3" max="4" width="12.71094" style="3" outlineLevel="1" customWidth="1"/>'
        '<col min="5" max="5" width="9.7109375" style="3" hidden="1" outlineLevel="1"/>'
        "<col min='7' max='7' width='20.7109375' /></cols>",
    ),
]


@pytest.mark.parametrize(
    ("before", "which", "after"), [case[1:] for case in SET], ids=[case[0] for case in SET]
)
def test_a_width_is_set_and_all_others_stay(before: str, which: tuple[int, int], after: str) -> None:
    sheet = made.sheet(before=before)
    columns.set_width(sheet, *which, 12)
    assert sheet.data == made.worksheet(before=after)
    assert [columns.width(sheet, column) for column in which] == [12, 12]
    columns.set_width(sheet, *which, 12)
    assert sheet.data == made.worksheet(before=after)


def test_all_columns_are_set_without_one_element_for_each() -> None:
    sheet = made.sheet(before=COLS)
    columns.set_width(sheet, 1, 16_384, 12)
    assert sheet.data.count(b"<col ") == 5
    assert {columns.width(sheet, column) for column in (1, 2, 6, 7, 8, 16_384)} == {12}


WIDTHS = [
    ("the program's own", "", 1, 8.43),
    ("the sheet's", '<sheetFormatPr defaultColWidth="10.7109375"/>', 1, 10.0),
    ("its own", COLS, 7, 20.0),
    ("hidden", COLS, 2, 0.0),
]


@pytest.mark.parametrize(
    ("before", "column", "width"), [case[1:] for case in WIDTHS], ids=[c[0] for c in WIDTHS]
)
def test_a_width_is_read(before: str, column: int, width: float) -> None:
    assert columns.width(made.sheet(before=before), column) == width


def test_points_from_a_cell_lead_to_another() -> None:
    rows_xml = '<row r="2" ht="30"/><row r="3" hidden="1"/>'
    sheet = made.sheet(rows_xml, before='<sheetFormatPr defaultRowHeight="20"/>' + COLS)
    assert [geometry.row_points(sheet, row) for row in (1, 2, 3, 4)] == [20, 30, 0, 20]
    assert [geometry.column_points(sheet, column) for column in (1, 2, 7)] == [48, 0, 108.75]
    assert geometry.reach(sheet, 1, 1, 55, 50) == (4, 6, 5 * geometry.EMU, 2 * geometry.EMU)


def test_a_sheet_of_hidden_rows_has_an_end() -> None:
    sheet = made.sheet(before='<sheetFormatPr defaultRowHeight="0.001"/>')
    assert geometry.reach(sheet, 1_048_500, 1, 500, 10)[0] == 1_048_576


def test_rows_are_made_as_tall_as_their_wrapped_text() -> None:
    styles = Styles(f'<styleSheet xmlns="{made.MAIN}"/>'.encode())
    wrapped = styles.changed(0, Look(wrap=True))
    long = "many words that fill a line " * 8

    def text(reference: str, style: int) -> str:
        return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t>{long}</t></is></c>'

    sheet = made.sheet(
        f'<row r="1">{text("A1", wrapped)}</row><row r="2" ht="99" customHeight="1">{text("A2", 0)}</row>'
        f'<row r="3">{text("A3", wrapped)}</row><row r="4"/>',
        after='<mergeCells count="1"><mergeCell ref="A3:D3"/></mergeCells>',
    )
    rows.fit_heights(sheet, styles, 1, 4)
    heights = [sheet.grid.row_attributes(row).get(b"ht") for row in (1, 2, 3, 4)]
    assert heights[0] is not None
    assert float(heights[0]) > 100
    assert heights[1:] == [None, None, None]
    once = sheet.data
    rows.fit_heights(sheet, styles, 1, 4)
    assert sheet.data == once
