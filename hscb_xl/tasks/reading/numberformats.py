"""The number formats of a column's cells, asked for in few round trips."""

from collections.abc import Sequence

import xlwings as xw


def codes(sheet: xw.Sheet, column: str, first: int, wanted: Sequence[bool]) -> list[str]:
    """The number format of each cell of ``column``, from the row ``first`` on, that is ``wanted``.

    What stands for a cell that is not wanted says nothing. One question where all have the same, as in most
    columns; where they differ, halves are asked for.
    """
    found = [""] * len(wanted)
    parts = [(0, len(wanted))]
    while parts:
        top, bottom = parts.pop()
        while top < bottom and not wanted[top]:
            top += 1
        while top < bottom and not wanted[bottom - 1]:
            bottom -= 1
        if top == bottom:
            continue
        code = sheet[f"{column}{first + top}:{column}{first + bottom - 1}"].number_format
        if isinstance(code, str):  # of cells that differ a host says something else
            found[top:bottom] = [code] * (bottom - top)
        elif bottom - top > 1:
            middle = (top + bottom) // 2
            parts += [(top, middle), (middle, bottom)]
    return found
