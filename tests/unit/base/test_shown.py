import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.base.shown import plainly

LEFT_ALONE = ["plan.xlsx", "Bwrdd Diogelu Plant Cymru ŵŷ", "Children’s – 😀 [red] :smile:", "C:\\plans\\2015"]
SHOWN = [
    ("a\nb\r\tc", "a\\nb\\r\\tc"),
    ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
    ("\u202excod.exe", "\\u202excod.exe"),
    ("zero\u200bwidth\u2066", "zero\\u200bwidth\\u2066"),
    ("line\u2028and\u2029paragraph", "line\\u2028and\\u2029paragraph"),
    ("a\udcff", "a\\udcff"),
    ("\x9b2J", "\\x9b2J"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert plainly(text) == text


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_cannot_be_seen_is_shown_by_its_number(text: str, shown: str) -> None:
    assert plainly(text) == shown


@given(st.text(st.characters(codec=None)))
def test_every_text_is_one_line_that_any_file_takes(text: str) -> None:
    shown = plainly(text)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs"}
    assert shown.encode().decode() == shown
