"""Protected sheets: what would be written although somebody protected it, found before anything is.

A closed file has its protections in it and could be written all the same; a running Excel would refuse. What
is refused, and the sentence, are the same for both.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import xlwings as xw

from hscb_xl.base.protections import Guarded
from hscb_xl.errors import WrongState
from hscb_xl.plan.wording import listed
from hscb_xl.tasks.book import history, tables

CLICK = "click again"
COMMAND = "run the command again, or have it write all the same with --protected"


@dataclass(frozen=True, slots=True)
class Protected:
    """The protected sheets that would be written, and whether one is missing that must not be added."""

    sheets: tuple[str, ...] = ()
    structure: bool = False

    def __bool__(self) -> bool:
        return bool(self.sheets or self.structure)

    @property
    def named(self) -> str:
        """Such as "the sheets Plan and Checks and the structure of the workbook"."""
        sheets = f"the {'sheet' if len(self.sheets) == 1 else 'sheets'} {listed(self.sheets)}"
        return listed([sheets] * bool(self.sheets) + ["the structure of the workbook"] * self.structure)


def found(book: xw.Book, written: Collection[str], guarded: Guarded | None = None) -> Protected:
    """What of a plan's book is protected among the sheets that would be written or added.

    ``written`` names sheets, or tables of the program wherever they are. ``guarded`` answers for the book;
    without it the book does for itself, and one that cannot has nothing protected. A book without a plan is
    not written, which whoever reads it says.
    """
    guarded = guarded or (book.impl if isinstance(book.impl, Guarded) else None)
    known = tables.named(book) if guarded and written else {}
    if guarded is None or "plan" not in known:
        return Protected()
    names = set(_sheets(written, {name: table.parent.name for name, table in known.items()}))
    there = {sheet.name.lower() for sheet in book.sheets}
    lacking = any(name.lower() not in there for name in names)
    return Protected(tuple(guarded.protected_sheets(names)), lacking and guarded.has_fixed_structure())


def refuse(book: xw.Book, protected: Protected, again: str) -> None:
    """Raise WrongState where anything is protected; ``again`` is what to do with the protection off."""
    if not protected:
        return
    kept_off = ", so that a sheet the program needs cannot be added"
    ways = ["Unprotect Sheet"] * bool(protected.sheets) + ["Protect Workbook"] * protected.structure
    remedy = f"take the protection off (Review, {listed(ways)}) and {again}."
    if not protected.sheets:
        raise WrongState(f"The structure of {book.name} is protected{kept_off}: {remedy}")
    also = f", and so is its structure{kept_off}" if protected.structure else ", so nothing was changed"
    raise WrongState(f"{_sheets_of(book, protected)}{also}: {remedy}")


def _sheets_of(book: xw.Book, protected: Protected) -> str:
    if len(protected.sheets) == 1:
        return f"The sheet {protected.sheets[0]} of {book.name} is protected"
    return f"The sheets {listed(protected.sheets)} of {book.name} are protected"


def all_the_same(protected: Protected) -> str:
    """What to say where protected sheets were written because somebody asked for it."""
    return f"Written all the same, as --protected says: {protected.named}."


def _sheets(written: Collection[str], known: dict[str, str]) -> Iterator[str]:
    for name in written:
        missing = history.SHEET if name == history.NAME else name
        yield known.get(name.lower(), missing)
