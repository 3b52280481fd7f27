"""What counts as protected, and the one sentence about all of it."""

from pathlib import Path

import pytest
import xlwings as xw

from hscb_xl.engine import open_book
from hscb_xl.errors import WrongState
from hscb_xl.tasks import protection, run
from hscb_xl.tasks.protection import Protected
from tests.protecting import protect
from tests.unit.tasks.conftest import MakeBook, action


@pytest.fixture
def path(make_book: MakeBook) -> Path:
    """A plan without the sheets Checks and Summary."""
    book = make_book([action(1)])
    book.close()
    return Path(book.fullname)


def opened(path: Path) -> xw.Book:
    return open_book(str(path))


MARKS = [
    (b'<sheetProtection sheet="1"/>', True),
    (b"<sheetProtection sheet='true' objects='1'/>", True),
    (b'<sheetProtection sheet="0" objects="1" scenarios="1"/>', False),
    (b'<sheetProtection objects="1"/>', False),
]


@pytest.mark.parametrize(("mark", "is_protected"), MARKS)
def test_what_protects_the_cells_of_a_sheet(path: Path, mark: bytes, is_protected: bool) -> None:
    protect(path, ["Plan"], how=mark)
    found = protection.found(opened(path), ["Plan"])
    assert found == Protected(("Plan",) if is_protected else ())


def test_a_structure_matters_where_a_sheet_must_be_added(path: Path) -> None:
    protect(path, structure=True)
    book = opened(path)
    assert protection.found(book, ["Plan"]) == Protected()
    assert protection.found(book, ["Plan", "Checks"]) == Protected((), structure=True)
    assert protection.found(book, ["plan", "History"]) == Protected((), structure=True)
    book.sheets.add("Checks")
    assert protection.found(book, ["Plan", "Checks"]) == Protected()


def test_a_table_counts_where_it_stands(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    path = Path(book.fullname)
    book.sheets["Plan"].name = "Actions 2015"
    book.save()
    book.close()
    protect(path, ["Actions 2015"])
    assert protection.found(opened(path), ["Plan"]).sheets == ("Actions 2015",)


def test_a_book_without_a_plan_is_not_written(path: Path) -> None:
    book = opened(path)
    book.sheets["Plan"].tables["Plan"].name = "Actions"
    book.save()
    book.close()
    protect(path, ["Plan"], structure=True)
    assert not protection.found(opened(path), run.WRITES)


SENTENCES = [
    (
        Protected(("Plan",)),
        "The sheet Plan of plan.xlsx is protected, so nothing was changed: "
        "take the protection off (Review, Unprotect Sheet) and click again.",
    ),
    (
        Protected(("Plan", "Checks", "Summary")),
        "The sheets Plan, Checks and Summary of plan.xlsx are protected, so nothing was changed: "
        "take the protection off (Review, Unprotect Sheet) and click again.",
    ),
    (
        Protected((), structure=True),
        "The structure of plan.xlsx is protected, so that a sheet the program needs cannot be added: "
        "take the protection off (Review, Protect Workbook) and click again.",
    ),
    (
        Protected(("Plan",), structure=True),
        "The sheet Plan of plan.xlsx is protected, and so is its structure, so that a sheet the program "
        "needs cannot be added: take the protection off (Review, Unprotect Sheet and Protect Workbook) and "
        "click again.",
    ),
]


@pytest.mark.parametrize(("protected", "sentence"), SENTENCES)
def test_one_sentence_says_all(path: Path, protected: Protected, sentence: str) -> None:
    with pytest.raises(WrongState) as raised:
        protection.refuse(opened(path), protected, protection.CLICK)
    assert str(raised.value) == sentence


def test_nothing_protected_is_no_error(path: Path) -> None:
    protection.refuse(opened(path), Protected(), protection.CLICK)


NAMED = [
    (Protected(("Plan",)), "the sheet Plan."),
    (
        Protected(("Plan", "Checks"), structure=True),
        "the sheets Plan and Checks and the structure of the workbook.",
    ),
    (Protected((), structure=True), "the structure of the workbook."),
]


@pytest.mark.parametrize(("protected", "words"), NAMED)
def test_what_is_written_all_the_same_is_named(protected: Protected, words: str) -> None:
    assert protection.all_the_same(protected) == f"Written all the same, as --protected says: {words}"
