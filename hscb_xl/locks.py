"""Who has a workbook: somebody in Excel, another program, or another run of this one."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hscb_xl import disk
from hscb_xl.errors import BookLocked, OutputProblem

WAIT = 10.0
"""Seconds to wait for another run to finish its save, which takes a fraction of one."""
_NAME_FIELD = 54
"""Bytes of the owner file before the same name once more in UTF-16: its length, and the name padded."""
_SHARING, _LOCK = 32, 33
"""Windows' error numbers for a file, or a region of it, that another program keeps to itself."""
_ANYBODY = 0o666
"""A lock file left by a killed process must not keep out other users; there is nothing in it to read."""


def refuse_if_open(book: Path) -> None:
    """Raise BookLocked, with the name of who has it open, where Excel's owner file lies beside ``book``."""
    owner = book.with_name(f"~${book.name}")
    if _is_there(owner):
        name = _owner(owner)
        raise BookLocked(
            f"{book.name} is open in Excel{f' by {name}' if name else ''}: "
            "it was left alone; close it there and run the command again."
        )


def refuse_if_not_writable(book: Path) -> None:
    """Raise OutputProblem for a read-only file, BookLocked for one that another program keeps to itself.

    Replacing a file asks only for its folder; that somebody made the file read-only would go unheeded.
    """
    try:
        if not book.stat().st_mode & 0o222:
            raise OutputProblem(f"{book} is read-only: allow writing to it, or write to another file.")
        os.close(os.open(book, os.O_RDWR))
    except FileNotFoundError:
        return
    except PermissionError as problem:
        if getattr(problem, "winerror", None) in (_SHARING, _LOCK):
            raise BookLocked(
                f"{book.name} is open in another program: "
                "it was left alone; close it there and run the command again."
            ) from problem
        raise


@contextmanager
def held(book: Path, wait: float = WAIT) -> Iterator[None]:
    """Keep other runs of this program from writing ``book``; BookLocked when one still is after ``wait``.

    The lock is the system's and ends with the process that has it, however that ends. Its file lies beside
    the book and is removed while it is still locked: who waits for it finds it without a name and begins
    anew (filelock checks this), so that no two ever have it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_file(book), timeout=wait, mode=_ANYBODY, poll_interval=0.02, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise BookLocked(
            f"{book.name} is being written by another run of this program: run the command again later."
        ) from None
    try:
        yield
    finally:
        # Windows removes no open file; filelock does it there. One that stays is taken by the next run.
        if os.name != "nt":
            with suppress(OSError):
                lock_file(book).unlink()
        lock.release()


def lock_file(book: Path) -> Path:
    """Where the lock of ``book`` lies while a run writes it, and after one was killed."""
    return book.with_name(f"{disk.mark(book)}lock")


def _is_there(owner: Path) -> bool:
    try:
        return owner.is_file()
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG:  # Excel could not lay one there either
            return False
        raise


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
