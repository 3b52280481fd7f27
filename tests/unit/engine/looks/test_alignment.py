"""The words for alignment are xlwings' own, and each has one word in the file."""

import pytest
from xlwings import base_classes

from hscb_xl.engine.looks import alignment


def test_the_words_are_those_of_xlwings() -> None:
    assert set(alignment.HORIZONTAL) == set(base_classes.HORIZONTAL_ALIGNMENTS)
    assert set(alignment.VERTICAL) == set(base_classes.VERTICAL_ALIGNMENTS)


@pytest.mark.parametrize("words", [alignment.HORIZONTAL, alignment.VERTICAL])
def test_each_comes_back_from_the_file(words: tuple[str, ...]) -> None:
    assert [alignment.from_file(alignment.to_file(word, words), words) for word in words] == list(words)


def test_the_file_has_a_word_of_its_own() -> None:
    assert alignment.to_file("center_across_selection", alignment.HORIZONTAL) == "centerContinuous"
    assert alignment.from_file("centerContinuous", alignment.HORIZONTAL) == "center_across_selection"
    assert alignment.from_file("middle", alignment.VERTICAL) is None


@pytest.mark.parametrize("word", ["centerContinuous", "middle", "Center", ""])
def test_other_words_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match=r"is not an alignment: give one of top, center"):
        alignment.to_file(word, alignment.VERTICAL)
