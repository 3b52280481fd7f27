"""``hscb-xl batch``: every plan in a folder tree, each recalculated by a worker process."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hscb_xl.cli.backups import keep_option
from hscb_xl.cli.limits import asked_limits, limit_options
from hscb_xl.cli.protected import protected_option
from hscb_xl.cli.types import Day, Place
from hscb_xl.errors import BookNotFound, OutputProblem
from hscb_xl.tasks.asked import Asked

if TYPE_CHECKING:
    from hscb_xl.batch.finding import Found
    from hscb_xl.batch.jobs import Job
    from hscb_xl.batch.pool import Runner
    from hscb_xl.batch.report import Report
Command = TypeVar("Command", bound=Callable[..., Any])

# Written by the system's own call: a signal may come while the same stream is being written to.
_STOPPING = (
    b"\nhscb-xl: Stopping after the workbooks in hand; ask once more to stop at once.\n",
    b"\nhscb-xl: Stopping at once; every workbook is as it was or done.\n",
)


def _report_endings(_: click.Context, __: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    from hscb_xl.batch.report import ENDINGS

    for path in value:
        if path.suffix.lower() not in ENDINGS:
            raise click.BadParameter(f"{path.name} must end in .jsonl, .html or .md.")
    return value


def _of_file(name: str, words: str, **more: Any) -> Callable[[Command], Command]:
    return click.option(name, type=Place(), help=words, **more)


@click.command("batch")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=Place())
@click.option("--as-of", type=Day(), help="Judge on this day (else: Settings, today).")
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes; without it, one a processor.")
@click.option("--include", multiple=True, metavar="PATTERN", help="Take only these files, such as 'Plan*'.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out these files or folders.")
@_of_file("--export", "Folder for the exports, in which each workbook has its own.")
@_of_file(
    "--report", "Write a report; ends in .jsonl, .html or .md.", multiple=True, callback=_report_endings
)
@_of_file("--notify", "Write the draft of a mail with the summary (.eml); none is sent.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing but the report.")
@click.option("--afresh", is_flag=True, help="Do again what an earlier run noted as done.")
@click.option("--cluster", metavar="ADDRESS", help="Use the workers of this Dask scheduler.")
@keep_option
@protected_option
@limit_options
def batch_command(
    paths: tuple[Path, ...],
    workers: int | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    report: tuple[Path, ...],
    notify: Path | None,
    cluster: str | None,
    **wanted: Any,
) -> None:
    """Recalculate every plan in the files and folders PATH; the others are listed with the reason why not."""
    from hscb_xl.batch import finding, stamps
    from hscb_xl.batch.report import Report

    found = list(finding.find(paths, finding.Patterns(include, exclude)))
    if not found:
        raise BookNotFound(f"There is no workbook below {paths[0]}: check the folder and the patterns.")
    today = date.today()
    taken = [each.path for each in found if not each.why_not]
    jobs = _jobs(taken, paths, today, **wanted)
    stamps.drop_old()
    with Report(report, wanted["as_of"] or today) as told:
        _through(found, jobs, _runner(len(taken), workers, cluster), told)
        told.finish()
        if notify is not None:
            _draft(told, notify)
    sys.exit(told.totals.exit_code)


def _jobs(
    taken: Iterable[Path],
    paths: Sequence[Path],
    today: date,
    as_of: date | None,
    export: Path | None,
    **wanted: Any,
) -> Iterator["Job"]:
    """What is to be done with each workbook; the day is the same for all, however long the night is."""
    from hscb_xl.batch.finding import export_folder
    from hscb_xl.batch.jobs import Job

    if export is not None and export.exists() and not export.is_dir():
        raise OutputProblem(f"{export} is a file, not a folder: choose another folder for the exports.")
    limits = asked_limits()
    return (
        Job(
            path=path.absolute(),
            today=today,
            asked=Asked(as_of),
            limits=limits,
            out=export and export_folder(path, paths, export.absolute()),
            **wanted,
        )
        for path in taken
    )


def _runner(jobs: int, workers: int | None, cluster: str | None) -> "Runner":
    limit = asked_limits().seconds
    if cluster:
        from hscb_xl.batch.cluster import Cluster

        return Cluster(cluster, limit)
    from hscb_xl.batch.pool import Pool

    return Pool(max(1, min(jobs, workers or _processors())), limit)


def _processors() -> int:
    """The processors that this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _through(found: Sequence["Found"], jobs: Iterable["Job"], runner: "Runner", told: "Report") -> None:
    """Do the jobs; each record is taken down and shown as it comes."""
    from hscb_xl.batch import night
    from hscb_xl.cli import batch_screen as screen

    with _asked_to_stop() as asked, screen.progress(len(found)) as show:
        for record in chain(night.passed_over(found), night.work_through(jobs, runner, asked)):
            told.add(record)
            show(record)
    screen.show_end(told.totals)


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], int]]:
    """How often somebody asked to stop by Ctrl-C or by ending the service; said at once, done in the loop."""
    times = 0

    def ask(_: int, __: FrameType | None) -> None:
        nonlocal times
        times += 1
        os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, _STOPPING[min(times, 2) - 1])

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: times
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _draft(told: "Report", path: Path) -> None:
    from hscb_xl.batch.mail import draft
    from hscb_xl.store.atomic import write_atomically

    records = [record.as_dict() for record in told.records()]
    write_atomically(path, draft(records, subject=told.totals.sentence()))
