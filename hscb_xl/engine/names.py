"""The defined names of a book or of one of its sheets."""

from typing import TYPE_CHECKING

from hscb_xl.engine.addresses import name_key, of_sheet
from hscb_xl.engine.declared import Declared
from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.listing import BUILT_IN, DefinedName
from hscb_xl.ooxml.formula import refs

if TYPE_CHECKING:
    from hscb_xl.engine.book import Book
    from hscb_xl.engine.range import Range
    from hscb_xl.engine.sheet import Sheet


class Names(Declared):
    """The defined names of a book, or those that are local to one of its sheets."""

    __slots__ = ("_book", "_sheet")

    def __init__(self, book: "Book", sheet: "Sheet | None" = None) -> None:
        self._book = book
        self._sheet = sheet

    def snapshot(self) -> list[tuple[str, "Name"]]:
        """Every name with its object, those of a sheet under "Sheet!Name"."""
        return [(_full_name(self._book, known), Name(self._book, known)) for known in self._known()]

    def contains(self, name: str) -> bool:
        """Whether there is that name."""
        return self._find(name) is not None

    def add(self, name: str, refers_to: str) -> "Name":
        """A name for what a formula with its equal sign says; one of that name gets another meaning.

        "Sheet!Name" is local to that sheet, as is every name of a sheet's own. Raises UnsafeEdit for a name
        that Excel would not take and for cells without their sheet and dollar signs, KeyError for a sheet
        that is not there.
        """
        from hscb_xl.ooxml.structure import names

        sheet, _, bare = name.rpartition("!")
        local = self._sheet
        if sheet:
            local = self._book.sheets(name_key(name)[0])
        place = None if local is None else local.place
        return Name(
            self._book,
            names.add(self._book.workbook, bare, _formula(self._book, name, refers_to), place),
        )

    def __call__(self, name: str) -> "Name":
        """The name, whatever its case; KeyError where there is none."""
        found = self._find(name)
        if found is None:
            raise KeyError(name)
        return found

    def _find(self, name: str) -> "Name | None":
        wanted = {name_key(name)}
        if self._sheet is not None and "!" not in name:
            wanted = {(self._sheet.name.lower(), name.lower())}
        bare = name_key(name)[1]
        for known in self._known():
            # A book may have thousands: what a sheet's name looks like in front is asked of few of them.
            if _bare(known).lower() == bare and name_key(_full_name(self._book, known)) in wanted:
                return Name(self._book, known)
        return None

    def _known(self) -> list[DefinedName]:
        place = None if self._sheet is None else self._sheet.place
        return [known for known in self._book.workbook.names if self._sheet is None or known.sheet == place]


class Name(Declared):
    """One defined name."""

    __slots__ = ("_bare", "_book", "_sheet_id")

    def __init__(self, book: "Book", defined: DefinedName) -> None:
        self._book = book
        self._bare = defined.name
        self._sheet_id = None if defined.sheet is None else book.workbook.sheets[defined.sheet].id

    @property
    def name(self) -> str:
        """The name, with its sheet in front where it is local to one; Excel's own without their prefix.

        Renamed, all formulas that use it follow.
        """
        return _full_name(self._book, self._defined)

    @name.setter
    def name(self, value: str) -> None:
        from hscb_xl.ooxml.structure import names

        sheet, bare = value.rpartition("!")[::2]
        if sheet and name_key(value)[0] != name_key(self.name)[0]:
            raise UnsafeEdit(f"the name {self.name} of {self._book.name} cannot become one of another sheet.")
        self._bare = names.rename(self._book.workbook, self._defined, bare).name

    @property
    def refers_to(self) -> str:
        """What it refers to, beginning with an equal sign."""
        return f"={self._defined.refers_to}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        from hscb_xl.ooxml.structure import names

        formula = _formula(self._book, self.name, value)
        names.set_formula(self._book.workbook, self._defined, formula)

    @property
    def refers_to_range(self) -> "Range":
        """The cells it refers to; UnsafeEdit where it is not one range of this book."""
        try:
            sheet, area = refs.parted(self._defined.refers_to)
            return self._book.sheets(sheet).range(area)
        except (KeyError, ValueError):
            raise UnsafeEdit(
                f"the name {self.name} of {self._book.name} refers to {self.refers_to}, which is no range."
            ) from None

    def delete(self) -> None:
        """Take the name out; UnsafeEdit where a formula uses it."""
        from hscb_xl.ooxml.structure import names

        names.delete(self._book.workbook, self._defined)

    @property
    def _defined(self) -> DefinedName:
        """The name as it is now: sheets may have come, gone or got other names meanwhile."""
        sheets = self._book.workbook.sheets
        for known in self._book.workbook.names:
            local = None if known.sheet is None else sheets[known.sheet].id
            if known.name == self._bare and local == self._sheet_id:
                return known
        raise UnsafeEdit(f"the name {self._bare} of {self._book.name} was deleted.")


def _full_name(book: "Book", defined: DefinedName) -> str:
    bare = _bare(defined)
    return bare if defined.sheet is None else of_sheet(book.workbook.sheets[defined.sheet].name) + bare


def _bare(defined: DefinedName) -> str:
    return defined.name.removeprefix(BUILT_IN)


def _formula(book: "Book", name: str, refers_to: str) -> str:
    if not refers_to.startswith("="):
        raise UnsafeEdit(f"the name {name} of {book.name} needs a formula that begins with an equal sign.")
    return refers_to[1:]
