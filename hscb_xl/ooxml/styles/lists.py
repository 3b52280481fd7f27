"""The lists of a styles part, such as its fonts and cell formats: only ever added to, spliced in at once."""

from hscb_xl.ooxml.styles import looks
from hscb_xl.ooxml.xml import spans, tree

_ORDER = (
    "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
).split()
"""The schema's order of a style sheet's children, ECMA-376 part 1, 18.8.39."""
_FIRST = {
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}


class StyleLists:
    """The part as it was read, parsed once, and the items that each of its lists got since.

    The part is put together when ``data`` is asked for, however many items were added before.
    """

    def __init__(self, data: bytes) -> None:
        self._founded = False
        self._take(data)

    def _take(self, data: bytes) -> None:
        self._read = data
        self._joined: bytes | None = data
        self.root = root = tree.kept(data)
        self.prefix = f"{root.prefix}:" if root.prefix else ""
        self._lists = {node.local: node for node in reversed(root.children)}
        self._added: dict[str, list[str]] = {}
        self._places: dict[str, dict[str, int]] = {}
        self._parsed: dict[tuple[str, int], tree.Node] = {}
        self._sources: dict[tree.Node, bytes] = {}

    @property
    def data(self) -> bytes:
        """The part with every addition."""
        if self._joined is None:
            self._joined = spans.splice(self._read, self._edits())
        return self._joined

    def item(self, name: str, index: int) -> tree.Node | None:
        """The item of a list at ``index``, None where there is none."""
        held, added = self._held(name), self._added.get(name, ())
        if 0 <= index < len(held):
            return held[index]
        return self._of_added(name, index - len(held)) if 0 <= index - len(held) < len(added) else None

    def source(self, node: tree.Node) -> str:
        """An element of an item as it is written."""
        top = node
        while top.parent is not None:
            top = top.parent
        return self._sources.get(top, self._read)[node.start : node.end].decode("utf-8")

    def add(self, name: str, xml: str) -> int:
        """The index of ``xml`` in a list, put at its end unless an equal item stands there."""
        if self.prefix:
            xml = looks.prefixed(xml, self.prefix)
        places = self._places_in(name)
        place = places.setdefault(looks.canonical(xml), self.length(name))
        if place == self.length(name):
            self._added.setdefault(name, []).append(xml)
            self._joined = None
        return place

    def lay_foundation(self) -> None:
        """Give a workbook that lacks them the formats that everything without one of its own has.

        Without them the first format added would be the one of all cells; Excel reserves two fills.
        """
        if self._founded:
            return
        self._founded = True
        empty = [self._lists[name] for name in _FIRST if name in self._lists and not self._held(name)]
        if empty:
            self._take(spans.splice(self._read, [(node.start, node.end, b"") for node in empty]))
        for name in (name for name in _FIRST if name not in self._lists):
            self._added[name] = [
                looks.prefixed(item, self.prefix) if self.prefix else item for item in _FIRST[name]
            ]
            self._joined = None

    def _held(self, name: str) -> list[tree.Node]:
        """The items that were read."""
        node = self._lists.get(name)
        return node.children if node else []

    def length(self, name: str) -> int:
        """How many items a list has."""
        return len(self._held(name)) + len(self._added.get(name, ()))

    def _of_added(self, name: str, place: int) -> tree.Node:
        """An item that was added, parsed where the prefixes of the part hold."""
        known = self._parsed.get((name, place))
        if known is None:
            head = self._read[self.root.start : self.root.start_end]
            opened = head[: head.rindex(b"/")] + b">" if self.root.is_empty_tag else head
            tag = b"</%s>" % self.root.name.encode()
            data = opened + self._added[name][place].encode() + tag
            top = tree.kept(data)
            self._sources[top] = data
            known = self._parsed[name, place] = top.children[0]
        return known

    def _places_in(self, name: str) -> dict[str, int]:
        """The items of a list with the place of the first of each kind."""
        if name not in self._places:
            items = [*map(self.source, self._held(name)), *self._added.get(name, ())]
            places = self._places[name] = {}
            for place, item in enumerate(items):
                places.setdefault(looks.canonical(item), place)
        return self._places[name]

    def _edits(self) -> list[spans.Edit]:
        grown = [name for name in self._added if name in self._lists]
        edits = [edit for name in grown for edit in self._growth(self._lists[name])]
        blocks = {name: self._block(name) for name in _ORDER if name in self._added and name not in grown}
        if blocks and self.root.is_empty_tag:
            return [*edits, spans.append_child(self._read, self.root, b"".join(blocks.values()))]
        return [*edits, *((self._place_of(name),) * 2 + (block,) for name, block in blocks.items())]

    def _growth(self, node: tree.Node) -> list[spans.Edit]:
        """The edits that put what was added behind the items of a list and keep its ``count`` right."""
        edits = [spans.append_child(self._read, node, "".join(self._added[node.local]).encode())]
        if "count" in node.attributes:
            edits.append(spans.set_attribute(self._read, node, "count", str(self.length(node.local))))
        return edits

    def _block(self, name: str) -> bytes:
        """A list that the part did not have."""
        tag, items = self.prefix + name, self._added[name]
        return f'<{tag} count="{len(items)}">{"".join(items)}</{tag}>'.encode()

    def _place_of(self, name: str) -> int:
        before = _ORDER[: _ORDER.index(name)]
        ends = (node.end for node in self.root.children if node.local in before)
        return max(ends, default=self.root.start_end)
