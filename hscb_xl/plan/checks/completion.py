"""Checks of completion: Status, Completed On and Evidence belong together, and fit what Progress says."""

import re
from collections.abc import Iterator
from datetime import date

from hscb_xl.plan.checks.base import each_row, error, warning
from hscb_xl.plan.deadlines.periods import Period, first_day, in_words, last_day
from hscb_xl.plan.deadlines.textdates import dates
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.finished import LONGEST
from hscb_xl.plan.judgement import STATUSES, Judged, Judgement, source_of
from hscb_xl.plan.likeness import alike
from hscb_xl.plan.remarks.sentences import is_question
from hscb_xl.plan.wording import listed, quoted, written

# What comes round again after completion is no sign that the action was not complete, nor is what runs on.
_AFTERWARDS = re.compile(
    r"\b(?:review\w*|next|again|annual\w*|yearly|quarterly|monthly|every|each"
    r"|follow(?:ed|ing)?[- ]?up|monitor\w*|re-?(?:visit|audit|inspect|assess|fresh|new|peat|issue|run)\w*"
    r"|future|thereafter|ongoing|valid|expir\w+)\b",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(r"\b(?:to|until|till|through|from)\s(?:the\s)?$", re.IGNORECASE)
_LEAD = 12
"""Characters before a date in which it is said that something runs until it."""
_PLANS = re.compile(
    r"\b(?:to\s+be|will|shall|would|going\s+to|intend\w*|due(?!\s+to\b)"
    r"|(?:planned|scheduled|arranged|booked|expected|anticipated)\s+(?:for|to|in|on|by))\b",
    re.IGNORECASE,
)
# A sentence does not end behind the title of a name: "Review again with Dr. Smith on 5 May 2016."
_TITLES = "Dr Mr Mrs Ms Mx Prof Cllr Rev Revd Sgt Insp Supt Det Hon St Fr Sr"
_BEHIND_NO_TITLE = "".join(rf"(?<!\b{title}\.)" for title in _TITLES.split())
_BETWEEN_SENTENCES = re.compile(rf"(?<=[.?!]){_BEHIND_NO_TITLE}\s+(?=[A-Z])|\n")
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
    completed = _completed(judged)
    if completed and judged.completion != "confirmed":
        status = quoted(judged.action.status) if judged.action.status.strip() else "empty"
        message = f"Completed On is {in_words(completed)}, but Status is {status}."
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
        completed = _completed(judged)
        if completed and first_day(completed) > judgement.today:
            message = f"Completed On {in_words(completed)} is after today, {written(judgement.today)}."
            remedy = "Correct the date, or clear it until the action is complete."
            yield error("completed-in-future", judged.action, "completed_on", message, remedy)


def completed_before_progress(judgement: Judgement) -> Iterator[Finding]:
    """An action is not complete before the last day on which its own Progress says that work went on.

    It was completed on Completed On at the latest where that is filled, else by today. What Progress asks,
    or says of a review or of another thing that comes afterwards, counts for nothing; what it plans counts
    only where no Completed On says that it was done sooner.
    """
    for judged in judgement.rows():
        completed = _completed(judged)
        if judged.completion in ("none", "unclear") and not completed:
            continue
        by = last_day(completed or judgement.today)
        later = [(day, words) for day, words in _days_of_work(judged) if day > by]
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


def _completed(judged: Judged) -> date | Period | None:
    completed = judged.action.completed_on
    return completed if isinstance(completed, date | Period) else None


def _has_completed_on(judged: Judged) -> bool:
    completed = judged.action.completed_on
    return bool(completed.strip()) if isinstance(completed, str) else completed is not None


def _too_early(judged: Judged, by: date, day: date, words: str) -> Finding:
    completed = _completed(judged)
    since = f"Completed On is {in_words(completed)}" if completed else f"It is complete by {written(by)}"
    message = f"{since}, but Progress names a later day: {quoted(words)}."
    remedy = (
        f"Check that the action was complete before {written(day)}; correct the date, Status or Progress."
    )
    column = "completed_on" if completed else "status"
    return warning("completed-before-progress", judged.action, column, message, remedy)


def _days_of_work(judged: Judged) -> Iterator[tuple[date, str]]:
    """The days, and the first days of months, on which Progress says that work went on, with its words."""
    for sentence in _BETWEEN_SENTENCES.split(judged.action.progress):
        if _AFTERWARDS.search(sentence) or is_question(sentence):
            continue
        if _completed(judged) and _PLANS.search(sentence):
            continue
        for named in dates(sentence):
            before = sentence[max(0, named.start - _LEAD) : named.start]
            if named.precision in ("day", "month") and not _RUNS_ON.search(before):
                yield (named.date if named.precision == "day" else named.date.replace(day=1)), named.words
