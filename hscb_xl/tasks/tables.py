"""Finding tables in a book, reading them and fitting them to what they shall hold."""

from collections.abc import Sequence
from typing import Any

import xlwings as xw
from xlwings.main import Table


def find(book: xw.Book, name: str) -> Table | None:
    """The table of that name on any sheet, whatever its case."""
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.name.lower() == name.lower():
                return table
    return None


def headers(table: Table) -> list[str]:
    """The headers of a table as they stand in its header cells."""
    row = table.header_row_range
    values = row.options(ndim=1).value if row is not None else []
    return ["" if value is None else str(value) for value in values]


def body(table: Table) -> list[list[Any]]:
    """The values below the headers, row by row; an error value such as #N/A is None.

    xlwings' option that gives errors as texts fails for blocks of cells on the Mac (0.37.8).
    """
    rows = table.data_body_range
    return [] if rows is None else list(rows.options(ndim=2).value)


def records(book: xw.Book, name: str) -> list[dict[str, str]] | None:
    """The rows of a small table of texts by header, or None where the book has no such table."""
    table = find(book, name)
    if table is None:
        return None
    names = headers(table)
    return [dict(zip(names, map(as_text, row), strict=True)) for row in body(table)]


def as_text(value: Any) -> str:
    """A cell's value as the text a person reads in it: 4.1 for 4.1, 149 for 149.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def fit(table: Table, rows: int) -> xw.Range:
    """Let a table have that many rows below its headers, emptied; the range of them."""
    whole = table.range
    old = table.data_body_range
    if old is not None:
        old.clear_contents()
    if whole.shape[0] != rows + 1:
        table.resize(whole.resize(rows + 1, whole.shape[1]))
    return whole.offset(1, 0).resize(rows, whole.shape[1])


def fill(target: xw.Range, values: Sequence[Any]) -> None:
    """Write values down one column."""
    target.value = [[value] for value in values]
