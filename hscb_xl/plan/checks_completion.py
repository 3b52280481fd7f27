"""Checks of completion: Status, Completed On and Evidence belong together, and fit what Progress says."""

import re
from collections.abc import Iterator
from datetime import date

from hscb_xl.plan.checks_base import each_row, error, warning
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.finished import LONGEST
from hscb_xl.plan.judgement import STATUSES, Judged, Judgement, source_of
from hscb_xl.plan.likeness import alike
from hscb_xl.plan.model import Action
from hscb_xl.plan.sentences import is_question, remarks
from hscb_xl.plan.textdates import dates
from hscb_xl.plan.wording import listed, quoted, written

# What comes round again after completion is no sign that the action was not complete, nor is what runs on.
_AFTERWARDS = re.compile(
    r"\b(?:review\w*|next|again|annual\w*|yearly|quarterly|monthly|every|each"
    r"|follow(?:ed|ing)?[- ]?up|monitor\w*|re-?(?:visit|audit|inspect|assess|fresh|new|peat|issue|run)\w*"
    r"|future|thereafter|ongoing|valid|expir\w+)\b",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(r"\b(?:to|until|till|through|from)\s(?:the\s)?$", re.IGNORECASE)
_PLANS = re.compile(
    r"\b(?:to\s+be|will|shall|would|plan(?:s|ned)?|due|scheduled|arranged|booked|intend\w*|expected|anticipated"
    r"|proposed|going\s+to)\b",
    re.IGNORECASE,
)
# A remark seems to end behind the title of a name: "Review with Prof. Jones on 5 May 2016".
_MAY_BE_A_TITLE = re.compile(r"\b[A-Z][a-z]{1,4}\.$")
_KNOWN = frozenset(status.casefold() for status in STATUSES)
_COUNTS = {"complete": "Complete", "unknown": "not complete"}
_NOT_BEGUN = re.compile(
    r"\b(?:not\s+(?:yet\s+)?(?:in\s+timescales?|started|begun|commenced)"
    r"|not\s+yet\s+due|yet\s+to\s+(?:start|begin|commence))\b",
    re.IGNORECASE,
)


def status_unknown(judgement: Judgement) -> Iterator[Finding]:
    """Status is Not started, In progress or Complete, in capitals or not, or a word from the sheet Lists.

    Words that say as plainly that an action is not complete are let be; what they are taken for is safe.
    """
    statuses = judgement.plan.statuses
    for judged in judgement.rows():
        status = judged.action.status.strip()
        if status.casefold() in _KNOWN or statuses.is_own(status):
            continue
        if (counts := _COUNTS.get(statuses.meaning(status) or "unknown")) and status:
            message = f"Status {quoted(status)} is not one of {listed(STATUSES)}; it counts as {counts}."
            yield warning("status-unknown", judged.action, "status", message, _offer_status(status, counts))


@each_row
def completion_unclear(judged: Judged) -> Iterator[Finding]:
    """It can be told from Status, or from a rating that stands for it, whether an action is complete."""
    if judged.completion == "unclear":
        action = judged.action
        message = (
            f"{source_of(action, judged.commentary)} may mean complete or not, so the action is not rated."
        )
        remedy = (
            "Set Status to Complete or In progress; "
            "if the board uses the word, say what it means in the table Words on Lists."
        )
        yield warning("completion-unclear", action, "status", message, remedy)


@each_row
def completion_claimed(judged: Judged) -> Iterator[Finding]:
    """Completion that Progress or a rating claims is confirmed in Status by an officer."""
    if judged.completion == "claimed":
        claim = judged.commentary.claim
        says = f"Progress says it is complete ({quoted(claim)})" if claim else _rated_complete(judged)
        remedy = (
            "If it is, set Status to Complete and fill in Completed On and Evidence; "
            "if not, set Status to In progress."
        )
        yield warning("completion-claimed", judged.action, "status", f"{says}, but Status is empty.", remedy)


@each_row
def complete_without_evidence(judged: Judged) -> Iterator[Finding]:
    """A complete action says where the proof of it is kept."""
    if judged.completion == "confirmed" and not judged.action.evidence.strip():
        message = f"Status is {quoted(judged.action.status)}, but Evidence is empty."
        remedy = "Enter where the proof is kept, such as the minutes that agreed it."
        yield warning("complete-without-evidence", judged.action, "evidence", message, remedy)


@each_row
def complete_without_date(judged: Judged) -> Iterator[Finding]:
    """A complete action says on which day it was completed."""
    if judged.completion == "confirmed" and not _has_completed_on(judged):
        message = f"Status is {quoted(judged.action.status)}, but Completed On is empty."
        remedy = "Enter the day on which the action was completed."
        yield warning("complete-without-date", judged.action, "completed_on", message, remedy)


@each_row
def completed_without_status(judged: Judged) -> Iterator[Finding]:
    """A Completed On alone confirms nothing: Status decides (design, section 5)."""
    completed = judged.action.completed_on
    if isinstance(completed, date) and judged.completion != "confirmed":
        status = quoted(judged.action.status) if judged.action.status.strip() else "empty"
        message = f"Completed On is {written(completed)}, but Status is {status}."
        remedy = "Set Status to Complete, or clear Completed On."
        yield warning("completed-without-status", judged.action, "status", message, remedy)


@each_row
def completed_unreadable(judged: Judged) -> Iterator[Finding]:
    """Completed On holds a date and not a text."""
    completed = judged.action.completed_on
    if isinstance(completed, str) and completed.strip():
        message = f"Completed On {quoted(completed)} is text and not a date."
        remedy = "Enter the day as a date, such as 31/03/2015."
        yield error("completed-unreadable", judged.action, "completed_on", message, remedy)


def completed_in_future(judgement: Judgement) -> Iterator[Finding]:
    """Nothing was completed after today."""
    for judged in judgement.rows():
        completed = judged.action.completed_on
        if isinstance(completed, date) and completed > judgement.today:
            message = f"Completed On {written(completed)} is after today, {written(judgement.today)}."
            remedy = "Correct the date, or clear it until the action is complete."
            yield error("completed-in-future", judged.action, "completed_on", message, remedy)


def completed_before_progress(judgement: Judgement) -> Iterator[Finding]:
    """An action is not complete before the last day on which its own Progress says that work went on.

    It was completed on Completed On at the latest where that is filled, else by today. What Progress asks,
    or says of a review or of another thing that comes afterwards, counts for nothing; what it plans counts
    only where no Completed On says that it was done sooner.
    """
    for judged in judgement.rows():
        completed = judged.action.completed_on
        if judged.completion in ("none", "unclear") and not isinstance(completed, date):
            continue
        by = completed if isinstance(completed, date) else judgement.today
        later = [(day, words) for day, words in _days_of_work(judged.action) if day > by]
        if later:
            yield _too_early(judged, by, *max(later))


@each_row
def complete_not_begun(judged: Judged) -> Iterator[Finding]:
    """A complete action's Progress no longer says that it has not begun."""
    if judged.completion == "confirmed" and (said := _NOT_BEGUN.search(judged.action.progress)):
        message = f"Status is {quoted(judged.action.status)}, but Progress still says {quoted(said[0])}."
        remedy = "Bring Progress up to date, or correct Status."
        yield warning("complete-not-begun", judged.action, "status", message, remedy)


def _rated_complete(judged: Judged) -> str:
    return f"RAG Rating {quoted(judged.action.agreed)} says it is complete"


def _offer_status(status: str, counts: str) -> str:
    if counts == "Complete":
        return "Enter Complete."
    by_word = {known.casefold(): known for known in STATUSES}
    is_word = len(status) <= LONGEST
    near = alike(status.casefold(), by_word, least=0.6) if is_word else []
    return f"Enter {by_word[near[0]]}." if near else "Choose a status from the cell's list."


def _has_completed_on(judged: Judged) -> bool:
    completed = judged.action.completed_on
    return bool(completed.strip()) if isinstance(completed, str) else completed is not None


def _too_early(judged: Judged, by: date, day: date, words: str) -> Finding:
    is_dated = isinstance(judged.action.completed_on, date)
    since = f"Completed On is {written(by)}" if is_dated else f"It is complete by {written(by)}"
    message = f"{since}, but Progress names a later day: {quoted(words)}."
    remedy = (
        f"Check that the action was complete before {written(day)}; correct the date, Status or Progress."
    )
    column = "completed_on" if is_dated else "status"
    return warning("completed-before-progress", judged.action, column, message, remedy)


def _days_of_work(action: Action) -> Iterator[tuple[date, str]]:
    """The days, and the first days of months, on which Progress says that work went on, with its words."""
    for remark in _of_work(action.progress):
        if isinstance(action.completed_on, date) and _PLANS.search(remark):
            continue
        for named in dates(remark):
            if named.precision in ("day", "month") and not _RUNS_ON.search(
                remark[max(0, named.start - 12) : named.start]
            ):
                yield (named.date if named.precision == "day" else named.date.replace(day=1)), named.words


def _of_work(progress: str) -> Iterator[str]:
    afterwards = goes_on = False
    for remark in remarks(progress):
        afterwards = bool(_AFTERWARDS.search(remark)) or (afterwards and goes_on)
        goes_on = bool(_MAY_BE_A_TITLE.search(remark[-8:]))
        if not afterwards and not is_question(remark):
            yield remark
