"""The dashboard's figures: ratings over the whole plan, by group and by lead, and what is most overdue."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from typing import Any, Literal

from hscb_xl.plan import rag
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.names import Directory, Reconciled
from hscb_xl.plan.rag import Rating

_WORST = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions have each rating; ``none`` counts those that have no known one."""

    red: int = 0
    amber: int = 0
    green: int = 0
    blue: int = 0
    none: int = 0

    @classmethod
    def of(cls, ratings: Iterable[Rating | None]) -> "Counts":
        """The counts of ``ratings``."""
        return cls(**Counter("none" if rating is None else rating.name.lower() for rating in ratings))

    @property
    def total(self) -> int:
        """All actions counted."""
        return self.red + self.amber + self.green + self.blue + self.none


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of some actions under the name of what they share: a group, a lead or the whole plan.

    ``overdue`` counts actions past their deadline, days of tolerance or not; ``differs`` those whose
    agreed rating is not the computed one.
    """

    name: str
    actions: int
    agreed: Counts
    computed: Counts
    overdue: int
    differs: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """An action past its deadline, by how many days, and who leads it as the cell has it."""

    no: int | None
    row: int
    action: str
    lead: str
    days: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a plan as of a day; a joint action counts under each of its names."""

    as_of: date
    overall: Line
    by_group: tuple[Line, ...]
    by_lead: tuple[Line, ...]
    needs_attention: tuple[Overdue, ...]

    @property
    def has_blue(self) -> bool:
        """Whether an action is blue; a board may have agreed it though the settings do without."""
        return self.overall.agreed.blue + self.overall.computed.blue > 0

    def to_frames(self) -> dict[str, Any]:
        """The figures as pandas frames: "overall", "by_group", "by_lead" and "needs_attention".

        Raises ModuleNotFoundError where pandas, which nothing else in a plan's run needs, is not installed.
        """
        frame = import_module("pandas").DataFrame
        lines = {"overall": (self.overall,), "by_group": self.by_group, "by_lead": self.by_lead}
        frames = {
            name: frame([_flat(line) for line in of_name], columns=_LINE_FIELDS)
            for name, of_name in lines.items()
        }
        worst = frame([asdict(overdue) for overdue in self.needs_attention], columns=_OVERDUE_FIELDS)
        # A number that is missing would otherwise turn all the others into fractions.
        return frames | {"needs_attention": worst.astype({"no": "Int64"})}


_LINE_FIELDS = [
    "name",
    "actions",
    *(f"{which}_{rating}" for which in ("agreed", "computed") for rating in Counts.__slots__),
    "overdue",
    "differs",
]
_OVERDUE_FIELDS = list(Overdue.__slots__)


def summarise(judgement: Judgement) -> Summary:
    """The figures of a judged plan; rows that hold nothing are no actions."""
    rows = tuple(judgement.rows())
    return Summary(
        as_of=judgement.today,
        overall=_line("All actions", rows),
        by_group=_lines(rows, "group", judgement.names.groups),
        by_lead=_lines(rows, "lead", judgement.names.leads),
        needs_attention=_most_overdue(rows),
    )


def _line(name: str, rows: Iterable[Judged]) -> Line:
    rows = tuple(rows)
    return Line(
        name=name,
        actions=len(rows),
        agreed=Counts.of(rag.letter(judged.action.agreed) for judged in rows),
        computed=Counts.of(judged.rated.rating for judged in rows),
        overdue=sum(judged.rated.past_due for judged in rows),
        differs=sum(judged.agreement == "differs" for judged in rows),
    )


def _lines(
    rows: Iterable[Judged], column: Literal["group", "lead"], directory: Directory
) -> tuple[Line, ...]:
    """A line for each name that has actions: in the list's order, then unknown names, then no name."""
    by_name: dict[str, list[Judged]] = {listed.name.strip(): [] for listed in directory.listed}
    nameless = f"(no {column})"
    for judged in rows:
        reconciled, text = (
            (judged.group, judged.action.group) if column == "group" else (judged.lead, judged.action.lead)
        )
        for name in _names(reconciled, text, nameless):
            by_name.setdefault(name, []).append(judged)
    by_name[nameless] = by_name.pop(nameless, [])
    return tuple(_line(name, members) for name, members in by_name.items() if members)


def _names(reconciled: Reconciled, text: str, nameless: str) -> tuple[str, ...]:
    if reconciled.names:
        return tuple(dict.fromkeys(reconciled.names))
    written = " ".join(text.split())
    return (f"(unknown name: {written})" if written else nameless,)


def _most_overdue(rows: Iterable[Judged]) -> tuple[Overdue, ...]:
    """The actions longest past their deadline, the worst first, and among equals in sheet order."""
    late = (
        Overdue(judged.action.no, judged.action.row, judged.action.action, judged.action.lead, days)
        for judged in rows
        if judged.rated.past_due and (days := judged.rated.days_overdue)
    )
    return tuple(sorted(late, key=lambda overdue: -overdue.days)[:_WORST])


def _flat(line: Line) -> Mapping[str, str | int]:
    counts = {
        f"{which}_{rating}": number
        for which, of_which in (("agreed", line.agreed), ("computed", line.computed))
        for rating, number in asdict(of_which).items()
    }
    return {
        "name": line.name,
        "actions": line.actions,
        **counts,
        "overdue": line.overdue,
        "differs": line.differs,
    }
