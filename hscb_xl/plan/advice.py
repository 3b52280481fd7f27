"""Which header of somebody's is likely meant for a column of the board's or officers' that is missing.

Wrong advice, once followed, costs deadlines. So a header is named only where it is the column's own one
misspelt, or one of a few words that boards use for it, and where what stands below it is of the column's
kind. The program's own columns are never looked for among other people's.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from hscb_xl.plan import rag
from hscb_xl.plan.columns import BY_KEY, Column, normal
from hscb_xl.plan.deadlines import bywhen
from hscb_xl.plan.deadlines.bywhen import Due
from hscb_xl.plan.likeness import alike

_ALIKE = 0.85
"""How like a misspelt header is to the right one: a letter or two, or an ending."""
_LOOKED_AT = 200
"""Filled cells of a column after which no more are looked at."""
_LONGEST = 100
"""Characters after which a text is no deadline, no letter and no date."""

_OTHER_WORDS: Mapping[str, frozenset[str]] = {
    "by_when": frozenset({"when", "target date", "due date", "date due", "deadline", "timescale"}),
    "agreed": frozenset({"rag", "rag status", "rag status rating"}),
    "lead": frozenset({"owner", "lead officer", "action lead", "responsible officer", "action owner"}),
}
"""Headers that boards give these columns, as ``_words`` has them."""


def advised(missing: Collection[str], columns: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """For each missing column, by key, the header that is likely meant for it; few have one.

    ``columns`` are the values below each header that is nobody's yet, None for an empty cell. Where two
    headers are as likely, or a header is as likely for two columns, neither is named.
    """
    likely = {
        key: [header for header, values in columns.items() if _is_likely(BY_KEY[key], header, values)]
        for key in missing
        if BY_KEY[key].owner != "program"
    }
    once = [headers[0] for headers in likely.values() if len(headers) == 1]
    return {
        key: headers[0]
        for key, headers in likely.items()
        if len(headers) == 1 and once.count(headers[0]) == 1
    }


def misspelt(column: Column, headers: Collection[str]) -> str | None:
    """The header that is likely ``column``'s own one with a slip in it, or None."""
    found = [header for header in headers if _is_misspelt(column, header)]
    return found[0] if len(found) == 1 else None


def _is_likely(column: Column, header: str, values: Sequence[Any]) -> bool:
    filled = [value for value in values if value not in (None, "")][:_LOOKED_AT]
    if _is_misspelt(column, header):
        return not filled or _FITS[column.key](filled)
    return bool(filled) and _words(header) in _OTHER_WORDS.get(column.key, ()) and _FITS[column.key](filled)


def _is_misspelt(column: Column, header: str) -> bool:
    """Whether a header has as many words as one of the column's, each like the one there."""
    found = _words(header).split()
    for name in (column.header, *column.aliases):
        wanted = _words(name).split()
        if len(found) != len(wanted):
            continue
        if found == wanted or alike(" ".join(found), [" ".join(wanted)], least=_ALIKE):
            return True
    return False


def _words(header: str) -> str:
    """A header's letters and digits, in words: marks, brackets and line breaks do not matter."""
    return " ".join(re.findall(r"[^\W_]+", normal(header[:_LONGEST])))


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _is_deadline(value: Any) -> bool:
    return isinstance(value, date) or (_is_short(value) and isinstance(bywhen.read(value), Due))


def _most(fits: Callable[[Any], bool]) -> Callable[[Sequence[Any]], bool]:
    return lambda filled: 2 * sum(map(fits, filled)) > len(filled)


def _all(fits: Callable[[Any], bool]) -> Callable[[Sequence[Any]], bool]:
    return lambda filled: all(map(fits, filled))


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int) or (_is_short(value) and value.strip(" .").isdecimal())


def _is_letter(value: Any) -> bool:
    return _is_short(value) and rag.letter(value) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not _is_deadline(value) and not _is_letter(value)


def _is_name_of_part(value: Any) -> bool:
    return not isinstance(value, date)


_FITS: dict[str, Callable[[Sequence[Any]], bool]] = {
    "no": _all(_is_number),
    "para": _all(_is_name_of_part),
    "reference": _all(_is_name_of_part),
    "by_when": _most(_is_deadline),
    "agreed": _all(_is_letter),
    "completed_on": _most(_is_deadline),
}
"""Whether the filled cells of a column are of the kind that this one's are."""
_FITS |= {key: _all(_is_text) for key in BY_KEY if key not in _FITS}
