"""What stands right below a table: rows that somebody typed there, which the table did not take in."""

from collections.abc import Iterator

from xlwings.main import Table

from hscb_xl.plan.columns import letters
from hscb_xl.tasks.book import places

_ROWS = 10
"""Rows that are looked at, one after the other up to the first empty one; as many are enough to be told."""


def filled(table: Table) -> tuple[str, ...]:
    """The addresses of the filled cells right below a table, down to an empty row or the next table."""
    whole = table.range
    (height, width), left = whole.shape, whole.column
    first = whole.row + height
    found = tuple(_cells(table, first, left, width))
    if found and any(_begins(other, first, left, width) for other in table.parent.tables):
        return ()
    return found


def _cells(table: Table, first: int, left: int, width: int) -> Iterator[str]:
    for row in range(first, min(first + _ROWS, places.LAST_ROW + 1)):
        values = places.block(table.parent, row, left, width=width).options(ndim=1).value
        filled = [index for index, value in enumerate(values) if value is not None and str(value).strip()]
        if not filled:
            return
        yield from (f"{letters(left + index)}{row}" for index in filled)


def _begins(other: Table, row: int, left: int, width: int) -> bool:
    area = other.range
    return area.row == row and area.column < left + width and left < area.column + area.shape[1]
