"""Undoing the last click: found by number wherever the rows are now, edited cells left and named."""

from datetime import date, datetime
from typing import Any

import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hscb_xl.engine.book import Sheets
from hscb_xl.errors import NotOurs, WrongState
from hscb_xl.plan import columns
from hscb_xl.plan.model import Action, Plan
from hscb_xl.tasks import accept, rate, run, undo
from hscb_xl.tasks.book import journal, tables
from hscb_xl.tasks.reading import plans
from tests import growth
from tests.clicking import select
from tests.unit.tasks.conftest import HEADERS, MakeBook, action

TODAY = date(2015, 5, 12)
LETTERS = {column.key: columns.letters(index) for index, column in enumerate(columns.COLUMNS, start=1)}
AGREED, AUTO = HEADERS.index("RAG Rating"), HEADERS.index("Auto RAG")


def refreshed(book: xw.Book, today: date = TODAY) -> None:
    judgement = run.judged(book, run.Asked(as_of=today), date.today).judgement
    with journal.kept(book, judgement.plan, columns.keys("program"), "Refresh RAG"):
        rate.run(book, judgement)


def accepted(book: xw.Book, cells: str) -> None:
    select(book, "Plan", cells)
    judgement = run.judged(book, run.Asked(as_of=TODAY), date.today).judgement
    accept.run(book, judgement, TODAY, "")


def undone(book: xw.Book) -> undo.Report:
    return undo.run(book, plans.read(book).plan, TODAY, "J Smith")


def plan(book: xw.Book) -> list[list[Any]]:
    return tables.body(book.sheets["Plan"].tables["Plan"])


@pytest.fixture
def book(make_book: MakeBook) -> xw.Book:
    return make_book([action(no, agreed="G") for no in range(1, 7)])


def test_a_refresh_is_put_back_with_the_line_that_dates_it(book: xw.Book) -> None:
    book.sheets["Plan"]["A2"].value = "Not rated yet"
    before = plan(book)
    refreshed(book)
    assert plan(book) != before
    assert undone(book) == undo.Report("Refresh RAG", 36, (), ())
    assert plan(book) == before
    assert book.sheets["Plan"]["A2"].value == "Not rated yet"


def test_the_undo_of_a_later_refresh_restores_the_earlier_one(book: xw.Book) -> None:
    refreshed(book, date(2014, 10, 20))
    before = plan(book)
    refreshed(book)
    undone(book)
    assert plan(book) == before
    assert plan(book)[0][HEADERS.index("Due Date")] == datetime(2014, 10, 31)


def test_actions_are_found_wherever_they_stand_now(book: xw.Book) -> None:
    refreshed(book)
    accepted(book, "A6:A8")
    assert [row[AGREED] for row in plan(book)] == ["G", "R", "R", "R", "G", "G"]
    rows = plan(book)
    sheet = book.sheets["Plan"]
    sheet["A5:T10"].value = rows[::-1]
    sheet["7:8"].insert("down")
    assert undone(book) == undo.Report(accept.CLICK, 6, (), ())
    letters = {row[0]: row[AGREED] for row in plan(book) if row[0]}
    assert letters == dict.fromkeys([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "G")
    history = tables.body(book.sheets["Log"].tables["History"])
    assert [line[1] for line in history] == ["accepted"] * 3 + ["undone"] * 3
    assert history[-1][4:] == ["R", "G", "Undo of 'Accept computed rating' by J Smith"]


def test_a_cell_edited_since_is_left_and_named(book: xw.Book) -> None:
    refreshed(book)
    accepted(book, "A5:A7")
    sheet = book.sheets["Plan"]
    sheet["I6"].value = "A"
    assert undone(book) == undo.Report(accept.CLICK, 5, ("Plan!I6",), ())
    assert [row[AGREED] for row in plan(book)] == ["G", "A", "G", "G", "G", "G"]


def test_an_undo_that_can_put_back_nothing_is_not_forgotten(book: xw.Book) -> None:
    refreshed(book)
    accepted(book, "A5")
    sheet = book.sheets["Plan"]
    for key in ("agreed", "agreement"):
        sheet[f"{LETTERS[key]}5"].value = "?"
    assert undone(book).edited == ("Plan!I5", "Plan!S5")
    sheet["I5"].value = "R"
    assert undone(book).cells == 1


def test_numbers_missing_or_doubled_are_told_apart_by_words(make_book: MakeBook) -> None:
    known = [(1, "One"), (1, "Other"), ("", "No"), ("", "Nor"), (3, "Three"), (3, "Third"), (4, "Four")]
    book = make_book([action(no, agreed="G", action=words) for no, words in known])
    refreshed(book)
    accepted(book, "A5:A11")
    sheet = book.sheets["Plan"]
    sheet["F6"].value = "One"
    sheet["F11"].value = "Changed since"
    assert undone(book) == undo.Report(accept.CLICK, 10, (), ("1", "1"))
    assert [row[AGREED] for row in plan(book)] == ["R", "R", "G", "G", "G", "G", "G"]


def test_there_is_one_step_back(book: xw.Book) -> None:
    for _ in range(2):
        with pytest.raises(WrongState, match="nothing to undo"):
            undone(book)
        refreshed(book)
        undone(book)
    with pytest.raises(WrongState, match="nothing to undo"):
        undone(book)


def test_the_journal_does_not_grow_and_is_out_of_sight(book: xw.Book) -> None:
    sizes = []
    select(book, "Plan", "A5")
    for day in (12, 13, 14, 15):
        refreshed(book, date(2015, 5, day))
        sheet = book.sheets[journal.SHEET]
        sizes.append(sheet.used_range.shape)
        assert not sheet.visible
        assert book.sheets.active.name == "Plan"
    assert sizes == [(9, 14)] * 4
    refreshed(book, date(2015, 5, 15))
    assert journal.read(book) is not None, "a click that changes nothing takes nothing away"


def test_a_new_sheet_does_not_come_between_the_officer_and_the_plan(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Sheets.add

    def add_in_front(self: Sheets, *places: Any) -> Any:
        """As Excel does it, where a new sheet becomes the active one."""
        sheet = add(self, *places)
        sheet.activate()
        return sheet

    monkeypatch.setattr(Sheets, "add", add_in_front)
    refreshed(book)
    accepted(book, "A5:A6")
    assert {"Undo", "Log"} <= {sheet.name for sheet in book.sheets}
    assert book.sheets.active.name == "Plan"
    assert book.app.selection.address == "$A$5:$A$6"


def test_a_click_that_fails_half_way_can_be_undone(book: xw.Book) -> None:
    plan_of_book = plans.read(book).plan

    def broken() -> None:
        with journal.kept(book, plan_of_book, columns.keys("program"), "Half"):
            book.sheets["Plan"][f"{LETTERS['auto']}5"].value = "R"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert undone(book) == undo.Report("Half", 1, (), ())
    assert plan(book)[0][AUTO] is None


def test_a_sheet_of_somebody_elses_is_not_taken(book: xw.Book) -> None:
    book.sheets.add("undo")["A1"].value = "Mine"
    with pytest.raises(NotOurs, match="a sheet undo"):
        refreshed(book)
    assert plan(book)[0][AUTO] is None
    assert book.sheets["undo"]["A1"].value == "Mine"


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(),
    st.text(min_size=1),
)


@given(VALUES)
def test_a_value_is_kept_as_it_is(value: Any) -> None:
    text = journal.as_kept(value)
    assert journal.from_kept(text) == value
    assert type(journal.from_kept(text)) is type(value)
    assert not text or text[1] == ":", "no host takes it for a number, a date or a formula"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(6)),
    chosen=st.sets(st.integers(0, 5), min_size=1),
    edited=st.sets(st.integers(0, 5)),
)
def test_what_was_edited_stays_and_all_else_is_put_back(
    make_book: MakeBook, order: list[int], chosen: set[int], edited: set[int]
) -> None:
    """In any order of the rows: an edited cell of RAG Rating is kept, any other is what it was."""
    book = make_book([action(no, agreed="G") for no in range(1, 7)])
    refreshed(book)
    judgement = run.judged(book, run.Asked(as_of=TODAY), date.today).judgement
    taken = [judged for index, judged in enumerate(judgement.judged) if index in chosen]
    with journal.kept(book, judgement.plan, ("agreed", "agreement"), "Accept"):
        accept._write(book, judgement.plan, taken)
    rows = plan(book)
    for index in edited:
        rows[index][AGREED] = "A"
    book.sheets["Plan"]["A5:T10"].value = [rows[index] for index in order]
    report = undone(book)
    after = {int(row[0]) - 1: row[AGREED] for row in plan(book)}
    assert after == {index: "A" if index in edited else "G" for index in range(6)}
    assert (len(report.edited), report.lost) == (len(chosen & edited), ())
    assert report.cells == 2 * len(chosen) - len(chosen & edited)
    book.close()


def test_many_rows_are_found_again_in_as_many_steps() -> None:
    keys = {"auto": "A"}

    def make(size: int) -> tuple[journal.Journal, Plan]:
        actions = tuple(Action(row=no + 4, no=no, no_text=str(no), action="Do a thing") for no in range(size))
        entries = tuple(
            journal.Entry(str(no), "Do a thing", {"auto": ""}, {"auto": "t:R"}) for no in range(size)
        )
        return journal.Journal("Refresh RAG", ("", ""), entries), Plan(actions, keys)

    def work(given: tuple[journal.Journal, Plan]) -> None:
        known, plan = given
        wanted, edited, lost = undo._compared(known, plan, {"auto": ["R"] * len(plan.actions)})
        assert (len(wanted), edited, lost) == (len(plan.actions), [], [])

    assert growth.worst(work, make, (500, 1000, 2000, 4000)) <= growth.MOST
