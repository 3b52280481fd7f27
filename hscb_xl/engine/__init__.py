"""An xlwings engine for closed workbooks: ``xw.Book(path)`` without Excel, saved without loss."""

from pathlib import Path

import xlwings as xw

from hscb_xl.engine.app import NAME, Engine
from hscb_xl.engine.book import Book
from hscb_xl.limits import Limits


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


def save_book(book: xw.Book, target: Path, keep: int) -> bool:
    """Save a book of this engine, with so many backups of the file kept; False when it held these bytes.

    ``book.save()`` writes as safely and keeps no backups, as Excel does not.
    """
    impl: Book = book.impl
    return impl.write(target.absolute(), keep)
