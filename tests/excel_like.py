"""A host that takes texts as a running Excel does when they are assigned to cells.

Only what matters here is done: a text in a cell that is not formatted as text is read as if it had been
typed, and a number in one that is becomes its text.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from hscb_xl.engine import writing
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.styles import Styles

_NUMBER = re.compile(r"[£$]?\d[\d,]*(\.\d*)?(e[+-]?\d+)?%?|\(\d+\)", re.IGNORECASE)
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%b-%y", "%B %Y", "%d-%b", "%d %B")


def typed(text: str) -> Any:
    """What Excel makes of a text that somebody types into a cell of the format General."""
    if text.startswith("'"):
        return text[1:]
    if text[:1] in ("=", "+", "-", "@") and len(text) > 1:
        return f"={text.removeprefix('=')}"
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if _NUMBER.fullmatch(text):
        return float(re.sub(r"[^\d.e]", "", text, flags=re.IGNORECASE))
    if re.fullmatch(r"\d{1,2}[-/]\d{1,2}", text):
        return datetime(2015, 1, 2)
    for form in _DAYS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return text


@contextmanager
def excel_like(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let books of the engine take what is assigned to their cells as Excel does."""
    real, real_formulas = writing.put, writing.put_formulas

    def is_text(part: SheetPart, styles: Styles, row: int, column: int) -> bool:
        return styles.number_format(part.formats.at(row, column)) == "@"

    def put(part: SheetPart, styles: Styles, area: Area, data: Any) -> None:
        for row, line in enumerate(writing.in_rows(area, data), start=area.top):
            for column, value in enumerate(line, start=area.left):
                cell = Area(row, column, row, column)
                if is_text(part, styles, row, column):
                    real(part, styles, cell, str(value) if isinstance(value, int | float) else value)
                elif isinstance(value, str) and str(typed(value)).startswith("="):
                    real_formulas(part, styles, cell, typed(value))
                else:
                    real(part, styles, cell, typed(value) if isinstance(value, str) else value)

    def put_formulas(part: SheetPart, styles: Styles, area: Area, data: Any) -> None:
        for row, line in enumerate(writing.in_rows(area, data), start=area.top):
            for column, value in enumerate(line, start=area.left):
                as_text = is_text(part, styles, row, column)
                (real if as_text else real_formulas)(part, styles, Area(row, column, row, column), value)

    with patch.context() as patched:
        patched.setattr(writing, "put", put)
        patched.setattr(writing, "put_formulas", put_formulas)
        yield
