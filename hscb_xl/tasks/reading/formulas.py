"""Formulas whose values a closed workbook has not stored: what they show is not known without Excel."""

from collections.abc import Sequence

from xlwings.main import Table

from hscb_xl.base.stored import Stored
from hscb_xl.errors import BadCell
from hscb_xl.plan.columns import letters

_MOST = 6
"""How many cells a message names."""


def unstored(table: Table) -> list[tuple[int, int]]:
    """The row and column of each cell below the headers of a table with a formula and no value stored.

    In Excel there are none: it calculates them.
    """
    impl, body = table.parent.book.impl, table.data_body_range
    if body is None or not isinstance(impl, Stored):
        return []
    return impl.unstored(table.parent.name, body.address)


def refuse(table: Table, unstored: Sequence[tuple[int, int]]) -> None:
    """Raise BadCell where there are such cells.

    Programs other than Excel leave them. Read as empty they would have a plan judged that nobody sees.
    """
    sheet = table.parent.name
    cells = [f"{sheet}!{letters(column)}{row}" for row, column in unstored]
    if cells:
        more = f" and {len(cells) - _MOST} more cells" if len(cells) > _MOST else ""
        holds = "holds a formula whose value is" if len(cells) == 1 else "hold formulas whose values are"
        raise BadCell(
            f"{', '.join(cells[:_MOST])}{more} {holds} not stored: open the workbook in Excel and save it."
        )
