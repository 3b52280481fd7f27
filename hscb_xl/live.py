"""What only a running Excel has: its messages, its user, its protections, its folders.

The one module that goes round xlwings' object model, with one way for Windows (COM) and one for the Mac
(AppleScript). Nobody has run these against a real Excel yet. A workbook that this program opened itself,
without Excel, has none of it: there a question is answered with "no" and a sentence is printed.
"""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hscb_xl.errors import WrongState

if TYPE_CHECKING:
    import xlwings as xw

TITLE = "Improvement plan"
_STATUS_BAR = 250
"""Characters that the status bar takes; a longer sentence is shown in a box."""
_LANDSCAPE = 2
"""Excel's number for pages that are wider than high (xlLandscape)."""


def in_excel(app: "xw.App") -> bool:
    """Whether a running Excel is behind an app, rather than our engine for closed files."""
    return bool(app.engine.name == "excel")


def tell(app: "xw.App", sentence: str, *, serious: bool) -> None:
    """Show a sentence: in the status bar when all went well, in a box that waits for OK when it did not.

    On the Mac always in a box: xlwings clears the status bar there when Python ends. What the status bar
    says stays until Excel or the next click says something else.
    """
    if not in_excel(app):
        print(sentence)  # nobody looks at a screen there
        return
    if serious or sys.platform == "darwin" or len(sentence) > _STATUS_BAR:
        app.status_bar = False
        app.alert(sentence, TITLE, mode="critical" if serious else "info")
    else:
        app.status_bar = sentence


def user(app: "xw.App") -> str:
    """The name that Excel's user gave in its options, else the one logged in with, else ''."""
    if in_excel(app):
        name = app.api.user_name.get() if sys.platform == "darwin" else app.api.UserName
        if str(name or "").strip():
            return str(name).strip()
    from getpass import getuser

    try:
        return getuser()
    except (ImportError, KeyError, OSError):  # no such variable, and no list of users to look in
        return ""


def read_only(book: "xw.Book") -> bool:
    """Whether changes of a book cannot be saved under its name."""
    if not in_excel(book.app):
        return False
    return bool(book.api.read_only.get() if sys.platform == "darwin" else book.api.ReadOnly)


def refuse_protected(book: "xw.Book", written: Collection[str]) -> None:
    """Raise WrongState where a sheet to be written is protected, or is missing and cannot be added.

    ``written`` names sheets, or tables of the program wherever they are.
    """
    from hscb_xl.tasks import protection

    guarded = Excel(book) if in_excel(book.app) else None
    protection.refuse(book, protection.found(book, written, guarded), protection.CLICK)


class Excel:
    """The protections of a book that a running Excel has open (``hscb_xl.protections.Guarded``)."""

    def __init__(self, book: "xw.Book") -> None:
        self._book = book

    def protected_sheets(self, names: Collection[str]) -> list[str]:
        """Those of these sheets that are protected, in the book's order; capitals do not matter."""
        wanted = {name.lower() for name in names}
        return [
            name
            for name, sheet in ((sheet.name, sheet) for sheet in self._book.sheets)
            if name.lower() in wanted and _is_protected(sheet)
        ]

    def has_fixed_structure(self) -> bool:
        """Whether no sheet can be added."""
        api = self._book.api
        return bool(api.protect_structure.get() if sys.platform == "darwin" else api.ProtectStructure)


def _is_protected(sheet: "xw.Sheet") -> bool:
    api = sheet.api
    return bool(api.protect_contents.get() if sys.platform == "darwin" else api.ProtectContents)


def freeze(sheet: "xw.Sheet", row: int, column: int) -> None:
    """Keep the rows above ``row`` and the columns left of ``column`` in view, on the sheet put in front."""
    if not in_excel(sheet.book.app):
        return
    sheet.activate()
    above, before = row - 1, column - 1
    if sys.platform == "darwin":
        window = sheet.book.app.api.active_window
        window.freeze_panes.set(False)
        window.scroll_row.set(1)  # rows are split off from the first that is in view
        window.scroll_column.set(1)
        window.split_row.set(above)
        window.split_column.set(before)
        window.freeze_panes.set(True)
        return
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.ScrollRow = window.ScrollColumn = 1
    window.SplitRow, window.SplitColumn = above, before
    window.FreezePanes = True


def print_set_up(sheet: "xw.Sheet", header: int) -> None:
    """Print on wide pages, as wide as one page and as long as it takes, with the header row on each."""
    if not in_excel(sheet.book.app):
        return
    repeated = f"${header}:${header}"
    if sys.platform == "darwin":
        _set_up_mac(sheet.api.page_setup_object, repeated)
        return
    page = sheet.api.PageSetup
    page.PrintTitleRows, page.Orientation = repeated, _LANDSCAPE
    page.Zoom, page.FitToPagesWide, page.FitToPagesTall = False, 1, False


def _set_up_mac(page: Any, repeated: str) -> None:
    from appscript import k  # type: ignore[import-not-found,unused-ignore]  # there on the Mac alone

    page.print_title_rows.set(repeated)
    page.page_orientation.set(k.landscape)
    page.zoom.set(False)
    page.fit_to_pages_wide.set(1)
    page.fit_to_pages_tall.set(False)


def export_folder(book: "xw.Book") -> Path:
    """Where exports go: beside the workbook and under its name, since a folder may hold two plans.

    WrongState where the workbook was never saved or lies where no folder can be reached.
    """
    from xlwings import XlwingsError

    try:
        name = book.fullname
    except XlwingsError as problem:  # an address that xlwings cannot find the folder of
        raise _far_away(book) from problem
    if "://" in name:
        raise _far_away(book)
    path = Path(name)
    if not path.is_absolute():
        raise WrongState(f"{book.name} was never saved: save it first, the exports go beside it.")
    return path.with_name(f"{path.stem} exports")


def _far_away(book: "xw.Book") -> WrongState:
    return WrongState(
        f"{book.name} is open from OneDrive or SharePoint, and its folder on this computer is not known: "
        "save a copy on this computer and export from there, or ask for the xlwings setting ONEDRIVE."
    )


def show(path: Path) -> bool:
    """Open a folder or a text with what the system opens it with; False where there is no such way."""
    import os
    import subprocess

    if sys.platform == "win32":
        os.startfile(path)
        return True
    if sys.platform == "darwin":
        return not subprocess.run(["open", str(path)], check=False).returncode
    return False
