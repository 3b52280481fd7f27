"""Hyperlinks of cells: an address as a relationship, a place in the workbook as a location."""

from collections.abc import Iterator
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.opc import relationships_name
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import namespaces, spans, tree

LONGEST = 2079
"""Characters of the longest address that Excel keeps; more and it repairs the file."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its address without what follows a "#", which is the ``location``; '' where it has none."""

    address: str
    location: str
    tip: str | None
    area: Area


def find(package: Package, sheet: SheetPart, area: Area) -> list[Link]:
    """The links that a cell of ``area`` has."""
    return [link for _, link in _links(package, sheet) if link.area.meets(area)]


def addresses(package: Package, sheet: SheetPart, column: Area) -> dict[int, str]:
    """The address that each row of a column leads to, by the first of its links; none within the book."""
    found: dict[int, str] = {}
    skip: dict[
        int, int
    ] = {}  # from a row that has its link to one further down: areas may overlap without end
    for link in find(package, sheet, column):
        target = link.address + (f"#{link.location}" if link.location else "")
        row = _free(skip, max(link.area.top, column.top))
        while row <= min(link.area.bottom, column.bottom):
            found[row], skip[row] = target if link.address else "", row + 1
            row = _free(skip, row)
    return {row: target for row, target in found.items() if target}


def _free(skip: dict[int, int], row: int) -> int:
    """The first row from ``row`` on that has no link yet; the way to it is shorter the next time."""
    passed = []
    while row in skip:
        passed.append(row)
        row = skip[row]
    skip.update(dict.fromkeys(passed, row))
    return row


def put(package: Package, sheet: SheetPart, area: Area, target: str, tip: str | None) -> None:
    """Let the cells of ``area`` lead to ``target``, an address or "#" and a place in the book.

    Raises UnsafeEdit where a link of theirs also belongs to other cells.
    """
    if len(target) > LONGEST or not target.strip("#"):
        raise UnsafeEdit(
            f"{sheet.where(area.address)} cannot lead to {target[:60]!r}: give 1 to {LONGEST} characters."
        )
    address, _, location = target.partition("#")
    wanted = Link(address, location, tip, area)
    if find(package, sheet, area) == [wanted]:
        return
    remove(package, sheet, area)
    attributes = {"ref": area.address, "location": location, "tooltip": tip or ""}
    written = b"".join(
        b' %s="%s"' % (name.encode(), spans.escape_attribute(value))
        for name, value in attributes.items()
        if value
    )
    if address:
        main = sheet.frame.root.namespace
        identity = _relate(package, sheet.name, namespaces.relationship_type("hyperlink", main), address)
        space = namespaces.relationships(main)
        written += b' xmlns:r="%s" r:id="%s"' % (space.encode(), identity.encode())
    _append(sheet, b"<%shyperlink%s/>" % (sheet.frame.prefix, written))


def remove(package: Package, sheet: SheetPart, area: Area) -> None:
    """Take the links of ``area`` away; UnsafeEdit where one also belongs to cells outside it."""
    gone = [(node, link) for node, link in _links(package, sheet) if link.area.meets(area)]
    for _, link in gone:
        if not area.covers(link.area):
            raise UnsafeEdit(
                f"{sheet.where(link.area.address)} has a hyperlink that reaches beyond {area.address}: "
                "change it in Excel."
            )
    drop(package, sheet, [node for node, _ in gone])


def drop(package: Package, sheet: SheetPart, nodes: list[tree.Node]) -> None:
    """Take elements of links out, with the relationships that nothing else uses."""
    block = sheet.frame.child("hyperlinks")
    if block is None or not nodes:
        return
    left = [node for node in block.children if node not in nodes]
    used = {_identity(sheet, node) for node in left}
    _unrelate(package, sheet.name, {_identity(sheet, node) for node in nodes} - used - {None})
    whole = [(block.start, block.end, b"")]
    sheet.frame.replace([(node.start, node.end, b"") for node in nodes] if left else whole)


def _links(package: Package, sheet: SheetPart) -> Iterator[tuple[tree.Node, Link]]:
    nodes = sheet.frame.items("hyperlinks")
    targets = {r.id: r.target for r in package.relationships(sheet.name)} if nodes else {}
    for node in nodes:
        address, _, place = targets.get(_identity(sheet, node) or "", "").partition("#")
        location = node.attributes.get("location", place)
        area = refs.stated(node.attributes.get("ref", ""))
        yield node, Link(address, location, node.attributes.get("tooltip"), area)


def _identity(sheet: SheetPart, node: tree.Node) -> str | None:
    return node.attribute("id", namespaces.relationships(sheet.frame.root.namespace))


def _append(sheet: SheetPart, item: bytes) -> None:
    frame = sheet.frame
    block = frame.child("hyperlinks")
    if block is not None:
        frame.replace([spans.append_child(frame.data, block, item)])
        return
    at, tag = frame.place_for("hyperlinks"), frame.prefix + b"hyperlinks"
    frame.replace([(at, at, b"<%s>%s</%s>" % (tag, item, tag))])


def _relate(package: Package, part: str, type_: str, address: str) -> str:
    """Add a relationship that leads out of the package; its id."""
    # The package relates parts only; made to one, the relationship is then turned into an address.
    identity = package.relate(part, type_, part)
    name = relationships_name(part)
    data, root = package.tree(name)
    node = next(node for node in root.all("Relationship") if node.attributes.get("Id") == identity)
    prefix = f"{node.prefix}:".encode() if node.prefix else b""
    written = b'<%sRelationship Id="%s" Type="%s" Target="%s" TargetMode="External"/>' % (
        prefix,
        identity.encode(),
        spans.escape_attribute(type_),
        spans.escape_attribute(address),
    )
    package.write(name, spans.splice(data, [(node.start, node.end, written)]))
    return identity


def _unrelate(package: Package, part: str, identities: set[str | None]) -> None:
    if not identities:
        return
    name = relationships_name(part)
    data, root = package.tree(name)
    gone = [node for node in root.all("Relationship") if node.attributes.get("Id") in identities]
    package.write(name, spans.splice(data, [(node.start, node.end, b"") for node in gone]))
