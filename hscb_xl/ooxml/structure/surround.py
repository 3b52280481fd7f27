"""What stands around a sheet's rows and names cells of it, when cells come or go."""

from collections.abc import Iterator, Sequence

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs, shifted
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.sheet import columns
from hscb_xl.ooxml.sheet.surround import Frame
from hscb_xl.ooxml.xml import spans
from hscb_xl.ooxml.xml.tree import Node

_NOT_MOVED = {
    "customSheetViews": "custom views",
    "scenarios": "scenarios",
    "smartTags": "smart tags",
    "webPublishItems": "published ranges",
    "oleObjects": "embedded objects",
}
_MOVED_EXTENSIONS = frozenset(
    {"conditionalFormattings", "dataValidations", "sparklineGroups", "ignoredErrors", "PLV"}
)
_LISTS = ("conditionalFormatting", "dataValidations", "protectedRanges", "ignoredErrors")


def refuse(frame: Frame) -> None:
    """Refuse what a sheet has that cannot follow its cells."""
    for local, what in _NOT_MOVED.items():
        if frame.child(local) is not None or any(_alternative(child, local) for child in frame.root.children):
            raise UnsafeEdit(f"the sheet has {what}.")
    for extension in frame.items("extLst"):
        for node in extension.children:
            if node.local not in _MOVED_EXTENSIONS:
                raise UnsafeEdit(f"the sheet has an extension ({node.local}) that names cells.")


def follow(frame: Frame, move: Move, source: int) -> None:
    """Let all that names cells name them where they are; new columns are as wide as ``source`` was.

    Links whose cells are gone are to be taken out before.
    """
    edits = [
        *_dimension(frame, move),
        *(columns.moved(frame, move, source) if shifted.is_whole(move) and move.axis == "columns" else ()),
        *_merged(frame, move),
        *_lists(frame, move),
        *_in_extensions(frame, move),
        *_filter(frame, move),
        *_breaks(frame, move),
        *_watches(frame, move),
        *_links(frame, move),
    ]
    frame.replace(edits)


def gone_links(frame: Frame, move: Move) -> list[Node]:
    """The elements of links whose cells are all gone."""
    nodes = frame.items("hyperlinks")
    return [node for node in nodes if move.after(refs.stated(node.attributes.get("ref", ""))) is None]


def _alternative(child: Node, local: str) -> bool:
    return child.local == "AlternateContent" and any(node.local == local for node in child.walk())


def _dimension(frame: Frame, move: Move) -> Iterator[spans.Edit]:
    node = frame.child("dimension")
    if node is None:
        return
    held = refs.stated(node.attributes.get("ref", ""))
    after = shifted.moved(move, [held])
    whole = after[0] if after else refs.Area(1, 1, 1, 1)
    for area in after[1:]:
        whole = whole.joined(area)
    yield spans.set_attribute(frame.data, node, "ref", whole.address)


def _merged(frame: Frame, move: Move) -> list[spans.Edit]:
    block = frame.child("mergeCells")
    if block is None:
        return []
    after = [move.after(refs.stated(node.attributes.get("ref", ""))) for node in block.children]
    gone = [n for n, area in zip(block.children, after, strict=True) if area is None or area.shape == (1, 1)]
    kept = [(n, area) for n, area in zip(block.children, after, strict=True) if n not in gone]
    return _shortened(frame, block, gone) + [
        spans.set_attribute(frame.data, node, "ref", area.address) for node, area in kept if area and kept
    ]


def _shortened(frame: Frame, block: Node, gone: Sequence[Node]) -> list[spans.Edit]:
    """The edits that take items out of a block, and with the last one the block."""
    if not gone:
        return []
    if len(gone) == len(block.children):
        return [(block.start, block.end, b"")]
    return spans.remove_items(frame.data, block, gone)


def _lists(frame: Frame, move: Move) -> Iterator[spans.Edit]:
    """Rules, protected ranges and ignored errors, which name a list of areas."""
    for local in _LISTS:
        for block in frame.children(local):
            nodes = [block] if "sqref" in block.attributes else block.children
            gone = []
            for node in nodes:
                after = shifted.moved(move, refs.areas(node.attributes.get("sqref", "")))
                if after:
                    text = " ".join(area.address for area in after)
                    yield spans.set_attribute(frame.data, node, "sqref", text)
                else:
                    gone.append(node)
            if gone == [block]:
                yield block.start, block.end, b""
            else:
                yield from _shortened(frame, block, gone)


def _in_extensions(frame: Frame, move: Move) -> Iterator[spans.Edit]:
    """The areas of rules and sparklines of later versions."""
    for extension in frame.items("extLst"):
        for node in extension.walk():
            if node.local == "sqref":
                held = refs.areas(node.text(frame.data))
                after = shifted.moved(move, held)
                if not after:
                    raise UnsafeEdit(
                        f"a rule or sparkline of {held[0].address} would be deleted with its cells."
                    )
                text = " ".join(area.address for area in after).encode()
                yield node.start_end, node.content_end, text


def _filter(frame: Frame, move: Move) -> Iterator[spans.Edit]:
    node = frame.child("autoFilter")
    if node is not None:
        yield from moved_filter(frame.data, node, move)
    for sort in (frame.child("sortState"), node.find("sortState") if node else None):
        if sort is not None:
            yield from moved_order(frame.data, sort, move)


def moved_filter(data: bytes, node: Node, move: Move) -> Iterator[spans.Edit]:
    """The edits that move a filter, whose columns are counted from its first one.

    UnsafeEdit where it would lose its header or a column that it filters by.
    """
    held = refs.stated(node.attributes.get("ref", ""))
    after = move.after(held)
    columns_left = range(held.left, held.right + 1)
    if after is None or not any(shifted.place(move, held.top, column) for column in columns_left):
        raise UnsafeEdit(f"the filter of {held.address} would lose its header.")
    yield spans.set_attribute(data, node, "ref", after.address)
    for column in node.all("filterColumn"):
        place = shifted.place(move, held.top, held.left + column.number("colId"))
        if place is None:
            raise UnsafeEdit(f"the filter of {held.address} goes by a column that would be deleted.")
        yield spans.set_attribute(data, column, "colId", str(place[1] - after.left))


def moved_order(data: bytes, sort: Node, move: Move) -> Iterator[spans.Edit]:
    """The edits that move the order of rows, which is forgotten with the cells that it went by."""
    nodes = (sort, *sort.all("sortCondition"))
    after = [move.after(refs.stated(node.attributes.get("ref", ""))) for node in nodes]
    if None in after:
        yield sort.start, sort.end, b""
        return
    for node, area in zip(nodes, after, strict=True):
        if area is not None:
            yield spans.set_attribute(data, node, "ref", area.address)


def _breaks(frame: Frame, move: Move) -> Iterator[spans.Edit]:
    """Page breaks belong to the row or column behind them."""
    block = frame.child("rowBreaks" if move.axis == "rows" else "colBreaks")
    if block is None or not shifted.is_whole(move):
        return
    gone = []
    for node in block.children:
        behind = node.number("id") + 1
        place = shifted.place(move, *((behind, 1) if move.axis == "rows" else (1, behind)))
        if place is None:
            gone.append(node)
        else:
            line = place[0 if move.axis == "rows" else 1]
            yield spans.set_attribute(frame.data, node, "id", str(line - 1))
    manual = sum(node.is_on("man") for node in gone)
    if manual and "manualBreakCount" in block.attributes and len(gone) < len(block.children):
        left = block.number("manualBreakCount") - manual
        yield spans.set_attribute(frame.data, block, "manualBreakCount", str(left))
    yield from _shortened(frame, block, gone)


def _watches(frame: Frame, move: Move) -> Iterator[spans.Edit]:
    block = frame.child("cellWatches")
    gone = []
    for node in block.children if block else ():
        held = refs.stated(node.attributes.get("r", ""))
        place = shifted.place(move, held.top, held.left)
        if place is None:
            gone.append(node)
        else:
            name = f"{refs.letters(place[1])}{place[0]}"
            yield spans.set_attribute(frame.data, node, "r", name)
    if block is not None:
        yield from _shortened(frame, block, gone)


def _links(frame: Frame, move: Move) -> Iterator[spans.Edit]:
    for node in frame.items("hyperlinks"):
        after = move.after(refs.stated(node.attributes.get("ref", "")))
        if after is not None:
            yield spans.set_attribute(frame.data, node, "ref", after.address)
