"""What checks are made of: their type, the adapter for checks of a single row, and how a row is named."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from hscb_xl.plan.findings import Finding, Severity
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.model import Action

Check = Callable[[Judgement], Iterable[Finding]]
RowCheck = Callable[[Judged], Iterator[Finding]]


def each_row(check: RowCheck) -> Check:
    """A check of the plan from a check of one row; it is run on each row that holds anything."""

    @wraps(check)
    def over_rows(judgement: Judgement) -> Iterator[Finding]:
        for judged in judgement.rows():
            yield from check(judged)

    return over_rows


def error(rule: str, action: Action, column: str, message: str, remedy: str) -> Finding:
    """A finding on the plan's cell in ``action``'s row: it must be put right."""
    return Finding(rule, Severity.ERROR, action.row, column, message, remedy, action.no)


def warning(rule: str, action: Action, column: str, message: str, remedy: str) -> Finding:
    """A finding on the plan's cell in ``action``'s row: it should be looked at."""
    return Finding(rule, Severity.WARNING, action.row, column, message, remedy, action.no)


def info(rule: str, action: Action, column: str, message: str, remedy: str) -> Finding:
    """A finding on the plan's cell in ``action``'s row: it is good to know."""
    return Finding(rule, Severity.INFO, action.row, column, message, remedy, action.no)


def named(action: Action) -> str:
    """An action as a message names it: its number and row, or the row alone."""
    return f"row {action.row}" if action.no is None else f"action {action.no} (row {action.row})"
