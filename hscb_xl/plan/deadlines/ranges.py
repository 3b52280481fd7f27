"""Reading a range of days or months: it allows its last day, where both of its ends are clear."""

import re
from datetime import date

from hscb_xl.plan.deadlines import months
from hscb_xl.plan.deadlines.forms import Found, Precision, form

_Named = tuple[date, Precision]

_JOIN = re.compile(
    r"\s*(?P<word>-|/|\b(?:(?:(?:right\s+)?(?:through|up)\s+)?(?:to|until|till)(?:\s+and\s+including)?"
    r"|through(?!\s+to\b)|thru|and)\b)\s*(?:the\s+)?(?:end\s+(?:of\s+)?(?!\d{4}$))?",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:(?P<between>between)|from)\s+(?:the\s+)?", re.IGNORECASE)
# What may stand for the first end where month and year are written once, with the second.
_SHORT_ENDS = {
    "day": re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s+{months.NAMES})?", re.IGNORECASE | re.ASCII),
    "month": re.compile(months.NAMES, re.IGNORECASE),
    "quarter": re.compile(r"(?:q|qtr|quarter)\.?\s*[1-4]", re.IGNORECASE),
}


def range_end(text: str) -> _Named | None:
    """The last day of the range that ``text`` names, None where it names none or runs backwards.

    Two whole deadlines are a range only with a word that says so ("31 October 2014 to 31 March 2015"):
    behind a dash or a slash the second may as well be a revised deadline.
    """
    opening = _OPENING.match(text)
    body = text[opening.end() :] if opening else text
    between = opening is not None and opening["between"] is not None
    ends = {end for join in _JOIN.finditer(body) if (end := _end(body, join, between))}
    return ends.pop() if len(ends) == 1 else None


def _end(body: str, join: re.Match[str], between: bool) -> _Named | None:
    word, left, end = join["word"].casefold(), body[: join.start()], form(body[join.end() :])
    if end is None or isinstance(end, str) or (word == "and") != between:
        return None
    first = form(left)
    if first is not None:
        return end if word not in "-/" and _in_order(first, end) else None
    return end if _is_short(left, word, end) else None


def _in_order(first: Found, end: _Named) -> bool:
    return not isinstance(first, str) and first[0] < end[0]


def _is_short(left: str, word: str, end: _Named) -> bool:
    """Whether ``left`` is a first end without its year; "1/5 May 2015" is no range of days."""
    last, precision = end
    pattern = _SHORT_ENDS.get(precision)
    if pattern is None or not pattern.fullmatch(left) or (precision == "day" and word == "/"):
        return False
    digits = re.match(r"\d+(?!.*[a-z]{3})", left, re.IGNORECASE)
    return digits is None or 0 < int(digits[0]) < last.day
