"""What an export is drawn from, as plain records: known to the tasks, which do not know how it is drawn."""

from dataclasses import dataclass
from datetime import date

from hscb_xl.plan.deadlines.periods import Period

MARK = ("hscb_xl", "export")
"""The custom property that every export has, and its value: by it an export is known, whatever its name."""


@dataclass(frozen=True, slots=True)
class TabRow:
    """One action as a group sees it; ``para`` and ``area`` are filled in although the plan inherits them.

    ``by_when`` and ``completed_on`` are a date where the plan's cell holds one, a period where that shows a
    month or year alone, else its text. ``auto`` is '' where the action is not rated; ``days`` counts past the
    due date. ``evidence_link`` is the address that the plan's cell leads to, whatever it is.
    """

    no: int | None
    para: str
    reference: str
    area: str
    lead: str
    action: str
    by_when: date | Period | str | None
    progress: str
    agreed: str
    group: str
    status: str
    completed_on: date | Period | str | None
    evidence: str
    due: date | None
    auto: str
    days: int | None
    timing: str
    agreement: str
    reason: str
    evidence_link: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A group (or a lead) and its actions, in the plan's order.

    ``of`` is how many they have in all where only the exceptions among them are shown, else None.
    """

    group: str
    rows: tuple[TabRow, ...]
    of: int | None = None
