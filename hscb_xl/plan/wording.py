"""How reasons and messages put days, counts, names and quotes into words, the same on every platform."""

from collections.abc import Sequence
from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_QUOTE_LENGTH = 120
_LOOKED_AT = 2000
"""Characters of a text from which its quote is taken, however much white space is among them."""


def written(day: date) -> str:
    """A day as a board writes it, such as "31 March 2015"; not left to the platform's locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as "1 day" or "42 days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them, such as "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def quoted(text: str) -> str:
    """Text between quotation marks on one line, cut after about 120 characters."""
    line = " ".join(text[:_LOOKED_AT].split())
    if len(line) > _QUOTE_LENGTH or len(text) > _LOOKED_AT:
        line = line[:_QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
    return f'"{line}"'
