"""Where cells and areas of a sheet lie after others came or went beside them."""

from collections.abc import Iterable

from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area


def zone(move: Move) -> Area:
    """All cells that come, go or move: from the first one to the end of the sheet."""
    area = move.area
    if move.axis == "rows":
        return Area(area.top, area.left, refs.MAX_ROW, area.right)
    return Area(area.top, area.left, area.bottom, refs.MAX_COLUMN)


def is_whole(move: Move) -> bool:
    """Whether whole rows or columns come or go, not a block."""
    area = move.area
    if move.axis == "rows":
        return (area.left, area.right) == (1, refs.MAX_COLUMN)
    return (area.top, area.bottom) == (1, refs.MAX_ROW)


def place(move: Move, row: int, column: int) -> tuple[int, int] | None:
    """Where a cell lies afterwards, None where it is gone or pushed off the sheet."""
    area = move.area
    down = move.axis == "rows"
    across, low, high = (column, area.left, area.right) if down else (row, area.top, area.bottom)
    line = row if down else column
    if line < move.first or not low <= across <= high:
        return row, column
    if not move.inserting and line < move.first + move.count:
        return None
    line += move.count if move.inserting else -move.count
    if line > (refs.MAX_ROW if down else refs.MAX_COLUMN):
        return None
    return (line, column) if down else (row, line)


def moved(move: Move, areas: Iterable[Area]) -> list[Area]:
    """Where the areas of a list lie afterwards; one that is only in part beside a block falls apart."""
    found: list[Area] = []
    band = zone(move)
    for area in areas:
        pieces = [area] if not area.meets(band) or is_whole(move) else _cut(area, band, move)
        found += [after for piece in pieces if (after := move.after(piece)) is not None]
    return found


def _cut(area: Area, band: Area, move: Move) -> list[Area]:
    """The pieces of an area across a move: what lies in its band, first where the area begins there."""
    if move.axis == "rows":
        cuts = [
            Area(area.top, area.left, area.bottom, min(area.right, band.left - 1)),
            Area(area.top, max(area.left, band.left), area.bottom, min(area.right, band.right)),
            Area(area.top, max(area.left, band.right + 1), area.bottom, area.right),
        ]
    else:
        cuts = [
            Area(area.top, area.left, min(area.bottom, band.top - 1), area.right),
            Area(max(area.top, band.top), area.left, min(area.bottom, band.bottom), area.right),
            Area(max(area.top, band.bottom + 1), area.left, area.bottom, area.right),
        ]
    return [piece for piece in cuts if min(piece.shape) > 0]
