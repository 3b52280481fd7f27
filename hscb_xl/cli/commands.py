"""The command line: parse, call a task, show what it returns.

A command imports what it does: a worker of a batch imports this module, too, and needs none of it.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hscb_xl import __version__
from hscb_xl.base.shown import plainly
from hscb_xl.cli.backups import backups_command, keep_option, undo_command
from hscb_xl.cli.batch import batch_command
from hscb_xl.cli.desk import doctor_command, install_command
from hscb_xl.cli.group import Commands
from hscb_xl.cli.limits import asked_limits, limit_options, watched
from hscb_xl.cli.new import import_command, new_command
from hscb_xl.cli.protected import protected_option
from hscb_xl.cli.schedule import schedule_command
from hscb_xl.cli.types import Day, Place
from hscb_xl.errors import BookLocked, OutputProblem
from hscb_xl.plan.findings import Severity
from hscb_xl.store import locks, source
from hscb_xl.tasks.asked import Asked

if TYPE_CHECKING:
    from hscb_xl.tasks.export import By
    from hscb_xl.tasks.run import Progress


def book_options(command: Callable[..., None]) -> Callable[..., None]:
    """The workbook, and as one ``asked`` how it is to be judged, the same for every command."""

    @wraps(command)
    def judging(as_of: date | None, amber_window: int | None, tolerance: int | None, **others: Any) -> None:
        command(asked=Asked(as_of, amber_window, tolerance), **others)

    days = click.IntRange(0, 3650)
    judging = click.option("--tolerance", type=days, help="Amber days after a deadline.")(judging)
    judging = click.option("--amber-window", type=days, help="Amber days before a deadline.")(judging)
    judging = click.option("--as-of", type=Day(), help="Judge on this day (else: Settings, today).")(judging)
    return click.argument("book", type=Place())(limit_options(judging))


def export_options(command: Callable[..., None]) -> Callable[..., None]:
    """What is exported."""
    command = click.option("--exceptions", is_flag=True, help="Only actions rated red or amber.")(command)
    return click.option(
        "--by",
        type=click.Choice(["monitoring", "lead"]),
        multiple=True,
        default=("monitoring",),
        show_default=True,
        help="Whose tabs: monitoring groups or leads; may be given twice.",
    )(command)


save_as_option = click.option(
    "--save-as",
    type=Place(),
    help="Write the workbook here and leave BOOK as it is.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hscb-xl")
def main() -> None:
    """Keep an improvement plan in Excel: check it, rate it, format it, summarise it, export it."""


@main.command("run")
@book_options
@export_options
@save_as_option
@keep_option
@protected_option
@click.option("--out", type=Place(), help="Folder for the exports; none without it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def run_command(
    book: Path,
    asked: Asked,
    by: tuple["By", ...],
    exceptions: bool,
    save_as: Path | None,
    keep: int | None,
    protected: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Check, rate, format, summarise and export BOOK: the main job."""
    from hscb_xl.tasks import report, run

    if out is not None:
        _refuse_folder(out, [book, save_as or book], by, exceptions)
    writes = _Writes(run.WRITES, protected)
    with _opened(book, save_as, keep, writes) as opened, _progress(shown=not as_json) as step:
        done = run.run(opened, asked, date.today, out, by, exceptions, step)
    if as_json:
        _print_json(report.of_run(done, book.name))
    else:
        from hscb_xl.cli import screen

        screen.show_run(done, save_as or book)
    if done.kept:
        sys.exit(BookLocked.exit_code)


@main.command("check")
@book_options
@keep_option
@protected_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and leave BOOK as it is.")
def check_command(book: Path, asked: Asked, keep: int | None, protected: bool, as_json: bool) -> None:
    """Say what is wrong with the plan in BOOK and list it on its sheet Checks; exit code 1 for errors."""
    from hscb_xl.tasks import check, report, run

    writes = None if as_json else _Writes(check.WRITES, protected)
    with _opened(book, None, keep, writes) as opened:
        judgement = run.judged(opened, asked, date.today).judgement
        found = check.run(opened, judgement)
    if as_json:
        _print_json(report.as_json(judgement, found, book.name))
    else:
        from hscb_xl.cli import screen

        screen.show_findings(found, judgement.plan)
    if any(finding.severity is Severity.ERROR for finding in found):
        sys.exit(1)


@main.command("rate")
@book_options
@save_as_option
@keep_option
@protected_option
def rate_command(book: Path, asked: Asked, save_as: Path | None, keep: int | None, protected: bool) -> None:
    """Compute the ratings of the plan in BOOK."""
    from hscb_xl.tasks import rate, run

    with _opened(book, save_as, keep, _Writes(rate.WRITES, protected)) as opened:
        done = rate.run(opened, run.judged(opened, asked, date.today).judgement)
    click.echo(f"{done.rated} actions rated; {done.differing} differ from the agreed rating.")


@main.command("format")
@book_options
@save_as_option
@keep_option
@protected_option
def format_command(book: Path, asked: Asked, save_as: Path | None, keep: int | None, protected: bool) -> None:
    """Apply the conditional formats to the plan in BOOK."""
    from hscb_xl.tasks import format as formatting
    from hscb_xl.tasks import run

    with _opened(book, save_as, keep, _Writes(formatting.WRITES, protected)) as opened:
        judgement = run.judged(opened, asked, date.today).judgement
        columns = formatting.run(opened, judgement.plan)
    click.echo(f"{columns} columns given their conditional formats; the others had them.")


@main.command("summarise")
@book_options
@save_as_option
@keep_option
@protected_option
def summarise_command(
    book: Path, asked: Asked, save_as: Path | None, keep: int | None, protected: bool
) -> None:
    """Write the figures and charts of the plan in BOOK to its sheet Summary."""
    from hscb_xl.tasks import run, summarise

    with _opened(book, save_as, keep, _Writes(summarise.WRITES, protected)) as opened:
        judgement = run.judged(opened, asked, date.today).judgement
        figures = summarise.run(opened, judgement)
    click.echo(f"{figures.overall.actions} actions, {figures.overall.overdue} of them overdue.")


@main.command("export")
@book_options
@export_options
@click.option("--out", type=Place(), required=True, help="Folder for the exports.")
def export_command(
    book: Path,
    asked: Asked,
    by: tuple["By", ...],
    exceptions: bool,
    out: Path,
) -> None:
    """Write each group's actions in BOOK to a file of its own, and all of them to one pack."""
    from hscb_xl.base.facts import label_line
    from hscb_xl.tasks import export, origin, run

    _refuse_folder(out, [book], by, exceptions)
    with _opened(book) as opened:
        plan = run.judged(opened, asked, date.today)
        known = origin.of(opened, plan.judgement.plan)
    if known.label and known.label.name:
        click.echo(plainly(label_line(known.label.name)), err=True)
    kept = 0
    for kind in dict.fromkeys(by):
        done = export.run(plan.judgement, plan.title, kind, out, exceptions=exceptions, origin=known)
        kept += len(done.kept)
        for path in done.files:
            click.echo(plainly(path))
        for sentence in export.remarks(done, kind):
            click.echo(plainly(sentence), err=True)
    if kept:
        sys.exit(BookLocked.exit_code)


@dataclass(frozen=True, slots=True)
class _Writes:
    """The sheets that a command writes, and whether it does so where they are protected."""

    sheets: tuple[str, ...]
    protected: bool


@contextmanager
def _opened(
    book: Path, save_as: Path | None = None, keep: int | None = None, writes: _Writes | None = None
) -> Iterator[Any]:
    """The book, saved when the work on it ends well, with as many backups as asked or as its Settings say.

    Without ``writes`` it is only looked at.
    """
    import hscb_xl.engine
    from hscb_xl.tasks import protection
    from hscb_xl.tasks.reading.settings import kept

    target = save_as or book
    source.refuse_unreadable(book)
    if writes:
        source.refuse_place(target)
        locks.refuse_if_open(target)
    limits = asked_limits()
    with ExitStack() as stack:
        with watched(book, limits):
            opened = stack.enter_context(closing(hscb_xl.engine.open_book(str(book), limits)))
            found = protection.found(opened, writes.sheets if writes else ())
            if writes and not writes.protected:
                protection.refuse(opened, found, protection.COMMAND)
            yield opened
        if writes:
            damage = hscb_xl.engine.damage(opened)
            written = hscb_xl.engine.save_book(opened, target, kept(opened, keep))
            if written and found:
                click.echo(plainly(protection.all_the_same(found)), err=True)
            if damage:
                click.echo(f"hscb-xl: {plainly(damage)}", err=True)


@contextmanager
def _progress(*, shown: bool) -> Iterator["Progress"]:
    """What the run calls with each step as it begins; a run for a program draws nothing and needs no rich."""
    if not shown:
        yield lambda _: None
        return
    from hscb_xl.cli import screen
    from hscb_xl.tasks import run

    with screen.progress(run.STEPS) as step:
        yield step


def _refuse_folder(out: Path, books: list[Path], by: tuple["By", ...], exceptions: bool) -> None:
    """Say before anything is done that exports would go over a workbook itself."""
    from hscb_xl.tasks import export

    packs = [(out / f"{export.kind_of(each, exceptions)}.xlsx").resolve() for each in by]
    for place in (book.resolve() for book in books):
        if any(place == pack or pack.with_suffix("") in place.parents for pack in packs):
            raise OutputProblem(f"An export would be written over {place}: choose another folder for them.")


def _print_json(data: dict[str, Any]) -> None:
    """JSON is UTF-8 whatever the terminal's or the pipe's encoding is; half a character is escaped in it."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2).encode(errors="backslashreplace"))


main.add_command(batch_command)
main.add_command(schedule_command)
main.add_command(backups_command)
main.add_command(undo_command)
main.add_command(new_command)
main.add_command(import_command)
main.add_command(install_command)
main.add_command(doctor_command)
