"""A remark as its readers compare it: small letters, single spaces, and a mark in the place of each date.

Readers find words in it, and count them to quote the remark as it was written. Runs of spaces cost nothing
from here on, and "12/05" in a date is no fraction any more.
"""

import re
from functools import cache
from itertools import islice

from hscb_xl.plan.deadlines.textdates import DATE_OR_PART

DATE = "§+(?: §+)*+"
"""Source of a pattern: the mark of a date, as many words as the date has."""

# English alone: other alphabets have small letters of another length.
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {
    ord("’"): "'",
    ord("‘"): "'",
    ord("§"): "$",
}
_WORD = re.compile(r"\S+")
_MARKED = re.compile(r"\S")
_DIGIT = re.compile(r"\d")


def plain(remark: str) -> str:
    """``remark`` in small letters and single spaces, with straight apostrophes; its words stay as many."""
    return " ".join(remark.translate(_SMALL).split())


def dated(words: str) -> str:
    """``words`` with the mark ``DATE`` in the place of every date; their words stay as many and as long."""
    if not _DIGIT.search(words):
        return words
    return _dates().sub(lambda found: _MARKED.sub("§", found[0]), words)


def first_words(remark: str, count: int) -> str:
    """The first ``count`` words of ``remark``, as they are written there."""
    found = list(islice(_WORD.finditer(remark), count))
    return remark[found[0].start() : found[-1].end()] if found else ""


@cache  # compiled when it is needed: many plans have no remark that names a date beside a claim
def _dates() -> re.Pattern[str]:
    return re.compile(DATE_OR_PART, re.IGNORECASE)
