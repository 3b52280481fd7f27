"""Accepting computed ratings: the rows selected and no others, each change in History."""

from collections.abc import Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from hscb_xl.errors import NotOurs, WrongState
from hscb_xl.plan.model import Action, Plan
from hscb_xl.tasks import accept, rate, run, sentences, undo
from hscb_xl.tasks.book import chosen, tables
from tests.clicking import select
from tests.unit.tasks.conftest import HEADERS, MakeBook, action

TODAY = date(2015, 5, 12)
AGREED, AUTO, AGREEMENT = (HEADERS.index(name) for name in ("RAG Rating", "Auto RAG", "Agreed v Auto"))
WHY = "Computed: Overdue by 193 days (due 31 October 2014); accepted by J Smith"


def rated(book: xw.Book) -> xw.Book:
    rate.run(book, run.judged(book, run.Asked(as_of=TODAY), date.today).judgement)
    return book


def accepted(book: xw.Book) -> accept.Report:
    judgement = run.judged(book, run.Asked(as_of=TODAY), date.today).judgement
    return accept.run(book, judgement, date(2015, 5, 13), "J Smith")


def column(book: xw.Book, index: int) -> list[Any]:
    return [row[index] for row in tables.body(book.sheets["Plan"].tables["Plan"])]


def history(book: xw.Book) -> list[list[Any]]:
    found = tables.find(book, "History")
    return tables.body(found) if found else []


def test_the_rows_selected_and_no_others(make_book: MakeBook) -> None:
    book = rated(make_book([action(no, agreed="G") for no in range(1, 7)]))
    select(book, "Plan", "B6:D7")
    assert accepted(book) == accept.Report(accepted=("2", "3"))
    assert column(book, AGREED) == ["G", "R", "R", "G", "G", "G"]
    assert column(book, AGREEMENT) == ["differs", "same", "same", "differs", "differs", "differs"]
    assert history(book) == [
        [datetime(2015, 5, 13), "accepted", no, "RAG Rating", "G", "R", WHY] for no in (2.0, 3.0)
    ]


def test_history_goes_on_where_it_ended(make_book: MakeBook) -> None:
    book = rated(make_book([action(no, agreed="G") for no in range(1, 4)]))
    for row in (5, 7):
        select(book, "Plan", f"A{row}")
        accepted(book)
    assert [line[2] for line in history(book)] == [1.0, 3.0]


def test_what_is_left_is_named_by_its_reason(make_book: MakeBook) -> None:
    rows = [
        action(1, agreed="G"),
        action(2, by_when="TBC"),
        action(3, agreed="Red"),
        action(4, agreed="G"),
        action(5, agreed=""),
        action("", action="", lead="", by_when="", reference="", agreed="", group=""),
        action("", agreed="G"),
    ]
    book = rated(make_book(rows))
    sheet = book.sheets["Plan"]
    sheet[7, AUTO].value = "A"
    sheet[8, AGREED].formula = '=IF(TRUE,"G","R")'
    select(book, "Plan", "A:A")
    assert accepted(book) == accept.Report(
        accepted=("1", "row 11"), same=("3",), not_rated=("2",), stale=("4",), formula=("5",)
    )
    assert sheet[8, AGREED].formula == '=IF(TRUE,"G","R")'
    assert column(book, AGREED)[2:4] == ["Red", "G"]


def test_a_hidden_row_is_not_accepted(make_book: MakeBook) -> None:
    book = rated(make_book([action(no, agreed="G") for no in range(1, 5)]))
    book.sheets["Plan"]["6:7"].row_height = 0
    select(book, "Plan", "A5:A8")
    assert accepted(book).accepted == ("1", "4")
    select(book, "Plan", "A6:A7")
    with pytest.raises(WrongState, match="hidden"):
        accepted(book)


@pytest.mark.parametrize(("sheet", "cells"), [("Lists", "A5"), ("Plan", "A1:T4"), ("Plan", "A8")])
def test_nothing_of_the_plan_is_selected(make_book: MakeBook, sheet: str, cells: str) -> None:
    book = rated(make_book([action(no, agreed="G") for no in range(1, 4)]))
    select(book, sheet, cells)
    with pytest.raises(WrongState, match="select one or more rows of the plan on the sheet Plan"):
        accepted(book)
    assert column(book, AGREED) == ["G", "G", "G"]


def test_without_a_place_in_history_nothing_changes(make_book: MakeBook) -> None:
    book = rated(make_book([action(1, agreed="G")]))
    sheet = book.sheets.add("Mine")
    sheet["A1:B1"].value = ["When", "What"]
    sheet.tables.add(source=sheet["A1:B2"], name="History")
    select(book, "Plan", "A5")
    with pytest.raises(NotOurs, match="History without the column 'Kind'"):
        accepted(book)
    assert column(book, AGREED) == ["G"]


def test_a_column_of_somebody_elses_in_history_stays_empty(make_book: MakeBook) -> None:
    book = rated(make_book([action(1, agreed="G")]))
    sheet = book.sheets.add("Changes")
    headers = ["Seen by", "Why", "To", "From", "Column", "No", "Kind", "When"]
    sheet["A4:H4"].value = headers
    sheet.tables.add(source=sheet["A4:H5"], name="History")
    select(book, "Plan", "A5")
    accepted(book)
    assert history(book) == [[None, WHY, "R", "G", "RAG Rating", 1.0, "accepted", datetime(2015, 5, 13)]]


@pytest.mark.parametrize(
    ("numbers", "blocks"), [([], []), ([4], [(4, 4)]), ([1, 2, 3, 5, 8, 9], [(1, 3), (5, 5), (8, 9)])]
)
def test_runs(numbers: Sequence[int], blocks: list[tuple[int, int]]) -> None:
    assert accept.runs(numbers) == blocks


class Selection(SimpleNamespace):
    """Several areas selected at once, which a workbook without Excel cannot have; row 7 is hidden."""

    def __getitem__(self, rows: str) -> SimpleNamespace:
        first, last = map(int, rows.split(":"))
        heights = {0.0 if row == 7 else 15.0 for row in range(first, last + 1)}
        return SimpleNamespace(row_height=heights.pop() if len(heights) == 1 else None)


def chosen_in(address: str) -> tuple[int, ...]:
    book: Any = SimpleNamespace(name="Plan.xlsm")
    sheet = Selection(name="Plan", book=book)
    book.app = SimpleNamespace(selection=SimpleNamespace(sheet=sheet, address=address))
    return chosen.rows(book, Plan(tuple(Action(row, None) for row in range(5, 11))))


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("$A$5", (5,)),
        ("$I$9:$I$10,$B$2:$C$5", (5, 9, 10)),
        ("$A:$C", (5, 6, 8, 9, 10)),
        ("$6:$8,$8:$8,$1:$1", (6, 8)),
        ("$1:$1048576", (5, 6, 8, 9, 10)),
    ],
)
def test_areas_of_a_selection(address: str, rows: tuple[int, ...]) -> None:
    assert chosen_in(address) == rows


def test_an_address_that_excel_may_have_cut() -> None:
    with pytest.raises(WrongState, match="Too many separate cells"):
        chosen_in(",".join(f"$A${row}" for row in range(5, 80)))


def test_a_sentence_names_a_dozen_and_counts_the_rest() -> None:
    numbers = tuple(str(no) for no in range(1, 16))
    assert sentences.accepted(accept.Report(numbers)) == (
        "Computed rating accepted for actions 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more "
        "and written into History."
    )
    assert sentences.undone(undo.Report("Refresh RAG", 0, ("Plan!P5",), ("4", "7"))) == (
        "Nothing of Refresh RAG was put back. Edited since, and left: Plan!P5. "
        "No longer to be told from others or gone: actions 4 and 7."
    )
