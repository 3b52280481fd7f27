"""A simple model of a book: what each cell holds and looks like, what rules and formulas there are."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.utils.datetime import from_excel

EPOCH = dt.datetime(1899, 12, 30)


@dataclass(frozen=True)
class Held:
    """What one cell holds: days as numbers, and the part of its format that is looked at."""

    value: str | float | bool | None = None
    number_format: str = "General"
    fill: tuple[int, int, int] | None = None
    bold: bool = False

    @property
    def shows_day(self) -> bool:
        return "y" in self.number_format

    def written(self, value: Any) -> "Held":
        """The cell after a value was written: a day brings a format for days, unless there is one."""
        if isinstance(value, dt.date):
            moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
            usual = "dd/mm/yyyy" if moment.time() == dt.time() else "dd/mm/yyyy h:mm"
            serial = (moment - EPOCH) / dt.timedelta(days=1)
            return replace(self, value=serial, number_format=self.number_format if self.shows_day else usual)
        if isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        return replace(self, value=None if value == "" else value)


@dataclass
class Page:
    """One sheet of the model."""

    cells: dict[tuple[int, int], Held] = field(default_factory=dict)
    formulas: dict[int, str] = field(default_factory=dict)
    rules: list[tuple[str, str]] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)


def is_shown(held: Held, value: Any) -> bool:
    """Whether a reader shows what the cell holds; with a format for days, a number that is one as a day."""
    if held.shows_day and isinstance(held.value, float):
        if not 61 <= held.value < 2_958_466:
            return isinstance(value, float | dt.datetime | dt.time)
        return isinstance(value, dt.datetime) and abs(value - from_excel(held.value)) < dt.timedelta(
            seconds=1
        )
    return bool(value == held.value) and isinstance(value, bool) == isinstance(held.value, bool)


def compare_cell(held: Held, cell: Any) -> None:
    value = cell.value
    if isinstance(value, str):
        value = re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), value)
    strange = held.shows_day and isinstance(held.value, float) and not 61 <= held.value < 2_958_466
    assert strange or is_shown(held, value), (cell.coordinate, held, value)
    assert cell.number_format == held.number_format
    assert bool(cell.font.b) == held.bold
    colour = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type == "solid" else None
    assert colour == (None if held.fill is None else "{:02X}{:02X}{:02X}".format(*held.fill))
