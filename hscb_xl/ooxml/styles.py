"""The styles part: cell formats, fonts, fills and differential formats, only ever added to."""

from hscb_xl.ooxml import looks, numberformats, spans, xmltree
from hscb_xl.ooxml.looks import Differential, Look, Rgb

_ORDER = (
    "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
).split()
_XF_NUMBERS = ("numFmtId", "fontId", "fillId", "borderId")
_FIRST = {
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
_FIRST_CUSTOM = 164


class Styles:
    """The bytes of ``styles.xml`` and the lookups into them; ``data`` holds every addition."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._changed: dict[tuple[int, Look], int] = {}
        self._read()

    def number_format(self, style: int) -> str:
        """The number format code of a cell format."""
        identity = self._number_format_id(style)
        return self._codes.get(identity) or numberformats.BUILT_IN.get(identity, "General")

    def shows_date(self, style: int) -> bool:
        """Whether cells of this format show a date or a time."""
        known = self._dates.get(style)
        if known is None:
            code = self.number_format(style)
            known = self._dates[style] = numberformats.shows_date(self._number_format_id(style), code)
        return known

    def font(self, style: int) -> dict[str, str | bool]:
        """The font of a cell format: name, size, bold, italic and rgb where the file says them."""
        node = self._item("fonts", self._xf_number(style, "fontId"))
        return {} if node is None else looks.font_facts(node)

    def fill(self, style: int) -> Rgb | None:
        """The solid fill of a cell format where it is written as a colour of its own."""
        node = self._item("fills", self._xf_number(style, "fillId"))
        pattern = node and node.find("patternFill")
        if not pattern or pattern.attributes.get("patternType") != "solid":
            return None
        return looks.rgb_of(pattern.find("fgColor"))

    def alignment(self, style: int) -> dict[str, str]:
        """The attributes of a cell format's alignment, such as wrapText and vertical."""
        xf = self._xf(style)
        node = xf and xf.find("alignment")
        return dict(node.attributes) if node else {}

    def changed(self, style: int, look: Look) -> int:
        """The index of the format that is ``style`` with ``look`` laid over it, added where it is new.

        Raises UnsafeEdit, and adds nothing, for a look that no workbook can hold.
        """
        known = self._changed.get((style, look))
        if known is None:
            looks.refuse_unwritable(look)
            known = self._changed[style, look] = self._laid_over(style, look)
        return known

    def differential(self, look: Differential) -> int:
        """The index of a differential format, added where no equal one stands there yet.

        Raises UnsafeEdit, and adds nothing, for a colour that is none.
        """
        looks.refuse_unwritable(look)
        self._lay_foundation()
        return self._add("dxfs", looks.dxf_xml(look))

    def differential_at(self, index: int) -> Differential:
        """The differential format at ``index``; an empty one where the file has none there."""
        node = self._item("dxfs", index)
        if node is None:
            return Differential()
        font, fill = node.find("font"), node.find("fill")
        pattern = fill and fill.find("patternFill")
        shown = (pattern.find("bgColor") or pattern.find("fgColor")) if pattern else None
        facts = looks.font_facts(font) if font else {}
        bold, italic = (facts.get(key) for key in ("bold", "italic"))
        return Differential(
            looks.rgb_of(shown),
            looks.rgb_of(font.find("color")) if font else None,
            bold if isinstance(bold, bool) else None,
            italic if isinstance(italic, bool) else None,
        )

    def _read(self) -> None:
        self._root = xmltree.parse(self.data)
        self._prefix = f"{self._root.prefix}:" if self._root.prefix else ""
        self._dates: dict[int, bool] = {}
        self._known: dict[str, dict[str, int]] = {}
        formats = self._root.find("numFmts")
        self._codes = {
            node.number("numFmtId"): node.attributes.get("formatCode", "General")
            for node in (formats.all("numFmt") if formats else [])
        }

    def _laid_over(self, style: int, look: Look) -> int:
        self._lay_foundation()
        xf = self._xf(style)
        attributes = dict(xf.attributes) if xf else dict.fromkeys(_XF_NUMBERS, "0")
        attributes |= self._changed_numbers(style, look)
        alignment = self._changed_alignment(style, look)
        if alignment:
            attributes["applyAlignment"] = "1"
        return self._add("cellXfs", self._xf_xml(style, attributes, alignment))

    def _changed_numbers(self, style: int, look: Look) -> dict[str, str]:
        """The attributes of a cell format that point elsewhere, as far as a look changes them."""
        changed: dict[str, str] = {}
        if look.number_format is not None:
            changed |= {"numFmtId": str(self._format_id(look.number_format)), "applyNumberFormat": "1"}
        if look.fill is not None:
            changed |= {"fillId": str(self._add("fills", looks.fill_xml(look.fill))), "applyFill": "1"}
        if look.no_fill:
            changed["fillId"] = "0"
        if (look.font, look.bold, look.italic, look.size) != (None,) * 4:
            changed |= {"fontId": str(self._changed_font(style, look)), "applyFont": "1"}
        if look.border is not None:
            border = self._add("borders", looks.box_xml(look.border))
            changed |= {"borderId": str(border), "applyBorder": "1"}
        return changed

    def _item(self, collection: str, index: int) -> xmltree.Node | None:
        parent = self._root.find(collection)
        items = parent.children if parent else []
        return items[index] if 0 <= index < len(items) else None

    def _xf(self, style: int) -> xmltree.Node | None:
        return self._item("cellXfs", style)

    def _xf_number(self, style: int, name: str) -> int:
        xf = self._xf(style)
        return xf.number(name, 0) if xf else 0

    def _number_format_id(self, style: int) -> int:
        return self._xf_number(style, "numFmtId")

    def _format_id(self, code: str) -> int:
        known = {text: identity for identity, text in {**numberformats.BUILT_IN, **self._codes}.items()}
        if known.get(code) not in (None, *numberformats.LOCAL):
            return known[code]
        identity = max([*self._codes, _FIRST_CUSTOM - 1]) + 1
        attribute = spans.escape_attribute(code).decode()
        self._add("numFmts", f'<{self._prefix}numFmt numFmtId="{identity}" formatCode="{attribute}"/>')
        return identity

    def _changed_font(self, style: int, look: Look) -> int:
        node = self._item("fonts", self._xf_number(style, "fontId"))
        children = {child.local: self._source(child) for child in node.children} if node else {}
        for name, value in (("b", look.bold), ("i", look.italic)):
            if value is not None:
                children.pop(name, None)
            if value:
                children[name] = f"<{self._prefix}{name}/>"
        if look.size is not None:
            children["sz"] = f'<{self._prefix}sz val="{look.size:g}"/>'
        if look.font is not None:
            children["color"] = f'<{self._prefix}color rgb="{looks.hex_of(look.font)}"/>'
        body = "".join(children[name] for name in sorted(children, key=looks.font_rank))
        return self._add("fonts", f"<{self._prefix}font>{body}</{self._prefix}font>")

    def _changed_alignment(self, style: int, look: Look) -> dict[str, str]:
        alignment = self.alignment(style)
        if look.wrap is not None:
            alignment["wrapText"] = "1" if look.wrap else "0"
        if look.horizontal is not None:
            alignment["horizontal"] = look.horizontal
        if look.vertical is not None:
            alignment["vertical"] = look.vertical
        return alignment

    def _xf_xml(self, style: int, attributes: dict[str, str], alignment: dict[str, str]) -> str:
        xf = self._xf(style)
        others = [self._source(c) for c in xf.children if c.local != "alignment"] if xf else []
        inner = f"<{self._prefix}alignment{looks.attributes_xml(alignment)}/>" if alignment else ""
        inner += "".join(others)
        start = f"<{self._prefix}xf{looks.attributes_xml(attributes)}"
        return f"{start}>{inner}</{self._prefix}xf>" if inner else f"{start}/>"

    def _source(self, node: xmltree.Node) -> str:
        return self.data[node.start : node.end].decode("utf-8")

    def _add(self, collection: str, xml: str) -> int:
        """The index of ``xml`` in a collection, put at its end unless an equal item stands there."""
        parent = self._root.find(collection)
        if self._prefix:
            xml = looks.prefixed(xml, self._prefix)
        if parent is None:
            self._insert_collection(collection, xml)
            return 0
        index = self._index(parent).get(looks.canonical(xml))
        if index is not None:
            return index
        count = len(parent.children)
        self._replace(spans.splice(self.data, spans.append_item(self.data, parent, xml.encode())))
        return count

    def _index(self, parent: xmltree.Node) -> dict[str, int]:
        """The items of a collection with the place of the first of each kind."""
        if parent.local not in self._known:
            items = [looks.canonical(self._source(node)) for node in parent.children]
            self._known[parent.local] = {
                item: len(items) - 1 - place for place, item in enumerate(reversed(items))
            }
        return self._known[parent.local]

    def _lay_foundation(self) -> None:
        """Give a workbook that lacks them the formats that everything without one of its own has.

        Without them the first format added would be the one of all cells; Excel reserves two fills.
        """
        for collection, items in _FIRST.items():
            parent = self._root.find(collection)
            if parent is not None and parent.children:
                continue
            if parent is not None:
                self._replace(spans.splice(self.data, [(parent.start, parent.end, b"")]))
            xml = "".join(looks.prefixed(item, self._prefix) if self._prefix else item for item in items)
            self._insert_collection(collection, xml, len(items))

    def _insert_collection(self, collection: str, xml: str, count: int = 1) -> None:
        tag = f"{self._prefix}{collection}"
        block = f'<{tag} count="{count}">{xml}</{tag}>'.encode()
        root, before = self._root, _ORDER[: _ORDER.index(collection)]
        at = max((node.end for node in root.children if node.local in before), default=root.start_end)
        edit = spans.append_child(self.data, root, block) if root.is_empty_tag else (at, at, block)
        self._replace(spans.splice(self.data, [edit]))

    def _replace(self, data: bytes) -> None:
        self.data = data
        self._read()
