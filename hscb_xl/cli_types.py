"""The kinds of values that options of several commands take."""

from datetime import date, datetime
from typing import Any

import click


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
