"""The lines around and between the cells of a range."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from xlwings import base_classes

from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.looks.colours import palette_of, rgb
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.styles import borders
from hscb_xl.ooxml.styles.borders import SHOWN, Stroke
from hscb_xl.ooxml.styles.looks import Line, Look, Rgb

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range

T = TypeVar("T")
_UNSET = base_classes._UNSET
_NEIGHBOURS = {
    "left": (0, -1, "right"),
    "right": (0, 1, "left"),
    "top": (-1, 0, "bottom"),
    "bottom": (1, 0, "top"),
}
"""The cell beside each side, and what it calls the same line."""
_SIDES = {
    "edge_top": "top",
    "edge_bottom": "bottom",
    "edge_left": "left",
    "edge_right": "right",
    "inside_vertical": "right",
    "inside_horizontal": "bottom",
    "diagonal_down": "diagonalDown",
    "diagonal_up": "diagonalUp",
}
"""What a side of a range is called at a cell that has it."""
_GRID = tuple(_SIDES)[:6]
Cell = tuple[int, int]


class Borders(Declared):
    """The lines of a range: its four edges, those between its cells, and the diagonals of each cell."""

    __slots__ = ("_range",)

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    def __getitem__(self, side: str) -> "Border":
        """The lines at one side, such as "edge_top"."""
        return Border(self._range, side)

    @property
    def line_style(self) -> str | None:
        """The line style of all edges and inside lines, None where they differ."""
        return _one(side.line_style for side in self._sides())

    @property
    def weight(self) -> str | None:
        """The weight of all edges and inside lines, None where they differ."""
        return _one(side.weight for side in self._sides())

    @property
    def color(self) -> Rgb | None:
        """The colour of all edges and inside lines, None where they differ or where there are none."""
        return _one(side.color for side in self._sides())

    def set(
        self, which: Collection[str], *, line_style: Any = _UNSET, weight: Any = _UNSET, color: Any = _UNSET
    ) -> None:
        """Draw or change lines: what is not given stays, the line style None takes them away.

        A line between two cells is one line, whichever of the two the file gives it to: it is changed there.
        """
        stroke = Stroke(
            None if line_style is _UNSET else line_style or "none",
            None if weight is _UNSET else weight,
            None if color is _UNSET else rgb(color),
        )
        _draw(self._range, which, stroke)

    def _sides(self) -> Iterator["Border"]:
        """The edges, and the inside lines that a range of this shape has."""
        height, width = self._range.shape
        for side in _GRID:
            if (side != "inside_vertical" or width > 1) and (side != "inside_horizontal" or height > 1):
                yield self[side]


class Border(Declared):
    """The lines at one side of a range, read from the first cell that has that side, as Excel does it."""

    __slots__ = ("_range", "_side")

    def __init__(self, range_: "Range", side: str) -> None:
        self._range = range_
        self._side = side

    @property
    def line_style(self) -> str:
        """The line style, "none" where there is no line."""
        line = self._line()
        return "none" if line is None else SHOWN.get(line.word, SHOWN["thin"])[0]

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        Borders(self._range).set((self._side,), line_style=value)

    @property
    def weight(self) -> str:
        """The weight, "thin" where there is no line."""
        line = self._line()
        return "thin" if line is None else SHOWN.get(line.word, SHOWN["thin"])[1]

    @weight.setter
    def weight(self, value: str) -> None:
        Borders(self._range).set((self._side,), weight=value)

    @property
    def color(self) -> Rgb | None:
        """The colour, black for an automatic one; None without a line and for diagonals of several cells."""
        line = self._line()
        if line is None or (self._side.startswith("diagonal") and len(self._range) > 1):
            return None
        return palette_of(self._range.sheet.book.workbook).rgb(line.colour) or (0, 0, 0)

    @color.setter
    def color(self, value: Rgb | str | int) -> None:
        Borders(self._range).set((self._side,), color=value)

    def _line(self) -> Line | None:
        """The line of the first cell that has this side, drawn there or at the cell beside it."""
        for (row, column), side in _places(self._range.area, self._side):
            return _Drawing(self._range, Area(row, column, row, column)).line((row, column), side)
        return None


def _one(found: Iterable[T]) -> T | None:
    """What all of them are, None where they differ."""
    values = set(found)
    return values.pop() if len(values) == 1 else None


def _draw(range_: "Range", which: Collection[str], stroke: Stroke) -> None:
    """Plan what the stroke makes of every line and let the cells have it that do not have it yet."""
    area = range_.area
    if area.bottom == refs.MAX_ROW or area.right == refs.MAX_COLUMN:
        raise not_supported(range_, "borders of whole rows or columns")
    if stroke.is_whole and set(_GRID) <= set(which):
        _draw_grid(range_, stroke)
        which = [name for name in which if name not in _GRID]
    if not which:
        return
    drawing = _Drawing(range_, area)
    for name in which:
        for cell, side in _places(area, name):
            drawing.stroke(cell, side, stroke, inside=name.startswith("inside"))
    drawing.write()


def _draw_grid(range_: "Range", stroke: Stroke) -> None:
    """Draw the same line on all sides of all cells, and where a cell beside the range shares one."""
    line, styles = borders.drawn(None, stroke), range_.sheet.book.workbook.styles
    for area, side in _around(range_.area):
        held = {style for row in range_.sheet.part.formats.of(area) for style in row}
        if any(side in styles.lines(style) for style in held):
            look = Look(lines=((side, line),))
            drawn = {s: styles.changed(s, look) if side in styles.lines(s) else s for s in held}
            range_.sheet.range(area).reformat(drawn.__getitem__)
    range_.restyle(Look(lines=tuple((side, line) for side in sorted(_NEIGHBOURS))))


def _around(area: Area) -> Iterator[tuple[Area, str]]:
    """The cells beside each edge of an area, and what they call the line between."""
    top, left, bottom, right = area.top, area.left, area.bottom, area.right
    if top > 1:
        yield Area(top - 1, left, top - 1, right), "bottom"
    if bottom < refs.MAX_ROW:
        yield Area(bottom + 1, left, bottom + 1, right), "top"
    if left > 1:
        yield Area(top, left - 1, bottom, left - 1), "right"
    if right < refs.MAX_COLUMN:
        yield Area(top, right + 1, bottom, right + 1), "left"


def _places(area: Area, name: str) -> Iterator[tuple[Cell, str]]:
    """The cells that have a side of the range, and what it is called there."""
    side = _SIDES[name]
    top, bottom, left, right = area.top, area.bottom, area.left, area.right
    if name.startswith("inside"):
        bottom, right = bottom - (side == "bottom"), right - (side == "right")
    elif name.startswith("edge"):
        top, bottom = (bottom if side == "bottom" else top), (top if side == "top" else bottom)
        left, right = (right if side == "right" else left), (left if side == "left" else right)
    return (((row, column), side) for row in range(top, bottom + 1) for column in range(left, right + 1))


class _Drawing:
    """The lines of a range and of the cells around it, and those that are to be drawn."""

    def __init__(self, range_: "Range", area: Area) -> None:
        self._part = range_.sheet.part
        self._styles = range_.sheet.book.workbook.styles
        around = Area(
            max(area.top - 1, 1),
            max(area.left - 1, 1),
            min(area.bottom + 1, refs.MAX_ROW),
            min(area.right + 1, refs.MAX_COLUMN),
        )
        self._formats = {
            (row, column): style
            for row, found in enumerate(self._part.formats.of(around), start=around.top)
            for column, style in enumerate(found, start=around.left)
        }
        self._known: dict[int, dict[str, Line]] = {}
        self._wanted: dict[Cell, dict[str, Line | None]] = defaultdict(dict)

    def line(self, cell: Cell, side: str) -> Line | None:
        """The line at a side of a cell, its own or that of the cell beside it."""
        return self._own(cell, side) or self._own(*self._beside(cell, side))

    def stroke(self, cell: Cell, side: str, stroke: Stroke, inside: bool) -> None:
        """Draw a line; a cell beside the range gets it only where the line that was there is its own."""
        after = borders.drawn(self.line(cell, side), stroke)
        beside, other = self._beside(cell, side)
        self._wanted[cell][side] = after
        if beside != cell and (inside or self._own(beside, other)):
            self._wanted[beside][other] = after

    def write(self) -> None:
        """Give the cells the formats with these lines."""
        for (row, column), wanted in sorted(self._wanted.items()):
            before = self._formats[row, column]
            new = {side: line for side, line in wanted.items() if self._own((row, column), side) != line}
            if new:
                style = self._styles.changed(before, Look(lines=tuple(sorted(new.items(), key=_by_side))))
                self._part.edit(row, column, Edit(style=style))

    def _own(self, cell: Cell, side: str) -> Line | None:
        style = self._formats.get(cell, 0)
        if style not in self._known:
            self._known[style] = self._styles.lines(style)
        return self._known[style].get(side)

    def _beside(self, cell: Cell, side: str) -> tuple[Cell, str]:
        """The cell that shares a line and its name for it; the cell itself for a diagonal and at the edge."""
        down, right, other = _NEIGHBOURS.get(side, (0, 0, side))
        found = cell[0] + down, cell[1] + right
        return (found, other) if found in self._formats else (cell, side)


def _by_side(item: tuple[str, Line | None]) -> str:
    return item[0]
