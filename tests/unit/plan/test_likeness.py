"""What is most like a word: difflib's own answer, found in a long list without asking it of every word."""

import random
import string
import sys
from difflib import SequenceMatcher, get_close_matches
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.plan.likeness import LONGEST, alike
from tests.growth import MOST, worst

SUBJECTS = "policy training finance health safeguarding audit quality performance adults housing".split()
FIRST = "jane john mary priya ahmed wei siobhan patrick".split()
LAST = "smith jones patel o'brien okafor zhang williams davies".split()
LEADS = [f"chair of {one} and {other}" for one, other in product(SUBJECTS, SUBJECTS) if one != other]
PEOPLE = [f"{first} {last}" for first, last in product(FIRST, LAST)]
LISTED = [*LEADS, *PEOPLE, "independent chair of the board"]

WRITTEN = [
    ("chiar of policy and audit", "chair of policy and audit"),
    ("chair of audit & quality", "chair of audit and quality"),
    ("siobhan o brien", "siobhan o'brien"),
    ("independant chair of board", "independent chair of the board"),
    ("patrik zang", "patrick zhang"),
    ("director of education", "director of education"),
    ("-", "-"),
    ("", ""),
    ("zzzz", "zzzz"),
]


def ratio(word: str, text: str) -> float:
    return SequenceMatcher(a=text, b=word).ratio()


def slip(word: str, chance: random.Random) -> str:
    """A word with a letter left out, doubled, changed or swapped."""
    at = chance.randrange(len(word))
    odd = chance.choice(string.ascii_lowercase)
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return chance.choice([word[:at] + word[at + 1 :], word[:at] + odd + word[at + 1 :], swapped])


@pytest.mark.parametrize(("word", "expected"), WRITTEN)
def test_the_nearest_of_a_long_list(word: str, expected: str) -> None:
    found = alike(word, LISTED, least=0.6)
    assert found == get_close_matches(word, LISTED, 1, 0.6)
    assert found == ([expected] if expected in LISTED else [])


@pytest.mark.parametrize("seed", range(6))
def test_slips_of_the_hand_find_what_difflib_finds(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        word = slip(slip(slip(chance.choice(LISTED), chance), chance), chance)
        for most in (1, 2):
            assert alike(word, LISTED, least=0.6, most=most) == get_close_matches(word, LISTED, most, 0.6)


@given(st.text("ab c", max_size=9), st.lists(st.text("ab c", max_size=9), unique=True, max_size=140))
def test_it_is_as_near_as_difflib_s(word: str, known: list[str]) -> None:
    found, wanted = alike(word, known, least=0.6), get_close_matches(word, known, 1, 0.6)
    assert len(found) == len(wanted)
    assert all(ratio(word, text) >= 0.6 for text in found)
    if len(known) <= 64:
        assert found == wanted


def test_the_order_of_the_list_does_not_matter() -> None:
    alike_all = [f"team {number:03}" for number in range(200)]
    shuffled = random.Random(1).sample(LEADS + alike_all[:60], len(LEADS) + 60)
    assert alike("tema 01", shuffled, least=0.6) == alike("tema 01", sorted(shuffled), least=0.6)


def test_a_text_that_is_no_name_is_like_none() -> None:
    long = "x" * (LONGEST + 1)
    for known in ([long], [long, *LEADS]):
        assert alike(long, known, least=0.6) == []
        assert alike(long[1:], known, least=0.6) == []


def test_a_short_list_needs_no_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    assert alike("john smiht", PEOPLE, least=0.6) == ["john smith"]
    with pytest.raises(ImportError):
        alike("john smiht", LISTED, least=0.6)


def test_the_time_grows_with_the_list_and_no_faster() -> None:
    words = [slip(word, random.Random(3)) for word in LISTED[:40]]

    def make(size: int) -> list[str]:
        return [f"{LISTED[number % len(LISTED)]} {number}" for number in range(size)]

    assert worst(lambda known: [alike(word, known, least=0.6) for word in words], make) <= MOST


def test_the_time_does_not_grow_with_a_word_that_is_none() -> None:
    known = [*LISTED, "chair " * 5000]
    assert (
        worst(lambda word: [alike(word, known, least=0.6) for _ in range(50)], lambda n: "chair " * n) <= MOST
    )
