"""The as-of line: one cell, empty or with our words; a name that stands for anything else is left alone."""

from datetime import date
from typing import Any

import pytest
import xlwings as xw

from hscb_xl.ooxml.structure import names
from hscb_xl.plan.judgement import Judgement
from hscb_xl.tasks import check, rate, run, summarise
from hscb_xl.tasks.book import journal, own, ownnames, tables
from hscb_xl.tasks.reading import plans
from tests.unit.tasks.conftest import HEADERS, MakeBook, action

LINE = "As of 12 May 2015. Amber window 30 days, tolerance 0 days, preset delivery."
NO_CELL = [
    "Plan!$A$1:$A$1000000",
    "Plan!$A:$XFD",
    "Plan!$F$5:$F$6",
    "Plan!#REF!",
    "#REF!",
    "'[Other.xlsx]Plan'!$A$2",
    "[1]Plan!$A$2",
    "Plan!$A$2,Plan!$B$2",
    "Plan!A2",
    "Plan!$A$0",
    "Plan!$A$1048577",
    "Plan!$XFE$2",
    "Nowhere!$A$2",
    "Lists!$A$2",
    "OFFSET(Plan!$A$2,0,0)",
    "Plan_AsOf",
    '"As of"',
    "42",
    "",
]
NO_PLACE = [
    "Plan!$F$5",  # an officer's cell
    "Plan!$F$6",  # an empty cell of the table
    "Plan!$A$1",  # the title
    "Plan!$F$4",
    "Plan!$D$2",  # a formula
]


def judged(book: xw.Book) -> Judgement:
    return run.judged(book, run.Asked(as_of=date(2015, 5, 12)), date.today).judgement


def define(book: xw.Book, name: str, meaning: str) -> None:
    """A name as a file may have it, whatever Excel or our engine would say to it."""
    if name in book.names:
        book.names[name].delete()
    names.insert(book.impl.workbook, [(name, meaning)], None)


def cells(book: xw.Book) -> list[list[Any]]:
    """All that an officer may have written on the plan's sheet."""
    found: list[list[Any]] = book.sheets["Plan"]["A1:N12"].formula
    return found


@pytest.fixture
def book(make_book: MakeBook) -> xw.Book:
    book = make_book([action(1), {}])
    book.sheets["Plan"]["A1"].value = "The plan"
    book.sheets["Plan"]["D2"].formula = "=TODAY()"
    return book


@pytest.mark.parametrize("meaning", [*NO_CELL, *NO_PLACE])
def test_a_name_that_stands_for_no_cell_of_ours(book: xw.Book, meaning: str) -> None:
    define(book, own.PLAN_LINE, meaning)
    before = cells(book)
    judgement = judged(book)
    assert judgement.plan.around.lost_line == f"={meaning}"
    with journal.kept(book, judgement.plan, ["auto"], "Refresh RAG"):
        rate.run(book, judgement)
    assert cells(book) == before
    assert book.names[own.PLAN_LINE].refers_to == f"={meaning}"
    assert book.sheets["Plan"]["P5"].value == "R"


@pytest.mark.parametrize(
    "held", [None, "Not rated yet: click Refresh RAG", "As of 1 March 2014. Anything else."]
)
def test_one_cell_that_is_empty_or_ours(book: xw.Book, held: str | None) -> None:
    book.sheets["Plan"]["A2"].value = held
    assert judged(book).plan.around.lost_line == ""
    rate.run(book, judged(book))
    assert book.sheets["Plan"]["A2"].value == LINE


@pytest.mark.parametrize("held", ["Draft for the board", "As of old", "as of 1 March 2014.", 42])
def test_one_cell_with_other_words(book: xw.Book, held: Any) -> None:
    book.sheets["Plan"]["A2"].value = held
    rate.run(book, judged(book))
    assert book.sheets["Plan"]["A2"].value == held
    assert judged(book).plan.around.lost_line == "=Plan!$A$2"


def test_a_book_without_the_name_says_nothing_of_it(book: xw.Book) -> None:
    book.names[own.PLAN_LINE].delete()
    rate.run(book, judged(book))
    assert book.sheets["Plan"]["A2"].value is None
    assert judged(book).plan.around.lost_line == ""


def test_the_name_may_be_in_other_capitals_and_the_sheet_in_quotes(book: xw.Book) -> None:
    book.sheets["Plan"].name = "It's the plan"
    define(book, "PLAN_ASOF", "'it''s the PLAN'!$b$2")
    rate.run(book, judged(book))
    assert book.sheets["It's the plan"]["B2"].value == LINE


def test_a_name_of_a_sheet_is_not_the_books(book: xw.Book) -> None:
    book.sheets["Plan"].names.add(own.PLAN_LINE, "=Plan!$F$5")
    assert ownnames.meaning(book, own.PLAN_LINE) == "=Plan!$A$2"
    book.names[own.PLAN_LINE].delete()
    assert ownnames.meaning(book, own.PLAN_LINE) is None


@pytest.mark.parametrize("meaning", [*NO_CELL, "Plan!$F$6", "Plan!$A$2"])
@pytest.mark.parametrize("sheet", ["Checks", "Summary"])
def test_on_our_own_sheets_the_line_stands_below_the_title_then(
    book: xw.Book, sheet: str, meaning: str
) -> None:
    write = {"Checks": check.run, "Summary": summarise.run}[sheet]
    write(book, judged(book))
    book.sheets[sheet]["A2"].value = None
    define(book, f"{sheet}_AsOf", meaning)
    before = cells(book)
    write(book, judged(book))
    assert str(book.sheets[sheet]["A2"].value).startswith("As of 12 May 2015")
    assert cells(book) == before


def test_a_name_makes_nobodys_sheet_ours(book: xw.Book) -> None:
    sheet = book.sheets.add("Summary")
    sheet["A1:A3"].value = [["Our budget"], ["2015"], ["1,000"]]
    for cell in ("$A$2", "$D$9"):
        define(book, "Summary_AsOf", f"Summary!{cell}")
        with pytest.raises(own.NotOurs, match="a sheet Summary that the program did not make"):
            summarise.run(book, judged(book))
    assert sheet["A1:A3"].value == ["Our budget", 2015.0, "1,000"] or sheet["A1"].value == "Our budget"


def test_what_was_written_over_a_journal_undoes_nothing(book: xw.Book) -> None:
    judgement = judged(book)
    with journal.kept(book, judgement.plan, ["auto"], "Refresh RAG"):
        rate.run(book, judgement)
    sheet = book.sheets["Undo"]
    assert journal.read(book) is not None
    for cell, value in (("C4", "d:yesterday"), ("A3", "Number"), ("D3", "after: due")):
        kept = sheet[cell].value
        sheet[cell].value = value
        assert journal.read(book) is None
        sheet[cell].value = kept
    sheet["C1:Z9"].clear_contents()
    assert journal.read(book) is None


def test_the_headers_are_read_as_they_stand(book: xw.Book) -> None:
    table = tables.find(book, "Plan")
    assert table is not None
    header = tables.header(table)
    assert (list(header.texts), header.address(0), header.cell(14)) == (HEADERS, "Plan!A4", "O4")
    assert plans.read(book).plan.around.header == 4
