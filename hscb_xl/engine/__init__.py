"""An xlwings engine for closed workbooks: ``xw.Book(path)`` without Excel, saved without loss."""

from pathlib import Path

import xlwings as xw

from hscb_xl.base.limits import Limits
from hscb_xl.engine.app import NAME, Engine
from hscb_xl.engine.book import Book

_NAMED = 3
"""Damaged parts that a warning names."""


def register() -> None:
    """Make this engine known to xlwings and, where no Excel is active, the one that opens books."""
    if NAME not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=Engine()))
    if xw.engines.active is None:
        xw.engines[NAME].activate()


def open_book(path: str, limits: Limits | None = None) -> xw.Book:
    """The workbook at ``path`` opened by this engine, on machines with Excel too.

    ``limits`` say how much of it is read. Raises BookNotFound, NotAWorkbook, EncryptedBook, DamagedBook,
    UnsafeEdit, BookChanged or OverLimit where it cannot be.
    """
    register()
    apps = xw.engines[NAME].apps
    app = apps.active or apps.add()
    return xw.Book(impl=app.impl.books.open(path, limits=limits))


def damage(book: xw.Book) -> str:
    """A warning about parts of a book of this engine that are damaged and were not needed; '' for none."""
    impl: Book = book.impl
    found = impl.workbook.package.damaged()
    if not found:
        return ""
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    parts = (
        f"the part {found[0]} is" if len(found) == 1 else f"the parts {', '.join(found[:_NAMED])}{more} are"
    )
    return (
        f"Warning: {parts} damaged and stayed as before: open the workbook in Excel and repair it, "
        "or bring back a copy from before."
    )


def save_book(book: xw.Book, target: Path, keep: int) -> bool:
    """Save a book of this engine, with so many backups of the file kept; False when it held these bytes.

    ``book.save()`` writes as safely and keeps no backups, as Excel does not.
    """
    impl: Book = book.impl
    return impl.write(target.absolute(), keep)
