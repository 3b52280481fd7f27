"""The places in one part of a package where a formula or a reference stands.

ECMA-376 part 1 keeps formulas in cells, names, rules, tables and charts; [MS-XLSX] adds those of the
extensions, and form controls have theirs both in ``ctrlProps`` and in VML.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import tokens
from hscb_xl.ooxml.formula.tokens import Sheets
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.xml import namespaces, spans, tree
from hscb_xl.ooxml.xml.tree import Node

_CELL_FORMULA = re.compile(rb"<(?:\w+:)?f\b(?:\s[^>]*)?(?<!/)>([^<]+)</")
_CELL_TAG = re.compile(rb"<(?:\w+:)?f[\s>]")
_REFERENCE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]+[0-9]+)["']""")
_VML_FORMULA = re.compile(rb"<\w+:Fmla\w+>([^<]*)</")

_IN_SHEET = "the sheet's rules, links and sparklines"
_TEXTS: dict[str, dict[str, str]] = {
    "worksheet": {
        "f": _IN_SHEET,
        "formula": "a conditional format",
        "formula1": "a data validation",
        "formula2": "a data validation",
    },
    "workbook": {"definedName": "a defined name"},
    "table": {"calculatedColumnFormula": "a table's column", "totalsRowFormula": "a table's row of totals"},
    "chartSpace": dict.fromkeys(("f", "sqref", "nf"), "a chart"),
}
"""The elements that hold a formula as their text, by the root of their part."""

_CONTROL = "a form control"
_ATTRIBUTES: dict[str, dict[tuple[str, str], str]] = {
    "worksheet": {
        ("cfvo", "val"): "a conditional format",
        ("controlPr", "linkedCell"): _CONTROL,
        ("controlPr", "listFillRange"): _CONTROL,
        ("controlPr", "macro"): _CONTROL,
        ("objectPr", "macro"): "an embedded object",
    },
    "formControlPr": {
        ("formControlPr", name): _CONTROL
        for name in ("fmlaLink", "fmlaRange", "fmlaMacro", "fmlaGroup", "fmlaTxbx")
    },
}
_SHAPES = frozenset({"wsDr", "userShapes"})
_SAFE_IN_LINK = "!#$&'()*+,-./:;=?@_~"


@dataclass(frozen=True, slots=True)
class Spot:
    """A formula, what it belongs to, and the edits of the part that put another one in its place.

    ``at`` is the offset where it stands, ``local`` the place of the sheet that a defined name is local to.
    """

    formula: str
    what: str
    at: int
    edits: Callable[[str], list[spans.Edit]]
    local: int | None = None


def spots(name: str, data: bytes) -> Iterator[Spot]:
    """Every formula and reference in a part; the values that are kept beside formulas are none."""
    lower = name.lower()
    if lower.endswith(".vml"):
        return _in_vml(data)
    if lower.endswith(".rels"):
        return _in_links(data)
    return _in_xml(data) if lower.endswith(".xml") else iter(())


def cell_of(data: bytes, spot: Spot) -> str:
    """The cell that a formula stands in, '' where it is none of a cell or the cell does not say."""
    found = None
    if spot.what == "a cell":
        for found in _REFERENCE.finditer(data, data.rfind(b"<row", 0, spot.at), spot.at):  # noqa: B007
            continue
    return found[1].decode() if found else ""


def _in_xml(data: bytes) -> Iterator[Spot]:
    root = tree.parse(data, skip={"sheetData"})
    kind = "worksheet" if root.find("sheetData") else root.local
    texts, attributes = _TEXTS.get(kind, {}), _ATTRIBUTES.get(kind, {})
    for node in root.walk():
        if node.local == "sheetData" and node.parent is root:
            yield from _in_cells(data, node)
        elif node.local in texts and not node.children and not node.is_empty_tag:
            yield _text(data, node, texts[node.local])
        for name in node.attributes:
            what = attributes.get((node.local, name)) or (_shape(name) if root.local in _SHAPES else None)
            if what:
                yield _attribute(data, node, name, what)
        yield from _special(data, node)


def _in_cells(data: bytes, rows: Node) -> Iterator[Spot]:
    if not _CELL_TAG.search(data, rows.start_end, rows.content_end):
        return
    if tree.hides_tags(data[rows.start_end : rows.content_end]):
        raise UnsafeEdit("there are comments among the cells: save the file again in Excel.")
    for match in _CELL_FORMULA.finditer(data, rows.start_end, rows.content_end):
        yield _bytes(match.start(1), match.end(1), match[1], "a cell")


def _in_vml(data: bytes) -> Iterator[Spot]:
    """VML need not be well-formed, so its formulas are found by their tags."""
    if b"\0" in data[:4]:
        raise UnsafeEdit("it is written in UTF-16; open the file in Excel and save it again.")
    for match in _VML_FORMULA.finditer(data):
        yield _bytes(match.start(1), match.end(1), match[1], _CONTROL)


def _in_links(data: bytes) -> Iterator[Spot]:
    """Links of shapes to cells of the same book, which are kept among a drawing's relationships."""
    for node in tree.parse(data).children:
        target = node.attributes.get("Target", "")
        if target.startswith("#") and node.attributes.get("Type", "").endswith("/hyperlink"):
            yield _link(data, node, unquote(target[1:]))


def _link(data: bytes, node: Node, formula: str) -> Spot:
    def edits(new: str) -> list[spans.Edit]:
        return [spans.set_attribute(data, node, "Target", "#" + quote(new, safe=_SAFE_IN_LINK))]

    return Spot(formula, "a shape's link", node.start, edits)


def _special(data: bytes, node: Node) -> Iterator[Spot]:
    relationships = (
        namespaces.relationships(namespaces.MAIN),
        namespaces.relationships(namespaces.STRICT_MAIN),
    )
    elsewhere = any(node.attribute("id", namespace) for namespace in relationships)
    if node.local == "hyperlink" and "location" in node.attributes and not elsewhere:
        yield _attribute(data, node, "location", "a link")
    elif (
        node.local in ("worksheetSource", "rangeSet", "dataRef")
        and "sheet" in node.attributes
        and not elsewhere
    ):
        yield _source(data, node)


def _shape(name: str) -> str | None:
    return "a shape" if name in ("textlink", "macro") else None


def _text(data: bytes, node: Node, what: str) -> Spot:
    def edits(new: str) -> list[spans.Edit]:
        return [(node.start_end, node.content_end, spans.escape_text(new))]

    if node.local != "definedName":
        return Spot(node.text(data), what, node.start, edits)
    local = node.number("localSheetId") if "localSheetId" in node.attributes else None
    return Spot(node.text(data), f"the name {node.attributes.get('name')}", node.start, edits, local)


def _bytes(start: int, end: int, raw: bytes, what: str) -> Spot:
    def edits(new: str) -> list[spans.Edit]:
        return [(start, end, spans.escape_text(new))]

    return Spot(strings.from_xml(raw), what, start, edits)


def _attribute(data: bytes, node: Node, name: str, what: str) -> Spot:
    def edits(new: str) -> list[spans.Edit]:
        return [spans.set_attribute(data, node, name, new)]

    return Spot(node.attributes[name], what, node.start, edits)


def _source(data: bytes, node: Node) -> Spot:
    """The source of a pivot table or of a consolidation: a sheet, and cells or a name, in attributes."""
    held = "ref" if "ref" in node.attributes else "name"
    sheet = Sheets("", node.attributes["sheet"])

    def edits(new: str) -> list[spans.Edit]:
        first, *rest = tokens.tokens(new)
        if first.sheet is None or not first.sheet.here or first.sheet.last is not None:
            raise UnsafeEdit(f"the source {new} of a pivot table names no sheet.")
        return [
            spans.set_attribute(data, node, "sheet", first.sheet.first),
            *([spans.set_attribute(data, node, held, "".join(token.text for token in rest))] if rest else []),
        ]

    return Spot(sheet.text + node.attributes.get(held, ""), "a pivot table's source", node.start, edits)
