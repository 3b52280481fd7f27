"""Reading which other rating a comment asks for, and leaving alone every other use of a colour."""

import re
from dataclasses import dataclass
from typing import Literal

from hscb_xl.plan.rag import Rating
from hscb_xl.plan.remarks.sentences import is_question

Kind = Literal["rating", "conditional", "review"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A comment that asks for another rating: outright, on a condition, or for a review."""

    kind: Kind
    rating: Rating | None
    quote: str


_COLOURS = ("red", "amber", "green", "blue")
_COLOUR = rf"(?:{'|'.join(_COLOURS)})"
_RATINGS = {"r": Rating.RED, "a": Rating.AMBER, "g": Rating.GREEN, "b": Rating.BLUE}

_LONGEST = 1000
"""Characters of a remark that are read together: the patterns look ahead as far as what they are given."""

_ASKS = re.compile(
    r"\b(?:suggest\w*|recommend\w*|propos\w+|should|ought to|needs?|must|please|consider\w*|request\w*"
    r"|ask(?:s|ed)? (?:that|for|to))\b"
    r"|(?:^|[:,–—-] ?|\b(?:and|then) )(?:re-?rate|rate|revert|return|move|turn|change|amend|make|mark"
    r"|downgrade|upgrade|keep)\b"
    r"|^(?:(?:this|the) )?(?:(?:action|rating|rag|status) ){0,2}to (?:go|move|turn|change|revert|return"
    r"|become|be (?:re-?)?(?:rated|moved|changed|turned|made|marked|amended|downgraded|upgraded))\b",
    re.IGNORECASE,
)
# A colour is a rating only between words such as these: "should be red" is one, "red tape" is not.
_BEFORE = (
    r"\b(?:is|are|be|being|been|as|to|at|than|rated|rating|rag|status|remains?|stays?|becomes?|goes|go"
    r"|turn(?:s|ed)?|keep|mark|make|rate|this|it|that|action|but|and|or|still|now|back|really|suggest\w*"
    r"|recommend\w*|propos\w+|consider|(?:rag|rating|status|action) \w+)(?: ?:| [–-])? (?:an? )?[\"'“‘(]?"
)
_AFTER = (
    r"(?=[\"'”’)]*(?:$| ?[.,;:!?/)–—-]| (?:as|because|since|until|till|if|unless|once|when|while|due|given"
    r"|for|and|but|or|at|in|on|with|without|rather|instead|not|now|again|pending|so|to|rating|rag|status"
    r"|provided|subject|should|following|after|before|by|please)\b))"
)
_RATED = re.compile(
    rf"{_BEFORE}(?P<word>{_COLOUR})\b{_AFTER}|(?-i:\b(?P<capitals>RED|AMBER|GREEN|BLUE)\b){_AFTER}"
    r"|\b(?:(?:rated?|rating|rag)(?: (?:this|it|action|is|be|as|to|should)){0,5}:?"
    rf"|(?:chang|mov|downgrad|upgrad)\w* to|from [RAGB] to) (?-i:(?P<letter>[RAGB]))\b{_AFTER}"
    r"|\b(?:suggest\w*|recommend\w*|propos\w+) (?-i:(?P<alone>[RAGB]))(?=\W*$)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(rf"(?: ?[/,] ?| or )(?P<word>{_COLOUR})\b{_AFTER}", re.IGNORECASE)
_LETTER = re.compile(r"\b[RAGB]\b")
# The rating that a comment leaves or rejects is not the one that it asks for.
_LEFT = re.compile(
    rf"\bfrom (?:an? )?{_COLOUR}\b|\b{_COLOUR} (?=to (?:an? )?{_COLOUR}\b)"
    rf"|(?:\bnot|n['’]t) (?:(?:be|remain|stay|an?|rated|shown|as) ){{0,5}}{_COLOUR}\b"
    rf"|\b(?:rather than|instead of) {_COLOUR}\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?<!clear )(?<!sure )(?<!know )(?<!see )(?<!ask )(?<!check )(?<!clarify )(?<!confirm )"
    r"\b(?:if|unless|once|when|provided|otherwise|depending|subject to)\b",
    re.IGNORECASE,
)
_A_COLOUR = re.compile(rf"\b{_COLOUR}\b", re.IGNORECASE)
_GAP = re.compile(r"[ ,;–—-]*")
# "If not published then this action is AMBER" asks for it without a word that does.
_IF = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:action|this|it|rating|rag) (?:is|becomes|goes|turns)\b", re.IGNORECASE)
# Somebody asks whether a rating is right: that is no request for one.
_ASKED = re.compile(r"\bwhether\b|\bask(?:s|ed)? if\b|\bquer(?:y|ies|ied)\b", re.IGNORECASE)
_REVIEW = re.compile(
    r"\b(?:review(?:ed|ing)?|re-?consider(?:ed)?|re-?visit(?:ed)?|re-?assess(?:ed|ment)?|look(?:ed)? at"
    r"|changed?|revis(?:e|ed|ion))\b",
    re.IGNORECASE,
)
_THE_RATING = re.compile(
    r"\bB?RAG\b|^rating\b|\b(?:the|this|its|action'?s?|colour|right|correct) rating\b", re.IGNORECASE
)
_AT_ONCE = re.compile(
    r"(?:re-?view|re-?consider|re-?visit|re-?assess|can|could|shall)\b|.*\bto (?:be )?(?:review|re-?consider"
    r"|re-?visit|re-?assess|revise)",
    re.IGNORECASE,
)
_NO_NEED = re.compile(r"\b(?:no need|not need|no change|no longer)\b|n['’]t need", re.IGNORECASE)
_STRENGTH = {"review": 1, "conditional": 2, "rating": 3}


def suggestion(remarks: list[str]) -> Suggestion | None:
    """The re-rating that ``remarks`` ask for, or None.

    Of several, one that names a rating outright comes before one on a condition, and that before one that
    asks for a review; of equals the last, as commentary grows downward.
    """
    best: Suggestion | None = None
    for remark in remarks:
        found = _suggested(remark)
        if found and (best is None or _STRENGTH[found.kind] >= _STRENGTH[best.kind]):
            best = found
    return best


def _suggested(remark: str) -> Suggestion | None:
    folded = remark.casefold()
    named, rated = _may_name_one(remark, folded), _may_speak_of_one(folded)
    if not (named or rated):
        return None
    is_asked = is_question(remark)
    read = [_asked_for(text, is_asked, named=named, rated=rated) for text in _read_together(remark)]
    found = max(filter(None, read), key=lambda asked: _STRENGTH[asked[0]], default=None)
    return Suggestion(*found, remark) if found else None


def _read_together(remark: str) -> list[str]:
    """``remark`` in single spaces, cut at a space where it is longer than any sentence."""
    text = " ".join(remark.split())
    pieces = []
    while len(text) > _LONGEST:
        end = text.rfind(" ", 0, _LONGEST)
        end = end if end > 0 else _LONGEST
        pieces.append(text[:end])
        text = text[end:].lstrip()
    return [*pieces, text]


def _may_name_one(remark: str, folded: str) -> bool:
    """Whether a remark can name a rating at all: few do, and the patterns that find it are slow."""
    return any(colour in folded for colour in _COLOURS) or _LETTER.search(remark) is not None


def _may_speak_of_one(folded: str) -> bool:
    """Whether a remark can speak of a RAG or a rating."""
    return "rag" in folded or "rat" in folded


def _asked_for(text: str, is_asked: bool, *, named: bool, rated: bool) -> tuple[Kind, Rating | None] | None:
    if named and (is_asked or _ASKS.search(text) or _is_consequence(text)):
        found = _named(text, is_asked or _ASKED.search(text) is not None)
        if found is not None:
            return found
    return ("review", None) if rated and _asks_for_review(text, is_asked) else None


def _is_consequence(text: str) -> bool:
    condition = _IF.search(text)
    return condition is not None and _THEN.search(text, condition.end()) is not None


def _named(text: str, is_asked: bool) -> tuple[Kind, Rating | None] | None:
    """The rating that a text asks for, None where it names none."""
    left = _LEFT.search(text)
    named = _ratings(" ".join(_LEFT.sub(" ", text).split()))
    if not named and not left:
        return None
    rating = named.pop() if len(named) == 1 and not is_asked else None
    if _is_conditional(text) and not is_asked:
        return "conditional", rating
    return ("rating" if rating else "review"), rating


def _ratings(text: str) -> set[Rating]:
    """The ratings that ``text`` names; a colour that is no rating ("green paper") is not among them."""
    found = [*_RATED.finditer(text)]
    alternatives = [_ANOTHER.match(text, match.end()) for match in found]
    words = [match[match.lastgroup or 0] for match in (*found, *filter(None, alternatives))]
    return {_RATINGS[word[0].casefold()] for word in words}


def _is_conditional(text: str) -> bool:
    """Whether a condition stands before the colour or right behind it ("AMBER unless it is published").

    Farther behind, it belongs to what else is said ("AMBER, and to be reviewed once the audit is done").
    """
    colour = _A_COLOUR.search(text)
    if colour is None:
        return False
    behind = _GAP.match(text, colour.end())
    return bool(
        _CONDITION.search(text, 0, colour.start()) or (behind and _CONDITION.match(text, behind.end()))
    )


def _asks_for_review(text: str, is_asked: bool) -> bool:
    if not _THE_RATING.search(text) or _NO_NEED.search(text):
        return False
    if is_asked and _A_COLOUR.search(text):
        return True
    return bool(_REVIEW.search(text) and (_ASKS.search(text) or _AT_ONCE.match(text)))
