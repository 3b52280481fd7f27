"""A new book of the engine: without a file until it is saved, and then one that every program reads."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from hscb_xl.engine.app import Engine
from hscb_xl.errors import UnsafeEdit
from tests.engine.conftest import Reader


@pytest.fixture
def book() -> xw.Book:
    apps = Engine().apps
    return xw.Book(impl=apps.add(add_book=True).books(1))


def test_it_must_be_given_a_path(book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (book.name, book.fullname) == ("Book1", "Book1")
    with pytest.raises(UnsafeEdit, match="Book1 was never saved: give the path"):
        book.impl.save()
    with pytest.raises(UnsafeEdit, match=r"Book1 stays an \.xlsx file"):
        book.save(tmp_path / "new.xlsm")
    assert list(tmp_path.iterdir()) == []


def test_each_has_a_name_of_its_own(book: xw.Book) -> None:
    assert book.app.impl.books.add().name == "Book2"
    book.close()
    assert book.app.impl.books.add().name == "Book1"


def test_it_is_the_same_whenever_it_is_made(book: xw.Book, tmp_path: Path) -> None:
    for name in ("one.xlsx", "other.xlsx"):
        new = book.app.impl.books.add()
        new.save(str(tmp_path / name))
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


@pytest.mark.validator
def test_the_schema_finds_nothing_wrong(
    book: xw.Book, tmp_path: Path, validate: Callable[[Path], list[str]], second_reader: Reader
) -> None:
    path = tmp_path / "new.xlsx"
    book.sheets[0]["A1"].value = ["text", 1]
    book.sheets[0]["A1"].font.bold = True
    book.sheets.add("First", before=book.sheets[0])
    book.sheets["Sheet1"].copy()
    book.names.add("Here", "=Sheet1!$A$1")
    book.save(path)
    assert validate(path) == []
    assert second_reader(path).sheetnames == ["First", "Sheet1", "Sheet1 (2)"]
