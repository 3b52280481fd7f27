"""The styles part: cell formats, fonts, fills and differential formats, only ever added to."""

from collections.abc import Callable

from hscb_xl.errors import DamagedBook
from hscb_xl.ooxml.styles import borders, looks, numberformats, palette
from hscb_xl.ooxml.styles.lists import StyleLists
from hscb_xl.ooxml.styles.looks import Colour, Differential, Line, Look, Rgb
from hscb_xl.ooxml.xml import spans, tree

_XF_NUMBERS = ("numFmtId", "fontId", "fillId", "borderId")
_FIRST_CUSTOM = 164


class Styles:
    """The lookups into ``styles.xml``; ``data`` is the part with every addition.

    ``file`` is what messages call the workbook. ``before_first`` is given the number of cell formats before
    one is added: a cell that has none of these would get ours.
    """

    def __init__(
        self, data: bytes, file: str = "the workbook", before_first: Callable[[int], None] | None = None
    ) -> None:
        self._file = file
        self._before_first = before_first
        self._lists = StyleLists(data)
        self._prefix = self._lists.prefix
        self._changed: dict[Look, dict[int, int]] = {}
        self._look: Look | None = None
        self._laid: dict[int, int] = {}
        self._dates: dict[int, bool] = {}
        self._codes = self._read_codes()

    @property
    def data(self) -> bytes:
        """The part with every addition."""
        return self._lists.data

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

    def font_colour(self, style: int) -> Colour | None:
        """The colour of a cell format's font as the file says it, None for an automatic one."""
        node = self._item("fonts", self._xf_number(style, "fontId"))
        colour = node and node.find("color")
        return palette.colour_of(colour) if colour else None

    def fill_colour(self, style: int) -> Colour | None:
        """The solid fill of a cell format as the file says it."""
        node = self._item("fills", self._xf_number(style, "fillId"))
        pattern = node and node.find("patternFill")
        if not pattern or pattern.attributes.get("patternType") != "solid":
            return None
        colour = pattern.find("fgColor")
        return palette.colour_of(colour) if colour else None

    def lines(self, style: int) -> dict[str, Line]:
        """The lines around cells of this format, by their sides."""
        node = self._item("borders", self._xf_number(style, "borderId"))
        return borders.lines(node) if node else {}

    def own_colours(self) -> list[Rgb]:
        """The colours that this workbook has in place of the first ones of the usual palette."""
        block = self._lists.root.find("colors")
        listed = block and block.find("indexedColors")
        return [looks.rgb_of(node) or (0, 0, 0) for node in (listed.children if listed else ())]

    def alignment(self, style: int) -> dict[str, str]:
        """The attributes of a cell format's alignment, such as wrapText and vertical."""
        xf = self._xf(style)
        node = xf and xf.find("alignment")
        return dict(node.attributes) if node else {}

    def changed(self, style: int, look: Look) -> int:
        """The index of the format that is ``style`` with ``look`` laid over it, added where it is new.

        Raises UnsafeEdit, and adds nothing, for a look that no workbook can hold.
        """
        if look is not self._look:  # one look is laid over many cells in a row
            self._look, self._laid = look, self._changed.setdefault(look, {})
        if style not in self._laid:
            looks.refuse_unwritable(look)
            self._laid[style] = self._laid_over(style, look)
        return self._laid[style]

    def differential(self, look: Differential) -> int:
        """The index of a differential format, added where no equal one stands there yet.

        Raises UnsafeEdit, and adds nothing, for a colour that is none.
        """
        looks.refuse_unwritable(look)
        self._lists.lay_foundation()
        return self._add("dxfs", looks.dxf_xml(look))

    def differential_at(self, index: int) -> Differential:
        """The differential format at ``index``; an empty one where the file has none there."""
        node = self._item("dxfs", index)
        return Differential() if node is None else looks.differential_of(node)

    def differential_over(self, index: int, look: Differential) -> int:
        """The index of the differential format that is the one at ``index`` with ``look`` laid over it."""
        looks.refuse_unwritable(look)
        self._lists.lay_foundation()
        node = self._item("dxfs", index)
        font = node and node.find("font")
        parts = {child.local: self._source(child) for child in (node.children if node else ())}
        said = {child.local: self._source(child) for child in (font.children if font else ())}
        return self._add("dxfs", looks.dxf_over(parts, said, look))

    def _read_codes(self) -> dict[int, str]:
        formats = self._lists.root.find("numFmts")
        return {
            node.number("numFmtId"): node.attributes.get("formatCode", "General")
            for node in (formats.all("numFmt") if formats else [])
        }

    def _laid_over(self, style: int, look: Look) -> int:
        self._lists.lay_foundation()
        xf = self._xf(style)
        attributes = dict(xf.attributes) if xf else dict.fromkeys(_XF_NUMBERS, "0")
        attributes |= self._changed_numbers(style, look)
        alignment = self._changed_alignment(style, look)
        if alignment:
            attributes["applyAlignment"] = "1"
        if self._before_first is not None:
            self._before_first(self._lists.length("cellXfs"))
            self._before_first = None
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
        if (look.font, look.bold, look.italic, look.size, look.font_name) != (None,) * 5:
            changed |= {"fontId": str(self._changed_font(style, look)), "applyFont": "1"}
        held = self.lines(style) if look.lines else {}
        if lines := {side: line for side, line in look.lines if held.get(side) != line}:
            changed |= {"borderId": str(self._changed_border(style, lines)), "applyBorder": "1"}
        return changed

    def _item(self, collection: str, index: int) -> tree.Node | None:
        return self._lists.item(collection, index)

    def _xf(self, style: int) -> tree.Node | None:
        return self._item("cellXfs", style)

    def _xf_number(self, style: int, name: str) -> int:
        xf = self._xf(style)
        try:
            return xf.number(name, 0) if xf else 0
        except DamagedBook as problem:
            raise DamagedBook(f"{self._file}: {problem}") from None

    def _number_format_id(self, style: int) -> int:
        return self._xf_number(style, "numFmtId")

    def _format_id(self, code: str) -> int:
        known = {text: identity for identity, text in {**numberformats.BUILT_IN, **self._codes}.items()}
        if known.get(code) not in (None, *numberformats.LOCAL):
            return known[code]
        identity = max([*self._codes, _FIRST_CUSTOM - 1]) + 1
        attribute = spans.escape_attribute(code).decode()
        self._add("numFmts", f'<{self._prefix}numFmt numFmtId="{identity}" formatCode="{attribute}"/>')
        self._codes[identity] = code
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
        if look.font_name is not None:
            for name in ("family", "charset", "scheme"):  # they are those of the font that was there
                children.pop(name, None)
            called = looks.attributes_xml({"val": look.font_name})
            children["name"] = f"<{self._prefix}name{called}/>"
        body = "".join(children[name] for name in sorted(children, key=looks.font_rank))
        return self._add("fonts", f"<{self._prefix}font>{body}</{self._prefix}font>")

    def _changed_border(self, style: int, lines: dict[str, Line | None]) -> int:
        node = self._item("borders", self._xf_number(style, "borderId"))
        parts = {child.local: self._source(child) for child in (node.children if node else ())}
        said = node.attributes if node else {}
        return self._add("borders", borders.xml_over(said, parts, lines))

    def _changed_alignment(self, style: int, look: Look) -> dict[str, str]:
        alignment = self.alignment(style)
        if look.wrap is not None:
            alignment["wrapText"] = "1" if look.wrap else "0"
        if look.horizontal is not None:
            alignment["horizontal"] = look.horizontal
        if look.vertical is not None:
            alignment["vertical"] = look.vertical
        if look.indent is not None:
            alignment["indent"] = str(look.indent)
        return alignment

    def _xf_xml(self, style: int, attributes: dict[str, str], alignment: dict[str, str]) -> str:
        xf = self._xf(style)
        others = [self._source(c) for c in xf.children if c.local != "alignment"] if xf else []
        inner = f"<{self._prefix}alignment{looks.attributes_xml(alignment)}/>" if alignment else ""
        inner += "".join(others)
        start = f"<{self._prefix}xf{looks.attributes_xml(attributes)}"
        return f"{start}>{inner}</{self._prefix}xf>" if inner else f"{start}/>"

    def _source(self, node: tree.Node) -> str:
        return self._lists.source(node)

    def _add(self, collection: str, xml: str) -> int:
        """The index of ``xml`` in a collection, put at its end unless an equal item stands there."""
        self._dates.clear()  # a cell may have pointed to a format that was not there yet
        return self._lists.add(collection, xml)
