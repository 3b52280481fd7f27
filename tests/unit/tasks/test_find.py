"""Next finding: from the cell selected to the next one, the worst first, and round again."""

from datetime import date

import xlwings as xw

from hscb_xl.plan import checks
from hscb_xl.tasks import find, run
from tests.clicking import select
from tests.unit.tasks.conftest import MakeBook, action

ROWS = [action(1, agreed=""), action(2, by_when="TBC"), action(3), action(4, lead="Nobody")]


def clicked(book: xw.Book) -> find.Found | None:
    return find.run(book, run.judged(book, run.Asked(as_of=date(2015, 5, 12)), date.today).judgement)


def test_every_cell_with_a_finding_once_and_round_again(make_book: MakeBook) -> None:
    book = make_book(ROWS)
    select(book, "Lists", "A5")
    first = clicked(book)
    assert first is not None
    seen = [first]
    while (found := clicked(book)) and found.cell != first.cell:
        seen.append(found)
        assert book.sheets.active.name == "Plan"
        assert book.app.selection.get_address(False, False) == found.cell.removeprefix("Plan!")
        assert len(seen) < 100
    assert [found.place for found in seen] == list(range(1, first.cells + 1))
    judgement = run.judged(book, run.Asked(as_of=date(2015, 5, 12)), date.today).judgement
    assert sum(len(found.findings) for found in seen) == len(checks.check(judgement))
    worst = [found.findings[0].severity for found in seen]
    assert worst == sorted(worst)


def test_from_anywhere_else_it_begins_anew(make_book: MakeBook) -> None:
    book = make_book(ROWS)
    first = clicked(book)
    clicked(book)
    select(book, "Plan", "B2")
    assert clicked(book) == first


def test_a_plan_with_nothing_to_find(make_book: MakeBook) -> None:
    book = make_book([action(1, by_when="May 2016", agreed="G", group="Group One")])
    found = clicked(book)
    assert found is None or all(finding.severity.word == "info" for finding in found.findings)
