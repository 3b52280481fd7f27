"""The number formats of a column's cells, asked for in few round trips."""

from collections.abc import Sequence

import xlwings as xw


def codes(column: xw.Range, wanted: Sequence[bool]) -> list[str]:
    """The number format of each cell of ``column`` that is ``wanted``; of the others maybe, else ''.

    One question where all have the same, as most columns do; where they differ, halves are asked for.
    """
    found = [""] * len(wanted)
    parts = [(0, len(wanted))]
    while parts:
        top, bottom = parts.pop()
        while top < bottom and not wanted[top]:
            top += 1
        while top < bottom and not wanted[bottom - 1]:
            bottom -= 1
        code = column[top:bottom, 0].number_format if top < bottom else ""
        if isinstance(code, str):  # a host answers for cells that differ with another thing than a text
            found[top:bottom] = [code] * (bottom - top)
        elif bottom - top > 1:
            middle = (top + bottom) // 2
            parts += [(top, middle), (middle, bottom)]
    return found
