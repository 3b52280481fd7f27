"""Widths of a sheet's columns, in characters as Excel shows them."""

from collections.abc import Collection, Iterator
from itertools import pairwise

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.located import naming_the_sheet
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.sheet.surround import Frame
from hscb_xl.ooxml.xml import spans, tree

WIDEST = 255
"""Characters that the widest column shows."""
_DEFAULT = 8.43
_PADDING = 0.7109375
"""What the file adds to the characters for the margins of a cell, in widths of a digit."""

_NOT_PASSED_ON = ("hidden", "collapsed", "outlineLevel")
"""What a new column does not have from the one it is as wide as."""


@naming_the_sheet
def width(sheet: SheetPart, column: int) -> float:
    """The width of a column in characters; 0 for one that is hidden."""
    node = _node(sheet, column)
    if node is not None and node.is_on("hidden"):
        return 0.0
    form = sheet.frame.child("sheetFormatPr")
    stated = node.attributes.get("width") if node is not None else None
    stated = stated or (form.attributes.get("defaultColWidth") if form else None)
    if not stated:
        return _DEFAULT
    return round(tree.measure(stated, f"width of {_called(sheet, column)}") - _PADDING, 2)


@naming_the_sheet
def set_width(sheet: SheetPart, first: int, last: int, characters: float) -> None:
    """Give the columns from ``first`` to ``last`` a width; what else is known of them and of others stays.

    Raises UnsafeEdit for a width that Excel does not know.
    """
    if not 0 <= characters <= WIDEST:
        raise UnsafeEdit(
            f"{_called(sheet, first)} cannot be {characters:g} characters wide: choose from 0 to {WIDEST}."
        )
    if all(abs(width(sheet, column) - characters) < 0.005 for column in range(first, last + 1)):
        return
    frame = sheet.frame
    tag, block, nodes = frame.prefix + b"col", frame.child("cols"), frame.items("cols")
    pieces = [piece for node in nodes for piece in _pieces(frame, node, first, last, characters)]
    held = {column for node in nodes for column in range(node.number("min"), node.number("max") + 1)}
    for low, high in _runs([column for column in range(first, last + 1) if column not in held]):
        pieces.append((low, _element(tag, _sized({"min": str(low), "max": str(high)}, characters))))
    xml = b"<%ss>%s</%ss>" % (tag, b"".join(source for _, source in sorted(pieces)), tag)
    place = (block.start, block.end) if block else (frame.place_for("cols"),) * 2
    frame.replace([(*place, xml)])


@naming_the_sheet
def alike(sheet: SheetPart, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The columns from ``first`` to ``last`` in runs, given by their ends, that have one width."""
    cuts = {first, last + 1}
    for node in sheet.frame.items("cols"):
        cuts |= {node.number("min"), node.number("max") + 1}
    inside = sorted(cut for cut in cuts if first <= cut <= last + 1)
    return ((start, end - 1) for start, end in pairwise(inside))


def _called(sheet: SheetPart, column: int) -> str:
    letters = refs.letters(column)
    return f"column {sheet.where(f'{letters}:{letters}')}"


def _node(sheet: SheetPart, column: int) -> tree.Node | None:
    for node in sheet.frame.items("cols"):
        if node.number("min") <= column <= node.number("max"):
            return node
    return None


def _pieces(
    frame: Frame, node: tree.Node, first: int, last: int, characters: float
) -> Iterator[tuple[int, bytes]]:
    """A column element, cut where the columns to be set begin and end; each piece with its first column."""
    low, high = node.number("min"), node.number("max")
    if high < first or last < low:
        yield low, frame.data[node.start : node.end]
        return
    cuts = [(low, first - 1), (max(low, first), min(high, last)), (last + 1, high)]
    for start, end in cuts:
        attributes = {**node.attributes, "min": str(start), "max": str(end)}
        if first <= start <= last:
            attributes = _sized(attributes, characters)
        if start <= end:
            yield start, _element(frame.prefix + b"col", attributes)


def _sized(attributes: dict[str, str], characters: float) -> dict[str, str]:
    """The attributes of a column with a width of its own; it is shown then, as in Excel."""
    kept = {name: value for name, value in attributes.items() if name not in ("hidden", "bestFit")}
    return {**kept, "width": f"{characters + _PADDING:.7g}", "customWidth": "1"}


def _element(tag: bytes, attributes: dict[str, str]) -> bytes:
    written = b"".join(
        b' %s="%s"' % (name.encode(), spans.escape_attribute(value)) for name, value in attributes.items()
    )
    return b"<%s%s/>" % (tag, written)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Consecutive numbers as first and last: 1, 2, 3, 7 are 1 to 3 and 7 to 7."""
    start = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield numbers[start], number
            start = at + 1


def moved(frame: Frame, move: Move, source: int) -> list[spans.Edit]:
    """The edits by which widths and formats follow columns that come or go; new ones are like ``source``."""
    block, tag = frame.child("cols"), frame.prefix + b"col"
    if block is None:
        return []
    pieces: list[tuple[int, bytes]] = []
    for node in block.children:
        low, high = node.number("min"), node.number("max")
        for start, end in ((low, min(high, move.first - 1)), (max(low, move.first), high)):
            after = move.after(Area(1, start, refs.MAX_ROW, end)) if start <= end else None
            if after is not None:
                pieces.append((after.left, _spanning(tag, node, after.left, after.right)))
        if move.inserting and low <= source <= high:
            last = move.first + move.count - 1
            pieces.append((move.first, _spanning(tag, node, move.first, last, _NOT_PASSED_ON)))
    xml = b"".join(source for _, source in sorted(pieces))
    return [(block.start, block.end, b"<%ss>%s</%ss>" % (tag, xml, tag) if xml else b"")]


def _spanning(tag: bytes, node: tree.Node, first: int, last: int, without: Collection[str] = ()) -> bytes:
    kept = {name: value for name, value in node.attributes.items() if name not in without}
    return _element(tag, {**kept, "min": str(first), "max": str(last)})
