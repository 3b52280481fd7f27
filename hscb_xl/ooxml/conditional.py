"""Conditional formats of a sheet: the rules that stand there, one more, one less."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hscb_xl.ooxml import refs, spans, xmltree
from hscb_xl.ooxml.looks import Differential
from hscb_xl.ooxml.refs import Area
from hscb_xl.ooxml.sheet import SheetPart
from hscb_xl.ooxml.styles import Styles

_PRIORITY = re.compile(rb"""\spriority\s*=\s*["'](-?\d+)["']""")


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


def rules(sheet: SheetPart, styles: Styles, area: Area) -> list[Rule]:
    """The rules that apply to a cell of ``area``, the one Excel evaluates first in front."""
    found = (
        _rule(sheet, styles, block, node)
        for block, node in _nodes(sheet)
        if any(part.meets(area) for part in _areas(block))
    )
    return sorted(found, key=lambda rule: rule.priority)


def add(
    sheet: SheetPart,
    styles: Styles,
    area: Area,
    operator: str,
    formulas: tuple[str, ...],
    look: Differential,
    stop: bool = False,
) -> None:
    """Add a rule that compares a cell's own value, evaluated after all that stand there already.

    Their priorities are not ours to change, the 2010 rules in the extension list included.
    """
    prefix = sheet.frame.prefix
    rule = b'<%scfRule type="cellIs" dxfId="%d" priority="%d"%s operator="%s">%s</%scfRule>' % (
        prefix,
        styles.differential(look),
        _next_priority(sheet),
        b' stopIfTrue="1"' if stop else b"",
        operator.encode(),
        b"".join(b"<%sformula>%s</%sformula>" % (prefix, spans.escape_text(f), prefix) for f in formulas),
        prefix,
    )
    tag = prefix + b"conditionalFormatting"
    at = sheet.frame.place_for("conditionalFormatting")
    sheet.frame.replace([(at, at, b'<%s sqref="%s">%s</%s>' % (tag, area.address.encode(), rule, tag))])


def remove(sheet: SheetPart, rule: Rule) -> None:
    """Take out one rule, and the block around it when it was the last in there."""
    for block, node in _nodes(sheet):
        if sheet.frame.data[node.start : node.end] == rule.source and _areas(block) == rule.areas:
            gone = block if len(block.all("cfRule")) == 1 else node
            sheet.frame.replace([(gone.start, gone.end, b"")])
            return


def _nodes(sheet: SheetPart) -> Iterator[tuple[xmltree.Node, xmltree.Node]]:
    for block in sheet.frame.children("conditionalFormatting"):
        for node in block.all("cfRule"):
            yield block, node


def _areas(block: xmltree.Node) -> tuple[Area, ...]:
    return refs.areas(block.attributes.get("sqref", ""))


def _rule(sheet: SheetPart, styles: Styles, block: xmltree.Node, node: xmltree.Node) -> Rule:
    data = sheet.frame.data
    return Rule(
        node.attributes.get("type", ""),
        node.attributes.get("operator"),
        tuple(formula.text(data) for formula in node.all("formula")),
        node.number("priority", 0),
        node.is_on("stopIfTrue"),
        styles.differential_at(node.number("dxfId")) if "dxfId" in node.attributes else Differential(),
        _areas(block),
        data[node.start : node.end],
    )


def _next_priority(sheet: SheetPart) -> int:
    # The rules of the extension list share the numbering, so the bytes around the rows are looked through.
    return max((int(match[1]) for match in _PRIORITY.finditer(sheet.frame.data)), default=0) + 1
