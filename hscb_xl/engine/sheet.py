"""A worksheet of the engine."""

from typing import TYPE_CHECKING

from hscb_xl.engine.addresses import within_sheet
from hscb_xl.engine.charts import Charts
from hscb_xl.engine.declared import Declared
from hscb_xl.engine.range import Range
from hscb_xl.engine.tables import Tables
from hscb_xl.ooxml import refs
from hscb_xl.ooxml.refs import Area
from hscb_xl.ooxml.sheet import SheetPart

if TYPE_CHECKING:
    from hscb_xl.engine.book import Book

Corner = str | tuple[int, ...] | Range | Area


class Sheet(Declared):
    """A worksheet, found by its name."""

    __slots__ = ("_name", "book")

    def __init__(self, book: "Book", name: str) -> None:
        self.book = book
        self._name = name

    @property
    def name(self) -> str:
        """Its name, which stays as it is."""
        return self._name

    @property
    def api(self) -> SheetPart:
        """The sheet's part beneath."""
        return self.part

    @property
    def part(self) -> SheetPart:
        """The sheet's part."""
        return self.book.workbook.sheet(self.name)

    @property
    def index(self) -> int:
        """Its place among the worksheets, counted from 1."""
        return [sheet.name for sheet in self.book.sheets].index(self.name) + 1

    @property
    def visible(self) -> bool:
        """Whether Excel shows its tab."""
        return next(entry.visible for entry in self.book.workbook.sheets if entry.name == self.name)

    def activate(self) -> None:
        """A closed file shows no sheet; which one Excel opens it on stays as it is."""

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

    def clear(self) -> None:
        """Empty every used cell and take its format away."""
        self.used_range.clear()

    def clear_contents(self) -> None:
        """Empty every used cell."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take the format of every used cell away."""
        self.used_range.clear_formats()

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
