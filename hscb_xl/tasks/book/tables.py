"""Finding tables in a book, reading them and fitting them to what they shall hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import BadTable
from hscb_xl.plan.columns import letters
from hscb_xl.tasks.book import places

Rows = Mapping[int, list[Any]]
"""The values of a table's rows by their numbers on the sheet."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header cells of a table: the sheet's name, the row, the first column, from 1, and their texts."""

    sheet: str
    row: int
    column: int
    texts: Sequence[str]

    def holds(self, column: int) -> bool:
        """Whether the table has that column of the sheet."""
        return self.column <= column < self.column + len(self.texts)

    def letter(self, index: int) -> str:
        """The letter of a column of the table, counted from 0."""
        return letters(self.column + index)

    def cell(self, index: int) -> str:
        """The address of its header cell on the sheet, such as "K4"."""
        return f"{self.letter(index)}{self.row}"

    def address(self, index: int) -> str:
        """The same with the sheet's name in front, as messages have it."""
        return f"{self.sheet}!{self.cell(index)}"


def named(book: xw.Book) -> dict[str, Table]:
    """All tables of a book by their names in small letters, looked up in one pass over its sheets."""
    return {table.name.lower(): table for sheet in book.sheets for table in sheet.tables}


def find(book: xw.Book, name: str) -> Table | None:
    """The table of that name on any sheet, whatever its case."""
    return named(book).get(name.lower())


def headers(table: Table) -> list[str]:
    """The headers of a table as they stand in its header cells."""
    row = table.header_row_range
    values = row.options(ndim=1).value if row is not None else []
    return ["" if value is None else str(value) for value in values]


def header(table: Table) -> Header:
    """The header cells of a table."""
    whole = table.range
    return Header(table.parent.name, whole.row, whole.column, headers(table))


def refuse_headless(table: Table, names: Sequence[str]) -> None:
    """Raise BadTable for a table whose headers are hidden, so that ``headers`` gives no ``names``."""
    if not names:
        raise BadTable(
            f"The table {table.name} on the sheet {table.parent.name} shows no headers: choose Table Design, "
            "Header Row."
        )


def body(table: Table) -> list[list[Any]]:
    """The values below the headers, row by row; an error value such as #N/A is None.

    xlwings' option that gives errors as texts fails for blocks of cells on the Mac (0.37.8).
    """
    rows = table.data_body_range
    return [] if rows is None else list(rows.options(ndim=2).value)


def records(table: Table, wanted: Collection[str] | None = None) -> list[dict[str, str]]:
    """The rows of a small table of texts by header; BadTable where its headers are hidden.

    ``wanted`` are the headers that count, all where it is None: somebody's table may be wide.
    """
    names = headers(table)
    refuse_headless(table, names)
    places = [(index, name) for index, name in enumerate(names) if wanted is None or name in wanted]
    return [{name: as_text(row[index]) for index, name in places} for row in body(table)]


def rows_of(formulas: Any) -> list[Any]:
    """The formulas of a range row by row, however a host gives those of one cell or one column."""
    if not isinstance(formulas, list | tuple):
        return [[formulas]]
    return [line if isinstance(line, list | tuple) else [line] for line in formulas]


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
    sheet, whole, old = table.parent, table.range, table.data_body_range
    row, column, (height, width) = whole.row, whole.column, whole.shape
    if old is not None:
        old.clear_contents()
    if height != rows + 1:
        table.resize(places.block(sheet, row, column, rows + 1, width))
    return places.block(sheet, row + 1, column, rows, width)
