from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from hscb_xl.engine import open_book
from hscb_xl.errors import BadSetting
from hscb_xl.plan.statuses import OURS, Statuses
from hscb_xl.tasks.book import tables
from hscb_xl.tasks.reading import words
from tests.unit.tasks.conftest import MakeBook, action, table

HEADERS = ("Word", "Means")


def read(
    folder: Path, rows: Sequence[Sequence[Any]], headers: Sequence[str] = HEADERS, sheet: str = "Lists"
) -> Statuses:
    """The words of a book with these rows, from H5 on; its table Leads is on the sheet Lists."""
    path = folder / "words.xlsx"
    book = xlsxwriter.Workbook(path)
    table(book, "Lists", "Leads", ("Name",), [["Lead One"]])
    page = book.get_worksheet_by_name(sheet) or book.add_worksheet(sheet)
    for number, row in enumerate(rows, start=4):
        page.write_row(number, 7, row)
    columns = [{"header": header} for header in headers]
    page.add_table(3, 7, 3 + max(len(rows), 1), 6 + len(headers), {"name": "Words", "columns": columns})
    book.close()
    opened = open_book(str(path))
    found = words.read(tables.named(opened))
    opened.close()
    return found


def test_a_word_and_what_it_means(tmp_path: Path) -> None:
    rows = [
        ("Gold", "complete"),
        (" Parked ", "Not Complete"),
        ("", ""),
        ("Rolled-up", " ask"),
        (5, "complete"),
    ]
    assert read(tmp_path, rows) == Statuses(
        {"gold": "complete", "parked": "not complete", "rolled up": "ask", "5": "complete"}
    )


def test_columns_stand_in_any_order(tmp_path: Path) -> None:
    found = read(tmp_path, [("complete", "why", "Gold")], ("Means", "Note", "Word"))
    assert found == Statuses({"gold": "complete"})


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [("Gold", "finished")],
            "Lists!I5: Means cannot be 'finished'; write complete, not complete or ask.",
        ),
        ([("Gold", None)], "Lists!I5: Means is empty; write complete, not complete or ask."),
        ([(None, "ask")], "Lists!H5: Word is empty, but Lists!I5 gives a meaning."),
        ([("...", "ask")], "Lists!H5: Word is no word, but Lists!I5 gives a meaning."),
        ([("x" * 201, "ask")], "Lists!H5: Word is longer than 200 characters."),
        (
            [("Gold", "complete"), ("gold.", "ask")],
            'Lists!H6: "gold." means something else in Lists!H5; keep one of them.',
        ),
        (
            [("Gold", "finished"), (None, "ask")],
            "Lists!I5: Means cannot be 'finished'; write complete, not complete or ask; "
            "Lists!H6: Word is empty, but Lists!I6 gives a meaning.",
        ),
    ],
)
def test_wrong_entries_are_told_all_at_once(
    rows: Sequence[Sequence[Any]], sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSetting) as told:
        read(tmp_path, rows)
    assert str(told.value) == sentence


def test_a_word_that_is_there_twice_with_one_meaning_is_no_mistake(tmp_path: Path) -> None:
    assert read(tmp_path, [("Gold", "ask"), ("GOLD", "Ask")]) == Statuses({"gold": "ask"})


def test_a_header_that_is_missing_on_lists_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        BadSetting, match=r"^The table Words on the sheet Lists has no column Means; it needs"
    ):
        read(tmp_path, [("Gold", "complete")], ("Word", "Meaning"))


def test_a_table_of_that_name_elsewhere_is_somebody_elses(tmp_path: Path) -> None:
    assert read(tmp_path, [("LSCB", "a board")], ("Word", "Definition"), sheet="Glossary") is OURS


def test_a_book_without_the_table_has_our_words(make_book: MakeBook) -> None:
    assert words.read(tables.named(make_book([action(1)]))) is OURS
