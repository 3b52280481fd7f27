"""Clicking a button of the ribbon on a book that our engine has open."""

from collections.abc import Iterator
from contextlib import contextmanager

import xlwings as xw


@contextmanager
def calling(book: xw.Book) -> Iterator[xw.Book]:
    """Let ``xw.Book.caller()`` be this book; xlwings itself never forgets who called."""
    book.set_mock_caller()
    try:
        yield book
    finally:
        del xw.Book._mock_caller


def select(book: xw.Book, sheet: str, address: str) -> None:
    """Bring a sheet to the front and select cells on it, as a person does."""
    book.sheets[sheet].activate()
    book.sheets[sheet][address].select()
