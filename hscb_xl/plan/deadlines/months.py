"""Month names as officers write them, and mending a name that a page break or a slip of the hand spoilt."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hscb_xl.plan.likeness import alike
from hscb_xl.plan.wording import MONTHS

# Three letters tell the months apart, so any longer beginning ("Sept", "Marc") is an abbreviation.
_SHORTEST = 3
_NUMBERS = {
    name[:length].casefold(): number
    for number, name in enumerate(MONTHS, start=1)
    for length in range(_SHORTEST, len(name) + 1)
}
NAMES = "(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"

_FULL = {name.casefold(): name for name in MONTHS}
_WORD = re.compile(r"[A-Za-z]+")
_BREAK = re.compile(r"\s*-?\s*")
# "Febuary" and "Setpember" are this close to one month; "Match" and "Marsh" are not.
_CLOSE = 0.85
_LONG_ENOUGH = 5
# A deadline is short; in a longer text a likeness to a month proves nothing.
_LONGEST = 80


def number(name: str) -> int:
    """The month (1 to 12) that a match of ``NAMES`` names."""
    return _NUMBERS[name.casefold()]


def mended(text: str) -> Iterator[str]:
    """``text`` with one broken or misspelt month put right, once for each place where that can be done.

    Two pieces make a month where they spell it joined ("Octo ber") or joined on what both hold ("February
    ry"); a misspelt word is a month where it is close to exactly one.
    """
    words = list(_WORD.finditer(text)) if len(text) <= _LONGEST else []
    for left, right in pairwise(words):
        if _BREAK.fullmatch(text, left.end(), right.start()):
            for month in _joined(left[0].casefold(), right[0].casefold()):
                yield text[: left.start()] + month + text[right.end() :]
    for word in words:
        month = _meant(word[0].casefold())
        if month:
            yield text[: word.start()] + month + text[word.end() :]


def _joined(left: str, right: str) -> set[str]:
    overlaps = range(min(len(left), len(right)) + 1)
    joins = {left + right[size:] for size in overlaps if left.endswith(right[:size])}
    return {_FULL[join] for join in joins & _FULL.keys()}


def _meant(word: str) -> str:
    if len(word) < _LONG_ENOUGH or word in _NUMBERS:
        return ""
    close = alike(word, _FULL, least=_CLOSE, most=2)
    return _FULL[close[0]] if len(close) == 1 else ""
