"""All books that are made, by name, as bytes."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.lossless.made import celled, drawn, linked, noted, packed
from tests.lossless.made.book import Book, zipped

Maker = Callable[[], Book | bytes | dict[str, bytes]]
MAKERS: dict[str, Maker] = {**celled.BOOKS, **drawn.BOOKS, **noted.BOOKS, **linked.BOOKS, **packed.BOOKS}
NAMES = tuple(MAKERS)


@cache
def made(name: str) -> bytes:
    """The file of one book; the same object each time."""
    return as_file(MAKERS[name]())


def as_file(book: Book | bytes | dict[str, bytes]) -> bytes:
    if isinstance(book, bytes):
        return book
    return zipped(book.members() if isinstance(book, Book) else book)


def put(name: str, folder: Path) -> Path:
    """The book as a file in a folder."""
    path = folder / f"{name.replace(' ', '_')}{'.xlsm' if name == 'ribbon' else '.xlsx'}"
    path.write_bytes(made(name))
    return path
