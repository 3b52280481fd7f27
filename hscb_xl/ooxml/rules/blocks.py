"""The elements of a sheet's conditional formats: its blocks of rules, and many of them taken out at once."""

from collections import Counter, deque
from collections.abc import Iterator

from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.rules import extensions
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import spans, tree

LATER = "conditionalFormattings"
"""What holds, in the extension list, the rules that Excel 2007 does not know and the halves of data bars."""


def blocks(sheet: SheetPart) -> list[tree.Node]:
    """The sheet's own blocks of rules, and those in its extension list."""
    return [*sheet.frame.children("conditionalFormatting"), *extensions.items(sheet.frame, LATER)]


def nodes(sheet: SheetPart) -> Iterator[tuple[tree.Node, tree.Node]]:
    """Every rule with its block; halves of data bars have no priority and are none of their own."""
    for block in blocks(sheet):
        for node in block.all("cfRule"):
            if node.namespace == sheet.frame.root.namespace or "priority" in node.attributes:
                yield block, node


def areas_of(sheet: SheetPart, block: tree.Node) -> tuple[Area, ...]:
    """The cells that the rules of a block apply to."""
    known = sheet.frame.once("areas of rules", dict[tree.Node, tuple[Area, ...]])
    if block not in known:
        element = block.find("sqref")
        text = element.text(sheet.frame.data) if element else block.attributes.get("sqref", "")
        known[block] = refs.areas(text)
    return known[block]


def halves(sheet: SheetPart) -> dict[str, tree.Node]:
    """The halves of data bars in the extension list, by what ties them to the others."""
    return sheet.frame.once("halves of rules", lambda: dict(_tied(sheet)))


def _tied(sheet: SheetPart) -> Iterator[tuple[str, tree.Node]]:
    for block in extensions.items(sheet.frame, LATER):
        for node in block.all("cfRule"):
            if "priority" not in node.attributes:
                yield node.attributes.get("id", ""), node


def identity(data: bytes, node: tree.Node) -> str:
    """What ties a rule to its other half, empty where it has none."""
    listed = node.find("extLst")
    found = [item for extension in (listed.children if listed else ()) for item in extension.all("id")]
    return found[0].text(data) if found else ""


class Leaving:
    """Rules of a sheet that are to be taken out, those that are alike one after the other."""

    def __init__(self, sheet: SheetPart) -> None:
        self._data = sheet.frame.data
        self._halves = halves(sheet)
        self._there: dict[tuple[bytes, tuple[Area, ...]], deque[tree.Node]] = {}
        self._gone: dict[tree.Node, None] = {}
        for block, node in nodes(sheet):
            named = self._data[node.start : node.end], areas_of(sheet, block)
            self._there.setdefault(named, deque()).append(node)

    def take(self, source: bytes, where: tuple[Area, ...]) -> None:
        """Take out one rule of these bytes and areas, and its other half; nothing where none is left."""
        alike = self._there.get((source, where))
        if alike:
            node = alike.popleft()
            half = self._halves.get(identity(self._data, node))
            self._gone |= dict.fromkeys([node] if half is None else [node, half])

    def edits(self) -> list[spans.Edit]:
        """The edits for all of them; a block goes with its last rule, whatever else stands in it."""
        left: Counter[tree.Node] = Counter()
        for node in self._gone:
            left[_block_of(node)] += 1
        whole = {block for block, gone in left.items() if gone == len(block.all("cfRule"))}
        return extensions.removals([*whole, *(n for n in self._gone if _block_of(n) not in whole)])


def _block_of(node: tree.Node) -> tree.Node:
    """The block of a rule, which stands in one wherever it is."""
    assert node.parent is not None
    return node.parent
