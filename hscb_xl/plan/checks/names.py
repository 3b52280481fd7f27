"""Checks of names: leads and groups are those on the sheet Lists, and no group monitors its own chair."""

from collections.abc import Iterator
from functools import cache

from hscb_xl.plan.checks.base import Check, each_row, error, info, warning
from hscb_xl.plan.columns import BY_KEY
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judged, Judgement, Names
from hscb_xl.plan.names import Reconciled
from hscb_xl.plan.wording import listed, quoted


def _cell(judged: Judged, column: str) -> tuple[str, Reconciled]:
    action = judged.action
    return (action.lead, judged.lead) if column == "lead" else (action.group, judged.group)


def name_missing(column: str) -> Check:
    """Every action has a lead, and a group that monitors it."""

    @each_row
    def check(judged: Judged) -> Iterator[Finding]:
        _, reconciled = _cell(judged, column)
        if judged.action.action.strip() and reconciled.kind == "blank":
            remedy = f"Choose the {column} from the cell's list."
            message = f"{BY_KEY[column].header} is empty."
            yield error(f"{column}-missing", judged.action, column, message, remedy)

    return check


def name_unknown(column: str) -> Check:
    """Every lead and group is a name, or an alias, on the sheet Lists."""

    @each_row
    def check(judged: Judged) -> Iterator[Finding]:
        text, reconciled = _cell(judged, column)
        if reconciled.too_long:
            message = (
                f"{BY_KEY[column].header} {quoted(text)} is too long for names ({len(text):,} characters)."
            )
            remedy = "Leave the names alone in this cell and put the rest into Progress."
            yield error(f"{column}-unknown", judged.action, column, message, remedy)
        elif reconciled.kind == "unknown":
            near = (
                f"Enter {quoted(reconciled.nearest)} if that is meant; else add"
                if reconciled.nearest
                else "Add"
            )
            message = f"{BY_KEY[column].header} {quoted(text)} is not on the sheet Lists."
            yield error(
                f"{column}-unknown", judged.action, column, message, f"{near} the name to the sheet Lists."
            )

    return check


def name_variant(column: str) -> Check:
    """A name, in a joint cell too, is written as on the sheet Lists: a filter takes two spellings for two."""

    @each_row
    def check(judged: Judged) -> Iterator[Finding]:
        for written, canonical in _cell(judged, column)[1].variants:
            message = f"{quoted(written)} is another way to write {quoted(canonical)}."
            remedy = f"Write {quoted(canonical)}, so that a filter on {BY_KEY[column].header} finds this row."
            yield warning(f"{column}-variant", judged.action, column, message, remedy)

    return check


def name_joint(column: str) -> Check:
    """An officer knows which actions have more than one lead or group."""

    @each_row
    def check(judged: Judged) -> Iterator[Finding]:
        reconciled = _cell(judged, column)[1]
        if reconciled.kind == "joint":
            message = f"{BY_KEY[column].header} names {listed(reconciled.names)}."
            remedy = "Nothing to do if all are meant: exports put the action in the file of each."
            yield info(f"{column}-joint", judged.action, column, message, remedy)

    return check


def name_listed_twice(column: str) -> Check:
    """A name stands on the sheet Lists once: twice, it would be two in a drop-down, and is taken for one."""

    def check(judgement: Judgement) -> Iterator[Finding]:
        directory = judgement.names.leads if column == "lead" else judgement.names.groups
        rows = tuple(judgement.rows())
        for name, again in directory.doubled if rows else ():
            first = next((judged for judged in rows if name in _cell(judged, column)[1].names), rows[0])
            written = f" (the other time as {quoted(again)})" if again != name else ""
            message = f"{quoted(name)} stands twice on the sheet Lists{written} and is taken as one name."
            remedy = "Delete one of the two lines, after moving its other spellings to the one that stays."
            yield warning(f"{column}-listed-twice", first.action, column, message, remedy)

    return check


def own_group(judgement: Judgement) -> Iterator[Finding]:
    """An action is monitored by another group than the one its lead chairs."""
    chaired_by = cache(lambda lead: _chaired_by(lead, judgement.names))
    for judged in judgement.rows():
        chaired = {group for lead in judged.lead.names for group in chaired_by(lead)}
        monitors = judged.group.names
        if monitors and chaired.issuperset(monitors):
            message = f"The lead chairs {listed(monitors)}, which monitors the action."
            remedy = "Ask the board whether another group should monitor it."
            yield warning("own-group", judged.action, "group", message, remedy)


def _chaired_by(lead: str, names: Names) -> tuple[str, ...]:
    """The group that ``lead`` chairs by its canonical name; the sheet Lists may have it by another."""
    group = names.leads.own_group(lead)
    return names.groups.reconcile(group).names or (group,)
