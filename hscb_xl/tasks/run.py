"""The whole run: read the plan, check, rate, format, summarise, export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import xlwings as xw

from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judgement, judge
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.plan.summary import Summary
from hscb_xl.tasks import check, export, newcolumns, rate, reading, summarise
from hscb_xl.tasks import format as formatting
from hscb_xl.tasks.asked import Asked as Asked
from hscb_xl.tasks.export import By

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
    """All that one run found and wrote; ``left_out`` are actions that no export holds, by kind of export.

    ``keep`` is how many backups the Settings want.
    """

    judgement: Judgement
    keep: int
    findings: tuple[Finding, ...]
    rated: rate.Report
    summary: Summary
    files: tuple[Path, ...]
    left_out: dict[By, tuple[str, ...]]


def judged(book: xw.Book, asked: Asked, clock: Callable[[], date]) -> Judged:
    """The plan in ``book`` judged: as of the day asked for, else that of the Settings, else the clock's."""
    known = reading.read(book)
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
    progress("check")
    findings = check.run(book, judgement)
    progress("rate")
    rated = rate.run(book, judgement)
    progress("format")
    formatting.run(book, judgement.plan)
    progress("summarise")
    summary = summarise.run(book, judgement)
    progress("export")
    exports = {b: export.run(judgement, plan.title, b, out, exceptions=exceptions) for b in by} if out else {}
    files = tuple(path for report in exports.values() for path in report.files)
    left_out = {b: report.left_out for b, report in exports.items() if report.left_out}
    return Report(judgement, plan.keep, findings, rated, summary, files, left_out)
