"""Heights of a sheet's rows, fitted to their wrapped text."""

import re
from collections.abc import Iterator

from hscb_xl import textsize
from hscb_xl.ooxml import columns, xmltree
from hscb_xl.ooxml.cells import Cell
from hscb_xl.ooxml.refs import MAX_COLUMN, Area
from hscb_xl.ooxml.sheet import SheetPart
from hscb_xl.ooxml.styles import Styles

_ONE_LINE = textsize.row_height(1)
_HEIGHT = re.compile(rb"""\s(?:ht|customHeight)\s*=\s*(?:"[^"]*"|'[^']*')""")


def fit_heights(sheet: SheetPart, styles: Styles, top: int, bottom: int) -> None:
    """Make the rows from ``top`` to ``bottom`` as tall as their text; rows of one line lose their height.

    The height is no custom one, so Excel fits it again when somebody types more.
    """
    tallest: dict[int, float] = {}
    for cell, value in _texts(sheet, Area(top, 1, bottom, MAX_COLUMN)):
        size = xmltree.measure(str(styles.font(cell.style).get("size", 11)), "size of a font")
        wraps = styles.alignment(cell.style).get("wrapText") in ("1", "true")
        count = textsize.lines(value, columns.width(sheet, cell.column), size) if wraps else 1
        tallest[cell.row] = max(tallest.get(cell.row, 0), textsize.row_height(count, size))
    sheet.retag({row: _with_height(sheet.grid.tag(row), height) for row, height in tallest.items()})


def _texts(sheet: SheetPart, area: Area) -> Iterator[tuple[Cell, str]]:
    """The texts of an area; Excel does not look at merged cells when it fits a row."""
    merged = sheet.merged
    for cell in sheet.cells(area):
        value = cell.value(sheet.shared)
        if isinstance(value, str) and not any(part.holds(cell.row, cell.column) for part in merged):
            yield cell, value


def _with_height(tag: bytes, height: float) -> bytes:
    bare = _HEIGHT.sub(b"", tag)
    if height <= _ONE_LINE:
        return bare
    end = len(bare) - (2 if bare.endswith(b"/>") else 1)
    return bare[:end] + b' ht="%.10g"' % height + bare[end:]
