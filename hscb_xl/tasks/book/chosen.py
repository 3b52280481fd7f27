"""Which rows of the plan an officer has selected."""

import re
from collections.abc import Iterator

import xlwings as xw

from hscb_xl.errors import WrongState
from hscb_xl.plan.model import Plan

_LONGEST = 250
"""Characters after which Excel may cut the address of several areas."""


def rows(book: xw.Book, plan: Plan) -> tuple[int, ...]:
    """The plan's rows (sheet rows) that are selected and shown, downwards; WrongState where there are none.

    A hidden row has no height. Where the rows selected have different heights each is asked for its own:
    the one place where a click asks as often as there are rows selected.
    """
    selected = book.app.selection
    if selected is None or (selected.sheet.book.name, selected.sheet.name) != (book.name, plan.sheet):
        raise WrongState(_outside(plan))
    address = selected.address
    if len(address) > _LONGEST:
        raise WrongState("Too many separate cells are selected: select fewer, or rows that stand together.")
    numbers = {action.row for action in plan.actions}
    inside = sorted({row for area in _spans(address, numbers) for row in area} & numbers)
    if not inside:
        raise WrongState(_outside(plan))
    shown = tuple(_shown(selected.sheet, inside))
    if not shown:
        raise WrongState("All rows selected are hidden: show them, or select others.")
    return shown


def _outside(plan: Plan) -> str:
    return f"No action is selected: select one or more rows of the plan on the sheet {plan.sheet} first."


def _spans(address: str, numbers: set[int]) -> Iterator[range]:
    """The rows of each area of an address; an area of whole columns has all that there are."""
    for area in address.split(","):
        found = [int(digits) for digits in re.findall(r"\d+", area)]
        yield range(found[0], found[-1] + 1) if found else range(min(numbers), max(numbers) + 1)


def _shown(sheet: xw.Sheet, inside: list[int]) -> Iterator[int]:
    common = sheet[f"{inside[0]}:{inside[-1]}"].row_height
    if common is not None:
        yield from inside if common else ()
        return
    for row in inside:
        if sheet[f"{row}:{row}"].row_height:
            yield row
