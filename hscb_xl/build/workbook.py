"""The whole workbook in one function: every sheet in the order of its tabs."""

from datetime import date
from io import BytesIO
from pathlib import Path

from hscb_xl.build.package import with_ribbon
from hscb_xl.build.plan_sheet import write_plan
from hscb_xl.build.reference import write_key_sheet, write_lists, write_settings
from hscb_xl.build.reports import write_checks, write_history, write_summary
from hscb_xl.build.vba import modules, vba_project
from hscb_xl.importer.imported import Imported
from hscb_xl.store.atomic import write_atomically
from hscb_xl.xlsx.sheet import Book

# A workbook built without a date must come out the same on every day.
_UNDATED = date(2000, 1, 1)


def build(imported: Imported, target: Path, *, as_of: date | None, standalone: bool = False) -> bool:
    """Write the improvement plan's workbook, with macros and the ribbon where ``target`` ends in .xlsm.

    ``as_of`` dates the workbook and the import's lines in History; without it they have no date.
    ``standalone`` puts the modules of the installed xlwings in, so that the macros need no add-in. False
    when ``target`` held exactly this already. Raises OutputProblem when it cannot be written.
    """
    book = Book(as_of or _UNDATED, imported.title)
    macros = target.suffix.casefold() == ".xlsm"
    if macros:
        book.raw.add_vba_project(BytesIO(vba_project(modules(standalone=standalone))), is_stream=True)
    book.raw.set_vba_name("ThisWorkbook")
    write_plan(book, imported)
    write_checks(book)
    write_summary(book)
    write_history(book, imported.notes, as_of)
    write_lists(book)
    write_settings(book)
    write_key_sheet(book, imported.key)
    data = book.data()
    return write_atomically(target, with_ribbon(data) if macros else data)
