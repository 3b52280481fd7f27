"""The tables of a sheet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.range import Range
from hscb_xl.ooxml import tables
from hscb_xl.ooxml.refs import Area
from hscb_xl.ooxml.tables import Table as Record

if TYPE_CHECKING:
    from hscb_xl.engine.sheet import Sheet


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
        return tables.tables(self.parent.book.workbook.package, self.parent.part.name)


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
    def name(self) -> str:
        """The table's name."""
        return self.api.name

    @property
    def display_name(self) -> str:
        """The name formulas use: the same."""
        return self.api.name

    @property
    def table_style(self) -> str:
        """The name of its style."""
        return self.api.style

    @property
    def show_headers(self) -> bool:
        """Whether it has a header row."""
        return self.api.header_rows > 0

    @property
    def show_totals(self) -> bool:
        """Whether it has a row of totals."""
        return self.api.totals_rows > 0

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
        record = self.api
        top, bottom = record.area.top + record.header_rows, record.area.bottom - record.totals_rows
        area = Area(top, record.area.left, bottom, record.area.right)
        return Range(self.parent, area) if top <= bottom else None

    def resize(self, range_: Any) -> None:
        """Let it cover other rows."""
        record = self.api
        if record.area != range_.impl.area:
            tables.resize(self.parent.book.workbook.package, self.parent.part, record, range_.impl.area)


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"table{number}" in {name.lower() for name in taken}:
        number += 1
    return f"Table{number}"
