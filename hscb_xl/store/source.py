"""Reading a file that somebody else made: an ordinary one, no larger than allowed, whole as it is."""

import os
import re
import stat
from pathlib import Path

from hscb_xl.base.limits import megabytes
from hscb_xl.errors import (
    BookChanged,
    BookLocked,
    BookNotFound,
    NotAWorkbook,
    OutputProblem,
    OverLimit,
    PlanError,
)
from hscb_xl.store import causes

_ADDRESS = re.compile(r"https?:/", re.IGNORECASE)
"""How a web address begins, also as a path, which has one slash in the place of several."""


def is_address(given: str) -> bool:
    """Whether what was given for a file or folder is a web address: OneDrive's or SharePoint's, mostly."""
    return _ADDRESS.match(given) is not None


def refuse_address(given: str) -> None:
    """Raise BookNotFound for a web address."""
    if is_address(given):
        raise BookNotFound(
            f"{given} is a web address, such as OneDrive and SharePoint have: give the path of the "
            "synchronised folder on this computer, or save a copy here and give that."
        )


def refuse_unreadable(path: Path) -> None:
    """Raise BookNotFound where there is no file, NotAWorkbook for a folder, a pipe or a device."""
    try:
        _refuse_kind(path, path.stat().st_mode)
    except OSError as problem:
        raise _not_read(path, problem) from problem


def refuse_place(path: Path) -> bool:
    """Whether a file is there already; OutputProblem where none can be, or where something else is."""
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        raise OutputProblem(f"{path} is a folder, a pipe or a device: choose another name.")
    return mode is not None


def refuse_folder(path: Path) -> None:
    """Raise OutputProblem where no folder can be, or where something else is."""
    mode = _mode(path)
    if mode is not None and not stat.S_ISDIR(mode):
        raise OutputProblem(f"{path} is a file, not a folder: choose another folder for the exports.")


def _mode(path: Path) -> int | None:
    """What stands at a place, None for nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
    except OSError as problem:
        reason = _reason(problem)
        raise OutputProblem(f"{path} cannot be written ({reason}): choose another name.") from problem


def read(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file, of which there may be ``most``.

    Raises BookNotFound or NotAWorkbook, OverLimit for a larger one, BookChanged for one that is written to
    at the moment. A pipe is never waited for: the file may have become one since it was looked at.
    """
    refuse_unreadable(path)
    waiting = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | waiting), "rb") as stream:
            before = os.fstat(stream.fileno())
            _refuse_kind(path, before.st_mode)
            _refuse_large(path, before.st_size, most)
            data = stream.read(before.st_size + 1)
            after = os.fstat(stream.fileno())
    except OSError as problem:
        raise _not_read(path, problem) from problem
    except MemoryError:
        raise OverLimit(f"{path.name} needs more memory than there is: close other programs.") from None
    if len(data) != before.st_size or _state(before) != _state(after):
        raise BookChanged(f"{path.name} was changed while it was being read: run the command again.")
    return data


def _state(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _refuse_kind(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise NotAWorkbook(f"{path} is a folder: give a file.")
    if not stat.S_ISREG(mode):
        raise NotAWorkbook(f"{path} is a pipe or a device: give a file.")


def _refuse_large(path: Path, size: int, most: int) -> None:
    if size > most:
        raise OverLimit(
            f"{path.name} has {megabytes(size)}, more than the {megabytes(most)} that are read: "
            "if it is meant to be so large, raise the limit with --max-inflated."
        )


def _not_read(path: Path, problem: OSError) -> PlanError:
    if causes.is_held(problem):
        return BookLocked(
            f"{path.name} is open in another program: it was left alone; close it there and try again."
        )
    if isinstance(problem, FileNotFoundError):
        return BookNotFound(f"There is no file {path}: check the name and the folder.")
    return BookNotFound(f"{path} cannot be read ({_reason(problem)}): check the name and who may read it.")


def _reason(problem: OSError) -> str:
    return (problem.strerror or str(problem)).rstrip(".")
