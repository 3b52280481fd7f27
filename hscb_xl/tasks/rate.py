"""Rating: the program's own columns of the plan, computed from its deadlines and completions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from hscb_xl.plan import columns, look
from hscb_xl.plan.deadlines.bywhen import Due
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.wording import counted, written
from hscb_xl.tasks.book import newcolumns, own, texts

WRITES = ("Plan",)
"""The sheets written, by their names or those of their tables."""


@dataclass(frozen=True, slots=True)
class Report:
    """How many actions have a computed rating, and in how many of them it is not the agreed one."""

    rated: int
    differing: int


def run(book: xw.Book, judgement: Judgement) -> Report:
    """Write the computed columns, which are made where they are missing, and the as-of line if it has a cell.

    Raises BadTable, before anything is changed, where something stands in the way of a column.
    """
    plan = newcolumns.made(book, judgement.plan)
    sheet = book.sheets[plan.sheet]
    filled = {judged.action.row for judged in judgement.rows()}
    due = sheet[plan.column_address("due")]
    if due.number_format != look.DATE:
        due.number_format = look.DATE
    for block in columns.side_by_side(columns.keys("program"), plan.letters):
        top, bottom = plan.actions[0].row, plan.actions[-1].row
        cells = sheet[f"{plan.letters[block[0]]}{top}:{plan.letters[block[-1]]}{bottom}"]
        rows = [_cells(j, block) if j.action.row in filled else [None] * len(block) for j in judgement.judged]
        texts.put(cells, rows, spare_words=True)
    own.say(sheet, own.PLAN_LINE, as_of_line(judgement))
    rated = [judged for judged in judgement.rows() if judged.rated.rating]
    return Report(len(rated), sum(judged.agreement == "differs" for judged in rated))


def as_of_line(judgement: Judgement) -> str:
    """The line under a title that says for which day and under which rules the ratings are."""
    policy = judgement.policy
    window, tolerance = counted(policy.amber_window, "day"), counted(policy.tolerance, "day")
    return (
        f"As of {written(judgement.today)}. Amber window {window}, tolerance {tolerance}, "
        f"preset {policy.preset}{', blue ratings on' if policy.blue else ''}."
    )


def _cells(judged: Judged, keys: Sequence[str]) -> list[Any]:
    rated = judged.rated
    shown = {
        "due": judged.due.date if isinstance(judged.due, Due) else None,
        "auto": rated.rating.value if rated.rating else None,
        "days": days_shown(judged),
        "timing": rated.timing,
        "agreement": judged.agreement,
        "reason": rated.reason,
    }
    return [shown[key] for key in keys]


def days_shown(judged: Judged) -> int | None:
    """Days past the due date of an action that is not complete; None where there are none."""
    days = judged.rated.days_overdue
    return days if days and days > 0 and judged.completion == "none" else None
