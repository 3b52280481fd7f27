"""Formatting: the declared conditional formats on the plan's columns."""

from itertools import groupby

import xlwings as xw

from hscb_xl.plan.look import RULES, Look
from hscb_xl.plan.model import Plan
from hscb_xl.tasks.book.conditional import lay

WRITES = ("Plan",)
"""The sheets written, by their names or those of their tables."""


def run(book: xw.Book, plan: Plan) -> int:
    """Lay the rules of ``look.RULES`` over the plan's columns; the number of those that lacked them."""
    sheet = book.sheets[plan.sheet]
    there = {key: looks for key, looks in _looks().items() if key in plan.letters}
    return sum(lay(sheet[plan.column_address(key)], looks) for key, looks in there.items())


def _looks() -> dict[str, list[tuple[str, Look]]]:
    by_column = groupby(RULES, key=lambda rule: rule.column)
    return {column: [(rule.equals, rule.look) for rule in rules] for column, rules in by_column}
