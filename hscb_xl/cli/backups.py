"""``hscb-xl backups`` and ``hscb-xl undo``: earlier states of a workbook, listed and brought back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hscb_xl.base.shown import plainly
from hscb_xl.cli.limits import asked_limits, limit_options, watched
from hscb_xl.cli.types import Place
from hscb_xl.errors import BookNotFound, OutOfTime, PlanError
from hscb_xl.store import source

if TYPE_CHECKING:
    from hscb_xl.store.backups import Backup

keep_option = click.option(
    "--keep",
    type=click.IntRange(0, 1000),
    help="Backups of the workbook to keep (else: Settings, 5); 0 makes none.",
)


@click.command("backups")
@click.argument("book", type=Place())
@limit_options
def backups_command(book: Path) -> None:
    """List the backups of BOOK, the newest first, and the sheets that differ from what BOOK holds now."""
    from hscb_xl.store import backups

    book = book.resolve()
    known = backups.listed(book)
    if not known and not book.exists():
        raise BookNotFound(f"There is no file {book}: check the name and the folder.")
    with watched(book, asked_limits()):
        for number, backup in enumerate(known, start=1):
            differing = plainly(_differing(backup.path, book))
            click.echo(f"{number:>3}  {_when(backup):>20}  {_kilobytes(backup.size):>9}  {differing}")
    if known:
        click.echo(f"They are in {plainly(backups.folder(book))}.")
    else:
        click.echo(f"{plainly(book.name)} has no backups.")


@click.command("undo")
@click.argument("book", type=Place())
@click.option("--to", type=click.IntRange(1), help="A backup's number in the list of `hscb-xl backups`.")
@click.option(
    "--force", is_flag=True, help="Even where somebody changed BOOK since; that is backed up first."
)
def undo_command(book: Path, to: int | None, force: bool) -> None:
    """Bring back what BOOK held before the program's last save; once more, and it is undone."""
    from hscb_xl.store.restore import restore

    brought = restore(book, to, force=force)
    click.echo(f"{plainly(book.name)} is again what it was before the save of {_when(brought)}.")


def _when(backup: "Backup") -> str:
    return backup.made.astimezone().strftime("%d %b %Y %H:%M:%S").lstrip("0")


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1024):,} KB"


def _differing(earlier: Path, later: Path) -> str:
    """The sheets in which two states differ, in a few words."""
    from hscb_xl.ooxml.book import differences
    from hscb_xl.ooxml.book.workbook import Workbook

    limits = asked_limits()
    try:
        if source.read(earlier, limits.whole) == source.read(later, limits.whole):
            return "the same"
        names = differences.sheets(Workbook.open(earlier, limits), Workbook.open(later, limits))
    except OutOfTime:
        raise
    except PlanError:
        return "cannot be compared"
    return f"differs in {', '.join(names)}" if names else "differs outside the sheets"
