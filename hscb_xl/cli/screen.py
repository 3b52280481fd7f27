"""What the command line shows: progress, the table of a run, the list of findings."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from hscb_xl.base.facts import label_line
from hscb_xl.base.shown import plainly
from hscb_xl.cli import run_table
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.model import Plan
from hscb_xl.plan.wording import written
from hscb_xl.tasks import export
from hscb_xl.tasks.check import counted_by_severity
from hscb_xl.tasks.run import Report

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal, nothing elsewhere; call it with each step as it begins."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=len(steps))

        def step(name: str) -> None:
            bar.update(task, description=name, completed=steps.index(name))

        yield step


def show_run(report: Report, book: Path) -> None:
    """The summary table of a run, what was found, and where the files are."""
    console = _console()
    judgement = report.judgement
    title = f"{plainly(judgement.plan.sheet)} as of {written(judgement.today)}"
    blue = judgement.policy.blue or report.summary.has_blue
    run_table.show(console, title, report.summary, blue=blue)
    console.print(f"Found: {counted_by_severity(report.findings)}; listed on the sheet Checks.")
    console.print(f"Computed ratings that differ from the agreed ones: {report.rated.differing}.")
    if report.label:
        console.print(f"{plainly(label_line(report.label))}.", soft_wrap=True)
    for by, done in report.exports.items():
        for sentence in export.remarks(done, by):
            console.print(plainly(sentence), soft_wrap=True)
    console.print(f"Workbook: {plainly(book)}", soft_wrap=True)
    for path in report.files:
        console.print(f"Export:   {plainly(path)}", soft_wrap=True)


def show_findings(found: Sequence[Finding], plan: Plan) -> None:
    """Each finding on a line of its own, then how many there are."""
    console = _console()
    for finding in found:
        line = Text(f"{finding.severity.word:<8}", style=_STYLES[finding.severity.word])
        line.append(f"{plainly(plan.place(finding)):<10} ", style="default")
        line.append(plainly(f"{finding.message} {finding.remedy}"), style="default")
        console.print(line, soft_wrap=True)
    console.print(f"Found: {counted_by_severity(found)}.")


def _console() -> Console:
    # The names that are shown are other people's: "[red]" and ":smile:" are texts in them.
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
