"""What the command line shows: progress, the table of a run, the list of findings."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from hscb_xl.plan.findings import Finding
from hscb_xl.plan.model import Plan
from hscb_xl.plan.summary import Counts, Line
from hscb_xl.plan.wording import written
from hscb_xl.shown import plainly
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
    console.print(_table(report, f"{plainly(judgement.plan.sheet)} as of {written(judgement.today)}"))
    console.print(f"Found: {counted_by_severity(report.findings)}; listed on the sheet Checks.")
    console.print(f"Computed ratings that differ from the agreed ones: {report.rated.differing}.")
    for by, numbers in report.left_out.items():
        console.print(plainly(export.left_out_sentence(by, numbers)))
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


def _table(report: Report, title: str) -> Table:
    blue = report.judgement.policy.blue
    letters = "".join(f"{letter:>3}" for letter in ("RAGB–" if blue else "RAG–"))
    table = Table(title=title, title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Monitoring group\n", no_wrap=True)
    for heading in ("Actions\n", f"Agreed\n{letters}", f"Computed\n{letters}", "Overdue\n", "Differ\n"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in report.summary.by_group:
        table.add_row(*_cells(line, blue))
    table.add_section()
    table.add_row(*_cells(report.summary.overall, blue))
    return table


def _cells(line: Line, blue: bool) -> tuple[str, ...]:
    agreed, computed = _counts(line.agreed, blue), _counts(line.computed, blue)
    return plainly(line.name), str(line.actions), agreed, computed, str(line.overdue), str(line.differs)


def _counts(counts: Counts, blue: bool) -> str:
    rated = (counts.red, counts.amber, counts.green)
    shown = (*rated, counts.blue, counts.none) if blue else (*rated, counts.none)
    return "".join(f"{number:>3}" for number in shown)
