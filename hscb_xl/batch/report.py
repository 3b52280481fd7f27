"""The report of a batch: lines of JSON while it goes on, then pages for people from the same records."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TextIO

from hscb_xl.base.facts import label_line
from hscb_xl.batch import html, markdown
from hscb_xl.batch.pages import Page, page
from hscb_xl.batch.records import OUTCOMES, Outcome, Record, from_line
from hscb_xl.errors import OutputProblem
from hscb_xl.plan.wording import counted, listed
from hscb_xl.store.atomic import write_atomically

LINES = ".jsonl"
RENDERERS: dict[str, Callable[[Page], str]] = {
    ".html": html.render,
    ".htm": html.render,
    ".md": markdown.render,
}
ENDINGS = (LINES, *RENDERERS)
_MOST_LABELS = 20
"""Labels that a page names; an authority has a handful."""


@dataclass(slots=True)
class Totals:
    """What a batch adds up to."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    ratings: int = 0
    books: int = 0
    left: int = 0
    exports: int = 0
    kept: int = 0
    labels: dict[str, None] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Count one workbook in; exports of ours are no plans and counted apart."""
        if record.is_export:
            self.exports += 1
            return
        self.outcomes[record.outcome] += 1
        self.ratings += len(record.changed)
        self.books += bool(record.changed)
        self.left += record.is_left
        self.kept += len(record.kept)
        if record.label and len(self.labels) < _MOST_LABELS:
            self.labels[record.label] = None

    @property
    def exit_code(self) -> int:
        """4 when a workbook failed or was left, 3 when some, or exports, were locked or changed, else 0."""
        return 4 if self.outcomes["failed"] or self.left else 3 if self.outcomes["locked"] or self.kept else 0

    def sentence(self) -> str:
        """Such as "3 workbooks: 2 done and 1 failed. 4 ratings changed in 1 workbook."."""
        each = listed([f"{self.outcomes[o]} {o}" for o in OUTCOMES if self.outcomes[o]])
        workbooks = counted(self.outcomes.total(), "workbook")
        where = f" in {counted(self.books, 'workbook')}" if self.ratings else ""
        left = f" The batch was stopped: {counted(self.left, 'workbook')} left." if self.left else ""
        kept = f" {counted(self.kept, 'export')} left as found." if self.kept else ""
        passed = f" {counted(self.exports, 'export')} of this program passed over." if self.exports else ""
        what = f"{workbooks}{': ' if each else ''}{each}"
        return f"{what}. {counted(self.ratings, 'rating')} changed{where}.{left}{kept}{passed}"

    def label(self) -> str:
        """The sensitivity labels of the workbooks on one line, '' where none has one."""
        return f"{label_line('; '.join(self.labels))}." if self.labels else ""


class Report:
    """Takes the records of a batch one by one and keeps none of them in memory.

    A report that can no longer be written, on a full disk for instance, does not stop the night: ``finish``
    raises OutputProblem when all is done.
    """

    def __init__(self, paths: Sequence[Path], as_of: date) -> None:
        self.totals = Totals()
        self._as_of = as_of
        self._paths = [path for path in paths if path.suffix.lower() != LINES]
        self._problem: OSError | None = None
        with ExitStack() as opened:
            self._lines = [
                opened.enter_context(_begun(path)) for path in paths if path.suffix.lower() == LINES
            ]
            self._spool = opened.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            self._open = opened.pop_all()

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._open.close()

    def add(self, record: Record) -> None:
        """Take one record down, at once and for good; but not of every export of ours among the plans."""
        self.totals.add(record)
        if record.is_export:
            return
        line = record.line()
        self._spool.write(line)
        try:
            for stream in self._lines:
                stream.write(line)
                stream.flush()
        except OSError as problem:
            self._problem = problem
            self._lines = []

    def records(self) -> Iterator[Record]:
        """All records so far, from the first on."""
        self._spool.seek(0)
        yield from map(from_line, self._spool)

    def finish(self) -> None:
        """Write the pages; OutputProblem where a part of the report could not be written."""
        for path in self._paths:
            render = RENDERERS[path.suffix.lower()]
            text = render(page(self.records, self.totals.sentence(), self._as_of, self.totals.label()))
            write_atomically(path, text.encode())
        if self._problem is not None:
            reason = self._problem.strerror or str(self._problem)
            raise OutputProblem(f"The report could not be written to its end ({reason}): make room for it.")


def _begun(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8", newline="\n")
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise OutputProblem(f"{path} cannot be written ({reason}): choose another report.") from problem
