"""The rows and columns of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hscb_xl.engine.declared import Declared
from hscb_xl.engine.range import Range
from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.structure import cells as moving
from hscb_xl.ooxml.structure.rows import Origin
from hscb_xl.ooxml.tables import size

if TYPE_CHECKING:
    from hscb_xl.engine.tables import Table


class TableRows(Declared):
    """The rows of a table between its headers and its totals."""

    __slots__ = ("_table",)

    def __init__(self, table: "Table") -> None:
        self._table = table

    @property
    def column_count(self) -> int:
        """How many values a row has."""
        return self._table.api.area.shape[1]

    def __call__(self, index: int) -> "TableRow":
        """The row at a place, counted from 1; KeyError where there is none."""
        if not 1 <= index <= len(self):
            raise KeyError(index)
        return TableRow(self._table, index)

    def __iter__(self) -> Iterator["TableRow"]:
        return (TableRow(self._table, index) for index in range(1, len(self) + 1))

    def __len__(self) -> int:
        body = self._table.api.body
        return body.shape[0] if body else 0

    def add(self, values: Sequence[Any] | None, index: int | None) -> "TableRow":
        """A new row before ``index``, or behind the last one: cells below the table make room for it.

        It has the formats of the row above it, and the formulas of calculated columns.
        """
        place = index or len(self) + 1
        part, record = self._table.parent.part, self._table.api
        model = record.area.top + record.header_rows + (place - 2 if place > 1 else 0)
        calculated = size.calculated(self._table.parent.book.workbook.package, record)
        size.formulas_in(part, record, calculated, model)  # refused before anything has moved
        formats = next(part.formats.of(replace(record.area, top=model, bottom=model)))
        self._make_room(place)
        row = TableRow(self._table, place)
        area, part = row.range.area, self._table.parent.part
        model += place == 1
        for column, style in enumerate(formats, start=area.left):
            part.edit(area.top, column, Edit(style=style))
        for column, text in size.formulas_in(part, record, calculated, model).items():
            part.edit(area.top, column, size.copied(text, area.top - model))
        if values is not None:
            row.range.raw_value = [list(values)]
        return row

    def _make_room(self, place: int) -> None:
        """Let the table have one row more at a place; what stands below it in its columns moves down."""
        sheet, area = self._table.parent, self._table.api.area
        record = self._table.api
        row = area.top + record.header_rows + place - 1
        below = Area(area.bottom + 1, area.left, refs.MAX_ROW, area.right)
        at_end = row > area.bottom
        if not at_end or any(cell.inner for cell in sheet.part.cells(below)):
            cells = Area(row, area.left, row, area.right)
            origin: Origin = "behind" if place == 1 else "before"
            moving.move(sheet.book.workbook, sheet.name, Move(cells, "rows", True), origin)
        if at_end:
            self._table.cover(replace(area, bottom=area.bottom + 1))


class TableRow(Declared):
    """One row of a table, by its place."""

    __slots__ = ("_table", "index")

    def __init__(self, table: "Table", index: int) -> None:
        self._table = table
        self.index = index

    @property
    def range(self) -> Range:
        """Its cells."""
        record = self._table.api
        row = record.area.top + record.header_rows + self.index - 1
        return Range(self._table.parent, replace(record.area, top=row, bottom=row))

    def delete(self) -> None:
        """Take it out: what stands below it moves up. The only row of a table is emptied instead."""
        if len(self._table.rows) == 1:
            self.range.clear_contents()
        else:
            self.range.delete("up")


class TableColumns(Declared):
    """The columns of a table."""

    __slots__ = ("_table",)

    def __init__(self, table: "Table") -> None:
        self._table = table

    def __call__(self, key: int | str) -> "TableColumn":
        """The column at a place, counted from 1, or of that name; KeyError where there is none."""
        names = [name.casefold() for name in self._names()]
        if isinstance(key, str) and key.casefold() in names:
            return TableColumn(self._table, names.index(key.casefold()) + 1)
        if isinstance(key, int) and 1 <= key <= len(names):
            return TableColumn(self._table, key)
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return key.casefold() in (name.casefold() for name in self._names())

    def __iter__(self) -> Iterator["TableColumn"]:
        return (TableColumn(self._table, index) for index in range(1, len(self) + 1))

    def __len__(self) -> int:
        return self._table.api.area.shape[1]

    def add(self, name: str, index: int | None) -> "TableColumn":
        """A new column behind the last one: cells beside the table make room for it.

        Raises UnsafeEdit for a place between other columns, and where the new column's cells are merged.
        """
        sheet, record = self._table.parent, self._table.api
        if index not in (None, len(self) + 1) or not record.header_rows or record.totals_rows:
            raise UnsafeEdit(
                f"the table {record.name} of {sheet.book.name} can get a column behind its last one, with a "
                "row of headers and without a row of totals: do it in Excel."
            )
        area = record.area
        beside = Area(area.top, area.right + 1, area.bottom, refs.MAX_COLUMN)
        cells = replace(area, left=area.right + 1, right=area.right + 1)
        if any(cell.inner for cell in sheet.part.cells(beside)):
            moving.move(sheet.book.workbook, sheet.name, Move(cells, "columns", True))
        sheet.part.edit(area.top, area.right + 1, Edit(name))
        self._table.cover(replace(area, right=area.right + 1))
        return TableColumn(self._table, len(self))

    def _names(self) -> tuple[str, ...]:
        return self._table.in_step.columns


class TableColumn(Declared):
    """One column of a table, by its place."""

    __slots__ = ("_table", "index")

    def __init__(self, table: "Table", index: int) -> None:
        self._table = table
        self.index = index

    @property
    def name(self) -> str:
        """What it is called: the text of its header."""
        return self._table.in_step.columns[self.index - 1]

    @property
    def range(self) -> Range:
        """Its cells, header and total included."""
        return Range(self._table.parent, self._within(self._table.api.area))

    @property
    def data_body_range(self) -> Range | None:
        """Its cells between header and total."""
        body = self._table.api.body
        return Range(self._table.parent, self._within(body)) if body else None

    def delete(self) -> None:
        """Take it out of the table: what stands beside it moves to the left.

        Raises ValueError for the only column, UnsafeEdit for one between others and for one that a formula
        calls by its name.
        """
        sheet, record = self._table.parent, self._table.api
        if len(record.columns) == 1:
            raise ValueError("The last column of a table cannot be deleted.")
        if self.index != len(record.columns) or record.totals_rows:
            raise UnsafeEdit(
                f"the table {record.name} of {sheet.book.name} can lose its last column, without a row of "
                "totals: delete others in Excel."
            )
        gone = self.range.area
        self._table.cover(replace(record.area, right=record.area.right - 1))
        moving.move(sheet.book.workbook, sheet.name, Move(gone, "columns", False))

    def _within(self, area: Area) -> Area:
        column = area.left + self.index - 1
        return replace(area, left=column, right=column)
