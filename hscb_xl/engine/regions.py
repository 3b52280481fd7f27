"""The block of filled cells around a cell."""

from bisect import bisect_left

from hscb_xl.ooxml.formula.refs import MAX_COLUMN, MAX_ROW, Area
from hscb_xl.ooxml.sheet.part import SheetPart


def around(part: SheetPart, row: int, column: int) -> Area:
    """The block around a cell that empty rows and columns bound, or the sheet's edges."""
    filled: dict[int, list[int]] = {}
    for cell in part.cells(Area(1, 1, MAX_ROW, MAX_COLUMN)):
        if cell.inner:
            filled.setdefault(cell.row, []).append(cell.column)
    area, before = Area(row, column, row, column), None
    while area != before:
        before = area
        area = _wider(filled, _taller(filled, area))
    return area


def _taller(filled: dict[int, list[int]], area: Area) -> Area:
    left, right = area.left - 1, area.right + 1
    top, bottom = area.top, area.bottom
    while _any_between(filled.get(top - 1, []), left, right):
        top -= 1
    while _any_between(filled.get(bottom + 1, []), left, right):
        bottom += 1
    return Area(top, area.left, bottom, area.right)


def _wider(filled: dict[int, list[int]], area: Area) -> Area:
    there = {c for row in range(area.top - 1, area.bottom + 2) for c in filled.get(row, ())}
    left, right = area.left, area.right
    while left - 1 in there:
        left -= 1
    while right + 1 in there:
        right += 1
    return Area(area.top, left, area.bottom, right)


def _any_between(columns: list[int], left: int, right: int) -> bool:
    at = bisect_left(columns, left)
    return at < len(columns) and columns[at] <= right
