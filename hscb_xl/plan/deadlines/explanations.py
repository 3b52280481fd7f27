"""Reading a deadline that is explained beside it: "quarter 4 (January to March 2025)", where both agree."""

import re
from datetime import date

from hscb_xl.plan.deadlines import months
from hscb_xl.plan.deadlines.forms import Found, Precision, form
from hscb_xl.plan.deadlines.leads import bare
from hscb_xl.plan.deadlines.ranges import range_end

_Named = tuple[date, Precision]

_BESIDE = re.compile(r"(?P<first>[^()]+?)\s*(?:\((?P<inside>[^()]+)\)|(?:[:,=]|\s-)\s+(?P<behind>[^()]+))")
_THAT_IS = re.compile(r"(?:i\.?e\.?|that\s+is|so)[,:]?\s+", re.IGNORECASE)
_QUARTER = re.compile(r"\bq(?:uarters?|trs?)?\b|\bq\.?\s?\d", re.IGNORECASE)
_NAMES = re.compile(rf"\b{months.NAMES}\b", re.IGNORECASE)


def explained(text: str) -> Found | None:
    """What both parts of ``text`` name, None where it has no two parts that name a day, month or quarter.

    One of the two may leave its year out, which is then the other's. Where they differ it is refused.
    """
    parts = _BESIDE.fullmatch(text)
    if parts is None:
        return None
    first, inside = parts["first"], parts["inside"]
    beside = bare(_THAT_IS.sub("", inside or parts["behind"], count=1))
    if beside.before:
        return None
    other = beside.text
    found, explanation = _whole(first), _whole(other)
    if isinstance(found, tuple) and isinstance(explanation, tuple):
        return found if found[0] == explanation[0] and _same_months(first, other, found[0]) else None
    if isinstance(found, tuple):
        return _agreed(found, first, other, inside is not None)
    return _agreed(explanation, other, first, inside is not None) if isinstance(explanation, tuple) else None


def _whole(text: str) -> Found | None:
    return form(text) or range_end(text)


def _agreed(found: _Named, whole: str, part: str, inside: bool) -> Found | None:
    readings = [named for year in _years(found[0]) if isinstance(named := _whole(f"{part} {year}"), tuple)]
    if any(last == found[0] for last, _ in readings) and _same_months(whole, part, found[0]):
        return found
    return "what stands in brackets is not what stands before them" if readings and inside else None


def _years(day: date) -> tuple[str, str]:
    """The year of a day and its financial year, as they are written behind a month or quarter."""
    first = day.year if day.month > 3 else day.year - 1
    return str(day.year), f"{first}/{first + 1}"


def _same_months(one: str, other: str, last: date) -> bool:
    """Whether months that explain a quarter begin with it; that they end with it is known."""
    for quarter, span in ((one, other), (other, one)):
        names = _NAMES.findall(span)
        if len(_QUARTER.findall(quarter)) == 1 and len(names) > 1:
            return months.number(names[0]) == last.month - 2
    return True
