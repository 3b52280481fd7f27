"""What of a book is the program's own: it writes there and nowhere else (design, section 1).

A sheet that somebody made is never taken, whatever it is called; the run stops before anything is saved.
"""

from collections.abc import Sequence

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import NotOurs
from hscb_xl.tasks import places, tables


def sheet(book: xw.Book, name: str, cell: str, words: str) -> xw.Sheet:
    """The program's sheet of that name, made where the book has none.

    It is ours when it is empty, when its as-of line has its name, or when ``cell`` holds the ``words`` that
    we begin it with. Raises NotOurs for any other.
    """
    known = next((sheet for sheet in book.sheets if sheet.name.lower() == name.lower()), None)
    if known is None:
        return _added(book, name)
    if f"{name}_AsOf" in book.names or known[cell].value == words or _is_empty(known):
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


def say(book: xw.Book, name: str, text: str) -> bool:
    """Write a line into the cell that has this defined name; False where the book has no such cell."""
    if name not in book.names:
        return False
    book.names[name].refers_to_range.value = text
    return True


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
    for index, width in enumerate(widths):
        head[index].column_width = width
    return place.tables.add(source=places.block(place, row, 1, 2, len(headers)), name=name)


def _added(book: xw.Book, name: str) -> xw.Sheet:
    front = book.sheets.active
    added = book.sheets.add(name, after=book.sheets[-1])
    front.activate()  # in live Excel a new sheet comes to the front, and takes the selection along
    return added
