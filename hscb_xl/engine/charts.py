"""The charts of a sheet: bar and column charts are made and changed, all others are left as they are."""

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import xlwings as xw

from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.range import Range
from hscb_xl.ooxml.drawings import chartcache, chartparts, charts, charttemplates
from hscb_xl.ooxml.drawings import drawing as drawingxml
from hscb_xl.ooxml.drawings.charttemplates import SeriesRef
from hscb_xl.ooxml.drawings.drawing import Frame
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.styles.looks import Rgb

if TYPE_CHECKING:
    from hscb_xl.engine.sheet import Sheet

T = TypeVar("T")

_UNCHANGED = inspect.signature(xw.main.ChartSeries.set).parameters["fill_color"].default


class Charts(Declared):
    """The charts of a sheet in the order they are drawn."""

    __slots__ = ("parent",)

    def __init__(self, parent: "Sheet") -> None:
        self.parent = parent

    def __call__(self, name_or_index: str | int) -> "Chart":
        """The chart of that name or place; KeyError where there is none."""
        frames = self._frames()
        if isinstance(name_or_index, int):
            return Chart(self.parent, frames[name_or_index - 1].name)
        for frame in frames:
            if frame.name.lower() == name_or_index.lower():
                return Chart(self.parent, frame.name)
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return name.lower() in (frame.name.lower() for frame in self._frames())

    def __iter__(self) -> Iterator["Chart"]:
        return (Chart(self.parent, frame.name) for frame in self._frames())

    def __len__(self) -> int:
        return len(self._frames())

    def add(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        chart_type: str | None = None,
        source: Range | None = None,
        plot_by: str | None = None,
        name: str | None = None,
        anchor: Any = None,
        style: int | None = None,  # noqa: ARG002  # a gallery style is Excel's own drawing
    ) -> "Chart":
        """A bar or column chart of ``source``, its size in points."""
        if source is None:
            raise not_supported(self, "add() without a source")
        called, sheet = name or self._free_name(), self.parent.part
        chart = charttemplates.render(chart_type or "column_clustered", _series(source, plot_by))
        corner, offset = ((anchor.row, anchor.column), (0.0, 0.0)) if anchor else ((1, 1), (top, left))
        place = chartparts.place(sheet, corner, offset, (height, width))
        chartparts.add(self._package, sheet, called, chart, place)
        added = Chart(self.parent, called)
        _refresh_later(added, source)
        return added

    def _frames(self) -> list[Frame]:
        drawing = self._drawing()
        if drawing is None:
            return []
        package = self._package
        with package.naming(drawing):
            return [frame for frame in drawingxml.frames(package.read(drawing)) if frame.chart_rel]

    @property
    def _package(self) -> Package:
        return self.parent.book.workbook.package

    def _drawing(self) -> str | None:
        return self._package.related(self.parent.part.name, "drawing")

    def _free_name(self) -> str:
        number = len(self) + 1
        while f"Chart {number}" in self:
            number += 1
        return f"Chart {number}"


class Chart(Declared):
    """One chart, found by its name."""

    __slots__ = ("_name", "parent")

    def __init__(self, parent: "Sheet", name: str) -> None:
        self.parent = parent
        self._name = name

    @property
    def part(self) -> str:
        """The name of the chart's part."""
        drawing, package = self._drawing, self._package
        for frame in drawingxml.frames(package.read(drawing)):
            if frame.name == self._name:
                return package.target(drawing, frame.chart_rel)
        raise KeyError(self._name)

    @property
    def api(self) -> bytes:
        """The chart's part as bytes."""
        self.parent.book.workbook.flush()
        return self._package.read(self.part)

    @property
    def name(self) -> str:
        """The chart's name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        drawing = self._drawing
        self._package.write(drawing, drawingxml.rename(self._package.read(drawing), self._name, value))
        self._name = value

    @property
    def chart_type(self) -> str:
        """The kind of chart, "unknown" for those that are only preserved."""
        return self.fact(charts.chart_type)

    @chart_type.setter
    def chart_type(self, value: str) -> None:
        self.change(lambda data: charts.set_chart_type(data, value))

    @property
    def title(self) -> str | None:
        """The title, None where there is none."""
        return self.fact(charts.title)

    @title.setter
    def title(self, value: str | None) -> None:
        self.change(lambda data: charts.set_title(data, value))

    @property
    def series(self) -> "SeriesCollection":
        """The data series in order."""
        return SeriesCollection(self)

    @property
    def legend(self) -> "Legend":
        """The legend."""
        return Legend(self)

    def set_source_data(self, source: Range, plot_by: str | None = None) -> None:
        """Show the cells of ``source``: a header row of series names and a first column of categories."""
        self.change(lambda data: charts.set_series(data, _series(source, plot_by)))
        _refresh_later(self, source)

    def fact(self, read: Callable[[bytes], T]) -> T:
        """What the chart's part says; an error names the chart."""
        with self._package.naming(f"chart {self._name!r}"):
            return read(self._package.read(self.part))

    def change(self, edit: Callable[[bytes], bytes]) -> None:
        """Edit the chart's part; an error names the chart."""
        self._package.write(self.part, self.fact(edit))

    @property
    def _package(self) -> Package:
        return self.parent.book.workbook.package

    @property
    def _drawing(self) -> str:
        drawing = self._package.related(self.parent.part.name, "drawing")
        if drawing is None:
            raise KeyError(self._name)
        return drawing


class SeriesCollection(Declared):
    """The data series of a chart."""

    __slots__ = ("_chart",)

    def __init__(self, chart: Chart) -> None:
        self._chart = chart

    def __call__(self, index: int) -> "Series":
        """The series at a place, counted from 1."""
        return Series(self._chart, index - 1)

    def __iter__(self) -> Iterator["Series"]:
        return (Series(self._chart, index) for index in range(len(self)))

    def __len__(self) -> int:
        return self._chart.fact(charts.count)


class Series(Declared):
    """One data series."""

    __slots__ = ("_chart", "_index")

    def __init__(self, chart: Chart, index: int) -> None:
        self._chart = chart
        self._index = index

    @property
    def api(self) -> SeriesRef:
        """The cells it shows."""
        return self._chart.fact(charts.series)[self._index]

    @property
    def fill_color(self) -> Rgb | None:
        """The colour of its bars where they have one of their own."""
        return self._chart.fact(lambda data: charts.series_fill(data, self._index))

    @fill_color.setter
    def fill_color(self, value: Rgb) -> None:
        self._chart.change(lambda data: charts.set_series_fill(data, self._index, value))

    def set(self, **changes: Any) -> None:
        """Change several things at once; xlwings passes its own mark for those that shall stay."""
        for name, value in changes.items():
            if value is not _UNCHANGED:
                setattr(self, name, value)


class Legend(Declared):
    """The legend of a chart."""

    __slots__ = ("_chart",)

    def __init__(self, chart: Chart) -> None:
        self._chart = chart

    @property
    def position(self) -> str | None:
        """Where it stands, None where there is none."""
        return self._chart.fact(charts.legend_position)

    @position.setter
    def position(self, value: str) -> None:
        self._chart.change(lambda data: charts.set_legend_position(data, value))


def _refresh_later(chart: Chart, source: Range) -> None:
    """Let a chart remember what its cells hold when the workbook is put together."""
    sheet, part = chart.parent, chart.part
    sheet.book.workbook.put_off(part, lambda: _refresh(sheet, part, source))


def _refresh(sheet: "Sheet", part: str, source: Range) -> None:
    """Keep what a chart remembers of its cells in step; those of ``source`` are read in one go."""
    package, held = sheet.book.workbook.package, source.raw_value
    whole, title = source.area, source.sheet.name.lower()

    def values(formula: str) -> list[Any] | None:
        try:
            name, area = refs.parted(formula)
        except ValueError:
            return None
        if name.lower() == title and whole.covers(area):
            rows = held[area.top - whole.top : area.bottom - whole.top + 1]
            return [v for row in rows for v in row[area.left - whole.left : area.right - whole.left + 1]]
        return _values(sheet, name, area)

    with package.naming(part):
        package.write(part, chartcache.set_cached(package.read(part), values))


def _values(sheet: "Sheet", name: str, area: Area) -> list[Any] | None:
    """The values of an area of a sheet of the book, None where it has no such sheet."""
    try:
        raw = sheet.book.sheets(name).range(area).raw_value
    except KeyError:
        return None
    return [value for row in raw for value in row] if isinstance(raw, list) else [raw]


def _series(source: Range, plot_by: str | None) -> list[SeriesRef]:
    """The series of a range; as in Excel, there are no more of them than categories unless told."""
    rows, columns = source.shape
    by_rows = plot_by == "rows" or (plot_by is None and columns > rows)
    return chartparts.series(source.sheet.part, source.area, by_rows)
