"""The plan as records: an Action for each row of the table, and the Plan that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hscb_xl.plan.deadlines.periods import Period
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.statuses import Statuses


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the plan, as written; ``row`` is the sheet row (1-based) it came from.

    Text fields are '' where the cell is empty. ``para_heading`` and ``area_heading`` are the row's own
    Ofsted Para No and Area or, where those cells are empty, the ones inherited from a row above.
    A date field is a ``date`` where the cell holds one, a ``Period`` where that shows a month or year alone,
    else the text that stands there, else None.
    """

    row: int
    no: int | None
    no_text: str = ""
    para: str = ""
    reference: str = ""
    area: str = ""
    lead: str = ""
    action: str = ""
    by_when: date | Period | str | None = None
    progress: str = ""
    agreed: str = ""
    group: str = ""
    status: str = ""
    completed_on: date | Period | str | None = None
    evidence: str = ""
    verified_by: str = ""
    para_heading: str = ""
    area_heading: str = ""


@dataclass(frozen=True, slots=True)
class HistoryNote:
    """One line of the sheet History that concerns an action: what changed in which column, and why.

    ``kind`` is "joined" or "repaired" for what an import did. ``column`` is a header.
    """

    kind: str
    no: int | None
    column: str
    before: str
    after: str
    why: str
    when: date | None = None


@dataclass(frozen=True, slots=True)
class Foreign:
    """A column of somebody's whose header is one of the program's; ``cell`` is its header's, such as "K4".

    ``holds`` names the first of its cells with what the program would not write, such as 'K7 holds "soon"'.
    """

    header: str
    cell: str
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands round the actions on the plan's sheet, for the checks of it.

    ``header`` is the row of the headers. ``below`` are the cells right below the table that hold something,
    such as "B31". ``lost_line`` is what the name of the as-of line stands for where that is no cell for it.
    ``unstored`` are the rows whose agreed rating is a formula of which the workbook has no value.
    ``formulas`` are the cells of the program's columns in which somebody has a formula.
    """

    header: int = 0
    below: tuple[str, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    lost_line: str = ""
    unstored: frozenset[int] = frozenset()
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All actions in sheet order, where their columns stand, and what History says of them.

    ``letters`` maps a column's key to its letter on ``sheet`` ("agreed" -> "I"); a column that the plan has
    not, or one of the program's that is not the program's, has none. ``unmarked`` are the keys of those of
    the program's that lack their mark. ``ratings`` are the computed ratings that an earlier run left, as
    texts by row. ``statuses`` are the words for Status.
    """

    actions: tuple[Action, ...]
    letters: Mapping[str, str] = field(default_factory=dict)
    sheet: str = "Plan"
    history: tuple[HistoryNote, ...] = ()
    ratings: Mapping[int, str] = field(default_factory=dict)
    statuses: Statuses = field(default_factory=Statuses)
    unmarked: tuple[str, ...] = ()
    around: Around = field(default_factory=Around)

    def has(self, key: str) -> bool:
        """Whether the plan has a column; one that was never on a sheet has them all."""
        return not self.letters or key in self.letters

    def place(self, finding: Finding) -> str:
        """The address of the cell that a finding is about, such as "Plan!I9"."""
        return self.address(f"{finding.letter or self.letters[finding.column]}{finding.row}")

    def cell(self, row: int, key: str) -> str:
        """The address of a row's cell in column ``key``, such as "Plan!I9"."""
        return self.address(f"{self.letters[key]}{row}")

    def address(self, cell: str) -> str:
        """A cell of the plan's sheet with the sheet's name in front, in quotes where a formula needs them."""
        quoted = self.sheet if self.sheet.isalnum() else "'" + self.sheet.replace("'", "''") + "'"
        return f"{quoted}!{cell}"

    def column_address(self, key: str) -> str:
        """The address of all rows' cells in column ``key`` on the plan's sheet, such as "I5:I30"."""
        letter = self.letters[key]
        return f"{letter}{self.actions[0].row}:{letter}{self.actions[-1].row}"
