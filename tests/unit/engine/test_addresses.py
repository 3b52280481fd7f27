"""Addresses with a sheet or a book in front, and the bounds of a sheet."""

import pytest

from hscb_xl.engine.addresses import name_key, of_book, of_sheet, within_sheet
from hscb_xl.ooxml.formula.refs import Area

IN_FRONT = [
    ("plan.xlsx", "Plan", "[plan.xlsx]Plan!"),
    ("plan.xlsx", "My Lists", "'[plan.xlsx]My Lists'!"),
    ("my plan.xlsx", "Plan", "'[my plan.xlsx]Plan'!"),
    ("plan.xlsx", "It's", "'[plan.xlsx]It''s'!"),
    ("plan.xlsx", "AB12", "'[plan.xlsx]AB12'!"),
]


@pytest.mark.parametrize(("book", "sheet", "text"), IN_FRONT)
def test_names_are_quoted_where_need_be(book: str, sheet: str, text: str) -> None:
    assert of_book(book, sheet) == text
    assert of_sheet(sheet) == text.replace(f"[{book}]", "").replace("'Plan'", "Plan")


@pytest.mark.parametrize("name", ["My Lists!Local", "'My Lists'!Local", "'MY LISTS'!LOCAL"])
def test_a_name_is_the_same_with_quotes_and_without(name: str) -> None:
    assert name_key(name) == ("my lists", "local")


def test_an_apostrophe_in_a_sheet_name_is_doubled() -> None:
    assert name_key("'It''s'!Local") == name_key("It's!Local") != name_key("Local")


@pytest.mark.parametrize("area", [(1, 1, 1, 1), (1, 1, 1048576, 16384), (1048577, 1, 1048576, 1)])
def test_within_a_sheet(area: tuple[int, int, int, int]) -> None:
    assert within_sheet(Area(*area)) == Area(*area)


@pytest.mark.parametrize("area", [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1048577, 1), (1, 1, 1, 16385)])
def test_outside_a_sheet(area: tuple[int, int, int, int]) -> None:
    with pytest.raises(IndexError, match=r"lie outside the sheet: its rows count from 1 to 1048576, .*\.$"):
        within_sheet(Area(*area))
