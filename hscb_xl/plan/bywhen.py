"""Reading a By When cell: what officers write, as the last day it allows."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from hscb_xl.plan import months
from hscb_xl.plan.dateforms import Found, Precision, form, sane
from hscb_xl.plan.dateranges import range_end
from hscb_xl.plan.undated import why

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
_TIME = re.compile(r"(?<=\d)(?:T|,?\s+)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:am|pm|z)?$", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:\s*\((?:revised|new|original|amended|updated|latest)(?:\s+(?:date|deadline))?\)|\s+at\s+the\s+latest)$",
    re.IGNORECASE,
)
# The words that lead up to a deadline; "end of" before a year alone says which day is meant and stays.
_LEAD = re.compile(
    r"(?:(?:to\s+be|for)\s+(?:completed?|completion)|(?:to\s+)?complete(?=\s+by\b)|due(?:\s+date)?|deadline"
    r"|target(?:\s+date)?|(?:revised|extended|moved|amended)\s+to|revised(?:\s+date)?(?!\s+from\b)"
    r"|new\s+date|now|on\s+or\s+before|(?:no|not)\s+later\s+than|(?P<before>before|prior\s+to)|until|till|by"
    r"|on(?!\s+going)|at|in|during|for|(?:the\s+)?last\s+day\s+of|month[\s-]end(?:ing)?"
    r"|(?:the\s+)?end(?:\s+of\b|-)?(?![\s-]*(?:of\s+)?\d{4}$)|the)(?:\s*:\s*|\s+|(?<=-))(?=\S)",
    re.IGNORECASE,
)


def read(value: date | str | None) -> Due | Unreadable:
    """The deadline that ``value`` names, or why it names none. Never a guess (design, section 5).

    A month, quarter, financial year or week means its last day. A range with clear ends ("1-5 May 2015",
    "October to December 2014") means its last day; two deadlines in one cell are Unreadable. A year alone
    is Unreadable, as it may end in March or December, but "end of 2015" is 31 December.
    """
    if isinstance(value, date):
        return _answer(sane(value.date() if isinstance(value, datetime) else value))
    text = _plain(value or "")
    if not text:
        return Unreadable("By When is empty", missing=True)
    found = _named(text)
    if found is not None:
        return _answer(found)
    return _mended(text) or Unreadable(why(_core(text)[0]))


def _answer(found: Found) -> Due | Unreadable:
    return Unreadable(found) if isinstance(found, str) else Due(*found)


def _plain(value: str) -> str:
    """The text on one line, its typography made plain, without a time of day or a note behind it."""
    text = unicodedata.normalize("NFKC", _QUOTES.sub("'", _INVISIBLE.sub("", value)))
    text = " ".join(_DASHES.sub("-", text).split()).strip(" .,;\"'")
    return _AFTER.sub("", _TIME.sub("", text))


def _core(text: str) -> tuple[str, bool]:
    """``text`` without the words that lead up to its deadline, and whether "before" is among them."""
    before = False
    while lead := _LEAD.match(text):
        before = before or lead["before"] is not None
        text = text[lead.end() :]
    return text, before


def _named(text: str) -> Found | None:
    core, before = _core(text)
    found = form(core) or range_end(core)
    if before and isinstance(found, tuple) and found[1] != "day":
        return 'it says "before", which may leave out all of what it names, so write the last day'
    return found


def _mended(text: str) -> Due | None:
    """``text`` read with one month put right, where that can be done in one way only."""
    readings = [(found, new) for new in months.mended(text) if isinstance(found := _named(new), tuple)]
    if len({found for found, _ in readings}) != 1:
        return None
    (last, precision), new = readings[0]
    return Due(last, precision, f'"{text}" read as "{new}"')
