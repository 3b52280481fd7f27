"""Text in a workbook: the shared string table, and Excel's own escape for characters XML cannot hold."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import overload

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.xml import spans, tree

TEXT = rb"(?:[^<&\x00-\x08\x0b\x0c\x0e-\x1f]++|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
"""A pattern for the text between two tags, entities included."""

MAX_LENGTH = 32_767
"""Characters a cell can hold; Excel counts those beyond U+FFFF, such as emoji, as two."""


def holding(name: bytes) -> re.Pattern[bytes]:
    """An element of that name in any namespace, in well-formed XML without CDATA; its content is the group.

    Nothing but the whole name may begin it: a longer one would be looked for up to the end, from each place.
    """
    tag = rb"(?:\w+:)?" + name
    return re.compile(rb"<" + tag + rb"(?=[\s/>])[^>]*?(?:/>|>(.*?)</" + tag + rb"\s*>)", re.DOTALL)


_SHORT = 160
"""Characters of a text that is likely to stand in many cells."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST, _BETWEEN, _LAST = b"<si><t>", b"</t></si><si><t>", b"</t></si>"
_SPACED = b'<t xml:space="preserve">'
_LOOSE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
_ITEM, _TEXT, _PHONETIC = map(holding, (b"si", b"t", b"rPh"))
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
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise DamagedBook(
            "A cell of the workbook holds bytes that are no text; restore the file from a backup."
        ) from None
    return _ENTITY.sub(_character, text) if "&" in text else text


def text_element(text: str, tag: bytes) -> bytes:
    """The text as the element ``tag`` (prefix included); UnsafeEdit when Excel could not hold it."""
    if len(text) <= _SHORT:
        return _short_element(text, tag)
    if len(text) * 2 > MAX_LENGTH:
        _refuse_long(text)
    return _element(text, tag)


@lru_cache(maxsize=1024)  # words such as those of a rating stand in many cells
def _short_element(text: str, tag: bytes) -> bytes:
    return _element(text, tag)


def _element(text: str, tag: bytes) -> bytes:
    if _is_plain(text):
        return b"<%s>%s</%s>" % (tag, text.encode(), tag)
    escaped = escape(text)
    space = b' xml:space="preserve"' if escaped != escaped.strip() or "\n" in escaped else b""
    return b"<%s%s>%s</%s>" % (tag, space, spans.escape_text(escaped), tag)


def _is_plain(text: str) -> bool:
    """Whether a text surely stands in a file as it is."""
    marked = "&" in text or "<" in text or ">" in text or "_x" in text
    return not marked and text.isprintable() and text == text.strip()


def _refuse_long(text: str) -> None:
    length = len(text) + sum(character > "\uffff" for character in text)
    if length > MAX_LENGTH:
        raise UnsafeEdit(f"a cell holds at most {MAX_LENGTH:,} characters and this text has {length:,}.")


class SharedStrings(Sequence[str]):
    """The texts of a workbook's shared string table, parsed when the first is asked for.

    ``load`` gives the bytes of the part. Rich runs are joined, phonetic guides left out. Asking raises
    DamagedBook for a part that is not well-formed XML, UnsafeEdit for one that is not in UTF-8.
    """

    def __init__(self, load: Callable[[], list[str]]) -> None:
        self._load = load

    @cached_property
    def texts(self) -> list[str]:
        """All texts."""
        return self._load()

    @cached_property
    def longest(self) -> int:
        """The characters of the longest one, which may be more than a cell can hold."""
        return max(map(len, self.texts), default=0)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        return self.texts[place]

    def __len__(self) -> int:
        return len(self.texts)


def shared_strings(data: bytes) -> list[str]:
    """The texts of a shared string table, rich runs joined and phonetic guides left out.

    Raises DamagedBook for a part that is not well-formed XML, UnsafeEdit for one that is not in UTF-8.
    """
    texts = _plain_texts(data)
    if texts is not None:
        return texts
    if tree.hides_tags(data):
        return [_joined(item, data) for item in tree.parse(data).all("si")]
    tree.check(data)
    return [plain(match[1] or b"") for match in _ITEM.finditer(data)]


def _plain_texts(data: bytes) -> list[str] | None:
    """The texts of a table whose items hold one text and no more; None for any other table.

    Each "<" between the first item and the last belongs to what stands between two texts: then nothing else
    can be there, and a parser is needed for the rest of the part only.
    """
    data = data.replace(_SPACED, b"<t>")
    first, last = data.find(_FIRST) + len(_FIRST), data.rfind(_LAST)
    if not len(_FIRST) <= first <= last or b"<si" in data[: first - len(_FIRST)] or b"<si" in data[last:]:
        return None
    body = data[first:last]
    items = body.split(_BETWEEN)
    if body.count(b"<") != 4 * (len(items) - 1) or b"_x" in body or b"\r" in body or _LOOSE.search(body):
        return None
    tree.check(data[:first], data[last:])
    try:
        texts = [item.decode("utf-8") for item in items]
    except UnicodeDecodeError:  # the parser says what is wrong
        return None
    return [_ENTITY.sub(_character, text) if "&" in text else text for text in texts]


def plain(raw: bytes) -> str:
    """The text of the bytes inside an ``si`` or ``is`` element."""
    if b"rPh" in raw:
        raw = _PHONETIC.sub(b"", raw)
    found = _TEXT.findall(raw)
    text = from_xml(found[0] if len(found) == 1 else b"".join(found))
    return unescape(text) if "_x" in text else text


def _joined(item: tree.Node, data: bytes) -> str:
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
