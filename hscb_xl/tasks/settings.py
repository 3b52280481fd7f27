"""The sheet Settings: the as-of date and the rating policy, each value checked where it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import xlwings as xw
from xlwings.main import Table

from hscb_xl.backups import KEPT
from hscb_xl.errors import BadSetting
from hscb_xl.plan import columns
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.tasks import tables

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the workbook says a run shall go by; ``as_of`` is None where it leaves that to the clock.

    ``keep`` is how many backups of the workbook there are to be; with 0 none is made.
    """

    as_of: date | None = None
    policy: RatingPolicy = field(default_factory=RatingPolicy)
    keep: int = KEPT


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


def _days(value: Any) -> int:
    if not isinstance(value, float | int) or value != int(value) or not 0 <= value <= 3650:
        raise ValueError("write a whole number of days from 0 to 3650")
    return int(value)


def _backups(value: Any) -> int:
    if not isinstance(value, float | int) or value != int(value) or not 0 <= value <= 1000:
        raise ValueError("write a whole number from 0, which makes none, to 1000")
    return int(value)


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
