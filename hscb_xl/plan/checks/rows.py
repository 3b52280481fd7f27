"""Checks of rows against each other: numbers, headings that rows below inherit, and actions there twice."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import pairwise

from hscb_xl.plan.checks.base import each_row, error, info, named, warning
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.model import Action
from hscb_xl.plan.wording import listed, quoted

_REFERENCE = r"\d+(?:\.\d+)+[a-z]?"
_REFERENCES = re.compile(rf"{_REFERENCE}(?:\s*(?:,|;|/|&|\band\b)\s*{_REFERENCE})*", re.IGNORECASE)

_Blocks = dict[tuple[int, int], list[Action]]


@each_row
def number_missing(judged: Judged) -> Iterator[Finding]:
    """Every row has its number, a whole one; returns are merged and findings are listed by it."""
    action = judged.action
    if action.no is None:
        text = action.no_text.strip()
        message = f"No {quoted(text)} is not a whole number." if text else "No is empty."
        remedy = "Enter the action's number; a new action takes the next free one."
        yield error("number-missing", action, "no", message, remedy)


def number_duplicate(judgement: Judgement) -> Iterator[Finding]:
    """No two rows have the same number."""
    for action, first in _repeated(_actions(judgement), lambda action: action.no):
        message = f"No {action.no} stands on row {first.row} already."
        remedy = "Give one of the two rows its own number, or delete it if the action is there twice."
        yield error("number-duplicate", action, "no", message, remedy)


def number_order(judgement: Judgement) -> Iterator[Finding]:
    """Numbers rise down the sheet."""
    numbered = [action for action in _actions(judgement) if action.no is not None]
    for above, action in pairwise(numbered):
        if _no(action) < _no(above):
            message = f"No {action.no} stands below No {above.no} (row {above.row})."
            remedy = "Sort the plan by No, with Ofsted Para No and Area filled in on every row first."
            yield warning("number-order", action, "no", message, remedy)


def number_gap(judgement: Judgement) -> Iterator[Finding]:
    """No number is skipped; where one is, a row may have been deleted."""
    numbered = sorted((action for action in _actions(judgement) if action.no is not None), key=_no)
    for below, action in pairwise(numbered):
        first, last = _no(below) + 1, _no(action) - 1
        if first <= last:
            skipped = f"No {first} is" if first == last else f"Nos {first} to {last} are"
            message = f"{skipped} skipped between {below.no} and {action.no}."
            remedy = "Check that no action was deleted by mistake; a number once used is best left unused."
            yield info("number-gap", action, "no", message, remedy)


@each_row
def action_missing(judged: Judged) -> Iterator[Finding]:
    """A row that holds anything says what is to be done."""
    if not judged.action.action.strip():
        remedy = (
            "Enter the action; if the row is the rest of the row above, join the two and delete this one."
        )
        yield warning("action-missing", judged.action, "action", "The row has no Action.", remedy)


def action_duplicate(judgement: Judgement) -> Iterator[Finding]:
    """No action is there twice, whatever its capitals, spacing and punctuation."""
    for action, first in _repeated(_actions(judgement), lambda action: _words(action.action)):
        message = f"The Action has the same text as {named(first)}."
        remedy = "Delete one of the two rows, or word the actions apart."
        yield warning("action-duplicate", action, "action", message, remedy)


def heading_inherited(judgement: Judgement) -> Iterator[Finding]:
    """Rows that take their Ofsted Para No or Area from a row above would lose it when the sheet is sorted."""
    by_row = {action.row: action for action in _actions(judgement)}
    for (para_row, area_row), members in _blocks(judgement).items():
        para = f"Para {by_row[para_row].para} from row {para_row}" if para_row else ""
        area = f"Area from row {area_row}" if area_row else ""
        if para_row == area_row:
            para, area = f"Para {by_row[para_row].para} and Area from row {para_row}", ""
        message = f"{_subject(members)} {listed([taken for taken in (para, area) if taken])}."
        remedy = "Do not sort the sheet while these cells are empty, or first fill them in on every row."
        yield info("heading-inherited", by_row[para_row or area_row], "para", message, remedy)


@each_row
def reference_missing(judged: Judged) -> Iterator[Finding]:
    """Every action says which part of the business plan it belongs to."""
    if judged.action.action.strip() and not judged.action.reference.strip():
        remedy = "Enter the business plan's number, such as 4.1."
        message = "The business plan reference is empty."
        yield warning("reference-missing", judged.action, "reference", message, remedy)


@each_row
def reference_malformed(judged: Judged) -> Iterator[Finding]:
    """A business plan reference is a number such as 4.1, or several such numbers."""
    reference = judged.action.reference.strip()
    if reference and not _REFERENCES.fullmatch(reference):
        message = f"The business plan reference {quoted(reference)} is not a number such as 4.1."
        remedy = 'Enter the number as the business plan has it; for several, "4.1, 4.2".'
        yield warning("reference-malformed", judged.action, "reference", message, remedy)


def _actions(judgement: Judgement) -> Iterator[Action]:
    return (judged.action for judged in judgement.rows())


def _no(action: Action) -> int:
    return action.no or 0


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _repeated(
    actions: Iterable[Action], key: Callable[[Action], Hashable]
) -> Iterator[tuple[Action, Action]]:
    """Each action whose key stands on an earlier row, with the first that has it; empty keys are left out."""
    first_with: dict[Hashable, Action] = {}
    for action in actions:
        found = key(action)
        if found in (None, ""):
            continue
        if found in first_with:
            yield action, first_with[found]
        else:
            first_with[found] = action


def _blocks(judgement: Judgement) -> _Blocks:
    """The actions that inherit, by the rows where their Para and their Area stand (0: not inherited)."""
    blocks: _Blocks = {}
    para_row = area_row = 0
    for action in _actions(judgement):
        para_row = action.row if action.para else para_row
        area_row = action.row if action.area else area_row
        taken_from = (0 if action.para else para_row, 0 if action.area else area_row)
        if any(taken_from):
            blocks.setdefault(taken_from, []).append(action)
    return blocks


def _subject(members: list[Action]) -> str:
    if len(members) == 1:
        return f"{named(members[0]).capitalize()} takes"
    if len(members) == 2:
        return f"{named(members[0]).capitalize()} and {named(members[1])} take"
    return f"{named(members[0]).capitalize()} to {named(members[-1])} take"
