"""Colour scales, data bars and icon sets: conditional formats that show how large a value is.

What Excel 2007 could not say of them (solid bars, automatic ends, three of the icon sets) stands in the
sheet's extension list: for a data bar as its other half, for an icon set as the whole rule ([MS-XLSX] 2.6).
"""

from dataclasses import dataclass

from hscb_xl.ooxml.rules import extensions
from hscb_xl.ooxml.styles import looks, palette
from hscb_xl.ooxml.styles.looks import Colour
from hscb_xl.ooxml.xml import spans, tree

KINDS = ("colorScale", "dataBar", "iconSet")
LATER_ICONS = ("3Stars", "3Triangles", "5Boxes")
"""The icon sets of Excel 2010."""
_LINK = (
    '<extLst><ext xmlns:x14="%s" uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}">'
    "<x14:id>%s</x14:id></ext></extLst>"
)
_AUTOMATIC = {"autoMin": "min", "autoMax": "max"}


@dataclass(frozen=True, slots=True)
class Point:
    """Where a colour, a bar's end or an icon begins; ``kind`` is the file's word, such as "percent"."""

    kind: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Visual:
    """What such a rule shows; ``icons`` is the file's name of a set, ``colours`` belong to the points."""

    kind: str
    points: tuple[Point, ...]
    colours: tuple[Colour, ...] = ()
    icons: str | None = None
    shows_value: bool = True
    gradient: bool = True
    reverse: bool = False

    @property
    def is_later(self) -> bool:
        """Whether Excel 2007 has no such rule at all."""
        return self.icons in LATER_ICONS


def read(data: bytes, node: tree.Node, half: tree.Node | None = None) -> Visual | None:
    """What a rule shows, None for rules of another kind; ``half`` is its other one in the extension list."""
    inner = node.find(node.attributes.get("type", ""))
    if inner is None or inner.local not in KINDS:
        return None
    later = half.find("dataBar") if half else None
    points = (later or inner).all("cfvo")
    return Visual(
        inner.local,
        tuple(_point(data, point) for point in points),
        tuple(palette.colour_of(child) for child in inner.children if child.local in ("color", "fillColor")),
        inner.attributes.get("iconSet", "3TrafficLights1") if inner.local == "iconSet" else None,
        inner.attributes.get("showValue", "1") not in ("0", "false"),
        (later or inner).attributes.get("gradient", "1") not in ("0", "false"),
        inner.is_on("reverse"),
    )


def rule_xml(visual: Visual, priority: int, identity: str) -> str:
    """The rule in the sheet's own list, without prefixes; ``identity`` ties a data bar to its other half."""
    tail = _LINK % (extensions.X14, identity) if visual.kind == "dataBar" else ""
    body = "".join(_old_point(point) for point in visual.points) + _colours(visual)
    return (
        f'<cfRule type="{visual.kind}" priority="{priority}"><{visual.kind}{_attributes(visual)}>{body}'
        f"</{visual.kind}>{tail}</cfRule>"
    )


def half_xml(visual: Visual, identity: str) -> bytes:
    """A data bar's other half, with the prefixes x14 and xm."""
    points = "".join(_later_point(point) for point in visual.points)
    gradient = "" if visual.gradient else ' gradient="0"'
    return (
        f'<x14:cfRule type="dataBar" id="{identity}">'
        f'<x14:dataBar minLength="0" maxLength="100"{_attributes(visual)}{gradient}>{points}'
        '<x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule>'
    ).encode()


def later_xml(visual: Visual, priority: int, identity: str) -> bytes:
    """A rule that only the extension list can hold, with the prefixes x14 and xm."""
    points = "".join(_later_point(point) for point in visual.points)
    return (
        f'<x14:cfRule type="{visual.kind}" priority="{priority}" id="{identity}">'
        f"<x14:{visual.kind}{_attributes(visual)}>{points}</x14:{visual.kind}></x14:cfRule>"
    ).encode()


def _point(data: bytes, node: tree.Node) -> Point:
    formula = node.find("f")
    value = formula.text(data) if formula else node.attributes.get("val")
    return Point(node.attributes.get("type", ""), value)


def _attributes(visual: Visual) -> str:
    said = f' iconSet="{visual.icons}"' if visual.icons else ""
    said += "" if visual.shows_value else ' showValue="0"'
    return said + (' reverse="1"' if visual.reverse else "")


def _colours(visual: Visual) -> str:
    return "".join(f"<color{looks.attributes_xml(dict(colour))}/>" for colour in visual.colours)


def _old_point(point: Point) -> str:
    value = "" if point.value is None else f' val="{_attribute(point.value)}"'
    return f'<cfvo type="{_AUTOMATIC.get(point.kind, point.kind)}"{value}/>'


def _later_point(point: Point) -> str:
    if point.value is None:
        return f'<x14:cfvo type="{point.kind}"/>'
    return f'<x14:cfvo type="{point.kind}"><xm:f>{spans.escape_text(point.value).decode()}</xm:f></x14:cfvo>'


def _attribute(value: str) -> str:
    return spans.escape_attribute(value).decode()
