"""The two kinds of parts that hold an OPC package together: relationships and content types.

Source: ECMA-376 part 2, Open Packaging Conventions.
"""

import posixpath
from dataclasses import dataclass
from functools import lru_cache

from hscb_xl.ooxml.xml import spans, tree

_PACKAGE_RELATIONSHIPS = b"http://schemas.openxmlformats.org/package/2006/relationships"
EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="' + _PACKAGE_RELATIONSHIPS + b'"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part; ``target`` is a part's name, or an address where ``external``."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type, the same in transitional and strict files ("worksheet")."""
        return self.type.rpartition("/")[2]


@lru_cache(maxsize=512)
def folded(name: str) -> str:
    """A part's name as names are compared: without a slash in front, whatever its case or slashes."""
    return name.replace("\\", "/").lstrip("/").lower()


@lru_cache(maxsize=512)
def relationships_name(part: str) -> str:
    """The name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def relationship(node: tree.Node, base: str) -> Relationship:
    """The relationship that an element says, of a part in the folder ``base``."""
    target = node.attributes.get("Target", "")
    external = node.attributes.get("TargetMode", "").lower() == "external"
    if not external:
        target = posixpath.normpath(posixpath.join("/", base, target.replace("\\", "/"))).lstrip("/")
    return Relationship(node.attributes.get("Id", ""), node.attributes.get("Type", ""), target, external)


def related(data: bytes, root: tree.Node, type_: str, target: str) -> tuple[str, bytes]:
    """The id of one more relationship, and the part with it; ``target`` is relative to the part's folder."""
    identity = _free_id({node.attributes.get("Id", "") for node in root.children})
    tag = b'<%sRelationship Id="%s" Type="%s" Target="%s"/>' % (
        _prefix(root),
        identity.encode(),
        spans.escape_attribute(type_),
        spans.escape_attribute(target),
    )
    return identity, spans.splice(data, [spans.append_child(data, root, tag)])


def unrelated(data: bytes, root: tree.Node, base: str, target: str) -> bytes:
    """The part without the relationships, of a part in the folder ``base``, that lead to ``target``."""
    nodes = root.all("Relationship")
    gone = [node for node in nodes if folded(relationship(node, base).target) == folded(target)]
    return spans.splice(data, [(node.start, node.end, b"") for node in gone])


def content_type(root: tree.Node, part: str) -> str | None:
    """The content type of a part, by its own name or by its extension; None where none is declared."""
    by_name = {node.attributes.get("PartName", "").lower(): node for node in root.all("Override")}
    by_extension = {node.attributes.get("Extension", "").lower(): node for node in root.all("Default")}
    node = by_name.get("/" + folded(part)) or by_extension.get(part.rpartition(".")[2].lower())
    return node.attributes.get("ContentType") if node else None


def typed(data: bytes, root: tree.Node, part: str, content_type: str) -> bytes:
    """The content types with that of one more part."""
    tag = b'<%sOverride PartName="/%s" ContentType="%s"/>' % (
        _prefix(root),
        spans.escape_attribute(part),
        spans.escape_attribute(content_type),
    )
    return spans.splice(data, [spans.append_child(data, root, tag)])


def untyped(data: bytes, root: tree.Node, part: str) -> bytes:
    """The content types without that of a part."""
    nodes = root.all("Override")
    gone = [node for node in nodes if node.attributes.get("PartName", "").lower() == "/" + folded(part)]
    return spans.splice(data, [(node.start, node.end, b"") for node in gone])


def _prefix(root: tree.Node) -> bytes:
    """The prefix, with its colon, that new children of ``root`` carry to be in its namespace."""
    return f"{root.prefix}:".encode() if root.prefix else b""


def _free_id(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    return f"rId{number}"
