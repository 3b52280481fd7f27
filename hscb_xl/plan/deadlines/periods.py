"""Date cells that show a month or a year alone: Excel keeps a typed "October 2014" as the 1st, shown so.

The number format decides what such a cell says, whichever day it holds (number formats: ECMA-376 part 1,
18.8.31).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from hscb_xl.plan.wording import MONTHS, written

_LONGEST = 255
"""Characters of a number format; Excel takes no more."""

_PARTS = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.?)'
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]?|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<end>;)|(?P<digit>general|[0#?@])|(?P<space>_.?)|(?P<hidden>\*.?|b[12]|g+)"
    r"|(?P<clock>am/pm|a/p|[hs]+)|(?P<day>d+)|(?P<month>m+)|(?P<year>y+|e+)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r\s?\d+", re.IGNORECASE)
_NO_PERIOD = {"clock", "day", "digit"}
_LITERAL = {"quoted", "escaped", "currency", "plain"}
_WORD = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Period:
    """A date cell that shows its month or its year alone; ``code`` is its number format."""

    stored: date
    precision: Literal["month", "year"]
    code: str

    @property
    def first(self) -> date:
        """The first day of what it shows."""
        return self.stored.replace(month=1, day=1) if self.precision == "year" else self.stored.replace(day=1)

    @property
    def last(self) -> date:
        """The last day of what it shows."""
        month = 12 if self.precision == "year" else self.stored.month
        return self.stored.replace(month=month, day=monthrange(self.stored.year, month)[1])

    @property
    def has_words(self) -> bool:
        """Whether the number format adds words or numbers, such as "end of ", which are read with it."""
        return any(_WORD.search(text) for kind, text in _section(self.code) if kind in _LITERAL)

    def __str__(self) -> str:
        """What the cell shows, such as "Oct-14"; months in English."""
        return "".join(self._shown(kind, text) for kind, text in _section(self.code)).strip()

    def _shown(self, kind: str, text: str) -> str:
        if kind == "year":
            return f"{self.stored.year % 100:02}" if text.casefold() in ("y", "yy") else str(self.stored.year)
        if kind == "month":
            return _month(self.stored.month, len(text))
        if kind in ("bracket", "hidden"):
            return ""
        return " " if kind == "space" else text


def as_shown(day: date, code: str) -> date | Period:
    """``day`` as a cell with the number format ``code`` shows it: a month or a year where it is no more."""
    kinds = {kind for kind, _ in _section(code)} if len(code) <= _LONGEST else _NO_PERIOD
    if kinds & _NO_PERIOD or not kinds & {"month", "year"}:
        return day
    return Period(day, "month" if "month" in kinds else "year", code)


def first_day(value: date | Period) -> date:
    """The first day that a date cell may mean."""
    return value.first if isinstance(value, Period) else value


def last_day(value: date | Period) -> date:
    """The last day that a date cell may mean."""
    return value.last if isinstance(value, Period) else value


def in_words(value: date | Period) -> str:
    """A date cell as a sentence names it: a day as a board writes it, a month or year as it is shown."""
    return str(value) if isinstance(value, Period) else written(value)


@lru_cache  # a column has few number formats, and each cell asks for its own
def _section(code: str) -> tuple[tuple[str, str], ...]:
    """The parts of a number format for numbers above nought, each with its kind; a condition is a "digit"."""
    parts = []
    for match in _PARTS.finditer(code):
        kind = str(match.lastgroup)
        if kind == "end":
            break
        if kind == "bracket" and not _COLOUR.fullmatch(match[kind]):
            kind = "digit"  # elapsed hours, or a condition, by which another section may be shown
        parts.append((kind, match[kind]))
    return tuple(parts)


def _month(number: int, letters: int) -> str:
    name = MONTHS[number - 1]
    by_letters = {1: str(number), 2: f"{number:02}", 3: name[:3], 5: name[0]}
    return by_letters.get(letters, name)
