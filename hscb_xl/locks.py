"""Whether somebody has a workbook open in Excel, and who."""

from pathlib import Path

from hscb_xl.errors import BookLocked

_NAME_FIELD = 54
"""Bytes of the owner file before the same name once more in UTF-16: its length, and the name padded."""


def refuse_if_open(book: Path) -> None:
    """Raise BookLocked, with the name of who has it open, where Excel's owner file lies beside ``book``."""
    owner = book.with_name(f"~${book.name}")
    if owner.is_file():
        name = _owner(owner)
        raise BookLocked(
            f"{book.name} is open in Excel{f' by {name}' if name else ''}: "
            "it was left alone; close it there and run the command again."
        )


def _owner(path: Path) -> str:
    """The name in an owner file, '' where it cannot be read: Excel keeps it from others on some systems."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    wide = data[_NAME_FIELD + 1 :]
    length = wide[0] if wide else 0
    name = wide[2 : 2 + 2 * length].decode("utf-16-le", errors="ignore").strip("\0 ")
    return name or data[1 : 1 + data[0]].decode("latin-1").strip("\0 ") if data else ""
