"""Reading Status: what an officer's word for the state of an action means, in a board's words or our own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hscb_xl.plan.finished import DONE, LONGEST, WORDS, Meaning, normal
from hscb_xl.plan.likeness import alike
from hscb_xl.plan.remarks.claims import claim
from hscb_xl.plan.remarks.sentences import remarks

# "1 - Fully Achieved", "Green: on track", "This action has been closed".
_FRONT = re.compile(
    r"(?:\(?(?:\w|blue|green)\)?(?: ?[.:()–—-] ?| - )|\d (?=(?:fully|part|not|in) ?\w))?"
    r"(?:(?:this|the) )?(?:(?:actions?|tasks?|work|status) ?[:–-]? ?)?"
    r"(?:(?:is|are|was|has|have|been|now|all|fully) )*+"
)
_DONE_SOMEHOW = re.compile(
    rf"\b(?:{'|'.join(DONE)}|closure|(?:part(?:ially|ly)?|mostly|largely|nearly|almost) (?:met|embedded))\b"
)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent)(?: (?:complete|completed|done|achieved))?")
# A percentage in a cell of Excel is a number: 0.6 shown as 60%.
_SHARE = re.compile(r"0(?:\.\d+)?|1")
# "Compleated" and "Complted" are this close to a word for finished work; "Complex" is not.
_CLOSE = 0.85
_LONG_ENOUGH = 5
_AFTER_ALL = re.compile(r" ?(?:[-–—:;,.(]+ ?|but )(?P<said>.+)")


@dataclass(frozen=True)
class Statuses:
    """The words that a board uses in Status; its ``own``, as ``normal`` writes them, come before ours."""

    own: Mapping[str, Meaning] = field(default_factory=dict)

    def meaning(self, status: str) -> Meaning | None:
        """What ``status`` means, None where it is empty or no word in it is known.

        A word for finished work means complete alone, and with a day, a person or the like behind it
        ("Completed 12/05/2015"); with a doubt behind it ("Closed - superseded") it means "ask".
        """
        text = normal(status) if len(status) <= LONGEST else ""
        forms = [form for form in (text, _behind_front(text)) if form]
        found = [read(form) for read in (self._words.get, _in_figures, self._by_beginning) for form in forms]
        return next(filter(None, found), _by_any_word(status) if text else None)

    def is_own(self, status: str) -> bool:
        """Whether ``status`` is a word that the board has given its meaning itself."""
        return len(status) <= LONGEST and normal(status) in self.own

    @cached_property
    def _words(self) -> Mapping[str, Meaning]:
        return {**WORDS, **self.own}

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(word) for word in self._words}, reverse=True)

    def _by_beginning(self, text: str) -> Meaning | None:
        """The meaning of the longest listed word that ``text`` begins with, as what follows allows it."""
        beginnings = (text[:length] for length in self._lengths if not text[length : length + 1].isalnum())
        # A letter with more behind it numbers what follows, unless the board gave it a meaning.
        word = next((w for w in beginnings if w in self.own or (len(w) > 1 and w in self._words)), None)
        if word is None:
            return None
        meaning, behind = self._words[word], text[len(word) :]
        if meaning == "complete":
            said = word if word in DONE else "complete"
            return "complete" if _claims(f"{said}{behind}") else "ask"
        more = _AFTER_ALL.match(behind) if meaning == "not complete" else None
        return "ask" if more and _claims(more["said"]) else meaning


OURS = Statuses()
"""The words of a board that has none of its own."""


def speaks_of_done(text: str) -> bool:
    """Whether a word for finished work stands anywhere in ``text``."""
    return len(text) <= LONGEST and _DONE_SOMEHOW.search(normal(text)) is not None


def _behind_front(text: str) -> str:
    """``text`` without the colour, number or words in front of what it says: "Green (complete)"."""
    said = _FRONT.sub("", text, count=1)
    return said if "(" in said else said.removesuffix(")")


def _in_figures(text: str) -> Meaning | None:
    """The meaning of a percentage; 1 may be all of it, or the first of a board's own codes."""
    if found := _PERCENT.fullmatch(text):
        percent = float(found[1])
        return "complete" if percent == 100 else "not complete" if percent < 100 else None
    if _SHARE.fullmatch(text):
        return "ask" if text == "1" else "not complete"
    return None


def _by_any_word(status: str) -> Meaning | None:
    if _claims(status):
        return "complete"
    return "ask" if speaks_of_done(status) or _is_nearly_done(normal(status)) else None


def _is_nearly_done(text: str) -> bool:
    """Whether ``text`` is one word that a slip of the hand made of a word for finished work."""
    return len(text) >= _LONG_ENOUGH and text.isalpha() and bool(alike(text, DONE, least=_CLOSE))


def _claims(text: str) -> bool:
    return bool(claim(remarks(text), ""))
