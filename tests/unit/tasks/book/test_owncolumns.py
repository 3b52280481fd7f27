"""Whose column it is: what the program made it knows again, and nobody else's cell is written over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
import xlwings as xw

from hscb_xl.errors import BadTable
from hscb_xl.ooxml.structure import names
from hscb_xl.plan import columns
from hscb_xl.plan.columns import BY_KEY, COLUMNS
from hscb_xl.tasks import rate, run
from hscb_xl.tasks.book import tables
from hscb_xl.tasks.reading import plans
from tests.unit.tasks.conftest import HEADERS, MakeBook, action

TODAY = date(2015, 5, 12)
KEYS = columns.keys("program")
OURS = [BY_KEY[key].header for key in KEYS]
THEIRS = [column.header for column in COLUMNS if column.owner != "program"]
ROWS = [action(1), action(2, status="Complete"), {}, action(3, by_when="TBC"), action(4, by_when="May 2016")]


def rated(book: xw.Book) -> None:
    rate.run(book, run.judged(book, run.Asked(as_of=TODAY), date.today).judgement)


def plan(book: xw.Book) -> list[list[Any]]:
    """The table's headers and rows."""
    found: list[list[Any]] = book.sheets["Plan"].tables["Plan"].range.options(ndim=2).value
    return found


def column(book: xw.Book, header: str) -> list[Any]:
    headers, *rows = plan(book)
    return [row[headers.index(header)] for row in rows]


def marks(book: xw.Book) -> dict[str, str]:
    return {
        key: book.names[BY_KEY[key].mark].refers_to.replace("'", "")
        for key in KEYS
        if BY_KEY[key].mark in book.names
    }


def letters(book: xw.Book) -> dict[str, str]:
    known = plans.read(book).plan
    return {key: known.letters[key] for key in KEYS if key in known.letters}


def made(make_book: MakeBook, headers: Sequence[str], rows: Sequence[dict[str, Any]] = ROWS) -> xw.Book:
    return make_book(rows, headers=headers)


def test_columns_that_are_missing_are_made_and_marked(make_book: MakeBook) -> None:
    book = made(make_book, THEIRS)
    rated(book)
    assert plan(book)[0] == HEADERS
    assert column(book, "Auto RAG") == ["R", "G", None, None, "G"]
    assert column(book, "Due Date")[0] == datetime(2014, 10, 31)
    assert marks(book) == {key: f"=Plan!${letter}$4" for key, letter in zip(KEYS, "OPQRST", strict=True)}
    head, body = book.sheets["Plan"]["O4"], book.sheets["Plan"]["O5:O9"]
    assert (head.color, head.font.bold, body.number_format) == ((208, 208, 208), True, "dd mmm yyyy")
    assert [book.sheets["Plan"][f"{letter}4"].column_width for letter in "OPQRST"] == [
        pytest.approx(BY_KEY[key].width, abs=0.8) for key in KEYS
    ]


def test_one_that_is_missing_is_made_behind_the_others(make_book: MakeBook) -> None:
    book = made(make_book, HEADERS)
    rated(book)
    book.sheets["Plan"].tables["Plan"].columns["Why"].delete()
    book.sheets["Plan"]["O4"].value = "Read as"
    book.names[BY_KEY["reason"].mark].refers_to = "=Plan!$T$4"
    rated(book)
    assert plan(book)[0] == [header if header != "Due Date" else "Read as" for header in HEADERS]
    assert column(book, "Why")[0] == "Overdue by 193 days (due 31 October 2014)"
    assert marks(book)["reason"] == "=Plan!$T$4"


TYPED = {
    "Due Date": [datetime(2016, 1, 1), "soon", None, None, None],
    "Why": ["because", None, None, None, "see minutes"],
    "Timing": ["later", None, None, None, None],
}


@pytest.mark.parametrize("others", [(), OURS], ids=["the six not there", "all six there"])
def test_cells_that_somebody_typed_stay(make_book: MakeBook, others: Sequence[str]) -> None:
    headers = [*THEIRS, *TYPED, *(header for header in others if header not in TYPED)]
    book = made(make_book, headers)
    for header, values in TYPED.items():
        letter = columns.letters(headers.index(header) + 1)
        book.sheets["Plan"][f"{letter}5:{letter}9"].value = [[value] for value in values]
    for _ in range(2):
        rated(book)
        assert {header: column(book, header) for header in TYPED} == TYPED
        assert column(book, "Due Date (computed)")[0] == datetime(2014, 10, 31)
        assert column(book, "Why (computed)")[1] == "Complete, confirmed by Status"
        foreign = plans.read(book).plan.around.foreign
        assert {found.header for found in foreign} == {*TYPED, *others}
        assert [found.holds for found in foreign if found.header == "Why"] == ['P5 holds "because"']
    if others:
        assert column(book, "Auto RAG") == [None] * 5
        assert column(book, "Auto RAG (computed)")[0] == "R"


def test_deadlines_under_our_header_are_not_ours_because_five_empty_columns_stand_beside_them(
    make_book: MakeBook,
) -> None:
    deadlines = [datetime(2015, 6, number) for number in range(1, 6)]
    book = made(make_book, HEADERS)
    book.sheets["Plan"]["O5:O9"].value = [[day] for day in deadlines]
    book.sheets["Plan"]["P5:P9"].value = "G"
    rated(book)
    assert (column(book, "Due Date"), column(book, "Auto RAG")) == (deadlines, ["G"] * 5)
    assert column(book, "Auto RAG (computed)")[0] == "R"


def test_a_free_header_is_found_whatever_the_capitals(make_book: MakeBook) -> None:
    book = made(make_book, [*THEIRS, "WHY", "why (Computed)"])
    book.sheets["Plan"]["O5"].value = "because"
    rated(book)
    assert plan(book)[0][-1] == "Why (computed 2)"
    assert column(book, "WHY")[0] == "because"
    rated(book)
    assert plan(book)[0][-1] == "Why (computed 2)"


class TestBooksFromBeforeThereWereMarks:
    """Six columns with our headers and nothing in them but what we write are ours, once."""

    @pytest.fixture
    def book(self, make_book: MakeBook) -> xw.Book:
        book = made(make_book, HEADERS)
        rated(book)
        for key in KEYS:
            book.names[BY_KEY[key].mark].delete()
        return book

    def test_they_are_taken_over_and_marked(self, book: xw.Book) -> None:
        before = plan(book)
        assert letters(book) == dict(zip(KEYS, "OPQRST", strict=True))
        assert plans.read(book).plan.unmarked == KEYS
        rated(book)
        assert plan(book) == before
        assert len(marks(book)) == 6
        assert plans.read(book).plan.unmarked == ()

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("T5", "because"),
            ("O5", datetime(2016, 1, 1)),
            ("P9", "R"),
            ("O7", datetime(2016, 1, 1)),
            ("Q5", 1),
        ],
    )
    def test_one_other_value_and_all_six_are_left(self, book: xw.Book, cell: str, value: Any) -> None:
        book.sheets["Plan"][cell].value = value
        before = [row[:20] for row in plan(book)]
        rated(book)
        assert [row[:20] for row in plan(book)] == before
        assert plan(book)[0][20:] == [f"{header} (computed)" for header in OURS]

    def test_a_formula_among_them_and_all_six_are_left(self, book: xw.Book) -> None:
        book.sheets["Plan"]["T6"].formula = '=HYPERLINK("#A1","Complete, confirmed by Status")'
        rated(book)
        assert book.sheets["Plan"]["T6"].formula.startswith("=HYPERLINK")
        assert plan(book)[0][25] == "Why (computed)"

    def test_a_sheet_that_was_never_rated(self, make_book: MakeBook) -> None:
        book = made(make_book, HEADERS)
        rated(book)
        assert plan(book)[0] == HEADERS
        assert len(marks(book)) == 6


STRAY = [
    "Plan!$F$4",  # the Action column, by hand
    "Plan!$H$4",  # Progress, where nothing stands
    "Plan!$N$4",
    "Plan!$P$4",  # another mark's column
    "Plan!$O$5",  # not a header
    "Plan!$X$4",  # not of the table
    "Lists!$A$4",
    "Plan!$O$4:$O$9",
    "Plan!$A:$XFD",
    "Plan!$A$1:$A$1000000",
    "Plan!#REF!",
    "[1]Plan!$O$4",
    "Plan!$O$4,Plan!$P$4",
    "OFFSET(Plan!$O$4,0,0)",
    "42",
    '"O4"',
]


class TestMarked:
    @pytest.fixture
    def book(self, make_book: MakeBook) -> xw.Book:
        book = made(make_book, HEADERS)
        rated(book)
        return book

    def test_a_header_of_somebodys_stays_and_the_column_is_ours(self, book: xw.Book) -> None:
        book.sheets["Plan"]["T4"].value = "Reason"
        book.sheets["Plan"]["G5"].value = "May 2016"
        rated(book)
        assert column(book, "Reason")[0] == "Due in 385 days (31 May 2016)"
        assert plan(book)[0] == [*HEADERS[:-1], "Reason"]

    def test_what_is_typed_over_our_values_is_replaced(self, book: xw.Book) -> None:
        book.sheets["Plan"]["T5"].value = "because"
        rated(book)
        assert column(book, "Why")[0] == "Overdue by 193 days (due 31 October 2014)"

    def test_a_mark_moved_to_a_column_of_somebodys_with_our_header(self, book: xw.Book) -> None:
        sheet = book.sheets["Plan"]
        sheet["O4"].value = "Read as"
        sheet["U4"].value = "Due Date"
        sheet["U5:U9"].value = [[datetime(2016, 1, day)] for day in range(1, 6)]
        sheet.tables["Plan"].resize(sheet["A4:U9"])
        book.names[BY_KEY["due"].mark].refers_to = "=Plan!$U$4"
        rated(book)
        assert column(book, "Due Date") == [datetime(2016, 1, day) for day in range(1, 6)]
        assert column(book, "Due Date (computed)")[0] == datetime(2014, 10, 31)

    def test_columns_that_stand_elsewhere(self, book: xw.Book) -> None:
        before = {header: column(book, header) for header in OURS}
        book.sheets["Plan"]["A:B"].insert("right")
        book.sheets["Plan"]["1:2"].insert("down")
        rated(book)
        assert {header: column(book, header) for header in OURS} == before
        assert marks(book)["due"] == "=Plan!$Q$6"

    def test_the_sheet_may_be_called_otherwise(self, book: xw.Book) -> None:
        book.sheets["Plan"].name = "It's our plan"
        assert letters(book) == dict(zip(KEYS, "OPQRST", strict=True))
        assert plans.read(book).plan.unmarked == ()

    def test_columns_moved_by_typing_them_anew(self, book: xw.Book) -> None:
        """The names stay behind; the headers and what stands below them tell whose the columns are."""
        sheet = book.sheets["Plan"]
        headers, *body = plan(book)
        sheet["U4"].value = "Mine"
        sheet.tables["Plan"].resize(sheet["A4:U9"])
        order = [*range(2, 20), None, 0, 1]
        sheet["A5:U9"].clear()
        sheet["A4:U4"].value = ["Mine" if at is None else headers[at] for at in order]
        sheet["A5:U9"].value = [[None if at is None else row[at] for at in order] for row in body]
        rated(book)
        assert column(book, "Mine") == [None] * 5
        assert len(plan(book)[0]) == 21
        assert marks(book)["due"] == "=Plan!$M$4"

    def test_a_column_used_for_something_else_is_not_ours_any_more(self, book: xw.Book) -> None:
        sheet = book.sheets["Plan"]
        sheet["T4"].value = "Board's comments"
        sheet["T5:T6"].value = [["Ask again"], ["Thank them"]]
        rated(book)
        assert column(book, "Board's comments")[:2] == ["Ask again", "Thank them"]
        assert plan(book)[0][-1] == "Why"
        assert marks(book)["reason"] == "=Plan!$U$4"

    def test_a_column_of_dates_pasted_over_ours(self, book: xw.Book) -> None:
        days = [[datetime(2016, 1, day)] for day in range(1, 6)]
        book.sheets["Plan"]["O4"].value = "Target Date"
        book.sheets["Plan"]["O5:O9"].value = days
        rated(book)
        assert column(book, "Target Date") == [day for (day,) in days]
        assert column(book, "Due Date")[0] == datetime(2014, 10, 31)

    @pytest.mark.parametrize("stray", STRAY)
    def test_a_mark_that_stands_for_something_else(self, book: xw.Book, stray: str) -> None:
        before = plan(book)
        name = BY_KEY["due"].mark
        del book.names[name]
        _define(book, name, stray)
        rated(book)
        assert [row[:20] for row in plan(book)] == before
        assert marks(book)["due"] == "=Plan!$U$4"
        assert column(book, "Due Date (computed)")[0] == datetime(2014, 10, 31)
        rated(book)
        assert len(plan(book)[0]) == 21

    def test_a_name_of_the_sheet_alone_is_no_mark(self, book: xw.Book) -> None:
        book.sheets["Plan"].names.add(BY_KEY["due"].mark, "=Plan!$F$4")
        rated(book)
        assert plan(book)[0] == HEADERS
        assert letters(book)["due"] == "O"

    def test_a_mark_in_other_capitals(self, book: xw.Book) -> None:
        book.names[BY_KEY["due"].mark].delete()
        book.names.add("PLAN_COLUMN_DUE_DATE", "=Plan!$O$4")
        assert plans.read(book).plan.unmarked == ()


def _define(book: xw.Book, name: str, meaning: str) -> None:
    """A name as a file may have it, whatever Excel or our engine would say to it."""
    names.insert(book.impl.workbook, [(name, meaning)], None)


IN_THE_WAY = [
    ({"O4": "Mine"}, "is in the way: Plan!O4. Move it elsewhere, and run again."),
    ({"P5": 0, "T9": "x"}, "into Plan!O4:T9, where something is in the way: Plan!P5 and Plan!T9."),
    ({f"{letter}{row}": "x" for row in range(5, 9) for letter in "OP"}, "Plan!O7 and Plan!P7 and 2 more"),
]


@pytest.mark.parametrize(("cells", "sentence"), IN_THE_WAY)
def test_what_stands_in_the_way_is_named(make_book: MakeBook, cells: dict[str, Any], sentence: str) -> None:
    book = made(make_book, THEIRS)
    for cell, value in cells.items():
        book.sheets["Plan"][cell].value = value
    before = plan(book)
    with pytest.raises(BadTable, match=sentence):
        rated(book)
    assert plan(book) == before


def test_one_column_that_has_no_room_is_told_as_one(make_book: MakeBook) -> None:
    book = made(make_book, [*HEADERS[:-1], "Ours"])
    for key in KEYS[:-1]:
        cell = book.sheets["Plan"].tables["Plan"].header_row_range[HEADERS.index(BY_KEY[key].header)]
        book.names.add(BY_KEY[key].mark, f"=Plan!{cell.address}")
    book.sheets["Plan"]["U4"].value = "Mine"
    with pytest.raises(BadTable, match=r"program's column Why goes behind .* in the way: Plan!U4\."):
        rated(book)


def test_a_formula_that_shows_nothing_stands_in_the_way(make_book: MakeBook) -> None:
    book = made(make_book, THEIRS)
    book.sheets["Plan"]["Q6"].formula = '=IF(TRUE,"","")'
    with pytest.raises(BadTable, match=r"in the way: Plan!Q6\."):
        rated(book)


def test_another_table_stands_in_the_way(make_book: MakeBook) -> None:
    book = made(make_book, THEIRS)
    sheet = book.sheets["Plan"]
    sheet["S8"].value = "Key"
    sheet.tables.add(source=sheet["S8:S12"], name="Key")
    with pytest.raises(BadTable, match=r"Plan!S8 and the table Key\."):
        rated(book)


def test_a_row_of_totals_is_kept(make_book: MakeBook) -> None:
    book = made(make_book, THEIRS)
    table = book.sheets["Plan"].tables["Plan"]
    table.show_totals = True
    rated(book)
    assert table.show_totals
    assert tables.headers(table) == HEADERS
    assert column(book, "Auto RAG") == ["R", "G", None, None, "G", None]
