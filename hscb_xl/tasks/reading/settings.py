"""The sheet Settings: the as-of date and the rating policy, each value checked where it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import xlwings as xw
from xlwings.main import Table

from hscb_xl.base.limits import Own, Stated
from hscb_xl.errors import BadSetting
from hscb_xl.plan import columns
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.store.backups import KEPT
from hscb_xl.tasks.book import tables
from hscb_xl.tasks.reading import formulas
from hscb_xl.tasks.reading.problems import Problems

T = TypeVar("T")

_SHOWN = 80
"""Characters of a wrong value that a message shows."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the workbook says a run shall go by; ``as_of`` is None where it leaves that to the clock.

    ``keep`` is how many backups of the workbook there are to be; with 0 none is made. ``limits`` are those
    that it states for itself.
    """

    as_of: date | None = None
    policy: RatingPolicy = field(default_factory=RatingPolicy)
    keep: int = KEPT
    limits: Own = field(default_factory=Own)


def read(table: Table | None) -> Settings:
    """The settings that a book's table holds; defaults for the others. BadSetting names each wrong cell."""
    if table is None:
        return Settings()
    formulas.refuse(table, formulas.unstored(table))
    problems = Problems()
    stated = _settings(_Values(_cells(table), problems))
    problems.tell()
    return stated


def kept(book: xw.Book, asked: int | None) -> int:
    """How many backups of ``book`` to keep: as many as asked for, else as its Settings say."""
    return read(tables.find(book, "Settings")).keep if asked is None else asked


def _settings(values: "_Values") -> Settings:
    policy = RatingPolicy()
    return Settings(
        as_of=values.read("As of", _day, None),
        policy=RatingPolicy(
            amber_window=values.read("Amber window (days)", _days, policy.amber_window),
            tolerance=values.read("Tolerance (days)", _days, policy.tolerance),
            preset=values.read("Preset", _preset, policy.preset),
            blue=values.read("Blue ratings (BRAG)", _yes, policy.blue),
        ),
        keep=values.read("Backups to keep", _backups, KEPT),
        limits=Own(
            inflated=values.stated("Largest workbook (MB unpacked)", _megabytes, 1 << 20),
            rows=values.stated("Largest sheet (rows)", _sheet_rows),
            seconds=values.stated("Longest run (seconds)", _seconds),
        ),
    )


class _Values:
    """Each setting's value and the address of its cell, by the setting's name; wrong ones are noted."""

    def __init__(self, cells: dict[str, tuple[Any, str]], problems: Problems) -> None:
        self._cells = cells
        self._problems = problems

    def read(self, name: str, reader: Callable[[Any], T], default: T) -> T:
        """The value as its reader gives it; the default where the cell is empty, is not there or is wrong."""
        value, cell = self._cells.get(name.casefold(), (None, ""))
        if value is None or value == "":
            return default
        try:
            return reader(value)
        except ValueError as problem:
            shown = tables.as_text(value)[:_SHOWN]
            self._problems.add(BadSetting(f"{cell}: {name} cannot be {shown!r}; {problem}."))
            return default

    def stated(self, name: str, reader: Callable[[Any], int], unit: int = 1) -> Stated | None:
        """A limit in units of so many bytes, rows or seconds, with its cell; None where the cell is empty."""
        most = self.read(name, reader, None)
        return None if most is None else Stated(most * unit, self._cells[name.casefold()][1])


def _cells(table: Table) -> dict[str, tuple[Any, str]]:
    """What stands in the second column beside each name in the first; the headers matter to nobody."""
    body, sheet = table.data_body_range, table.parent.name
    if body is None:
        return {}
    if body.shape[1] < 2:
        cells = body.get_address(False, False)
        raise BadSetting(
            f"{sheet}!{cells}: the table {table.name} needs a second column with the values: "
            "copy the sheet Settings from a new workbook."
        )
    return {
        tables.as_text(name).strip().casefold(): (
            value,
            f"{sheet}!{columns.letters(body.column + 1)}{number}",
        )
        for number, (name, value) in enumerate(body[:, :2].options(ndim=2).value, start=body.row)
    }


def _day(value: Any) -> date:
    if not isinstance(value, datetime):
        raise ValueError("write a date, such as 12/05/2015, or leave it empty for today")  # noqa: TRY004
    return value.date()


def _whole(least: int, most: int, hint: str) -> Callable[[Any], int]:
    """A reader of whole numbers from ``least`` to ``most``."""

    def read(value: Any) -> int:
        number = isinstance(value, float | int) and not isinstance(value, bool)
        if not number or not least <= value <= most or value != int(value):
            raise ValueError(hint)
        return int(value)

    return read


def _limit(of: str) -> Callable[[Any], int]:
    """A reader of a limit of so many ``of`` something; one above the command's is no mistake."""
    return _whole(1, 10**15, f"write a whole number of {of}, 1 or more, or leave it empty")


_days = _whole(0, 3650, "write a whole number of days from 0 to 3650")
_backups = _whole(0, 1000, "write a whole number from 0, which makes none, to 1000")
_megabytes = _limit("megabytes")
_sheet_rows = _limit("rows")
_seconds = _limit("seconds")


def _preset(value: Any) -> Any:
    text = str(value).strip().casefold()
    if text not in ("delivery", "completion"):
        raise ValueError("write delivery or completion")
    return text


def _yes(value: Any) -> bool:
    text = str(value).strip().casefold()
    if text not in ("yes", "no", "true", "false"):
        raise ValueError("write Yes or No")
    return text in ("yes", "true")
