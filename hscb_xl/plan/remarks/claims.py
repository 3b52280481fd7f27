"""Telling a claim that an action is complete from the many other things "completed" is said of.

A remark is read clause by clause: labels in front ("Q3 update:", "12 May 2015 -", "RAG: Blue -") are passed
over, then a clause must say that the action itself, or what its own text names, is complete.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from hscb_xl.plan.deadlines.months import NAMES
from hscb_xl.plan.finished import DONE
from hscb_xl.plan.remarks.doubts import NUMBER, is_doubtful, is_in_part, is_unticked, takes_back
from hscb_xl.plan.remarks.outcomes import came_about
from hscb_xl.plan.remarks.plainly import DATE, dated, first_words, plain
from hscb_xl.plan.remarks.sentences import is_question
from hscb_xl.plan.remarks.topics import Topic, topic

_LONGEST = 300
"""Characters within which a clause has said that something is complete, or has said something else."""

_MOST_LABELS = 8

_DONE = f"(?:{'|'.join(sorted(DONE, key=len, reverse=True))})"
# A thing that an action names may be signed off, or a matter closed, long before the action is complete.
_DONE_WITH = "(?:completed?|done|achieved|finished|delivered|implemented|fulfilled|accomplished)"
_HINTS = (*DONE, " met")
_NOUN = "(?:actions?|tasks?|recommendations?|items?|objectives?|milestones?|targets?|requirements?)"
_BEING = (
    "(?:(?:has|have|had|is|are|was|were|been|now|all|both|also|since|already|fully|successfully|finally"
    r"|formally|duly|recently|100 ?%|100 per ?cent) )*+"
)
# "All actions arising from the last meeting" are all of them; "all actions on housing" may not be.
_FROM = (
    r"(?: (?:stipulated|identified|arising|set out|agreed|listed|required|contained|raised|recommended|made"
    r"|described) (?:in|at|by|from|within|under) (?:the|this|our|its) (?:\w+ ){0,3}?\w+"
    r"| (?:in|from|of|within|under) (?:the|this|our|its) (?:\w+ ){0,2}?(?:plan|notice|report|review|log"
    r"|letter|list|programme|audit|inspection|meeting|action|recommendation|objective))"
)
_ALL = (
    rf"(?:all(?: of)?(?: the| these| our)?(?: {NUMBER})? (?:{_NOUN}|work|parts|elements|aspects){_FROM}?"
    "|everything|it all)"
)
_THIS = rf"(?:(?:the )?work on )?(?:(?:this|the|these) )?(?:{_NOUN}|work)"

_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SEASON = "(?:spring|summer|autumn|winter|easter|christmas)"
_TO_COME = rf"(?:the )?(?:§|\d|{NAMES}\b|{_SEASON}\b|(?:end|mid|early|late|next|then|when|quarter|q\d)\b)"
# What may follow where the word is the whole message, unlike "Completed 2 courses" and "Complete the form".
_FOLLOWS = (
    r"$|[.!\"*]| &| 100 ?%| y(?:es)?\b",
    rf"/(?:{_DONE}|blue|green)\b",
    rf" (?:(?:on|in|at|since|during|dated|w/?c) )?(?:the )?(?:{_WEEKDAY} )?(?:§|{NAMES}\b)",
    rf" (?:in )?(?:(?:the|early|late|mid) )*(?:q[1-4]|quarter|{_SEASON}|20\d\d)\b",
    rf" last (?:week|month|year|quarter|term|{_SEASON}|meeting)\b",
    r" (?:and|but|although|though|however|as|via|through|before|after|following|within|ahead)\b",
    r" (?:early|today|yesterday|previously|already)\b",
    r" (?:in (?:full|time|line|partnership|conjunction|accordance|consultation)|across (?:all|the))\b",
    r" (?:on (?:time|schedule|target|plan|budget)|to (?:time|timescale|plan|schedule|deadline))\b",
    r" (?:with (?:no|all|full|thanks|evidence|(?:the )?(?:help|support))|at (?:the )?\w+)\b",
    rf" by (?!{_TO_COME})",
)
_FOLLOW = f"(?={'|'.join(_FOLLOWS)})"
_DONES = rf"(?:\w+ed and )?{_DONE}\b"

# "Training confirmed complete" may be one thing of several: a person or body confirms, or nobody is named.
_CONFIRMED = (
    "(?:(?:the )?(?:(?:chair|board|exec|executive|committee|lead|group|sub ?group) )?"
    "(?:confirmed|agreed|marked|recorded|accepted) (?:as )?)?"
)
_OPENING = rf"{_CONFIRMED}(?:(?:{_ALL}|{_THIS}) )?{_BEING}{_DONES}"
_MET = rf"(?:{_ALL}|{_THIS}) {_BEING}met\b"
_PRONOUN = rf"(?P<pronoun>this|it) {_BEING}{_DONES}"
_THING = rf"(?:(?:the |all )?work on )?(?P<what>.+?) {_BEING}{_DONE_WITH}\b"
_ACTIVE = (
    rf"(?:we|(?:the )?[\w&]+(?: [\w&]+){{0,4}}) (?:has|have|had) (?:now |all |also )*+{_DONE}"
    rf" (?:(?:this|the|all|these)(?: the)? (?:{_NOUN}|work)|this)"
)
# Officers forget the full stop: the next remark begins with a capital and has a verb of its own.
_HEAD = rf"(?:{'|'.join((_OPENING, _MET, _ACTIVE, _PRONOUN, _THING))})(?:{_FOLLOW}|(?P<runs_on>(?= [a-z])))"
# In a later clause the action must be called one: "The strategy is published and this action is complete".
_LATER = (
    rf"(?:^|\b(?:and|so|hence|therefore|thus) |\b(?:agreed|confirmed) (?:that )?)"
    rf"(?:(?:this|the) )?(?:action|recommendation|task|item)s? {_BEING}{_DONES}{_FOLLOW}"
)

_CLAUSE_END = re.compile(r" ?[:;,()\[\]–—] ?| - ?|(?<=\w)- ")
_FRONT = re.compile(rf"[^\w§]*+(?:{DATE} [^\w§]*+)?(?:\d (?=fully ))?")
_LABELS = frozenset(
    "status position progress update updates updated outcome result rag brag rating current currently"
    " overall final latest action actions task recommendation item ref no number q1 q2 q3 q4 quarter qtr"
    " year end mid half as at of on the for to from meeting board exec executive committee week commencing"
    " blue green yes response comment comments management officer lead spring summer autumn winter easter"
    " christmas".split()
) | frozenset(NAMES[3:-1].split("|"))
# One of several: "Action (a) complete; action (b) ongoing".
_NUMBERED = re.compile(rf"\b{_NOUN}(?: no\.?)?(?: \(?|\()(?:\d+|[a-z]\b)")
_INITIALS = re.compile(r"[A-Z]{2,3}\W*$")
_CODE = re.compile(r"[\d§./]+(?:st|nd|rd|th)?|[a-mo-z]")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|can|may|should|needs?)\b")
_ANSWER = re.compile(r" ?(?:(?:y|yes|see)\b|§|100 ?%|\w+ (?:.* )?(?:\w+ed|held|sent|given|made|taken)\b)")


@dataclass(frozen=True, slots=True)
class _Said:
    """A remark and the same in plain words, its dates marked; ``start`` is where its labels end."""

    remark: str
    words: str
    start: int = 0

    def written(self, place: int, count: int) -> list[str]:
        """``count`` words as the remark has them, from the one at ``place`` of the plain words on."""
        first = self.words.count(" ", 0, place)
        return self.remark.split()[first : first + count]

    def quote(self, end: int) -> str:
        """The remark up to the word that ends at ``end`` of the plain words."""
        return first_words(self.remark, self.words.count(" ", 0, end) + 1)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Where a claim ends in the plain words, what it names, and whether another remark runs on behind."""

    end: int
    what: str = ""
    runs_on: bool = False


def claim(remarks: list[str], action: str) -> str:
    """The remark that claims ``action`` complete, '' where none does.

    Commentary grows downward, so that a later "not yet complete" or "reopened" takes an earlier claim back;
    of several claims the first is quoted.
    """
    found = ""
    for place, remark in enumerate(remarks):
        words = plain(remark)
        if found:
            found = "" if _is_taken_back(_Said(remark, words), topic(action)) else found
        else:
            found = _claimed(_Said(remark, words), action, first=place == 0)
    return found


def _is_taken_back(said: _Said, about: Topic) -> bool:
    """Whether a later remark takes a claim back, behind a day or label of its own too ("June: ongoing")."""
    if is_question(said.remark):
        return False
    behind = _behind_labels(replace(said, words=dated(said.words)), about)
    return takes_back(behind.words) or (behind.start > 0 and takes_back(behind.words[behind.start :]))


def _claimed(said: _Said, action: str, first: bool) -> str:
    """The words of a remark that claim ``action`` complete, '' where none do; a question claims nothing."""
    claimed = (
        _said_to_be_done(said, topic(action), first) if any(word in said.words for word in _HINTS) else ""
    )
    if not claimed and came_about(said.words, action) and not is_doubtful(dated(said.words)):
        claimed = said.remark
    return "" if claimed and is_question(said.remark) else claimed


def _said_to_be_done(said: _Said, about: Topic, first: bool) -> str:
    said = _behind_labels(replace(said, words=dated(said.words)), about)
    found = _opening(said, about, first) or _behind_another_clause(said)
    return _quoted(said, found) if found else ""


def _quoted(said: _Said, found: _Claim) -> str:
    """The claim's words, '' where what stands beside them keeps it from being one."""
    covered = said.words[: found.end] if found.runs_on else said.words
    beside = covered[said.start + len(found.what) :]
    # A box in front of a claim, not ticked, is passed over with the labels.
    front = said.words[: said.start]
    if is_in_part(covered) or is_unticked(front) or is_doubtful(beside) or _is_a_list(said.words, found.end):
        return ""
    if not found.runs_on:
        return said.remark
    return "" if takes_back(said.words[found.end :]) else said.quote(found.end)


def _behind_labels(said: _Said, about: Topic) -> _Said:
    """``said`` with its start behind the days, numbers and labels that stand in front."""
    start = 0
    for _ in range(_MOST_LABELS):
        front = _FRONT.match(said.words, start)
        start = front.end() if front else start
        stop = _CLAUSE_END.search(said.words, start)
        if stop is None or not _is_label(said, start, stop, about):
            break
        start = stop.end()
    return replace(said, start=start)


def _is_label(said: _Said, start: int, stop: re.Match[str], about: Topic) -> bool:
    label = said.words[start : stop.start()]
    words = label.replace("-", " ").split()
    if any(word in DONE for word in words) or _NUMBERED.search(said.words, start, stop.end() + 1):
        return False
    written = said.written(start, len(words))
    if all(
        word in _LABELS or _CODE.fullmatch(word) or _INITIALS.match(own)
        for word, own in zip(words, written, strict=False)
    ):
        return True
    is_all = said.words.startswith("all ", stop.end())
    return about.is_named(label) or (is_all and about.is_touched(label))


def _opening(said: _Said, about: Topic, first: bool) -> _Claim | None:
    """A claim in the first clause behind the labels; "this" is the action where nothing was said before."""
    stop = _CLAUSE_END.search(said.words, said.start)
    clause = said.words[said.start : stop.start() if stop else None][:_LONGEST]
    found = _compiled(_HEAD).match(clause)
    if found is None or (found["pronoun"] and not first):
        return None
    what, runs_on = found["what"] or "", found["runs_on"] is not None
    end = said.start + found.end()
    if (what and not about.is_named(what)) or (runs_on and not _is_next_remark(said, end + 1)):
        return None
    return _Claim(end, what, runs_on)


def _behind_another_clause(said: _Said) -> _Claim | None:
    """A claim in a later clause, which must call the action one."""
    start = said.start
    for stop in (*_CLAUSE_END.finditer(said.words, start), None):
        clause = said.words[start : stop.start() if stop else None]
        if found := _compiled(_LATER).search(clause):
            return _Claim(start + found.end())
        start = stop.end() if stop else start
    return None


def _is_next_remark(said: _Said, place: int) -> bool:
    return said.written(place, 1)[0][0].isupper() and _VERB.search(said.words, place) is not None


def _is_a_list(words: str, end: int) -> bool:
    """Whether what is complete is told behind a colon: "Completed: website" may be all or a part."""
    return words[end : end + 1] == ":" and not _ANSWER.match(words, end + 1)


@cache  # compiled when the first claim is read
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
