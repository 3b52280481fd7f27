"""Cells of a sheet by their place and size."""

import xlwings as xw

from hscb_xl.plan.columns import letters

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Where a sheet ends."""


def block(sheet: xw.Sheet, row: int, column: int, height: int = 1, width: int = 1) -> xw.Range:
    """The cells from ``row`` and ``column``, from 1: one round trip, where ``resize`` takes a dozen."""
    first = f"{letters(column)}{row}"
    return sheet[f"{first}:{letters(column + width - 1)}{row + height - 1}"]
