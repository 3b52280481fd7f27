"""A chart's way into a package: which cells it shows, where it lies, and its part with all that names it."""

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.drawings import drawing as drawingxml
from hscb_xl.ooxml.drawings.charttemplates import SeriesRef
from hscb_xl.ooxml.drawings.drawing import Anchor
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet import geometry
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import namespaces

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"


def series(sheet: SheetPart, area: Area, by_rows: bool) -> list[SeriesRef]:
    """The series of a block with names in its first row (or column) and categories in the other."""
    rows, columns = area.shape
    if rows < 2 or columns < 2:
        raise UnsafeEdit(
            f"a chart needs a row of names and a column of categories, not {sheet.where(area.address)} alone."
        )
    if by_rows:
        categories = Area(area.top, area.left + 1, area.top, area.right)
        values = [Area(row, area.left + 1, row, area.right) for row in range(area.top + 1, area.bottom + 1)]
        names = [Area(value.top, area.left, value.top, area.left) for value in values]
    else:
        categories = Area(area.top + 1, area.left, area.bottom, area.left)
        values = [Area(area.top + 1, at, area.bottom, at) for at in range(area.left + 1, area.right + 1)]
        names = [Area(area.top, value.left, area.top, value.left) for value in values]
    parts = zip(names, [categories] * len(values), values, strict=True)
    return [SeriesRef(*(refs.on_sheet(sheet.title, part) for part in three)) for three in parts]


def place(
    sheet: SheetPart, corner: tuple[int, int], offset: tuple[float, float], size: tuple[float, float]
) -> Anchor:
    """The cells a chart covers: ``offset`` down and right of the corner of a cell, ``size`` high and wide.

    Offset and size are in points.
    """
    row, column, down, right = geometry.reach(sheet, *corner, *offset)
    height, width = down / geometry.EMU + size[0], right / geometry.EMU + size[1]
    to_row, to_column, to_down, to_right = geometry.reach(sheet, row, column, height, width)
    return Anchor(column - 1, row - 1, to_column - 1, to_row - 1, right, down, to_right, to_down)


def add(package: Package, sheet: SheetPart, name: str, chart: bytes, anchor: Anchor) -> None:
    """Put a chart part into the package and a frame for it on the sheet.

    Raises UnsafeEdit for a book of the Strict kind, whose charts are of another kind as well.
    """
    if sheet.frame.root.namespace != namespaces.MAIN:
        raise UnsafeEdit(
            f"{sheet.where(name)} cannot be added to a book saved as Strict Open XML: "
            "save it in Excel as an ordinary workbook first."
        )
    part = package.fresh_name("xl/charts/chart{}.xml")
    package.write(part, chart)
    package.set_content_type(part, _CHART_TYPE)
    drawing = package.related(sheet.name, "drawing") or _new_drawing(package, sheet)
    identity = package.relate(drawing, namespaces.relationship_type("chart", namespaces.MAIN), part)
    package.write(drawing, drawingxml.add_chart(package.read(drawing), name, identity, anchor))


def _new_drawing(package: Package, sheet: SheetPart) -> str:
    part = package.fresh_name("xl/drawings/drawing{}.xml")
    package.write(part, drawingxml.new_drawing())
    package.set_content_type(part, _DRAWING_TYPE)
    identity = package.relate(sheet.name, namespaces.relationship_type("drawing", namespaces.MAIN), part)
    at = sheet.frame.place_for("drawing")
    tag = b'<%sdrawing xmlns:r="%s" r:id="%s"/>' % (
        sheet.frame.prefix,
        namespaces.relationships(namespaces.MAIN).encode(),
        identity.encode(),
    )
    sheet.frame.replace([(at, at, tag)])
    return part
