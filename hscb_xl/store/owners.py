"""Who has a workbook open, by the files that spreadsheet programs lay beside it.

Excel lays ``~$plan.xlsm``, LibreOffice ``.~lock.plan.xlsm#``. On a share the name in theirs is the one that
the workbook was opened by, in whatever capitals: a disk that tells these apart has to be asked for all names.
"""

import errno
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_NAME_FIELD = 54
"""Bytes of Excel's file before the same name once more in UTF-16: its length, and the name padded."""
_MOST = 4096
"""Bytes that are read of such a file; Excel's have 165."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who has a workbook open: the program, the file that says so, the name and since when.

    What the file does not say is ''.
    """

    program: str
    file: Path
    name: str = ""
    since: str = ""

    @property
    def words(self) -> str:
        """Such as "LibreOffice by Jane Smith since 12.05.2015 10:11"."""
        by = f" by {self.name}" if self.name else ""
        return f"{self.program}{by}{f' since {self.since}' if self.since else ''}"


def of(book: Path, *, at_once: bool = False) -> Owner | None:
    """Who has ``book`` open; None where nobody has.

    With ``at_once`` only the book's own name is looked for, which takes no time however full the folder is.
    """
    for lay, read in _READERS.items():
        if _is_there(found := book.with_name(lay.format(book.name))):
            return read(found)
    return None if at_once else _in_other_letters(book)


def _in_other_letters(book: Path) -> Owner | None:
    """The same, from a list of the folder: names that differ in capitals or in Unicode composition only."""
    wanted = {_folded(lay.format(book.name)): read for lay, read in _READERS.items()}
    for name in _listed(book.parent):
        # Of the thousands of names that a folder may have, few begin so.
        if name.startswith(_BEGINNINGS) and _folded(name) in wanted and _is_there(book.with_name(name)):
            return wanted[_folded(name)](book.with_name(name))
    return None


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # a path for each name would cost more than the list
    except (FileNotFoundError, NotADirectoryError, PermissionError):  # whoever writes there will say so
        return []


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG:  # no program could lay one there either
            return False
        raise


def _read(file: Path) -> bytes:
    """What stands in such a file; nothing where it cannot be read, as Excel keeps others out somewhere."""
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST)
    except OSError:
        return b""


def _excel(file: Path) -> Owner:
    data = _read(file)
    wide = data[_NAME_FIELD + 1 :]
    length = wide[0] if wide else 0
    name = wide[2 : 2 + 2 * length].decode("utf-16-le", errors="ignore").strip("\0 ")
    if not name and data:
        name = data[1 : 1 + data[0]].decode("latin-1").strip("\0 ")
    return Owner("Excel", file, name)


def _libreoffice(file: Path) -> Owner:
    """Fields between commas, a backslash before what is none: full name, account, computer, since when."""
    fields, quoted = [""], False
    for letter in _read(file).decode("utf-8", errors="replace"):
        if letter == ";" and not quoted:
            break
        if letter == "," and not quoted:
            fields.append("")
        elif letter != "\\" or quoted:
            fields[-1] += letter
        quoted = letter == "\\" and not quoted
    name, account, _, since, *_ = (*(field.strip() for field in fields), "", "", "", "")
    return Owner("LibreOffice", file, name or account, since)


_READERS: dict[str, Callable[[Path], Owner]] = {"~${}": _excel, ".~lock.{}#": _libreoffice}
_BEGINNINGS = ("~$", ".~")
