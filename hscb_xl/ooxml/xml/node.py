"""An element of an XML part: its names, its attributes, its relations and its bytes."""

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from hscb_xl.errors import DamagedBook

_TO_BE_READ = re.compile(rb"[<&\r]")
"""What is not its own meaning between tags."""


class Node:
    """One element: its names, its attributes and where its bytes are.

    ``start`` is the offset of the start tag's ``<`` and ``start_end`` the one past its ``>``;
    ``content_end`` is the offset of the end tag's ``</`` and ``end`` the one past its ``>``. An
    empty-element tag ``<a/>`` has all of the last three equal. Attribute values are unescaped.
    """

    __slots__ = (
        "attributes",
        "children",
        "content_end",
        "end",
        "local",
        "name",
        "namespace",
        "parent",
        "scope",
        "start",
        "start_end",
    )

    def __init__(
        self, name: str, attributes: dict[str, str], scope: Mapping[str, str], parent: "Node | None"
    ) -> None:
        self.name = name
        self.attributes = attributes
        self.scope = scope
        self.parent = parent
        self.children: list[Node] = []
        if ":" in name:
            self.local = name.rpartition(":")[2]
            self.namespace = _resolve(name, scope)
        else:
            self.local = name
            self.namespace = scope[""]
        self.start = self.start_end = self.content_end = self.end = 0

    @property
    def prefix(self) -> str:
        """The prefix as written, empty when there is none."""
        return self.name.rpartition(":")[0]

    @property
    def is_empty_tag(self) -> bool:
        """Whether the element is written as one empty-element tag, ``<a/>``."""
        return self.start_end == self.end

    def find(self, local: str, namespace: str | None = None) -> "Node | None":
        """The first child of that local name, in any namespace or in the one given."""
        for child in self.children:
            if child.local == local and (namespace is None or child.namespace == namespace):
                return child
        return None

    def all(self, local: str, namespace: str | None = None) -> list["Node"]:
        """The children of that local name, in document order."""
        return [c for c in self.children if c.local == local and namespace in (None, c.namespace)]

    def walk(self) -> Iterator["Node"]:
        """The element and all its descendants, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def attribute(self, local: str, namespace: str) -> str | None:
        """The value of an attribute that belongs to a namespace, whatever its prefix (``r:id``)."""
        for name, value in self.attributes.items():
            prefix, _, own = name.rpartition(":")
            if prefix and own == local and self.scope.get(prefix) == namespace:
                return value
        return None

    def prefix_of(self, namespace: str) -> str | None:
        """The prefix that stands for a namespace here; empty if it is the default one, None if unbound."""
        return next((prefix for prefix, uri in self.scope.items() if uri == namespace), None)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number among the attributes; DamagedBook where it is missing and has no default."""
        text = self.attributes.get(name)
        if text is None and default is not None:
            return default
        try:
            return int(text or "")
        except ValueError:
            raise DamagedBook(
                f"The element {self.name} of the workbook has {text!r} as its {name} instead of a number; "
                "open the file in Excel and repair it."
            ) from None

    def is_on(self, name: str) -> bool:
        """Whether a flag among the attributes is set; one that is not there is off."""
        return self.attributes.get(name) in ("1", "true")

    def text(self, data: bytes) -> str:
        """The text of the element and its descendants, unescaped; ``data`` is what was parsed."""
        plain = data[self.start_end : self.content_end]
        if not _TO_BE_READ.search(plain):
            return plain.decode("utf-8")
        pieces: list[str] = []
        parser = expat.ParserCreate("utf-8")
        parser.CharacterDataHandler = pieces.append
        parser.Parse(data[self.start : self.end], True)
        return "".join(pieces)


def _resolve(name: str, scope: Mapping[str, str]) -> str:
    prefix = name.rpartition(":")[0]
    try:
        return scope[prefix]
    except KeyError:
        raise DamagedBook(
            f"A part of the workbook uses the prefix {prefix!r} without declaring it; "
            "restore the file from a backup."
        ) from None
