from datetime import date, datetime
from typing import Any

import pytest

from hscb_xl.errors import BadSetting, ColumnProblem, PlanTableMissing
from hscb_xl.plan.periods import Period
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.tasks import reading, settings, tables
from tests.unit.tasks.conftest import HEADERS, MakeBook, action


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (4.1, "4.1"),
        (149.0, "149"),
        (True, "TRUE"),
        ("4.10", "4.10"),
        (" a ", " a "),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_values_as_people_read_them(value: Any, text: str) -> None:
    assert tables.as_text(value) == text


def test_rows_inherit_their_headings_and_keep_their_sheet_rows(make_book: MakeBook) -> None:
    book = make_book([action(1, para="149", area="A"), action(2), {}, action(3, para=150, area="B")])
    plan = reading.read(book).plan
    assert [(a.row, a.no, a.para, a.para_heading, a.area_heading) for a in plan.actions] == [
        (5, 1, "149", "149", "A"),
        (6, 2, "", "149", "A"),
        (7, None, "", "149", "A"),
        (8, 3, "150", "150", "B"),
    ]
    assert plan.cell(6, "agreed") == "Plan!I6"


def test_columns_are_found_wherever_they_stand(make_book: MakeBook) -> None:
    moved = ["My own", *reversed(HEADERS)]
    moved[moved.index("Business Plan 2014-15 Reference")] = "business plan 2016-17\nreference"
    moved[moved.index("No")] = "No."
    row = {**action(7), "No.": 7, "business plan 2016-17\nreference": 4.1}
    plan = reading.read(make_book([row], headers=moved)).plan
    assert (plan.actions[0].no, plan.actions[0].reference, plan.actions[0].lead) == (7, "4.1", "Lead One")
    assert plan.letters["no"] == "U"


def test_an_optional_column_may_be_missing(make_book: MakeBook) -> None:
    headers = [header for header in HEADERS if header != "Verified By"]
    assert reading.read(make_book([action(1)], headers=headers)).plan.actions[0].verified_by == ""


def test_a_computed_column_is_asked_for_too(make_book: MakeBook) -> None:
    headers = [header for header in HEADERS if header != "Auto RAG"]
    with pytest.raises(ColumnProblem, match="no column 'Auto RAG'"):
        reading.read(make_book([action(1)], headers=headers))


def test_two_names_of_one_column_are_two_columns_too_many(make_book: MakeBook) -> None:
    headers = [*HEADERS, "Business Plan Reference"]
    with pytest.raises(ColumnProblem, match="Plan!C4 and Plan!U4 are both"):
        reading.read(make_book([action(1)], headers=headers))


def test_dates_are_days_and_other_values_their_text(make_book: MakeBook) -> None:
    book = make_book([action(1, by_when=42094), action(2)])
    book.sheets["Plan"]["G6"].value = date(2015, 5, 12)
    book.sheets["Plan"]["L6"].value = "last week"
    first, second = reading.read(book).plan.actions
    assert (first.by_when, second.by_when, second.completed_on) == ("42094", date(2015, 5, 12), "last week")


def test_a_date_cell_is_what_its_number_format_shows(make_book: MakeBook) -> None:
    days = [datetime(2014, 10, 1), datetime(2014, 10, 15)]
    rows = [action(no, by_when=day, completed_on=day) for no, day in enumerate(days, 1)]
    book = make_book([*rows, action(3)], dates="mmm-yy")
    book.sheets["Plan"]["G6"].number_format = "dd/mm/yyyy"
    first, second, third = reading.read(book).plan.actions
    october = Period(date(2014, 10, 1), "month", "mmm-yy")
    assert (first.by_when, first.completed_on) == (october, october)
    assert (second.by_when, str(second.completed_on)) == (date(2014, 10, 15), "Oct-14")
    assert third.by_when == "October 2014"


def test_settings(make_book: MakeBook) -> None:
    stated = [
        ("As of", ""),
        ("amber window (days) ", 14),
        ("Tolerance (days)", 31),
        ("Preset", "Completion"),
        ("Blue ratings (BRAG)", "yes"),
        ("Something else", "ignored"),
    ]
    book = make_book([action(1)], settings=stated)
    table = tables.find(book, "Settings")
    assert settings.read(table) == settings.Settings(None, RatingPolicy(14, 31, "completion", blue=True))
    book.sheets["Settings"]["B5"].value = date(2015, 5, 12)
    assert settings.read(table).as_of == date(2015, 5, 12)


def test_without_settings_the_defaults_hold(make_book: MakeBook) -> None:
    assert tables.find(make_book([action(1)]), "Settings") is None
    assert settings.read(None) == settings.Settings()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("As of", "soon", r"Settings!B5: As of cannot be 'soon'; write a date"),
        ("Tolerance (days)", 1.5, r"Settings!B5: Tolerance \(days\) cannot be '1\.5'; write a whole number"),
        ("Tolerance (days)", -1, r"cannot be '-1'; write a whole number of days from 0"),
        ("Preset", "strict", r"Settings!B5: Preset cannot be 'strict'; write delivery or completion"),
        ("Blue ratings (BRAG)", "perhaps", r"write Yes or No"),
    ],
)
def test_a_wrong_setting(make_book: MakeBook, name: str, value: Any, sentence: str) -> None:
    with pytest.raises(BadSetting, match=sentence):
        reading.read(make_book([action(1)], settings=[(name, value)]))


def test_a_book_without_lists_is_told_so(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    known = tables.named(book)
    assert tables.records(known["leads"]) == [{"Name": "Lead One", "Also written as": "", "Own group": ""}]
    assert tables.find(book, "LEADS") is not None
    assert tables.find(book, "Nothing") is None
    book.sheets["Plan"].tables["Plan"].range  # noqa: B018  # the table is there
    with pytest.raises(PlanTableMissing, match="no table named Missing"):
        reading._directory(book, known, "Missing")
