"""The text of a document's bytes, with a note where its encoding is not the expected one."""

import codecs
from pathlib import Path

from hscb_xl.base.limits import OF_A_PLAN, megabytes
from hscb_xl.errors import BadDocument, OverLimit
from hscb_xl.plan.model import HistoryNote
from hscb_xl.store import source


def decoded(path: Path) -> tuple[str, tuple[HistoryNote, ...]]:
    """The text of ``path`` with its line ends as "\\n", and a note if it had to be read as Windows-1252.

    UTF-8 comes first, because text in another encoding is hardly ever valid UTF-8 by chance; UTF-16 only
    where its byte order mark says so. Raises BadDocument where nothing fits or the file cannot be read.
    """
    raw = _bytes(path)
    notes: tuple[HistoryNote, ...] = ()
    try:
        text = raw.decode(_marked(raw))
    except UnicodeDecodeError:
        text, notes = _windows(raw, path.name), (_windows_note(path.name),)
    if "\0" in text:
        raise BadDocument(f"{path.name} is not plain text; save it as text in UTF-8 and import that file.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _bytes(path: Path) -> bytes:
    most = OF_A_PLAN.whole
    try:
        return source.read(path, most)
    except OverLimit:
        raise BadDocument(
            f"{path.name} is larger than {megabytes(most)}, as no plan is: save its table alone."
        ) from None


def _marked(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


def _windows(raw: bytes, name: str) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise BadDocument(
            f"{name} is neither UTF-8 nor Windows-1252 text; save it as text in UTF-8 and import that file."
        ) from error


def _windows_note(name: str) -> HistoryNote:
    why = f"{name} is not valid UTF-8 and was read as Windows-1252; check its quotation marks and dashes"
    return HistoryNote("repaired", None, "", "", "", why)
