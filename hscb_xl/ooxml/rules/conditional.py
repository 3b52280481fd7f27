"""Conditional formats of a sheet: the rules that stand there, one more, one less, fewer cells for them.

Rules that Excel 2007 does not know stand in the sheet's extension list, and so do the other halves of data
bars; both follow what is done to the sheet's own.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import areas
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.located import naming_the_sheet
from hscb_xl.ooxml.rules import extensions, visuals
from hscb_xl.ooxml.rules.blocks import LATER, Leaving, areas_of, blocks, halves, identity, nodes
from hscb_xl.ooxml.rules.visuals import Visual
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles import looks
from hscb_xl.ooxml.styles.looks import Differential
from hscb_xl.ooxml.styles.styles import Styles
from hscb_xl.ooxml.xml import spans, tree

_PRIORITY = re.compile(rb"""\spriority\s*=\s*["'](-?\d+)["']""")
_NO_LOOK = Differential()
_LATER_URI = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One ``cfRule`` and the areas it applies to; ``operator`` and formulas as the file writes them."""

    kind: str
    operator: str | None
    formulas: tuple[str, ...]
    priority: int
    stop: bool
    differential: Differential
    areas: tuple[Area, ...]
    source: bytes
    visual: Visual | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What shall be different in a rule; None where it stays. ``look`` is laid over the rule's own."""

    operator: str | None = None
    formulas: tuple[str, ...] | None = None
    look: Differential = _NO_LOOK
    stop: bool | None = None


@naming_the_sheet
def rules(sheet: SheetPart, styles: Styles, area: Area) -> list[Rule]:
    """The rules that apply to a cell of ``area``, the one Excel evaluates first in front."""
    found, known = [], sheet.frame.once("rules", dict[tree.Node, Rule])
    for block, node in nodes(sheet):
        if any(part.meets(area) for part in areas_of(sheet, block)):
            if node not in known:
                known[node] = _rule(sheet, styles, block, node)
            found.append(known[node])
    return sorted(found, key=lambda rule: rule.priority)


@naming_the_sheet
def add(
    sheet: SheetPart,
    styles: Styles,
    area: Area,
    operator: str | None,
    formulas: tuple[str, ...],
    look: Differential,
    stop: bool = False,
) -> None:
    """Add a rule that compares a cell's own value, or without an operator one that goes by a formula.

    It is evaluated after all that stand there already: their priorities are not ours to change, those of
    the extension list included. Relative references are read against the first cell of ``area``.
    """
    prefix = sheet.frame.prefix
    rule = b'<%scfRule type="%s" dxfId="%d" priority="%d"%s%s>%s</%scfRule>' % (
        prefix,
        b"cellIs" if operator else b"expression",
        styles.differential(look),
        _next_priority(sheet),
        b' stopIfTrue="1"' if stop else b"",
        b' operator="%s"' % operator.encode() if operator else b"",
        _formulas(prefix, formulas),
        prefix,
    )
    sheet.frame.replace([_block(sheet, area, rule)])


@naming_the_sheet
def add_visual(sheet: SheetPart, area: Area, visual: Visual) -> None:
    """Add a colour scale, a data bar or an icon set, behind all rules that stand there already."""
    frame, priority = sheet.frame, _next_priority(sheet)
    seed = f"{sheet.name}#{area.address}#{priority}"
    identity = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, seed)}}}".upper()
    edits = []
    if not visual.is_later:
        rule = visuals.rule_xml(visual, priority, identity)
        edits.append(_block(sheet, area, _prefixed(rule, frame.prefix)))
    if visual.is_later or visual.kind == "dataBar":
        later = (
            visuals.later_xml(visual, priority, identity)
            if visual.is_later
            else visuals.half_xml(visual, identity)
        )
        xml = b"<x14:conditionalFormatting>%s<xm:sqref>%s</xm:sqref></x14:conditionalFormatting>"
        edits.append(extensions.add(frame, LATER, _LATER_URI, xml % (later, area.address.encode())))
    frame.replace(edits)


@naming_the_sheet
def remove(sheet: SheetPart, rule: Rule) -> None:
    """Take out one rule from all its cells, and what is around it or in the extension list for it alone.

    A sheet may have thousands of a kind, from rows that were copied: they go together.
    """
    sheet.frame.put_off(lambda: Leaving(sheet)).take(rule.source, rule.areas)


@naming_the_sheet
def change(sheet: SheetPart, styles: Styles, rule: Rule, wanted: Change) -> Rule:
    """Let a rule say something else for all its cells; the rule as it is then.

    Raises UnsafeEdit for one of a later version of Excel, and for one that is no longer there.
    """
    found = _find(sheet, rule)
    if found is None or found[1].namespace != sheet.frame.root.namespace:
        raise UnsafeEdit(
            f"{sheet.where(areas.address(rule.areas))} has a conditional format that was taken away or is of "
            "a later version of Excel: change it in Excel."
        )
    place = [node.start for _, node in nodes(sheet)].index(found[1].start)
    sheet.frame.replace(_changes(sheet, styles, found[1], wanted))
    block, node = list(nodes(sheet))[place]
    return _rule(sheet, styles, block, node)


@naming_the_sheet
def clear(sheet: SheetPart, area: Area) -> None:
    """Take all rules from the cells of ``area``; they go on applying to the cells around it.

    Raises UnsafeEdit, and changes nothing, where the formulas of one cannot follow what is left for it, and
    for the formats of a pivot table.
    """
    for block in _meeting(sheet, area):
        _shrunk(sheet, block, area)
    gone = [block for block in _meeting(sheet, area) if not areas.minus(areas_of(sheet, block), area)]
    sheet.frame.replace(extensions.removals(gone))
    sheet.frame.replace([edit for block in _meeting(sheet, area) for edit in _shrunk(sheet, block, area)])


def _meeting(sheet: SheetPart, area: Area) -> list[tree.Node]:
    return [block for block in blocks(sheet) if any(part.meets(area) for part in areas_of(sheet, block))]


def _find(sheet: SheetPart, rule: Rule) -> tuple[tree.Node, tree.Node] | None:
    for block, node in nodes(sheet):
        if sheet.frame.data[node.start : node.end] == rule.source and areas_of(sheet, block) == rule.areas:
            return block, node
    return None


def _rule(sheet: SheetPart, styles: Styles, block: tree.Node, node: tree.Node) -> Rule:
    data, own = sheet.frame.data, node.find("dxf")
    look = styles.differential_at(node.number("dxfId")) if "dxfId" in node.attributes else Differential()
    return Rule(
        node.attributes.get("type", ""),
        node.attributes.get("operator"),
        tuple(formula.text(data) for formula in _written(node)),
        node.number("priority", 0),
        node.is_on("stopIfTrue"),
        looks.differential_of(own) if own else look,
        areas_of(sheet, block),
        data[node.start : node.end],
        visuals.read(data, node, halves(sheet).get(identity(data, node))),
    )


def _written(node: tree.Node) -> list[tree.Node]:
    """The elements of a rule's formulas."""
    return node.all("formula") or node.all("f")


def _shrunk(sheet: SheetPart, block: tree.Node, gone: Area) -> list[spans.Edit]:
    """The edits that let the rules of a block apply to what is left of its cells, none where nothing is."""
    data, before = sheet.frame.data, areas_of(sheet, block)
    left = areas.minus(before, gone)
    written = [formula for node in block.all("cfRule") for formula in _written(node)]
    formulas = areas.moved([formula.text(data) for formula in written], before, left) if left else ()
    if formulas is None or block.is_on("pivot"):
        raise UnsafeEdit(
            f"{sheet.where(areas.address(before))} has a conditional format that goes by the first of these "
            "cells or by a pivot table, so it cannot be taken from some of them: change it in Excel."
        )
    if not left:
        return []
    element, listed = block.find("sqref"), areas.address(left)
    changed = [(node, text) for node, text in zip(written, formulas, strict=True) if node.text(data) != text]
    where = spans.set_text(data, element, listed) if element else None
    return [
        where or spans.set_attribute(data, block, "sqref", listed),
        *(spans.set_text(data, node, text) for node, text in changed),
    ]


def _changes(sheet: SheetPart, styles: Styles, node: tree.Node, wanted: Change) -> list[spans.Edit]:
    data, edits = sheet.frame.data, []
    if wanted.operator is not None:
        edits.append(spans.set_attribute(data, node, "operator", wanted.operator))
    if wanted.stop is not None and wanted.stop != node.is_on("stopIfTrue"):
        edits.append(spans.set_attribute(data, node, "stopIfTrue", str(int(wanted.stop))))
    if wanted.look != _NO_LOOK:
        index = styles.differential_over(node.number("dxfId", -1), wanted.look)
        edits.append(spans.set_attribute(data, node, "dxfId", str(index)))
    written = node.all("formula")
    if wanted.formulas is not None and written:
        new = _formulas(sheet.frame.prefix, wanted.formulas)
        edits.append((written[0].start, written[-1].end, new))
    return edits


def _formulas(prefix: bytes, texts: Sequence[str]) -> bytes:
    return b"".join(b"<%sformula>%s</%sformula>" % (prefix, spans.escape_text(t), prefix) for t in texts)


def _block(sheet: SheetPart, area: Area, rule: bytes) -> spans.Edit:
    """The edit that gives a rule a block of its own."""
    tag = sheet.frame.prefix + b"conditionalFormatting"
    at = sheet.frame.place_for("conditionalFormatting")
    return at, at, b'<%s sqref="%s">%s</%s>' % (tag, area.address.encode(), rule, tag)


def _prefixed(xml: str, prefix: bytes) -> bytes:
    return (looks.prefixed(xml, prefix.decode()) if prefix else xml).encode()


def _next_priority(sheet: SheetPart) -> int:
    # The rules of the extension list share the numbering, so the bytes around the rows are looked through.
    return max((int(match[1]) for match in _PRIORITY.finditer(sheet.frame.data)), default=0) + 1
