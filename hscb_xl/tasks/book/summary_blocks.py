"""The figures of a summary laid out in blocks, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from hscb_xl.plan.columns import Owner
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.plan.summary import Counts, Line, Overdue, Summary

HEADING = "All actions"
"""What the first block, and with it the sheet below its head, begins with."""

_TOP = 4
_BELOW_CHARTS = 23
_LINE_LENGTH = 95
_BOARD: tuple[Owner, ...] = ("board",)
_PROGRAM: tuple[Owner, ...] = ("program",)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading in row ``top``, a row of headers below it, and rows of figures below that.

    ``owners`` says of each column whose it is, as on the plan; there are more than headers where the words
    in the last column run on over the next ones. ``over`` are words that stand over some headers of one
    owner: how many columns from the first, the words, how many columns they span. ``figures`` is how many
    columns behind the first hold numbers.
    """

    top: int
    heading: str
    headers: list[str]
    rows: list[list[Any]]
    figures: int
    owners: tuple[Owner, ...]
    over: tuple[tuple[int, str, int], ...] = ()

    @property
    def below(self) -> int:
        """The row where the next block may begin, an empty one between."""
        return self.top + 2 + len(self.rows) + 1


def letters_of(figures: Summary, policy: RatingPolicy) -> list[tuple[str, str]]:
    """The ratings shown, each with the name of its figure in ``Counts``; they account for every action."""
    blue = [("Blue", "blue")] if policy.blue or figures.has_blue else []
    return [("Red", "red"), ("Amber", "amber"), ("Green", "green"), *blue, ("No letter", "none")]


def blocks_of(figures: Summary, policy: RatingPolicy) -> list[Block]:
    """The whole plan, its groups, what is most overdue, and its leads."""
    letters = letters_of(figures, policy)
    whole = _whole(figures.overall, letters)
    groups = _lines(_BELOW_CHARTS, "By monitoring group", "Group", figures.by_group, letters)
    overdue = _overdue(groups.below, figures.needs_attention, len(groups.headers))
    leads = _lines(overdue.below, "By lead", "Lead", figures.by_lead, letters)
    return [whole, groups, overdue, leads]


def _whole(overall: Line, letters: list[tuple[str, str]]) -> Block:
    computed = _figures(overall.computed, letters)
    return Block(
        _TOP,
        HEADING,
        ["Rating", *(name for name, _ in letters), "Actions", "Overdue", "Differ"],
        [
            ["Agreed", *_figures(overall.agreed, letters), overall.actions, None, None],
            ["Computed", *computed, overall.actions, overall.overdue, overall.differs],
        ],
        len(letters) + 3,
        _BOARD * (1 + len(letters)) + _PROGRAM * 3,
    )


def _lines(
    top: int, heading: str, first: str, lines: Sequence[Line], letters: list[tuple[str, str]]
) -> Block:
    names = [name for name, _ in letters]
    rows = [[line.name, *_line(line, letters)] for line in lines]
    over = ((1, "Computed", len(names)), (1 + len(names), "Agreed", len(names)))
    headers = [first, *names, *names, "Actions", "Overdue", "Differ"]
    owners = _BOARD + _PROGRAM * len(names) + _BOARD * len(names) + _PROGRAM * 3
    return Block(top, heading, headers, rows, len(headers) - 1, owners, over)


def _line(line: Line, letters: list[tuple[str, str]]) -> list[int]:
    computed, agreed = _figures(line.computed, letters), _figures(line.agreed, letters)
    return [*computed, *agreed, line.actions, line.overdue, line.differs]


def _overdue(top: int, worst: Sequence[Overdue], width: int) -> Block:
    """The actions longest overdue; an action's words stand below a header as wide as the block above."""
    rows = [[item.lead, item.days, _shortened(item)] for item in worst]
    owners = _BOARD + _PROGRAM + _BOARD * (width - 2)
    return Block(top, "Most overdue", ["Lead", "Days", "Action"], rows, 1, owners)


def _shortened(item: Overdue) -> str:
    """The action's number and as many of its words as stand on one line of the page."""
    numbered = f"{item.no}. {item.action}" if item.no else item.action
    return shorten(numbered, _LINE_LENGTH, placeholder=" …")


def _figures(counts: Counts, letters: list[tuple[str, str]]) -> list[int]:
    return [getattr(counts, name) for _, name in letters]
