"""An open book held to lower limits: sheets read already, those still unread, and the file that is saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from hscb_xl.base.limits import OF_A_PLAN, Holds, Own, Stated
from hscb_xl.engine import open_book
from hscb_xl.errors import OverLimit
from hscb_xl.ooxml.book.workbook import Workbook

WORKBOOK = Path(__file__).resolve().parents[3] / "workbook" / "ImprovementPlan.xlsm"
CELL = "Settings!B12"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[xw.Book]:
    path = tmp_path / "plan.xlsm"
    path.write_bytes(WORKBOOK.read_bytes())
    opened = open_book(str(path), OF_A_PLAN)
    yield opened
    opened.close()


def rows(most: int) -> Own:
    return Own(rows=Stated(most, CELL))


def size(most: int) -> Own:
    return Own(inflated=Stated(most, CELL))


def unpacked(book: xw.Book) -> int:
    """The bytes that the parts of a book unpack to, as its file has them."""
    package = book.impl.workbook.package
    return sum(package.checksum(name)[1] for name in package.names)


def test_a_book_of_the_engine_can_be_held_and_another_cannot(book: xw.Book) -> None:
    assert isinstance(book.impl, Holds)
    assert not isinstance(object(), Holds)
    assert book.impl.hold_to(Own()) == OF_A_PLAN


@pytest.mark.parametrize("read", ["not at all", "its values", "after an edit"])
def test_a_sheet_with_more_rows_is_refused_whenever_it_was_read(book: xw.Book, read: str) -> None:
    if read == "not at all":
        book.impl.hold_to(rows(29))
    else:
        book.sheets["Plan"]["A1:A40"].value  # noqa: B018  # read, and so counted
    if read == "after an edit":
        book.sheets["Plan"]["A31"].value = "one row more"
        book.sheets["Plan"]["A31"].value  # noqa: B018
    with pytest.raises(OverLimit, match=r"^the sheet Plan of plan\.xlsm has 3[01] rows, .* Settings!B12\.$"):
        book.impl.hold_to(rows(29)) if read != "not at all" else book.sheets["Plan"]["A1"].value


def test_the_rows_that_are_asked_for_are_held_too(book: xw.Book) -> None:
    assert len(book.sheets["Plan"]["A1:A41"].value) == 41
    book.impl.hold_to(rows(40))
    assert len(book.sheets["Plan"]["A1:A40"].value) == 40
    with pytest.raises(OverLimit, match=r"has 41 rows, more than the 40 .* raise the limit in Settings!B12"):
        book.sheets["Plan"]["A1:A41"].value  # noqa: B018


def test_what_was_stated_can_be_raised_again_but_not_above_what_the_book_was_opened_with(
    book: xw.Book,
) -> None:
    assert book.impl.hold_to(rows(30)).rows == 30
    assert book.impl.hold_to(rows(35)).rows == 35
    assert book.impl.hold_to(rows(999_999)) == OF_A_PLAN


def test_the_sizes_that_the_file_states_are_held(book: xw.Book) -> None:
    whole = unpacked(book)
    assert book.impl.hold_to(size(whole)).whole == whole
    with pytest.raises(OverLimit, match=r"^plan\.xlsm: its parts would grow to 1 MB .* in Settings!B12\.$"):
        book.impl.hold_to(size(whole - 1))


def test_a_book_that_outgrows_its_limit_is_not_written(book: xw.Book) -> None:
    path = Path(book.fullname)
    before = path.read_bytes()
    book.impl.hold_to(size(unpacked(book)))
    book.sheets["Plan"]["A40"].value = "x" * 10_000
    with pytest.raises(OverLimit, match=r"^plan\.xlsm: its parts would grow to .* limit in Settings!B12\.$"):
        book.save()
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["plan.xlsm"]
    book.impl.hold_to(Own())
    book.save()
    assert Workbook.open(path).sheet("Plan").filled_rows(1) >= {40}
