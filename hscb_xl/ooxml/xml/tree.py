"""A light element tree of an XML part that knows the bytes of every element."""

import math
import re
from collections.abc import Container, Mapping
from xml.parsers import expat

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.xml.node import Node as Node

MAX_DEPTH = 256
"""Parts that Excel makes nest a dozen deep; far deeper ones are made to exhaust a reader."""

_SLASH = ord("/")
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s")
_OPAQUE = re.compile(rb"<[!?]")
_START_TAG_REST = re.compile(rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")

_END_IN_VALUE = re.compile(rb"""=\s*(?:"[^"<>]*>|'[^'<>]*>)""")
"""What every attribute with a ``>`` in its value has, and hardly anything else."""
_LARGEST = 1 << 16
"""Bytes of the largest part whose tree is kept."""
_MOST_KEPT = 30_000
"""Tags, or as many times 64 bytes, in all trees that are kept: they take some 20 MB at most."""


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


def kept(data: bytes, skip: frozenset[str] = frozenset()) -> Node:
    """As ``parse``, and the tree of a part that is not large is kept for a while.

    A chart is asked one fact at a time, and the plans of a night are made from one template: most of their
    parts are the same. A tree is never changed: an edit makes other bytes, and these another tree.
    """
    return _trees.of(data, skip) if len(data) <= _LARGEST else parse(data, skip)


class _Trees:
    """Trees by their bytes, those that were asked for last."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, frozenset[str]], Node] = {}
        self._weight = 0

    def of(self, data: bytes, skip: frozenset[str]) -> Node:
        """The tree, parsed where it is not known; those that nobody asked for any more make room for it."""
        key = data, skip
        root = self._known.pop(key, None)
        if root is None:
            root = parse(data, skip)
            self._weight += _weight(data)
        self._known[key] = root
        while self._weight > _MOST_KEPT:
            oldest = next(iter(self._known))
            del self._known[oldest]
            self._weight -= _weight(oldest[0])
        return root


def _weight(data: bytes) -> int:
    return data.count(b"<") + len(data) // 64


_trees = _Trees()


def check(*pieces: bytes) -> None:
    """Raise what ``parse`` raises for an encoding, a document type or damage; far quicker than that.

    The pieces, put together, are the part.
    """
    _refuse_wide_characters(pieces[0])
    parser = expat.ParserCreate()
    parser.XmlDeclHandler = _declaration
    parser.StartDoctypeDeclHandler = _doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise _malformed(problem) from problem


def hides_tags(data: bytes) -> bool:
    """Whether comments, CDATA sections or instructions may hold what a pattern would take for a tag."""
    declaration = _DECLARATION.match(data)
    return _OPAQUE.search(data, declaration.end() if declaration else 0) is not None


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
        self._open = [self._top]
        self._skipped = 0
        self._undeclared = data.count(b"xmlns")
        """How many prefixes may still be declared: most elements are behind the last one."""
        self._is_plain = _END_IN_VALUE.search(data) is None
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
        # Nothing here is called that need not be: this runs for every element of every small part.
        above = self._open[-1]
        scope = above.scope
        if self._undeclared and attributes:
            scope = self._scope(attributes, scope)
        node = Node(name, attributes, scope, above)
        node.start = start = self.parser.CurrentByteIndex
        node.start_end = self._data.index(b">", start) + 1 if self._is_plain else self._tag_end(start)
        above.children.append(node)
        self._open.append(node)
        if len(self._open) > MAX_DEPTH + 1:
            _refuse_depth()
        if node.local in self._skip:
            self._skipped = 0
            self.parser.StartElementHandler = self._start_skipped
            self.parser.EndElementHandler = self._end_skipped

    def _scope(self, attributes: Mapping[str, str], above: Mapping[str, str]) -> Mapping[str, str]:
        """The prefixes bound at an element: those above it and its own declarations."""
        own = {
            name.partition(":")[2]: uri
            for name, uri in attributes.items()
            if name == "xmlns" or name.startswith("xmlns:")
        }
        self._undeclared -= len(own)
        return {**above, **own} if own else above

    def _tag_end(self, start: int) -> int:
        """The offset behind a start tag, a value of which may hold what looks like its end."""
        tag = _START_TAG_REST.match(self._data, start)
        if tag is None:
            raise DamagedBook("A part of the workbook ends inside a tag; restore the file from a backup.")
        return tag.end()

    def _end(self, _: str) -> None:
        node = self._open.pop()
        if self._data[node.start_end - 2] == _SLASH:
            node.content_end = node.end = node.start_end
        else:
            node.content_end = end = self.parser.CurrentByteIndex
            node.end = self._data.index(b">", end) + 1

    def _start_skipped(self, _: str, __: dict[str, str]) -> None:
        self._skipped += 1
        if len(self._open) + self._skipped > MAX_DEPTH + 1:
            _refuse_depth()

    def _end_skipped(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._listen()
            self._end(name)


def _refuse_depth() -> None:
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
