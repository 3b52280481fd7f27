"""What a range reads of its cells: values, what the formula bar shows, where filled blocks end."""

from typing import Any

from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import cells
from hscb_xl.ooxml.sheet.cells import CellError, Stored
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles import numberformats
from hscb_xl.ooxml.styles.styles import Styles


def values(part: SheetPart, styles: Styles, area: Area) -> list[list[Any]]:
    """The values of an area row by row; numbers are moments where their cells show them as such."""
    moments: dict[int, bool] = {}

    def number(value: float, style: int) -> Any:
        if style not in moments:
            moments[style] = styles.shows_date(style)
        return (numberformats.from_serial(value, part.date1904) or value) if moments[style] else value

    return part.shown(area, number)


def in_formula_bar(formula: str | None, value: Stored, date1904: bool) -> str:
    """A cell's formula with its equal sign, or its value as text: numbers to 15 digits, days as numbers."""
    if formula is not None:
        return f"={formula}"
    plain = cells.as_written(value, date1904)
    if isinstance(plain, bool):
        return str(plain).upper()
    if isinstance(plain, float):
        return f"{plain:.15G}"
    return plain.code if isinstance(plain, CellError) else str(plain or "")


def edge(filled: set[int], start: int, step: int, last: int) -> int:
    """Where Ctrl and an arrow lead: the end of this block, the start of the next, or the sheet's edge."""
    if start in filled and start + step in filled:
        at = start
        while at + step in filled:
            at += step
        return at
    ahead = [at for at in filled if (at - start) * step > 0]
    return min(ahead, key=lambda at: abs(at - start)) if ahead else last
