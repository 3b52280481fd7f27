"""The formats of a range's cells, whole rows and columns included."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hscb_xl.engine.declared import not_supported
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet import lineformats
from hscb_xl.ooxml.styles.looks import Look
from hscb_xl.ooxml.styles.styles import Styles

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range


def held(range_: "Range") -> set[int]:
    """The formats that the cells of a range have."""
    part, area = range_.sheet.part, range_.area
    if _is_lines(range_):
        return lineformats.formats(part, area)
    return {style for row in part.formats.of(area) for style in row}


def change(range_: "Range", changed: Callable[[int], int]) -> None:
    """Give every cell of a range the format that ``changed`` makes of its own."""
    part, area = range_.sheet.part, range_.area
    if _is_lines(range_):
        lineformats.restyle(part, area, changed)
        return
    part.formats.change(area, changed)


def lay(range_: "Range", look: Look, styles: Styles) -> None:
    """Lay a look over the format of every cell of a range."""
    if _is_lines(range_):
        change(range_, lambda style: styles.changed(style, look))
    else:
        range_.sheet.part.formats.lay(range_.area, look, styles.changed)


def _is_lines(range_: "Range") -> bool:
    """Whether a range is whole rows or columns; those that only reach the last one are too many cells."""
    area = range_.area
    if lineformats.is_lines(area):
        return True
    reaches_end = area.bottom == refs.MAX_ROW or area.right == refs.MAX_COLUMN
    if reaches_end and len(range_) > lineformats.MOST:
        raise not_supported(range_, f"format of {area.address}, which are no whole rows or columns")
    return False
