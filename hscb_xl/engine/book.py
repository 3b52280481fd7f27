"""A book of the engine: its sheets, its names and saving."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hscb_xl.base.facts import Label
from hscb_xl.base.limits import Limits, Own
from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.names import Names
from hscb_xl.engine.sheet import Sheet
from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book import listing, views
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula import refs

if TYPE_CHECKING:
    from hscb_xl.engine.app import App, Books

_ENDING = ".xlsx"
"""What the file of a new book ends with."""


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
        """The file's path; the name alone of a book that was never saved."""
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
        if not path and not self._path.suffix:
            raise UnsafeEdit(f"{self.name} was never saved: give the path to save it under.")
        self.write(Path(path).absolute() if path else self._path)

    def write(self, target: Path, keep: int = 0) -> bool:
        """Save under ``target`` and keep so many backups of it; False when it held these bytes already."""
        ending = self._path.suffix or _ENDING
        if target.suffix.lower() != ending.lower():
            raise UnsafeEdit(f"{self.name} stays an {ending} file: give a name that ends with it.")
        written = self.workbook.save(target, keep)
        self._path = target
        return written

    def hold_to(self, own: Own) -> Limits:
        """Read no more than its own limits allow; they never raise those that it was opened with.

        The limits that hold now. Raises OverLimit where more is there.
        """
        return self.workbook.hold_to(own)

    def protected_sheets(self, names: Collection[str]) -> list[str]:
        """Those of these sheets that are protected, in the book's order; capitals do not matter."""
        wanted = {name.lower() for name in names}
        return [
            entry.name
            for entry in self.workbook.sheets
            if entry.part and entry.name.lower() in wanted and self.workbook.part_of(entry).is_protected
        ]

    def has_fixed_structure(self) -> bool:
        """Whether no sheet is to be added, renamed or taken away."""
        root = self.workbook.package.tree(self.workbook.part)[1]
        return listing.has_fixed_structure(root)

    def label(self) -> Label | None:
        """The sensitivity label of the file; None where it has none."""
        from hscb_xl.ooxml.book import customprops

        return customprops.label(self.workbook.package)

    def hidden_rows(self, sheet: str, first: int, last: int) -> frozenset[int]:
        """Those of the rows from ``first`` to ``last`` of a sheet that a filter or a person hides."""
        from hscb_xl.ooxml.sheet import geometry

        return geometry.hidden_rows(self.workbook.sheet(sheet), first, last)

    def links(self, sheet: str, cells: str) -> dict[int, str]:
        """The addresses that cells of one column of a sheet lead to, by row."""
        from hscb_xl.ooxml.drawings import links

        return links.addresses(self.workbook.package, self.workbook.sheet(sheet), refs.stated(cells))

    def unstored(self, sheet: str, address: str) -> list[tuple[int, int]]:
        """The row and column of each cell of a sheet's range with a formula and no value in the file."""
        return self.sheets(sheet).part.unstored(refs.area(address))

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
        """The sheet that the file opens on; instead of a chart sheet the first worksheet that is shown."""
        workbook = self._book.workbook
        entries = [entry for entry in (views.active(workbook), *workbook.sheets) if entry.part]
        return Sheet(self._book, next((e for e in entries if e.visible), entries[0]).name)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet before or after another one, in front of the active one where neither is given."""
        workbook = self._book.workbook
        place = self._place(before, after)
        name = name or self._free_name()
        workbook.add_sheet(name, place)
        return Sheet(self._book, name)

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

    def _place(self, before: Sheet | None, after: Sheet | None) -> int:
        if after is not None:
            return after.place + 1
        return (before or self.active).place

    def _names(self) -> list[str]:
        return [entry.name for entry in self._book.workbook.sheets if entry.part]

    def _free_name(self) -> str:
        taken = {entry.name.lower() for entry in self._book.workbook.sheets}
        number = 1
        while f"sheet{number}" in taken:
            number += 1
        return f"Sheet{number}"
