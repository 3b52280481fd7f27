"""A worksheet part without its rows: small enough to be parsed anew after every change."""

import re
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.xml import namespaces, spans, tree

_CHILDREN = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
    "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst"
).split()
"""The schema's order of a worksheet's children, ECMA-376 part 1, 18.3.1.99."""

_RANKS = {name: rank for rank, name in enumerate(_CHILDREN)}
T = TypeVar("T")


class Waiting(Protocol):
    """Edits that are collected before they are spliced in, all at once."""

    def edits(self) -> list[spans.Edit]:
        """All that was collected."""


W = TypeVar("W", bound=Waiting)
_ROWS_TAG = re.compile(rb"<((?:[\w.-]+:)?sheetData)(?=[\s/>])[^>]*>")


class Frame:
    """The bytes around the rows and their elements; offsets of its nodes are offsets into ``data``."""

    def __init__(self, data: bytes, part: str) -> None:
        self._data = data
        self._changed = False
        self._part = part
        self._waiting: Waiting | None = None
        self._take()

    @property
    def data(self) -> bytes:
        """The bytes."""
        if self._waiting is not None:
            self._settle()
        return self._data

    @property
    def root(self) -> tree.Node:
        """The element of the worksheet."""
        if self._waiting is not None:
            self._settle()
        return self._root

    @property
    def changed(self) -> bool:
        """Whether a byte is another one than at first."""
        if self._waiting is not None:
            self._settle()
        return self._changed

    @property
    def prefix(self) -> bytes:
        """The prefix, with its colon, that the part's own elements carry."""
        return f"{self.root.prefix}:".encode() if self.root.prefix else b""

    def child(self, local: str) -> tree.Node | None:
        """A direct child by its name."""
        return self.root.find(local)

    def children(self, local: str) -> list[tree.Node]:
        """The direct children of that name."""
        return self.root.all(local)

    def items(self, local: str) -> list[tree.Node]:
        """What stands inside the direct child of that name; nothing where there is none."""
        child = self.root.find(local)
        return child.children if child else []

    def place_for(self, local: str) -> int:
        """The offset where a new direct child of that name belongs."""
        rank = _RANKS[local]
        earlier = [child.end for child in self.root.children if _rank(child) <= rank]
        return earlier[-1] if earlier else self.root.start_end

    def replace(self, edits: list[spans.Edit]) -> None:
        """Splice edits in; nodes found before are stale afterwards."""
        if self._waiting is not None:
            self._settle()
        self._splice(edits)

    def put_off(self, make: Callable[[], W]) -> W:
        """What collects edits until somebody looks at the frame; made where none waits.

        Each ``replace`` has the whole frame parsed anew, which would take too long for thousands of edits.
        """
        if self._waiting is None:
            self._waiting = make()
        return cast(W, self._waiting)

    def once(self, what: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for the elements as they are."""
        if self._waiting is not None:
            self._settle()
        if what not in self._made:
            self._made[what] = make()
        return cast(T, self._made[what])

    def _settle(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._splice(waiting.edits())

    def _splice(self, edits: list[spans.Edit]) -> None:
        data = spans.splice(self._data, edits)
        if data != self._data:
            self._data, self._changed = data, True
            self._take()

    def _take(self) -> None:
        self._root = self._parsed()
        self._made: dict[str, object] = {}

    def _parsed(self) -> tree.Node:
        root = tree.kept(self._data)
        if root.local != "worksheet" or root.namespace not in (namespaces.MAIN, namespaces.STRICT_MAIN):
            raise UnsafeEdit(f"the part {self._part} is no worksheet this program knows; it is left alone.")
        return root


def split(data: bytes) -> tuple[bytes, bytes]:
    """A worksheet part without its rows, and the rows; DamagedBook where it is not well-formed XML.

    A tag is found by its bytes alone only where no comment, CDATA section or instruction can hold one.
    Whether the rows are well-formed is not asked before they are looked at.
    """
    tag = _ROWS_TAG.search(data)
    if tag is None or data[tag.end() - 2] == ord("/"):
        return data, b""
    end = data.find(b"</" + tag[1], tag.end())
    if end >= 0:
        frame, rows = _cut(data, tag.end(), end)
        if not tree.hides_tags(frame):
            return frame, rows
    node = tree.parse(data, skip={"sheetData"}).find("sheetData")
    return _cut(data, node.start_end, node.content_end) if node else (data, b"")


def pieces(frame: Frame, rows: bytes) -> tuple[bytes, ...]:
    """The part with the rows in their place; DamagedBook where the frame has no place for them."""
    node = place_of_rows(frame)
    if not rows:
        return (frame.data,)
    if node is None or node.is_empty_tag:
        raise _misplaced()
    return frame.data[: node.start_end], rows, frame.data[node.start_end :]


def place_of_rows(frame: Frame) -> tree.Node | None:
    """The element that holds the rows; DamagedBook where there are several."""
    found = frame.children("sheetData")
    if len(found) > 1:
        raise _misplaced()
    return found[0] if found else None


def _misplaced() -> DamagedBook:
    return DamagedBook("a worksheet has rows in an unexpected place; repair the file in Excel.")


def _cut(data: bytes, start: int, end: int) -> tuple[bytes, bytes]:
    return data[:start] + data[end:], data[start:end]


def _rank(child: tree.Node) -> int:
    """The place of an element in the schema's order; alternative content is what it is an alternative for."""
    if child.local == "AlternateContent":
        chosen = [node for choice in child.children for node in choice.children]
        return min((_rank(node) for node in chosen), default=len(_RANKS))
    return _RANKS.get(child.local, len(_RANKS))
