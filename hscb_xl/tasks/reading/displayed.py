"""Cells whose number format says what they mean: a month alone, or a percentage."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import xlwings as xw

from hscb_xl.plan.deadlines.periods import as_shown
from hscb_xl.tasks.book.tables import Rows
from hscb_xl.tasks.reading import numberformats

Shown = Callable[[Any, str], Any]
"""A value and its cell's number format, as what the cell shows."""


def show_days(sheet: xw.Sheet, letter: str, place: int, rows: Rows) -> None:
    """Turn the date cells of a column into what they show: a day, or a month or year alone."""
    _show(sheet, letter, place, rows, datetime, lambda value, code: as_shown(value.date(), code))


def show_percentages(sheet: xw.Sheet, letter: str, place: int, rows: Rows) -> None:
    """Turn the numbers of a column that are shown as a percentage into its text: Excel keeps 100% as 1."""
    _show(sheet, letter, place, rows, float, _percentage)


def _show(sheet: xw.Sheet, letter: str, place: int, rows: Rows, kind: type, shown: Shown) -> None:
    wanted = [isinstance(row[place], kind) for row in rows.values()]
    codes = numberformats.codes(sheet, letter, min(rows), wanted)
    for row, is_wanted, code in zip(rows.values(), wanted, codes, strict=True):
        if is_wanted:
            row[place] = shown(row[place], code)


def _percentage(value: float, code: str) -> Any:
    return f"{value:.6%}".rstrip("%").rstrip("0").rstrip(".") + "%" if "%" in code else value
