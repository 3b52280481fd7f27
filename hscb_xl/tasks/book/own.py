"""What of a book is the program's own: it writes there and nowhere else (design, section 1).

A sheet that somebody made is never taken, whatever it is called; the run stops before anything is saved.
"""

import re
from collections.abc import Sequence

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import NotOurs
from hscb_xl.plan.wording import MONTHS
from hscb_xl.tasks.book import ownnames, places, tables

PLAN_LINE = "Plan_AsOf"
"""The defined name of the plan's as-of line."""

_LINE = re.compile(
    rf"As of [0-9]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9]{{4}}[.:].*|Not (?:rated|checked|summarised) yet\b.*"
)
"""What stands under a title by the program's hand: the as-of lines of its tasks, and a new workbook's."""


def sheet(book: xw.Book, name: str, cell: str, words: str) -> xw.Sheet:
    """The program's sheet of that name, made where the book has none.

    It is ours when it is empty, when ``cell`` holds the ``words`` that we begin it with, or when an as-of
    line stands in A2 or where its name says. Raises NotOurs for any other.
    """
    known = next((sheet for sheet in book.sheets if sheet.name.lower() == name.lower()), None)
    if known is None:
        return _added(book, name)
    if known[cell].value == words or _is_empty(known) or _has_line(known, f"{name}_AsOf"):
        return known
    raise NotOurs(
        f"{book.name} has a sheet {known.name} that the program did not make: rename it, and run again."
    )


def table(book: xw.Book, name: str, headers: Sequence[str]) -> Table | None:
    """The program's table of that name, None where the book has none; NotOurs where its headers differ."""
    found = tables.find(book, name)
    if found is not None and tables.headers(found) != list(headers):
        raise NotOurs(
            f"{book.name} has a table {found.name} that the program did not make: rename it, and run again."
        )
    return found


def line(sheet: xw.Sheet, name: str) -> xw.Range | None:
    """The cell of a sheet that has the name of an as-of line; None where that is no cell of ours.

    Ours is one cell outside every table that is empty or holds such a line.
    """
    cell = ownnames.cell(sheet, name)
    return cell if cell is not None and _takes_line(cell) and not _in_a_table(cell) else None


def say(sheet: xw.Sheet, name: str, text: str) -> bool:
    """Write an as-of line into the cell of a sheet that has this name; False where there is none of ours."""
    cell = line(sheet, name)
    if cell is None:
        return False
    cell.value = text
    return True


def say_below_title(sheet: xw.Sheet, name: str, text: str) -> None:
    """Write an as-of line on a sheet of ours: where its name says, else in A2 unless that is somebody's."""
    if not say(sheet, name, text) and _takes_line(sheet["A2"]):
        sheet["A2"].value = text


def _has_line(sheet: xw.Sheet, name: str) -> bool:
    cells = (sheet["A2"], line(sheet, name))
    return any(cell is not None and cell.value is not None and _takes_line(cell) for cell in cells)


def _takes_line(cell: xw.Range) -> bool:
    value = cell.value
    if value is not None and not (isinstance(value, str) and _LINE.fullmatch(value)):
        return False
    if str(cell.formula).startswith("="):
        return False
    return cell.merge_cells is False or cell.merge_area.address.partition(":")[0] == cell.address


def _in_a_table(cell: xw.Range) -> bool:
    return any(_holds(table.range, cell.row, cell.column) for table in cell.sheet.tables)


def _holds(area: xw.Range, row: int, column: int) -> bool:
    height, width = area.shape
    return area.row <= row < area.row + height and area.column <= column < area.column + width


def _is_empty(candidate: xw.Sheet) -> bool:
    used = candidate.used_range
    return len(used) == 1 and used.value is None


def new_table(
    book: xw.Book, name: str, sheet_name: str, row: int, headers: Sequence[str], widths: Sequence[float]
) -> Table:
    """A table of ours with its ``headers`` in a ``row`` of the program's sheet, under the name as a title."""
    place = sheet(book, sheet_name, f"A{row}", headers[0])
    place["A1"].value = name
    place["A1"].font.bold = True
    head = places.block(place, row, 1, width=len(headers))
    head.value = list(headers)
    head.font.bold = True
    for column, width in enumerate(widths, start=1):
        places.block(place, row, column).column_width = width
    return place.tables.add(source=places.block(place, row, 1, 2, len(headers)), name=name)


def _added(book: xw.Book, name: str) -> xw.Sheet:
    front = book.sheets.active
    added = book.sheets.add(name, after=book.sheets[-1])
    front.activate()  # in live Excel a new sheet comes to the front, and takes the selection along
    return added
