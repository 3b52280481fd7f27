"""Every button on the board's own plan, without Excel: what it says and leaves; and as RunPython calls it."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.filters import FilterColumn, Filters

from hscb_xl import ribbon
from hscb_xl.base.limits import Watch
from hscb_xl.engine import open_book
from hscb_xl.plan.columns import COLUMNS
from hscb_xl.tasks import rate, undo
from hscb_xl.tasks.book import tables
from tests.clicking import calling, select

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "workbook" / "ImprovementPlan.xlsm"
AS_OF = datetime(2015, 5, 12)
HEADERS = [column.header for column in COLUMNS]
OFFICERS = [column.header for column in COLUMNS if column.owner != "program"]
COMPUTED = ["Due Date", "Auto RAG", "Days Overdue", "Timing", "Why"]

Say = Callable[[str], str]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the board's workbook whose Settings rate it for 12 May 2015."""
    path = tmp_path / WORKBOOK.name
    path.write_bytes(WORKBOOK.read_bytes())
    book = open_book(str(path))
    settings = tables.find(book, "Settings")
    assert settings is not None
    names = [row[0] for row in tables.body(settings)]
    settings.data_body_range[names.index("As of"), 1].value = AS_OF
    book.save()
    book.close()
    return path


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    return tmp_path / "log" / "hscb_xl.log"


@pytest.fixture
def book(plan: Path) -> Iterator[xw.Book]:
    opened = open_book(str(plan))
    with calling(opened):
        yield opened
    opened.close()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Clicks a button; what it told, which must be what it returned, on one line and not as an error."""

    def click(button: str) -> str:
        capsys.readouterr()
        said: str = getattr(ribbon, button)()
        assert capsys.readouterr() == (f"{said}\n", "")
        return said

    return click


def rows(book: xw.Book, columns: Sequence[str] = HEADERS) -> dict[float, list[Any]]:
    """The plan's cells in these columns, wherever they stand, by the action's number."""
    table = tables.find(book, "Plan")
    assert table is not None
    headers = tables.headers(table)
    body = [dict(zip(headers, row, strict=True)) for row in tables.body(table)]
    return {row["No"]: [row[column] for column in columns] for row in body if row["No"]}


def test_check_and_next_finding(book: xw.Book, say: Say) -> None:
    before = rows(book)
    assert say("check_plan") == (
        "Checked: 1 error, 57 warnings and 20 for information. Next finding goes through them on the plan."
    )
    assert book.sheets.active.name == "Checks"
    assert say("next_finding").startswith("Error in Plan!I26, 1 of 73: RAG Rating is empty.")
    assert book.app.selection.address == "$I$26"
    assert re.match(r"Warning in Plan!K5, 2 of 73: Progress says it is complete", say("next_finding"))
    assert rows(book) == before


def test_refresh_accept_and_undo(book: xw.Book, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "jsmith")
    before = rows(book)
    select(book, "Plan", "H6:J9")
    assert say("accept_rating") == (
        "Nothing was accepted. Actions 2, 3, 4 and 5: whose Auto RAG is out of date, and left "
        "(click Refresh RAG first)."
    )
    assert say("refresh_rag") == (
        "26 actions rated as of 12 May 2015; 13 differ from the agreed rating (column Agreed v Auto)."
    )
    refreshed = rows(book)
    assert say("accept_rating") == (
        "Computed rating accepted for actions 2, 4 and 5 and written into History. "
        "Action 3: agreed as computed already."
    )
    changed = {no for no, cells in rows(book).items() if cells != refreshed[no]}
    assert changed == {2, 4, 5}
    history = tables.find(book, "History")
    assert history is not None
    assert [line[1:3] for line in tables.body(history)][-3:] == [["accepted", no] for no in (2, 4, 5)]
    assert tables.body(history)[-1][6].endswith("; accepted by jsmith")
    assert say("undo_last_run") == "Undone: Accept computed rating, 6 cells put back."
    assert rows(book) == refreshed
    assert say("undo_last_run").startswith("There is nothing to undo")
    assert rows(book, OFFICERS) == {no: cells[: len(OFFICERS)] for no, cells in before.items()}


def busy(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


@pytest.fixture
def hurried(book: xw.Book) -> xw.Book:
    """A book whose Settings give a click one second."""
    settings = tables.find(book, "Settings")
    assert settings is not None
    names = [row[0] for row in tables.body(settings)]
    settings.data_body_range[names.index("Longest run (seconds)"), 1].value = 1
    return book


def test_a_click_takes_no_longer_than_the_settings_allow(
    hurried: xw.Book, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(hurried)
    monkeypatch.setattr("hscb_xl.tasks.run.judge", lambda *_: busy(60))
    said = say("refresh_rag")
    assert said.startswith("ImprovementPlan.xlsm took longer than its limit of 1 s")
    assert re.search(r"raise the limit in Settings!B\d+\.$", said)
    assert rows(hurried) == before


def out_of_time(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same work, begun when the click's time is over."""

    def late(*given: Any) -> Any:
        assert Watch.running is not None
        Watch.running.shorten(0.001, "too late")
        busy(0.1)
        return work(*given)

    return late


def test_a_click_that_writes_the_plan_already_is_finished(
    book: xw.Book, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(book)
    monkeypatch.setattr("hscb_xl.tasks.rate.run", out_of_time(rate.run))
    assert say("refresh_rag").startswith("26 actions rated as of 12 May 2015")
    assert rows(book) != before
    monkeypatch.setattr("hscb_xl.tasks.undo._write", out_of_time(undo._write))
    assert re.match(r"Undone: Refresh RAG, \d+ cells put back\.", say("undo_last_run"))
    assert rows(book) == before


def test_undo_outlives_saving_and_closing(plan: Path, say: Say) -> None:
    with calling(open_book(str(plan))) as book:
        before = rows(book)
        say("refresh_rag")
        book.save()
        book.close()
    with calling(open_book(str(plan))) as book:
        assert rows(book) != before
        assert re.match(r"Undone: Refresh RAG, \d+ cells put back\.", say("undo_last_run"))
        assert rows(book) == before
        book.close()


def test_look_share_summary_and_help(book: xw.Book, say: Say, plan: Path, log: Path) -> None:
    exports = plan.parent / "ImprovementPlan exports"
    assert say("open_export_folder") == (
        "There is no export of ImprovementPlan.xlsm yet: click one of the export buttons first."
    )
    assert say("apply_formatting") == "Every column has its colours already."
    book.sheets["Plan"]["I5:I30"].conditional_formats.clear()
    assert say("apply_formatting") == "1 column given their colours; the others had them."
    assert say("export_by_group") == (
        f"5 files written to {exports}, the pack first: Actions by monitoring group.xlsx."
    )
    assert say("export_by_lead").startswith(f"11 files written to {exports}")
    assert "Exceptions by monitoring group.xlsx" in say("export_exceptions")
    assert say("open_export_folder") == f"The exports are in {exports}."
    assert len(list(exports.rglob("*.xlsx"))) == 5 + 11 + 5
    assert say("update_summary") == "Summary updated: 26 actions, 14 overdue."
    assert book.sheets.active.name == "Summary"
    assert "working on ImprovementPlan.xlsm" in say("about")
    assert say("doctor").startswith("All is well: 26 actions can be read")
    assert say("open_log") == f"The log is {log}."


@pytest.mark.validator
def test_what_clicks_leave_is_a_sound_workbook(
    book: xw.Book, say: Say, plan: Path, validate: Callable[[Path], list[str]]
) -> None:
    before = validate(plan)
    for button in ("refresh_rag", "check_plan", "update_summary"):
        say(button)
    select(book, "Plan", "A5:A9")
    say("accept_rating")
    book.save()
    assert {sheet.title: sheet.sheet_state for sheet in openpyxl.load_workbook(plan)}["Undo"] == "hidden"
    assert validate(plan) == before


def test_nothing_is_changed_by_a_second_click(book: xw.Book, say: Say, plan: Path) -> None:
    for button in ("check_plan", "refresh_rag", "apply_formatting", "update_summary"):
        say(button)
        book.save()
        first = plan.read_bytes()
        say(button)
        book.save()
        assert plan.read_bytes() == first, button


def test_another_workbook_is_in_front(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "Other.xlsx"
    openpyxl.Workbook().save(path)
    with calling(open_book(str(path))) as other:
        for button in ("check_plan", "accept_rating", "undo_last_run", "export_by_lead"):
            said = say(button)
            assert said.startswith(("Other.xlsx has no table named Plan", "There is nothing to undo"))
        assert [sheet.name for sheet in other.sheets] == ["Sheet"]
        other.close()


def sorted_and_moved(path: Path) -> None:
    """Rows upside down, two columns moved behind a new one of the officer's own, rows inserted."""
    book = open_book(str(path))
    table = book.sheets["Plan"].tables["Plan"]
    table.columns.add("Mine")
    headers, body = tables.headers(table), tables.body(table)
    order = [*range(2, len(headers)), 0, 1]
    formats = [table.data_body_range[0, index].number_format for index in order]
    table.header_row_range.value = [headers[index] for index in order]
    table.data_body_range.clear_contents()
    for place, number_format in enumerate(formats):
        table.data_body_range[:, place].number_format = number_format
    table.data_body_range.value = [[row[index] for index in order] for row in reversed(body)]
    table.range.sheet["9:10"].insert("down")
    book.save()
    book.close()


def filtered(path: Path) -> None:
    """Only one group shown, by the table's filter, as another program saves it."""
    book = openpyxl.load_workbook(path, keep_vba=True)
    sheet = book["Plan"]
    table = sheet.tables["Plan"]
    group = HEADERS.index("Monitoring and Evaluation")
    table.autoFilter.filterColumn.append(
        FilterColumn(colId=group, filters=Filters(filter=["HSCB Strategic Board"]))
    )
    for row in range(5, 31):
        hidden = sheet.cell(row, group + 1).value != "HSCB Strategic Board"
        sheet.row_dimensions[row].hidden = hidden
    book.save(path)


@pytest.mark.parametrize("edit", [sorted_and_moved, filtered], ids=lambda edit: edit.__name__)
def test_a_workbook_that_was_worked_on(edit: Callable[[Path], None], say: Say, plan: Path) -> None:
    with calling(open_book(str(plan))) as book:
        say("refresh_rag")
        expected = rows(book, COMPUTED)
        book.close()
    edit(plan)
    with calling(open_book(str(plan))) as other:
        before = rows(other, OFFICERS)
        assert say("refresh_rag").startswith("26 actions rated as of 12 May 2015; 13 differ")
        assert rows(other, COMPUTED) == expected
        assert rows(other, OFFICERS) == before
        said = say("check_plan")
        assert said.startswith("Checked: ")
        assert "1 of " in say("next_finding")
        select(other, "Plan", "A:A")
        assert say("accept_rating").startswith("Computed rating accepted for action")
        assert {no for no, cells in rows(other, OFFICERS).items() if cells != before[no]}
        assert say("undo_last_run").startswith("Undone: Accept computed rating")
        assert rows(other, OFFICERS) == before
        for button in ("apply_formatting", "update_summary", "export_by_group"):
            assert "went wrong" not in say(button)
        other.save()
        other.close()


def test_a_filter_keeps_hidden_rows_from_being_accepted(plan: Path, say: Say) -> None:
    filtered(plan)
    with calling(open_book(str(plan))) as book:
        say("refresh_rag")
        select(book, "Plan", "A5:A30")
        before = rows(book, ["Monitoring and Evaluation", "RAG Rating"])
        say("accept_rating")
        after = rows(book, ["Monitoring and Evaluation", "RAG Rating"])
        changed = [after[no][0] for no in before if after[no] != before[no]]
        assert changed
        assert set(changed) == {"HSCB Strategic Board"}
        book.close()


def run_python(plan: Path, command: str) -> subprocess.CompletedProcess[str]:
    """The command line that xlwings' RunPython builds, in a process where our engine stands in for Excel."""
    opened = f"from hscb_xl.engine import open_book; book = open_book({str(plan)!r})"
    path = f"true;{plan};{plan};;;;{ROOT}"
    code = f"import xlwings.utils;xlwings.utils.prepare_sys_path({path!r}); {opened}; {command}; book.save()"
    words = [sys.executable, "-B", "-c", code, f"--wb={plan.name}", "--from_xl=1", "--app=Excel", "--hwnd=1"]
    return subprocess.run(
        words, capture_output=True, text=True, encoding="utf-8", cwd=plan.parent, check=False
    )


def test_run_python_calls_it_so(plan: Path) -> None:
    bas = (Path(xw.__file__).parent / "xlwings.bas").read_text("utf-8")
    for piece in (
        "import xlwings.utils;xlwings.utils.prepare_sys_path(",
        " --wb=",
        " --from_xl=1",
        " --hwnd=",
    ):
        assert piece in bas, f"this xlwings calls Python otherwise: {piece}"
    done = run_python(plan, "import hscb_xl.ribbon; hscb_xl.ribbon.refresh_rag()")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("26 actions rated as of 12 May 2015; 13 differ from the agreed rating")
    found = openpyxl.load_workbook(plan)["Plan"]
    letters = [found.cell(row, HEADERS.index("Auto RAG") + 1).value for row in range(5, 31)]
    assert (letters.count("G"), letters.count("R")) == (12, 14)


def test_a_failing_button_is_no_error_for_run_python(plan: Path, log: Path) -> None:
    broken = (
        "import hscb_xl.ribbon, hscb_xl.tasks.rate as rate; rate.run = None; hscb_xl.ribbon.refresh_rag()"
    )
    done = run_python(plan, broken)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Something went wrong in {plan.name} (TypeError); the log is at {log}.\n"
    assert "Traceback" in log.read_text("utf-8")


def buttons() -> list[tuple[str, str]]:
    """The group and the label of every button, in the order of the ribbon."""
    namespace = "{http://schemas.microsoft.com/office/2009/07/customui}"
    tree = ElementTree.parse(ROOT / "hscb_xl" / "build" / "ribbon" / "customUI14.xml")
    return [
        (group.attrib["label"], button.attrib["label"])
        for group in tree.iter(f"{namespace}group")
        for button in group.iter(f"{namespace}button")
    ]


def test_every_button_is_on_the_officers_page_in_the_ribbons_order() -> None:
    page = (ROOT / "docs" / "officers.md").read_text("utf-8")
    table = page.partition("| group | button |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\w+) \| ([^|]+) \|", table, re.MULTILINE) == buttons()
