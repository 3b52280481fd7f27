"""Keeping away from a workbook that somebody has: in Excel, another program, or another run of this one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hscb_xl.errors import BookLocked, OutputProblem
from hscb_xl.store import disk, owners

WAIT = 10.0
"""Seconds to wait for another run to finish its save, which takes a fraction of one."""
_SHARING, _LOCK = 32, 33
"""Windows' error numbers for a file, or a region of it, that another program keeps to itself."""
_ANYBODY = 0o666
"""A lock file left by a killed process must not keep out other users; there is nothing in it to read."""


def refuse_if_open(book: Path, *, at_once: bool = False) -> None:
    """Raise BookLocked, naming who has it open, where a program's owner file lies beside ``book``.

    ``at_once`` is for the last look before a step that cannot be taken back (see owners.py).
    """
    owner = owners.of(book, at_once=at_once)
    if owner is not None:
        # LibreOffice leaves its file behind where it crashes; Excel clears its own away at the next opening.
        or_else = "" if owner.program == "Excel" else f", or delete {owner.file.name} if nobody has it open,"
        raise BookLocked(
            f"{book.name} is open in {owner.words}: it was left alone; close it there{or_else} and try again."
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
                f"{book.name} is open in another program: it was left alone; close it there and try again."
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
