"""Bringing a plan in from a document, every word kept and every mend noted."""

from collections.abc import Callable, Mapping
from pathlib import Path

from hscb_xl.errors import BadDocument
from hscb_xl.importer import texttable
from hscb_xl.importer.imported import Imported, ImportedRow
from hscb_xl.store import source

__all__ = ["READERS", "Imported", "ImportedRow", "read_document"]

READERS: Mapping[str, Callable[[Path], Imported]] = {".txt": texttable.read}


def read_document(path: Path) -> Imported:
    """The plan that the document at ``path`` holds.

    Raises BookNotFound where there is no file, and BadDocument where its kind is not read or it holds no
    plan that can be read without guessing.
    """
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        kinds = ", ".join(sorted(READERS))
        raise BadDocument(f"{path.name} is not a document that can be imported; save it as one of: {kinds}.")
    source.refuse_unreadable(path)
    return reader(path)
