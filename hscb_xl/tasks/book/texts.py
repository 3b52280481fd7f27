"""Values put into cells so that every text stays the text it is, in a running Excel as in a file.

Excel takes a text assigned to a cell for something typed: "=1+1" becomes a formula, "001" a number, "1-2" a
day, "TRUE" a flag, and an apostrophe in front is lost. A cell whose format is text takes it as it is. A file
would keep it in any cell, and gets the same format, so that it stays a text when somebody edits it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import xlwings as xw

from hscb_xl.tasks.book import places

_TEXT = "@"
_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_FLAGS = ("true", "false")


def put(cells: xw.Range, rows: Sequence[Sequence[Any]], *, spare_words: bool = False) -> None:
    """Let a range hold these rows, its columns with texts in them being formatted as text first.

    With ``spare_words``, for cells of the plan itself, a column keeps its format where the texts are words
    that no Excel takes for anything else. Where a column holds other values beside texts, its cells with
    texts alone are formatted. Columns side by side are formatted together: rows add no steps.
    """
    sheet, top, left = cells.sheet, cells.row, cells.column
    columns = [[_is_text(value, spare_words) for value in column] for column in zip(*rows, strict=True)]
    others = [any(_is_other(value) for value in column) for column in zip(*rows, strict=True)]
    whole = [any(texts) and not mixed for texts, mixed in zip(columns, others, strict=True)]
    for first, last in _runs(whole):
        places.block(sheet, top, left + first, len(rows), last + 1 - first).number_format = _TEXT
    for index, (texts, mixed) in enumerate(zip(columns, others, strict=True)):
        for first, last in _runs(texts) if mixed else ():
            places.block(sheet, top + first, left + index, last + 1 - first).number_format = _TEXT
    cells.value = [list(row) for row in rows]


def _is_text(value: Any, spare_words: bool) -> bool:
    if not isinstance(value, str) or not value:
        return False
    return not (spare_words and _WORDS.fullmatch(value) and value.lower() not in _FLAGS)


def _is_other(value: Any) -> bool:
    return value is not None and not isinstance(value, str)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last of those that are set and stand behind each other."""
    for is_set, group in groupby(enumerate(flags), key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        if is_set:
            yield places[0], places[-1]
