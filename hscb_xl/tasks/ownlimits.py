"""The limits that a workbook states for itself in its Settings: they lower the command's, never raise them.

They are no protection from the workbook, which could state anything; the command's limits are.
"""

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import OverLimit
from hscb_xl.limits import Holds, Limits, Own, Watch, took_too_long


def keep(book: xw.Book, plan: Table, own: Own) -> None:
    """Hold the work on a book to its own limits from now on; OverLimit where it is over one already.

    The time counts from the beginning of the watch that runs, and is not kept where none does: after a
    click in Excel, where whoever clicked sees that it takes long. Excel has opened the book, too, and only
    the rows of the plan are still to be counted.
    """
    if own == Own():
        return
    if not isinstance(book.impl, Holds):
        _refuse_rows(book, plan, Limits().lowered(own))
        return
    limits = book.impl.hold_to(own)
    if Watch.running and own.seconds and limits.seconds == own.seconds.most:
        Watch.running.shorten(limits.seconds, took_too_long(book.name, limits))


def _refuse_rows(book: xw.Book, plan: Table, limits: Limits) -> None:
    rows = plan.range.shape[0] - 1
    if rows > limits.rows:
        raise OverLimit(
            f"{book.name}: the table Plan has {rows:,} rows, more than the {limits.rows:,} that are read: "
            f"delete those that are empty, or {limits.raise_rows}."
        )
