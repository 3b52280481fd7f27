"""Judging a plan: each action with its deadline, completion, names and computed rating."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Literal

from hscb_xl.plan import bywhen, commentary, rag
from hscb_xl.plan.bywhen import Due, Unreadable
from hscb_xl.plan.commentary import Commentary
from hscb_xl.plan.model import Action, Plan
from hscb_xl.plan.names import Directory, Reconciled
from hscb_xl.plan.periods import Period
from hscb_xl.plan.rag import Completion as Completion
from hscb_xl.plan.rag import Rated, RatingPolicy

Agreement = Literal["same", "differs", "not agreed", "not rated"]

STATUSES = ("Not started", "In progress", "Complete")
# Officers write these for Complete; taking them for unfinished would colour finished work red.
COMPLETE_WORDS = frozenset({"complete", "completed", "closed", "done"})


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
    judged = tuple(
        _judge(action, lead_of(action.lead), group_of(action.group), policy, today) for action in plan.actions
    )
    return Judgement(plan, names, policy, today, judged)


def _judge(action: Action, lead: Reconciled, group: Reconciled, policy: RatingPolicy, today: date) -> Judged:
    due = bywhen.read(action.by_when)
    said = commentary.read(action.progress, action.action)
    completion = completion_of(action.status, said)
    return Judged(
        action=action,
        due=due,
        commentary=said,
        completion=completion,
        rated=rag.rate(due, completion, policy, today, verified=_verified(action)),
        lead=lead,
        group=group,
    )


def completion_of(status: str, said: Commentary) -> Completion:
    """Whether an action is complete: Status decides where it is filled, else Progress may claim it.

    Source: design, section 5, "RAG". A Completed On beside an empty Status confirms nothing; a check says so.
    """
    if status.strip():
        return "confirmed" if status.strip().rstrip(".").casefold() in COMPLETE_WORDS else "none"
    return "claimed" if said.claim else "none"


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
