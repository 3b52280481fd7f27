"""What the workbook part says: the sheets, the defined names, and whether the sheets are kept as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from hscb_xl.errors import DamagedBook
from hscb_xl.ooxml.package.opc import Relationship
from hscb_xl.ooxml.xml import namespaces
from hscb_xl.ooxml.xml.tree import Node

BUILT_IN = "_xlnm."
"""What the file puts in front of a name that Excel itself gives, such as Print_Area."""
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook part lists it; ``part`` is None for a chart sheet or a macro sheet.

    ``target`` is the part of a sheet of any kind. No two sheets ever have one ``id``.
    """

    name: str
    part: str | None
    visible: bool
    id: int
    target: str


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name and what it refers to; ``sheet`` is the sheet it is local to, counted from 0."""

    name: str
    refers_to: str
    sheet: int | None


def sheets(root: Node, related: Sequence[Relationship]) -> tuple[SheetEntry, ...]:
    """The sheets of every kind in order; ``related`` are the relationships of the workbook part."""
    targets = {relationship.id: relationship for relationship in related}
    listed = root.find("sheets")
    entries: dict[str, SheetEntry] = {}
    for node in listed.children if listed else []:
        target = targets.get(node.attribute("id", namespaces.relationships(root.namespace)) or "")
        name, number = node.attributes.get("name", ""), node.number("sheetId")
        if target is None:
            raise DamagedBook(f"the sheet {name} is listed but has no part; repair the file in Excel.")
        part = target.target if target.kind == "worksheet" else None
        visible = node.attributes.get("state") not in ("hidden", "veryHidden")
        if target.target in entries:
            other = entries[target.target].name
            raise DamagedBook(
                f"the sheets {other} and {name} are one and the same; repair the file in Excel."
            )
        entries[target.target] = SheetEntry(name, part, visible, number, target.target)
    return tuple(entries.values())


def names(root: Node, data: bytes) -> tuple[DefinedName, ...]:
    """The defined names in order; ``data`` is what was parsed."""
    block = root.find("definedNames")
    return tuple(_defined_name(node, data) for node in (block.children if block else []))


def empty_sheet(main: str) -> bytes:
    """A worksheet part without cells in the dialect of the namespace ``main``."""
    root = b'<worksheet xmlns="%s"><dimension ref="A1"/><sheetData/></worksheet>'
    return DECLARATION + root % main.encode()


def _defined_name(node: Node, data: bytes) -> DefinedName:
    local = node.number("localSheetId") if "localSheetId" in node.attributes else None
    return DefinedName(node.attributes.get("name", ""), node.text(data), local)


def has_fixed_structure(root: Node) -> bool:
    """Whether a workbook's sheets are protected from being added, renamed, moved and taken away."""
    node = root.find("workbookProtection")
    return node is not None and node.is_on("lockStructure")
