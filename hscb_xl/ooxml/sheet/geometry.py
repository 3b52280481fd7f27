"""Where cells lie on a sheet, in points, so that a chart can be put over them."""

from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet import columns
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import tree

EMU = 12_700
"""English metric units in a point."""

_ROW = 15.0
_DIGIT, _PIXEL = 7, 0.75


def column_points(sheet: SheetPart, column: int) -> float:
    """The width of a column in points, for the normal font's seven-pixel digits."""
    shown = columns.width(sheet, column)
    return (round(shown * _DIGIT) + 5) * _PIXEL if shown else 0.0


def row_points(sheet: SheetPart, row: int) -> float:
    """The height of a row in points, 0 for one that is hidden; others have their own or the sheet's."""
    tag = sheet.grid.row_attributes(row)
    if tag.get(b"hidden") in (b"1", b"true"):
        return 0.0
    stated = tag.get(b"ht", b"").decode()
    if not stated:
        return _usual_row(sheet, row)
    return tree.measure(stated, f"height of row {sheet.where(f'{row}:{row}')}")


def height(sheet: SheetPart, top: int, bottom: int) -> float:
    """The points that the rows from ``top`` to ``bottom`` take; 0 where there are none."""
    sheet.flush()
    usual = _usual_row(sheet, top)
    own = sum(row_points(sheet, row.number) - usual for row in sheet.grid.between(top, bottom))
    return usual * (bottom - top + 1) + own


def width(sheet: SheetPart, left: int, right: int) -> float:
    """The points that the columns from ``left`` to ``right`` take; 0 where there are none."""
    return sum(
        (last - first + 1) * column_points(sheet, first) for first, last in columns.alike(sheet, left, right)
    )


def row_heights(sheet: SheetPart, top: int, bottom: int) -> set[float]:
    """The different heights in points that the rows from ``top`` to ``bottom`` have."""
    sheet.flush()
    own = [row.number for row in sheet.grid.between(top, bottom)]
    found = {row_points(sheet, number) for number in own}
    return found if len(own) == bottom - top + 1 else {*found, _usual_row(sheet, top)}


def hidden_rows(sheet: SheetPart, top: int, bottom: int) -> frozenset[int]:
    """Those of the rows from ``top`` to ``bottom`` that have no height: a filter or a person hides them."""
    sheet.flush()
    own = {row.number: row_points(sheet, row.number) for row in sheet.grid.between(top, bottom)}
    if not _usual_row(sheet, top):
        own = dict.fromkeys(range(top, bottom + 1), 0.0) | own
    return frozenset(number for number, height in own.items() if not height)


def _usual_row(sheet: SheetPart, row: int) -> float:
    """The height of a row that has none of its own, such as ``row``."""
    form = sheet.frame.child("sheetFormatPr")
    stated = form.attributes.get("defaultRowHeight") if form else None
    if form is not None and form.is_on("zeroHeight"):
        return 0.0
    if not stated:
        return _ROW
    return tree.measure(stated, f"height of row {sheet.where(f'{row}:{row}')}")


def reach(sheet: SheetPart, row: int, column: int, height: float, width: float) -> tuple[int, int, int, int]:
    """The cell that lies ``height`` and ``width`` points from a cell's corner, and how far into it in EMU.

    Rows and columns count from 1; the answer is row, column, offset down, offset right.
    """
    while row < refs.MAX_ROW and height >= row_points(sheet, row):
        height -= row_points(sheet, row)
        row += 1
    while column < refs.MAX_COLUMN and width >= column_points(sheet, column):
        width -= column_points(sheet, column)
        column += 1
    return row, column, round(height * EMU), round(width * EMU)
