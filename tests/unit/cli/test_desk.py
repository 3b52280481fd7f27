"""``hscb-xl install`` and ``hscb-xl doctor``, and the button Doctor, on desks of every kind."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hscb_xl import desk as desks
from hscb_xl import ribbon
from hscb_xl.build import build
from hscb_xl.cli import main
from hscb_xl.desk.system import Desk, System
from hscb_xl.engine import open_book
from hscb_xl.importer import read_document
from tests.clicking import calling
from tests.unit.desk.conftest import MakeDesk, make_desk

__all__ = ["make_desk"]  # the fixture

WORKBOOK = Path(__file__).resolve().parents[3] / "workbook" / "ImprovementPlan.xlsm"
SOURCE = WORKBOOK.parent / "source" / "improvement_plan.txt"


def sit(at: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Let the commands and the button take this desk for the one they run on."""
    monkeypatch.setattr(desks, "this_desk", lambda: at)
    return at


def hscb(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.mark.parametrize("system", ["windows", "mac"])
def test_installed_looked_at_and_removed(
    system: System, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(make_desk(system), monkeypatch)
    before = hscb("doctor", WORKBOOK)
    assert before.exit_code == 1
    assert before.stdout.count("Close Excel and run hscb-xl install.") == (5 if system == "windows" else 4)
    first, second = hscb("install"), hscb("install")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.endswith("\nClose Excel and open it again.\n")
    assert second.stdout.endswith("\nNothing had to be changed.\n")
    after = hscb("doctor", WORKBOOK)
    assert after.exit_code == 0, after.stdout
    assert after.stdout.splitlines()[-1].startswith("Nothing is wrong")
    assert hscb("install", "--remove").exit_code == 0
    assert hscb("doctor").exit_code == 1


@pytest.mark.parametrize("system", ["windows", "mac"])
def test_a_desk_with_workbooks_that_bring_their_own_macros(
    system: System, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = sit(make_desk(system), monkeypatch)
    alone = tmp_path / "Alone.xlsm"
    build(read_document(SOURCE), alone, as_of=None, standalone=True)
    assert hscb("install").exit_code == 0
    (desk.startup / "xlwings.xlam").unlink()
    seen = hscb("doctor", alone)
    assert seen.exit_code == 0, seen.stdout
    assert f"missing in {desk.startup}; not needed: this workbook brings its own macros\n" in seen.stdout
    for words in (["doctor"], ["doctor", WORKBOOK]):
        seen = hscb(*words)
        assert seen.exit_code == 1
        assert "1 thing is to be put right" in seen.stdout
        assert ("--standalone" in seen.stdout) is (words == ["doctor"])
    book = open_book(str(alone))
    with calling(book):
        assert ribbon.doctor().startswith("All is well: 26 actions can be read")
    book.close()


def test_where_there_is_no_excel(make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sit(make_desk("other"), monkeypatch)
    done = hscb("install")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("hscb-xl: Excel runs on Windows and on the Mac, so there is no add-in")
    assert not desk.home.exists()
    seen = hscb("doctor", WORKBOOK)
    assert seen.exit_code == 0
    assert seen.stdout.endswith("Nothing is wrong; 5 could not be looked at here.\n")


def test_what_is_no_workbook(make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sit(make_desk("other"), monkeypatch)
    assert hscb("doctor", tmp_path / "None.xlsm").exit_code == 2
    assert hscb("doctor", tmp_path).exit_code == 2
    address = hscb("doctor", "https://x.sharepoint.com/Plan.xlsm")
    assert address.exit_code == 1
    assert "is an address of OneDrive or SharePoint" in address.stdout
    (tmp_path / "Text.xlsm").write_text("text", encoding="utf-8")
    assert "not an Excel workbook" in hscb("doctor", tmp_path / "Text.xlsm").stdout


def test_the_button_says_what_the_command_finds(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = sit(make_desk("windows"), monkeypatch)
    copy = tmp_path / WORKBOOK.name
    copy.write_bytes(WORKBOOK.read_bytes())
    book = open_book(str(copy))
    with calling(book):
        said = ribbon.doctor()
        assert said.startswith("26 actions can be read, exports go to ")
        assert f"To be put right: Add-in: The add-in xlwings.xlam is missing in {desk.startup}. Close" in said
        hscb("install")
        assert ribbon.doctor().startswith("All is well: 26 actions can be read")
    book.close()


def test_every_check_is_on_the_administrators_page(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (WORKBOOK.parents[1] / "docs" / "administrators.md").read_text("utf-8")
    table = page.partition("| doctor looks at |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in row.split("|")[1].strip().split(", ")}
    shown = set()
    for system in ("windows", "mac"):
        sit(make_desk(system), monkeypatch)
        lines = hscb("doctor", WORKBOOK).stdout.splitlines()[:-1]
        shown |= {line[11:21].strip() for line in lines if not line.startswith(" ")}
    assert named == shown
