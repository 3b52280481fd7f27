"""Notes of cells."""

from typing import TYPE_CHECKING

from hscb_xl.engine.declared import Declared
from hscb_xl.ooxml.drawings import notes
from hscb_xl.ooxml.drawings.notes import Note as Record
from hscb_xl.ooxml.formula.refs import Area

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range
    from hscb_xl.engine.sheet import Sheet


class Note(Declared):
    """The note of a cell, read whenever it is asked."""

    __slots__ = ("_column", "_row", "_sheet")

    def __init__(self, sheet: "Sheet", row: int, column: int) -> None:
        self._sheet = sheet
        self._row = row
        self._column = column

    @property
    def api(self) -> Record:
        """What the file says of it; KeyError where it was deleted."""
        for record in notes.find(self._sheet.book.workbook.package, self._sheet.part):
            if (record.row, record.column) == (self._row, self._column):
                return record
        raise KeyError(f"The note of {self.location.address} was deleted.")

    @property
    def text(self) -> str:
        """Its text."""
        return self.api.text

    @text.setter
    def text(self, value: str) -> None:
        workbook = self._sheet.book.workbook
        with workbook.all_or_nothing():
            notes.change(workbook.package, self._sheet.part, self._row, self._column, value)

    @property
    def author(self) -> str:
        """Who wrote it; '' for one that was added without Excel."""
        return self.api.author

    @property
    def location(self) -> "Range":
        """Its cell."""
        return self._sheet.range(Area(self._row, self._column, self._row, self._column))

    def delete(self) -> None:
        """Take it away."""
        workbook = self._sheet.book.workbook
        with workbook.all_or_nothing():
            notes.remove(workbook.package, self._sheet.part, self._row, self._column)


def of_sheet(sheet: "Sheet") -> list[Note]:
    """The notes of a sheet."""
    found = notes.find(sheet.book.workbook.package, sheet.part)
    return [Note(sheet, record.row, record.column) for record in found]
