"""All checks of a plan, and running them; a new check is one function and one line here."""

from functools import partial

from hscb_xl.plan.checks import completion, deadlines, names, ratings, rows, sheet, texts
from hscb_xl.plan.checks.base import Check
from hscb_xl.plan.columns import COLUMNS
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judgement
from hscb_xl.plan.model import Plan

CHECKS: tuple[Check, ...] = (
    sheet.row_below_table,
    sheet.column_not_ours,
    sheet.as_of_line_lost,
    rows.number_missing,
    rows.number_duplicate,
    rows.number_order,
    rows.number_gap,
    rows.heading_inherited,
    rows.reference_missing,
    rows.reference_malformed,
    names.name_missing("lead"),
    names.name_unknown("lead"),
    names.name_variant("lead"),
    names.name_joint("lead"),
    names.name_listed_twice("lead"),
    rows.action_missing,
    rows.action_duplicate,
    deadlines.deadline_missing,
    deadlines.deadline_unreadable,
    deadlines.deadline_repaired,
    deadlines.overdue,
    texts.page_break_leftover,
    texts.open_questions,
    ratings.rating_missing,
    ratings.rating_not_stored,
    ratings.rating_unknown,
    ratings.rating_differs,
    ratings.rating_challenged,
    names.name_missing("group"),
    names.name_unknown("group"),
    names.name_variant("group"),
    names.name_joint("group"),
    names.name_listed_twice("group"),
    names.own_group,
    completion.status_unknown,
    completion.completion_unclear,
    completion.completion_claimed,
    completion.complete_without_evidence,
    completion.complete_without_date,
    completion.completed_without_status,
    completion.completed_unreadable,
    completion.completed_in_future,
    completion.completed_before_progress,
    completion.complete_not_begun,
)

_POSITIONS = {column.key: position for position, column in enumerate(COLUMNS)}


def check(judgement: Judgement) -> tuple[Finding, ...]:
    """What all checks find, the worst first, then in the order of the sheet's rows and columns.

    Of a column that the plan does without nothing is said.
    """
    findings = (finding for check_plan in CHECKS for finding in check_plan(judgement))
    return tuple(sorted(filter(partial(_has_cell, judgement.plan), findings), key=_place))


def _has_cell(plan: Plan, finding: Finding) -> bool:
    return bool(finding.letter) or plan.has(finding.column)


def _place(finding: Finding) -> tuple[int, int, int, str]:
    return finding.severity, finding.row, _POSITIONS[finding.column], finding.rule
