"""Checks of the deadline: can it be read, was it mended, and has it passed?"""

from collections.abc import Iterator

from hscb_xl.plan.checks.base import each_row, error, info, warning
from hscb_xl.plan.columns import BY_KEY
from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.model import HistoryNote
from hscb_xl.plan.wording import quoted, written


@each_row
def deadline_missing(judged: Judged) -> Iterator[Finding]:
    """Every action has a deadline; without one it is not rated (design, section 5)."""
    due, action = judged.due, judged.action
    if action.action.strip() and isinstance(due, Unreadable) and due.missing:
        remedy = "Enter the deadline, such as 31 March 2015 or March 2015."
        yield error("deadline-missing", action, "by_when", "By When is empty.", remedy)


@each_row
def deadline_unreadable(judged: Judged) -> Iterator[Finding]:
    """A deadline names a day, a month or a quarter; it is never guessed (design, section 5)."""
    due, action = judged.due, judged.action
    if isinstance(due, Unreadable) and not due.missing:
        message = f"By When {quoted(str(action.by_when))} cannot be read as a deadline: {due.reason}."
        remedy = "Enter a day, a month or a quarter, such as 31 March 2015, March 2015 or Q4 2014/15."
        yield error("deadline-unreadable", action, "by_when", message, remedy)


def deadline_repaired(judgement: Judgement) -> Iterator[Finding]:
    """A deadline that was mended, on reading it now or on import, is confirmed by an officer."""
    mended = _mended_on_import(judgement.plan.history)
    for judged in judgement.rows():
        action, due = judged.action, judged.due
        note = mended.get((action.no, str(action.by_when)))
        if not isinstance(due, Due) or not (due.repaired or note):
            continue
        before = str(action.by_when) if due.repaired or note is None else note.before
        message = f"By When was written {quoted(before)} and is read as {written(due.date)}."
        remedy = f"Confirm the date against the original, then enter it as {written(due.date)}."
        yield info("deadline-repaired", action, "by_when", message, remedy)


@each_row
def overdue(judged: Judged) -> Iterator[Finding]:
    """An action is complete by its deadline; days of tolerance change its colour and not this."""
    if judged.rated.past_due:
        remedy = (
            "Say in Progress what puts it back on track and by when; "
            "if it is done, set Status to Complete and fill in Completed On."
        )
        yield warning("overdue", judged.action, "by_when", f"{judged.rated.reason}.", remedy)


def _mended_on_import(history: tuple[HistoryNote, ...]) -> dict[tuple[int | None, str], HistoryNote]:
    header = BY_KEY["by_when"].header
    return {
        (note.no, note.after): note for note in history if note.kind == "repaired" and note.column == header
    }
