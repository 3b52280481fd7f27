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

    from hscb_xl.base.facts import Facts, Label

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
    """The protections of a book that a running Excel has open (``hscb_xl.base.protections.Guarded``)."""

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


def facts(book: "xw.Book") -> "Facts | None":
    """What a running Excel knows of a book; None where none is running, and the book knows it itself."""
    return _InExcel(book) if in_excel(book.app) else None


class _InExcel:
    """Answers for ``facts.Facts`` from Excel's own objects, each in as few questions as there are."""

    def __init__(self, book: "xw.Book") -> None:
        self._book = book

    def label(self) -> "Label | None":
        """The label's custom properties, else what Excel says of a label that stands in a part of its own."""
        from hscb_xl.base.facts import PROPERTY, Label

        own = [(name, text) for name, text in self._properties() if name.startswith(PROPERTY)]
        found = own or self._stated()
        return Label(tuple(found)) if found else None

    def hidden_rows(self, sheet: str, first: int, last: int) -> frozenset[int]:
        """Excel says of many rows at once whether all of them are hidden, none, or some."""
        from hscb_xl.tasks.origin import by_halves

        place = self._book.sheets[sheet]

        def ask(top: int, bottom: int) -> bool | None:
            rows = place[f"{top}:{bottom}"].api
            said = rows.hidden.get() if sys.platform == "darwin" else rows.Hidden
            found = set(said) if isinstance(said, list) else {said}
            return found.pop() if found in ({True}, {False}) else None

        return frozenset(by_halves(first, last, ask))

    def links(self, sheet: str, cells: str) -> dict[int, str]:
        """As many questions as there are links."""
        api = self._book.sheets[sheet][cells].api
        if sys.platform == "darwin":
            found = [(link.range.first_row_index.get(), link.address.get()) for link in api.hyperlinks.get()]
        else:
            links = api.Hyperlinks
            each = [links.Item(number) for number in range(1, links.Count + 1)]
            found = [(link.Range.Row, _whole(link.Address, link.SubAddress)) for link in each]
        return {int(row): str(address) for row, address in found if address}

    def _properties(self) -> list[tuple[str, str]]:
        api = self._book.api
        if sys.platform == "darwin":
            found = api.custom_document_properties.get()
            return [(str(each.name.get()), str(each.value.get())) for each in found]
        known = api.CustomDocumentProperties
        each = [known.Item(number) for number in range(1, known.Count + 1)]
        return [(str(one.Name), str(one.Value)) for one in each]

    def _stated(self) -> list[tuple[str, str]]:
        """A label as properties, from Excel's object for it, which versions of 2020 and later have."""
        from hscb_xl.base.facts import PROPERTY

        held = None if sys.platform == "darwin" else getattr(self._book.api, "SensitivityLabel", None)
        said = held.GetLabel() if held is not None else None
        if said is None or not said.LabelId:
            return []
        front = f"{PROPERTY}{said.LabelId}_"
        return [
            (f"{front}Enabled", "true"),
            (f"{front}Name", str(said.LabelName)),
            (f"{front}SiteId", str(said.SiteId)),
        ]


def _whole(address: str, place: str) -> str:
    """An address with what stands behind its "#"; '' for a place in the workbook itself."""
    return f"{address}#{place}" if address and place else str(address or "")


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
