"""The boxes in which Excel shows notes: shapes of a sheet's legacy drawing, which is VML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import namespaces, spans
from hscb_xl.ooxml.xml import tree as xmltree

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024
"""Numbers of shapes that one drawing has to itself."""
_VML, _OFFICE, _EXCEL = (
    f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel")
)
_NAMESPACES = {"v": _VML, "o": _OFFICE, "x": _EXCEL}
_IDENTITY = re.compile(r"_s(\d+)$")
_IDMAP = re.compile(rb"<o:idmap\b[^>]*\bdata\s*=\s*[\"'](\s*[0-9][0-9, ]*)[\"']")
_BOX_TYPE = "_x0000_t202"

_EMPTY = (
    f'<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
)
_TYPE = (
    f'<v:shapetype id="{_BOX_TYPE}" coordsize="21600,21600" '.encode()
    + b'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;width:108pt;height:59.25pt;'
    b'z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of the drawing; ``kind`` is its object type ("Note", "Button"), the cell a note's, from 1."""

    node: xmltree.Node
    client: xmltree.Node
    kind: str
    row: int
    column: int


def new_part(package: Package) -> bytes:
    """A drawing without shapes, whose numbers no other drawing of the package has."""
    taken = {0}
    for name in package.names:
        if name.lower().endswith(".vml"):
            for match in _IDMAP.finditer(package.read(name)):
                taken |= {int(number) for number in re.findall(rb"[0-9]+", match[1])}
    return (_EMPTY % (max(taken) + 1)).encode()


def part_of(package: Package, sheet: SheetPart) -> str | None:
    """The drawing of a sheet's notes and controls; pictures in headers and footers have one of their own."""
    node = sheet.frame.child("legacyDrawing")
    if node is None:
        return None
    identity = node.attribute("id", namespaces.relationships(sheet.frame.root.namespace))
    return next((r.target for r in package.relationships(sheet.name) if r.id == identity), None)


def tree(package: Package, part: str) -> tuple[bytes, xmltree.Node]:
    """A drawing's bytes and its root; UnsafeEdit where it is written as older programs did, not as XML."""
    try:
        return package.tree(part)
    except DamagedBook as problem:
        raise UnsafeEdit(
            f"{package.path.name}: the drawing {part} is no XML, so its notes cannot be changed; "
            "open the file in Excel and save it again."
        ) from problem


def shapes(data: bytes, root: xmltree.Node) -> Iterator[Shape]:
    """The notes and the controls among the shapes."""
    for node in root.walk():
        client = node.find("ClientData") if node.local == "shape" else None
        if client is not None:
            row, column = (_whole(data, client, name) + 1 for name in ("Row", "Column"))
            yield Shape(node, client, client.attributes.get("ObjectType", ""), row, column)


def added(data: bytes, root: xmltree.Node, row: int, column: int) -> bytes:
    """The drawing with the box of a note for a cell, counted from 1; hidden until the mouse is over it."""
    number, place = _free_number(data, root), len(root.all("shape")) + 1
    anchor = _anchor(row - 1, column - 1).encode()
    box = _SHAPE % (number, place, anchor, row - 1, column - 1)
    known = any(node.attributes.get("id") == _BOX_TYPE for node in root.all("shapetype"))
    pieces = [box] if known else [_TYPE, box]
    xml = b"".join(spans.fragment(root, piece, _NAMESPACES) for piece in pieces)
    return spans.splice(data, [spans.append_child(data, root, xml)])


def without(data: bytes, root: xmltree.Node, row: int, column: int) -> bytes:
    """The drawing without the box of a cell's note."""
    gone = [s.node for s in shapes(data, root) if (s.kind, s.row, s.column) == ("Note", row, column)]
    return spans.splice(data, [(node.start, node.end, b"") for node in gone])


def is_empty(root: xmltree.Node) -> bool:
    """Whether a drawing has no shape at all."""
    return not any(node.namespace == _VML and node.local != "shapetype" for node in root.children)


def _anchor(row: int, column: int) -> str:
    """Where Excel puts the box of a new note: beside its cell; from 0, with pixels into each."""
    top, inset = (row - 1, 10) if row else (0, 2)
    return f"{column + 1}, 15, {top}, {inset}, {column + 3}, 31, {top + 4}, 9"


def _free_number(data: bytes, root: xmltree.Node) -> int:
    match = _IDMAP.search(data)
    block = int(re.findall(rb"[0-9]+", match[1])[0]) if match else 1
    found = (_IDENTITY.search(node.attributes.get("id", "")) for node in root.walk() if node.local == "shape")
    taken = {int(match[1]) for match in found if match}
    free = (n for n in range(block * _BLOCK + 1, (block + 1) * _BLOCK) if n not in taken)
    number = next(free, None)
    if number is None:
        raise UnsafeEdit("a sheet has more than a thousand notes and controls: add this note in Excel.")
    return number


def _whole(data: bytes, client: xmltree.Node, name: str) -> int:
    node = client.find(name)
    text = node.text(data).strip() if node else ""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1
