"""Edits of an XML part as spans of bytes and what stands there afterwards.

A part is never written anew. It is parsed for the offsets of its elements (``xmltree``); edits are made from
them; ``splice`` applies the edits and leaves every other byte alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from itertools import chain, count
from typing import TypeAlias

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.xml.tree import Node

Edit: TypeAlias = tuple[int, int, bytes]
"""Replace the bytes from the first offset up to, not including, the second; equal offsets insert."""

_ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG_NAME = re.compile(rb"<[\w:]+")
_TAG_PREFIX = re.compile(rb"(</?)(\w+):")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The data with each span replaced; insertions at one offset keep the order they are given in.

    Raises ValueError where two edits overlap or one lies outside the data.
    """
    pieces: list[bytes] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if not done <= start <= end <= len(data):
            raise ValueError(f"the edit of bytes {start} to {end} overlaps another or lies outside the part")
        pieces += (data[done:start], new)
        done = end
    return b"".join((*pieces, data[done:])) if pieces else data


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """What ``splice`` gives, for any number of edits that come in the order of the bytes.

    Nothing is kept of them but the result, so that a large part is held twice and no more.
    """
    view, out, done = memoryview(data), _buffer(len(data)), 0
    for start, end, new in edits:
        if not done <= start <= end <= len(data):
            raise ValueError(f"the edit of bytes {start} to {end} overlaps another or lies outside the part")
        out.write(view[done:start])
        out.write(new)
        done = end
    out.write(view[done:])
    out.truncate()
    return out.getvalue()


def _buffer(size: int) -> BytesIO:
    """An empty buffer with room for so many bytes: one that grows leaves its smaller selves in memory."""
    buffer = BytesIO()
    buffer.seek(size)
    buffer.write(b"\0")
    buffer.seek(0)
    return buffer


def set_attribute(data: bytes, node: Node, name: str, value: str) -> Edit:
    """The edit that gives an attribute a value inside the start tag, in the quotes it has already.

    A new attribute goes behind the last one. A value that is there already gives an edit that
    changes no byte, however it was escaped.
    """
    position = node.start + 1 + len(node.name.encode())
    for match in _ATTRIBUTE.finditer(data, position, node.start_end):
        position = match.end()
        if match[1].decode() == name:
            start, end = match.start(2) + 1, match.end(2) - 1
            same = node.attributes[name] == value
            return start, end, data[start:end] if same else escape_attribute(value)
    return position, position, b' %s="%s"' % (name.encode(), escape_attribute(value))


def set_text(data: bytes, node: Node, text: str) -> Edit:
    """The edit that gives an element this text for its content."""
    if node.is_empty_tag:
        return append_child(data, node, escape_text(text))
    return node.start_end, node.content_end, escape_text(text)


def append_child(data: bytes, node: Node, xml: bytes) -> Edit:
    """The edit that puts XML behind the last child, opening an empty-element tag where need be.

    An empty-element tag can be opened by one edit only: give all its new children together.
    """
    if not node.is_empty_tag:
        return node.content_end, node.content_end, xml
    slash = data.rindex(b"/", node.start, node.start_end)
    return slash, node.end, b">%s</%s>" % (xml, node.name.encode())


def append_item(data: bytes, node: Node, xml: bytes) -> list[Edit]:
    """The edits that put one more element into a collection and keep its ``count``, where it has one."""
    edits = [append_child(data, node, xml)]
    if "count" in node.attributes:
        edits.append(set_attribute(data, node, "count", str(len(node.children) + 1)))
    return edits


def remove_items(data: bytes, node: Node, gone: Sequence[Node]) -> list[Edit]:
    """The edits that take some elements, not all, out of a collection and keep its ``count`` right."""
    edits = [(item.start, item.end, b"") for item in gone]
    if "count" in node.attributes:
        edits.append(set_attribute(data, node, "count", str(len(node.children) - len(gone))))
    return edits


def fragment(node: Node, xml: bytes, namespaces: Mapping[str, str]) -> bytes:
    """XML of ours, written anew with the prefixes that hold at the element it is put into.

    ``namespaces`` are the prefixes that the tags in ``xml`` use; one that is unbound there is
    declared on the first tag. Attributes with a prefix must bring their own declaration.
    """
    tags: dict[bytes, bytes] = {}
    declarations = b""
    for prefix, uri in namespaces.items():
        theirs = node.prefix_of(uri)
        if theirs is None and b"<%s:" % prefix.encode() in xml:
            theirs = _free_prefix(node, prefix)
            declarations += b' xmlns:%s="%s"' % (theirs.encode(), escape_attribute(uri))
        tags[prefix.encode()] = b"%s:" % theirs.encode() if theirs else b""
    renamed = _TAG_PREFIX.sub(lambda tag: tag[1] + tags.get(tag[2], tag[2] + b":"), xml)
    head = _TAG_NAME.match(renamed)
    at = head.end() if head else 0
    return renamed[:at] + declarations + renamed[at:]


def _free_prefix(node: Node, prefix: str) -> str:
    """A prefix that means nothing at an element yet: the one given, or that with a number."""
    candidates = chain((prefix,), (f"{prefix}{number}" for number in count(1)))
    return next(candidate for candidate in candidates if candidate not in node.scope)


def escape_text(text: str) -> bytes:
    """Text as it stands between tags, in UTF-8. Raises UnsafeEdit for a character XML cannot hold."""
    found = _NOT_IN_XML.search(text)
    if found:
        raise UnsafeEdit(
            f"The text {text[:40]!r} holds the control character U+{ord(found[0]):04X}, "
            "which a workbook cannot store; remove it and try again."
        )
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#13;").encode()


def storable(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def escape_attribute(text: str) -> bytes:
    """A value as it stands between either kind of quotes, in UTF-8; line breaks and tabs survive."""
    escaped = escape_text(text).replace(b'"', b"&quot;").replace(b"'", b"&apos;")
    return escaped.replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")
