"""Heights of a sheet's rows: set, or fitted to their wrapped text."""

import re
from collections.abc import Iterator

from hscb_xl.base import textsize
from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.sheet import columns
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.styles import Styles
from hscb_xl.ooxml.xml import spans, tree

TALLEST = 409.5
"""Points of the tallest row that Excel takes."""
_ONE_LINE = textsize.row_height(1)
_SIZED = re.compile(rb"""\s(?:ht|customHeight|hidden)\s*=\s*(?:"[^"]*"|'[^']*')""")
_HEIGHT = re.compile(rb"""\s(?:ht|customHeight)\s*=\s*(?:"[^"]*"|'[^']*')""")


def fit_heights(sheet: SheetPart, styles: Styles, top: int, bottom: int) -> None:
    """Make the rows from ``top`` to ``bottom`` as tall as their text; rows of one line lose their height.

    The height is no custom one, so Excel fits it again when somebody types more.
    """
    tallest: dict[int, float] = {}
    rooms: dict[tuple[int, int], tuple[float, float | None]] = {}
    for row, column, text, style in _texts(sheet, top, bottom):
        if (column, style) not in rooms:
            rooms[column, style] = _room(sheet, styles, column, style)
        size, width = rooms[column, style]
        count = 1 if width is None else textsize.lines(text, width, size)
        tallest[row] = max(tallest.get(row, 0), textsize.row_height(count, size))
    sheet.retag({row: _with_height(sheet.grid.tag(row), height) for row, height in tallest.items()})


def _room(sheet: SheetPart, styles: Styles, column: int, style: int) -> tuple[float, float | None]:
    """The points of the font, and the characters that the column shows where the text is wrapped in it."""
    size = tree.measure(str(styles.font(style).get("size", 11)), "size of a font")
    wraps = styles.alignment(style).get("wrapText") in ("1", "true")
    return size, columns.width(sheet, column) if wraps else None


def set_height(sheet: SheetPart, top: int, bottom: int, points: float) -> None:
    """Give the rows from ``top`` to ``bottom`` a height in points of their own; 0 hides them, as in Excel.

    Raises UnsafeEdit for a height that Excel does not know.
    """
    if not 0 <= points <= TALLEST:
        raise UnsafeEdit(
            f"row {sheet.where(f'{top}:{top}')} cannot be {points:g} points high: choose from 0 to {TALLEST}."
        )
    height = b' hidden="1"' if points == 0 else b' ht="%.10g" customHeight="1"' % points
    sheet.flush()
    grid = sheet.grid
    edits = []
    for number in range(top, bottom + 1):
        row = grid.rows.find(number)
        if row is None:
            at = grid.place(number)
            edits.append((at, at, b'<%srow r="%d"%s/>' % (grid.prefix, number, height)))
        elif not _has_height(grid.row_attributes(number), points):
            edits.append((row.start, row.inner, _with_attributes(_SIZED.sub(b"", grid.tag(number)), height)))
    sheet.rewrite(spans.splice(grid.data, edits))


def _has_height(tag: dict[bytes, bytes], points: float) -> bool:
    """Whether a row has a height of its own, this one; hidden rows have none."""
    if tag.get(b"hidden") in (b"1", b"true") or points == 0:
        return points == 0 and tag.get(b"hidden") in (b"1", b"true")
    custom = tag.get(b"customHeight") in (b"1", b"true")
    return custom and tree.measure(tag.get(b"ht", b"0").decode(), "height of a row") == points


def _texts(sheet: SheetPart, top: int, bottom: int) -> Iterator[tuple[int, int, str, int]]:
    """The texts of some rows; Excel does not look at merged cells when it fits a row."""
    merged = sheet.merged
    for row, column, value, style in sheet.held(top, bottom):
        if isinstance(value, str) and not (merged and any(area.holds(row, column) for area in merged)):
            yield row, column, value, style


def _with_height(tag: bytes, height: float) -> bytes:
    bare = _HEIGHT.sub(b"", tag)
    if height <= _ONE_LINE:
        return bare
    return _with_attributes(bare, b' ht="%.10g"' % height)


def _with_attributes(tag: bytes, written: bytes) -> bytes:
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end] + written + tag[end:]
