"""Reading which other rating a comment asks for, and leaving alone every other use of a colour."""

import re
from dataclasses import dataclass
from typing import Literal

from hscb_xl.plan.rag import Rating
from hscb_xl.plan.sentences import is_question


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A comment that asks for another rating: outright, on a condition, or for a review."""

    kind: Literal["rating", "conditional", "review"]
    rating: Rating | None
    quote: str


_COLOURS = ("red", "amber", "green", "blue")
_COLOUR = rf"(?:{'|'.join(_COLOURS)})"
_RATINGS = {"r": Rating.RED, "a": Rating.AMBER, "g": Rating.GREEN, "b": Rating.BLUE}

_ASKS = re.compile(
    r"\b(?:suggest\w*|recommend\w*|propos\w+|should|ought\s+to|needs?|must|please|consider\w*|request\w*)\b"
    r"|(?:^|[:,–—-]\s*|\b(?:and|then)\s+)(?:re-?rate|rate|move|turn|change|make|mark|downgrade|upgrade|keep)\b",
    re.IGNORECASE,
)
# A colour is a rating only between words such as these: "should be red" is one, "red tape" is not.
_BEFORE = (
    r"\b(?:is|are|be|being|been|as|to|at|than|rated|rating|rag|status|remains?|stays?|becomes?|goes|go|turns?"
    r"|keep|mark|make|rate|this|it|that|action|but|and|or|still|now|back|suggest\w*|recommend\w*|propos\w+|consider"
    r"|(?:rag|rating|status|action)\s+\w+)[\s:]+(?:an?\s+)?[\"'“‘(]?"
)
_AFTER = (
    r"(?=[\"'”’)]*(?:\s*$|\s*[.,;:!?/)–—\n-]|\s+(?:as|because|since|until|till|if|unless|once|when|while|due|given"
    r"|for|and|but|or|at|in|on|with|without|rather|instead|not|now|again|pending|so|to|rating|rag|status)\b))"
)
_RATED = re.compile(
    rf"{_BEFORE}(?P<word>{_COLOUR})\b{_AFTER}|(?-i:\b(?P<capitals>RED|AMBER|GREEN|BLUE)\b){_AFTER}"
    r"|\b(?:(?:rated?|rating|rag)(?:\s+(?:this|it|action|is|be|as|to|should))*|(?:chang|mov|downgrad|upgrad)\w*\s+to"
    rf"|from\s+[RAGB]\s+to)\s+(?-i:(?P<letter>[RAGB]))\b{_AFTER}",
    re.IGNORECASE,
)
_ANOTHER = re.compile(rf"(?:[/,]|\s+or\s+)\s*(?P<word>{_COLOUR})\b{_AFTER}", re.IGNORECASE)
_LETTER = re.compile(r"\b[RAGB]\b")
# The rating that a comment leaves or rejects is not the one that it asks for.
_LEFT = re.compile(
    rf"\bfrom\s+(?:an?\s+)?{_COLOUR}\b|\b{_COLOUR}\s+(?=to\s+(?:an?\s+)?{_COLOUR}\b)"
    rf"|(?:\bnot|n['’]t)\s+(?:(?:be|remain|stay|an?|rated|shown|as)\s+)*{_COLOUR}\b"
    rf"|\b(?:rather\s+than|instead\s+of)\s+{_COLOUR}\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?<!clear )(?<!sure )(?<!know )(?<!see )(?<!ask )(?<!check )(?<!clarify )(?<!confirm )"
    r"\b(?:if|unless|once|when|provided|otherwise|depending)\b",
    re.IGNORECASE,
)
_COLOURED = re.compile(rf"(?P<before>.*?)\b{_COLOUR}\b[\s,;–—-]*(?P<after>.*)", re.IGNORECASE | re.DOTALL)
# "If not published then this action is AMBER" asks for it without a word that does.
_THEN = re.compile(
    r"\b(?:if|unless)\b.*\b(?:action|this|it|rating|rag)\s+(?:is|becomes|goes|turns)\b",
    re.IGNORECASE | re.DOTALL,
)
_REVIEW = re.compile(
    r"\b(?:review(?:ed|ing)?|re-?consider(?:ed)?|re-?visit(?:ed)?|re-?assess(?:ed|ment)?|look(?:ed)?\s+at|changed?"
    r"|revis(?:e|ed|ion))\b",
    re.IGNORECASE,
)
_THE_RATING = re.compile(r"\bB?RAG\b|\b(?:the|this|its|action'?s?|colour)\s+rating\b", re.IGNORECASE)
_AT_ONCE = re.compile(r"(?:re-?view|re-?consider|re-?visit|re-?assess)\b", re.IGNORECASE)
_NO_NEED = re.compile(r"\b(?:no\s+need|not\s+need|no\s+change|no\s+longer)\b|n['’]t\s+need", re.IGNORECASE)
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
    if _may_name_one(remark, folded) and (_ASKS.search(remark) or _THEN.search(remark)):
        found = _named(remark)
        if found is not None:
            return found
    return Suggestion("review", None, remark) if _asks_for_review(remark, folded) else None


def _may_name_one(remark: str, folded: str) -> bool:
    """Whether a remark can name a rating at all: few do, and the patterns that find it are slow."""
    return any(colour in folded for colour in _COLOURS) or _LETTER.search(remark) is not None


def _named(remark: str) -> Suggestion | None:
    """The rating that a remark asks for, None where it names none."""
    left = _LEFT.search(remark)
    named = _ratings(_LEFT.sub(" ", remark))
    if named or left:
        rating = named.pop() if len(named) == 1 and not is_question(remark) else None
        return Suggestion(_kind(rating, _is_conditional(remark)), rating, remark)
    return None


def _kind(rating: Rating | None, conditional: bool) -> Literal["rating", "conditional", "review"]:
    if conditional:
        return "conditional"
    return "rating" if rating else "review"


def _ratings(text: str) -> set[Rating]:
    """The ratings that ``text`` names; a colour that is no rating ("green paper") is not among them."""
    found = [*_RATED.finditer(text)]
    alternatives = [_ANOTHER.match(text, match.end()) for match in found]
    words = [match[match.lastgroup or 0] for match in (*found, *filter(None, alternatives))]
    return {_RATINGS[word[0].casefold()] for word in words}


def _is_conditional(remark: str) -> bool:
    """Whether a condition stands before the colour or right behind it ("AMBER unless it is published").

    Farther behind, it belongs to what else is said ("AMBER, and to be reviewed once the audit is done").
    """
    colour = _COLOURED.search(remark)
    return colour is not None and bool(
        _CONDITION.search(colour["before"]) or _CONDITION.match(colour["after"])
    )


def _asks_for_review(remark: str, folded: str) -> bool:
    if "rag" not in folded and "rat" not in folded:  # neither a RAG nor a rating
        return False
    if not (_REVIEW.search(remark) and _THE_RATING.search(remark)) or _NO_NEED.search(remark):
        return False
    return bool(_ASKS.search(remark) or _AT_ONCE.match(remark))
