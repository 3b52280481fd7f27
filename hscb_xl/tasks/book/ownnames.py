"""Defined names as the program uses them: each stands for one cell of one sheet.

A name is input like any other: somebody may have let it stand for a million cells, another workbook, a
number or nothing at all. Whatever is not one cell of the sheet that it should be on is no name of ours.
"""

import re

import xlwings as xw

from hscb_xl.plan.columns import number
from hscb_xl.tasks.book import places

_ONE_CELL = re.compile(
    r"=\s*(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!:\[\]]+))!\$(?P<letters>[A-Z]{1,3})\$(?P<row>[0-9]{1,7})",
    re.IGNORECASE,
)


def meaning(book: xw.Book, name: str) -> str | None:
    """What a name of the whole book stands for, beginning with "="; None where the book has no such name.

    In live Excel a name that the sheet in front has for itself hides the book's, if asked for by its name.
    """
    if name not in book.names:
        return None
    found = book.names[name]
    if "!" in found.name:
        wanted = name.casefold()
        others = [other for other in book.names if other.name.casefold() == wanted]
        return others[0].refers_to if others else None
    return found.refers_to


def cell(sheet: xw.Sheet, name: str) -> xw.Range | None:
    """The one cell of ``sheet`` that a name of its book stands for; None where it is anything else."""
    match = _ONE_CELL.fullmatch(meaning(sheet.book, name) or "")
    if match is None:
        return None
    if not 1 <= int(match["row"]) <= places.LAST_ROW:
        return None
    if number(match["letters"].upper()) > places.LAST_COLUMN:
        return None
    called = (match["quoted"] or match["plain"] or "").replace("''", "'")
    if called.casefold() != sheet.name.casefold():
        return None
    return sheet[f"{match['letters']}{match['row']}"]


def stand(sheet: xw.Sheet, name: str, address: str) -> None:
    """Let a name of the book stand for one cell of ``sheet``, given as "$A$1", whatever it stood for."""
    quoted = sheet.name.replace("'", "''")
    sheet.book.names.add(name, f"='{quoted}'!{address}")
