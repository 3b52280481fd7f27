"""Bringing back the state of a workbook before the program's last save."""

from collections.abc import Sequence
from pathlib import Path

from hscb_xl.errors import BookChanged, BookNotFound, OutputProblem
from hscb_xl.store import atomic, backups, locks
from hscb_xl.store.backups import Backup


def restore(book: Path, to: int | None = None, *, force: bool = False) -> Backup:
    """Make ``book`` what it was before the program's last save, or its backup number ``to``; that backup.

    What it holds now is backed up first, so that undoing once more brings it back; nothing is rotated out.
    Raises BookChanged, unless ``force``, when what it holds is not what a save of ours left there, and
    BookNotFound when there is no such book or backup.
    """
    book = book.resolve()
    if not book.is_file():
        raise BookNotFound(f"There is no file {book}; backups of it would be in {backups.folder(book)}.")
    locks.refuse_if_open(book)
    try:
        present = book.read_bytes()
        known = backups.listed(book)
        chosen = _chosen(book, known, present, to, force=force)
        atomic.write_atomically(book, chosen.path.read_bytes(), read=present, keep=len(known) + 1)
    except OSError as problem:
        raise OutputProblem(
            f"A backup of {book} cannot be read ({problem.strerror or problem}): "
            f"look at {backups.folder(book)}."
        ) from problem
    return chosen


def _chosen(book: Path, known: Sequence[Backup], present: bytes, to: int | None, *, force: bool) -> Backup:
    # A process that was killed between a backup and its save leaves one of what is there still.
    earlier = [backup for backup in known if not backup.holds(present)]
    if not earlier:
        raise BookNotFound(f"{book.name} has no backup of an earlier state in {backups.folder(book)}.")
    mark = backups.fingerprint(present)
    ours = [backup for backup in earlier if backup.saved_as == mark]
    if not ours and not force:
        raise BookChanged(
            f"{book.name} was changed since the program last saved it with a backup: "
            "with --force that state is backed up and the earlier one brought back."
        )
    if to is None:
        return (ours or earlier)[0]
    if not 1 <= to <= len(known):
        raise BookNotFound(f"{book.name} has no backup {to}: choose one from 1 to {len(known)}.")
    return known[to - 1]
