"""Words that make a claim of completion less than one: what it does not cover, and what is still to come.

Where a reader is not sure, no completion is claimed: a false claim would turn an overdue action green, and
one that is missed costs an officer a word in Status. Texts are read as ``plainly.plain`` gives them.
"""

import re
from functools import cache

from hscb_xl.plan.deadlines.months import NAMES
from hscb_xl.plan.finished import DONE

NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DONE = "|".join(DONE)
_COLOUR = "(?:red|amber|green)"

# What comes behind the writing of a thing: it is complete only when this has come about as well.
_NEXT_STEP = "(?:publication|launch|go[ -]live|roll[ -]?out|dissemination|implementation)"
_HERE = "(?:open|red|amber)"

_FRACTION = rf"(?<!all ){NUMBER}(?: ?/ ?|(?: \w+)? (?:out )?of (?:(?:the|our|its|their) )?){NUMBER}"
_PERCENT = r"(?!100\b)\d+(?:\.\d+)? ?(?:%|per ?cent)"

_LEFT_TO_DO = (
    "to (?:review|approve|agree|ratify|sign|check|confirm|comment|respond|reply|circulate|send|publish"
    "|finalise|upload|report|provide|submit|present|come|go|repeat)"
)

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
    r"sort of|kind of|pretty much|(?<=\w \()(?!(?:19|20)\d\d\))\d+(?=\))",
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
    _LEFT_TO_DO,
    "to (?:begin|commence|start|launch|take place|happen|roll|deliver|implement|embed|complete|finish|issue"
    "|print)|(?:go|goes|going) live|embedding",
    rf"{_NEXT_STEP}(?: (?:event|date|is|now))* (?:(?:in|on) )?(?:the )?"
    rf"(?:§|{NAMES}\b|spring|summer|autumn|winter|next|tbc|tba|delayed)",
    "(?:and|is|are|now|but|currently|still) being (?!monitored|reviewed|audited|used|kept)\\w+(?:ed|en|t|wn)",
    "(?:comments|feedback|responses|views) (?:(?:are|is) )?(?:invited|due|sought|wanted|welcome|by)",
    "(?:passed|referred) (?:on |over )?to"
    "|(?:(?<=and )|(?<=now )|(?<=is )|(?<=currently )|(?<=[,;:–—-] )|(?<=\\())with (?:the |our )?"
    "(?:legal|lawyers?|solicitors?|comms|communications|designers?|printers?|publishers?|chair|chief|director"
    "|board|exec(?:utive)?|committee|cabinet)(?= ?(?:$|[.,;:)]|- |(?:for|to|at)\\b))"
    "|(?:on|for) (?:the |an? )?(?:\\w+ )?agenda",
    "un(?:published|signed|approved|ratified|agreed|verified|validated|tested|checked|evidenced|resolved"
    "|funded)",
    rf"(?:keep|kept|leave|left|stays?|remain(?:s|ing)?)(?: (?:it|this|as|at|rated|the|action))* {_HERE}",
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
    r"y ?/ ?n|yes ?/ ?no|☐|✗|✘|❌|\[ ?\]",
    "tbc|tba|to (?:confirm|check|verify|clarify)|check(?:ing)? (?:if|that|with)",
    "propos(?:es?|ed|al)|recommend(?:s|ed)?|suggest(?:s|ed)?|consider(?:s|ed|ing)?",
)
_DENIED = (
    "not|n't|never|none|nothing|neither|nor|nobody|no one|without|unable|fail(?:s|ed|ing|ure)?|far from"
    "|instead|rather",
    "no(?= ?(?:$|[.,;:)]| - ))|no (?:evidence|response|date|assurance|confirmation|reply|agreement"
    "|consensus)",
    rf"no (?:\w+ )?(?:actions?|tasks?|recommendations?|work|progress|parts?) (?:\w+ )?(?:{_DONE})",
    r"(?<=[:=-] )n|(?<=\()n(?=\))",
    "(?:^|(?<=rag )|(?<=rag: )|(?<=rated )|(?<=status )|(?<=rating: )|(?<=status: ))(?:red|amber)",
)
# It was complete once, and is no longer.
_NO_LONGER = (
    r"re-? ?open\w*|re-?start\w*|re-?do(?:ne|ing)?|re-?work\w*|reject\w*|declined|refus\w+|overturned"
    r"|re-?instat\w+|revers(?:ed|al)|rescinded|revoked|withdr[ae]wn?|supersed\w*|abandon\w*|cancel\w*|lapsed"
    r"|expired|out of date|outdated|merg(?:ed|ing)|duplicate|transferred to|moved (?:to|into)"
    r"|carried (?:forward|over)|(?:rolled|rolling) (?:forward|over|into)|replaced by|incorporated in(?:to)?",
    "unhappy|unsatisf\\w+|dissatisf\\w+|disagree[sd]?"
    "|(?:challenged|contested|queried|disputed|questioned) (?:this|it|the (?:rating|claim|evidence))",
    # Nobody sets a new day for what is complete.
    "(?:new|revised|amended|extended|later) (?:\\w+ )?(?:dates?|deadlines?|timescales?)"
    "|(?:dates?|deadlines?|timescales?) (?:(?:is|was|has been|now) )*(?:extended|moved|revised|put back"
    "|changed)|extensions? (?:agreed|granted|approved|given|to)",
    "in error|by mistake|mistaken(?:ly)?|prematurely?|erroneously|incorrect(?:ly)?|wrong(?:ly)?|no longer",
    rf"(?:back|revert\w*|return\w*|changed|moved|downgraded|amended|set|put|gone|now|remains?) "
    rf"(?:to |at |rated )?{_COLOUR}",
)
# The same beside a claim, and what was closed for another reason.
_TAKEN_BACK = (
    *_NO_LONGER,
    "downgrad\\w*|overdue|delay(?:s|ed)?|slip(?:s|ped|page)|on hold|paused|suspended|deferred|postponed"
    "|at risk",
    rf"closed (?:as|because|since|due to|owing to|given)(?! (?:{_DONE}|fully|agreed|planned|at|of|all)\b)"
    "|unachievable|unattainable|unfeasible|unviable|impossible|risks? (?:accepted|tolerated)"
    rf"|(?:see|covered (?:by|in|under)|(?:picked|taken) up (?:in|by|under)) (?:the )?(?:actions?"
    rf"|recommendations?|items?) {NUMBER}",
)
# A remark of its own behind a claim takes it back only where it can be about nothing else.
_LATER = (
    *_NO_LONGER,
    # A remark without a subject of its own goes on about the same thing.
    r"^(?:will|to) (?:now |then )?be \w+|^not yet"
    "|^(?:in progress|no progress|under ?way|on track|on target|work in progress)"
    r"|^(?:publish|launch|circulate|present|submit|issue|finalise|complete|approve)"
    r" (?:in|by|on|at|to|before|once)",
    rf"^(?:to |please )?(?:keep|leave|stays?|remains?)(?: \w+)? {_HERE}",
    rf"(?:(?:part|phase|stage|tranche|round|step) {NUMBER}|(?:second|third|next|final|last) (?:part|phase"
    rf"|stage|tranche|round|step)|the (?:rest|remainder)|remaining (?:\w+ )?\w+|{_NEXT_STEP})(?: \w+){{0,3}}?"
    " (?:to (?:be|start|begin|commence|follow|go)|will|starts?|started|begins?|begun|commences?"
    "|continu\\w+|under ?way|on-?going|planned|due|follows)",
    rf"{_NEXT_STEP}(?: \w+)? (?:tbc|tba|delayed)",
    # Somebody has it to do, or it is due.
    rf"^(?:[\w&]+ ){{1,4}}?(?:{_LEFT_TO_DO}"
    "|to (?:amend|re-?draft|re-?submit|chase|start|begin|commence|update))",
    rf"to be (?:made|done|added|completed|resolved)|due (?:(?:in|on|by) )?(?:§|{NAMES}\b)|to do",
    "(?:wants?|wish(?:es|ed)?|would like|asked) to see|(?:target|deadline) missed",
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
_UNTICKED = re.compile(r"[☐✗✘❌]|\[ ?\]")
_UNFINISHED = re.compile(r"(?:work |still )?(?:on-?going|continuing|started|open)\W*$")
_FRAGMENT = 4
"""Spaces: a remark with fewer finishes the one before ("Completed. In part."), as one without a verb does."""
_VERB = re.compile(
    r"\b(?:be|is|are|does|was|were|has|have|had|will|can|may|[a-z]+ed|held|sent|given|made|met)\b"
)

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
    "|repeated|updated|revisited|archived|removed)(?: again)?(?! by)|(?:will|to) (?:now )?continue",
    "kept under review|next (?:review|update|report|refresh|audit|meeting)(?: (?:is |are )?(?:due|planned"
    "|scheduled))?(?: (?:for|in|on|by))?",
    "(?:as|than|was|were|originally) (?:originally )?(?:required|needed|requested|expected|scheduled|planned"
    "|anticipated|due(?: (?:by|in|on))?)",
    "(?:evidence|minutes|report|information|updates?|data|assurance|cop(?:y|ies)|was|were|been|is|are)"
    " provided(?! (?:that|the|it|all)\\b)",
    r"(?:by|within|before|to|ahead of|following|after|since) (?:the |its )?"
    rf"(?:(?:new|revised|amended|extended) (?:\w+ )?(?:date|deadline|timescale)|{_NEXT_STEP})",
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


def is_unticked(words: str) -> bool:
    """Whether a box that nobody ticked, or that somebody crossed out, stands in ``words``."""
    return _UNTICKED.search(words) is not None


def takes_back(words: str) -> bool:
    """Whether a remark says that what was complete is complete no longer, or not yet after all."""
    spaces = words.count(" ")
    is_fragment = spaces < _FRAGMENT or (spaces < 3 * _FRAGMENT and not _VERB.search(words))
    if is_fragment and (_UNFINISHED.match(words) or _is_less(words)):
        return True
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
        rf"(?<!\w)(?:{'|'.join(_NO_DOUBT)})(?!\w)|(?:(?<!\w)|(?=[?☐✗✘❌]|n't|'ll))(?:{doubts})(?:(?<!\w)|(?!\w))"
    )
