"""Rows read at once give what they give read one by one, or are left to that."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_xl.ooxml.formula.refs import Area, letters
from hscb_xl.ooxml.sheet import bulk
from hscb_xl.ooxml.sheet.grid import Grid
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.sheet.strings import SharedStrings
from tests.unit.ooxml import made

TEXTS = ["zero", "", "two & more"]
SHARED = SharedStrings(lambda: TEXTS)
ROWS = 60
"""More than are worth a pattern."""

CELLS = {
    "": None,
    '<c r="{0}"/>': None,
    '<c r="{0}" s="3"/>': None,
    '<c r="{0}" s="3"></c>': None,
    '<c r="{0}" t="s"><v>0</v></c>': "zero",
    '<c r="{0}" s="7" t="s"><v>1</v></c>': "",
    '<c r="{0}" t="inlineStr"><is><t>a &lt; b</t></is></c>': "a < b",
    '<c r="{0}" t="inlineStr"><is><t xml:space="preserve"> a_x000D_</t></is></c>': " a\r",
    '<c r="{0}" t="str"><f>A1&amp;"x"</f><v>shown</v></c>': "shown",
    '<c r="{0}"><v>-1.5E-3</v></c>': (-0.0015, 0),
    '<c r="{0}" s="12"><v>42135</v></c>': (42135.0, 12),
    '<c r="{0}" s="12" t="n"><f t="shared" si="0"/><v>7</v></c>': (7.0, 12),
}
"""How a cell is written, and what it is read as: numbers with the format of their cell."""

OTHERWISE = [
    '<c r="{0}" t="b"><v>1</v></c>',
    '<c r="{0}" t="e"><v>#N/A</v></c>',
    '<c r="{0}" t="inlineStr"><is><r><t>rich</t></r></is></c>',
    "<c><v>1</v></c>",
    "<c r='{0}'><v>1</v></c>",
    '<c r="{0}"><v>1e300</v></c>',
    '<c r="{0}" t="s"><v>9</v></c>',
]


def rows_of(written: list[list[str]], first: int = 1) -> bytes:
    rows = []
    for number, cells in enumerate(written, start=first):
        named = [cell.format(f"{letters(column)}{number}") for column, cell in enumerate(cells, start=1)]
        rows.append(f'<row r="{number}" spans="1:3">{"".join(named)}</row>')
    return "".join(rows).encode()


def number(value: float, style: int) -> object:
    return value, style


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(list(CELLS)), min_size=3, max_size=3), min_size=ROWS, max_size=ROWS))
def test_every_way_of_writing_a_cell_is_read(written: list[list[str]]) -> None:
    found = bulk.read(Grid(rows_of(written)), Area(1, 1, ROWS, 3), SHARED, number)
    assert found == [[CELLS[cell] for cell in cells] for cells in written]
    empty_texts = any("" in row for row in found or ())
    assert isinstance(found, bulk.Plain) is not empty_texts


@pytest.mark.parametrize("cell", list(CELLS))
def test_a_cell_of_another_kind_behind_the_first_rows_is_read(cell: str) -> None:
    plain = '<c r="{0}"/>'
    written = [[plain, plain, plain]] * 3000 + [[plain, cell, plain]]
    found = bulk.read(Grid(rows_of(written)), Area(1, 1, 3001, 3), SHARED, number)
    assert found is not None
    assert found[-1] == [None, CELLS[cell], None]
    assert found[:-1] == [[None] * 3] * 3000


@pytest.mark.parametrize("filled", [1, 20, 40, ROWS])
def test_columns_are_read_whether_few_or_most_or_all_cells_are_filled(filled: int) -> None:
    text, none = '<c r="{0}" t="s"><v>2</v></c>', '<c r="{0}"/>'
    written = [[text if row < filled else none] for row in range(ROWS)]
    found = bulk.read(Grid(rows_of(written)), Area(1, 1, ROWS, 1), SHARED, number)
    assert found == [[TEXTS[2] if row < filled else None] for row in range(ROWS)]


@pytest.mark.parametrize("cell", OTHERWISE)
def test_rows_with_a_cell_that_is_written_otherwise_are_read_one_by_one(cell: str) -> None:
    written = [['<c r="{0}"/>', cell, ""]] * ROWS
    assert bulk.read(Grid(rows_of(written)), Area(1, 1, ROWS, 3), SHARED, number) is None


def test_a_part_of_the_rows_and_columns_is_read() -> None:
    plain = ['<c r="{0}"><v>1</v></c>', '<c r="{0}" t="s"><v>0</v></c>', '<c r="{0}"><v>3</v></c>']
    grid = Grid(rows_of([plain] * 100))
    assert bulk.read(grid, Area(10, 2, 79, 2), SHARED, number) == [["zero"]] * 70
    assert (
        bulk.read(grid, Area(10, 2, 179, 4), SHARED, number)
        == [["zero", (3.0, 0), None]] * 91 + [[None] * 3] * 79
    )


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (rows_of([[]] * ROWS).replace(b'r="7"', b'r="5"'), "a row stands twice"),
        (rows_of([[]] * ROWS).replace(b"</row>", b"</row><!-- -->", 1), "a comment stands between rows"),
        (rows_of([["<c r='B9'/>"]] * ROWS), "a cell belongs to another row"),
        (rows_of([[]] * ROWS, first=2), "the first row is not there"),
    ],
)
def test_rows_that_are_left_to_the_slower_way(rows: bytes, why: str) -> None:
    assert bulk.read(Grid(rows), Area(1, 1, ROWS, 3), SHARED, number) is None, why


def test_few_rows_are_not_worth_a_pattern() -> None:
    assert bulk.read(Grid(rows_of([[]] * ROWS)), Area(1, 1, 10, 3), SHARED, number) is None


def test_a_sheet_reads_the_same_either_way() -> None:
    cells = [['<c r="{0}" s="1"><v>4</v></c>', '<c r="{0}" t="s"><v>2</v></c>', '<c r="{0}"/>']] * ROWS
    sheet = SheetPart("part", made.worksheet(rows_of(cells).decode()), TEXTS)
    whole = Area(1, 1, ROWS, 3)
    assert sheet.shown(whole, number) == [[(4.0, 1), "two & more", None]] * ROWS
    assert sheet.values(whole) == [[(4.0, 1), ("two & more", 0), (None, 0)]] * ROWS
