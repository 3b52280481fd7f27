"""The states of a workbook before our last saves, kept beside it.

A backup's name says when it was made and what the save made of it, so that nothing else has to be kept in
step: ``.hscb_xl/backups/plan.xlsm/2015-05-12T020000.123Z-8f3a51c0d2b94e67.xlsm``.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hscb_xl.base import logs
from hscb_xl.errors import OutputProblem
from hscb_xl.store import disk

FOLDER = ".hscb_xl"
"""What we keep beside workbooks lies in folders of this name; nothing in them is a plan to work on."""
KEPT = 5
"""Backups of each workbook where neither its Settings nor the command say how many."""

_NOBODY = "0" * 16
"""Stands in a backup's name for what a save put in its place, where none of ours did."""
_FORM = "%Y-%m-%dT%H%M%S.%f"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}\.\d{3})Z-([0-9a-f]{16})(\.\w+)?")


@dataclass(frozen=True, slots=True)
class Backup:
    """A state of a workbook; ``saved_as`` is the fingerprint of what a save of ours put in its place."""

    path: Path
    made: datetime
    saved_as: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    def holds(self, data: bytes) -> bool:
        """Whether it is this state."""
        return self.size == len(data) and self.path.read_bytes() == data


def fingerprint(data: bytes) -> str:
    """What tells one state of a workbook from any other."""
    return hashlib.sha256(data).hexdigest()[:16]


def folder(book: Path) -> Path:
    """Where the backups of ``book`` are."""
    return book.parent / FOLDER / "backups" / book.name


def listed(book: Path) -> tuple[Backup, ...]:
    """The backups of ``book``, the newest first; files that are not ours are passed over."""
    place = folder(book)
    if not place.is_dir():
        return ()
    found = [(path, _NAME.fullmatch(path.name)) for path in place.iterdir() if path.is_file()]
    backups = [Backup(path, _time(known[1]), known[2]) for path, known in found if known]
    return tuple(sorted(backups, key=lambda backup: backup.path.name, reverse=True))


def make(book: Path, present: bytes, following: bytes) -> Path | None:
    """Keep ``book``, which holds ``present``, before ``following`` takes its place; the file made.

    None where a backup held this state already: that one becomes the newest. Raises OutputProblem when it
    cannot be kept, and no save may go on then.
    """
    try:
        return _made(book, present, following)
    except OSError as problem:
        raise OutputProblem(
            f"No backup of {book} can be made ({problem.strerror or problem}), so it was left as it was: "
            f"make room or get access to {folder(book)}, or turn backups off with --keep 0."
        ) from problem


@contextmanager
def taken_back(book: Path, made: Path | None) -> Iterator[None]:
    """Remove the backup ``made`` again, if one was, when what it was made for fails.

    It stays where ``book`` is another file by now: a network share may do what it reports as failed.
    """
    try:
        yield
    except BaseException:
        if made is not None and book.is_file() and made.read_bytes() == book.read_bytes():
            made.unlink(missing_ok=True)
        raise


def rotate(book: Path, keep: int) -> None:
    """Remove the oldest backups of ``book`` beyond ``keep``.

    The save they belong to is done: one that cannot be removed goes to the log, and is tried again after the
    next save.
    """
    try:
        for backup in listed(book)[keep:]:
            backup.path.unlink()
    except OSError as problem:
        logs.record(problem)


def refuse_second_name(book: Path) -> None:
    """Raise OutputProblem for a file with another name than its own and those of our backups (a hard link).

    A save would part the two: under the other name would stand what the book held before, for ever.
    """
    if not book.exists():
        return
    known = book.stat()
    if known.st_nlink > 1 and known.st_nlink - 1 > _names_of_ours(book, known):
        raise OutputProblem(
            f"{book} has a second name elsewhere (a hard link), from which saving would part it: "
            "remove one of the names, or work on a copy."
        )


def adopt(book: Path, file: Path) -> None:
    """Make a file beside ``book`` a backup of it: a state that came out of its place and was not read."""
    place = folder(book)
    _refuse_links(book)
    disk.make_folder(place, like=book.parent)
    file.replace(place / f"{_free_time(listed(book))}Z-{_NOBODY}{book.suffix}")
    disk.sync_folder(place)


def _names_of_ours(book: Path, known: os.stat_result) -> int:
    """How many backups, whatever the book was called, are the same file: those of saves that were stopped."""
    kept = [path.stat() for path in (book.parent / FOLDER / "backups").glob("*/*")]
    return sum((each.st_dev, each.st_ino) == (known.st_dev, known.st_ino) for each in kept)


def _made(book: Path, present: bytes, following: bytes) -> Path | None:
    place = folder(book)
    _refuse_links(book)
    disk.make_folder(place, like=book.parent)
    known = listed(book)
    path = place / f"{_free_time(known)}Z-{fingerprint(following)}{book.suffix}"
    disk.sweep(path.with_name(book.name))
    same = next((backup.path for backup in known if backup.holds(present)), None)
    _keep(book, path, present)
    with taken_back(book, path):
        disk.sync_folder(place)
    if same is None:
        return path
    same.unlink()
    return None


def _keep(book: Path, path: Path, present: bytes) -> None:
    """Make ``path`` a second name of the file, which costs nothing; a copy on a disk without such names."""
    with suppress(OSError):
        os.link(book, path)
        return
    temporary = disk.write_beside(path.with_name(book.name), present, like=book)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _refuse_links(book: Path) -> None:
    """A folder of ours that leads elsewhere was laid by somebody else; plans are not carried there."""
    place = folder(book)
    for each in (place, place.parent, place.parent.parent):
        if each.is_symlink():
            raise OutputProblem(
                f"{each} is a link, and no backups are put where it leads; "
                f"{book.name} was left as it was: remove the link."
            )


def _free_time(known: Sequence[Backup]) -> str:
    """Now, or just behind the newest backup: a clock that was put back must not change their order."""
    now = datetime.now(UTC)
    if known:
        now = max(now, known[0].made + timedelta(milliseconds=1))
    return now.strftime(_FORM)[:-3]


def _time(written: str) -> datetime:
    return datetime.strptime(written, _FORM).replace(tzinfo=UTC)
