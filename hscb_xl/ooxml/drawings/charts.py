"""Bar and column charts as parts of a workbook, read and changed by byte spans.

Charts made by others keep every byte that a change does not concern. The names of chart types and
legend positions are those of xlwings.
"""

from collections.abc import Sequence
from typing import Final

from hscb_xl.ooxml.drawings import charttemplates, charttree
from hscb_xl.ooxml.drawings.charttemplates import SeriesRef
from hscb_xl.ooxml.xml.spans import Edit, append_child, escape_text, set_attribute, splice
from hscb_xl.ooxml.xml.tree import Node, kept

_TYPE_NAMES: Final = {settings: name for name, settings in charttemplates.TYPES.items()}
_POSITION_NAMES: Final = {code: name for name, code in charttemplates.POSITIONS.items()}
_FILLS: Final = frozenset({"noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"})


def chart_type(data: bytes) -> str:
    """The xlwings name of the chart's type, "unknown" for all that is not one plain bar chart."""
    root = kept(data)
    groups = charttree.groups(root.find("chart")) if root.namespace in charttree.NAMESPACES else []
    if len(groups) != 1 or groups[0].local != "barChart":
        return "unknown"
    direction = charttree.value(groups[0], "barDir") or "col"
    grouping = charttree.value(groups[0], "grouping") or "clustered"
    return _TYPE_NAMES.get((direction, grouping), "unknown")


def title(data: bytes) -> str | None:
    """The title's text, with a line break between its paragraphs; None if it has none of its own."""
    node = charttree.chart_of(data).find("title")
    words = node and node.find("tx")
    if not words:
        return None
    rich = words.find("rich")
    if rich:
        return "\n".join(_line(data, paragraph) for paragraph in rich.all("p"))
    return "".join(point.text(data) for point in words.walk() if point.local == "v") or None


def series(data: bytes) -> list[SeriesRef]:
    """The references of each series, in the order of the part."""
    return [_series_ref(data, node) for node in charttree.all_series(charttree.outline_of(data))]


def count(data: bytes) -> int:
    """How many series there are."""
    return len(charttree.all_series(charttree.shapes_of(data)))


def series_fill(data: bytes, index: int) -> tuple[int, int, int] | None:
    """The plain colour of a series as red, green and blue; None if it is automatic or of a theme."""
    shape = charttree.all_series(charttree.shapes_of(data))[index].find("spPr")
    fill = shape and shape.find("solidFill")
    colour = fill and fill.find("srgbClr")
    if not colour or colour.children:
        return None
    red, green, blue = bytes.fromhex(colour.attributes["val"])
    return red, green, blue


def legend_position(data: bytes) -> str | None:
    """Where the legend is, in xlwings' words; None without a legend."""
    legend = charttree.outline_of(data).find("legend")
    return _POSITION_NAMES.get(charttree.value(legend, "legendPos") or "r") if legend else None


def set_series(data: bytes, series: Sequence[SeriesRef]) -> bytes:
    """The part drawn from other cells; what changes loses its cached values (see ``set_cached``).

    The n-th series keeps its look; series too many are taken away from the end, new ones put there.
    Raises UnsafeEdit unless this is one plain bar or column chart.
    """
    chart = charttree.outline_of(data)
    bars = charttree.plain_bars(chart)
    nodes = bars.all("ser")
    edits = [edit for node, ref in zip(nodes, series, strict=False) for edit in _refer(data, node, ref)]
    if len(series) < len(nodes):
        edits += _drop_series(chart, nodes, len(series))
    elif len(series) > len(nodes):
        edits += _add_series(data, bars, nodes, series[len(nodes) :])
    return splice(data, edits)


def set_title(data: bytes, text: str | None) -> bytes:
    """The part with another title, in the look of the old one where that is of one piece."""
    chart = charttree.outline_of(data)
    node = chart.find("title")
    deleted = charttree.is_on(chart.find("autoTitleDeleted"))
    edits = (
        []
        if deleted is not bool(text)
        else [charttree.set_value(data, chart, "autoTitleDeleted", "01"[not text])]
    )
    if not text:
        edits += [(node.start, node.end, b"")] if node else []
    elif not node:
        edits.insert(0, charttree.insert(data, chart, "title", charttemplates.title_xml(text)))
    elif title(data) != text:
        edits.append(_retitle(data, node, text))
    return splice(data, edits)


def set_series_fill(data: bytes, index: int, rgb: tuple[int, int, int]) -> bytes:
    """The part with one series in a plain colour. Raises IndexError if there is no such series."""
    if series_fill(data, index) == tuple(rgb):
        return data
    node = charttree.all_series(charttree.shapes_of(data))[index]
    fill = b'<a:solidFill><a:srgbClr val="%02X%02X%02X"/></a:solidFill>' % rgb
    shape = node.find("spPr")
    if not shape:
        return splice(data, [charttree.insert(data, node, "spPr", b"<c:spPr>%s</c:spPr>" % fill)])
    old = next((child for child in shape.children if child.local in _FILLS), None)
    if old:
        return splice(data, [charttree.replace(old, fill)])
    return splice(data, [charttree.insert(data, shape, "solidFill", fill)])


def set_legend_position(data: bytes, position: str | None) -> bytes:
    """The part with its legend elsewhere, or without one; a place dragged by hand is given up.

    Raises UnsafeEdit for a position that xlwings does not know.
    """
    if position == legend_position(data):
        return data
    chart = charttree.outline_of(data)
    legend = chart.find("legend")
    if not legend:
        return splice(
            data, [charttree.insert(data, chart, "legend", charttemplates.legend_xml(position or ""))]
        )
    if position is None:
        return splice(data, [(legend.start, legend.end, b"")])
    dragged = [(layout.start, layout.end, b"") for layout in legend.all("layout")]
    return splice(
        data,
        [charttree.set_value(data, legend, "legendPos", charttemplates.position_code(position)), *dragged],
    )


def set_chart_type(data: bytes, name: str) -> bytes:
    """The part as another of the six types; axes change sides when bars become columns.

    Raises UnsafeEdit for other types, and for a chart that is not one plain bar or column chart.
    """
    direction, grouping = charttemplates.settings(name)
    before = chart_type(data)
    if before == name:
        return data
    chart = charttree.outline_of(data)
    bars = charttree.plain_bars(chart)
    edits = [
        charttree.set_value(data, bars, "barDir", direction),
        charttree.set_value(data, bars, "grouping", grouping),
    ]
    edits += _stack(data, bars, grouping != "clustered")
    for axis in charttree.axes(chart):
        if direction != charttree.value(bars, "barDir"):
            edits += _turn(data, axis, direction == "bar")
        edits += _count_in(data, axis, grouping == "percentStacked")
    return splice(data, edits)


def _line(data: bytes, paragraph: Node) -> str:
    """The words of a paragraph, without the white space that a part may be laid out with."""
    pieces = (node for node in paragraph.walk() if node.local in ("t", "br"))
    return "".join(piece.text(data) if piece.local == "t" else "\n" for piece in pieces)


def _series_ref(data: bytes, node: Node) -> SeriesRef:
    return SeriesRef(
        name_ref=_formula(data, node.find("tx")),
        category_ref=_formula(data, node.find("cat") or node.find("xVal")),
        value_ref=_formula(data, node.find("val") or node.find("yVal")) or "",
    )


def _formula(data: bytes, source: Node | None) -> str | None:
    """The reference inside c:tx, c:cat or c:val; None for words and numbers that are written there."""
    for kind in source.children if source else ():
        formula = kind.find("f")
        if formula:
            return formula.text(data).strip()
    return None


def _retitle(data: bytes, node: Node, text: str) -> Edit:
    """The edit of a title's words; its look is kept if all of them are one run of text."""
    words = node.find("tx")
    runs = [run for run in node.walk() if run.local == "t"]
    if words is None:
        return charttree.insert(data, node, "tx", charttemplates.title_words(text))
    if len(runs) != 1 or "\n" in text:
        return charttree.replace(words, charttemplates.title_words(text))
    if runs[0].is_empty_tag:
        return append_child(data, runs[0], escape_text(text))
    return runs[0].start_end, runs[0].content_end, escape_text(text)


def _refer(data: bytes, node: Node, ref: SeriesRef) -> list[Edit]:
    """The edits that draw one series from other cells."""
    edits = []
    before = charttemplates.formulas_of(_series_ref(data, node))
    for part, formula in charttemplates.formulas_of(ref).items():
        old = node.find(part)
        if formula == before[part]:
            continue
        if old is None:
            edits.append(charttree.insert(data, node, part, charttemplates.source_xml(part, formula)))
        else:
            edits.append(charttree.replace(old, charttemplates.source_xml(part, formula)))
    return edits


def _drop_series(chart: Node, nodes: list[Node], count: int) -> list[Edit]:
    """The edits that leave only the first series, and no legend entry of one that went."""
    legend = chart.find("legend")
    entries = legend.all("legendEntry") if legend else []
    stale = [entry for entry in entries if _index(entry) >= count]
    return [(node.start, node.end, b"") for node in (*nodes[count:], *stale)]


def _index(entry: Node) -> int:
    node = entry.find("idx")
    return node.number("val", 0) if node else 0


def _add_series(data: bytes, bars: Node, nodes: list[Node], refs: Sequence[SeriesRef]) -> list[Edit]:
    """The edits that add series, numbered behind all others, those that are filtered out included."""
    index, order = _next_number(bars, "idx"), _next_number(bars, "order")
    labels = bool(nodes) and nodes[-1].find("dLbls") is not None
    new = (
        charttemplates.series_xml(index + more, order + more, ref, labels) for more, ref in enumerate(refs)
    )
    return [charttree.insert(data, bars, "ser", xml) for xml in new]


def _next_number(bars: Node, local: str) -> int:
    """One more than the highest number that a series has, wherever it is kept."""
    taken = (n for n in bars.walk() if n.local == local and n.parent and n.parent.local == "ser")
    return max((n.number("val") for n in taken), default=-1) + 1


def _stack(data: bytes, bars: Node, stacked: bool) -> list[Edit]:
    """The edits that put bars behind or upon one another.

    Excel calls a stacked chart with labels beyond the end of its bars damaged, so those move inside.
    """
    overlap = bars.find("overlap")
    if not stacked:
        return [(overlap.start, overlap.end, b"")] if overlap else []
    outside = [n for n in bars.walk() if n.local == "dLblPos" and n.attributes.get("val") == "outEnd"]
    return [charttree.set_value(data, bars, "overlap", "100")] + [
        set_attribute(data, label, "val", "ctr") for label in outside
    ]


def _turn(data: bytes, axis: Node, sideways: bool) -> list[Edit]:
    """The edits that move an axis where bars that lie, or columns that stand, have it."""
    if axis.local == "valAx":
        edits = [charttree.set_value(data, axis, "axPos", "b" if sideways else "l")]
        if axis.find("crossesAt"):
            return edits
        return [*edits, charttree.set_value(data, axis, "crosses", "max" if sideways else "autoZero")]
    scaling = axis.find("scaling")
    turned = (
        [charttree.set_value(data, scaling, "orientation", "maxMin" if sideways else "minMax")]
        if scaling
        else []
    )
    return [*turned, charttree.set_value(data, axis, "axPos", "l" if sideways else "b")]


def _count_in(data: bytes, axis: Node, percent: bool) -> list[Edit]:
    """The edit that makes a value axis of plain numbers one of percentages, or back."""
    number = axis.find("numFmt")
    if axis.local != "valAx" or not number or number.attributes.get("formatCode") not in ("0", "0%"):
        return []
    return [set_attribute(data, number, "formatCode", "0%" if percent else "0")]
