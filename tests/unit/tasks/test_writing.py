"""What the tasks write: the computed columns, the sheet Checks, the sheet Summary, the rules."""

from datetime import date, datetime
from typing import Any

import xlwings as xw

from hscb_xl.plan.judgement import Judgement, judge
from hscb_xl.plan.look import HEADERS, LETTERS
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.tasks import check, rate, summarise
from hscb_xl.tasks import format as formatting
from hscb_xl.tasks.book import conditional
from hscb_xl.tasks.reading import plans
from tests.unit.tasks.conftest import MakeBook, action

TODAY = date(2015, 5, 12)
LOOKS = [(letter, look) for letter, look in LETTERS.items()]


def judged(book: xw.Book, policy: RatingPolicy | None = None) -> Judgement:
    known = plans.read(book)
    return judge(known.plan, known.names, policy or RatingPolicy(), TODAY)


def row(book: xw.Book, address: str) -> list[Any]:
    found: list[Any] = book.sheets["Plan"][address].value
    return found


def test_computed_columns(make_book: MakeBook) -> None:
    book = make_book([action(1), action(2, status="Complete"), {}, action(3, by_when="TBC")])
    report = rate.run(book, judged(book))
    assert (report.rated, report.differing) == (2, 1)
    assert row(book, "O5:T5") == [
        datetime(2014, 10, 31),
        "R",
        193.0,
        "overdue",
        "same",
        "Overdue by 193 days (due 31 October 2014)",
    ]
    assert row(book, "O6:S6") == [datetime(2014, 10, 31), "G", None, "complete", "differs"]
    assert row(book, "O7:T7") == [None] * 6
    assert row(book, "O8:S8") == [None, None, None, "no date", "not rated"]
    assert book.sheets["Plan"]["A2"].value == (
        "As of 12 May 2015. Amber window 30 days, tolerance 0 days, preset delivery."
    )


def test_findings_are_listed_with_links_and_a_shorter_list_leaves_nothing_behind(make_book: MakeBook) -> None:
    book = make_book([action(no, agreed="") for no in range(1, 5)])
    found = check.run(book, judged(book))
    table = book.sheets["Checks"].tables["Checks"]
    assert table.data_body_range.shape == (len(found), 6)
    first = table.data_body_range[0, :]
    assert first.value[:3] == ["error", 1.0, "Plan!I5"]
    assert first[2].formula == '=HYPERLINK("#Plan!I5","Plan!I5")'
    book.sheets["Plan"]["I5:I8"].value = [["R"], ["R"], ["R"], ["R"]]
    book.sheets["Plan"]["K5:K8"].value = "In progress"
    book.sheets["Plan"]["G5:G8"].value = "October 2016"
    book.sheets["Plan"]["I5:I8"].value = "G"
    assert check.run(book, judged(book)) == ()
    assert table.data_body_range.value == [None, None, None, "Nothing was found.", None, None]
    assert book.sheets["Checks"]["A6:F60"].options(ndim=2).value == [[None] * 6] * 55


def test_our_rules_are_laid_once_and_a_users_rule_stays(make_book: MakeBook) -> None:
    book = make_book([action(1), action(2)])
    column = book.sheets["Plan"]["I5:I6"]
    column.conditional_formats.add_cell_value("equal_to", '="R"', fill_color=(1, 2, 3))
    assert formatting.run(book, plans.read(book).plan) == 4
    assert formatting.run(book, plans.read(book).plan) == 0
    assert len(column.conditional_formats) == 1 + 2 * len(LETTERS)  # each letter, and its word
    assert [rule.fill_color for rule in column.conditional_formats].count((1, 2, 3)) == 1


def test_the_letters_rules_of_an_earlier_run_are_ours(make_book: MakeBook) -> None:
    book = make_book([action(1), action(2, agreed="Green")])
    column = book.sheets["Plan"]["I5:I6"]
    assert conditional.lay(column, LETTERS.items())
    assert formatting.run(book, plans.read(book).plan) == 4
    words = {rule.formula1 for rule in column.conditional_formats}
    assert words == {f'="{word}"' for word in ("R", "A", "G", "B", "Red", "Amber", "Green", "Blue")}
    assert len(column.conditional_formats) == len(words)
    assert formatting.run(book, plans.read(book).plan) == 0


def test_rules_reach_rows_that_were_added(make_book: MakeBook) -> None:
    book = make_book([action(1), action(2)])
    sheet = book.sheets["Plan"]
    assert conditional.lay(sheet["I5:I6"], LOOKS)
    assert conditional.lay(sheet["I5:I7"], LOOKS)
    assert not conditional.lay(sheet["I5:I7"], LOOKS)
    assert len(sheet["I5:I7"].conditional_formats) == len(LETTERS)
    assert len(sheet["I7"].conditional_formats) == len(LETTERS)


def test_the_summary_has_figures_and_coloured_charts(make_book: MakeBook) -> None:
    book = make_book([action(1), action(2, group="Group Two", agreed="G"), action(3, agreed="")])
    summarise.run(book, judged(book))
    sheet = book.sheets["Summary"]
    assert sheet["A5:H7"].value == [
        ["Rating", "Red", "Amber", "Green", "No letter", "Actions", "Overdue", "Differ"],
        ["Agreed", 1.0, 0.0, 1.0, 1.0, 3.0, None, None],
        ["Computed", 3.0, 0.0, 0.0, 0.0, 3.0, 3.0, 1.0],
    ]
    assert sheet["A25:E26"].value == [["Group One", 2.0, 0.0, 0.0, 0.0], ["Group Two", 1.0, 0.0, 0.0, 0.0]]
    assert {sheet[cell].number_format for cell in ("A6", "A25", "A30", "C30")} == {"@"}
    assert {sheet[cell].number_format for cell in ("B6", "B25", "B30")} == {"General"}
    charts = {chart.name: [series.fill_color for series in chart.series] for chart in sheet.charts}
    fills = [LETTERS[letter].fill for letter in "RAG"]
    assert list(charts) == ["All actions", "Computed by group"]
    assert all(colours[:3] == fills for colours in charts.values())


def test_the_headings_of_the_summary_have_the_colours_of_the_plan_s(make_book: MakeBook) -> None:
    """Navy what is the board's, grey what is worked out, each over all of its columns, and nothing else."""
    book = make_book([action(1), action(2, group="Group Two")])
    summarise.run(book, judged(book))
    sheet = book.sheets["Summary"]
    assert [sheet[cell].value for cell in ("A23", "B23", "F23", "A28")] == [
        "By monitoring group",
        "Computed",
        "Agreed",
        "Most overdue",
    ]
    board, program = (HEADERS[owner].fill for owner in ("board", "program"))
    coloured = {
        board: ["A5:E5", "A24", "F23:I24", "A29", "C29:L29"],
        program: ["F5:H5", "B23:E24", "J24:L24", "B29"],
        None: ["A4:L4", "I5:L5", "A6:L7", "A23", "J23:L23", "A25:L26", "A28:L28", "M29", "A30:L31"],
    }
    for colour, areas in coloured.items():
        assert {area: sheet[area].color for area in areas} == dict.fromkeys(areas, colour)


def test_a_long_name_on_the_summary_is_not_cut(make_book: MakeBook) -> None:
    """Its row has two lines while it stands there, and one when a shorter name has taken its place."""
    long = "Framework, Transformation and Performance Manager"
    book = make_book([action(1, group="Group Two", lead=long), action(2, lead=long)])
    summarise.run(book, judged(book))
    sheet = book.sheets["Summary"]
    first = next(row for row in range(30, 45) if sheet[f"A{row}"].value == long)
    assert sheet[f"A{first}"].row_height >= 30
    book.sheets["Plan"]["E5:E6"].value = "Chair"
    summarise.run(book, judged(book))
    assert sheet[f"A{first}"].value == "Chair"
    assert sheet[f"A{first}"].row_height < 20


def test_the_summary_follows_the_plan(make_book: MakeBook) -> None:
    book = make_book([action(1), action(2, group="Group Two")])
    summarise.run(book, judged(book, RatingPolicy(blue=True)))
    sheet = book.sheets["Summary"]
    assert len(sheet.charts["All actions"].series) == 5
    book.sheets["Plan"]["J6"].value = "Group One"
    summarise.run(book, judged(book))
    assert len(sheet.charts["All actions"].series) == 4
    assert sheet["A25:A27"].value == ["Group One", None, "Most overdue"]
    assert sheet["A35:M60"].options(ndim=2).value == [[None] * 13] * 26


def test_the_figures_account_for_an_action_agreed_blue_though_settings_do_without(
    make_book: MakeBook,
) -> None:
    book = make_book([action(1, agreed="BLUE"), action(2, agreed="R")])
    summarise.run(book, judged(book))
    sheet = book.sheets["Summary"]
    assert sheet["A5:F6"].value == [
        ["Rating", "Red", "Amber", "Green", "Blue", "No letter"],
        ["Agreed", 1.0, 0.0, 0.0, 1.0, 0.0],
    ]
    assert len(sheet.charts) == 2
