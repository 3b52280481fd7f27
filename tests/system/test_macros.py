"""The macros run by LibreOffice: every button of the ribbon, down to the workbook that Python edits.

The modules are the workbook's own but for the two that need Excel: the one that calls xlwings starts Python
itself, and the one that shows a message keeps it.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from hscb_xl.build import build
from hscb_xl.build.ribbon import parts
from hscb_xl.build.vba import Module, modules
from hscb_xl.importer import read_document

HERE = Path(__file__).resolve().parent
WAITING, NORMAL = "2", "-4143"  # Excel's numbers for its cursors: xlWait, xlDefault

Clicks = Callable[..., list[Any]]


def on_actions() -> list[str]:
    """What the ribbon names, as Excel reads it."""
    new = ElementTree.fromstring(parts()[1].data)
    return [element.attrib["onAction"] for element in new.iter() if "onAction" in element.attrib]


def module_of(path: Path, filled: dict[str, str]) -> Module:
    """A module of the test's own, with what it is told of this run."""
    text = path.read_text("utf-8")
    for place, value in filled.items():
        text = text.replace(place, value)
    return Module(path.stem, "class" if path.suffix == ".cls" else "standard", text.replace("\n", "\r\n"))


@pytest.fixture(scope="module")
def uno_python() -> str:
    """A Python that has LibreOffice's bridge: the system's, or LibreOffice's own."""
    beside = Path(shutil.which("soffice") or "soffice").resolve().parent / "python"
    for candidate in filter(shutil.which, ("/usr/bin/python3", str(beside), sys.executable)):
        found = subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False)
        if not found.returncode:
            return candidate
    pytest.skip("no Python here has LibreOffice's uno (Debian: python3-uno)")


@pytest.fixture
def clicked(
    uno_python: str,
    source_document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Clicks:
    """Builds the workbook from the test's modules and calls functions of it in LibreOffice."""
    book, record = tmp_path / "Plan.xlsm", tmp_path / "clicks.txt"
    # LibreOffice has the one open, and nobody else is to write it then.
    worked = tmp_path / "worked" / "Plan.xlsm"
    worked.parent.mkdir()
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("PYTHONPATH", str(HERE.parents[1]))

    def run(calls: list[str], misspelt: tuple[str, str] = ("", "")) -> list[Any]:
        sources = swapped_modules(worked, record, misspelt)
        with monkeypatch.context() as patched:
            patched.setattr("hscb_xl.build.workbook.modules", lambda **_: sources)
            build(read_document(source_document), book, as_of=None)
        worked.write_bytes(book.read_bytes())
        command = [
            uno_python,
            str(HERE / "macros_in_office.py"),
            str(book),
            str(tmp_path / "profile"),
            *calls,
        ]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
        assert not done.returncode, done.stderr
        found: list[Any] = json.loads(done.stdout)
        return found

    return run


def swapped_modules(book: Path, record: Path, misspelt: tuple[str, str]) -> list[Module]:
    command = f"{sys.executable} {HERE / 'macros_click.py'}"
    cases = "\n".join(f'        Case "{name}": {name} control' for name in on_actions())
    filled = {"{command}": command, "{book}": str(book), "{record}": str(record), "{cases}": cases}
    swapped = {path.stem: module_of(path, filled) for path in (HERE / "macros").iterdir()}
    kept = [module for module in modules() if module.name not in swapped]
    assert {module.name for module in kept} >= {"Ribbon", "ThisWorkbook", "shPlan"}
    right, wrong = misspelt
    kept = [Module(one.name, one.kind, one.text.replace(right, wrong) if right else one.text) for one in kept]
    return [*kept, *swapped.values(), own_way_to_python()]


def own_way_to_python() -> Module:
    """The module that the workbook itself has in this place, beside the one that takes it here."""
    [own] = [module for module in modules() if module.name == "Python"]
    return Module("AddIn", own.kind, own.text.replace('"Python"', '"AddIn"'))


# What each button says, in the ribbon's order, and whether it changes the workbook.
SAID = {
    "check_plan": ("Checked: 1 error, ", True),
    "next_finding": ("Error in Plan!I26", True),
    "refresh_rag": ("26 actions rated", True),
    "accept_rating": ("Computed rating accepted for action 22", True),
    "apply_formatting": ("Every column has its colours already.", False),
    "export_by_group": ("5 files written to ", False),
    "export_by_lead": ("11 files written to ", False),
    "export_exceptions": ("5 files written to ", False),
    "open_export_folder": ("The exports are in ", False),
    "update_summary": ("Summary updated: 26 actions", True),
    "undo_last_run": ("Undone: Accept computed rating", True),
    "about": ("Improvement plan ", False),
    "doctor": ("All is well: 26 actions can be read, ", False),
    "open_log": ("There is no log: ", False),
}


@pytest.mark.libreoffice
def test_every_button_starts_python_which_edits_the_workbook(
    clicked: Clicks, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    names = on_actions()
    assert clicked([f"Driver.Fire={name}" for name in names]) == [f"fired, {WAITING}, {NORMAL}, "] * len(
        names
    )
    clicks = [json.loads(line) for line in (tmp_path / "clicks.txt").read_text("utf-8").splitlines()]
    assert [click["code"] for click in clicks] == [
        f"import hscb_xl.ribbon; hscb_xl.ribbon.{task}()" for task in SAID
    ]
    for click, (words, edited) in zip(clicks, SAID.values(), strict=True):
        assert click["said"].startswith(words)
        assert click["edited"] == edited
    record_property("callbacks fired", len(clicks))
    assert_edited(tmp_path / "worked" / "Plan.xlsm")


def assert_edited(path: Path) -> None:
    """What the clicks together leave: ratings, findings and figures, and the accepted rating taken back."""
    book = openpyxl.load_workbook(path)
    headers, *rows = table(book["Plan"], "Plan")
    assert all(row[headers.index("Auto RAG")] in ("R", "A", "G") for row in rows)
    assert rows[21][headers.index("RAG Rating")] is None
    assert len(table(book["Checks"], "Checks")) > len(rows)
    assert "By monitoring group" in {cell.value for [cell] in book["Summary"]["A1:A99"]}


def table(sheet: Worksheet, name: str) -> list[list[Any]]:
    return [[cell.value for cell in cells] for cells in sheet[sheet.tables[name].ref]]


@pytest.mark.libreoffice
def test_what_goes_wrong_is_told_and_the_cursor_comes_back(clicked: Clicks) -> None:
    name = on_actions()[0]
    modes = ("raises", "stops", "missing")
    calls = [call for mode in modes for call in (f"Driver.Become={mode}", f"Driver.Fire={name}")]
    raises, stops, missing = clicked(calls)[1::2]
    assert raises.startswith(f"fired, {WAITING}, {NORMAL}, The button could not do its work (")
    assert raises.endswith('ask your administrator to run "hscb-xl doctor" on this computer.')
    assert stops.startswith(f"fired, {WAITING}, {NORMAL}, Python did not start, or stopped")
    assert missing == f"fired, , {NORMAL}, how to get it"


@pytest.mark.libreoffice
def test_without_the_add_in_the_workbook_s_own_module_says_so(clicked: Clicks) -> None:
    there, how = clicked(["AddIn.IsThere", "AddIn.HowToGetIt"])
    assert there is False
    assert how.startswith("The xlwings add-in is not loaded, so nothing was done: close Excel and open")
    assert how.endswith('ask your administrator to run "hscb-xl install" on this computer.')


@pytest.mark.libreoffice
def test_a_misspelt_callback_is_noticed(clicked: Clicks) -> None:
    [unknown] = clicked(["Driver.Fire=Ribbon.ChekPlan"])
    assert unknown == "error: no such callback"
    name = on_actions()[0]
    assert name == "Ribbon.CheckPlan"
    [misspelt] = clicked([f"Driver.Fire={name}"], ("Public Sub CheckPlan(", "Public Sub ChekPlan("))
    assert not (misspelt or "").startswith("fired")
