"""Formulas that Excel has to calculate again: the chain that lists them, and the request to do so."""

import re
from collections.abc import Collection, Iterable

from hscb_xl.ooxml.formula import literal, refs
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.xml import spans, tree

_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)<)")
_BEFORE_CALC = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr"
).split()
"""The children of a workbook up to ``calcPr``, in the order of ECMA-376 part 1, 18.2.27."""


def forget(package: Package, workbook: str, sheet: int, cells: Collection[tuple[int, int]] | None) -> None:
    """Take cells that hold no formula any more out of the calculation chain; ``sheet`` is a sheetId.

    With None for the cells, all of that sheet are taken out.
    An entry without a formula makes Excel repair the file. An entry names its sheet only where it differs
    from the one before, so the sheet is written out on the entry that follows one taken away.
    """
    part = package.related(workbook, "calcChain")
    if part is None:
        return
    data, root = package.tree(part)
    edits = _without(data, root, sheet, cells)
    if sum(1 for _, _, new in edits if not new) < len(root.all("c")):
        package.write(part, spans.splice(data, edits))
    else:
        package.unrelate(workbook, part)
        package.remove(part)


def ask_for_full_calculation(package: Package, workbook: str, sheets: Iterable[str]) -> None:
    """Have Excel calculate when it opens the file, where the book has formulas that may be out of date.

    A link whose two texts are written out in it needs no calculation, so books that have only such
    formulas are not marked and Excel does not ask to save them on closing.
    """
    if not any(_has_live_formula(package.read(sheet)) for sheet in sheets):
        return
    data, root = package.tree(workbook)
    node = root.find("calcPr")
    if node is not None:
        edit = spans.set_attribute(data, node, "fullCalcOnLoad", "1")
    else:
        at = max(child.end for child in root.children if child.local in _BEFORE_CALC)
        prefix = f"{root.prefix}:".encode() if root.prefix else b""
        edit = (at, at, b'<%scalcPr fullCalcOnLoad="1"/>' % prefix)
    package.write(workbook, spans.splice(data, [edit]))


def _without(
    data: bytes, root: tree.Node, sheet: int, cells: Collection[tuple[int, int]] | None
) -> list[spans.Edit]:
    edits, current, written = [], 0, 0
    for node in root.all("c"):
        current = node.number("i", current)
        place = refs.stated(node.attributes.get("r", ""))
        if current == sheet and (cells is None or (place.top, place.left) in cells):
            edits.append((node.start, node.end, b""))
            continue
        if written != current and "i" not in node.attributes:
            edits.append(spans.set_attribute(data, node, "i", str(current)))
        written = current
    return edits


def _has_live_formula(data: bytes) -> bool:
    return any(
        literal.literal_value(strings.from_xml(match[1] or b"")) is None for match in _FORMULA.finditer(data)
    )
