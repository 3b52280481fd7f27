"""Widths of columns fitted to what their cells show, estimated for Calibri where nothing measures it."""

import re

from hscb_xl.base import textsize
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import columns
from hscb_xl.ooxml.sheet.cells import CellError, Stored
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.styles import Styles
from hscb_xl.ooxml.xml import tree

_NOT_SHOWN = re.compile(r'\[[^\[\]]*\]|_.|\*.|"')
_DECIMALS = re.compile(r"\.([0#?]+)")
_LONG_MONTH, _LONG_DAY = "September", "Wednesday"
_BOLD = 1.06
"""How much wider bold letters are."""
_MARGIN = 0.3
"""Characters that Excel leaves beside the widest text."""


def fit_widths(sheet: SheetPart, styles: Styles, area: Area) -> None:
    """Make the columns as wide as what the cells of ``area`` show in them; columns without any keep theirs.

    Merged cells do not count, as in Excel, and wrapped texts make no column wider.
    """
    widest: dict[int, float] = {}
    merged = sheet.merged
    for cell in sheet.cells(area):
        if any(part.holds(cell.row, cell.column) for part in merged):
            continue
        text = _shown(cell.value(sheet.shared), cell.style, styles)
        needed = _width(text, cell.style, styles) if text else 0.0
        if styles.alignment(cell.style).get("wrapText") in ("1", "true"):
            needed = min(needed, columns.width(sheet, cell.column))
        widest[cell.column] = max(widest.get(cell.column, 0.0), needed)
    for column, needed in widest.items():
        if needed:
            columns.set_width(sheet, column, column, round(min(needed, columns.WIDEST), 2))


def _width(text: str, style: int, styles: Styles) -> float:
    font = styles.font(style)
    size = tree.measure(str(font.get("size", 11)), "size of a font")
    return textsize.width(text, size) * (_BOLD if font.get("bold") else 1) + _MARGIN


def _shown(value: Stored, style: int, styles: Styles) -> str:
    """The text of a cell, for a number one that is as long as its format makes it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, float):
        code = styles.number_format(style).partition(";")[0]
        return _moment(code) if styles.shows_date(style) else _number(value, code)
    return str(value or "")


def _moment(code: str) -> str:
    """The longest text that a format makes of a day."""
    bare = _NOT_SHOWN.sub("", code).replace("\\", "")
    longer = re.sub("d{4}", _LONG_DAY, re.sub("m{4}", _LONG_MONTH, bare, flags=re.IGNORECASE))
    return re.sub(r"(?<![A-Za-z])([dhms])(?![A-Za-z])", r"0\1", longer)


def _number(value: float, code: str) -> str:
    if code.lower() == "general":
        return f"{value:.10g}"
    decimals = _DECIMALS.search(code)
    scaled = value * 100 if "%" in code else value
    digits = f"{scaled:,.{len(decimals[1]) if decimals else 0}f}"
    around = re.sub(r"[0#?.,]+", "", _NOT_SHOWN.sub("", code)).replace("\\", "")
    return (digits if "," in code else digits.replace(",", "")) + around
