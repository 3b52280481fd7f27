"""What the program writes into its own columns of the plan, told from what anybody else may have written.

The recogniser of what ``rag.rate`` and ``Judged.agreement`` say: a new reason or word there belongs here too.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, get_args

from hscb_xl.plan.judgement import Agreement
from hscb_xl.plan.rag import Rating, Timing
from hscb_xl.plan.wording import MONTHS, written

_LETTERS = frozenset(rating.value for rating in Rating)
_TIMINGS, _AGREEMENTS = frozenset(get_args(Timing)), frozenset(get_args(Agreement))
_DAY = rf"(?P<due>[0-9]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9]{{4}})"
_DAYS = r"(?P<days>[0-9]{1,7}) days?"
_AHEAD = rf"Due (?:in [0-9]{{1,7}} days?|today) \({_DAY}\)"
_SAYS = r'(?:Progress|(?:Status|RAG Rating) "[^\n]*")'
_REASONS: Mapping[str, re.Pattern[str]] = {
    timing: re.compile(pattern)
    for timing, pattern in {
        "overdue": rf"Overdue by {_DAYS} \(due {_DAY}\)",
        "late": rf"Late by {_DAYS} \(due {_DAY}\), within [0-9]{{1,7}} days? of tolerance",
        "due soon": _AHEAD,
        "on time": _AHEAD,
        "complete": "Complete, evidenced and verified|Complete, confirmed by Status"
        rf"|Complete: {_SAYS} says so, not yet confirmed",
        "unclear": rf"{_SAYS} may mean complete or not: say Complete or not",
        "no date": r"No deadline: By When is empty|No deadline can be read: [^\n]+",
    }.items()
}

_ALWAYS = ("timing", "agreement", "reason")
"""The columns in which the program leaves something in every row that it rates; one may have been cleared."""

_LETTERS_OF: Mapping[str, tuple[str, ...]] = {
    "overdue": ("R",),
    "late": ("A",),
    "due soon": ("A",),
    "on time": ("G", "A"),
    "complete": ("G", "B"),
    "unclear": ("",),
    "no date": ("",),
}


def fits(key: str, value: Any) -> bool:
    """Whether a cell of the program's column ``key`` may hold this by the program's own hand; None is empty.

    Days are moments at midnight and numbers floats, as a host gives them.
    """
    if value is None or value == "":
        return True
    if key == "due":
        return isinstance(value, date) and (not isinstance(value, datetime) or _is_day(value))
    if key == "days":
        return isinstance(value, float | int) and value is not True and value >= 1 and value % 1 == 0
    if not isinstance(value, str):
        return False
    if key == "reason":
        return any(pattern.fullmatch(value) for pattern in _REASONS.values())
    words = {"auto": _LETTERS, "timing": _TIMINGS, "agreement": _AGREEMENTS}
    return value in words[key]


def strange(row: Mapping[str, Any]) -> list[str]:
    """The keys of those cells of a row that the program did not write, going by the others of that row.

    ``row`` holds the program's cells by column key, as many as are known. Where the timing and the reason
    are the program's, they say which day, which days past it and which letter stood there with them. Where
    two of the words are missing that stand in every row of the program's, it was never at that row.
    """
    if sum(row.get(key, key) in (None, "") for key in _ALWAYS) > 1:
        return [key for key, value in row.items() if value not in (None, "")]
    timing = str(row.get("timing"))
    match = _REASONS[timing].fullmatch(str(row.get("reason"))) if timing in _REASONS else None
    named = match.groupdict() if match else None
    return [
        key
        for key, value in row.items()
        if not fits(key, value) or (named is not None and not _is_said(key, value, timing, named))
    ]


def is_ours(row: Mapping[str, Any]) -> bool:
    """Whether the cells of a row, by column key, are what the program writes there together, or all empty."""
    if all(value in (None, "") for value in row.values()):
        return True
    timing, said = row["timing"], row["reason"]
    known = timing in _REASONS and _REASONS[timing].fullmatch(str(said)) is not None
    return known and row["agreement"] not in (None, "") and not strange(row)


def _is_said(key: str, value: Any, timing: str, named: Mapping[str, str]) -> bool:
    if key == "due" and (timing == "no date" or "due" in named):
        return written(value) == named.get("due") if value else "due" not in named
    if key == "days":
        return str(int(value)) == named.get("days") if value else "days" not in named
    return key != "auto" or (value or "") in _LETTERS_OF[timing]


def _is_day(value: datetime) -> bool:
    return (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
