"""Which columns of the table Plan are the program's own: they are known by a mark.

The mark is a defined name that stands for the column's header cell. Excel lets it follow when columns are
moved, inserted or sorted, when the header is changed and when the sheet is called otherwise. A header alone
proves nothing: a board may well have a "Due Date" of its own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xlwings.main import Table

from hscb_xl.plan import columns, computed
from hscb_xl.plan.columns import BY_KEY
from hscb_xl.plan.model import Foreign
from hscb_xl.plan.wording import quoted
from hscb_xl.tasks.book import ownnames, tables
from hscb_xl.tasks.book import places as blocks
from hscb_xl.tasks.book.tables import Header, Rows

KEYS = columns.keys("program")


@dataclass(frozen=True, slots=True)
class Known:
    """The places in the table of the columns that are the program's, by key, and those that only look so.

    ``unmarked`` are the keys of those that were recognised by what stands in them and have no mark yet;
    ``formulas`` are the addresses of somebody's formulas in those that are marked.
    """

    places: Mapping[str, int]
    unmarked: tuple[str, ...]
    foreign: tuple[Foreign, ...]
    formulas: tuple[str, ...] = ()


def known(table: Table, header: Header, rows: Rows) -> Known:
    """The columns of a table that are the program's: those marked or, where none is, those that it filled."""
    marks = _marks(table, header)
    formulas = _formulas(table, marks, rows)
    trusted = _trusted(marks, frozenset(formulas), header, rows)
    found = trusted or _filled_by_us(table, header, rows)
    unmarked = () if trusted else tuple(found)
    left = tuple(f"{header.letter(index)}{row}" for row, index in formulas if index in trusted.values())
    return Known(found, unmarked, tuple(_foreign(header, rows, set(found.values()))), left)


def marked(table: Table) -> dict[str, str]:
    """The letters of all columns with a mark, by key, whatever stands in them now."""
    header = tables.header(table)
    return {key: header.letter(index) for key, index in _marks(table, header).items()}


def _marks(table: Table, header: Header) -> dict[str, int]:
    """The places of the columns with a mark, by key."""
    found = {}
    for key in KEYS:
        cell = ownnames.cell(table.parent, BY_KEY[key].mark)
        if cell is not None and cell.row == header.row and header.holds(cell.column):
            found[key] = cell.column - header.column
    return found


def _formulas(table: Table, places: Mapping[str, int], rows: Rows) -> list[tuple[int, int]]:
    """The row on the sheet and the place in the table of each formula in columns; the program leaves none."""
    if not rows:
        return []
    letters = {key: columns.letters(index + 1) for key, index in places.items()}
    top, found = min(rows), []
    for block in columns.side_by_side(sorted(places, key=lambda key: places[key]), letters):
        first = places[block[0]]
        cells = blocks.block(table.parent, top, table.range.column + first, len(rows), len(block))
        found += [
            (row, first + offset)
            for row, line in enumerate(tables.rows_of(cells.formula), start=top)
            for offset, formula in enumerate(line)
            if str(formula).startswith("=")
        ]
    return found


def _trusted(
    found: Mapping[str, int], formulas: frozenset[tuple[int, int]], header: Header, rows: Rows
) -> dict[str, int]:
    """The places of the columns with a mark that can be trusted; ``formulas`` are strange there."""
    strange, filled = Counter[str](), Counter[str]()
    for number, row in zip(rows, _cells(found, rows), strict=True):
        computing = {key for key, index in found.items() if (number, index) in formulas}
        strange.update({*computed.strange(row), *computing})
        filled.update({key for key, value in row.items() if value not in (None, "")} | computing)
    return {
        key: index
        for key, index in found.items()
        if _can_be(key, index, header, strange[key], filled[key]) and _is_alone(key, index, found, header)
    }


def _can_be(key: str, index: int, header: Header, strange: int, filled: int) -> bool:
    """Whether a marked column can be what its mark says; a mark may have been moved, a column pasted over.

    With a header that the program gives it, it can unless most of what is ``filled`` is ``strange``: what is
    typed over single values is replaced, as the column's note says. With a header of somebody's it can if
    nothing strange stands there; with nothing there at all, if no other column has the program's header. With
    the header of another of the plan's columns it never can.
    """
    column, text = BY_KEY[key], header.texts[index]
    if columns.is_own(column, text):
        return 2 * strange <= filled
    if strange or columns.find(text) is not None:
        return False
    return filled > 0 or not any(columns.is_own(column, other) for other in header.texts)


def _is_alone(key: str, index: int, found: Mapping[str, int], header: Header) -> bool:
    """Whether of several marks on one column this is the one that its header speaks for."""
    alone = sum(place == index for place in found.values()) == 1
    return alone or columns.is_own(BY_KEY[key], header.texts[index])


def _filled_by_us(table: Table, header: Header, rows: Rows) -> dict[str, int]:
    """All columns by their own headers where each row is as the program leaves it; none where one is not.

    So books are taken over that were rated before there were marks. The program leaves no formula.
    """
    wanted = {columns.normal(BY_KEY[key].header): key for key in KEYS}
    found = {
        wanted[columns.normal(text)]: index
        for index, text in enumerate(header.texts)
        if columns.normal(text) in wanted
    }
    if len(found) < len(KEYS) or not all(map(computed.is_ours, _cells(found, rows))):
        return {}
    return {} if _holds_formulas(table, found) else {key: found[key] for key in KEYS}


def _holds_formulas(table: Table, places: Mapping[str, int]) -> bool:
    body = table.data_body_range
    lines = [] if body is None else tables.rows_of(body.formula)
    return any(str(line[index]).startswith("=") for line in lines for index in places.values())


def _cells(places: Mapping[str, int], rows: Rows) -> Iterator[dict[str, Any]]:
    """The cells of columns by key, row after row."""
    return ({key: row[index] for key, index in places.items()} for row in rows.values())


def _foreign(header: Header, rows: Rows, ours: set[int]) -> list[Foreign]:
    """The columns of others with a header of the program's."""
    return [
        Foreign(text, header.cell(index), _strange(column.key, header, index, rows))
        for index, text in enumerate(header.texts)
        if index not in ours and (column := columns.find(text)) is not None and column.owner == "program"
    ]


def _strange(key: str, header: Header, index: int, rows: Rows) -> str:
    """What stands first in a column that the program would not write there."""
    for number, row in rows.items():
        if not computed.fits(key, row[index]):
            return f"{header.letter(index)}{number} holds {quoted(tables.as_text(row[index]))}"
    return ""
