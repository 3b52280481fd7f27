"""Reading a By When cell: what officers write, as the last day it allows."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from hscb_xl.plan.deadlines import months
from hscb_xl.plan.deadlines.explanations import explained
from hscb_xl.plan.deadlines.forms import Found, Precision, form, sane
from hscb_xl.plan.deadlines.leads import bare
from hscb_xl.plan.deadlines.periods import Period
from hscb_xl.plan.deadlines.ranges import range_end
from hscb_xl.plan.deadlines.undated import why

__all__ = ["Due", "Precision", "Unreadable", "read"]


@dataclass(frozen=True, slots=True)
class Due:
    """The last day a deadline allows; ``repaired`` is how a broken text was mended, '' where it was not."""

    date: date
    precision: Precision
    repaired: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why no day can be read, as a clause without a full stop; ``missing`` where the cell is empty."""

    reason: str
    missing: bool = False


_DASHES = re.compile("[\u2010-\u2015\u2212]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_QUOTES = re.compile("[\u2018\u2019\u201b`\u00b4]")
_LONGEST = 300
"""The characters of the longest deadline that is read; what officers write has a few dozen."""


def read(value: date | Period | str | None) -> Due | Unreadable:
    """The deadline that ``value`` names, or why it names none. Never a guess (design, section 5).

    A month, quarter, financial year or week means its last day. A range with clear ends ("1-5 May 2015",
    "October to December 2014") means its last day; two deadlines in one cell are Unreadable. A year alone
    is Unreadable, as it may end in March or December, but "end of 2015" is 31 December, and so is a date cell
    that shows its year alone. A date cell that shows its month alone is that month.
    """
    if isinstance(value, Period):
        return read(str(value)) if value.has_words else _answer(sane(value.last, value.precision))
    if isinstance(value, date):
        return _answer(sane(value.date() if isinstance(value, datetime) else value))
    text = (value or "").strip()
    if len(text) > _LONGEST:
        return Unreadable(f"it is longer than {_LONGEST} characters, so write the date alone here")
    text = _unwrapped(_plain(text))
    if not text:
        return Unreadable("By When is empty", missing=True)
    found = _named(text)
    if found is not None:
        return _answer(found)
    return _mended(text) or Unreadable(why(bare(text).text))


def _answer(found: Found) -> Due | Unreadable:
    return Unreadable(found) if isinstance(found, str) else Due(*found)


def _plain(value: str) -> str:
    """The text on one line, its typography made plain."""
    text = unicodedata.normalize("NFKC", _QUOTES.sub("'", _INVISIBLE.sub("", value)))
    return " ".join(_DASHES.sub("-", text).split()).strip(" .,;\"'")


def _unwrapped(text: str) -> str:
    """``text`` without the brackets that hold all of it."""
    inside = text[1:-1]
    return inside.strip() if text[:1] + text[-1:] in ("()", "[]") and not set(inside) & set("()[]") else text


def _named(text: str) -> Found | None:
    deadline = bare(text)
    found = form(deadline.text) or range_end(deadline.text) or explained(deadline.text)
    if not isinstance(found, tuple) or found[1] == "day":
        return found
    if deadline.timed:
        return "a time of day needs its day, with month and year"
    if deadline.before:
        return 'it says "before", which may leave out all of what it names, so write the last day'
    return found


def _mended(text: str) -> Due | None:
    """``text`` read with one month put right, where that can be done in one way only."""
    readings = [(found, new) for new in months.mended(text) if isinstance(found := _named(new), tuple)]
    if len({found for found, _ in readings}) != 1:
        return None
    (last, precision), new = readings[0]
    return Due(last, precision, f'"{text}" read as "{new}"')
