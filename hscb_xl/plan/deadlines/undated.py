"""Why a text names no last day: what officers write in its place, and what each lacks."""

import re
from functools import cache

from hscb_xl.plan.deadlines import months
from hscb_xl.plan.deadlines.forms import WEEKDAY
from hscb_xl.plan.deadlines.textdates import DATE

_MONTH = rf"\b{months.NAMES}\b"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|nine|ten|twelve|eighteen)"

_NO_YEAR = "its year is missing"
_REASONS = (
    (r"^\W*$|^(?:n\W?a|none|nil|x|not\s+applicable)$", "it gives no date"),
    (
        r"\b(?:ongoing|on-going|on\s+going|continu\w+|rolling|open[\s-]ended)\b",
        "an ongoing action needs a date too, that of its next review",
    ),
    (
        r"\b(?:daily|weekly|fortnightly|\w*monthly|quarterly|termly|(?:bi)?annual(?:ly)?|yearly|every|each)\b",
        "it says how often and not until when, so write the date of the next review",
    ),
    (
        r"\b(?:tbc|tba|tbd|to\s+be\s+(?:confirmed|agreed|decided|advised|determined|arranged|announced|set))\b"
        r"|\bt\.b\.[cad]\b",
        "its date is still to be confirmed",
    ),
    (
        r"\b(?:a\.?s\.?a\.?p|as\s+soon\s+as|immediate(?:ly)?|urgent(?:ly)?|straight\s*away)\b|^now$",
        "it says that there is hurry and names no day",
    ),
    (
        r"\b(?:(?<!be\s)completed?|done|achieved|closed|finished)\b",
        "it says that the action is complete and not when it was due",
    ),
    (
        r"\b(?:easter|christmas|xmas|new\s+year|half[\s-]term)\b",
        "a festival or holiday is no date, so write the day",
    ),
    (
        r"\b(?:spring|summer|autumn|winter|(?:academic|school)\s+year|term)\b",
        "a season or term has no one last day",
    ),
    (
        r"\b(?:mid|middle|early|late|beginning|start|(?:first|second|third|fourth|last|\dst|\dnd|\drd|\dth)\s+week)\b",
        "a part of a month or year names no day",
    ),
    (
        rf"\bwithin\b|^(?:in\s+)?{_COUNT}[\s-]+(?:days?|weeks?|months?|years?|quarters?)\b",
        "a length of time needs the day that it counts from",
    ),
    (r"\b(?:meeting|board|exec(?:utive)?|committee)\b", "a meeting is no date, so write its day"),
    (
        r"^(?:the\s+)?(?:end\s+of\s+)?(?:the\s+|this\s+|next\s+)?(?:month|year|quarter|week)(?:[\s-]*end)?$",
        "it does not say which month, quarter or year",
    ),
    (
        r"^(?:after|from|since|following|post|not?\s+(?:before|until|earlier|sooner))\b"
        r"|\b(?:onwards?|beyond|commenc\w+|start(?:s|ing))\b",
        "it names when to start and not until when",
    ),
    (
        r"\b(?:around|about|circa|approx\w*|roughly|probabl[ey]|possibl[ey]|hopefully|provisional\w*|estimated?"
        r"|anticipated|expected|earliest)\b|^ca?\.|\d\s?\?$",
        "it is not said for certain, so write the last day that is meant",
    ),
    (
        r"\b(?:if|unless|subject\s+to|depend\w*)\b",
        "it depends on something else, so write the last day that is meant",
    ),
    (
        r"^(?:19|20)\d\d$",
        'a year alone may end in March or December, so write "end of 2015" or "2014/15"',
    ),
    (r"^\d{1,2}\s?[./-]\s?\d{1,2}$", "it can be a month with its year or a day without one"),
    (r"^\d+(?:\.\d+)?$", "it is a number, so format the cell as a date and check the day"),
    (
        rf"^(?:{WEEKDAY}\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?)?{_MONTH}\.?(?:\s*\d{{1,2}}(?:st|nd|rd|th)|\s+\d)?$",
        _NO_YEAR,
    ),
    (
        r"^(?:(?:q|qtr|quarter)\.?\s*\d|(?:first|second|third|fourth|last|final|\d\w\w)\s+(?:quarter|qtr))$",
        _NO_YEAR,
    ),
)


@cache  # compiled when the first deadline cannot be read: in most plans that is never
def _reasons() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), reason) for pattern, reason in _REASONS)


@cache
def _date() -> re.Pattern[str]:
    return re.compile(DATE, re.IGNORECASE | re.ASCII)


def why(text: str) -> str:
    """Why no last day can be read from ``text``, which has none of the forms of a deadline."""
    dates = len(_date().findall(text))
    if dates > 1:
        return "it names more than one deadline, so keep the original here and put the other in Progress"
    for pattern, reason in _reasons():
        if pattern.search(text):
            return reason
    if dates:
        return "more than a date stands there, so keep the date alone"
    return "it is no day, month, quarter or financial year"
