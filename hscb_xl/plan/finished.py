"""The words that boards use for finished and unfinished work: one list, of what each means.

What means complete is looked for in Progress as well (``claims.py``); a board adds words of its own on the
sheet Lists (``statuses.py``). What some boards say of finished work, and others of work that was given up or
is still to be agreed, means "ask": an officer decides.
"""

import re
from collections.abc import Mapping
from typing import Literal, get_args

Meaning = Literal["complete", "not complete", "ask"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)

LONGEST = 200
"""Characters of a text that may be a word of this list."""

DONE = (
    "complete",
    "completed",
    "closed",
    "closed off",
    "closed out",
    "closed down",
    "done",
    "achieved",
    "finished",
    "delivered",
    "implemented",
    "discharged",
    "signed off",
    "signed-off",
    "actioned",
    "fully met",
    "met in full",
    "fulfilled",
    "accomplished",
    "concluded",
    "resolved",
)
"""What is said of an action that is complete, alone or in a sentence."""

_COMPLETE = (*DONE, "embedded", "met", "blue", "100%", "✓", "✔", "√", "☑", "✅")

_NOT_COMPLETE = """
not, not started, not due, not yet due, to do, to be, to start, yet to, new, not begun, not yet, open
reopened, re-opened, no, none, n, nil, tbc, tba, to be confirmed, to follow, incomplete, unmet
no progress, limited progress, some progress, good progress, in progress
work in progress, wip, in development, in hand, in train, in draft, draft, drafted, ongoing, on-going
continuing, continues, continuous, started, commenced, begun, active, current, underway, under way
under review, under control, on track, on target, on schedule, on course, off track, off target, planned
scheduled, due, expected, anticipated, will, aim, awaiting, awaited, waiting, pending, outstanding
overdue, late, delayed, delay, behind, behind schedule, slipped, slipping, slippage, missed, failed
at risk, blocked, stalled, paused, suspended, on hold, deferred, postponed, escalated, extended
extension requested, carried forward, rolled forward, red, amber, ✗, ✘, ☐
"""

_ASK = """
superseded, withdrawn, cancelled, canceled, abandoned, discontinued, stopped, removed, deleted, merged
combined, duplicate, transferred, incorporated, replaced, no longer, not required, not needed
not applicable, n/a, no further action, nfa, business as usual, bau, approved, adopted, published
verified, evidenced, ratified, archived, sustained, rejected, moved to, handed over
in place, live, green, yes, y, b, c, comp, compl, close, closure, sign off
for closure, ready for closure, proposed for closure, propose close, ready to close
recommended for closure, to be closed, to close, closing, awaiting closure, awaiting sign off
awaiting approval, awaiting verification, awaiting evidence, pending closure, pending sign off
pending approval, pending verification, ready for sign off, for sign off
"""

_JOINED = re.compile(r"(?<=\w)[-_‑](?=\w)")


def normal(text: str) -> str:
    """``text`` as words are compared: capitals, spacing, hyphens and a last full stop do not matter."""
    plain = _JOINED.sub(" ", text.casefold().replace("’", "'"))
    return " ".join(plain.split()).strip(" .,;:!")


def _listed(words: str) -> list[str]:
    return [normal(word) for line in words.splitlines() for word in line.split(",") if word.strip()]


WORDS: Mapping[str, Meaning] = {
    **dict.fromkeys(_listed(_NOT_COMPLETE), "not complete"),
    **dict.fromkeys(_listed(_ASK), "ask"),
    **dict.fromkeys(map(normal, _COMPLETE), "complete"),
}
"""The meaning of each word, as ``normal`` writes it."""


def means_complete(text: str) -> bool:
    """Whether ``text`` is one of the words for finished work and nothing else."""
    return len(text) <= LONGEST and WORDS.get(normal(text)) == "complete"
