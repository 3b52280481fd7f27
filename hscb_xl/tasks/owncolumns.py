"""Which columns of the table Plan are the program's own: they are known by a mark.

The mark is a defined name that stands for the column's header cell. Excel lets it follow when columns are
moved, inserted or sorted, when the header is changed and when the sheet is called otherwise. A header alone
proves nothing: a board may well have a "Due Date" of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from xlwings.main import Table

from hscb_xl.plan import columns, computed
from hscb_xl.plan.columns import BY_KEY
from hscb_xl.plan.model import Foreign
from hscb_xl.plan.wording import quoted
from hscb_xl.tasks import ownnames, tables
from hscb_xl.tasks.tables import Header, Rows

KEYS = columns.keys("program")


@dataclass(frozen=True, slots=True)
class Known:
    """The places in the table of the columns that are the program's, by key, and those that only look so.

    ``unmarked`` are the keys of those that were recognised by what stands in them and have no mark yet.
    """

    places: Mapping[str, int]
    unmarked: tuple[str, ...]
    foreign: tuple[Foreign, ...]


def known(table: Table, header: Header, rows: Rows) -> Known:
    """The columns of a table that are the program's: those marked or, where none is, those that it filled."""
    marked = _marked(table, header, rows)
    found = marked or _filled_by_us(header, rows)
    unmarked = () if marked else tuple(found)
    return Known(found, unmarked, tuple(_foreign(header, rows, set(found.values()))))


def _marked(table: Table, header: Header, rows: Rows) -> dict[str, int]:
    """The places of the columns with a mark that can be trusted."""
    found = {}
    for key in KEYS:
        cell = ownnames.cell(table.parent, BY_KEY[key].mark)
        if cell is not None and cell.row == header.row and header.holds(cell.column):
            found[key] = cell.column - header.column
    return {
        key: index
        for key, index in found.items()
        if _can_be(key, header.texts[index], found, rows) and _is_alone(key, index, found, header)
    }


def _can_be(key: str, text: str, found: Mapping[str, int], rows: Rows) -> bool:
    """Whether a marked column can be what its mark says.

    It can with a header that the program gives it, whatever was typed below: that is replaced, as its note
    says. With a header of somebody's it can if nothing else stands below than the program writes, and never
    with one of the board's or officers': a mark may have been moved by hand, or a column pasted over it.
    """
    if columns.is_own(BY_KEY[key], text):
        return True
    column = columns.find(text)
    if column is not None and column.owner != "program":
        return False
    cells = ({other: row[index] for other, index in found.items()} for row in rows.values())
    return all(computed.agrees(key, row) for row in cells)


def _is_alone(key: str, index: int, found: Mapping[str, int], header: Header) -> bool:
    """Whether of several marks on one column this is the one that its header speaks for."""
    alone = sum(place == index for place in found.values()) == 1
    return alone or columns.is_own(BY_KEY[key], header.texts[index])


def _filled_by_us(header: Header, rows: Rows) -> dict[str, int]:
    """All columns by their own headers where each row is as the program leaves it; none where one is not.

    So books are taken over that were rated before there were marks.
    """
    wanted = {columns.normal(BY_KEY[key].header): key for key in KEYS}
    found = {
        wanted[columns.normal(text)]: index
        for index, text in enumerate(header.texts)
        if columns.normal(text) in wanted
    }
    if len(found) < len(KEYS):
        return {}
    cells = ({key: row[index] for key, index in found.items()} for row in rows.values())
    return {key: found[key] for key in KEYS} if all(map(computed.is_ours, cells)) else {}


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
