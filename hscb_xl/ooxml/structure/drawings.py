"""The parts that hang on a sheet, its notes and drawings, when cells come or go."""

import re
from collections.abc import Iterator

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.drawings import noteshapes
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula import shifted as movedareas
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet import geometry
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import spans
from hscb_xl.ooxml.xml.tree import Node

_NOT_MOVED = {
    "control": "controls",
    "oleObject": "embedded objects",
    "package": "embedded objects",
    "slicer": "slicers",
    "timeline": "timelines",
    "threadedComment": "threaded comments",
    "tableSingleCells": "cells mapped to XML",
}
_ANCHORS = ("twoCellAnchor", "oneCellAnchor")
_NUMBER = re.compile(r"-?[0-9]{1,12}")


def refuse(package: Package, sheet: SheetPart, move: Move) -> None:
    """Refuse what hangs on a sheet and cannot follow its cells."""
    band = movedareas.zone(move)
    for relationship in package.relationships(sheet.name):
        if relationship.kind in _NOT_MOVED:
            raise UnsafeEdit(f"the sheet has {_NOT_MOVED[relationship.kind]}.")
        if relationship.kind == "pivotTable":
            location = package.tree(relationship.target)[1].find("location")
            if location is None or refs.stated(location.attributes.get("ref", "")).meets(band):
                raise UnsafeEdit("a pivot table lies among these cells or behind them.")
        if relationship.kind == "ctrlProp" and _boxes(package, sheet) is None:
            raise UnsafeEdit("the sheet has form controls that do not say where they lie.")


def move_notes(package: Package, sheet: SheetPart, move: Move) -> None:
    """Let notes and their boxes follow their cells, and go with them."""
    part, drawing = package.related(sheet.name, "comments"), noteshapes.part_of(package, sheet)
    if drawing is not None:
        data, boxes = _boxes(package, sheet) or (b"", [])
        edits = [edit for box in boxes for edit in _box(data, box, move)]
        if edits:
            package.write(drawing, spans.splice(data, edits))
    if part is not None:
        data, root = package.tree(part)
        edits = [edit for node in root.walk() if node.local == "comment" for edit in _note(data, node, move)]
        package.write(part, spans.splice(data, edits))


def _boxes(package: Package, sheet: SheetPart) -> tuple[bytes, list[noteshapes.Shape]] | None:
    """The legacy drawing and its shapes, None where the sheet has none."""
    drawing = noteshapes.part_of(package, sheet)
    if drawing is None:
        return None
    data, root = noteshapes.tree(package, drawing)
    return data, list(noteshapes.shapes(data, root))


def _note(data: bytes, node: Node, move: Move) -> Iterator[spans.Edit]:
    held = refs.stated(node.attributes.get("ref", ""))
    place = movedareas.place(move, held.top, held.left)
    if place is None:
        yield node.start, node.end, b""
    else:
        yield spans.set_attribute(data, node, "ref", f"{refs.letters(place[1])}{place[0]}")


def _box(data: bytes, box: noteshapes.Shape, move: Move) -> Iterator[spans.Edit]:
    if box.kind != "Note":
        _refuse_moving(data, box, move)
        return
    place = movedareas.place(move, box.row, box.column)
    if place is None:
        yield box.node.start, box.node.end, b""
        return
    down, right = place[0] - box.row, place[1] - box.column
    for name, number in (("Row", place[0] - 1), ("Column", place[1] - 1)):
        node = box.client.find(name)
        if node is not None:
            yield node.start_end, node.content_end, b"%d" % number
    anchor = box.client.find("Anchor")
    if anchor is not None and (down or right):
        steps = (right, 0, down, 0, right, 0, down, 0)
        numbers = zip(_anchored(data, anchor), steps, strict=True)
        shifted = ", ".join(str(max(number + step, 0)) for number, step in numbers)
        yield anchor.start_end, anchor.content_end, shifted.encode()


def _refuse_moving(data: bytes, box: noteshapes.Shape, move: Move) -> None:
    """Refuse to move a control: its place is kept in more than one part."""
    anchor = box.client.find("Anchor")
    if anchor is None:
        raise UnsafeEdit("the sheet has form controls that do not say where they lie.")
    left, _, top, _, right, _, bottom, _ = _anchored(data, anchor)
    if Area(top + 1, left + 1, bottom + 1, right + 1).meets(movedareas.zone(move)):
        raise UnsafeEdit("a form control lies over cells that would move.")


def _anchored(data: bytes, anchor: Node) -> list[int]:
    """The columns and rows, from 0, of a box's corners, each with the pixels into it."""
    numbers = [int(number) for number in _NUMBER.findall(anchor.text(data))]
    if len(numbers) != 8:
        raise UnsafeEdit("a note or form control of the sheet does not say where it lies.")
    return numbers


def move_drawing(package: Package, before: SheetPart, after: SheetPart, move: Move) -> None:
    """Let charts, pictures and shapes follow the cells that they lie over, as each of them says.

    ``before`` and ``after`` are the sheet with its old and its new rows and columns.
    """
    part = package.related(before.name, "drawing")
    if part is None:
        return
    data, root = package.tree(part)
    edits: list[spans.Edit] = []
    for node in root.walk():
        if node.local in _ANCHORS:
            edits += _anchor(data, node, before, after, move)
    package.write(part, spans.splice(data, edits))


def _anchor(data: bytes, node: Node, before: SheetPart, after: SheetPart, move: Move) -> list[spans.Edit]:
    start, end = (_Corner.read(data, node.find(name)) for name in ("from", "to"))
    if start is None:
        raise UnsafeEdit("a drawing of the sheet does not say where it lies.")
    last = end or start
    if not Area(start.row, start.column, last.row, last.column).meets(movedareas.zone(move)):
        return []
    if not movedareas.is_whole(move):
        raise UnsafeEdit("a picture, shape or chart lies over cells that would move: move it in Excel first.")
    how = node.attributes.get("editAs", "twoCell") if end else "oneCell"
    first, first_gone = start.after(move)
    second, second_gone = last.after(move)
    if how == "absolute":
        raise UnsafeEdit("a picture, shape or chart is fixed to its place over cells that would move.")
    if first_gone and (second_gone or how == "oneCell"):
        raise UnsafeEdit("a picture, shape or chart lies in the cells to be deleted: move it in Excel first.")
    if end is None:
        return start.edits(first)
    if how == "oneCell":
        second = _resized(start, end, first, before, after, move)
    return start.edits(first) + end.edits(second)


def _resized(
    start: "_Corner", end: "_Corner", first: "_Corner", before: SheetPart, after: SheetPart, move: Move
) -> "_Corner":
    """The corner that leaves a drawing as large as it was."""
    moved, gone = end.after(move)
    step = first.row - start.row, first.column - start.column
    if not gone and (moved.row - end.row, moved.column - end.column) == step:
        return moved
    high = geometry.height(before, start.row, end.row - 1) + (end.down - start.down) / geometry.EMU
    wide = geometry.width(before, start.column, end.column - 1) + (end.right - start.right) / geometry.EMU
    down, right = first.down / geometry.EMU, first.right / geometry.EMU
    reached = geometry.reach(after, first.row, first.column, high + down, wide + right)
    if move.axis == "rows":
        return _Corner(reached[0], end.column, reached[2], end.right, end.nodes)
    return _Corner(end.row, reached[1], end.down, reached[3], end.nodes)


class _Corner:
    """A corner of a drawing: its cell from 1, how far into it in EMU, and the elements that say so."""

    __slots__ = ("column", "down", "nodes", "right", "row")

    def __init__(self, row: int, column: int, down: int, right: int, nodes: dict[str, Node]) -> None:
        self.row = row
        self.column = column
        self.down = down
        self.right = right
        self.nodes = nodes

    @classmethod
    def read(cls, data: bytes, node: Node | None) -> "_Corner | None":
        """The corner that an element describes."""
        if node is None:
            return None
        nodes = {child.local: child for child in node.children}
        texts = [
            nodes[name].text(data).strip() for name in ("row", "col", "rowOff", "colOff") if name in nodes
        ]
        if len(texts) < 4 or not all(_NUMBER.fullmatch(text) for text in texts):
            raise UnsafeEdit("a drawing of the sheet is placed in a way this program does not know.")
        row, column, down, right = (int(text) for text in texts)
        return cls(row + 1, column + 1, down, right, nodes)

    def after(self, move: Move) -> tuple["_Corner", bool]:
        """The corner afterwards, and whether its cell is gone: the cell behind is then there."""
        place = movedareas.place(move, self.row, self.column)
        if place is not None:
            return _Corner(*place, self.down, self.right, self.nodes), False
        if move.axis == "rows":
            return _Corner(move.first, self.column, 0, self.right, self.nodes), True
        return _Corner(self.row, move.first, self.down, 0, self.nodes), True

    def edits(self, wanted: "_Corner") -> list[spans.Edit]:
        """The edits of the elements that make it another corner."""
        pairs = {
            "row": (self.row, wanted.row, 1),
            "col": (self.column, wanted.column, 1),
            "rowOff": (self.down, wanted.down, 0),
            "colOff": (self.right, wanted.right, 0),
        }
        return [
            (self.nodes[name].start_end, self.nodes[name].content_end, b"%d" % (new - base))
            for name, (old, new, base) in pairs.items()
            if old != new
        ]
