"""Columns that stand side by side can be written in one go, wherever an officer has put them."""

import pytest

from hscb_xl.plan.columns import letters, side_by_side

PLACES = [
    ("A B C", [["a", "b", "c"]]),
    ("Y Z AA", [["a", "b", "c"]]),
    ("AZ BA ZZ", [["a", "b"], ["c"]]),
    ("C B A", [["a"], ["b"], ["c"]]),
    ("A C D", [["a"], ["b", "c"]]),
]


@pytest.mark.parametrize(("written", "runs"), PLACES)
def test_columns_that_stand_behind_each_other_are_one_run(written: str, runs: list[list[str]]) -> None:
    assert side_by_side("abc", dict(zip("abc", written.split(), strict=True))) == runs


def test_all_letters_of_a_sheet_are_one_run() -> None:
    places = {str(number): letters(number) for number in range(1, 16_385)}
    assert len(side_by_side(list(places), places)) == 1
