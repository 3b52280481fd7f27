"""Formulas of conditional formats and data validations when cells come or go.

Such a formula is written for the first cell of its area and moves with each cell of it. It follows exactly
where all its relative references move as that first cell does; where not, the edit is refused.
"""

import re
from collections.abc import Iterator, Sequence

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula import shifted as movedareas
from hscb_xl.ooxml.formula.references import Move, copied, shifted
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.formula.tokens import tokens
from hscb_xl.ooxml.sheet.surround import Frame
from hscb_xl.ooxml.xml import spans
from hscb_xl.ooxml.xml.tree import Node

_ABSOLUTE = re.compile(r"\$(?:[A-Za-z]+|[0-9]+)")
_RULES = ("conditionalFormatting", "dataValidation")
_FORMULAS = ("formula", "formula1", "formula2", "f")


def rebased(frame: Frame, sheet: str, move: Move) -> list[spans.Edit]:
    """The edits that write the formulas of a sheet's rules for cells that will be there afterwards.

    They are made before references follow the move. UnsafeEdit where that would change what a rule means.
    """
    edits = []
    for areas, node in _formulas(frame):
        before = node.text(frame.data)
        after = _rebased(before, areas, sheet, move)
        if after != before:
            edits.append((node.start_end, node.content_end, spans.escape_text(after)))
    return edits


def refuse_elsewhere(frame: Frame, own: str, sheet: str, move: Move) -> None:
    """Refuse a move on ``sheet`` that relative references of rules on another sheet would follow."""
    for areas, node in _formulas(frame):
        formula = node.text(frame.data)
        if not is_absolute(formula) and shifted(formula, own, sheet, move) != formula:
            raise UnsafeEdit(f"a rule for {own}!{areas[0].address} looks at these cells: change it in Excel.")


def is_absolute(formula: str) -> bool:
    """Whether a formula means the same cells wherever it stands."""
    return copied(formula, 1, 1) == formula


def _formulas(frame: Frame) -> Iterator[tuple[list[Area], Node]]:
    """Each formula of a rule with the areas of its rule, those in the extension list included."""
    for holder in frame.root.walk():
        if holder.local in _RULES:
            areas = list(refs.areas(_sqref(frame, holder)))
            for node in holder.walk() if areas else ():
                if node.local in _FORMULAS and not node.children and not node.is_empty_tag:
                    yield areas, node


def _sqref(frame: Frame, holder: Node) -> str:
    element = holder.find("sqref")
    return element.text(frame.data) if element else holder.attributes.get("sqref", "")


def _rebased(formula: str, areas: Sequence[Area], sheet: str, move: Move) -> str:
    after = movedareas.moved(move, areas)
    if not after or is_absolute(formula):
        return formula
    first = areas[0]
    start = _first_left(first, move)
    place = start and movedareas.place(move, *start)
    if start is None or place is None or len(after) != len(areas) or not _together(areas, after):
        raise _refusal(formula, first)
    written = copied(formula, start[0] - first.top, start[1] - first.left)
    wanted = copied(written, place[0] - start[0], place[1] - start[1])
    if _relative(wanted) != _relative(shifted(written, sheet, sheet, move)):
        raise _refusal(formula, first)
    return written


def _first_left(area: Area, move: Move) -> tuple[int, int] | None:
    """The first cell of an area that is still there afterwards."""
    if movedareas.place(move, area.top, area.left):
        return area.top, area.left
    behind = move.first + move.count
    place = (behind, area.left) if move.axis == "rows" else (area.top, behind)
    return place if not move.inserting and area.holds(*place) else None


def _together(areas: Sequence[Area], after: Sequence[Area]) -> bool:
    """Whether the first cells of several areas keep their places to each other."""
    steps = {(new.top - old.top, new.left - old.left) for old, new in zip(areas, after, strict=True)}
    return len(steps) == 1


def _relative(formula: str) -> list[str]:
    """The references of a formula without their absolute parts."""
    return [_ABSOLUTE.sub("$", token.text) for token in tokens(formula) if token.kind == "cells"]


def _refusal(formula: str, area: Area) -> UnsafeEdit:
    return UnsafeEdit(
        f"the rule {formula} of {area.address} looks at cells that move otherwise than its own."
    )
