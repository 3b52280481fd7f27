"""An xlwings engine for closed workbooks: ``xw.Book(path)`` without Excel, saved without loss."""

import xlwings as xw

from hscb_xl.engine.app import NAME, Engine


def register() -> None:
    """Make this engine known to xlwings and, where no Excel is active, the one that opens books."""
    if NAME not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=Engine()))
    if xw.engines.active is None:
        xw.engines[NAME].activate()


def open_book(path: str) -> xw.Book:
    """The workbook at ``path`` opened by this engine, on machines with Excel too.

    Raises BookNotFound, NotAWorkbook, EncryptedBook, DamagedBook or UnsafeEdit where it cannot be.
    """
    register()
    apps = xw.engines[NAME].apps
    app = apps.active or apps.add()
    return xw.Book(impl=app.impl.books.open(path))
