"""A worksheet of the engine."""

from typing import TYPE_CHECKING

from hscb_xl.engine.addresses import within_sheet
from hscb_xl.engine.charts import Charts
from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.names import Names
from hscb_xl.engine.range import Range
from hscb_xl.engine.tables import Tables
from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book import views
from hscb_xl.ooxml.book.listing import SheetEntry
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.part import SheetPart

if TYPE_CHECKING:
    from hscb_xl.engine.book import Book
    from hscb_xl.engine.notes import Note

Corner = str | tuple[int, ...] | Range | Area


class Sheet(Declared):
    """A worksheet of a book, the same one whatever it is called later."""

    __slots__ = ("_id", "book")

    def __init__(self, book: "Book", name: str) -> None:
        self.book = book
        self._id = book.workbook.entry(name).id

    @property
    def name(self) -> str:
        """Its name; a new one is followed by every formula of the book, or refused with the reason."""
        return self._entry.name

    @name.setter
    def name(self, value: str) -> None:
        from hscb_xl.ooxml.structure import sheets

        sheets.rename(self.book.workbook, self._entry, value)

    @property
    def api(self) -> SheetPart:
        """The sheet's part beneath."""
        return self.part

    @property
    def part(self) -> SheetPart:
        """The sheet's part."""
        return self.book.workbook.part_of(self._entry)

    @property
    def index(self) -> int:
        """Its place among the worksheets, counted from 1."""
        return [sheet.name for sheet in self.book.sheets].index(self.name) + 1

    @property
    def place(self) -> int:
        """Its place among all sheets, chart sheets included, counted from 0."""
        return self.book.workbook.sheets.index(self._entry)

    @property
    def names(self) -> Names:
        """The names that are local to it."""
        return Names(self.book, self)

    @property
    def visible(self) -> bool:
        """Whether Excel shows its tab; the last one that is shown cannot be hidden."""
        return self._entry.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        from hscb_xl.ooxml.structure import sheets

        sheets.show(self.book.workbook, self._entry, bool(value))

    def activate(self) -> None:
        """Let the file open on this sheet; UnsafeEdit where it is hidden."""
        views.activate(self.book.workbook, self._entry)

    def select(self) -> None:
        """Let the file open on this sheet, its tab alone marked; UnsafeEdit where it is hidden."""
        self.activate()

    @property
    def selected(self) -> Range:
        """The cells that are selected on it."""
        areas = views.selection(self.part)
        if len(areas) != 1:
            raise not_supported(self, "selection of several areas")
        return Range(self, areas[0])

    def select_cells(self, area: Area) -> None:
        """Let the file open on these cells of the sheet."""
        self.activate()
        views.select(self.part, area)

    def copy(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Double the sheet before or after another one of its book, called as Excel calls it: "Plan (2)".

        Raises UnsafeEdit where it holds what cannot be doubled exactly.
        """
        beside = before or after or self
        if beside.book is not self.book:
            raise not_supported(self, "copy() into another book")
        place = beside.place + (before is None)
        from hscb_xl.ooxml.structure import sheetcopies

        sheetcopies.copy(self.book.workbook, self._entry, place)

    def move(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Let the sheet stand before or after another one of its book."""
        beside = before or after or self
        place = beside.place + (before is None)
        from hscb_xl.ooxml.structure import sheets

        sheets.move(self.book.workbook, self._entry, place)

    def delete(self) -> None:
        """Take the sheet out of the book; UnsafeEdit where anything refers to it or would be lost with it."""
        from hscb_xl.ooxml.structure import sheets

        sheets.delete(self.book.workbook, self._entry)

    def range(self, first: Corner, last: Corner | None = None) -> Range:
        """The cells of an address or a name, of a corner with a size, or between two corners.

        Raises IndexError where they lie outside the sheet, ValueError for a text that means no cells here.
        """
        start = self._area(first)
        return Range(self, start if last is None else start.joined(self._area(last)))

    @property
    def cells(self) -> Range:
        """All cells there could be."""
        return Range(self, Area(1, 1, refs.MAX_ROW, refs.MAX_COLUMN))

    @property
    def used_range(self) -> Range:
        """The cells from the first to the last with a value; A1 for an empty sheet."""
        return Range(self, self.part.extent() or Area(1, 1, 1, 1))

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def charts(self) -> Charts:
        """Its charts."""
        return Charts(self)

    @property
    def notes(self) -> "list[Note]":
        """Its notes."""
        from hscb_xl.engine.notes import of_sheet

        return of_sheet(self)

    def clear(self) -> None:
        """Empty every used cell and take its format away."""
        self.used_range.clear()

    def clear_contents(self) -> None:
        """Empty every used cell."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take the format of every used cell away."""
        self.used_range.clear_formats()

    def autofit(self, axis: str | None = None) -> None:
        """Fit the rows, the columns or both of its used cells, estimated for Calibri."""
        self.used_range.autofit(axis)

    @property
    def _entry(self) -> SheetEntry:
        """The sheet as the workbook lists it now."""
        entry = self.book.workbook.by_id.get(self._id)
        if entry is None:
            raise UnsafeEdit(f"a sheet of {self.book.name} was deleted: it can be used no more.")
        return entry

    def _area(self, corner: Corner) -> Area:
        if isinstance(corner, Area):
            return corner
        if isinstance(corner, Range):
            return corner.area
        if isinstance(corner, str):
            return self._of_text(corner)
        row, column, *size = corner
        rows, columns = size or (1, 1)
        return within_sheet(Area(row, column, row + rows - 1, column + columns - 1))

    def _of_text(self, text: str) -> Area:
        try:
            return refs.area(text)
        except ValueError:
            return self._named(text)

    def _named(self, text: str) -> Area:
        """The cells of a name of this sheet or of the book, as long as they are on this sheet."""
        names = self.book.names
        for name in (f"{self.name}!{text}", text):
            if names.contains(name):
                found = names(name).refers_to_range
                if found.sheet.name == self.name:
                    return found.area
                raise ValueError(
                    f"The name {text} of {self.book.name} refers to the sheet {found.sheet.name}: "
                    f"the sheet {self.name} cannot give its cells."
                )
        raise ValueError(
            f"{text!r} is neither a cell reference nor a name for cells on the sheet {self.name} "
            f"of {self.book.name}."
        )
