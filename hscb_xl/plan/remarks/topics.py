"""What an action is about: its own words, and the one thing that is to be done with or brought about."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hscb_xl.plan.remarks.plainly import plain

ORDERS = frozenset(
    "agree appoint arrange assess assure attend audit build check circulate collect commission complete"
    " conduct"
    " confirm consider consult continue convene coordinate create define deliver design determine develop"
    " discuss"
    " embed encourage engage ensure establish evaluate examine explore extend finalise formalise give hold"
    " identify"
    " implement improve include increase inform introduce investigate invite launch lead liaise make manage"
    " map"
    " monitor obtain organise plan prepare present prioritise produce promote provide publish put raise"
    " receive"
    " recommend recruit reduce refresh report request respond review revise roll scope secure seek send set"
    " share"
    " strengthen submit support take test train undertake update use validate verify write".split()
)
"""The verbs that actions begin with when they tell somebody to do something."""

_SMALL_WORDS = frozenset("a an the it this that of for to in on at by and or with our its their".split())
_LINKS = frozenset(
    "about across against as at between by during for from in including into of on per regarding so that"
    " through to towards under until using via when where which who with within ensuring"
    " is are was were will has have should must".split()
)
_OF = re.compile(r"(?:the |an? )?([a-z]+) of ")
_PART = re.compile(r"[,;:.()–—]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of an action's text, and its head: the noun before its first "of", "for" or the like."""

    words: frozenset[str]
    head: str

    def is_named(self, what: str) -> bool:
        """Whether ``what`` names the thing itself and nothing beside it: "The review", not "The website"."""
        return self.head in _telling(what) and self.is_touched(what)

    def is_touched(self, what: str) -> bool:
        """Whether all that ``what`` names stands in the action's text."""
        telling = _telling(what)
        return bool(telling) and telling <= self.words


@lru_cache(maxsize=1)  # each remark of a row asks for the same
def topic(action: str) -> Topic:
    """The topic of an action as its text has it; without a head where none is found."""
    return Topic(frozenset(_telling(action)), _head(plain(action)))


def _head(action: str) -> str:
    if of_something := _OF.match(action):  # "Review of the plan": no order, whatever the word
        return _singular(of_something[1])
    for phrase in _phrases(action):
        nouns = _without_orders(phrase)
        while len(nouns) > 1 and nouns[-1].endswith("ed"):  # "officer time allocated" is about time
            nouns.pop()
        if nouns:
            return _singular(nouns[-1])
    return ""


def _without_orders(phrase: list[str]) -> list[str]:
    """The words behind "review" or "review and update", small ones left out."""
    place = 0
    while place < len(phrase) and phrase[place] in ORDERS:
        place += 1
        if phrase[place : place + 1] != ["and"]:
            break
        place += 1
    return [word for word in phrase[place:] if word not in _SMALL_WORDS]


def _phrases(action: str) -> list[list[str]]:
    """The words of an action between its prepositions and stops; without a preamble ("In line with X,"
    " ...")."""
    parts = _PART.split(action)
    starts_late = len(parts) > 1 and action.partition(" ")[0] in _LINKS
    phrases: list[list[str]] = [[]]
    for part in parts[starts_late:]:
        for word in _WORD.findall(part):
            if word in _LINKS:
                phrases.append([])
            else:
                phrases[-1].append(word)
        phrases.append([])
    return phrases


def _telling(text: str) -> set[str]:
    return {_singular(word) for word in _WORD.findall(text.casefold())} - _SMALL_WORDS


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word
