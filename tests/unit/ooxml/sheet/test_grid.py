"""The two ways of reading a row, and of finding a cell in it, agree."""

import os
from pathlib import Path

import pytest

from hscb_xl.errors import DamagedBook, OverLimit, PlanError
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet.cells import Stored, stated
from hscb_xl.ooxml.sheet.grid import Grid, Row
from hscb_xl.ooxml.sheet.part import SheetPart
from tests.unit.ooxml import made

SHARED = ["zero", "one"]
CORPUS = Path(os.environ.get("HSCB_XL_CORPUS") or os.devnull)

ROWS = [
    b"",
    b'<c r="A3"/><c r="B3" s="2"/><c r="C3" s="12" t="s"><v>1</v></c><c r="XFD3"><v>-1.5E-3</v></c>',
    b'<c r="A3" t="n"><v>4</v></c><c r="AB3" s="0"></c>',
    b'<c s="1" r="A3"><v>4</v></c>',
    b"<c><v>4</v></c><c><v>5</v></c>",
    b"<c r='A3'><v>4</v></c>",
    b'<c r="A3" t="inlineStr"><is><t>&lt;c r="B3"/&gt;</t></is></c><c r="B3"><v>1</v></c>',
    b'<c r="A3" t="str"><f>B3</f><v>x</v></c><c r="B3"><f>1+1</f><v>2</v></c>',
    b'<c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c>',
    b'<c r="A3"><v> 7 </v></c>\n<c r="B3"  s="1"><v>8</v></c >',
    b'<c r="A3" t="s"/><c r="B3" cm="1"><v>1</v></c>',
]

DAMAGED = [
    b'<c r="A3" t="s"><v>2</v></c>',
    b'<c r="A3" t="s"><v>-1</v></c>',
    b'<c r="A4"><v>1</v></c>',
    b'<c r="XFE3"><v>1</v></c>',
    b'<c r="A3"><v>one</v></c>',
]


def grid_of(inner: bytes, prefix: bytes = b"") -> tuple[Grid, Row]:
    grid = Grid(b'<%srow r="3">%s</%srow>' % (prefix, inner, prefix), prefix)
    return grid, grid.rows[3]


def cell_by_cell(grid: Grid, row: Row, shared: list[str]) -> list[tuple[int, Stored, int]]:
    return [(cell.column, cell.value(shared), cell.style) for cell in grid.row_cells(row)]


@pytest.mark.parametrize("inner", ROWS)
def test_a_row_reads_the_same_both_ways(inner: bytes) -> None:
    grid, row = grid_of(inner)
    assert grid.row_values(row, SHARED) == cell_by_cell(grid, row, SHARED)


@pytest.mark.parametrize("inner", DAMAGED)
def test_a_damaged_cell_is_told_by_either(inner: bytes) -> None:
    grid, row = grid_of(inner)
    with pytest.raises(DamagedBook):
        grid.row_values(row, SHARED)


def test_cells_with_a_prefix_are_read_one_by_one() -> None:
    grid, row = grid_of(b'<x:c r="A3"><x:v>4</x:v></x:c>', b"x:")
    assert grid.row_values(row, SHARED) == [(1, 4.0, 0)]


@pytest.mark.parametrize("inner", ROWS)
def test_a_cell_that_is_found_by_its_name_is_the_one_in_its_place(inner: bytes) -> None:
    grid, row = grid_of(inner)
    for cell in grid.row_cells(row):
        match = grid.found(3, row.start, row.end, cell.column)
        if match is not None:
            assert match.span() == (cell.start, cell.end)
            assert int((match[2] or b' s="0"')[4:-1]) == cell.style
            held = stated(3, cell.column, match[3] or b"n", match[4] or match[5], SHARED)
            assert held == cell.value(SHARED)
            assert not cell.has_formula
            assert not cell.is_rich
    assert grid.found(3, row.start, row.end, 9999) is None


def test_a_plain_cell_is_found_with_its_parts() -> None:
    grid, row = grid_of(b'<x:c r="A3" s="2" t="s"><x:v>1</x:v></x:c>', b"x:")
    match = grid.found(3, row.start, row.end, 1)
    assert match is not None
    assert match.groups() == (b'<x:c r="A3"', b' s="2"', b"s", b"1", None)


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        (b'<c r="A3"/><c r="A3"/>', "it stands there twice"),
        (b'<c/><c r="A3"/>', "a cell without a reference may be in its place"),
        (b'<c r="AA3"/>', "another column's name begins like it"),
        (b'<c r="A3"><f>B3</f><v>1</v></c>', "a formula stands in it"),
        (b'<c r="A3" cm="1"><v>1</v></c>', "it fills others"),
        (b'<c r="A3" t="inlineStr"><is><r><t>a</t></r></is></c>', "its text has formats of its own"),
    ],
)
def test_a_cell_that_is_not_found_by_its_name(inner: bytes, why: str) -> None:
    grid, row = grid_of(inner)
    assert grid.found(3, row.start, row.end, 1) is None, why


@pytest.mark.parametrize(
    ("inner", "column", "behind"),
    [
        (b"", 1, True),
        (b'<c r="A3"/><c r="C3"/>', 4, True),
        (b'<c r="A3"/><c r="C3"/>', 3, False),
        (b'<c r="A3"/><c r="C3"/>', 2, False),
        (b'<c r="C3"/><c r="A3"/>', 4, False),
        (b'<c r="A3"/><c/>', 3, False),
    ],
)
def test_a_column_lies_behind_all_cells_only_where_they_have_references_in_order(
    inner: bytes, column: int, behind: bool
) -> None:
    grid, row = grid_of(inner)
    assert grid.is_behind(row, column) is behind


@pytest.mark.corpus
def test_every_row_of_the_corpus_reads_the_same_both_ways() -> None:
    rows = 0
    for path in sorted(CORPUS.rglob("*.xls[xm]")):
        try:
            book = Workbook.open(path)
            sheets = [book.sheet(entry.name) for entry in book.sheets if entry.part]
        except PlanError:
            continue
        for sheet in sheets:
            try:
                found = list(sheet.grid.rows.values())
            except PlanError:
                continue
            for row in found[:500]:
                rows += 1
                try:
                    expected = cell_by_cell(sheet.grid, row, sheet.shared)
                except DamagedBook:
                    with pytest.raises(DamagedBook):
                        sheet.grid.row_values(row, sheet.shared)
                else:
                    assert sheet.grid.row_values(row, sheet.shared) == expected
    assert rows > 1000


def with_texts(rows: str, *shared: str) -> SheetPart:
    return SheetPart("xl/worksheets/sheet1.xml", made.worksheet(rows), shared)


LONG = 40_000
TOO_LONG = [
    f'<c r="A{{0}}" t="inlineStr"><is><t>{"x" * LONG}</t></is></c>',
    f'<c r="A{{0}}" t="inlineStr"><is><r><t>{"x" * LONG}</t></r></is></c>',
    f'<c r="A{{0}}" t="str"><f>B1</f><v>{"x" * LONG}</v></c>',
    '<c r="A{0}" t="s"><v>0</v></c>',
]


@pytest.mark.parametrize("cell", TOO_LONG, ids=["in line", "in runs", "of a formula", "shared"])
@pytest.mark.parametrize("rows", [3, 80], ids=["few rows", "many rows"])
def test_a_text_that_no_cell_can_hold_is_refused_by_its_cell(cell: str, rows: int) -> None:
    number = rows - 1
    lines = [f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, rows + 1)]
    lines[number - 1] = f'<row r="{number}">{cell.format(number)}</row>'
    sheet = with_texts("".join(lines), "x" * LONG)
    with pytest.raises(OverLimit) as raised:
        sheet.shown(refs.area(f"A1:A{rows}"), lambda value, _: value)
    assert str(raised.value).endswith(
        f"the cell A{number} holds a text of 40,000 characters, more than the 32,767 that a cell can hold: "
        "shorten it."
    )
    with pytest.raises(OverLimit, match=f"the cell A{number} holds a text of 40,000 characters"):
        sheet.values(refs.area(f"A1:A{rows}"))
    assert sheet.values(refs.area("A1:A1")) == [[(1.0, 0)]]


def test_a_text_of_all_that_a_cell_can_hold_is_read() -> None:
    sheet = with_texts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "x" * 32_767)
    assert sheet.values(refs.area("A1")) == [[("x" * 32_767, 0)]]
