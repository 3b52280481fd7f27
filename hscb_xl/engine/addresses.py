"""Addresses as the object model has them: within the sheet, with the sheet or the book in front."""

import re

from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area

_CORNER = Area(1, 1, 1, 1)
_PLAIN_FILE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


def within_sheet(area: Area) -> Area:
    """The same area; IndexError where a cell of it lies outside a sheet."""
    inside = (
        area.top >= 1 and area.left >= 1 and area.bottom <= refs.MAX_ROW and area.right <= refs.MAX_COLUMN
    )
    if inside or is_empty(area):
        return area
    raise IndexError(
        f"The cells in rows {area.top} to {area.bottom} and columns {area.left} to {area.right} lie outside "
        f"the sheet: its rows count from 1 to {refs.MAX_ROW}, its columns from 1 to {refs.MAX_COLUMN}."
    )


def is_empty(area: Area) -> bool:
    """Whether there is no cell in it, as in an empty slice."""
    return min(area.shape) < 1


def of_sheet(sheet: str) -> str:
    """A sheet's name as it stands in front of a reference or a name, the exclamation mark included."""
    return refs.on_sheet(sheet, _CORNER).removesuffix(_CORNER.absolute)


def of_book(book: str, sheet: str) -> str:
    """A book's and a sheet's name as they stand in front of a reference, quoted where need be."""
    if _PLAIN_FILE.fullmatch(book) and not of_sheet(sheet).startswith("'"):
        return f"[{book}]{sheet}!"
    doubled = f"[{book}]{sheet}".replace("'", "''")
    return f"'{doubled}'!"


def name_key(name: str) -> tuple[str, str]:
    """What tells defined names apart: the sheet, quoted or not, and the bare name, whatever their case."""
    sheet, _, bare = name.rpartition("!")
    if sheet.startswith("'") and sheet.endswith("'") and len(sheet) > 1:
        sheet = sheet[1:-1].replace("''", "'")
    return sheet.lower(), bare.lower()
