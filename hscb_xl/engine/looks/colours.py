"""Colours as callers of the object model write them, and those of a workbook's theme and palette."""

import re
from typing import Any
from weakref import WeakKeyDictionary

from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.styles import palette
from hscb_xl.ooxml.styles.looks import Rgb
from hscb_xl.ooxml.styles.palette import Palette

_HEX = re.compile(r"#?([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")

_PALETTES: WeakKeyDictionary[Workbook, Palette] = WeakKeyDictionary()


def palette_of(workbook: Workbook) -> Palette:
    """The colours of a workbook, read once: nothing here changes them."""
    if workbook not in _PALETTES:
        part = workbook.package.related(workbook.part, "theme")
        theme = palette.theme_colours(workbook.package.tree(part)[1]) if part else {}
        _PALETTES[workbook] = Palette(theme, workbook.styles.own_colours())
    return _PALETTES[workbook]


def rgb(value: Any) -> Rgb:
    """A colour as red, green and blue; it comes as these, as "#rrggbb" or as Excel's number.

    Raises ValueError for anything else, the names of colours included.
    """
    if isinstance(value, str) and (match := _HEX.fullmatch(value)):
        return int(match[1], 16), int(match[2], 16), int(match[3], 16)
    if isinstance(value, int) and 0 <= value <= 0xFFFFFF:
        return value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF
    if isinstance(value, tuple | list) and len(value) == 3 and all(part in range(256) for part in value):
        return int(value[0]), int(value[1]), int(value[2])
    raise ValueError(
        f'{value!r} is not a colour: give "#rrggbb", or red, green and blue from 0 to 255 as a tuple.'
    )
