"""The charts that float over a sheet: the frames of a drawing part, read and changed by byte spans."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.xml.spans import append_child, escape_attribute, fragment, set_attribute, splice
from hscb_xl.ooxml.xml.tree import Node, kept

_NAMESPACES: Final = {
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_STRICT_DRAWING: Final = "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
_CHARTS: Final = (
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
)
_RELATIONSHIPS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_ANCHORS: Final = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})
_EMU: Final = {"": 1, "in": 914400, "cm": 360000, "mm": 36000, "pt": 12700, "pc": 152400, "pi": 152400}

_EMPTY: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
)
_CORNER: Final = (
    b"<xdr:%s><xdr:col>%d</xdr:col><xdr:colOff>%d</xdr:colOff>"
    b"<xdr:row>%d</xdr:row><xdr:rowOff>%d</xdr:rowOff></xdr:%s>"
)
_FRAME: Final = (
    b'<xdr:twoCellAnchor editAs="oneCell">%s<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
    b'<xdr:cNvPr id="%d" name="%s"%s/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
    b'<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
    b'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    b'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="%s"/>'
    b"</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The cells a frame begins and ends in, from 0, and how far into them in EMU (12,700 a point)."""

    from_col: int
    from_row: int
    to_col: int
    to_row: int
    from_col_off: int = 0
    from_row_off: int = 0
    to_col_off: int = 0
    to_row_off: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """One chart on the sheet.

    ``chart_rel`` is the id of the drawing's relationship to the chart part; ``anchor_kind`` is
    "twoCellAnchor", "oneCellAnchor" or "absoluteAnchor", and only the first has an ``anchor``.
    """

    name: str
    shape_id: int
    chart_rel: str | None
    anchor_kind: str
    anchor: Anchor | None


def new_drawing() -> bytes:
    """A drawing part without any shape."""
    return _EMPTY


def frames(data: bytes) -> list[Frame]:
    """The charts of a drawing, in order; those inside a group of shapes are not among them."""
    return list(_frames(data))


@lru_cache(maxsize=4)  # a chart is found by its name each time that it is asked for anything
def _frames(data: bytes) -> tuple[Frame, ...]:
    return tuple(_frame(data, anchor, frame) for anchor, frame in _chart_frames(kept(data)))


def add_chart(data: bytes, name: str, rel_id: str, anchor: Anchor, description: str | None = None) -> bytes:
    """The drawing with one more chart on top of all shapes; ``description`` is its alternative text.

    Raises UnsafeEdit for a drawing of the Strict kind, whose charts are of another kind as well.
    """
    root = kept(data)
    if root.namespace == _STRICT_DRAWING:
        raise UnsafeEdit(
            "This workbook is saved as Strict Open XML, to which no chart can be added here; "
            "save it in Excel as an ordinary workbook first."
        )
    alternative = b' descr="%s"' % escape_attribute(description) if description else b""
    xml = _FRAME % (
        _corners(anchor),
        _fresh_id(root),
        escape_attribute(name),
        alternative,
        escape_attribute(rel_id),
    )
    return splice(data, [append_child(data, root, fragment(root, xml, _NAMESPACES))])


def rename(data: bytes, old: str, new: str) -> bytes:
    """The drawing with one chart under another name. Raises KeyError if there is no such chart."""
    frame = _named(kept(data), old)
    return splice(data, [set_attribute(data, _properties(frame), "name", new)])


def _corners(anchor: Anchor) -> bytes:
    top = (anchor.from_col, anchor.from_col_off, anchor.from_row, anchor.from_row_off)
    bottom = (anchor.to_col, anchor.to_col_off, anchor.to_row, anchor.to_row_off)
    return _CORNER % (b"from", *top, b"from") + _CORNER % (b"to", *bottom, b"to")


def _chart_frames(root: Node) -> list[tuple[Node, Node]]:
    """Each anchor that holds a chart, with the chart's frame."""
    anchors = [child for child in root.children if child.local in _ANCHORS]
    pairs = [(anchor, frame) for anchor in anchors for frame in anchor.all("graphicFrame")]
    return [(anchor, frame) for anchor, frame in pairs if _chart(frame)]


def _chart(frame: Node) -> Node | None:
    """The reference to a chart part inside a frame; None where it holds something else."""
    return next((n for n in frame.walk() if n.local == "chart" and n.namespace in _CHARTS), None)


def _properties(frame: Node) -> Node:
    found = next((n for n in frame.walk() if n.local == "cNvPr"), None)
    if found is None:
        raise UnsafeEdit(
            "A chart in the workbook has no name and number; open the file in Excel and save it."
        )
    return found


def _named(root: Node, name: str) -> Node:
    for _, frame in _chart_frames(root):
        if _properties(frame).attributes.get("name") == name:
            return frame
    raise KeyError(name)


def _frame(data: bytes, anchor: Node, frame: Node) -> Frame:
    properties, chart = _properties(frame), _chart(frame)
    ids = (chart.attribute("id", uri) for uri in _RELATIONSHIPS) if chart else ()
    return Frame(
        name=properties.attributes.get("name", ""),
        shape_id=properties.number("id", 0),
        chart_rel=next((rel for rel in ids if rel), None),
        anchor_kind=anchor.local,
        anchor=_anchor(data, anchor),
    )


def _anchor(data: bytes, anchor: Node) -> Anchor | None:
    start, end = anchor.find("from"), anchor.find("to")
    if start is None or end is None:
        return None
    first, last = _corner(data, start), _corner(data, end)
    return Anchor(
        from_col=first["col"],
        from_row=first["row"],
        to_col=last["col"],
        to_row=last["row"],
        from_col_off=first["colOff"],
        from_row_off=first["rowOff"],
        to_col_off=last["colOff"],
        to_row_off=last["rowOff"],
    )


def _corner(data: bytes, corner: Node) -> dict[str, int]:
    """The four numbers of a corner; offsets may also be written as lengths such as "3pt"."""
    found = {child.local: _emu(child.text(data).strip()) for child in corner.children}
    if missing := {"col", "colOff", "row", "rowOff"} - set(found):
        raise DamagedBook(
            f"A chart in the workbook does not say where it lies ({', '.join(sorted(missing))} is missing); "
            "open the file in Excel and repair it."
        )
    return found


def _emu(text: str) -> int:
    found = re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)(|in|cm|mm|pt|pc|pi)", text)
    if found is None:
        raise UnsafeEdit(f"A shape in the workbook lies at {text!r}, which is no length; move it in Excel.")
    return round(float(found[1]) * _EMU[found[2]])


def _fresh_id(root: Node) -> int:
    """A shape id that no shape of the drawing has; Excel's own begin with 2."""
    ids = (node.attributes.get("id", "") for node in root.walk() if node.local == "cNvPr")
    return max((int(number) for number in ids if number.isdecimal()), default=1) + 1
