"""Dates in running text, by the forms of a deadline: where each stands, and what it means.

``DATE`` and ``DATE_OR_PART`` are sources for patterns of others: "a date stands here". They hold no groups
with a name or number, are to be read in any case (``re.IGNORECASE`` or ``(?i:…)``), and from any one place
look no farther than the date and the white space in it, so that they keep a linear pattern linear.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from hscb_xl.plan.deadlines.forms import DAYS, MONTHS, QUARTERS, YEARS, Form, Precision, form
from hscb_xl.plan.deadlines.months import NAMES

_LOOSE_YEAR = re.compile(r"[A-Za-z]\s+\d\d$")
_WORD = re.compile(r"\s+[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Named:
    """A date that a text names: its words from ``start`` on, the last day they mean, and how precisely."""

    start: int
    words: str
    date: date
    precision: Precision


def _source(*forms: Form) -> str:
    return "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern, _ in forms)


_EDGED = r"(?<!\w)(?<!\d[./])(?:{})(?!\w)(?![./]\d)"
# Of two dates that begin at one place the longer comes first: a day before its month.
_WHOLE = _source(*DAYS, *QUARTERS, *MONTHS, *YEARS)
_PART = rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of\s+|[\s./-]*){NAMES}|{NAMES}\.?\s+\d{{1,2}}(?:st|nd|rd|th)"

DATE = _EDGED.format(_WHOLE)
"""A day, month, quarter or financial year that names itself: "31st March, 2016", "Oct-14", "Q3 2014/15"."""

DATE_OR_PART = _EDGED.format(f"{_WHOLE}|{_PART}")
"""A date, or a day with its month alone: "12 May", "May 12th"."""


def dates(text: str) -> Iterator[Named]:
    """The dates that ``text`` names for certain, in order.

    A day that cannot be ("31 June 2015") is passed over, and so are two digits that may count something else:
    "on 12 May 15 people came".
    """
    pattern = _pattern()
    for match in pattern.finditer(text):
        found = form(" ".join(match[0].split()))
        if isinstance(found, tuple) and not _may_count(text, match):
            yield Named(match.start(), match[0], *found)


@cache  # compiled when the first text is read: of most plans none is
def _pattern() -> re.Pattern[str]:
    return re.compile(DATE, re.IGNORECASE)


def _may_count(text: str, match: re.Match[str]) -> bool:
    return bool(_LOOSE_YEAR.search(match[0]) and _WORD.match(text, match.end()))
