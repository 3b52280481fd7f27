import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.base.textsize import TALLEST, row_height
from hscb_xl.base.textsize import lines as lines_of
from hscb_xl.plan.look import BODY_SIZE


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("October", 10, 1),
        ("September 2014", 9, 2),
        ("one\ntwo\n\nfour", 20, 4),
        ("word " * 40, 50, 4),
        ("x" * 60, 10, 6),
    ],
)
def test_lines_in_a_column(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines


@given(st.text(max_size=400), st.floats(4, 60))
def test_a_wider_column_never_needs_more_than_its_words_and_breaks(text: str, width: float) -> None:
    assert 1 <= text.count("\n") + 1 <= lines_of(text, width)


def test_no_row_is_taller_than_excel_allows() -> None:
    assert row_height(1) < row_height(2) < row_height(20) < TALLEST
    assert row_height(1000) == TALLEST


def test_what_excel_needs_for_a_line_of_a_table_is_there() -> None:
    """Excel's own height of a line of Calibri at 10 points; LibreOffice would be content with less."""
    excels = 12.75
    for count in range(1, 31):
        assert row_height(count, BODY_SIZE) == pytest.approx(count * excels, rel=0.15)
        assert row_height(count, BODY_SIZE) >= count * excels


def test_a_hidden_column_makes_no_difference() -> None:
    assert lines_of("some words", 0) >= 1
