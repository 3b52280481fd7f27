"""The limits that a workbook states for itself in its Settings: they lower the command's, never raise them.

They are no protection from the workbook, which could state anything; the command's limits are.
"""

import xlwings as xw
from xlwings.main import Table

from hscb_xl.base.limits import Holds, Limits, Own, Watch, given_up, took_too_long
from hscb_xl.errors import OverLimit


def keep(book: xw.Book, plan: Table, own: Own) -> None:
    """Hold the work on a book to its own limits from now on; OverLimit where it is over one already.

    The time counts from the beginning of the watch that runs, and is not kept where none does. Excel has
    opened its books itself, and of those only the rows of the plan are still to be counted.
    """
    if own == Own():
        return
    if isinstance(book.impl, Holds):
        limits, sentence = book.impl.hold_to(own), took_too_long
    else:
        limits, sentence = Limits().lowered(own), given_up
        _refuse_rows(book, plan, limits)
    if Watch.running and own.seconds and limits.seconds == own.seconds.most:
        Watch.running.shorten(limits.seconds, sentence(book.name, limits))


def _refuse_rows(book: xw.Book, plan: Table, limits: Limits) -> None:
    rows = plan.range.shape[0] - 1
    if rows > limits.rows:
        raise OverLimit(
            f"{book.name}: the table Plan has {rows:,} rows, more than the {limits.rows:,} that are read: "
            f"delete those that are empty, or {limits.raise_rows}."
        )
