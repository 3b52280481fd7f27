"""What a click on a button of the ribbon does: a task on the workbook in front, then one sentence.

Excel starts a process for each click, so that nothing is imported here but what every button needs. A filter,
sorted rows, moved columns and columns of an officer's own need nothing here: tasks find columns by their
headers and write whole ranges. While somebody types in a cell, Excel itself starts no button.
"""

from __future__ import annotations

import sys
from functools import wraps
from typing import TYPE_CHECKING

import xlwings as xw

from hscb_xl.errors import PlanError, PlanTableMissing, WrongState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hscb_xl.tasks.export import By
    from hscb_xl.tasks.run import Judged

NOT_LAID_OUT = " Excel refused to freeze the header or to set up the pages (is there a printer?)."
READ_ONLY = " This copy is read-only: to keep the change, save it under another name."


def button(work: Callable[[xw.Book], str]) -> Callable[[], str]:
    """A function for a button, from one that works on a book and returns its sentence to the officer.

    It never raises, so that xlwings shows no traceback: a PlanError is its own sentence, anything else says
    where the log is, and the traceback goes there. It returns what the officer was told. Excel draws nothing
    meanwhile, and draws again whatever happens. A click takes no longer than a command may.
    """

    @wraps(work)
    def click() -> str:
        from hscb_xl.base.ownpath import alone

        with alone():
            return _clicked(work)

    return click


def _clicked(work: Callable[[xw.Book], str]) -> str:
    from hscb_xl.base.ownpath import leave_out

    book = None
    try:
        from hscb_xl.base.limits import of_a_click

        book = xw.Book.caller()
        # The watch is the inner one: Excel draws again whenever it rings.
        with book.app.properties(screen_updating=False), of_a_click(book.name):
            leave_out(_place(book))
            sentence, serious = work(book), False
    except Exception as problem:  # noqa: BLE001  # an officer sees a sentence, the log the traceback
        sentence, serious = _explained(problem, book), True
    _tell(book, sentence, serious)
    return sentence


def _place(book: xw.Book) -> str:
    """The path of a workbook, '' where Excel names it by an address of which no folder is known."""
    try:
        return book.fullname
    except (xw.XlwingsError, AttributeError):  # whoever needs the folder says so
        return ""


@button
def check_plan(book: xw.Book) -> str:
    """List what is wrong on the sheet Checks, and show it."""
    from hscb_xl.tasks import check

    plan = _judged(book, *check.WRITES)
    found = check.run(book, plan.judgement)
    _show(book, "Checks")
    many, copy = check.counted_by_severity(found), _read_only(book)
    return f"Checked: {many}. Next finding goes through them on the plan.{copy}"


@button
def next_finding(book: xw.Book) -> str:
    """Put the cursor on the next cell with a finding, the worst first, and say what was found there."""
    from hscb_xl.tasks import find

    found = find.run(book, _judged(book).judgement)
    if found is None:
        return "Nothing was found: every check of the plan is content."
    first, *others = found.findings
    more = f" (and {len(others)} more on the sheet Checks for this cell)" if others else ""
    place = f"{found.cell}, {found.place} of {found.cells}"
    return f"{first.severity.word.capitalize()} in {place}: {first.message} {first.remedy}{more}"


@button
def refresh_rag(book: xw.Book) -> str:
    """Compute the ratings and write them into the program's columns."""
    from dataclasses import replace

    from hscb_xl.plan import columns
    from hscb_xl.plan.wording import counted, written
    from hscb_xl.tasks import rate
    from hscb_xl.tasks.book import journal, newcolumns

    judgement = _judged(book, *rate.WRITES, journal.SHEET).judgement
    journal.finish_in_any_case()
    judgement = replace(judgement, plan=newcolumns.made(book, judgement.plan))
    with journal.kept(book, judgement.plan, columns.keys("program"), "Refresh RAG"):
        done = rate.run(book, judgement)
    return (
        f"{counted(done.rated, 'action')} rated as of {written(judgement.today)}; "
        f"{done.differing} differ from the agreed rating (column Agreed v Auto).{_read_only(book)}"
    )


@button
def accept_rating(book: xw.Book) -> str:
    """Make the computed rating the agreed one for the actions selected."""
    from datetime import date

    from hscb_xl.desk import live
    from hscb_xl.tasks import accept, sentences

    judgement = _judged(book, *accept.WRITES).judgement
    done = accept.run(book, judgement, date.today(), live.user(book.app))
    return sentences.accepted(done) + (_read_only(book) if done.accepted else "")


@button
def apply_formatting(book: xw.Book) -> str:
    """Lay the declared colours over the plan, keep its header in view, and set up its pages."""
    from hscb_xl.plan.wording import counted
    from hscb_xl.tasks import format as formatting

    plan = _judged(book, *formatting.WRITES).judgement.plan
    done = formatting.run(book, plan)
    left = "" if _laid_out(book.sheets[plan.sheet], plan.actions[0].row) else NOT_LAID_OUT
    if not done:
        return f"Every column has its colours already.{left}"
    return f"{counted(done, 'column')} given their colours; the others had them.{left}{_read_only(book)}"


@button
def export_by_group(book: xw.Book) -> str:
    """Write a file for each monitoring group, with its own actions only, and a pack of all."""
    return _exported(book, "monitoring")


@button
def export_by_lead(book: xw.Book) -> str:
    """Write a file for each lead, with their own actions only, and a pack of all."""
    return _exported(book, "lead")


@button
def export_exceptions(book: xw.Book) -> str:
    """Write files for the monitoring groups with red and amber actions only."""
    return _exported(book, "monitoring", exceptions=True)


@button
def open_export_folder(book: xw.Book) -> str:
    """Open the folder that the exports go to."""
    from hscb_xl.desk import live

    folder = live.export_folder(book)
    if not folder.is_dir():
        raise WrongState(f"There is no export of {book.name} yet: click one of the export buttons first.")
    return _opened(folder, "The exports are in")


@button
def update_summary(book: xw.Book) -> str:
    """Write the figures and charts to the sheet Summary, and show it."""
    from hscb_xl.plan.wording import counted
    from hscb_xl.tasks import summarise

    overall = summarise.run(book, _judged(book, *summarise.WRITES).judgement).overall
    _show(book, "Summary")
    return (
        f"Summary updated: {counted(overall.actions, 'action')}, {overall.overdue} overdue.{_read_only(book)}"
    )


@button
def undo_last_run(book: xw.Book) -> str:
    """Put back what the last click changed in the plan."""
    from datetime import date

    from hscb_xl.desk import live
    from hscb_xl.tasks import sentences, undo
    from hscb_xl.tasks.reading import plans

    live.refuse_protected(book, undo.WRITES)
    done = undo.run(book, plans.read(book).plan, date.today(), live.user(book.app))
    return sentences.undone(done) + _read_only(book)


@button
def about(book: xw.Book) -> str:
    """Say which versions are at work, and on which workbook."""
    import platform

    from hscb_xl import __version__

    return (
        f"Improvement plan {__version__}, xlwings {xw.__version__}, Python {platform.python_version()}, "
        f"working on {book.name}."
    )


@button
def doctor(book: xw.Book) -> str:
    """Say whether the workbook can be worked on here: its plan, its protections, this computer's settings."""
    from pathlib import Path

    from hscb_xl.base import logs
    from hscb_xl.desk import beside, checks, live, this_desk
    from hscb_xl.desk import book as books
    from hscb_xl.tasks import accept, run

    known = _judged(book, *run.WRITES, *accept.WRITES).judgement
    actions = sum(1 for _ in known.rows())
    exports, log = live.export_folder(book), logs.folder()
    found = checks.of_desk(this_desk(), books.brings_macros(book.fullname))
    if wrong := checks.to_put_right([*found, *beside.beside(Path(book.fullname))]):
        return f"{actions} actions can be read, exports go to {exports}. To be put right: {wrong}"
    said = f"All is well: {actions} actions can be read, exports go to {exports}, the log to {log}."
    return said + _read_only(book)


@button
def open_log(book: xw.Book) -> str:  # noqa: ARG001  # every button works on the book in front
    """Open the log with what went wrong."""
    from hscb_xl.base import logs

    path = logs.folder() / "hscb_xl.log"
    if not path.is_file():
        return f"There is no log: no button has failed here yet ({path})."
    return _opened(path, "The log is")


def _judged(book: xw.Book, *written: str) -> Judged:
    """The plan judged as its Settings say, when none of the sheets to be written is protected."""
    from datetime import date

    from hscb_xl.desk import live
    from hscb_xl.tasks import run

    live.refuse_protected(book, written)
    return run.judged(book, run.Asked(), date.today)


def _exported(book: xw.Book, by: By, *, exceptions: bool = False) -> str:
    from hscb_xl.desk import live
    from hscb_xl.tasks import export, origin, sentences

    folder = live.export_folder(book)
    plan = _judged(book)
    known = origin.of(book, plan.judgement.plan, live.facts(book))
    done = export.run(plan.judgement, plan.title, by, folder, exceptions=exceptions, origin=known)
    return sentences.exported(done, by, folder)


def _opened(path: Path, words: str) -> str:
    from hscb_xl.desk import live

    return f"{words} {path}{' (opened)' if live.show(path) else ''}."


def _laid_out(sheet: xw.Sheet, first: int) -> bool:
    """Keep the header above row ``first`` in view and on each page; False where Excel refuses."""
    from hscb_xl.desk import live

    try:
        live.freeze(sheet, first, 2)
        live.print_set_up(sheet, first - 1)
    except PlanError:  # the time is over, or the like
        raise
    except Exception as problem:  # noqa: BLE001  # each system has errors of its own, and the colours are there
        _recorded(problem)
        return False
    return True


def _show(book: xw.Book, sheet: str) -> None:
    """Bring a sheet to the front, with the cursor in its corner."""
    book.sheets[sheet].activate()
    book.sheets[sheet]["A1"].select()


def _read_only(book: xw.Book) -> str:
    """What to say after a change when it cannot be saved under the workbook's name."""
    from hscb_xl.desk import live

    return READ_ONLY if live.read_only(book) else ""


def _explained(problem: Exception, book: xw.Book | None) -> str:
    """The sentence for an error; its traceback goes to the log."""
    log = _recorded(problem)
    if isinstance(problem, PlanTableMissing):
        return (
            f"{problem} A button works on the workbook in front: if the plan is another one, click into it."
        )
    if isinstance(problem, PlanError):
        return str(problem)
    where = f"the log is at {log}" if log else "no log could be written"
    if book is None:
        return f"A button works in Excel, on the workbook in front, and none was found there; {where}."
    return f"Something went wrong in {book.name} ({type(problem).__name__}); {where}."


def _recorded(problem: Exception) -> Path | None:
    """Where an error was logged; None where it could not be: the officer hears the sentence all the same."""
    try:
        from hscb_xl.base import logs

        return logs.record(problem)
    except Exception:  # noqa: BLE001  # the sentence then says that no log could be written
        return None


def _tell(book: xw.Book | None, sentence: str, serious: bool) -> None:
    """Show the sentence where Excel can; elsewhere, on standard error."""
    from hscb_xl.desk import live

    try:
        if book is not None:
            live.tell(book.app, sentence, serious=serious)
            return
    except Exception as problem:  # noqa: BLE001  # Excel may be gone or busy, and the officer must hear of it
        _recorded(problem)
    print(sentence, file=sys.stderr)
