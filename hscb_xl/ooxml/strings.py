"""Text in a workbook: the shared string table, and Excel's own escape for characters XML cannot hold."""

import re

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml import spans, xmltree

MAX_LENGTH = 32_767
"""Characters a cell can hold; Excel counts those beyond U+FFFF, such as emoji, as two."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ITEM = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?t\s*>)", re.DOTALL)
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh\s*>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def unescape(text: str) -> str:
    """``_x000D_`` and the like as the characters they stand for; the two halves of an emoji make one."""
    if "_x" not in text:
        return text
    return _HALVES.sub(_whole, _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))


def escape(text: str) -> str:
    """Characters XML cannot hold, and texts that look like an escape, as ``_xHHHH_``."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def from_xml(raw: bytes) -> str:
    """The text of bytes between two tags: entities resolved, line ends as XML reads them."""
    text = raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_character, text) if "&" in text else text


def text_element(text: str, tag: bytes) -> bytes:
    """The text as the element ``tag`` (prefix included); UnsafeEdit when Excel could not hold it."""
    length = len(text) + sum(character > "\uffff" for character in text)
    if length > MAX_LENGTH:
        raise UnsafeEdit(f"a cell holds at most {MAX_LENGTH:,} characters and this text has {length:,}.")
    escaped = escape(text)
    space = b' xml:space="preserve"' if escaped != escaped.strip() or "\n" in escaped else b""
    return b"<%s%s>%s</%s>" % (tag, space, spans.escape_text(escaped), tag)


def shared_strings(data: bytes) -> list[str]:
    """The texts of a shared string table, rich runs joined and phonetic guides left out.

    Raises DamagedBook for a part that is not well-formed XML, UnsafeEdit for one that is not in UTF-8.
    """
    if xmltree.hides_tags(data):
        return [_joined(item, data) for item in xmltree.parse(data).all("si")]
    xmltree.check(data)
    return [plain(match[1] or b"") for match in _ITEM.finditer(data)]


def plain(raw: bytes) -> str:
    """The text of the bytes inside an ``si`` or ``is`` element."""
    if b"rPh" in raw:
        raw = _PHONETIC.sub(b"", raw)
    return unescape("".join(from_xml(match[1] or b"") for match in _TEXT.finditer(raw)))


def _joined(item: xmltree.Node, data: bytes) -> str:
    pieces = []
    for child in item.children:
        node = child if child.local == "t" else child.find("t") if child.local == "r" else None
        if node is not None:
            pieces.append(node.text(data))
    return unescape("".join(pieces))


def _whole(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    if match[2]:
        return chr(int(match[2]))
    return _ENTITIES.get(match[3], match[0])
