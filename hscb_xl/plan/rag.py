"""The RAG policy: from a deadline, a completion and a date to a rating with its reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.wording import counted, written


class Rating(StrEnum):
    """The letters of a RAG (or BRAG) rating."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    BLUE = "B"


Completion = Literal["confirmed", "claimed", "unclear", "none"]
Preset = Literal["delivery", "completion"]
Timing = Literal["overdue", "late", "due soon", "on time", "complete", "unclear", "no date"]


@dataclass(frozen=True, slots=True)
class RatingPolicy:
    """What a board may set: days before a deadline that are amber, days of grace after it, preset, blue."""

    amber_window: int = 30
    tolerance: int = 0
    preset: Preset = "delivery"
    blue: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """A computed rating (None: not rated), why, the days past due (negative: to go) and a word for it."""

    rating: Rating | None
    reason: str
    days_overdue: int | None
    timing: Timing

    @property
    def past_due(self) -> bool:
        """Whether the action is not complete and its deadline has passed, within the tolerance or not."""
        return self.timing in ("overdue", "late")


def letter(text: str) -> Rating | None:
    """The rating that a letter or a colour's name means ("g", "Green ", "AMBER"), or None."""
    return _LETTERS.get(text.strip().rstrip(".").casefold())


def rate(
    due: Due | Unreadable,
    completion: Completion,
    policy: RatingPolicy,
    today: date,
    *,
    verified: bool = False,
    says: str = "Progress",
) -> Rated:
    """The rating of an action as of ``today`` (design, section 5, "RAG").

    ``verified`` says that evidence, the day of completion and a verifier are all there; ``says`` is what the
    action is claimed complete by, or what leaves it unclear whether it is. Then it is not rated: red would be
    as wrong for finished work as green for work that was given up.
    """
    days = (today - due.date).days if isinstance(due, Due) else None
    if completion == "unclear":
        return Rated(None, f"{says} may mean complete or not: say Complete or not", days, "unclear")
    if completion != "none":
        return _complete(completion, policy, days, says, verified=verified)
    if isinstance(due, Unreadable):
        return Rated(None, _no_date(due), None, "no date")
    return _by_date(due.date, policy, today)


def _complete(
    completion: Completion, policy: RatingPolicy, days: int | None, says: str, *, verified: bool
) -> Rated:
    if completion == "claimed":
        return Rated(Rating.GREEN, f"Complete: {says} says so, not yet confirmed", days, "complete")
    if policy.blue and verified:
        return Rated(Rating.BLUE, "Complete, evidenced and verified", days, "complete")
    return Rated(Rating.GREEN, "Complete, confirmed by Status", days, "complete")


def _no_date(due: Unreadable) -> str:
    return "No deadline: By When is empty" if due.missing else f"No deadline can be read: {due.reason}"


def _by_date(due: date, policy: RatingPolicy, today: date) -> Rated:
    days = (today - due).days
    if days > policy.tolerance:
        return Rated(Rating.RED, f"Overdue by {_past(days, due)}", days, "overdue")
    if days > 0:
        grace = f"within {counted(policy.tolerance, 'day')} of tolerance"
        return Rated(Rating.AMBER, f"Late by {_past(days, due)}, {grace}", days, "late")
    reason = f"Due in {counted(-days, 'day')} ({written(due)})" if days else f"Due today ({written(due)})"
    if -days <= policy.amber_window:
        return Rated(Rating.AMBER, reason, days, "due soon")
    on_time = Rating.GREEN if policy.preset == "delivery" else Rating.AMBER
    return Rated(on_time, reason, days, "on time")


def _past(days: int, due: date) -> str:
    return f"{counted(days, 'day')} (due {written(due)})"


_LETTERS: dict[str, Rating] = {
    name.casefold(): rating for rating in Rating for name in (rating.value, rating.name)
}
