"""Backups and undo on the command line: what was there comes back, and nothing is lost by asking for it."""

import os
import re
from pathlib import Path

import pytest

from hscb_xl.engine import open_book
from hscb_xl.store import backups
from tests.system.conftest import AS_OF, Run

DAYS = ("2014-10-01", "2015-01-01", AS_OF)
LONG_AGO = 1_431_426_600
FIRST = r" 1  +\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d +\d+ KB  "


@pytest.fixture
def states(hscb: Run, book: Path) -> list[bytes]:
    """What the book held before the first run and after each."""
    made = [book.read_bytes()]
    for day in DAYS:
        assert hscb("run", book, "--as-of", day).code == 0
        made.append(book.read_bytes())
    return made


def type_into(book: Path, text: str) -> bytes:
    """What an officer does in Excel."""
    opened = open_book(str(book))
    opened.sheets["Plan"]["K5"].value = text
    opened.save()
    opened.close()
    return book.read_bytes()


def test_undo_and_undone(hscb: Run, book: Path, states: list[bytes]) -> None:
    outcome = hscb("undo", book)
    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(
        r"ImprovementPlan\.xlsm is again what it was before the save of .* \d{4} [\d:]+\.\n", outcome.out
    )
    assert book.read_bytes() == states[2]
    assert hscb("undo", book).code == 0
    assert book.read_bytes() == states[3]
    assert len(backups.listed(book)) == 4


def test_what_somebody_changed_since_is_left_alone(hscb: Run, book: Path, states: list[bytes]) -> None:
    theirs = type_into(book, "Complete")
    outcome = hscb("undo", book)
    assert outcome.code == 3
    assert outcome.err == (
        "hscb-xl: ImprovementPlan.xlsm was changed since the program last saved it with a backup: "
        "with --force that state is backed up and the earlier one brought back.\n"
    )
    assert book.read_bytes() == theirs
    assert hscb("undo", book, "--force").code == 0
    assert book.read_bytes() == states[2]
    assert hscb("undo", book).code == 0
    assert book.read_bytes() == theirs


def test_any_backup_by_its_number(hscb: Run, book: Path, states: list[bytes]) -> None:
    assert hscb("undo", book, "--to", 3).code == 0
    assert book.read_bytes() == states[0]
    outcome = hscb("undo", book, "--to", 9)
    assert (outcome.code, outcome.err) == (
        2,
        "hscb-xl: ImprovementPlan.xlsm has no backup 9: choose one from 1 to 4.\n",
    )


def test_the_list_says_when_how_large_and_what_differs(hscb: Run, book: Path, states: list[bytes]) -> None:
    lines = hscb("backups", book).out.splitlines()
    assert len(lines) == 4
    assert re.match(rf" {FIRST}differs in Plan, Checks, Summary", lines[0]), lines[0]
    assert lines[-1] == f"They are in {backups.folder(book)}."
    hscb("undo", book)
    assert [line.split("KB")[1].strip() for line in hscb("backups", book).out.splitlines()[:2]] == [
        "differs in Plan, Checks, Summary",
        "the same",
    ]


def test_a_backup_that_is_no_workbook_is_listed(hscb: Run, book: Path, states: list[bytes]) -> None:
    backups.listed(book)[0].path.write_bytes(b"damaged")
    assert "cannot be compared" in hscb("backups", book).out


def test_a_kill_between_backup_and_save_is_not_undone_in_its_place(
    hscb: Run, book: Path, states: list[bytes]
) -> None:
    backups.make(book, states[3], b"never saved")
    assert hscb("undo", book).code == 0
    assert book.read_bytes() == states[2]


def test_how_many_are_kept(hscb: Run, book: Path, states: list[bytes]) -> None:
    hscb("rate", book, "--as-of", "2015-06-01", "--keep", 2)
    assert len(backups.listed(book)) == 2
    opened = open_book(str(book))
    opened.sheets["Settings"]["B10"].value = 1
    opened.save()
    opened.close()
    hscb("rate", book, "--as-of", "2015-07-01")
    assert len(backups.listed(book)) == 1


def test_a_second_run_touches_no_file(hscb: Run, book: Path, states: list[bytes]) -> None:
    places = [book, *backups.folder(book).iterdir(), backups.folder(book)]
    for place in places:
        os.utime(place, (LONG_AGO, LONG_AGO))
    beside = set(book.parent.iterdir())
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    assert {place.stat().st_mtime for place in places} == {LONG_AGO}
    assert set(book.parent.iterdir()) == beside


def test_without_backups_there_is_nothing_to_undo(hscb: Run, book: Path) -> None:
    assert hscb("run", book, "--as-of", AS_OF, "--keep", 0).code == 0
    assert not (book.parent / backups.FOLDER).exists()
    assert hscb("backups", book).out == "ImprovementPlan.xlsm has no backups.\n"
    outcome = hscb("undo", book)
    assert outcome.code == 2
    assert "ImprovementPlan.xlsm has no backup of an earlier state in" in outcome.err


def test_a_wrong_number_in_the_settings_names_its_cell(hscb: Run, book: Path) -> None:
    opened = open_book(str(book))
    opened.sheets["Settings"]["B10"].value = "five"
    opened.save()
    opened.close()
    outcome = hscb("run", book, "--as-of", AS_OF)
    assert outcome.code == 2
    assert "Settings!B10: Backups to keep cannot be 'five'; write a whole number from 0" in outcome.err


@pytest.mark.parametrize("command", ["undo", "backups"])
def test_no_such_book(hscb: Run, tmp_path: Path, command: str) -> None:
    outcome = hscb(command, tmp_path / "none.xlsm")
    assert outcome.code == 2
    assert re.match(r"hscb-xl: There is no file .*none\.xlsm", outcome.err)


def test_a_book_open_in_excel_is_not_undone(hscb: Run, book: Path, states: list[bytes]) -> None:
    book.with_name(f"~${book.name}").write_bytes(b"\x04Jane".ljust(54))
    assert hscb("undo", book).code == 3
    assert book.read_bytes() == states[3]


def test_what_is_overwritten_by_save_as_is_kept(hscb: Run, book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsm"
    copy.write_bytes(b"somebody's file")
    assert hscb("run", book, "--as-of", AS_OF, "--save-as", copy).code == 0
    assert [backup.path.read_bytes() for backup in backups.listed(copy)] == [b"somebody's file"]
