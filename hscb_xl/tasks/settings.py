"""The sheet Settings: the as-of date and the rating policy, each value checked where it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import xlwings as xw
from xlwings.main import Table

from hscb_xl.backups import KEPT
from hscb_xl.errors import BadSetting
from hscb_xl.limits import Own, Stated
from hscb_xl.plan import columns
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.tasks import tables

T = TypeVar("T")


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
    """The settings that a book's table holds; defaults for the others. BadSetting names a wrong cell."""
    if table is None:
        return Settings()
    values = _values(table)
    policy = RatingPolicy()
    return Settings(
        as_of=_read(values, "As of", _day, None),
        policy=RatingPolicy(
            amber_window=_read(values, "Amber window (days)", _days, policy.amber_window),
            tolerance=_read(values, "Tolerance (days)", _days, policy.tolerance),
            preset=_read(values, "Preset", _preset, policy.preset),
            blue=_read(values, "Blue ratings (BRAG)", _yes, policy.blue),
        ),
        keep=_read(values, "Backups to keep", _backups, KEPT),
        limits=Own(
            inflated=_stated(values, "Largest workbook (MB unpacked)", _megabytes, 1 << 20),
            rows=_stated(values, "Largest sheet (rows)", _sheet_rows),
            seconds=_stated(values, "Longest run (seconds)", _seconds),
        ),
    )


def kept(book: xw.Book, asked: int | None) -> int:
    """How many backups of ``book`` to keep: as many as asked for, else as its Settings say."""
    return read(tables.find(book, "Settings")).keep if asked is None else asked


def _values(table: Table) -> dict[str, tuple[Any, str]]:
    """Each setting's value and the address of its cell, by the setting's name."""
    top, left, name = table.range.row + 1, table.range.column, table.parent.name
    return {
        tables.as_text(row[0]).strip().casefold(): (row[1], f"{name}!{columns.letters(left + 1)}{number}")
        for number, row in enumerate(tables.body(table), start=top)
    }


def _stated(
    values: dict[str, tuple[Any, str]], name: str, reader: Callable[[Any], int], unit: int = 1
) -> Stated | None:
    """A limit in units of so many bytes, rows or seconds, with its cell; None where the cell is empty."""
    most = _read(values, name, reader, None)
    return None if most is None else Stated(most * unit, values[name.casefold()][1])


def _read(values: dict[str, tuple[Any, str]], name: str, reader: Callable[[Any], T], default: T) -> T:
    value, cell = values.get(name.casefold(), (None, ""))
    if value is None or value == "":
        return default
    try:
        return reader(value)
    except ValueError as problem:
        raise BadSetting(f"{cell}: {name} cannot be {tables.as_text(value)!r}; {problem}.") from None


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
