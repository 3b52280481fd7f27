"""What ``hscb-xl batch`` shows: one progress bar, one line for each workbook, what it all came to."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from hscb_xl.batch.pages import sentence_of
from hscb_xl.batch.records import Record
from hscb_xl.batch.report import Totals

_STYLES = {"done": "green", "unchanged": "dim", "skipped": "cyan", "failed": "bold red", "locked": "yellow"}


@contextmanager
def progress(total: int) -> Iterator[Callable[[Record], None]]:
    """A progress bar where there is a terminal; call it with each record, which becomes a line."""
    lines = Console(file=sys.stdout, highlight=False)
    # On one terminal the bar and the lines must be of one console, or they write over each other.
    console = lines if lines.is_terminal else Console(stderr=True)
    columns = (TextColumn("Plans"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def show(record: Record) -> None:
            if not record.is_export:
                lines.print(_line(record), soft_wrap=True)
            bar.advance(task)

        yield show


def show_end(totals: Totals) -> None:
    """The one sentence about all workbooks, and their labels."""
    console = Console(file=sys.stdout, highlight=False)
    for line in filter(None, (totals.label(), totals.sentence())):
        console.print(Text(line), soft_wrap=True)


def _line(record: Record) -> Text:
    line = Text(f"{record.outcome:<9}", style=_STYLES[record.outcome])
    line.append(f" {record.seconds:6.2f} s  {record.path}  {sentence_of(record)}", style="default")
    return line
