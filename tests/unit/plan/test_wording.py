from datetime import date

import pytest

from hscb_xl.plan.wording import counted, listed, quoted, written


def test_a_day_is_written_out() -> None:
    assert written(date(2015, 3, 1)) == "1 March 2015"


def test_one_is_singular() -> None:
    assert [counted(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


def test_a_quote_stands_on_one_line_and_is_cut_between_words() -> None:
    assert quoted(" said\n twice ") == '"said twice"'
    assert quoted("word " * 40) == '"' + "word " * 24 + '…"'
    assert quoted("word" + " " * 5000 + "more") == '"word …"'
