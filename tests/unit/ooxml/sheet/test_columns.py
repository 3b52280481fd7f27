"""Widths of columns: read as shown, set for some, and everything else of the columns kept."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.sheet import columns
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml import made

COLS = (
    '<cols><col min="2" max="5" width="9.7109375" style="3" bestFit="1" outlineLevel="1"/>'
    '<col min="7" max="7" width="20.7109375" customWidth="1"/>'
    '<col min="8" max="16384" hidden="1" style="4" width="0"/></cols>'
)


def cols(sheet: SheetPart) -> bytes:
    node = sheet.frame.child("cols")
    return sheet.frame.data[node.start : node.end] if node else b""


READ = [(1, 8.43), (2, 9.0), (5, 9.0), (6, 8.43), (7, 20.0), (8, 0.0), (16384, 0.0)]


@pytest.mark.parametrize(("column", "width"), READ)
def test_a_width_is_what_excel_shows(column: int, width: float) -> None:
    assert columns.width(made.sheet(before=COLS), column) == width


def test_columns_without_a_width_have_that_of_the_sheet() -> None:
    before = '<sheetFormatPr defaultColWidth="12.7109375"/><cols><col min="2" max="2" style="1"/></cols>'
    sheet = made.sheet(before=before)
    assert [columns.width(sheet, column) for column in (1, 2)] == [12.0, 12.0]


DAMAGED = [
    '<cols><col min="1" max="1" width="x"/></cols>',
    '<cols><col min="1" max="1" width="nan"/></cols>',
    '<sheetFormatPr defaultColWidth="wide"/>',
]


@pytest.mark.parametrize("before", DAMAGED)
def test_a_width_that_is_no_number_is_damage(before: str) -> None:
    with pytest.raises(DamagedBook, match=r"width of column Plan!A:A in plan\.xlsx is '\w+' instead"):
        columns.width(made.sheet(before=before), 1)


@pytest.mark.parametrize("width", [-1, 255.5, float("nan")])
def test_a_width_that_excel_does_not_know_is_refused(width: float) -> None:
    sheet = made.sheet(before=COLS)
    with pytest.raises(UnsafeEdit, match=r"column Plan!C:C in plan\.xlsx cannot be .* characters wide"):
        columns.set_width(sheet, 3, 4, width)
    assert not sheet.is_changed


SET = [
    ("one in the middle is cut out", (3, 3), 30,
     '<col min="2" max="2" width="9.7109375" style="3" bestFit="1" outlineLevel="1"/>'
     '<col min="3" max="3" width="30.71094" style="3" outlineLevel="1" customWidth="1"/>'
     '<col min="4" max="5" width="9.7109375" style="3" bestFit="1" outlineLevel="1"/>'),
    ("a new one stands in order", (1, 1), 30,
     '<cols><col min="1" max="1" width="30.71094" customWidth="1"/><col min="2"'),
    ("gaps are filled", (4, 7), 30,
     '<col min="4" max="5" width="30.71094" style="3" outlineLevel="1" customWidth="1"/>'
     '<col min="6" max="6" width="30.71094" customWidth="1"/>'
     '<col min="7" max="7" width="30.71094" customWidth="1"/><col min="8" max="16384"'),
    ("a hidden one is shown", (8, 8), 30,
     '<col min="8" max="8" style="4" width="30.71094" customWidth="1"/>'
     '<col min="9" max="16384" hidden="1" style="4" width="0"/>'),
]  # fmt: skip


@pytest.mark.parametrize(("span", "width", "xml"), [case[1:] for case in SET], ids=[case[0] for case in SET])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_width_is_set_for_these_columns_only(
    span: tuple[int, int], width: float, xml: str, prefix: str
) -> None:
    def own(text: str) -> str:
        return text.replace("<col", f"<{prefix}col").replace("</col", f"</{prefix}col")

    sheet = made.sheet(before=own(COLS), prefix=prefix)
    columns.set_width(sheet, *span, width)
    assert own(xml) in sheet.data.decode()
    tree.check(sheet.data)


def test_the_first_width_of_a_sheet_stands_before_its_rows() -> None:
    sheet = made.sheet("<row/>", before="<sheetFormatPr/>")
    columns.set_width(sheet, 2, 3, 12.5)
    assert (
        b'<sheetFormatPr/><cols><col min="2" max="3" width="13.21094" customWidth="1"/></cols><sheetData>'
        in sheet.data
    )


def test_the_width_that_is_there_changes_no_byte() -> None:
    sheet = made.sheet(before=COLS)
    columns.set_width(sheet, 2, 5, 9)
    columns.set_width(sheet, 1, 1, 8.43)
    assert not sheet.is_changed


column = st.integers(1, 30)
widths = st.integers(1, 100) | st.floats(0.5, 255).map(lambda width: round(width, 2))


@given(st.lists(st.tuples(column, column, widths), max_size=8))
def test_any_order_of_settings_agrees_with_a_list(settings: list[tuple[int, int, float]]) -> None:
    sheet = made.sheet(before=COLS)
    known = [columns.width(sheet, number) for number in range(1, 32)]
    styles = [sheet.formats.of_column(number) for number in range(1, 32)]
    for one, other, width in settings:
        first, last = min(one, other), max(one, other)
        columns.set_width(sheet, first, last, width)
        known[first - 1 : last] = [width] * (last - first + 1)
        held = cols(sheet)
        columns.set_width(sheet, first, last, width)
        assert cols(sheet) == held
    assert [columns.width(sheet, number) for number in range(1, 32)] == pytest.approx(known, abs=0.006)
    assert [sheet.formats.of_column(number) for number in range(1, 32)] == styles
    nodes = sheet.frame.items("cols")
    for before, after in pairwise(nodes):
        assert before.number("min") <= before.number("max") < after.number("min")
