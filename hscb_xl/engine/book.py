"""A book of the engine: its sheets, its names and saving."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hscb_xl.engine.addresses import name_key, of_sheet
from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.range import Range
from hscb_xl.engine.sheet import Sheet
from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml import refs
from hscb_xl.ooxml.workbook import DefinedName, Workbook

if TYPE_CHECKING:
    from hscb_xl.engine.app import App, Books

_BUILT_IN = "_xlnm."
"""What the file puts in front of a name that Excel itself gives, such as Print_Area."""


class Book(Declared):
    """An open workbook file."""

    __slots__ = ("_books", "_path", "workbook")

    def __init__(self, books: "Books", workbook: Workbook) -> None:
        self._books = books
        self.workbook = workbook
        self._path = workbook.package.path

    @property
    def api(self) -> Workbook:
        """The workbook beneath."""
        return self.workbook

    @property
    def app(self) -> "App":
        """The app it is open in."""
        return self._books.app

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def fullname(self) -> str:
        """The file's path."""
        return str(self._path)

    @property
    def sheets(self) -> "Sheets":
        """Its worksheets."""
        return Sheets(self)

    @property
    def names(self) -> "Names":
        """Its defined names."""
        return Names(self)

    def activate(self, _steal_focus: bool = False) -> None:
        """Make this the active book."""
        self._books.to_front(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Write the file where it is, or to ``path``, which is the book's file from then on."""
        if password is not None:
            raise not_supported(self, "save(password=...)")
        target = Path(path).absolute() if path else self._path
        if target.suffix.lower() != self._path.suffix.lower():
            raise UnsafeEdit(f"{self.name} stays an {self._path.suffix} file: give a name that ends with it.")
        self.workbook.save(target)
        self._path = target

    def close(self) -> None:
        """Forget the book and what was not saved of it."""
        self._books.close(self)


class Sheets(Declared):
    """The worksheets of a book, chart sheets left out."""

    __slots__ = ("_book",)

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def active(self) -> Sheet:
        """The first visible sheet: a closed file shows none."""
        entries = [entry for entry in self._book.workbook.sheets if entry.part and entry.visible]
        return Sheet(self._book, entries[0].name)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet behind the last one."""
        if before is not None or (after is not None and after.name != self._names()[-1]):
            raise not_supported(self, "add(before=..., after=...) other than behind the last sheet")
        self._book.workbook.add_sheet(name or self._free_name())
        return Sheet(self._book, self._names()[-1])

    def __call__(self, name_or_index: str | int) -> Sheet:
        """The sheet of that name or place; KeyError where there is none."""
        names = self._names()
        if isinstance(name_or_index, int):
            return Sheet(self._book, names[name_or_index - 1])
        for name in names:
            if name.lower() == name_or_index.lower():
                return Sheet(self._book, name)
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return name.lower() in (other.lower() for other in self._names())

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, name) for name in self._names())

    def __len__(self) -> int:
        return len(self._names())

    def _names(self) -> list[str]:
        return [entry.name for entry in self._book.workbook.sheets if entry.part]

    def _free_name(self) -> str:
        taken = {entry.name.lower() for entry in self._book.workbook.sheets}
        number = 1
        while f"sheet{number}" in taken:
            number += 1
        return f"Sheet{number}"


class Names(Declared):
    """The defined names of a book."""

    __slots__ = ("_book",)

    def __init__(self, book: Book) -> None:
        self._book = book

    def snapshot(self) -> list[tuple[str, "Name"]]:
        """Every name with its object, those of a sheet under "Sheet!Name"."""
        found = [Name(self._book, defined) for defined in self._book.workbook.names]
        return [(name.name, name) for name in found]

    def contains(self, name: str) -> bool:
        """Whether the book has that name."""
        return name_key(name) in (name_key(known) for known, _ in self.snapshot())

    def __call__(self, name: str) -> "Name":
        """The name, whatever its case; KeyError where the book has none."""
        for known, found in self.snapshot():
            if name_key(known) == name_key(name):
                return found
        raise KeyError(name)


class Name(Declared):
    """One defined name."""

    __slots__ = ("_book", "_defined")

    def __init__(self, book: Book, defined: DefinedName) -> None:
        self._book = book
        self._defined = defined

    @property
    def name(self) -> str:
        """The name, with its sheet in front where it is local to one; Excel's own without their prefix."""
        bare = self._defined.name.removeprefix(_BUILT_IN)
        if self._defined.sheet is None:
            return bare
        return of_sheet(self._book.workbook.sheets[self._defined.sheet].name) + bare

    @property
    def refers_to(self) -> str:
        """What it refers to, beginning with an equal sign."""
        return f"={self._defined.refers_to}"

    @property
    def refers_to_range(self) -> Range:
        """The cells it refers to; UnsafeEdit where it is not one range of this book."""
        try:
            sheet, area = refs.parted(self._defined.refers_to)
            return self._book.sheets(sheet).range(area)
        except (KeyError, ValueError):
            raise UnsafeEdit(
                f"the name {self.name} of {self._book.name} refers to {self.refers_to}, which is no range."
            ) from None
