"""Words that make a claim of completion less than one: what it does not cover, and what is still to come.

Where a reader is not sure, no completion is claimed: a false claim would turn an overdue action green, and
one that is missed costs an officer a word in Status. Texts are read as ``plainly.plain`` gives them.
"""

import re
from functools import cache

from hscb_xl.plan.finished import DONE

NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DONE = "|".join(DONE)
_COLOUR = "(?:red|amber|green)"

_FRACTION = rf"(?<!all ){NUMBER}(?: ?/ ?|(?: \w+)? (?:out )?of (?:(?:the|our|its|their) )?){NUMBER}"
_PERCENT = r"(?!100\b)\d+(?:\.\d+)? ?(?:%|per ?cent)"

# Only a part is complete: a fraction, a stage, a draft, some of several.
_PART = (
    _PERCENT,
    _FRACTION,
    rf"(?<!all ){NUMBER} (?:out )?of (?:the|our|its|their|these|those)",
    r"half|(?:a|one|two|three) (?:third|quarter)s?|0",
    "mostly|mainly|largely|partly|partial(?:ly)?|partway|nearly|almost|virtually|substantially|broadly"
    "|chiefly|essentially|practically|majority|minority|most|some|several|many|few|much|one of|either"
    "|various|any",
    "in part|in (?:the )?main|in principle|parts? (?:[a-h]|\\d+|one|two|three)|(?<!as )parts? of|elements? of"
    rf"|part[ -](?:way|{_DONE})",
    "phases?|stages?|tranches?|first|initial(?:ly)?|interim|preliminary|pilot(?:ed)?|trial(?:led)?|shadow"
    "|draft(?:ed|s)?|outline|provisional(?:ly)?|temporar(?:y|ily)|next|finalis(?:e|ing)",
    "to date|so far|as far as|thus far|at present|in (?:progress|preparation|development)|under ?way"
    "|under (?:review|consideration|consultation)",
    "except\\w*|apart from|other than|aside from|exclud\\w+|bar|but for|minus|only|besides|less|others?"
    "|another|ish",
    "remain(?:s|ing|der|ed)?|rest of|left to|incomplete",
    "(?:key|priority|urgent|immediate|preparatory|background|previous|earlier|linked|related|associated"
    "|(?:short|medium|long)[ -]term) (?:\\w+ )?(?:actions?|work|tasks?|recommendations?|items?)",
)
# Something or somebody's word is awaited.
_TO_COME = (
    "(?:a?wait|pend)\\w*|subject to|dependent|depend(?:s|ing)|conditional(?:ly)?|follows|to follow"
    "|outstanding",
    "to be|yet|still|due (?:to|for|by|in|on|at|back)|(?:on|off) (?:target|track|course)|ready (?:for|to)",
    "will|shall|'ll|going to|goes to|about to|plans? (?:for|to)|planned|intend\\w*|intention|aim(?:s|ed|ing)?"
    "|hop(?:e|es|ed|ing)|expect\\w*|anticipat\\w*|scheduled|likely|towards?|nearing|target(?:ed|ing)?"
    " (?:for|to|date)",
    "to (?:review|approve|agree|ratify|sign|check|confirm|comment|respond|reply|circulate|send|publish"
    "|finalise|upload|report|provide|submit|present|come|go|repeat)",
    "need(?:s|ed|ing)?|requir(?:e|es|ed|ing)|must|ha(?:s|ve) to|requests?|requested",
    "(?:for|seeking|seek|with|obtain) (?:\\w+ ){0,3}(?:approval|agreement|ratification|sign[ -]?off"
    "|consideration|comments?|decision|discussion|consultation|verification|validation|checking"
    "|confirmation|clearance)",
    "(?:further|more|additional|extra) (?:\\w+ )?(?:work|actions?|evidence|information|time|detail"
    "|assurance|tasks?)",
    "work (?:is |was |still )?(?:on-?going|continu\\w+)|(?:on-?going|continuing) work",
    "gaps?|lack(?:s|ing)?|missing|shortfall|limited|insufficient|inadequate|concerns?|issues?|problems?",
)
# The writer is not sure, or says it on a condition.
_UNSURE = (
    r"\?|if|unless|once|when|whenever|until|till|provided|assum\w+|otherwise|whether|in case",
    "should|could|would|might|may (?:be|have|need|not)|can be|cannot|can't",
    "believed?|thought|think(?:s|ing)?|understood|understand|hopefully|probably|possibl[ey]|perhaps|maybe"
    "|appear(?:s|ed)?|seem(?:s|ed)?|apparently|presum\\w+|supposed(?:ly)?|unsure|unclear|uncertain"
    "|unconfirmed|unverified|quer(?:y|ied)|disputed?|doubt\\w*|claim(?:s|ed)?|alleged\\w*|unknown",
    "tbc|tba|to (?:confirm|check|verify|clarify)|check(?:ing)? (?:if|that|with)",
    "propos(?:es?|ed|al)|recommend(?:s|ed)?|suggest(?:s|ed)?|consider(?:s|ed|ing)?",
)
_DENIED = (
    "not|n't|never|none|nothing|neither|nor|nobody|no one|without|unable|fail(?:s|ed|ing|ure)?|far from"
    "|instead|rather",
    "no(?= ?(?:$|[.,;:)]| - ))|no (?:evidence|response|date|assurance|confirmation|reply|agreement"
    "|consensus)",
    rf"no (?:\w+ )?(?:actions?|tasks?|recommendations?|work|progress|parts?) (?:\w+ )?(?:{_DONE})",
    "(?<=[:-] )n|(?:^|(?<=rag )|(?<=rag: )|(?<=rated )|(?<=status )|(?<=rating: )|(?<=status: ))"
    "(?:red|amber)",
)
# It was complete once, or was closed for another reason.
_TAKEN_BACK = (
    r"re-? ?open\w*|re-?start\w*|reject\w*|declined|refus\w+|overturned|reinstat\w+|revers(?:ed|al)"
    r"|rescinded|revoked|withdr[ae]wn?|supersed\w*|abandon\w*|cancel\w*|lapsed|expired|out of date|outdated"
    r"|merg(?:ed|ing)|duplicate|transferred to|moved (?:to|into)|carried (?:forward|over)|(?:rolled|rolling)"
    r" (?:forward|over|into)|replaced by|incorporated in(?:to)?",
    "in error|by mistake|mistaken(?:ly)?|prematurely?|erroneously|incorrect(?:ly)?|wrong(?:ly)?|no longer",
    rf"(?:back|revert\w*|return\w*|changed|moved|downgraded|amended|set|put|gone|now|remains?) "
    rf"(?:to |at |rated )?{_COLOUR}",
    "downgrad\\w*|overdue|delay(?:s|ed)?|slip(?:s|ped|page)|on hold|paused|suspended|deferred|postponed"
    "|at risk",
    "unsatisf\\w+|dissatisf\\w+",
)
# A remark of its own behind a claim takes it back only where it can be about nothing else.
_LATER = (
    *_TAKEN_BACK[:3],
    _PERCENT,
    _FRACTION,
    rf"not (?:(?:yet|been|fully|be|being|considered|regarded|seen|as) )*(?:{_DONE}|accepted|agreed?"
    "|approved|ratified|satisfied|assured|evidenced|verified|embedded)"
    "|no evidence|disagree[sd]?|should not have",
    "incomplete|outstanding|await\\w*|pending|overdue|on hold|delay(?:s|ed)|slip(?:s|ped|page)"
    "|remains? (?:open|to be)|(?:still|yet) (?:to|being|in|open)|in error|reinstated|correction",
    "work (?:is |was |still )?(?:on-?going|continu\\w+)|(?:on-?going|continuing) work",
    "(?:further|more|additional|extra|sign[ -]?off|approval|evidence)(?: \\w+){0,3} (?:required|needed"
    "|requested|awaited|to follow|to be done)|(?:needs?|requires?|asked for|requested|wants?) (?:further"
    "|more|additional|\\w+ing)|to (?:respond|reply|follow)",
    "(?:^|[.:] )(?:however|but|although|except|apart from|unfortunately|nevertheless|on reflection)",
)
_UNFINISHED = re.compile(r"(?:work |still )?(?:on-?going|continuing|started|open)\W*$")
_FRAGMENT = 4
"""Words: a remark that short finishes the one before it ("Completed. In part.", "Completed. Ongoing.")."""

# What sounds like a doubt and is none.
_NO_DOUBT = (
    "no (?:further|outstanding|additional|more|other|remaining|known|new) (?:\\w+ )?(?:actions?|work"
    "|issues?|steps?|concerns?|evidence|information|gaps?|tasks?|updates?|input|intervention|monitoring"
    "|activity)"
    "(?: (?:is|are|was|were))?"
    "(?: (?:required|needed|necessary|outstanding|remaining|identified|planned|expected))?",
    "no (?:issues?|concerns?|gaps?|exceptions?|problems?|delays?|slippage|changes?)"
    "(?: (?:outstanding|remaining|remain|identified|raised|reported|found|required|needed))?",
    "(?:nothing|none|no actions?) (?:(?:is|are|else|further) )*(?:outstanding|left to do|remaining|to do"
    "|required)",
    "(?:monitoring|reporting|oversight|updates?|review) (?:is |are )?no longer (?:required|needed|necessary)",
    "(?:will|to) (?:now )?(?:continue to )?be (?:kept under review|reviewed|monitored|audited|refreshed"
    "|repeated|updated|revisited)(?: again)?(?! by)|(?:will|to) (?:now )?continue",
    "kept under review|next (?:review|update|report|refresh|audit|meeting)(?: (?:is |are )?(?:due|planned"
    "|scheduled))?(?: (?:for|in|on|by))?",
    "(?:as|than|was|were|originally) (?:originally )?(?:required|needed|requested|expected|scheduled|planned"
    "|anticipated|due(?: (?:by|in|on))?)",
    "not only|(?:rated|judged|graded|identified as) outstanding|before (?:the )?(?:deadline|target)",
    "(?:review|audit|report|refresh)s? (?:is |are )?(?:scheduled|planned|due)",
    "can (?:now )?be (?:closed|removed|archived|taken off)",
    "100 ?(?:%|per ?cent)|(?:all|both) (?:stages|phases|parts|elements)(?: of)?",
)


def is_in_part(words: str) -> bool:
    """Whether ``words`` name a part, a stage, a draft or a fraction of something."""
    return any(found["part"] for found in _doubts().finditer(words))


def is_doubtful(words: str) -> bool:
    """Whether anything in ``words`` keeps a claim that stands among them from being one."""
    return any(found.lastgroup for found in _doubts().finditer(words))


def takes_back(words: str) -> bool:
    """Whether a remark says that what was complete is complete no longer, or not yet after all."""
    if words.count(" ") < _FRAGMENT:
        return _UNFINISHED.match(words) is not None or _is_less(words)
    return any(found.lastgroup for found in _later().finditer(words))


def _is_less(words: str) -> bool:
    return any(found.lastgroup and not found["unsure"] for found in _doubts().finditer(words))


@cache  # compiled when the first claim is read
def _doubts() -> re.Pattern[str]:
    return _reader(part=_PART, unsure=_UNSURE, other=(*_TO_COME, *_DENIED, *_TAKEN_BACK))


@cache
def _later() -> re.Pattern[str]:
    return _reader(later=_LATER)


def _reader(**kinds: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that passes over what is no doubt and finds the doubts, in a group for each kind."""
    doubts = "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds.items())
    # A word stands free on either side; a sign ("%", "n't") only where it is one.
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(_NO_DOUBT)})(?!\w)|(?:(?<!\w)|(?=\?|n't|'ll))(?:{doubts})(?:(?<!\w)|(?!\w))"
    )
