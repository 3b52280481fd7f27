"""Where cells lie on a sheet, in points, so that a chart can be put over them."""

from hscb_xl.ooxml import columns, refs, xmltree
from hscb_xl.ooxml.sheet import SheetPart

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
    form = sheet.frame.child("sheetFormatPr")
    default = form.attributes.get("defaultRowHeight") if form else None
    stated = tag.get(b"ht", b"").decode() or default
    if not stated:
        return _ROW
    return xmltree.measure(stated, f"height of row {sheet.where(f'{row}:{row}')}")


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
