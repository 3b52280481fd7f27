"""The kinds of values that options of several commands take."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from hscb_xl.store import source


class Day(click.ParamType[date]):
    """A day written as 2015-05-12 or, day first, as 12/05/2015."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that ``value`` names."""
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, form).date()  # a day has no time zone
            except ValueError:
                continue
        return self.fail(f"{value!r} is not a date: write it as 2015-05-12 or 12/05/2015.", param, ctx)


class Place(click.Path):
    """The path of a file or a folder; a web address is refused with what to give in its place."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path that ``value`` names."""
        if isinstance(value, str):
            source.refuse_address(value)
            if not value:
                self.fail("it is empty: give a path", param, ctx)
        return super().convert(value, param, ctx)
