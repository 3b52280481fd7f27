"""A light element tree of an XML part that knows the bytes of every element."""

import math
import re
from collections.abc import Container, Iterator, Mapping
from xml.parsers import expat

from hscb_xl.errors import DamagedBook, UnsafeEdit

MAX_DEPTH = 256
"""Parts that Excel makes nest a dozen deep; far deeper ones are made to exhaust a reader."""

_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s")
_START_TAG_REST = re.compile(rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")


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
        self.local = name.rpartition(":")[2]
        self.namespace = _resolve(name, scope)
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
        return next(self._matching(local, namespace), None)

    def all(self, local: str, namespace: str | None = None) -> list["Node"]:
        """The children of that local name, in document order."""
        return list(self._matching(local, namespace))

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
        pieces: list[str] = []
        parser = expat.ParserCreate("utf-8")
        parser.CharacterDataHandler = pieces.append
        parser.Parse(data[self.start : self.end], True)
        return "".join(pieces)

    def _matching(self, local: str, namespace: str | None) -> Iterator["Node"]:
        for child in self.children:
            if child.local == local and namespace in (None, child.namespace):
                yield child


def parse(data: bytes, skip: Container[str] = ()) -> Node:
    """The root element of an XML part.

    ``skip`` holds local names of elements whose content is not turned into nodes; such an element
    is in the tree itself, with its span and without children (``sheetData`` has a million of them).
    Raises UnsafeEdit for a document type or an encoding other than UTF-8, DamagedBook for bytes
    that are not well-formed XML or nest deeper than ``MAX_DEPTH``.
    """
    _refuse_wide_characters(data)
    builder = _Builder(data, skip)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise _malformed(problem) from problem
    return builder.root()


def check(data: bytes) -> None:
    """Raise what ``parse`` raises for an encoding, a document type or damage; far quicker than that."""
    _refuse_wide_characters(data)
    parser = expat.ParserCreate()
    parser.XmlDeclHandler = _declaration
    parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise _malformed(problem) from problem


def hides_tags(data: bytes) -> bool:
    """Whether comments, CDATA sections or instructions may hold what a pattern would take for a tag."""
    return b"<!" in data or data.count(b"<?") > bool(_DECLARATION.match(data))


def measure(text: str, what: str) -> float:
    """A size as an attribute has it, such as "15.75"; DamagedBook where it is none, naming ``what`` it is."""
    try:
        size = float(text)
    except ValueError:
        size = math.nan
    if not math.isfinite(size):
        raise DamagedBook(
            f"The {what} is {text!r} instead of a number; open the file in Excel and repair it."
        )
    return size


class _Builder:
    """The expat handlers that build the tree, with the stack of elements that are open."""

    def __init__(self, data: bytes, skip: Container[str]) -> None:
        self._data = data
        self._skip = skip
        self._top = Node("", {}, {"": "", "xml": _XML_NAMESPACE}, None)
        self._open = self._top
        self._depth = 0
        self._skipped = 0
        self.parser = parser = expat.ParserCreate()
        parser.XmlDeclHandler = _declaration
        parser.StartDoctypeDeclHandler = _doctype
        self._listen()

    def root(self) -> Node:
        """The root element; expat has made sure that there is exactly one."""
        root = self._top.children[0]
        root.parent = None
        return root

    def _listen(self) -> None:
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._deeper()
        above = self._open
        node = Node(name, attributes, _scope(attributes, above.scope), above)
        node.start = self.parser.CurrentByteIndex
        tag = _START_TAG_REST.match(self._data, node.start)
        if tag is None:
            raise DamagedBook("A part of the workbook ends inside a tag; restore the file from a backup.")
        node.start_end = tag.end()
        above.children.append(node)
        self._open = node
        if node.local in self._skip:
            self._skipped = 0
            self.parser.StartElementHandler = self._start_skipped
            self.parser.EndElementHandler = self._end_skipped

    def _end(self, _: str) -> None:
        node = self._open
        if self._data[node.start_end - 2] == ord("/"):
            node.content_end = node.end = node.start_end
        else:
            node.content_end = self.parser.CurrentByteIndex
            node.end = self._data.index(b">", node.content_end) + 1
        self._depth -= 1
        self._open = node.parent or self._top

    def _start_skipped(self, _: str, __: dict[str, str]) -> None:
        self._deeper()
        self._skipped += 1

    def _end_skipped(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            self._depth -= 1
        else:
            self._listen()
            self._end(name)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise DamagedBook(
                f"A part of the workbook nests more than {MAX_DEPTH} elements, which Excel never writes; "
                "ask whoever sent the file for a new copy."
            )


def _declaration(_: str, encoding: str | None, __: int) -> None:
    if encoding is not None and encoding.lower() not in ("utf-8", "utf8"):
        _refuse_encoding(encoding)


def _doctype(*_: object) -> None:
    raise UnsafeEdit(
        "A part of the workbook declares a document type, which Excel never writes; "
        "open the file in Excel and save it again."
    )


def _malformed(problem: expat.ExpatError) -> DamagedBook:
    return DamagedBook(
        f"A part of the workbook is not well-formed XML ({problem}); restore the file from a backup."
    )


def _refuse_wide_characters(data: bytes) -> None:
    if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse_encoding("UTF-16")


def _refuse_encoding(encoding: str) -> None:
    raise UnsafeEdit(
        f"A part of the workbook is written in {encoding} instead of UTF-8; "
        "open the file in Excel and save it again."
    )


def _scope(attributes: Mapping[str, str], above: Mapping[str, str]) -> Mapping[str, str]:
    """The prefixes bound at an element: those above it and its own declarations."""
    own = {
        name.partition(":")[2]: uri
        for name, uri in attributes.items()
        if name == "xmlns" or name.startswith("xmlns:")
    }
    return {**above, **own} if own else above


def _resolve(name: str, scope: Mapping[str, str]) -> str:
    prefix = name.rpartition(":")[0]
    try:
        return scope[prefix]
    except KeyError:
        raise DamagedBook(
            f"A part of the workbook uses the prefix {prefix!r} without declaring it; "
            "restore the file from a backup."
        ) from None
