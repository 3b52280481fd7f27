"""The main job on one workbook, as a worker does it: whatever happens, a record comes of it."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import xlwings as xw

from hscb_xl import engine
from hscb_xl.base import logs
from hscb_xl.base.limits import Watch
from hscb_xl.base.shown import plainly
from hscb_xl.batch import stamps
from hscb_xl.batch.jobs import Job, unforeseen
from hscb_xl.batch.marks import is_export
from hscb_xl.batch.records import EXPORT, Change, Outcome, Record, of_path
from hscb_xl.errors import BookChanged, BookLocked, NoPlan, PlanError
from hscb_xl.plan import rag
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged
from hscb_xl.store import locks
from hscb_xl.tasks import export, protection, run
from hscb_xl.tasks.protection import Protected

DRY = "Dry run: nothing was written."


def do(job: Job) -> Record:
    """Do a job. It raises nothing that a workbook can be the reason of: the record says what went wrong."""
    begun = time.perf_counter()
    try:
        record = _worked(job)
    except (BookLocked, BookChanged) as problem:
        record = _told(job, "locked", problem)
    except PlanError as problem:
        record = _told(job, "failed", problem)
    except (Exception, SystemExit) as problem:  # noqa: BLE001  # one bad workbook never stops the others
        record = unforeseen(job, problem)
    return replace(record, seconds=time.perf_counter() - begun)


def _told(job: Job, outcome: Outcome, problem: PlanError) -> Record:
    logs.record(problem)
    return of_path(job.path, outcome, str(problem))


def _worked(job: Job) -> Record:
    locks.refuse_if_open(job.path)
    known = None if job.afresh else stamps.unchanged(job)
    if known is not None:
        return replace(known, path=plainly(job.path))
    book = engine.open_book(str(job.path), job.limits)
    try:
        if is_export(book):
            return of_path(job.path, "skipped", EXPORT)
        return _recalculated(job, book)
    except NoPlan:
        return of_path(job.path, "skipped", "It has no table named Plan.")
    finally:
        book.close()


def _recalculated(job: Job, book: xw.Book) -> Record:
    protected = protection.found(book, run.WRITES)
    if not job.protected:
        protection.refuse(book, protected, protection.COMMAND)
    with _watch():
        report = run.run(book, job.asked, lambda: job.today, None if job.dry_run else job.out)
        damage = engine.damage(book)
    written = _would_change(book) if job.dry_run else engine.save_book(book, job.path, _kept(job, report))
    quiet = Record(
        path=plainly(job.path),
        outcome="unchanged",
        as_of=report.judgement.today.isoformat(),
        findings=_counted(report.findings),
        exports=len(report.files),
        label=plainly(report.label),
        message=plainly(damage),
    )
    if not job.dry_run:
        _note(job, book, report, quiet)
    told = replace(quiet, kept=tuple(plainly(kept.sentence) for kept in report.kept), told=_told_of(report))
    return replace(told, **_news(job, report, protected, quiet.message)) if written else told


def _note(job: Job, book: xw.Book, report: run.Report, quiet: Record) -> None:
    """Note that there is nothing to do again; not where the folder of the exports needs somebody."""
    exports = report.exports.values()
    if not report.kept and not any(done.told for done in exports):
        hidden = [export.hidden_sentence(done.hidden) for done in exports if done.hidden]
        memories = [done.memory for done in exports if done.memory]
        record = replace(quiet, told=tuple(map(plainly, hidden)))
        stamps.leave(job, book.impl.workbook.package.to_bytes(), (*report.files, *memories), record)


def _told_of(report: run.Report) -> tuple[str, ...]:
    """What there is to say of the exports but for those kept."""
    sentences = [
        sentence
        for by, done in report.exports.items()
        for sentence in export.remarks(replace(done, kept=(), left_out=()), by)
    ]
    return tuple(map(plainly, sentences))


def _watch() -> AbstractContextManager[object]:
    """What a limit of time in the Settings can shorten; without one it never rings.

    After the job's own limit whoever gave the job ends the worker. Outside the main thread, as on a worker of
    Dask, no watch can run.
    """
    in_front = threading.current_thread() is threading.main_thread()
    return Watch(0, "") if in_front else nullcontext()


def _would_change(book: xw.Book) -> bool:
    """Whether saving would write another file than was read; what forbids saving is raised here already."""
    workbook: Any = book.impl.workbook  # xlwings has no question for this
    workbook.flush()
    workbook.package.to_bytes()
    return bool(workbook.package.changed)


def _kept(job: Job, report: run.Report) -> int:
    """How many backups there are to be: as many as asked for, else as the Settings say."""
    return report.keep if job.keep is None else job.keep


def _news(job: Job, report: run.Report, protected: Protected, message: str) -> dict[str, Any]:
    """What there is to say of a workbook that became another one, beside a message that is there already."""
    before = report.judgement.plan.ratings
    said = protection.all_the_same(protected) if protected else ""
    return {
        "outcome": "done",
        "message": " ".join(filter(None, (DRY if job.dry_run else plainly(said), message))),
        "changed": tuple(_changes(report.judgement.rows(), before)) if before else (),
        "first": 0 if before else report.rated.rated,
    }


def _counted(findings: tuple[Finding, ...]) -> dict[str, int]:
    return dict(Counter(finding.severity.word for finding in findings))


def _changes(rows: Iterator[Judged], before: Mapping[int, str]) -> Iterator[Change]:
    for judged in rows:
        row, now = judged.action.row, judged.rated.rating
        was = rag.letter(before.get(row, ""))
        if was is not now:
            yield Change(
                no=plainly(judged.action.no_text) or f"row {row}",
                row=row,
                before=was.value if was else None,
                now=now.value if now else None,
                why=plainly(judged.rated.reason),
            )
