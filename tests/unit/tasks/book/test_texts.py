"""Texts of people stay texts where a host takes what is assigned for something typed."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from hscb_xl import ribbon
from hscb_xl.tasks import run
from hscb_xl.tasks.book import texts
from tests.clicking import calling, select
from tests.excel_like import excel_like, typed
from tests.unit.tasks.conftest import HEADERS, MakeBook, action

NASTY = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+3",
    "-",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "001",
    "4.10",
    "1-2",
    "2024-01-02",
    "May 2015",
    "TRUE",
    "false",
    "5%",
    "1e5",
]
TAKEN = [
    ("=1+1", "=1+1"),
    ("+3", "=+3"),
    ("@SUM(A1)", "=@SUM(A1)"),
    ("001", 1.0),
    ("4.10", 4.1),
    ("2024-01-02", datetime(2024, 1, 2)),
    ("TRUE", True),
    ("'x", "x"),
    ("same", "same"),
    ("-", "-"),
]
AS_OF = date(2015, 5, 12)
Deed = Callable[[xw.Book], object]


@pytest.mark.parametrize(("text", "taken"), TAKEN)
def test_the_stand_in_for_excel_itself(
    text: str, taken: Any, make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = make_book([action(1)]).sheets["Plan"]["X1:X2"]
    cells[1].number_format = "@"
    with excel_like(monkeypatch):
        cells.value = [[text], [text]]
        assert (typed(text), cells[1].value) == (taken, text)
        assert cells[0].formula == taken if str(taken).startswith("=") else cells[0].value == taken
        cells[1].value = 5
        assert cells[1].value == "5"
        cells.formula = [["=A1"], ["=A1"]]
        assert (cells[0].formula, cells[1].value) == ("=A1", "=A1")


def test_each_value_is_what_it_was_put_as(make_book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[text, 5, None, text if place % 2 else 7, "same"] for place, text in enumerate(NASTY)]
    cells = make_book([action(1)]).sheets["Plan"][f"X1:AB{len(rows)}"]
    with excel_like(monkeypatch):
        texts.put(cells, rows, spare_words=True)
        assert cells.value == rows
        assert cells.formula == [[str(v) if v is not None else "" for v in row] for row in rows]
    formats = [cells[0, column].number_format for column in range(5)]
    assert formats == ["@", "General", "General", "General", "General"]
    assert cells[1, 3].number_format == "@"
    texts.put(cells, rows)
    assert cells[:, 4].number_format == "@"


SPARED = [("same", True), ("due soon", True), ("R", True), ("TRUE", False), ("False", False), ("a1", False)]


@pytest.mark.parametrize(("text", "is_spared"), [*SPARED, *((text, False) for text in NASTY)])
def test_words_alone_need_no_format(text: str, is_spared: bool, make_book: MakeBook) -> None:
    cell = make_book([action(1)]).sheets["Plan"]["X1"]
    texts.put(cell, [[text]], spare_words=True)
    assert (cell.number_format == "General") is is_spared


def nasty_book(make_book: MakeBook) -> xw.Book:
    """A plan in whose every cell of the board's and the officers' stands a text that Excel would take."""
    book = make_book([action(no) for no in range(1, len(NASTY) + 1)], groups=("Group One", "two", "one"))
    sheet = book.sheets["Plan"]
    for place, text in enumerate(NASTY):
        for header in set(HEADERS[:14]) - {"By When", "Completed On"}:
            sheet[4 + place, HEADERS.index(header)].value = text
    sheet["G5"].value, sheet["G6"].value, sheet["G7"].value = "=TODAY()", "TBC", "1-2"
    book.sheets["Lists"]["E6"].value, book.sheets["Lists"]["E7"].value = "=2+2", "001"
    sheet["J9"].value, sheet["J10"].value, sheet["E9"].value = "=2+2", "001", "=Lead"
    return book


def everything(book: xw.Book) -> dict[str, Any]:
    """All values and formulas of a book, sheet by sheet."""
    used = {sheet.name: sheet.used_range for sheet in book.sheets}
    return {name: (cells.options(ndim=2).value, tables_of(cells.formula)) for name, cells in used.items()}


def tables_of(formulas: Any) -> list[list[str]]:
    """Formulas row by row; one cell gives its own alone."""
    return [[formulas]] if isinstance(formulas, str) else formulas


def clicked(*buttons: str) -> Deed:
    def click(book: xw.Book) -> list[str]:
        with calling(book):
            return [getattr(ribbon, button)() for button in buttons]

    return click


DEEDS: dict[str, Deed] = {
    "run": lambda book: run.run(book, run.Asked(as_of=AS_OF), date.today).findings,
    "check": clicked("check_plan"),
    "refresh": clicked("refresh_rag"),
    "accept": clicked("refresh_rag", "accept_rating"),
    "undo of a refresh": clicked("refresh_rag", "undo_last_run"),
    "undo": clicked("refresh_rag", "accept_rating", "undo_last_run"),
    "summary": clicked("update_summary"),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_task_leaves_in_excel_what_it_leaves_in_a_file(
    make_book: MakeBook, deed: Deed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))

    def done(host: Callable[[], AbstractContextManager[None]]) -> tuple[object, dict[str, Any]]:
        book = nasty_book(make_book)
        select(book, "Plan", f"A5:A{4 + len(NASTY)}")
        with host():
            said = deed(book)
        left = everything(book)
        book.close()
        return said, left

    in_file, in_excel = done(nullcontext), done(lambda: excel_like(monkeypatch))
    assert in_excel == in_file
    for name, (values, formulas) in in_file[1].items():
        for value, formula in zip(chain(*values), chain(*formulas), strict=True):
            is_link = name == "Checks" and str(formula).startswith('=HYPERLINK("#Plan!')
            assert is_link or not str(formula).startswith("=") or formula == value
