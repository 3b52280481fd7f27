"""Recognising the table's header line, in any order of columns."""

from collections.abc import Sequence

from hscb_xl.errors import BadDocument
from hscb_xl.importer.lines import Line
from hscb_xl.plan import advice, columns

# The column key of each cell of a row; '' for a cell that belongs to no column.
Layout = tuple[str, ...]

BOARD = columns.keys("board")
# A line with this many of the board's headers is meant as a header line, even if it has faults.
NAMED_AT_LEAST = len(BOARD) // 2


def layout_of(line: Line) -> Layout | None:
    """The layout that ``line`` sets as a header line, or None where it is no header line.

    Raises BadDocument where it is one with a column missing, twice or not the board's.
    """
    if _named(line) < NAMED_AT_LEAST:
        return None
    headers = [cell.strip() for cell in line.cells]
    layout = _keys_of(headers)
    for key in BOARD:
        if layout.count(key) != 1:
            raise _miscounted(line, layout, headers, key)
    if strange := _strange(headers):
        remedy = f'it would be lost; take "{strange[0]}" out of the document'
        raise line.refused(f'has the column "{strange[0]}", which is not one of the board\'s ten', remedy)
    return layout


def table_start(lines: Sequence[Line]) -> int:
    """The index of the first header line; raises BadDocument where there is none."""
    for index, line in enumerate(lines):
        if layout_of(line) is not None:
            return index
    raise _no_table(lines)


def _named(line: Line) -> int:
    """How many of the board's headers the line has, each counted once."""
    return len({_board_key(cell) for cell in line.cells} - {""})


def _keys_of(headers: Sequence[str]) -> Layout:
    """The board's document has no word over its numbers: the first nameless column is theirs."""
    found = [_board_key(header) for header in headers]
    if "no" not in found and "" in headers:
        found[headers.index("")] = "no"
    return tuple(found)


def _board_key(header: str) -> str:
    column = columns.find(header)
    return column.key if column and column.key in BOARD else ""


def _strange(headers: Sequence[str]) -> list[str]:
    """The headers that stand for no column of the board."""
    return [header for header in headers if header and not _board_key(header)]


def _miscounted(line: Line, layout: Layout, headers: Sequence[str], key: str) -> BadDocument:
    column = columns.BY_KEY[key]
    if key in layout:
        return line.refused(f'has the column "{column.header}" twice', "remove or rename one of them")
    near = advice.misspelt(column, _strange(headers))
    remedy = f'rename "{near}", which is the nearest' if near else "add it"
    return line.refused(f'has no column "{column.header}"', remedy)


def _no_table(lines: Sequence[Line]) -> BadDocument:
    looked_for = ", ".join(columns.BY_KEY[key].header for key in BOARD)
    best = max(lines, key=_named)
    nearest = "no line has any of them"
    if _named(best):
        shown = " ".join(best.text.split())[:60]
        nearest = f'the nearest is line {best.number} ("{shown}")'
    return BadDocument(
        f"{best.source} holds no table of the plan: no line has the headers {looked_for} between tabs; "
        f"{nearest}. Check that this is the plan's document."
    )
