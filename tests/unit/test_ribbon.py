"""A click, whatever happens in it: one sentence, no traceback, Excel as it was; and both kinds of Excel."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
import xlwings as xw

from hscb_xl import ribbon
from hscb_xl.base import limits
from hscb_xl.desk import live
from hscb_xl.errors import BadCell, PlanTableMissing, WrongState
from hscb_xl.ribbon import button

BOX = pytest.mark.parametrize("platform", ["win32", "darwin"])


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    return tmp_path / "hscb_xl.log"


def on(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the one module that tells systems apart take this one for another."""
    monkeypatch.setattr(live, "sys", SimpleNamespace(platform=platform))


class FakeApp(SimpleNamespace):
    """As much of a running Excel as a click asks for; what it was told is kept."""

    def __init__(self, engine: str = "excel") -> None:
        super().__init__(engine=SimpleNamespace(name=engine), status_bar="", screen_updating=True)
        self.boxes: list[tuple[str, str]] = []
        self.drawn: list[bool] = []

    properties = xw.App.properties

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "screen_updating" and hasattr(self, "drawn"):
            self.drawn.append(value)
        super().__setattr__(name, value)

    def alert(self, prompt: str, title: str, mode: str) -> None:
        assert title == live.TITLE
        self.boxes.append((prompt, mode))


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The book in front of a fake Excel on Windows."""
    on("win32", monkeypatch)
    found = SimpleNamespace(name="Plan.xlsm", app=FakeApp())
    monkeypatch.setattr(xw.Book, "caller", lambda: found)
    return found


def test_a_sentence_goes_to_the_status_bar(book: SimpleNamespace) -> None:
    assert button(lambda _: "26 actions rated.")() == "26 actions rated."
    assert book.app.status_bar == "26 actions rated."
    assert (book.app.boxes, book.app.drawn) == ([], [False, True])


def test_a_sentence_too_long_for_the_status_bar_is_a_box(book: SimpleNamespace) -> None:
    said = button(lambda _: "word " * 60)()
    assert book.app.boxes == [(said, "info")]
    assert book.app.status_bar is False


def test_on_the_mac_it_is_a_box(book: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    on("darwin", monkeypatch)
    button(lambda _: "26 actions rated.")()
    assert book.app.boxes == [("26 actions rated.", "info")]


ERRORS = [
    (BadCell("Plan!G7 holds the number 0: type it again."), "Plan!G7 holds the number 0: type it again."),
    (PlanTableMissing("A.xlsx has no table named Plan."), "if the plan is another one, click into it."),
    (
        RuntimeError("(-2147352567, 'Exception occurred.')"),
        "Something went wrong in Plan.xlsm (RuntimeError);",
    ),
]


@BOX
@pytest.mark.parametrize(("problem", "words"), ERRORS, ids=lambda part: type(part).__name__)
def test_an_error_is_a_sentence_in_a_box(
    book: SimpleNamespace,
    log: Path,
    platform: str,
    problem: Exception,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    on(platform, monkeypatch)

    def work(_: object) -> str:
        raise problem

    said = button(work)()
    assert words in said
    assert "Traceback" not in said
    assert book.app.boxes == [(said, "critical")]
    assert book.app.drawn == [False, True]
    assert capsys.readouterr() == ("", "")
    assert "Traceback" in log.read_text("utf-8")
    assert str(problem) in log.read_text("utf-8")


def test_no_book_in_front(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delattr(xw.Book, "_mock_caller", raising=False)
    said = ribbon.about()
    assert said.startswith("A button works in Excel, on the workbook in front")
    assert capsys.readouterr().err == f"{said}\n"


def test_an_excel_that_can_show_nothing(
    book: SimpleNamespace, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book.app.alert = MagicMock(side_effect=OSError("busy"))
    said = button(MagicMock(__name__="work", __doc__="", side_effect=WrongState("Select a row.")))()
    assert said == "Select a row."
    assert capsys.readouterr().err == "Select a row.\n"
    assert "busy" in log.read_text("utf-8")


def test_a_log_that_cannot_be_written_keeps_no_sentence_back(
    book: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hscb_xl.base.logs.record", MagicMock(side_effect=ImportError("filelock")))
    said = button(MagicMock(__name__="work", __doc__="", side_effect=KeyError("x")))()
    assert said == "Something went wrong in Plan.xlsm (KeyError); no log could be written."
    assert book.app.boxes == [(said, "critical")]


def busy(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def test_a_click_that_takes_too_long_is_given_up(
    book: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OF_A_PLAN", limits.Limits(seconds=0.1))

    def work(_: object) -> str:
        busy(60)
        return "done"

    begun = time.monotonic()
    said = button(work)()
    assert time.monotonic() - begun < 30
    assert said == (
        "Plan.xlsm took longer than its limit of 0.1 s, and the click was given up: the plan's cells are as "
        "they were, and the next click writes the program's own sheets anew. Look at what is unusual in it, "
        "or run hscb-xl on it, which can be given more --time-limit."
    )
    assert book.app.boxes == [(said, "critical")]
    assert book.app.drawn == [False, True]


def test_no_watch_runs_while_excel_is_asked_to_draw(
    book: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever the time is over, the screen is not left as it is."""
    draw, running = FakeApp.__setattr__, []

    def noted(app: FakeApp, name: str, value: Any) -> None:
        running.append(limits.Watch.running)
        draw(app, name, value)

    monkeypatch.setattr(FakeApp, "__setattr__", noted)
    assert button(lambda _: "done" if limits.Watch.running else "unwatched")() == "done"
    assert book.app.drawn == [False, True]
    assert set(running) == {None}


def test_a_click_in_another_thread_has_no_limit_of_time(book: SimpleNamespace) -> None:
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(button(lambda _: "done")()))
    thread.start()
    thread.join()
    assert said == ["done"]
    assert book.app.drawn == [False, True]


PLACES = [
    ("Book1", "was never saved"),
    ("https://d.docs.live.net/abc/Plan.xlsm", "OneDrive or SharePoint"),
    (xw.XlwingsError("not configured"), "OneDrive or SharePoint"),
]


@pytest.mark.parametrize(("place", "words"), PLACES)
def test_a_workbook_without_a_folder_has_no_exports(
    book: SimpleNamespace, place: Any, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = MagicMock(app=book.app)
    far.name = "Plan.xlsm"
    failing = {"side_effect": place} if isinstance(place, Exception) else {"return_value": place}
    type(far).fullname = property(MagicMock(**failing))
    monkeypatch.setattr(xw.Book, "caller", lambda: far)
    for name in ("export_by_group", "open_export_folder"):
        assert words in getattr(ribbon, name)()


def native(platform: str, words: dict[str, Any]) -> SimpleNamespace:
    """What ``.api`` is on a system: properties with a capital on Windows, a ``get()`` on the Mac."""
    if platform == "win32":
        return SimpleNamespace(**{name.title().replace("_", ""): value for name, value in words.items()})
    return SimpleNamespace(
        **{name: MagicMock(get=lambda value=value: value) for name, value in words.items()}
    )


def protected(platform: str, *, sheet: bool, structure: bool) -> Any:
    plan = SimpleNamespace(name="The plan", tables=[], api=native(platform, {"protect_contents": sheet}))
    plan.tables.append(SimpleNamespace(name="Plan", parent=plan))
    api = native(platform, {"protect_structure": structure, "read_only": True})
    return SimpleNamespace(name="A.xlsm", app=FakeApp(), sheets=[plan], api=api)


@BOX
def test_protections(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on(platform, monkeypatch)
    with pytest.raises(WrongState, match=r"sheet The plan of A\.xlsm is protected.*Unprotect Sheet"):
        live.refuse_protected(protected(platform, sheet=True, structure=False), ["Plan", "Undo"])
    fixed = protected(platform, sheet=False, structure=True)
    with pytest.raises(WrongState, match=r"structure of A\.xlsm is protected.*Protect Workbook"):
        live.refuse_protected(fixed, ["Plan", "Undo"])
    live.refuse_protected(fixed, ["Plan"])
    live.refuse_protected(fixed, [])
    assert live.read_only(fixed)


@BOX
def test_the_user(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on(platform, monkeypatch)
    monkeypatch.setenv("LOGNAME", "jsmith")
    app = FakeApp()
    app.api = native(platform, {"user_name": " J Smith "})
    assert live.user(app) == "J Smith"  # type: ignore[arg-type]
    app.api = native(platform, {"user_name": ""})
    assert live.user(app) == "jsmith"  # type: ignore[arg-type]


class Items(list[Any]):
    """A collection as Excel gives it: counted from 1."""

    Count = property(len)

    def Item(self, number: int) -> Any:  # noqa: N802  # Excel's own name
        return self[number - 1]


NAMES = {"MSIP_Label_x_Enabled": "true", "MSIP_Label_x_Name": "Internal", "Author": "Jane"}
HIDDEN = {6, 9, 10}
LINKS = [(5, "https://x/a", "b"), (6, "", "Lists!A1"), (7, "mailto:a@b", "")]


def in_excel(platform: str) -> Any:
    """A book of a fake Excel with a label, hidden rows and links in a column."""

    def rows(address: str) -> Any:
        first, last = (int(part) for part in address.split(":"))
        found = {row in HIDDEN for row in range(first, last + 1)}
        hidden = found.pop() if len(found) == 1 else None
        return SimpleNamespace(api=native(platform, {"hidden": hidden}))

    def of_column() -> Any:
        if platform == "win32":
            each = [
                SimpleNamespace(Range=SimpleNamespace(Row=row), Address=address, SubAddress=place)
                for row, address, place in LINKS
            ]
            return SimpleNamespace(api=SimpleNamespace(Hyperlinks=Items(each)))
        found = [
            SimpleNamespace(
                range=native(platform, {"first_row_index": row}), address=MagicMock(get=lambda a=a: a)
            )
            for row, a, _ in LINKS
        ]
        return SimpleNamespace(api=native(platform, {"hyperlinks": found}))

    sheet = MagicMock()
    sheet.__getitem__.side_effect = lambda address: of_column() if address == "M5:M10" else rows(address)
    kept = [native(platform, {"name": name, "value": value}) for name, value in NAMES.items()]
    if platform == "win32":
        api = SimpleNamespace(CustomDocumentProperties=Items(kept))
    else:
        api = native(platform, {"custom_document_properties": kept})
    return SimpleNamespace(app=FakeApp(), api=api, sheets={"Plan": sheet})


@BOX
def test_what_a_running_excel_knows_for_exports(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on(platform, monkeypatch)
    facts = live.facts(in_excel(platform))
    assert facts is not None
    label = facts.label()
    assert label is not None
    assert (label.name, len(label.properties)) == ("Internal", 2)
    assert facts.hidden_rows("Plan", 5, 10) == HIDDEN
    first = "https://x/a#b" if platform == "win32" else "https://x/a"
    assert facts.links("Plan", "M5:M10") == {5: first, 7: "mailto:a@b"}


def test_a_label_that_only_a_late_excel_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    on("win32", monkeypatch)
    found = in_excel("win32")
    found.api.CustomDocumentProperties = Items()
    facts = live.facts(found)
    assert facts is not None
    assert facts.label() is None
    said = SimpleNamespace(LabelId="abc", LabelName="Internal", SiteId="def")
    found.api.SensitivityLabel = SimpleNamespace(GetLabel=lambda: said)
    label = facts.label()
    assert label is not None
    assert label.name == "Internal"
    assert dict(label.properties)["MSIP_Label_abc_SiteId"] == "def"


def test_without_excel_the_book_knows_it_itself() -> None:
    assert live.facts(SimpleNamespace(app=FakeApp("hscb_xl"))) is None  # type: ignore[arg-type]


def test_panes_and_pages_on_windows(book: SimpleNamespace) -> None:
    sheet = MagicMock(book=book)
    window = book.app.api = SimpleNamespace(ActiveWindow=SimpleNamespace())
    live.freeze(sheet, 5, 2)
    live.print_set_up(sheet, 4)
    found = window.ActiveWindow
    assert (found.ScrollRow, found.SplitRow, found.SplitColumn, found.FreezePanes) == (1, 4, 1, True)
    page = sheet.api.PageSetup
    assert (page.PrintTitleRows, page.Orientation, page.FitToPagesWide) == ("$4:$4", 2, 1)
    assert (page.Zoom, page.FitToPagesTall) == (False, False)


def test_panes_and_pages_on_the_mac(book: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    on("darwin", monkeypatch)
    monkeypatch.setitem(sys.modules, "appscript", SimpleNamespace(k=SimpleNamespace(landscape="wide")))
    sheet = MagicMock(book=book)
    book.app.api = MagicMock()
    live.freeze(sheet, 5, 2)
    live.print_set_up(sheet, 4)
    window, page = book.app.api.active_window, sheet.api.page_setup_object
    window.split_row.set.assert_called_once_with(4)
    window.split_column.set.assert_called_once_with(1)
    window.freeze_panes.set.assert_called_with(True)
    page.print_title_rows.set.assert_called_once_with("$4:$4")
    page.page_orientation.set.assert_called_once_with("wide")


def test_opening_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr("os.startfile", opened.append, raising=False)
    monkeypatch.setattr("subprocess.run", lambda words, **_: SimpleNamespace(returncode=opened.append(words)))
    for platform, expected in (("win32", True), ("darwin", True), ("linux", False)):
        on(platform, monkeypatch)
        assert live.show(tmp_path) is expected
    assert opened == [tmp_path, ["open", str(tmp_path)]]
