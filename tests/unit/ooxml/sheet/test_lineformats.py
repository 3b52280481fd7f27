"""Formats of whole rows and columns, against a small model of a sheet in which every cell has its own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import lineformats
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from tests.unit.ooxml import made

SIZE = 5
"""Rows and columns that the model looks at; what lies beyond must be as the last of them."""

LINES = st.tuples(st.sampled_from(["rows", "columns", "all"]), st.integers(1, SIZE - 1), st.integers(0, 2))
CELLS = st.tuples(st.just("cell"), st.integers(1, SIZE - 1), st.integers(1, SIZE - 1))


def area_of(kind: str, first: int, more: int) -> Area:
    last = min(first + more, SIZE - 1)
    if kind == "rows":
        return Area(first, 1, last, refs.MAX_COLUMN)
    return (
        Area(1, first, refs.MAX_ROW, last) if kind == "columns" else Area(1, 1, refs.MAX_ROW, refs.MAX_COLUMN)
    )


def seen(sheet: SheetPart) -> list[list[int]]:
    """The formats of the corner, with the last row and the last column of the sheet."""
    rows = [*range(1, SIZE + 1), refs.MAX_ROW]
    columns = [*range(1, SIZE + 1), refs.MAX_COLUMN]
    return [[sheet.formats.at(row, column) for column in columns] for row in rows]


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES | CELLS, max_size=7), st.sampled_from(["", "x:"]))
def test_every_cell_gets_what_was_laid_over_it(steps: list[tuple[str, int, int]], prefix: str) -> None:
    sheet = made.sheet(prefix=prefix)
    wanted = [[0] * (SIZE + 1) for _ in range(SIZE + 1)]
    for bit, (kind, first, second) in enumerate(steps):
        if kind == "cell":
            sheet.edit(first, second, Edit(float(bit), 1 << bit))
            wanted[first - 1][second - 1] = 1 << bit
            continue
        area = area_of(kind, first, second)
        lineformats.restyle(sheet, area, lambda style, bit=bit: style | 1 << bit)  # type: ignore[misc]
        for row, line in enumerate(wanted, start=1):
            for column in range(1, SIZE + 2):
                if area.holds(
                    row if row <= SIZE else refs.MAX_ROW, column if column <= SIZE else refs.MAX_COLUMN
                ):
                    line[column - 1] |= 1 << bit
    sheet.flush()
    assert seen(sheet) == wanted
    for kind in ("rows", "columns"):
        area = area_of(kind, 2, 1)
        rows = range(area.top, min(area.bottom, SIZE + 1) + 1)
        columns = range(area.left, min(area.right, SIZE + 1) + 1)
        assert lineformats.formats(sheet, area) == {wanted[r - 1][c - 1] for r in rows for c in columns}


def test_the_same_format_again_changes_no_byte() -> None:
    before = '<cols><col min="2" max="4" width="20" customWidth="1"/></cols>'
    sheet = made.sheet('<row r="2" s="3" customFormat="1" ht="30"><c r="C2" s="1"/></row>', before)
    for address in ("C:C", "2:3"):
        lineformats.restyle(sheet, refs.area(address), lambda style: style or 7)
    sheet.flush()
    once = sheet.data
    assert b'<col min="2" max="2" width="20" customWidth="1"/>' in once
    assert b'<row r="2" ht="30" s="3" customFormat="1">' in once
    for address in ("C:C", "2:3"):
        lineformats.restyle(sheet, refs.area(address), lambda style: style or 7)
    sheet.flush()
    assert sheet.data == once
