"""Bar and column charts written anew, whole and in pieces.

The names of chart types and legend positions are those of xlwings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.drawings import charttree
from hscb_xl.ooxml.xml.spans import escape_text

TYPES: Final = {
    "bar_clustered": ("bar", "clustered"),
    "bar_stacked": ("bar", "stacked"),
    "bar_stacked_100": ("bar", "percentStacked"),
    "column_clustered": ("col", "clustered"),
    "column_stacked": ("col", "stacked"),
    "column_stacked_100": ("col", "percentStacked"),
}
POSITIONS: Final = {"bottom": "b", "corner": "tr", "left": "l", "right": "r", "top": "t"}
_HEAD: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace xmlns:c="%s" xmlns:a="%s">'
    b'<c:roundedCorners val="0"/><c:chart>'
)
_TAIL: Final = (
    b'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
    b'<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
    b'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr>'
    b'<a:endParaRPr lang="en-GB"/></a:p></c:txPr></c:chartSpace>'
)
_LINE: Final = b'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr>'
_GRID: Final = b"<c:majorGridlines>%s</c:majorGridlines>" % (_LINE % b"D9D9D9")
_CATEGORY_AXIS: Final = (
    b'<c:catAx><c:axId val="500000001"/><c:scaling><c:orientation val="%s"/></c:scaling><c:delete val="0"/>'
    b'<c:axPos val="%s"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
    b'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s<c:crossAx val="500000002"/>'
    b'<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
    b'<c:noMultiLvlLbl val="1"/></c:catAx>'
)
_VALUE_AXIS: Final = (
    b'<c:valAx><c:axId val="500000002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
    b'<c:delete val="0"/><c:axPos val="%s"/>%s<c:numFmt formatCode="%s" sourceLinked="0"/>'
    b'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    b'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="500000001"/><c:crosses val="%s"/>'
    b'<c:crossBetween val="between"/></c:valAx>'
)
_VALUE_LABELS: Final = (
    b'<c:dLbls><c:numFmt formatCode="0;-0;;" sourceLinked="0"/>'
    b"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    b'<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
)
_PARAGRAPH: Final = (
    b'<a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr>'
    b'<a:r><a:rPr lang="en-GB" sz="1200" b="1"/><a:t>%s</a:t></a:r></a:p>'
)


@dataclass(frozen=True, slots=True)
class SeriesRef:
    """The cells one series is drawn from, as references such as ``Summary!$B$4:$B$9``.

    ``value_ref`` is empty where a foreign chart holds its numbers itself.
    """

    name_ref: str | None
    category_ref: str | None
    value_ref: str


def render(
    chart_type: str,
    series: Sequence[SeriesRef],
    title: str | None = None,
    legend: str | None = "bottom",
    *,
    show_values: bool = False,
) -> bytes:
    """A whole chart part.

    The first category of a bar chart is at the top, as in the table it is drawn from. The value
    axis counts in whole numbers. ``show_values`` writes each value other than nought on its bar.
    Raises UnsafeEdit for a chart type or legend position that is not known.
    """
    direction, grouping = settings(chart_type)
    bars = b"".join(series_xml(index, index, ref, show_values) for index, ref in enumerate(series))
    overlap = b"" if grouping == "clustered" else b'<c:overlap val="100"/>'
    return b"".join(
        (
            _HEAD % (charttree.TRANSITIONAL["c"].encode(), charttree.TRANSITIONAL["a"].encode()),
            title_xml(title) if title else b"",
            b'<c:autoTitleDeleted val="%d"/><c:plotArea><c:layout/><c:barChart>' % (not title),
            b'<c:barDir val="%s"/><c:grouping val="%s"/>' % (direction.encode(), grouping.encode()),
            b'<c:varyColors val="0"/>%s<c:gapWidth val="60"/>%s' % (bars, overlap),
            b'<c:axId val="500000001"/><c:axId val="500000002"/></c:barChart>',
            _axes(direction == "bar", grouping == "percentStacked"),
            b"</c:plotArea>",
            legend_xml(legend) if legend else b"",
            _TAIL,
        )
    )


def settings(name: str) -> tuple[str, str]:
    """The direction and the grouping that a chart type is written as."""
    if name not in TYPES:
        raise UnsafeEdit(
            f"A chart of the type {name!r} cannot be made here; choose one of {', '.join(TYPES)}."
        )
    return TYPES[name]


def position_code(name: str) -> str:
    """The schema's word for a place of the legend. Raises UnsafeEdit for one that is not known."""
    if name not in POSITIONS:
        raise UnsafeEdit(f"A legend cannot be put at {name!r}; choose one of {', '.join(POSITIONS)}.")
    return POSITIONS[name]


def legend_xml(position: str) -> bytes:
    """A legend beside the bars."""
    code = position_code(position).encode()
    return b'<c:legend><c:legendPos val="%s"/><c:overlay val="0"/></c:legend>' % code


def title_xml(text: str) -> bytes:
    """A title above the bars."""
    return b'<c:title>%s<c:overlay val="0"/></c:title>' % title_words(text)


def title_words(text: str) -> bytes:
    """The words of a title, a paragraph for each line."""
    paragraphs = b"".join(_PARAGRAPH % escape_text(line) for line in text.split("\n"))
    return b"<c:tx><c:rich><a:bodyPr/><a:lstStyle/>%s</c:rich></c:tx>" % paragraphs


def series_xml(index: int, order: int, ref: SeriesRef, show_values: bool) -> bytes:
    """One series, its colour left to the program that draws it."""
    sources = {part: source_xml(part, formula) for part, formula in formulas_of(ref).items()}
    return b"".join(
        (
            b'<c:ser><c:idx val="%d"/><c:order val="%d"/>' % (index, order),
            sources["tx"],
            b'<c:invertIfNegative val="0"/>',
            _VALUE_LABELS if show_values else b"",
            sources["cat"],
            sources["val"],
            b"</c:ser>",
        )
    )


def formulas_of(ref: SeriesRef) -> dict[str, str]:
    """The formula of each element that points to cells; empty where the series has none."""
    formulas = {"tx": ref.name_ref, "cat": ref.category_ref, "val": ref.value_ref}
    return {part: (formula or "").removeprefix("=") for part, formula in formulas.items()}


def source_xml(part: str, formula: str) -> bytes:
    """The name, the categories or the values of a series; nothing where there is no formula."""
    if not formula:
        return b""
    kind = b"numRef" if part == "val" else b"strRef"
    return b"<c:%s><c:%s><c:f>%s</c:f></c:%s></c:%s>" % (
        part.encode(), kind, escape_text(formula), kind, part.encode(),
    )  # fmt: skip


def _axes(sideways: bool, percent: bool) -> bytes:
    """Both axes; those of bars that lie run down from the top, their value axis stays at the bottom."""
    number = b"0%" if percent else b"0"
    line = _LINE % b"A6A6A6"
    if sideways:
        return _CATEGORY_AXIS % (b"maxMin", b"l", line) + _VALUE_AXIS % (b"b", _GRID, number, b"max")
    return _CATEGORY_AXIS % (b"minMax", b"b", line) + _VALUE_AXIS % (b"l", _GRID, number, b"autoZero")
