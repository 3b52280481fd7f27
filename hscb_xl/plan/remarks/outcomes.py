"""Actions worded as an outcome ("Scheme approved by Council"), and remarks that say that it came about."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hscb_xl.plan.deadlines.months import NAMES
from hscb_xl.plan.remarks.plainly import DATE, dated, plain
from hscb_xl.plan.remarks.topics import ORDERS

_PARTICIPLE = re.compile(r"\b(?:[a-z]{2,}ed|held|sent|given|made|built|written|taken|met|put)\b")
_SAID = re.compile(
    r"(?:(?:now|since|formally|has been|was|were|have been) )*+(?:[a-z]+ed(?:,| and) )?(?P<done>[a-z]+)"
    rf"(?: (?P<how>(?:by|to|at|with) [^,;:.()]*?))?(?: (?:on |in |at )?(?:{DATE}|{NAMES}(?: \d+)?))?\.?$"
)
_LONGEST = 200
"""Characters: what says more than an outcome says something else as well."""
_SMALL_WORDS = frozenset("a an the by to at with of and for full".split())


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an action says that shall be done, and the words that say by whom or where."""

    participle: str
    by: frozenset[str]


def came_about(words: str, action: str) -> bool:
    """Whether plain ``words`` say in the action's own participle that its outcome came about.

    By whom or where the action says that it shall be is to be named there too.
    """
    outcome = _outcome(action)
    if len(words) > _LONGEST or outcome is None or outcome.participle not in words:
        return False
    found = _SAID.match(dated(words))
    if found is None or found["done"] != outcome.participle:
        return False
    return not outcome.by or bool(outcome.by & _telling(found["how"] or ""))


@lru_cache(maxsize=1)  # each remark of a row asks for the same
def _outcome(action: str) -> _Outcome | None:
    """The last participle of an action and what stands behind it; None where it orders something."""
    words = plain(action)
    participles = [*_PARTICIPLE.finditer(words)]
    if not participles or words.partition(" ")[0] in ORDERS:  # it may name what was done long ago
        return None
    last = participles[-1]
    return _Outcome(last[0], frozenset(_telling(words[last.end() :])))


def _telling(words: str) -> set[str]:
    return set(re.findall(r"[a-z]+", words)) - _SMALL_WORDS
