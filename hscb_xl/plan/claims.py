"""Telling a claim that an action is complete from the many other things "completed" is said of."""

import re

from hscb_xl.plan.sentences import is_question

_DONE = r"(?:completed?|done|achieved|finished)"
# A piece of each of these words without an i, s or k, which have other capitals in some languages.
_PIECES = ("complet", "done", "ach", "hed")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./-]+(?:\d{{1,2}}[\s./-]+\d\d|{_MONTH})|{_MONTH}[\s'-]+\d\d)"
_TIME = (
    rf"(?:the\s+)?(?:{_DATE}|{_MONTH}\b|\d|end|mid|early|late|next|then|when|q\d|quarter"
    r"|easter|christmas|spring|summer|autumn|winter)"
)

# What may follow where the word is the whole message, unlike "Completed 2 courses" and "Complete the form".
_STANDS_ALONE = (
    r"(?=\s*$|\s*[.,;:!)\]–—]|\s+[-–—]|\s+(?i:but|and|although|though|however)\b"
    rf"|\s+(?i:(?:on|in)\s+)?(?i:{_DATE})|\s+(?i:on\s+time|at\s+(?:the\s+)?\w+)\b"
    rf"|\s+(?i:by)\s+(?!(?i:{_TIME}))"
    # the next remark, with no full stop between: a capital and a verb of its own
    r"|(?P<next>\s+[A-Z][\w&]*\s.*?\b(?:is|are|was|were|has|have|had|will|can|may|should|needs?)\b))"
)
# Officers date their remarks: "12 May 2015: completed".
_STAMP = rf"(?:(?i:update\s+)?(?i:{_DATE})\d*(?:[\s./-]*\d{{2,4}})?\s*[:–—-]\s*)?"
_OPENING = re.compile(
    rf"{_STAMP}\W*(?:(?i:100\s?%|fully|now|all)\s+)*"
    r"(?:(?i:this|the|all)\s+)?(?:(?i:actions?|tasks?)\s*(?:[-–:]\s*)?)?"
    r"(?:(?i:has|have)\s+(?i:now\s+)?(?i:been)\s+|(?i:is|are|was)\s+)?(?:(?i:now|fully|all|100\s?%)\s+)*"
    rf"(?i:{_DONE})\b{_STANDS_ALONE}",
    re.DOTALL,
)
_PASSIVE = re.compile(
    rf"{_STAMP}(?P<what>[^.;:?]+?)\s+(?:(?i:has|have)\s+(?i:now\s+)?(?i:been)\s+|(?i:is|are|was|were)\s+)?"
    rf"(?:(?i:now|fully)\s+)*(?i:{_DONE})\b{_STANDS_ALONE}",
    re.DOTALL,
)
_PART_ONLY = re.compile(
    r"[\s,;:.(–—-]*(?:(?:but|and|although|though|however)\s+)?(?:is\s+|was\s+)?"
    r"(?:in\s+part\b|in\s+draft\b|partially|partly|except|apart\s+from|other\s+than|subject\s+to|pending|not\b"
    r"|with\s+the\s+exception|as\s+far\s+as|to\s+date|(?!100)\d+\s?%)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    rf"{_STAMP}(?:(?:this|the)\s+)?(?:(?:action|task)\s+)?"
    rf"(?:(?:is|was|has|have)\s+)?(?:still\s+)?not\s+(?:yet\s+|been\s+|fully\s+)*{_DONE}\b",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset("a an the this that of for to in on at by and or with our its their".split())
_PRONOUNS = frozenset(("this", "it"))


def claim(remarks: list[str], action: str) -> str:
    """The remark that claims ``action`` complete, '' where none does.

    Commentary grows downward, so that a later "not yet complete" takes an earlier claim back; of several
    claims the first is quoted.
    """
    found = ""
    for place, remark in enumerate(remarks):
        if not _may_say_done(remark):
            continue
        if _DENIED.match(remark):
            found = ""
        elif not found and not is_question(remark):
            found = _claimed(remark, action, first=place == 0)
    return found


def _may_say_done(remark: str) -> bool:
    """Whether a remark can say that anything is done: few do, and the patterns that tell are slow."""
    folded = remark.casefold()
    return any(piece in folded for piece in _PIECES)


def _claimed(remark: str, action: str, first: bool) -> str:
    opening = _OPENING.match(remark)
    if opening:
        return _quote(remark, opening)
    passive = _PASSIVE.match(remark)
    if passive and _is_the_action(passive["what"], action, first):
        return _quote(remark, passive)
    return ""


def _quote(remark: str, match: re.Match[str]) -> str:
    """The remark or, where another runs on from it, the claiming words; '' where only a part is claimed."""
    if _PART_ONLY.match(remark, match.end()):
        return ""
    return match[0].strip() if match["next"] else remark


def _is_the_action(what: str, action: str, first: bool) -> bool:
    """Whether what is called complete is the action: all its words stand in the action's own text."""
    words = _words(what)
    if first and words and words <= _PRONOUNS:
        return True
    telling = words - _SMALL_WORDS - _PRONOUNS
    return bool(telling) and telling <= _words(action)


def _words(text: str) -> set[str]:
    return {
        word.removesuffix("s") if len(word) > 3 else word for word in re.findall(r"[^\W_]+", text.casefold())
    }
