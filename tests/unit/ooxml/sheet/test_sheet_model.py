"""Edits of a sheet against a dictionary that is edited alike: they agree after every step."""

from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.sheet.cells import Stored, Value
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml import made

ROWS, COLUMNS = 6, 5
WHOLE = Area(1, 1, ROWS, COLUMNS)
Cells = dict[tuple[int, int], Stored]

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
numbers = st.integers(-(10**9), 10**9).map(float) | st.floats(allow_nan=False, allow_infinity=False)
places = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS))
writes = st.tuples(places, text | numbers | st.booleans() | st.none())
steps = st.lists(writes | st.sampled_from(["read", "again"]), max_size=12)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, Cells]:
    """Rows and cells with and without their references, empty tags and full ones, and what they hold."""
    xml = ""
    cells: Cells = {}
    used = 0
    for row in sorted(draw(st.sets(st.integers(1, ROWS)))):
        inner, last = "", 0
        for column in sorted(draw(st.sets(st.integers(1, COLUMNS)))):
            reference = f' r="{chr(64 + column)}{row}"' if column != last + 1 or draw(st.booleans()) else ""
            value = draw(st.none() | st.integers(0, 99) | text)
            inner += cell(reference, value)
            cells[row, column] = float(value) if isinstance(value, int) else value
            last = column
        number = f' r="{row}"' if row != used + 1 or draw(st.booleans()) else ""
        hint = f' spans="1:{COLUMNS}"' if draw(st.booleans()) else ""
        xml += f"<row{number}{hint}>{inner}</row>" if inner or draw(st.booleans()) else f"<row{number}/>"
        used = row
    return xml, cells


def cell(reference: str, value: int | str | None) -> str:
    if value is None:
        return f"<c{reference}/>"
    if isinstance(value, int):
        return f"<c{reference}><v>{value}</v></c>"
    return f'<c{reference} t="inlineStr"><is>{strings.text_element(value, b"t").decode()}</is></c>'


def prefixed(xml: str, prefix: str) -> str:
    for tag in ("row", "c", "v", "is", "t"):
        for end in (">", " ", "/>"):
            xml = xml.replace(f"<{tag}{end}", f"<{prefix}{tag}{end}")
        xml = xml.replace(f"</{tag}>", f"</{prefix}{tag}>")
    return xml


def held(sheet: SheetPart) -> Cells:
    grid = sheet.values(WHOLE)
    found = {(r + 1, c + 1): value for r, row in enumerate(grid) for c, (value, _) in enumerate(row)}
    return {place: value for place, value in found.items() if value is not None}


def full(cells: Cells) -> Cells:
    return {place: value for place, value in cells.items() if value is not None}


@given(sheets(), steps, st.sampled_from(["", "x:"]))
def test_a_sheet_holds_what_was_written_and_what_was_there(
    made_sheet: tuple[str, Cells], todo: list[object], prefix: str
) -> None:
    xml, cells = made_sheet
    sheet = made.sheet(prefixed(xml, prefix), prefix=prefix)
    for step in todo:
        if step == "read":
            assert held(sheet) == full(cells)
        elif step == "again":
            sheet.flush()
            data = sheet.data
            for place, value in cells.items():
                sheet.edit(*place, Edit(cast("Value", value)))
            sheet.flush()
            assert sheet.data == data
        else:
            (row, column), value = cast("tuple[tuple[int, int], str | float | bool | None]", step)
            sheet.edit(row, column, Edit(value))
            cells[row, column] = value
    assert held(sheet) == full(cells)
    again = SheetPart("again", sheet.data)
    tree.check(sheet.data)
    assert held(again) == full(cells)
    assert sheet.extent() == again.extent() == extent(full(cells))


def extent(cells: Cells) -> Area | None:
    if not cells:
        return None
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    return Area(min(rows), min(columns), max(rows), max(columns))


@given(sheets(), st.dictionaries(places, st.integers(1, 9), max_size=5))
def test_formats_change_no_value_and_nothing_else_changes(
    made_sheet: tuple[str, Cells], formats: dict[tuple[int, int], int]
) -> None:
    xml, cells = made_sheet
    sheet = made.sheet(xml)
    before = list(sheet.formats.of(WHOLE))
    for (row, column), style in formats.items():
        sheet.edit(row, column, Edit(style=style))
    for flushed in (False, True):
        if flushed:
            sheet.flush()
        found = list(sheet.formats.of(WHOLE))
        for (row, column), style in formats.items():
            assert found[row - 1][column - 1] == style == sheet.formats.at(row, column)
        assert [
            [0 if (r + 1, c + 1) in formats else s for c, s in enumerate(row)] for r, row in enumerate(found)
        ] == [
            [0 if (r + 1, c + 1) in formats else s for c, s in enumerate(row)] for r, row in enumerate(before)
        ]
    assert held(sheet) == full(cells)


VALUES: list[Value] = ["text", 1.5, 10**15, True, date(2015, 5, 12), " <&> "]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_the_same_value_again_changes_no_byte(value: Value) -> None:
    sheet = made.sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    sheet.edit(1, 1, Edit(value))
    sheet.edit(3, 2, Edit(value, 4))
    sheet.flush()
    once = sheet.data
    sheet.edit(1, 1, Edit(value))
    sheet.edit(3, 2, Edit(value, 4))
    sheet.flush()
    assert sheet.data == once
    assert sheet.changed == {(1, 1), (3, 2)}
