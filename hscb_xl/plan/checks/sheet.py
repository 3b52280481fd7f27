"""Checks of what stands round the plan's rows: below its table, in columns beside it, in the line above."""

from collections.abc import Iterator
from dataclasses import replace

from hscb_xl.plan.checks.base import error, info
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judgement
from hscb_xl.plan.model import Action, Foreign, Plan
from hscb_xl.plan.wording import listed

_NOBODY = Action(row=0, no=None)
_MOST = 6
"""How many cells a message names."""


def row_below_table(judgement: Judgement) -> Iterator[Finding]:
    """Every row of the plan is in its table; one right below it is seen by nobody."""
    below = judgement.plan.around.below
    if below:
        cells = [judgement.plan.address(cell) for cell in below[:_MOST]]
        more = f" and {len(below) - _MOST} more" if len(below) > _MOST else ""
        message = (
            f"Below the last row of the table Plan something stands in {listed(cells)}{more}, outside the "
            "table: it is not rated, not checked and in no export."
        )
        remedy = (
            "Enlarge the table: drag the corner of its last cell down over these rows, or choose Table "
            "Design, Resize Table. If they are no actions, put an empty row between them and the table."
        )
        yield _at(below[0], error("row-below-table", _NOBODY, "action", message, remedy))


def column_not_ours(judgement: Judgement) -> Iterator[Finding]:
    """A column with a header of the program's that the program did not make is left to whoever made it."""
    foreign = judgement.plan.around.foreign
    if foreign:
        named = listed([_named(column, judgement.plan) for column in foreign])
        one = len(foreign) == 1
        message = (
            f"{named} {'has a header' if one else 'have headers'} of the program's but "
            f"{'was' if one else 'were'} not made by it."
        )
        remedy = (
            "Nothing is written there: the program has columns of its own behind the others. "
            "Rename or delete yours if they are easily mistaken for each other."
        )
        yield _at(foreign[0].cell, info("column-not-ours", _NOBODY, "action", message, remedy))


def as_of_line_lost(judgement: Judgement) -> Iterator[Finding]:
    """The name of the as-of line stands for one cell, which is empty or holds that line."""
    plan = judgement.plan
    if plan.around.lost_line:
        message = (
            f"The name Plan_AsOf stands for {plan.around.lost_line}, which is no cell for the line that says "
            "for which day the ratings are: it is not written."
        )
        remedy = (
            f"Let it stand for one empty cell of the sheet {plan.sheet} outside the table, or delete it "
            "(Formulas, Name Manager)."
        )
        cell = f"{plan.letters['action']}{plan.around.header}"
        yield _at(cell, info("as-of-line-lost", _NOBODY, "action", message, remedy))


def _named(column: Foreign, plan: Plan) -> str:
    where = plan.address(column.cell)
    return f'"{column.header}" ({where}{f", where {column.holds}" if column.holds else ""})'


def _at(cell: str, finding: Finding) -> Finding:
    """A finding laid on a cell of the plan's sheet, such as "B31", that belongs to no action."""
    letter = cell.rstrip("0123456789")
    return replace(finding, row=int(cell[len(letter) :]), letter=letter)
