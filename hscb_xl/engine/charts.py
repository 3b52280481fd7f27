"""The charts of a sheet: bar and column charts are made and changed, all others are left as they are."""

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import xlwings as xw

from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.range import Range
from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml import chartcache, charttemplates, chartxml, drawingxml, geometry, namespaces, refs
from hscb_xl.ooxml.charttemplates import SeriesRef
from hscb_xl.ooxml.drawingxml import Anchor, Frame
from hscb_xl.ooxml.package import Package
from hscb_xl.ooxml.refs import Area
from hscb_xl.ooxml.styles import Rgb

if TYPE_CHECKING:
    from hscb_xl.engine.sheet import Sheet

T = TypeVar("T")

_UNCHANGED = inspect.signature(xw.main.ChartSeries.set).parameters["fill_color"].default
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"


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
        self._refuse_strict()
        called = name or self._free_name()
        chart = charttemplates.render(chart_type or "column_clustered", _series(source, plot_by))
        self._insert(called, chart, self._place(left, top, width, height, anchor))
        added = Chart(self.parent, called)
        added.refresh()
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

    def _refuse_strict(self) -> None:
        if self.parent.book.workbook.main != namespaces.MAIN:
            raise UnsafeEdit(
                f"{self.parent.book.name} is saved as Strict Open XML, to which no chart can be added here: "
                "save it in Excel as an ordinary workbook first."
            )

    def _insert(self, name: str, chart: bytes, place: Anchor) -> None:
        """Put a chart part into the package and a frame for it on the sheet."""
        package = self._package
        part = package.fresh_name("xl/charts/chart{}.xml")
        package.write(part, chart)
        package.set_content_type(part, _CHART_TYPE)
        drawing = self._drawing() or self._new_drawing()
        identity = package.relate(drawing, _relationship("chart"), part)
        package.write(drawing, drawingxml.add_chart(package.read(drawing), name, identity, place))

    def _new_drawing(self) -> str:
        package, sheet = self._package, self.parent.part
        part = package.fresh_name("xl/drawings/drawing{}.xml")
        package.write(part, drawingxml.new_drawing())
        package.set_content_type(part, _DRAWING_TYPE)
        identity = package.relate(sheet.name, _relationship("drawing"), part)
        at = sheet.frame.place_for("drawing")
        tag = b'<%sdrawing xmlns:r="%s" r:id="%s"/>' % (
            sheet.frame.prefix,
            namespaces.relationships(sheet.frame.root.namespace).encode(),
            identity.encode(),
        )
        sheet.frame.replace([(at, at, tag)])
        return part

    def _place(self, left: float, top: float, width: float, height: float, anchor: Any) -> Anchor:
        sheet = self.parent.part
        row, column, down, right = (
            (anchor.row, anchor.column, 0, 0) if anchor else geometry.reach(sheet, 1, 1, top, left)
        )
        to_row, to_column, to_down, to_right = geometry.reach(
            sheet, row, column, down / geometry.EMU + height, right / geometry.EMU + width
        )
        return Anchor(column - 1, row - 1, to_column - 1, to_row - 1, right, down, to_right, to_down)

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
                return next(r.target for r in package.relationships(drawing) if r.id == frame.chart_rel)
        raise KeyError(self._name)

    @property
    def api(self) -> bytes:
        """The chart's part as bytes."""
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
        return self.fact(chartxml.chart_type)

    @chart_type.setter
    def chart_type(self, value: str) -> None:
        self.change(lambda data: chartxml.set_chart_type(data, value))

    @property
    def title(self) -> str | None:
        """The title, None where there is none."""
        return self.fact(chartxml.title)

    @title.setter
    def title(self, value: str | None) -> None:
        self.change(lambda data: chartxml.set_title(data, value))

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
        self.change(lambda data: chartxml.set_series(data, _series(source, plot_by)))
        self.refresh()

    def refresh(self) -> None:
        """Keep what the chart remembers of its cells in step with them."""
        self.change(lambda data: chartcache.set_cached(data, self._values))

    def fact(self, read: Callable[[bytes], T]) -> T:
        """What the chart's part says; an error names the chart."""
        with self._package.naming(f"chart {self._name!r}"):
            return read(self.api)

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

    def _values(self, formula: str) -> list[Any] | None:
        try:
            sheet, area = refs.parted(formula)
            raw = self.parent.book.sheets(sheet).range(area).raw_value
        except (KeyError, ValueError):
            return None
        return [value for row in raw for value in row] if isinstance(raw, list) else [raw]


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
        return len(self._chart.fact(chartxml.series))


class Series(Declared):
    """One data series."""

    __slots__ = ("_chart", "_index")

    def __init__(self, chart: Chart, index: int) -> None:
        self._chart = chart
        self._index = index

    @property
    def api(self) -> SeriesRef:
        """The cells it shows."""
        return self._chart.fact(chartxml.series)[self._index]

    @property
    def fill_color(self) -> Rgb | None:
        """The colour of its bars where they have one of their own."""
        return self._chart.fact(lambda data: chartxml.series_fill(data, self._index))

    @fill_color.setter
    def fill_color(self, value: Rgb) -> None:
        self._chart.change(lambda data: chartxml.set_series_fill(data, self._index, value))

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
        return self._chart.fact(chartxml.legend_position)

    @position.setter
    def position(self, value: str) -> None:
        self._chart.change(lambda data: chartxml.set_legend_position(data, value))


def _series(source: Range, plot_by: str | None) -> list[SeriesRef]:
    """The series of a block with names in its first row (or column) and categories in the other."""
    area, name = source.area, source.sheet.name
    rows, columns = area.shape
    if rows < 2 or columns < 2:
        raise UnsafeEdit(
            f"a chart needs a row of names and a column of categories, not "
            f"{source.sheet.part.where(area.address)} alone."
        )
    by_rows = plot_by == "rows" or (plot_by is None and columns > rows)
    if by_rows:
        categories = Area(area.top, area.left + 1, area.top, area.right)
        heads = [(row, area.left) for row in range(area.top + 1, area.bottom + 1)]
        values = [Area(row, area.left + 1, row, area.right) for row, _ in heads]
    else:
        categories = Area(area.top + 1, area.left, area.bottom, area.left)
        heads = [(area.top, column) for column in range(area.left + 1, area.right + 1)]
        values = [Area(area.top + 1, column, area.bottom, column) for _, column in heads]
    return [
        SeriesRef(
            refs.on_sheet(name, Area(*head, *head)),
            refs.on_sheet(name, categories),
            refs.on_sheet(name, value),
        )
        for head, value in zip(heads, values, strict=True)
    ]


def _relationship(kind: str) -> str:
    return namespaces.relationship_type(kind, namespaces.MAIN)
