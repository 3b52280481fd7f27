"""The table History: a line for each change of an officer's cell that an officer asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import NotOurs
from hscb_xl.plan import look
from hscb_xl.tasks.book import own, places, tables, texts

HEADERS = ("When", "Kind", "No", "Column", "From", "To", "Why")
NAME = "History"
"""The table's name."""
SHEET = "Log"
"""What the sheet is called where the book has no table History: Excel lets nobody add a sheet History."""
_HEADER_ROW = 4
_WIDTHS = (12, 12, 6, 18, 46, 46, 40)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: the action's number, the column's header, what stood there and what stands there now."""

    kind: str
    no: int | str
    column: str
    before: str
    after: str
    why: str


def table_of(book: xw.Book) -> Table:
    """The table History, made where the book has none; NotOurs where it lacks a column of ours.

    Asked for before anything is changed, so that no change goes unrecorded.
    """
    found = tables.find(book, NAME)
    if found is None:
        return own.new_table(book, NAME, SHEET, _HEADER_ROW, HEADERS, _WIDTHS)
    if missing := [header for header in HEADERS if header not in tables.headers(found)]:
        raise NotOurs(
            f"{book.name} has a table History without the column {missing[0]!r}: add it, or rename the table."
        )
    return found


def add(table: Table, entries: Sequence[Entry], when: date) -> None:
    """Write ``entries`` below those that stand there, in as many steps however many there are."""
    headers = tables.headers(table)
    rows = _free(table, len(entries))
    rows[:, headers.index("When")].number_format = look.DATE
    texts.put(rows, [_cells(entry, headers, when) for entry in entries])
    rows.wrap_text = True
    rows.vertical_alignment = "top"
    rows.font.size = look.BODY_SIZE
    rows.borders.set(line_style="continuous", weight="thin", color=look.GRID)
    rows.rows.autofit()


def _free(table: Table, wanted: int) -> xw.Range:
    """So many rows at the end of the table, which grows by as many as it lacks."""
    sheet, whole, body = table.parent, table.range, tables.body(table)
    empty = len(body) == 1 and not any(value not in (None, "") for value in body[0])
    row, column, (height, width) = whole.row, whole.column, whole.shape
    grown = height + wanted - empty
    if grown != height:
        table.resize(places.block(sheet, row, column, grown, width))
    return places.block(sheet, row + grown - wanted, column, wanted, width)


def _cells(entry: Entry, headers: Sequence[str], when: date) -> list[Any]:
    said = (entry.kind, entry.no, entry.column, entry.before, entry.after, entry.why)
    known = dict(zip(HEADERS, (datetime.combine(when, time()), *said), strict=True))
    return [known.get(header) for header in headers]
