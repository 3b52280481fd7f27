"""The styles part: cell formats, fonts, fills and differential formats, only ever added to."""

import re
from dataclasses import dataclass

from hscb_xl.ooxml import numberformats, spans

Rgb = tuple[int, int, int]

_ORDER = (
    "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
).split()
_FONT_ORDER = (
    "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
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


@dataclass(frozen=True, slots=True)
class Differential:
    """What a conditional format lays over a cell; None where it says nothing."""

    fill: Rgb | None = None
    font: Rgb | None = None
    bold: bool | None = None
    italic: bool | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Changes to a cell's format; None where the format stays as it is."""

    number_format: str | None = None
    fill: Rgb | None = None
    no_fill: bool = False
    font: Rgb | None = None
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    wrap: bool | None = None
    horizontal: str | None = None
    vertical: str | None = None
    border: Rgb | None = None
    """The colour of thin lines on all four sides."""


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
        return {} if node is None else _font_facts(node)

    def fill(self, style: int) -> Rgb | None:
        """The solid fill of a cell format where it is written as a colour of its own."""
        node = self._item("fills", self._xf_number(style, "fillId"))
        pattern = node and node.find("patternFill")
        if not pattern or pattern.attributes.get("patternType") != "solid":
            return None
        return _rgb(pattern.find("fgColor"))

    def alignment(self, style: int) -> dict[str, str]:
        """The attributes of a cell format's alignment, such as wrapText and vertical."""
        xf = self._xf(style)
        node = xf and xf.find("alignment")
        return dict(node.attributes) if node else {}

    def changed(self, style: int, look: Look) -> int:
        """The index of the format that is ``style`` with ``look`` laid over it, added where it is new."""
        known = self._changed.get((style, look))
        if known is None:
            known = self._changed[style, look] = self._laid_over(style, look)
        return known

    def differential(self, look: Differential) -> int:
        """The index of a differential format, added where no equal one stands there yet."""
        self._lay_foundation()
        return self._add("dxfs", _dxf_xml(look))

    def differential_at(self, index: int) -> Differential:
        """The differential format at ``index``; an empty one where the file has none there."""
        node = self._item("dxfs", index)
        if node is None:
            return Differential()
        font, fill = node.find("font"), node.find("fill")
        pattern = fill and fill.find("patternFill")
        shown = (pattern.find("bgColor") or pattern.find("fgColor")) if pattern else None
        facts = _font_facts(font) if font else {}
        bold, italic = (facts.get(key) for key in ("bold", "italic"))
        return Differential(
            _rgb(shown),
            _rgb(font.find("color")) if font else None,
            bold if isinstance(bold, bool) else None,
            italic if isinstance(italic, bool) else None,
        )

    def _read(self) -> None:
        self._root = spans.parse(self.data)
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
        if look.number_format is not None:
            attributes |= {"numFmtId": str(self._format_id(look.number_format)), "applyNumberFormat": "1"}
        if look.fill is not None:
            attributes |= {"fillId": str(self._add("fills", _fill_xml(look.fill))), "applyFill": "1"}
        if look.no_fill:
            attributes["fillId"] = "0"
        if (look.font, look.bold, look.italic, look.size) != (None,) * 4:
            attributes |= {"fontId": str(self._changed_font(style, look)), "applyFont": "1"}
        if look.border is not None:
            attributes |= {"borderId": str(self._add("borders", _box_xml(look.border))), "applyBorder": "1"}
        alignment = self._changed_alignment(style, look)
        if alignment:
            attributes["applyAlignment"] = "1"
        return self._add("cellXfs", self._xf_xml(style, attributes, alignment))

    def _item(self, collection: str, index: int) -> spans.Node | None:
        parent = self._root.find(collection)
        items = parent.children if parent else []
        return items[index] if 0 <= index < len(items) else None

    def _xf(self, style: int) -> spans.Node | None:
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
            children["color"] = f'<{self._prefix}color rgb="{_hex(look.font)}"/>'
        body = "".join(children[name] for name in sorted(children, key=_font_rank))
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
        inner = f"<{self._prefix}alignment{_attributes(alignment)}/>" if alignment else ""
        inner += "".join(others)
        start = f"<{self._prefix}xf{_attributes(attributes)}"
        return f"{start}>{inner}</{self._prefix}xf>" if inner else f"{start}/>"

    def _source(self, node: spans.Node) -> str:
        return self.data[node.start : node.end].decode("utf-8")

    def _add(self, collection: str, xml: str) -> int:
        """The index of ``xml`` in a collection, put at its end unless an equal item stands there."""
        parent = self._root.find(collection)
        if self._prefix:
            xml = _prefixed(xml, self._prefix)
        if parent is None:
            self._insert_collection(collection, xml)
            return 0
        index = self._index(parent).get(_canonical(xml))
        if index is not None:
            return index
        count = len(parent.children)
        self._replace(spans.splice(self.data, spans.append_item(self.data, parent, xml.encode())))
        return count

    def _index(self, parent: spans.Node) -> dict[str, int]:
        """The items of a collection with the place of the first of each kind."""
        if parent.local not in self._known:
            items = [_canonical(self._source(node)) for node in parent.children]
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
            xml = "".join(_prefixed(item, self._prefix) if self._prefix else item for item in items)
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


def _font_rank(name: str) -> int:
    return _FONT_ORDER.index(name) if name in _FONT_ORDER else len(_FONT_ORDER)


def _canonical(xml: str) -> str:
    return re.sub(r"\s*/>", "/>", re.sub(r"\s+", " ", xml))


def _prefixed(xml: str, prefix: str) -> str:
    """Tags without a prefix given the part's own; those that carry one already are left."""
    return re.sub(r"<(/?)(?![\w.-]+:)([\w.-]+)", rf"<\1{prefix}\2", xml)


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(
        f' {name}="{spans.escape_attribute(value).decode()}"' for name, value in attributes.items()
    )


def _font_facts(node: spans.Node) -> dict[str, str | bool]:
    facts: dict[str, str | bool] = {}
    for child in node.children:
        value = child.attributes.get("val")
        if child.local in ("b", "i"):
            facts["bold" if child.local == "b" else "italic"] = value not in ("0", "false")
        elif child.local in ("name", "sz") and value is not None:
            facts["name" if child.local == "name" else "size"] = value
        elif child.local == "color" and (rgb := child.attributes.get("rgb")):
            facts["rgb"] = rgb
    return facts


def _rgb(node: spans.Node | None) -> Rgb | None:
    text = node.attributes.get("rgb", "")[-6:] if node else ""
    return (int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)) if len(text) == 6 else None


def _hex(rgb: Rgb) -> str:
    return "FF" + "".join(f"{part:02X}" for part in rgb)


def _fill_xml(rgb: Rgb) -> str:
    colour = f'<fgColor rgb="{_hex(rgb)}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colour}</patternFill></fill>'


def _box_xml(rgb: Rgb) -> str:
    colour = f'<color rgb="{_hex(rgb)}"/>'
    sides = "".join(f'<{side} style="thin">{colour}</{side}>' for side in ("left", "right", "top", "bottom"))
    return f"<border>{sides}<diagonal/></border>"


def _dxf_xml(look: Differential) -> str:
    font = "".join(
        f"<{tag}{'' if value else ' val=' + chr(34) + '0' + chr(34)}/>"
        for tag, value in (("b", look.bold), ("i", look.italic))
        if value is not None
    )
    if look.font is not None:
        font += f'<color rgb="{_hex(look.font)}"/>'
    xml = f"<font>{font}</font>" if font else ""
    if look.fill is not None:
        xml += f'<fill><patternFill><bgColor rgb="{_hex(look.fill)}"/></patternFill></fill>'
    return f"<dxf>{xml}</dxf>"
