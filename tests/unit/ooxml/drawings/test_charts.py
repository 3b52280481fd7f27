"""Charts made here and charts made elsewhere, read and changed; nothing else in them moves."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart.bar_chart import BarChart
from openpyxl.chart.line_chart import LineChart
from openpyxl.chart.reference import Reference

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.drawings import chartcache, charts, charttemplates
from hscb_xl.ooxml.drawings.charttemplates import SeriesRef
from hscb_xl.ooxml.xml.tree import parse

TYPES = [
    f"{direction}_{grouping}"
    for direction in ("bar", "column")
    for grouping in ("clustered", "stacked", "stacked_100")
]
SERIES = [
    SeriesRef(f"Summary!${column}$1", "Summary!$A$2:$A$4", f"Summary!${column}$2:${column}$4")
    for column in "BCD"
]
CELLS: dict[str, list[object]] = {
    "Summary!$A$2:$A$4": ["QA & <Sub> Group", 4.0, None],
    "Summary!$B$2:$B$4": [3.0, 0, None],
    "Summary!$C$2:$C$4": [1.5, "none", True],
    "Summary!$D$2:$D$4": [1e-7, float("nan"), 12345678.0],
    "Summary!$B$1": ["Red"],
    "Summary!$C$1": ["Amber"],
    "Summary!$D$1": ["Green"],
}


def foreign(chart: BarChart | LineChart) -> bytes:
    """A chart as openpyxl writes it: the chart's namespace is the default one, a: is not declared."""
    book = openpyxl.Workbook()
    chart.add_data(
        Reference(book.worksheets[0], min_col=2, max_col=3, min_row=1, max_row=4), titles_from_data=True
    )
    chart.set_categories(Reference(book.worksheets[0], min_col=1, min_row=2, max_row=4))
    book.worksheets[0].add_chart(chart)
    stream = BytesIO()
    book.save(stream)
    with ZipFile(stream) as package:
        return package.read("xl/charts/chart1.xml")


OURS = charttemplates.render("bar_stacked", SERIES, "Ratings", show_values=True)
FOREIGN = foreign(BarChart())
LINES = foreign(LineChart())
PREFIXED = OURS.replace(b"c:", b"k:").replace(b":c=", b":k=").replace(b"a:", b"d:").replace(b":a=", b":d=")
EVERY = pytest.mark.parametrize("data", [OURS, FOREIGN, PREFIXED], ids=["ours", "foreign", "prefixed"])


@pytest.mark.parametrize("name", TYPES)
def test_what_is_rendered_reads_back(name: str) -> None:
    data = charttemplates.render(name, SERIES, "Ratings &\n<groups>", "right")
    assert charts.chart_type(data) == name
    assert charts.series(data) == SERIES
    assert charts.title(data) == "Ratings &\n<groups>"
    assert charts.legend_position(data) == "right"


@pytest.mark.parametrize("before", TYPES)
@pytest.mark.parametrize("after", TYPES)
def test_a_type_changed_is_the_type_rendered(before: str, after: str) -> None:
    changed = charts.set_chart_type(charttemplates.render(before, SERIES), after)
    assert changed == charttemplates.render(after, SERIES)


def test_labels_beyond_a_bar_move_inside_when_it_is_stacked() -> None:
    labels = b'<c:dLbls><c:dLblPos val="outEnd"/></c:dLbls><c:gapWidth'
    data = charttemplates.render("column_clustered", SERIES).replace(b"<c:gapWidth", labels)
    assert b"outEnd" in charts.set_chart_type(data, "bar_clustered")
    assert b"outEnd" not in charts.set_chart_type(data, "column_stacked")


@EVERY
def test_what_is_so_already_changes_no_byte(data: bytes) -> None:
    assert charts.set_chart_type(data, charts.chart_type(data)) == data
    assert charts.set_series(data, charts.series(data)) == data
    assert charts.set_legend_position(data, charts.legend_position(data)) == data
    titled = charts.set_title(data, "Ratings")
    assert charts.set_title(titled, "Ratings") == titled


SETTERS: dict[str, Callable[[bytes], bytes]] = {
    "title": lambda data: charts.set_title(data, "New & old"),
    "title of two lines": lambda data: charts.set_title(data, "New\nold"),
    "no title": lambda data: charts.set_title(data, None),
    "legend": lambda data: charts.set_legend_position(data, "corner"),
    "no legend": lambda data: charts.set_legend_position(data, None),
    "fill": lambda data: charts.set_series_fill(data, 1, (192, 0, 10)),
    "type": lambda data: charts.set_chart_type(data, "column_stacked_100"),
    "other cells": lambda data: charts.set_series(data, [SERIES[1], SERIES[0]]),
    "more series": lambda data: charts.set_series(data, [*SERIES, *SERIES]),
    "no series": lambda data: charts.set_series(data, []),
    "without names": lambda data: charts.set_series(data, [SeriesRef(None, None, "S!$A$1")] * 2),
    "cached": lambda data: chartcache.set_cached(data, lambda _: [1, "x", None]),
}


@EVERY
@pytest.mark.parametrize("setter", SETTERS)
def test_a_second_time_changes_no_byte(data: bytes, setter: str) -> None:
    once = SETTERS[setter](data)
    assert once != data
    assert SETTERS[setter](once) == once
    assert parse(once).namespace == parse(data).namespace
    axes = data[data.index(b"catAx") : data.rindex(b"valAx")]
    assert setter == "type" or axes in once


@EVERY
def test_the_setters_set_what_the_readers_read(data: bytes) -> None:
    changed = data
    for setter in ("title", "legend", "fill", "type"):
        changed = SETTERS[setter](changed)
    assert charts.title(changed) == "New & old"
    assert charts.legend_position(changed) == "corner"
    assert charts.chart_type(changed) == "column_stacked_100"
    assert charts.series_fill(changed, 1) == (192, 0, 10)
    assert charts.series_fill(changed, 0) is None
    assert charts.series(changed) == charts.series(data)
    bare = SETTERS["no title"](SETTERS["no legend"](changed))
    assert (charts.title(bare), charts.legend_position(bare)) == (None, None)


@EVERY
@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_series_come_and_go_at_the_end(data: bytes, count: int) -> None:
    wanted = (SERIES + SERIES)[:count]
    filled = charts.set_series_fill(data, 0, (1, 2, 3))
    changed = charts.set_series(filled, wanted)
    assert charts.series(changed) == wanted
    assert not wanted or charts.series_fill(changed, 0) == (1, 2, 3)
    places = [node for node in parse(changed).walk() if node.local == "idx"]
    assert len({node.attributes["val"] for node in places}) == count


def test_a_title_is_its_words_alone() -> None:
    data = OURS.replace(b"<a:r>", b"\n  <a:r>\n").replace(
        b"</a:r>", b"</a:r><a:br/><a:r><a:t>now</a:t></a:r>\n"
    )
    assert charts.title(data) == "Ratings\nnow"
    assert (
        charts.title(OURS.replace(b"<c:tx><c:rich>", b"<c:tx><c:none>").replace(b"rich>", b"none>")) is None
    )


def test_the_look_of_a_title_is_kept() -> None:
    data = OURS.replace(b'sz="1200" b="1"', b'sz="2000"')
    assert charts.set_title(data, "New") == data.replace(b">Ratings<", b">New<")


@pytest.mark.parametrize(
    ("shape", "filled"),
    [
        (b"<c:spPr/>", b"<c:spPr>FILL</c:spPr>"),
        (b"<c:spPr><a:ln/></c:spPr>", b"<c:spPr>FILL<a:ln/></c:spPr>"),
        (b"<c:spPr><a:noFill/><a:ln/></c:spPr>", b"<c:spPr>FILL<a:ln/></c:spPr>"),
        (
            b'<c:spPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></c:spPr>',
            b"<c:spPr>FILL</c:spPr>",
        ),
        (
            b'<c:spPr><a:solidFill><a:srgbClr val="0A0B0C"><a:alpha val="5"/></a:srgbClr></a:solidFill>'
            b"</c:spPr>",
            b"<c:spPr>FILL</c:spPr>",
        ),
        (b'<c:spPr><a:prstGeom prst="rect"/></c:spPr>', b'<c:spPr><a:prstGeom prst="rect"/>FILL</c:spPr>'),
    ],
)
def test_a_fill_takes_its_place_in_the_shape(shape: bytes, filled: bytes) -> None:
    at = b"</c:tx><c:invertIfNegative"
    data = OURS.replace(at, b"</c:tx>%s<c:invertIfNegative" % shape, 1)
    fill = b'<a:solidFill><a:srgbClr val="0A0B0C"/></a:solidFill>'
    expected = OURS.replace(at, b"</c:tx>%s<c:invertIfNegative" % filled.replace(b"FILL", fill), 1)
    assert charts.set_series_fill(data, 0, (10, 11, 12)) == expected


def test_values_are_cached_as_the_cells_hold_them() -> None:
    data = chartcache.set_cached(OURS, CELLS.get)
    points = [
        (node.parent.local, node.attributes["idx"], node.text(data))
        for node in parse(data).walk()
        if node.local == "pt" and node.parent
    ]
    categories = [("strCache", "0", "QA & <Sub> Group"), ("strCache", "1", "4")]
    assert points == [
        ("strCache", "0", "Red"), *categories, ("numCache", "0", "3"), ("numCache", "1", "0"),
        ("strCache", "0", "Amber"), *categories, ("numCache", "0", "1.5"),
        ("strCache", "0", "Green"), *categories, ("numCache", "0", "1e-07"), ("numCache", "2", "12345678"),
    ]  # fmt: skip
    assert data.count(b'<c:ptCount val="3"/>') == 6
    assert chartcache.set_cached(data, CELLS.get) == data
    assert chartcache.set_cached(data, lambda _: None) == data


def test_a_cache_that_says_the_same_in_other_words_stays() -> None:
    data = chartcache.set_cached(OURS, CELLS.get).replace(b">1.5<", b">1.5000000000000000E0<")
    data = data.replace(b">General</c:formatCode>", b">0.0</c:formatCode>")
    assert chartcache.set_cached(data, CELLS.get) == data
    again = chartcache.set_cached(data, lambda _: [9.0])
    assert again.count(b"<c:formatCode>0.0</c:formatCode>") == 3


def test_other_cells_lose_the_values_of_the_old_ones() -> None:
    data = chartcache.set_cached(OURS, CELLS.get)
    changed = charts.set_series(data, [*SERIES[:2], SeriesRef(*["=Summary!$E$1"] * 3)])
    assert b"Green" not in changed
    assert charts.series(changed)[2] == SeriesRef(*["Summary!$E$1"] * 3)
    assert changed.startswith(data[: data.index(b"$D$1") - 20])


def test_charts_of_other_kinds_are_read_and_their_data_is_left_alone() -> None:
    assert charts.chart_type(LINES) == "unknown"
    assert [ref.name_ref for ref in charts.series(LINES)] == ["'Sheet'!B1", "'Sheet'!C1"]
    assert charts.title(charts.set_title(LINES, "New")) == "New"
    for refused in ("other cells", "type"):
        with pytest.raises(UnsafeEdit, match="not a plain bar or column chart"):
            SETTERS[refused](LINES)
    pivot = OURS.replace(b"<c:chart>", b"<c:pivotSource/><c:chart>")
    with pytest.raises(UnsafeEdit, match="not a plain bar or column chart"):
        charts.set_series(pivot, SERIES[:1])


def test_newer_charts_and_unknown_words_are_refused() -> None:
    newer = b'<x:chartSpace xmlns:x="http://schemas.microsoft.com/office/drawing/2014/chartex"/>'
    assert charts.chart_type(newer) == "unknown"
    with pytest.raises(UnsafeEdit, match="newer kind"):
        charts.title(newer)
    with pytest.raises(UnsafeEdit, match="'pie' cannot be made"):
        charttemplates.render("pie", SERIES)
    with pytest.raises(UnsafeEdit, match="cannot be put at 'middle'"):
        charts.set_legend_position(OURS, "middle")
    with pytest.raises(IndexError):
        charts.set_series_fill(OURS, 3, (0, 0, 0))


@given(
    st.lists(st.none() | st.floats() | st.integers(-9, 9) | st.booleans() | st.sampled_from(["", "a&b", " "]))
)
def test_any_values_are_cached_once(values: list[object]) -> None:
    once = chartcache.set_cached(OURS, lambda _: values)
    assert chartcache.set_cached(once, lambda _: values) == once
