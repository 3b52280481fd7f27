"""A worksheet doubled within its book: cells, formats, rules, names, tables, charts and pictures.

As in Excel, what refers to the sheet itself refers to the copy there, names for its cells become names of the
copy's own, and tables get fresh names. What cannot be doubled exactly is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from hscb_xl.ooxml.book import sheetlist
from hscb_xl.ooxml.book.listing import SheetEntry
from hscb_xl.ooxml.book.workbook import Workbook, all_or_nothing
from hscb_xl.ooxml.formula import references
from hscb_xl.ooxml.formula.tokens import Token, tokens
from hscb_xl.ooxml.package.opc import relationships_name
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.structure import formulas
from hscb_xl.ooxml.structure import names as definednames
from hscb_xl.ooxml.structure.sheets import refusal
from hscb_xl.ooxml.tables import tables
from hscb_xl.ooxml.xml import spans, tree
from hscb_xl.ooxml.xml.tree import Node

_SHARED = frozenset({"image", "hyperlink"})
"""Relationships whose targets the copy uses as well."""
_DOUBLED = {
    "printerSettings": "xl/printerSettings/printerSettings{}.bin",
    "drawing": "xl/drawings/drawing{}.xml",
    "vmlDrawing": "xl/drawings/vmlDrawing{}.vml",
    "comments": "xl/comments{}.xml",
    "table": "xl/tables/table{}.xml",
    "chart": "xl/charts/chart{}.xml",
    "chartStyle": "xl/charts/style{}.xml",
    "chartColorStyle": "xl/charts/colors{}.xml",
}
"""Relationships whose targets the copy has anew, and what these are called."""
_NUMBERED = re.compile(r"(.*?) \([0-9]+\)")
_OWN_IDENTITY = re.compile(r"(\w+:)?uid")
_OBJECT = re.compile(rb"""ObjectType\s*=\s*["'](\w+)["']""")
_LONGEST = 31


@all_or_nothing
def copy(workbook: Workbook, entry: SheetEntry, place: int) -> SheetPart:
    """A copy in front of the sheet at ``place``, counted from 0, called as Excel calls it: "Plan (2)".

    Raises UnsafeEdit, and changes nothing, for a sheet with a pivot table, a slicer, a form control, a
    threaded comment or anything else that cannot be doubled exactly.
    """
    workbook.flush()
    package = workbook.package
    _refuse(package, entry, entry.target, set())
    workbook.sheet(entry.name).extent()  # raises for rows that the copy could not be read by
    name = _free_name(workbook, entry.name)
    names = _table_names(workbook, entry)
    local = _names(workbook, entry, name, names)
    with package.naming(entry.name):
        root = _root(package.read(entry.target))
    added = workbook.insert_sheet(name, root, place)
    _Copier(package, entry.name, name, names, _last_table(workbook)).fill(entry.target, added.name)
    workbook.reread([added.name])
    here = workbook.sheets.index(workbook.entry(name))
    if local:
        definednames.insert(workbook, local, here)
    if not entry.visible:
        sheetlist.set_state(package, workbook.part, here, "hidden")
        workbook.reread()
    return workbook.sheet(name)


class _Copier:
    """Doubles parts and what they relate to, each once."""

    def __init__(
        self, package: Package, old: str, new: str, table_names: Mapping[str, str], last: int
    ) -> None:
        self._package = package
        self._old = old
        self._new = new
        self._table_names = table_names
        self._table_ids = count(last + 1)
        self._made: dict[str, str] = {}

    def fill(self, source: str, target: str) -> None:
        """Let a copy have formulas of its own, and parts of its own under the ids of its original's."""
        package = self._package
        package.write(target, self._followed(source, package.read(target)))
        if relationships_name(source) in package:
            self._relate(source, target)

    def _relate(self, source: str, target: str) -> None:
        package = self._package
        name = relationships_name(source)
        data, root = package.tree(name)
        edits = []
        for node, relationship in zip(root.all("Relationship"), package.relationships(source), strict=True):
            if not relationship.external and relationship.kind not in _SHARED:
                made = self._double(relationship.kind, relationship.target)
                edits.append(spans.set_attribute(data, node, "Target", f"/{made}"))
            elif relationship.kind == "image" and not relationship.external:
                edits.append(spans.set_attribute(data, node, "Target", f"/{relationship.target}"))
        own = relationships_name(target)
        package.write(own, self._followed(own, spans.splice(data, edits)))

    def _double(self, kind: str, part: str) -> str:
        if part not in self._made:
            package = self._package
            made = self._made[part] = package.fresh_name(_DOUBLED[kind])
            data = package.read(part)
            if kind == "table":
                data = self._table(data)
            elif kind == "comments":
                data = spans.splice(data, _without_identities(data, tree.parse(data)))
            package.write(made, data)
            content_type = package.content_type(part)
            if content_type:
                package.set_content_type(made, content_type)
            self.fill(part, made)
        return self._made[part]

    def _table(self, data: bytes) -> bytes:
        root = tree.parse(data)
        old = root.attributes.get("displayName") or root.attributes.get("name", "")
        name = self._table_names[old.lower()]
        wanted = {"id": str(next(self._table_ids)), "name": name, "displayName": name}
        edits = [spans.set_attribute(data, root, key, value) for key, value in wanted.items()]
        return spans.splice(data, [*edits, *_without_identities(data, root)])

    def _followed(self, part: str, data: bytes) -> bytes:
        """A part whose formulas mean the copy where they meant the original."""
        edits = []
        for spot in formulas.spots(part, data):
            new = _followed(spot.formula, self._old, self._new, self._table_names)
            edits += spot.edits(new) if new != spot.formula else []
        return spans.splice(data, edits)


def _followed(formula: str, old: str, new: str, table_names: Mapping[str, str]) -> str:
    def change(token: Token) -> str:
        own = token.kind == "sheet" and token.sheet is not None and token.sheet.is_one(old)
        return replace(token.sheet, first=new).text if own and token.sheet else token.text

    if references.may_name(formula, old):
        formula = "".join(map(change, tokens(formula)))
    return references.tables_renamed(formula, table_names)


def _refuse(package: Package, entry: SheetEntry, part: str, seen: set[str]) -> None:
    """Refuse what is related to the sheet, however far, and cannot be doubled or has unreadable formulas."""
    seen.add(part)
    with package.naming(part):
        for spot in formulas.spots(part, package.read(part)):
            tokens(spot.formula)
    for relationship in package.relationships(part):
        kind, target = relationship.kind, relationship.target
        if relationship.external or kind in _SHARED or target in seen:
            continue
        if kind not in _DOUBLED or target not in package:
            why = f"it holds what only Excel can double ({kind}); copy it in Excel"
            raise refusal(package, entry.name, "copied", why)
        _refuse_content(package, entry, target, kind)
        _refuse(package, entry, target, seen)


def _refuse_content(package: Package, entry: SheetEntry, part: str, kind: str) -> None:
    data = package.read(part)
    if kind == "vmlDrawing" and set(_OBJECT.findall(data)) - {b"Note", b"Pict"}:
        raise refusal(package, entry.name, "copied", "it holds form controls; copy it in Excel")
    if kind == "chart" and b"pivotSource" in data:
        raise refusal(package, entry.name, "copied", "it holds a pivot chart; copy it in Excel")


def _free_name(workbook: Workbook, name: str) -> str:
    match = _NUMBERED.fullmatch(name)
    stem = match[1] if match else name
    taken = {entry.name.lower() for entry in workbook.sheets}
    ends = (f" ({number})" for number in count(2))
    names = (stem[: _LONGEST - len(end)] + end for end in ends)
    return next(found for found in names if found.lower() not in taken)


def _table_names(workbook: Workbook, entry: SheetEntry) -> dict[str, str]:
    """Fresh names for the tables of a sheet, by the old ones in lower case."""
    taken = {table.name.lower() for table in workbook.tables()} | {n.name.lower() for n in workbook.names}
    found = {}
    for table in tables.tables(workbook.package, entry.target):
        stem = table.name.rstrip("0123456789") or table.name
        name = next(f"{stem}{n}" for n in count(2) if f"{stem}{n}".lower() not in taken)
        taken.add(name.lower())
        found[table.name.lower()] = name
    return found


def _last_table(workbook: Workbook) -> int:
    return max((table.id for table in workbook.tables()), default=0)


def _names(
    workbook: Workbook, entry: SheetEntry, new: str, table_names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The names of the copy's own: those of the sheet, and those of the book that mean its cells."""
    place = workbook.sheets.index(entry)
    own = [name for name in workbook.names if name.sheet == place]
    local = {name.name.lower() for name in own}
    for name in workbook.names:
        hidden = name.name.lower() in local or name.sheet is not None
        if not hidden and references.mentions(name.refers_to, entry.name, None):
            own.append(name)
    return [(name.name, _followed(name.refers_to, entry.name, new, table_names)) for name in own]


def _root(data: bytes) -> bytes:
    """A worksheet's part without what only one sheet can have: its code's name, its mark, its identity."""
    root = tree.parse(data, skip={"sheetData"})
    edits = _without_identities(data, root, deep=False)
    for node in root.children:
        if node.local == "sheetPr":
            edits += _without(data, node, "codeName")
        for view in node.children if node.local == "sheetViews" else ():
            if view.is_on("tabSelected"):
                edits.append(spans.set_attribute(data, view, "tabSelected", "0"))
    return spans.splice(data, edits)


def _without_identities(data: bytes, root: Node, deep: bool = True) -> list[spans.Edit]:
    edits = []
    for node in root.walk() if deep else (root,):
        for name in node.attributes:
            if _OWN_IDENTITY.fullmatch(name):
                edits += _without(data, node, name)
    return edits


def _without(data: bytes, node: Node, name: str) -> list[spans.Edit]:
    """The edit that takes an attribute out of a start tag."""
    pattern = rb"\s+%s\s*=\s*(\"[^\"]*\"|'[^']*')" % re.escape(name.encode())
    match = re.compile(pattern).search(data, node.start, node.start_end)
    return [(match.start(), match.end(), b"")] if match else []
