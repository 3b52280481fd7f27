"""Filters: every kind of criterion read, and cleared with the rows that it hid."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.tables import filters
from hscb_xl.ooxml.tables.filters import Criterion
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml import made

READ = [
    ('<filters><filter val="R"/><filter val="A"/></filters>', Criterion("values", ("R", "A"))),
    ('<filters blank="1"><filter val="R"/></filters>', Criterion("values", ("", "R"))),
    ('<customFilters><customFilter val="R*"/></customFilters>', Criterion("comparison", "=R*", None, "or")),
    (
        '<customFilters and="1"><customFilter operator="greaterThan" val="1"/>'
        '<customFilter operator="lessThanOrEqual" val="9"/></customFilters>',
        Criterion("comparison", ">1", "<=9", "and"),
    ),
    (
        '<customFilters><customFilter operator="notEqual" val=" "/></customFilters>',
        Criterion("comparison", "<>", None, "or"),
    ),
    ('<top10 val="5" filterVal="3"/>', Criterion("top_items", "5")),
    ('<top10 top="0" percent="1" val="10"/>', Criterion("bottom_percent", "10")),
    ('<filters><dateGroupItem year="2015" dateTimeGrouping="year"/></filters>', Criterion("unknown")),
    ('<dynamicFilter type="aboveAverage"/>', Criterion("unknown")),
    ('<colorFilter dxfId="1"/>', Criterion("unknown")),
]


@pytest.mark.parametrize(("xml", "criterion"), READ)
def test_what_a_column_lets_through(xml: str, criterion: Criterion) -> None:
    column = f'<filterColumn colId="2">{xml}</filterColumn>'
    node = tree.parse(f'<autoFilter ref="A1:C4">{column}</autoFilter>'.encode())
    assert filters.criteria(node) == {3: criterion}


ROWS = (
    '<row r="1"/><row r="2" hidden="1" ht="20"><c r="A2"/></row><row r="3"/><row hidden="true" r="4"/>'
    '<row r="5" hidden="1"/>'
)
COLUMN = '<filterColumn colId="{}"><top10 val="1"/></filterColumn>'


def held(columns: str, mode: str = "1") -> tuple[str, str]:
    return f'<sheetPr filterMode="{mode}"/>', f'<autoFilter ref="A1:B4">{columns}</autoFilter>'


def test_a_cleared_filter_leaves_only_its_place() -> None:
    before, after = held(COLUMN.format(1))
    sheet = made.sheet(ROWS, before, after)
    filters.clear_sheet(sheet, refs.area("A1:B4"), None)
    shown = ROWS.replace(' hidden="1" ht', " ht").replace(' hidden="true"', "")
    assert sheet.data == made.worksheet(shown, *held("", "0"))


def test_other_columns_and_outlines_are_refused_and_left() -> None:
    several = held(COLUMN.format(0) + COLUMN.format(1))
    outline = ROWS.replace(" ht=", ' outlineLevel="1" ht=')
    for rows, around, field, why in (
        (ROWS, several, 1, r"Plan!A1:B4 in plan\.xlsx has criteria for other columns"),
        (outline, held(COLUMN.format(1)), 2, r"Plan!2:2 in plan\.xlsx .*outline"),
    ):
        sheet = made.sheet(rows, *around)
        with pytest.raises(UnsafeEdit, match=why):
            filters.clear_sheet(sheet, refs.area("A1:B4"), field)
        assert sheet.data == made.worksheet(rows, *around)


def test_a_column_without_criteria_is_clear_already() -> None:
    around = held(COLUMN.format(1))
    sheet = made.sheet(ROWS, *around)
    filters.clear_sheet(sheet, refs.area("A1:B4"), 1)
    assert sheet.data == made.worksheet(ROWS, *around)
