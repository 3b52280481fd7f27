"""Judging a plan: each action with its deadline, completion, names and computed rating."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Literal

from hscb_xl.plan import commentary, rag
from hscb_xl.plan.commentary import Commentary
from hscb_xl.plan.deadlines import bywhen
from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.deadlines.periods import Period
from hscb_xl.plan.finished import Meaning
from hscb_xl.plan.model import Action, Plan
from hscb_xl.plan.names import Directory, Reconciled
from hscb_xl.plan.rag import Completion as Completion
from hscb_xl.plan.rag import Rated, Rating, RatingPolicy
from hscb_xl.plan.statuses import OURS, Statuses, speaks_of_done
from hscb_xl.plan.wording import quoted

Agreement = Literal["same", "differs", "not agreed", "not rated"]

STATUSES = ("Not started", "In progress", "Complete")


@dataclass(frozen=True, slots=True)
class Names:
    """The two lists of names a plan is read with."""

    leads: Directory
    groups: Directory


@dataclass(frozen=True, slots=True)
class Judged:
    """One action and all that was read from it."""

    action: Action
    due: Due | Unreadable
    commentary: Commentary
    completion: Completion
    rated: Rated
    lead: Reconciled
    group: Reconciled

    @property
    def agreement(self) -> Agreement:
        """The agreed rating beside the computed one, in a word."""
        agreed = rag.letter(self.action.agreed)
        if agreed is None:
            return "not agreed"
        if self.rated.rating is None:
            return "not rated"
        return "same" if agreed is self.rated.rating else "differs"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A whole plan judged on one day under one policy."""

    plan: Plan
    names: Names
    policy: RatingPolicy
    today: date
    judged: tuple[Judged, ...]
    _filled: tuple[Judged, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        filled = tuple(judged for judged in self.judged if _holds_anything(judged.action))
        object.__setattr__(self, "_filled", filled)

    def rows(self) -> Iterator[Judged]:
        """The rows that hold anything; a table on a sheet may well have empty ones."""
        return iter(self._filled)


def judge(plan: Plan, names: Names, policy: RatingPolicy, today: date) -> Judgement:
    """The plan judged as of ``today``."""
    # The same few names stand on many rows, and what is near an unknown one is slow to find.
    lead_of, group_of = cache(names.leads.reconcile), cache(names.groups.reconcile)
    statuses = plan.statuses
    judged = tuple(
        _judge(action, lead_of(action.lead), group_of(action.group), statuses, policy, today)
        for action in plan.actions
    )
    return Judgement(plan, names, policy, today, judged)


def _judge(
    action: Action,
    lead: Reconciled,
    group: Reconciled,
    statuses: Statuses,
    policy: RatingPolicy,
    today: date,
) -> Judged:
    due = bywhen.read(action.by_when)
    said = commentary.read(action.progress, action.action)
    completion = completion_of(action.status, said, action.agreed, statuses)
    return Judged(
        action=action,
        due=due,
        commentary=said,
        completion=completion,
        rated=rag.rate(
            due, completion, policy, today, verified=_verified(action), says=source_of(action, said)
        ),
        lead=lead,
        group=group,
    )


def completion_of(status: str, said: Commentary, agreed: str = "", statuses: Statuses = OURS) -> Completion:
    """Whether an action is complete: Status decides where it is filled, else Progress may claim it.

    Where neither says anything, a RAG Rating of blue or of a word for finished work claims it. A Completed On
    beside an empty Status confirms nothing; a check says so. Source: design, section 5, "RAG".
    """
    if status.strip():
        return _OF_STATUS[statuses.meaning(status) or "not complete"]
    return "claimed" if said.claim else _OF_RATING[_meaning_of_rating(agreed, statuses)]


def source_of(action: Action, said: Commentary) -> str:
    """What of an action ``completion_of`` goes by, in words."""
    if action.status.strip():
        return f"Status {quoted(action.status)}"
    return "Progress" if said.claim else f"RAG Rating {quoted(action.agreed)}"


_OF_STATUS: Mapping[Meaning, Completion] = {
    "complete": "confirmed",
    "ask": "unclear",
    "not complete": "none",
}
_OF_RATING: Mapping[Meaning, Completion] = {**_OF_STATUS, "complete": "claimed"}


def _meaning_of_rating(agreed: str, statuses: Statuses) -> Meaning:
    """What a RAG Rating says of completion; most say nothing, and only finished work is asked about."""
    letter = rag.letter(agreed)
    if letter is not None:
        return "complete" if letter is Rating.BLUE else "not complete"
    meaning = statuses.meaning(agreed)
    names_it = meaning == "complete" or speaks_of_done(agreed)
    return meaning if meaning and names_it else "not complete"


def _verified(action: Action) -> bool:
    return bool(
        isinstance(action.completed_on, date | Period)
        and action.evidence.strip()
        and action.verified_by.strip()
    )


def _holds_anything(action: Action) -> bool:
    if action.action:
        return True
    return replace(action, row=0, para_heading="", area_heading="") != Action(row=0, no=None)
