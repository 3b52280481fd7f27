"""Worksheet functions: deadlines and ratings for any cells, by the rules that the plan is judged with.

Each takes single cells or ranges and gives back as many cells. An empty deadline gives an empty text, since
Excel shows 0 for nothing at all; what cannot be worked out gives a sentence that says why. Ratings follow the
settings of a new workbook (amber window 30 days, no tolerance, delivery): a worksheet function does not see
the sheet Settings. Nor does it see a cell's number format: a date is the day it holds, even where it is shown
as a month alone.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import xlwings as xw

from hscb_xl.plan import commentary, judgement, rag
from hscb_xl.plan.deadlines import bywhen
from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.plan.wording import quoted

Cells = list[list[Any]]
"""Rows of cells, as xlwings hands them in with ``ndim=2``."""

_CATEGORY = "Improvement plan"
_DUE = "Deadlines: dates, or texts as in By When, such as October 2014 or Q3 2014/15."
_AS_OF = "The day to rate for, such as TODAY(): one cell, or as many as there are deadlines."
_POLICY = RatingPolicy()


@xw.func(category=_CATEGORY)
@xw.arg("text", ndim=2, doc=_DUE)
def PLAN_DUE(text: Cells) -> Cells:  # noqa: N802  # its name in Excel
    """The last day that a deadline allows; a sentence where none can be read."""
    return _each(_due, {"text": text})


@xw.func(category=_CATEGORY)
@xw.arg("due", ndim=2, doc=_DUE)
@xw.arg("status", ndim=2, doc="Status: Complete, In progress or Not started; may be empty.")
@xw.arg("progress", ndim=2, doc="Progress: what was done; read only where Status is empty.")
@xw.arg("as_of", ndim=2, doc=_AS_OF)
def PLAN_RAG(due: Cells, status: Cells, progress: Cells, as_of: Cells) -> Cells:  # noqa: N802
    """The computed rating, R, A or G, from a deadline, the Status and the Progress on a day."""
    return _each(_rating, {"due": due, "status": status, "progress": progress, "as_of": as_of})


@xw.func(category=_CATEGORY)
@xw.arg("due", ndim=2, doc=_DUE)
@xw.arg("as_of", ndim=2, doc=_AS_OF)
def PLAN_DAYS_LATE(due: Cells, as_of: Cells) -> Cells:  # noqa: N802
    """The days that a deadline is past on a day; 0 where it is still to come."""
    return _each(_days_late, {"due": due, "as_of": as_of})


def _due(text: Any) -> Any:
    read = bywhen.read(_deadline(text))
    if isinstance(read, Due):
        return datetime.combine(read.date, time())
    return _unreadable(read)


def _rating(due: Any, status: Any, progress: Any, as_of: Any) -> Any:
    read = bywhen.read(_deadline(due))
    # What the action is about is not known here: a claim must name itself "completed" to be one.
    said = commentary.read(_text(progress), "")
    completion = judgement.completion_of(_text(status), said)
    if isinstance(read, Unreadable) and completion == "none":
        return _unreadable(read)
    day = _day(as_of)
    if day is None:
        return _no_day(as_of)
    rated = rag.rate(read, completion, _POLICY, day, says=f"Status {quoted(_text(status))}")
    return rated.rating.value if rated.rating else rated.reason


def _days_late(due: Any, as_of: Any) -> Any:
    read = bywhen.read(_deadline(due))
    if isinstance(read, Unreadable):
        return _unreadable(read)
    day = _day(as_of)
    if day is None:
        return _no_day(as_of)
    return max(rag.rate(read, "none", _POLICY, day).days_overdue or 0, 0)


def _each(work: Callable[..., Any], cells: dict[str, Cells]) -> Cells:
    """``work`` on every cell of the arguments, one cell alone standing beside all of the others."""
    try:
        sizes = {name: (len(rows), len(rows[0])) for name, rows in cells.items()}
        several = {name: size for name, size in sizes.items() if size != (1, 1)}
        if len(set(several.values())) > 1:
            return [[_uneven(several)]]
        height, width = next(iter(several.values()), (1, 1))
        return [
            [work(*(_at(rows, row, column) for rows in cells.values())) for column in range(width)]
            for row in range(height)
        ]
    except Exception as problem:  # noqa: BLE001  # a cell shows a sentence, the log has the traceback
        return [[_failed(problem)]]


def _at(rows: Cells, row: int, column: int) -> Any:
    return rows[0][0] if (len(rows), len(rows[0])) == (1, 1) else rows[row][column]


def _uneven(sizes: dict[str, tuple[int, int]]) -> str:
    said = " and ".join(f"{name} has {rows} by {columns} cells" for name, (rows, columns) in sizes.items())
    return f"{said}: give ranges of the same size, or a single cell."


def _failed(problem: Exception) -> str:
    from hscb_xl.base import logs

    log = logs.record(problem)
    where = f"the log is at {log}" if log else "no log could be written"
    return f"Something went wrong ({type(problem).__name__}); {where}."


def _deadline(value: Any) -> date | str | None:
    return value if isinstance(value, date) else _text(value)


def _text(value: Any) -> str:
    """A cell's value as a person reads it; a whole number without a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _day(value: Any) -> date | None:
    """The day that a cell holds as a date, or as a text that names a day and nothing less exact."""
    read = bywhen.read(_deadline(value))
    return read.date if isinstance(read, Due) and read.precision == "day" else None


def _unreadable(read: Unreadable) -> str:
    return "" if read.missing else f"No deadline can be read: {read.reason}."


def _no_day(as_of: Any) -> str:
    if not _text(as_of).strip():
        return "as_of is empty: give the day to rate for, such as TODAY()."
    return f"as_of is no day ({_text(as_of)}): give a date, such as TODAY()."
