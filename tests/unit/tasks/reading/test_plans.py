import re
from datetime import date, datetime
from typing import Any

import pytest

from hscb_xl.errors import BadCell, BadSetting, BadTable, ColumnProblem, PlanError, PlanTableMissing
from hscb_xl.plan.columns import COLUMNS, Column
from hscb_xl.plan.deadlines.periods import Period
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.tasks.book import tables
from hscb_xl.tasks.reading import plans, settings
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
    plan = plans.read(book).plan
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
    plan = plans.read(make_book([row], headers=moved)).plan
    assert (plan.actions[0].no, plan.actions[0].reference, plan.actions[0].lead) == (7, "4.1", "Lead One")
    assert plan.letters["no"] == "U"


@pytest.mark.parametrize("column", [column for column in COLUMNS if not column.required], ids=lambda c: c.key)
def test_an_optional_column_may_be_missing(make_book: MakeBook, column: Column) -> None:
    headers = [header for header in HEADERS if header != column.header]
    plan = plans.read(make_book([action(1)], headers=headers)).plan
    assert plan.actions[0].action == "Do thing 1"
    assert not plan.has(column.key)


def test_a_computed_column_may_be_missing_too(make_book: MakeBook) -> None:
    headers = [header for header in HEADERS if header != "Auto RAG"]
    assert not plans.read(make_book([action(1)], headers=headers)).plan.has("auto")


def test_all_that_is_wrong_is_told_at_once(make_book: MakeBook) -> None:
    headers = [header for header in HEADERS if header not in ("Lead", "Progress", "Evidence", "RAG Rating")]
    wrong = [("Preset", "strict"), ("Tolerance (days)", -1)]
    row = {
        **action(1, by_when=-3, completed_on=9_999_999),
        "RAG Ratings": "G",
        "business plan reference": 4.1,
    }
    book = make_book([row], headers=[*headers, "RAG Ratings", "business plan reference"], settings=wrong)
    book.sheets["Lists"].tables["Leads"].name = "Names"
    book.sheets["Lists"].tables["Groups"].name = "Boards"
    with pytest.raises(PlanError) as caught:
        plans.read(book)
    assert str(caught.value) == (
        "Settings!B6: Tolerance (days) cannot be '-1'; write a whole number of days from 0 to 3650. "
        "Settings!B5: Preset cannot be 'strict'; write delivery or completion. "
        "plan.xlsx: Plan!C4 and Plan!R4 are both the column 'Business Plan 2014-15 Reference': rename "
        "or delete one. "
        "plan.xlsx: the table Plan has no column 'RAG Rating'; Plan!Q4 has 'RAG Ratings', which looks "
        "like it: rename it to 'RAG Rating'. "
        "plan.xlsx: the table Plan has no columns 'Lead' and 'Progress': add them to the table. "
        "It can do without the column 'Evidence', which it lacks too. "
        "Plan!F5 holds the number -3, which is no date: type the date again. "
        "plan.xlsx has no tables named Leads and Groups: copy the sheet Lists from a new workbook into it."
    )


def test_more_problems_than_anybody_reads_are_counted(make_book: MakeBook) -> None:
    with pytest.raises(BadCell, match=r"Plan!G16 holds the number -3.* There are 8 more such problems\.$"):
        plans.read(make_book([action(no, by_when=-3) for no in range(1, 21)]))


@pytest.mark.parametrize("name", ["Plan", "Leads", "History", "Settings"])
def test_a_table_that_shows_no_headers(make_book: MakeBook, name: str) -> None:
    book = make_book([action(1)], settings=[("Preset", "delivery")])
    sheet = book.sheets.add("Log")
    sheet["A1:B1"].value = ["Kind", "No"]
    sheet.tables.add(source=sheet["A1:B2"], name="History")
    table = tables.find(book, name)
    assert table is not None
    table.show_headers = False
    if name == "Settings":
        assert plans.read(book).settings.policy.preset == "delivery"
        return
    with pytest.raises(
        BadTable, match=f"The table {name} on the sheet .* shows no headers: choose Table Design"
    ):
        plans.read(book)


def test_settings_of_one_column_have_no_values(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    sheet = book.sheets.add("Settings")
    sheet["A1"].value = "Setting"
    sheet.tables.add(source=sheet["A1:A3"], name="Settings")
    with pytest.raises(BadSetting, match="Settings!A2:A3: the table Settings needs a second column"):
        plans.read(book)


def test_names_without_their_header(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    book.sheets["Lists"]["A4"].value = "Who"
    with pytest.raises(BadTable, match="The table Leads on the sheet Lists has no column 'Name'"):
        plans.read(book)


FORMULAS = [
    ("G5", "Plan!G5 holds a formula whose value is not stored: open the workbook in Excel and save it."),
    (
        "A5:A12",
        "Plan!A5, Plan!A6, Plan!A7, Plan!A8, Plan!A9, Plan!A10 and 2 more cells hold formulas whose values",
    ),
]


@pytest.mark.parametrize(("cells", "sentence"), FORMULAS)
def test_a_formula_without_its_value_is_no_empty_cell(make_book: MakeBook, cells: str, sentence: str) -> None:
    book = make_book([action(no) for no in range(1, 9)])
    book.sheets["Plan"][cells].formula = "=NOW()"
    with pytest.raises(BadCell, match=re.escape(sentence)):
        plans.read(book)


def test_a_formula_with_its_value_is_that_value(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    sheet = book.sheets["Plan"]
    sheet["F5"].formula = '=HYPERLINK("#A1","Do it")'
    sheet["U5"].formula = "=NOW()"  # beside the table
    assert plans.read(book).plan.actions[0].action == "Do it"


def test_a_rating_that_is_a_formula_is_said_to_be_one(make_book: MakeBook) -> None:
    book = make_book([action(1), action(2)])
    book.sheets["Plan"]["I6"].formula = '=IF(TRUE,"G","R")'
    assert plans.read(book).plan.around.unstored == {6}


BELOW: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ()),
    ({"C7": "An action"}, ("C7",)),
    ({"C7": "An action", "T7": 0, "A8": 3, "A9": " ", "A10": "Key"}, ("C7", "T7", "A8")),
    ({"A8": "Key: R is red"}, ()),
    ({"U7": "right of the table"}, ()),
    ({f"A{row}": "x" for row in range(7, 40)}, tuple(f"A{row}" for row in range(7, 17))),
]


@pytest.mark.parametrize(("cells", "found"), BELOW)
def test_what_stands_right_below_the_table(
    make_book: MakeBook, cells: dict[str, Any], found: tuple[str, ...]
) -> None:
    book = make_book([action(1), action(2)])
    for cell, value in cells.items():
        book.sheets["Plan"][cell].value = value
    assert plans.read(book).plan.around.below == found


def test_another_table_right_below_is_no_row_of_the_plan(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    sheet = book.sheets["Plan"]
    sheet["B6:C6"].value = ["What", "Who"]
    sheet.tables.add(source=sheet["B6:C8"], name="Key")
    assert plans.read(book).plan.around.below == ()


def test_a_row_of_totals_is_of_the_table(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    book.sheets["Plan"].tables["Plan"].show_totals = True
    plan = plans.read(book).plan
    assert (len(plan.actions), plan.around.below) == (1, ())


def test_two_names_of_one_column_are_two_columns_too_many(make_book: MakeBook) -> None:
    headers = [*HEADERS, "Business Plan Reference"]
    with pytest.raises(ColumnProblem, match="Plan!C4 and Plan!U4 are both"):
        plans.read(make_book([action(1)], headers=headers))


def test_dates_are_days_and_other_values_their_text(make_book: MakeBook) -> None:
    book = make_book([action(1, by_when=42094), action(2)])
    book.sheets["Plan"]["G6"].value = date(2015, 5, 12)
    book.sheets["Plan"]["L6"].value = "last week"
    first, second = plans.read(book).plan.actions
    assert (first.by_when, second.by_when, second.completed_on) == ("42094", date(2015, 5, 12), "last week")


def test_a_date_cell_is_what_its_number_format_shows(make_book: MakeBook) -> None:
    days = [datetime(2014, 10, 1), datetime(2014, 10, 15)]
    rows = [action(no, by_when=day, completed_on=day) for no, day in enumerate(days, 1)]
    book = make_book([*rows, action(3)], dates="mmm-yy")
    book.sheets["Plan"]["G6"].number_format = "dd/mm/yyyy"
    first, second, third = plans.read(book).plan.actions
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
        plans.read(make_book([action(1)], settings=[(name, value)]))


def test_a_book_without_lists_is_told_so(make_book: MakeBook) -> None:
    book = make_book([action(1)])
    known = tables.named(book)
    assert tables.records(known["leads"]) == [{"Name": "Lead One", "Also written as": "", "Own group": ""}]
    assert tables.find(book, "LEADS") is not None
    assert tables.find(book, "Nothing") is None
    book.sheets["Plan"].tables["Plan"].range  # noqa: B018  # the table is there
    with pytest.raises(PlanTableMissing, match="no table named Missing"):
        plans._directory(book, known, "Missing")
