"""A file takes the place of another, and what stood there is looked at again once it is out of the way.

Nothing that takes time stands between the last look at a file and the step that replaces it. Where two files
can change places in one step, what came out is compared with what was meant to be replaced: somebody's save
that landed in between goes back, and ours is not written. A process that is killed between the step and the
look leaves what came out under a name of ours that says what it may be; anything else is kept as a backup.
"""

import os
import re
from pathlib import Path

from hscb_xl.base import logs
from hscb_xl.errors import BookChanged
from hscb_xl.store import backups, disk, locks, swap

_READY = ".ready"
_KNOWN = re.compile(rf"([0-9a-f]{{16}})-([0-9a-f]{{16}}){re.escape(_READY)}")
"""What the name of a file that was to take a place says behind its mark: what is in it before the step and
after it."""
_NOTHING = "0" * 16


def replace(
    target: Path, data: bytes, present: bytes | None, seen: disk.Stamp, keep: int, within: Path | None = None
) -> None:
    """Let ``data`` take the place of ``present``, which ``target`` held as it was ``seen``; None for nothing.

    The state before is kept as a backup first, where ``keep`` is not 0; nobody may open the file whom
    ``within`` keeps out. Raises BookLocked or BookChanged
    when it is no longer so, OutputProblem without a backup, OSError when the disk refuses; the file is as it
    was then, or as somebody else left it.
    """
    ready = disk.write_beside(target, data, like=target, within=within)
    try:
        ready = _named(target, ready, data, present)
        # Making the file took its time: most of what happened meanwhile is seen before a backup is made.
        _refuse_changed(target, seen)
        made = backups.make(target, present, data) if keep and present is not None else None
        with backups.taken_back(target, made):
            _refuse_changed(target, seen)
            _step(target, ready, data, present)
    except BaseException:
        _put_away(target, ready)
        raise
    _clear_away(ready)


def sweep(target: Path) -> None:
    """Clear away what a killed process left beside ``target``; only under its lock.

    What a save of somebody else may have left nowhere else is kept as a backup.
    """
    for left in left_behind(target):
        _put_away(target, left)


def left_behind(target: Path) -> list[Path]:
    """What saves of ``target`` have beside it, of this moment or of a process that is no more."""
    return disk.left_beside(target, (disk.TEMPORARY, _READY))


def changed(target: Path) -> BookChanged:
    """What is said of a file that is no longer what was read, or no longer there."""
    if not target.exists():
        return BookChanged(
            f"{target} was moved or deleted meanwhile: look for it, or run the command on a copy."
        )
    return BookChanged(f"{target} was changed by somebody else meanwhile: run the command again.")


def _named(target: Path, temporary: Path, data: bytes, present: bytes | None) -> Path:
    """The temporary file under a name that tells what it holds from what may come out in its place."""
    if not swap.is_known():
        return temporary
    before = _NOTHING if present is None else backups.fingerprint(present)
    ready = target.with_name(f"{disk.mark(target)}{backups.fingerprint(data)}-{before}{_READY}")
    try:
        return temporary.replace(ready)
    except BaseException:
        ready.unlink(missing_ok=True)  # a network share may do what it reports as failed
        raise


def _refuse_changed(target: Path, seen: disk.Stamp) -> None:
    locks.refuse_if_open(target, at_once=True)
    if disk.stamp(target) != seen:
        raise changed(target)


def _step(target: Path, ready: Path, data: bytes, present: bytes | None) -> None:
    try:
        if present is None:
            _claim(target, ready)
        elif not swap.exchange(ready, target):
            ready.replace(target)
        elif ready.read_bytes() != present:
            _put_back(target, ready, data)
            raise changed(target)
    except (FileExistsError, FileNotFoundError):
        if target.exists() and not target.is_file():  # a folder, from the beginning
            raise
        raise changed(target) from None


def _claim(target: Path, ready: Path) -> None:
    if os.name == "nt":
        ready.rename(target)  # there, and only there, it refuses a name that something has
    elif not swap.claim(ready, target):
        ready.replace(target)


def _put_back(target: Path, ready: Path, data: bytes) -> None:
    """Give the place back to whoever saved there, until what comes out is what went in the time before."""
    expected = data
    while True:
        inside = ready.read_bytes()
        if not swap.exchange(ready, target) or ready.read_bytes() == expected:
            return
        expected = inside


def _clear_away(before: Path) -> None:
    """Remove what came out and was looked at; the save is done, and the next run tries again if need be."""
    try:
        before.unlink(missing_ok=True)
    except OSError as problem:
        logs.record(problem)


def _put_away(target: Path, left: Path) -> None:
    """Remove a file that was to take the place of ``target``, or that came out and is known.

    Anything else came out of the place without having been read: it becomes a backup, whoever wrote it.
    """
    said = _KNOWN.fullmatch(left.name.removeprefix(disk.mark(target)))
    if said is None or not left.exists() or backups.fingerprint(left.read_bytes()) in said.groups():
        left.unlink(missing_ok=True)
    else:
        backups.adopt(target, left)
