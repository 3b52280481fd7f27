"""The elements of a chart part: where they are, and edits that put new ones where the schema wants them."""

from typing import Final

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.xml.spans import Edit, append_child, fragment, set_attribute
from hscb_xl.ooxml.xml.tree import Node, kept

TRANSITIONAL: Final = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_STRICT: Final = {
    "c": "http://purl.oclc.org/ooxml/drawingml/chart",
    "a": "http://purl.oclc.org/ooxml/drawingml/main",
}
NAMESPACES: Final = {names["c"]: names for names in (TRANSITIONAL, _STRICT)}
_CACHES: Final = frozenset({"strCache", "numCache", "multiLvlStrCache"})
_BESIDE_SHAPES: Final = _CACHES | frozenset(
    "title legend catAx valAx dateAx serAx tx cat val xVal yVal dLbls txPr extLst".split()
)
_AXIS_ORDER: Final = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt"
)
_ORDERS: Final = {
    parent: tuple(children.split())
    for parent, children in {
        "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend",
        "title": "tx layout overlay spPr txPr",
        "legend": "legendPos legendEntry layout overlay",
        "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
        "ser": "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape",
        "spPr": "xfrm custGeom prstGeom solidFill ln",
        "scaling": "logBase orientation max min",
        "catAx": _AXIS_ORDER,
        "dateAx": _AXIS_ORDER,
        "valAx": _AXIS_ORDER,
        "strRef": "f strCache",
        "numRef": "f numCache",
    }.items()
}
"""The schema's order of the children that are inserted, ECMA-376 part 1, sections 20.1 and 21.2."""


def chart_of(data: bytes) -> Node:
    """The chart element of a part. Raises UnsafeEdit if this is no chart of the ordinary kind."""
    return _chart_of(kept(data))


def outline_of(data: bytes) -> Node:
    """As ``chart_of``, without what the chart remembers of its cells, which is most of a part."""
    return _chart_of(kept(data, _CACHES))


def shapes_of(data: bytes) -> Node:
    """As ``chart_of``, with the shape of each series and hardly anything else."""
    return _chart_of(kept(data, _BESIDE_SHAPES))


def _chart_of(root: Node) -> Node:
    chart = root.find("chart")
    if root.local != "chartSpace" or root.namespace not in NAMESPACES or chart is None:
        raise UnsafeEdit("One chart is of a newer kind that cannot be edited here; change it in Excel.")
    return chart


def groups(chart: Node | None) -> list[Node]:
    """The chart groups of the plot area: one, or several where bars and lines are combined."""
    plot = chart and chart.find("plotArea")
    return [child for child in plot.children if child.local.endswith("Chart")] if plot else []


def plain_bars(chart: Node) -> Node:
    """The one group of bars of a chart. Raises UnsafeEdit for every other kind of chart."""
    found = groups(chart)
    pivot = chart.parent and chart.parent.find("pivotSource")
    if pivot or len(found) != 1 or found[0].local != "barChart":
        raise UnsafeEdit(
            "One chart is not a plain bar or column chart of cells, and so its data and type can only be "
            "changed in Excel."
        )
    return found[0]


def all_series(chart: Node) -> list[Node]:
    """The series of all groups, in order."""
    return [node for group in groups(chart) for node in group.all("ser")]


def axes(chart: Node) -> list[Node]:
    """The axes of the plot area, those for the depth of a chart left out."""
    plot = chart.find("plotArea")
    known = ("catAx", "dateAx", "valAx")
    return [child for child in plot.children if child.local in known] if plot else []


def value(node: Node, local: str) -> str | None:
    """The ``val`` of a child, None where there is no such child."""
    child = node.find(local)
    return child.attributes.get("val") if child else None


def is_on(flag: Node | None) -> bool:
    """Whether a flag is set; one without a value is."""
    return flag is not None and flag.attributes.get("val", "1") in ("1", "true")


def insert(data: bytes, parent: Node, local: str, xml: bytes) -> Edit:
    """The edit that puts a new child where the schema wants it."""
    xml = fragment(parent, xml, NAMESPACES[parent.namespace])
    if parent.is_empty_tag:
        return append_child(data, parent, xml)
    order = _ORDERS[parent.local]
    before = order[: order.index(local) + 1]
    at = max((child.end for child in parent.children if child.local in before), default=parent.start_end)
    return at, at, xml


def replace(old: Node, xml: bytes) -> Edit:
    """The edit that puts XML of ours in the place of an element."""
    parent = old.parent
    return old.start, old.end, fragment(parent, xml, NAMESPACES[parent.namespace]) if parent else xml


def set_value(data: bytes, parent: Node, local: str, value: str) -> Edit:
    """The edit that gives a child its ``val``, adding the child if need be."""
    child = parent.find(local)
    if child:
        return set_attribute(data, child, "val", value)
    return insert(data, parent, local, b'<c:%s val="%s"/>' % (local.encode(), value.encode()))
