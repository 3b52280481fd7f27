"""The whole run: read the plan, check, rate, format, summarise, export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import xlwings as xw

from hscb_xl.handout.handing import Kept
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judgement, judge
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.plan.summary import Summary
from hscb_xl.tasks import check, export, origin, rate, summarise
from hscb_xl.tasks import format as formatting
from hscb_xl.tasks.asked import Asked as Asked
from hscb_xl.tasks.book import newcolumns
from hscb_xl.tasks.export import By
from hscb_xl.tasks.reading import plans

WRITES = tuple(dict.fromkeys((*check.WRITES, *rate.WRITES, *formatting.WRITES, *summarise.WRITES)))
"""The sheets written, by their names or those of their tables."""
STEPS = ("read", "check", "rate", "format", "summarise", "export")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A book's plan, judged, with its title and how many backups its Settings want."""

    title: str
    judgement: Judgement
    keep: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found and wrote; ``keep`` is how many backups the Settings want.

    ``label`` is the sensitivity label's name, or why it cannot be read; '' where the workbook has none.
    """

    judgement: Judgement
    keep: int
    findings: tuple[Finding, ...]
    rated: rate.Report
    summary: Summary
    exports: Mapping[By, export.Report]
    label: str = ""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of all exports that are as they should be."""
        return tuple(path for done in self.exports.values() for path in done.files)

    @property
    def left_out(self) -> dict[By, tuple[str, ...]]:
        """The actions that no export holds, by kind of export."""
        return {by: done.left_out for by, done in self.exports.items() if done.left_out}

    @property
    def kept(self) -> tuple[Kept, ...]:
        """What the exports left as it was."""
        return tuple(kept for done in self.exports.values() for kept in done.kept)


def judged(book: xw.Book, asked: Asked, clock: Callable[[], date]) -> Judged:
    """The plan in ``book`` judged: as of the day asked for, else that of the Settings, else the clock's."""
    known = plans.read(book)
    policy = _policy(known.settings.policy, asked)
    today = asked.as_of or known.settings.as_of or clock()
    judgement = judge(known.plan, known.names, policy, today)
    return Judged(known.title, judgement, known.settings.keep)


def _policy(stated: RatingPolicy, asked: Asked) -> RatingPolicy:
    window = stated.amber_window if asked.amber_window is None else asked.amber_window
    tolerance = stated.tolerance if asked.tolerance is None else asked.tolerance
    return replace(stated, amber_window=window, tolerance=tolerance)


def run(
    book: xw.Book,
    asked: Asked,
    clock: Callable[[], date],
    out: Path | None = None,
    by: Sequence[By] = ("monitoring",),
    exceptions: bool = False,
    progress: Progress = lambda _: None,
) -> Report:
    """Do the whole job on ``book``, which is left unsaved; exports go to ``out`` where it is given."""
    progress("read")
    plan = judged(book, asked, clock)
    judgement = replace(plan.judgement, plan=newcolumns.made(book, plan.judgement.plan))
    known = origin.of(book, judgement.plan, exported=out is not None)
    progress("check")
    findings = check.run(book, judgement)
    progress("rate")
    rated = rate.run(book, judgement)
    progress("format")
    formatting.run(book, judgement.plan)
    progress("summarise")
    summary = summarise.run(book, judgement)
    progress("export")
    exports = {
        b: export.run(judgement, plan.title, b, out, exceptions=exceptions, origin=known)
        for b in dict.fromkeys(by)
        if out is not None
    }
    label = known.label.name if known.label else known.problem
    return Report(judgement, plan.keep, findings, rated, summary, exports, label)
