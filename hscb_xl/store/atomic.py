"""Writing a file so that a crash leaves the old one or the new one, never half of either."""

from contextlib import suppress
from pathlib import Path

from hscb_xl.base.limits import unbroken
from hscb_xl.errors import BookLocked, OutputProblem
from hscb_xl.store import backups, causes, disk, locks, replacing


@unbroken()
def write_atomically(
    target: Path,
    data: bytes,
    *,
    read: bytes | None = None,
    keep: int = 0,
    new: bool = False,
    within: Path | None = None,
) -> bool:
    """Make ``target`` hold ``data``; False when it already did and nothing was written.

    The bytes go to a temporary file in the same folder, are flushed to the disk and take the name in one
    step (design, section 5, "Nothing lost"), under a lock that keeps other runs out. A missing folder is
    made. A link stays a link: the file it leads to is replaced.

    ``read`` is what the file held when it was read, where what is written comes from it; a ``new`` one was
    not there. ``keep`` is how many backups there are to be afterwards; with 0 none is made, and none is
    removed. Nobody may open the file whom the permissions of the file ``within`` keep out.

    Raises BookLocked when somebody has the file open or another run is writing it, BookChanged when it is
    no longer what was read, OutputProblem when the folder, the file or a backup cannot be written. Then the
    file is as it was, and nothing is left beside it.
    """
    target = _resolved(target)
    try:
        if _holds(target, data):
            _tidy(target)
            return False
        if read is None:
            disk.make_folder(target.parent)
        elif not target.is_file():
            raise replacing.changed(target)
        with locks.held(target):
            return _write(target, data, read, keep, new=new, within=within)
    except OSError as problem:
        raise causes.not_written(target, problem) from problem


def _write(
    target: Path, data: bytes, read: bytes | None, keep: int, *, new: bool, within: Path | None
) -> bool:
    locks.refuse_if_open(target)
    locks.refuse_if_not_writable(target)
    backups.refuse_second_name(target)
    seen = disk.stamp(target)
    present = target.read_bytes() if target.is_file() else None
    if present == data:
        return False
    if (read is not None and present != read) or (new and present is not None):
        raise replacing.changed(target)
    replacing.sweep(target)
    replacing.replace(target, data, present, seen, keep, within)
    _confirm(target)
    if keep:
        backups.rotate(target, keep)
    return True


def _confirm(target: Path) -> None:
    try:
        disk.sync_folder(target.parent)
    except OSError as problem:
        raise OutputProblem(
            f"{target} was written, but the disk did not confirm it ({problem.strerror or problem}): "
            "check the disk, then run the command again."
        ) from problem


def _resolved(target: Path) -> Path:
    try:
        return target.resolve()
    except (OSError, RuntimeError) as problem:  # a link that leads to itself is a RuntimeError until 3.13
        raise OutputProblem(f"{target} leads to no file ({problem}): choose another name.") from problem


def _holds(target: Path, data: bytes) -> bool:
    return target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data


def _tidy(target: Path) -> None:
    """Clear away what a killed run left, although there is nothing to write."""
    if not locks.lock_file(target).exists() and not replacing.left_behind(target):
        return
    # It may be another run's at this moment, or in a folder that may only be read: then it stays.
    with suppress(BookLocked, OSError), locks.held(target, wait=0):
        replacing.sweep(target)
