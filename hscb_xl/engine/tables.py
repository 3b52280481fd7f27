"""The tables of a sheet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.range import Range
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.tables import tables
from hscb_xl.ooxml.tables.tables import Table as Record

if TYPE_CHECKING:
    from hscb_xl.engine.autofilter import AutoFilter
    from hscb_xl.engine.sheet import Sheet
    from hscb_xl.engine.tablerows import TableColumns, TableRows


class Tables(Declared):
    """The tables of a sheet, in the order its relationships list them."""

    __slots__ = ("parent",)

    def __init__(self, parent: "Sheet") -> None:
        self.parent = parent

    def __call__(self, name_or_index: str | int) -> "Table":
        """The table of that name or place; KeyError where there is none."""
        records = self._records()
        if isinstance(name_or_index, int):
            return Table(self.parent, records[name_or_index - 1].part)
        for record in records:
            if record.name.lower() == name_or_index.lower():
                return Table(self.parent, record.part)
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return name.lower() in (record.name.lower() for record in self._records())

    def __iter__(self) -> Iterator["Table"]:
        return (Table(self.parent, record.part) for record in self._records())

    def __len__(self) -> int:
        return len(self._records())

    def add(
        self, source: Any, name: str | None, has_headers: bool, table_style_name: str, **_: Any
    ) -> "Table":
        """A table over a range whose first row holds the headers."""
        if not has_headers:
            raise not_supported(self, "add(has_headers=False)")
        workbook = self.parent.book.workbook
        others = workbook.tables()
        taken = [defined.name for defined in workbook.names]
        with workbook.all_or_nothing():
            record = tables.add(
                workbook.package,
                self.parent.part,
                others,
                taken,
                name or _free_name({*taken, *(other.name for other in others)}),
                source.impl.area,
                table_style_name or "",
            )
        return Table(self.parent, record.part)

    def _records(self) -> list[Record]:
        return tables.of_sheet(self.parent.book.workbook.package, self.parent.part)


class Table(Declared):
    """One table, read from its part whenever it is asked."""

    __slots__ = ("_part", "parent")

    def __init__(self, parent: "Sheet", part: str) -> None:
        self.parent = parent
        self._part = part

    @property
    def api(self) -> Record:
        """What the table's part says."""
        return tables.read(self.parent.book.workbook.package, self._part)

    @property
    def in_step(self) -> Record:
        """What the table's part says when its columns are called as their header cells are."""
        part = self.parent.part
        if part.waits or part.changed:
            self._workbook.flush()
        return self.api

    @property
    def name(self) -> str:
        """The table's name."""
        return self.api.name

    @name.setter
    def name(self, value: str) -> None:
        if value != self.name:
            from hscb_xl.ooxml.structure import tableparts

            tableparts.rename(self._workbook, self.api, value)

    @property
    def display_name(self) -> str:
        """The name formulas use: the same."""
        return self.api.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def table_style(self) -> str:
        """The name of its style."""
        return self.api.style

    @table_style.setter
    def table_style(self, value: str) -> None:
        from hscb_xl.ooxml.structure import tableparts

        tableparts.set_style(self._package, self.api, "name", value)

    @property
    def show_table_style_row_stripes(self) -> bool:
        """Whether every other row is shaded."""
        return self._stripes("showRowStripes")

    @show_table_style_row_stripes.setter
    def show_table_style_row_stripes(self, value: bool) -> None:
        self._set_stripes("showRowStripes", value)

    @property
    def show_table_style_column_stripes(self) -> bool:
        """Whether every other column is shaded."""
        return self._stripes("showColumnStripes")

    @show_table_style_column_stripes.setter
    def show_table_style_column_stripes(self, value: bool) -> None:
        self._set_stripes("showColumnStripes", value)

    @property
    def show_table_style_first_column(self) -> bool:
        """Whether the first column stands out."""
        return self._stripes("showFirstColumn")

    @show_table_style_first_column.setter
    def show_table_style_first_column(self, value: bool) -> None:
        self._set_stripes("showFirstColumn", value)

    @property
    def show_table_style_last_column(self) -> bool:
        """Whether the last column stands out."""
        return self._stripes("showLastColumn")

    @show_table_style_last_column.setter
    def show_table_style_last_column(self, value: bool) -> None:
        self._set_stripes("showLastColumn", value)

    @property
    def show_headers(self) -> bool:
        """Whether it has a header row."""
        return self.api.header_rows > 0

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        from hscb_xl.ooxml.structure import tableparts

        with self._workbook.all_or_nothing():
            tableparts.show_headers(self._package, self.parent.part, self.in_step, value)

    @property
    def show_totals(self) -> bool:
        """Whether it has a row of totals."""
        return self.api.totals_rows > 0

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        from hscb_xl.ooxml.structure import tableparts

        with self._workbook.all_or_nothing():
            tableparts.show_totals(self._package, self.parent.part, self.in_step, value)

    @property
    def show_autofilter(self) -> bool:
        """Whether its headers have the buttons to filter by."""
        from hscb_xl.ooxml.structure import tableparts

        return tableparts.has_filter(self._package, self.api)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        from hscb_xl.ooxml.structure import tableparts

        with self._workbook.all_or_nothing():
            tableparts.show_filter(self._package, self.parent.part, self.api, value)

    @property
    def range(self) -> Range:
        """All its cells."""
        return Range(self.parent, self.api.area)

    @property
    def header_row_range(self) -> Range | None:
        """Its header cells."""
        header = self.api.header
        return Range(self.parent, header) if header else None

    @property
    def data_body_range(self) -> Range | None:
        """Its cells between header and totals."""
        body = self.api.body
        return Range(self.parent, body) if body else None

    @property
    def totals_row_range(self) -> Range | None:
        """The cells of its totals."""
        totals = self.api.totals
        return Range(self.parent, totals) if totals else None

    @property
    def rows(self) -> "TableRows":
        """Its rows between header and totals."""
        from hscb_xl.engine.tablerows import TableRows

        return TableRows(self)

    @property
    def columns(self) -> "TableColumns":
        """Its columns."""
        from hscb_xl.engine.tablerows import TableColumns

        return TableColumns(self)

    @property
    def autofilter(self) -> "AutoFilter":
        """Its filter."""
        from hscb_xl.engine.autofilter import AutoFilter, OfTable

        return AutoFilter(OfTable(self))

    def resize(self, range_: Any) -> None:
        """Let it cover other rows and columns, beginning in the same row."""
        self.cover(range_.impl.area)

    def cover(self, area: Area) -> None:
        """Let it cover an area."""
        from hscb_xl.ooxml.tables import size

        record = self.api
        if record.area == area:
            return
        if (record.area.left, record.area.right) != (area.left, area.right):
            record = self.in_step
        size.resize(self._package, self.parent.part, record, area)

    @property
    def _workbook(self) -> Workbook:
        return self.parent.book.workbook

    @property
    def _package(self) -> Package:
        return self._workbook.package

    def _stripes(self, name: str) -> bool:
        from hscb_xl.ooxml.structure import tableparts

        return tableparts.style(self._package, self.api).get(name) in ("1", "true")

    def _set_stripes(self, name: str, value: bool) -> None:
        if self._stripes(name) != value:
            from hscb_xl.ooxml.structure import tableparts

            tableparts.set_style(self._package, self.api, name, str(int(value)))


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"table{number}" in {name.lower() for name in taken}:
        number += 1
    return f"Table{number}"
