"""A cell of a plan costs no more than its length: what reads it takes twice the time for twice the text."""

import re
import time
from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from hscb_xl.plan import finished, statuses
from hscb_xl.plan.checks import check, completion, texts
from hscb_xl.plan.judgement import Names, judge
from hscb_xl.plan.model import Action, Plan
from hscb_xl.plan.names import Directory
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.plan.remarks import claims, doubts, outcomes, sentences, suggestions, topics
from tests.growth import MOST, worst

READERS = (
    *(completion, texts, claims, doubts, finished),
    *(outcomes, sentences, statuses, suggestions, topics),
)
NAMES, TODAY = Names(Directory([]), Directory([])), date(2015, 5, 12)


def read(cells: dict[str, str]) -> object:
    """All that a plan of one row is asked."""
    plan = Plan((Action(**{"row": 5, "no": 1, "action": "Agree a plan", **cells}),))
    return check(judge(plan, NAMES, RatingPolicy(), TODAY))


def progress(text: str) -> object:
    return read({"progress": text})


def other_cells(text: str) -> object:
    return read({"action": text, "status": text, "agreed": text, "progress": "Agreed. The plan is complete"})


def seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def growing(work: Callable[[str], object], shapes: Iterable[tuple[str, str]], size: int) -> list[str]:
    """The shapes, a front and what is repeated behind it, whose time grows faster than they do.

    Four times the text may take eight times the time in one measurement, as the machine may be busy; what
    takes more is measured again, from small to as long as a cell can be.
    """
    found = []
    for front, shape in shapes:

        def make(length: int, front: str = front, shape: str = shape) -> str:
            return (front + shape * (length // len(shape) + 1))[:length] + "x"

        if seconds(work, make(4 * size)) > 8 * seconds(work, make(size)) and worst(work, make) > MOST:
            found.append(front + shape)
    return found


# What stands in front, so that the slow patterns come to look, and what is repeated behind.
FRONTS = ("", "Completed", "suggest rating ", "Completed (", "If it is Red ")
SHAPES = (
    " ", "\t", "\n", "\n ", " \n", "\u00a0", ".", ". ", ",", ", ", ";", ":", " - ", "-", "–", "?", "? ",
    "!", "'", '"', "(", ")", "[", "/", "%", "&", "*", "§", "§ ", "1", "1 ", "12 ", "12/", "12/05/2015 ",
    "2015 ", "Q3 ", "May ", "12 May 2015: ", "1 of ", "50% ", "n't ", "n’t ", "a", "A", "A ", "a. ",
    "A. ", "aB ", "é", "𝒜 ", "<p ", "<", "\nab", "ab\n", "Octo\nber ", "completed", "completed ",
    "Completed ", "completed and ", "all actions ", "all actions in the ", "the ", "is ", "now all ",
    "has been ", "not ", "not be ", "no actions ", "next review ", "if ", "if this is ",
    "this action is ", "and action is ", "rating ", "rating A ", "rag is ", "rating this it action ",
    "Red ", "red or ", "green/", "from green to ", "suggest ", "to be ", "review RAG ", "Is there ",
    "Has A ", "has ed ", "what a ", "which a has ", "Mr. ", "e.g. ", "signed off by ",
    "approved by council ", "approved and ", "agreed that ", "further a b ", "for a b c ", "R ", "B: ",
    "update: ", "AB: ",
)  # fmt: skip


def words_of_patterns() -> list[str]:
    """The words that stand in the sources of all readers."""
    sources = (Path(str(module.__file__)).read_text("utf-8") for module in READERS)
    return sorted({word for source in sources for word in re.findall(r"[A-Za-z]+", source)})


@pytest.mark.parametrize("front", FRONTS)
def test_progress(front: str) -> None:
    assert growing(progress, product([front], SHAPES), 4000) == []


def test_the_words_that_are_looked_for() -> None:
    words = words_of_patterns()
    assert len(words) > 500
    assert growing(progress, (("Completed ", f"{word} ") for word in words), 1500) == []


def test_other_cells() -> None:
    assert growing(other_cells, product([""], SHAPES), 4000) == []


def test_what_grows_too_fast_is_found() -> None:
    pattern = re.compile(r"\s+$")
    assert growing(pattern.search, [("", "  "), ("", "a ")], 1000) == ["  "]
