"""The formats of a sheet's cells, and looks that wait to be laid over them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.edits import Waiting
from hscb_xl.ooxml.sheet.rowindex import Row
from hscb_xl.ooxml.sheet.waitinglooks import Layers
from hscb_xl.ooxml.styles import looks
from hscb_xl.ooxml.styles.looks import Look

if TYPE_CHECKING:
    from hscb_xl.ooxml.sheet.part import SheetPart

T = TypeVar("T")
_MOST_LAYERS = 64
"""Looks that wait at most: each is compared with all others."""


class CellFormats:
    """The formats that a sheet's cells have, by their places in the list of the styles part.

    ``waiting`` holds the edits of the sheet that wait; what is said of a format counts them in.
    """

    def __init__(self, sheet: "SheetPart", waiting: Waiting) -> None:
        self._sheet = sheet
        self._waiting = waiting
        self._layers = Layers()
        self._changed: Callable[[int, Look], int] | None = None

    def of(self, area: Area) -> Iterator[list[int]]:
        """The formats of an area, row by row; a cell that is not there has its row's or its column's."""
        if self._layers.meet(area):
            self.settle()
        return self._of(area)

    def at(self, row: int, column: int) -> int:
        """The format of one cell."""
        return next(self.of(Area(row, column, row, column)))[0]

    def of_column(self, column: int) -> int:
        """The format that cells of a column have where neither they nor their row say otherwise."""
        for first, last, style in self._sheet.frame.once("formats of columns", self._of_columns):
            if first <= column <= last:
                return style
        return 0

    @property
    def wait(self) -> bool:
        """Whether a look waits to be laid over cells."""
        return len(self._layers) > 0

    def change(self, area: Area, changed: Callable[[int], int]) -> None:
        """Give every cell of an area the format that ``changed`` makes of its own."""
        changes = [changed] * area.shape[1]
        self._change(self.of(area), area, changes, lambda style, change: change(style))

    def lay(self, area: Area, look: Look, changed: Callable[[int, Look], int]) -> None:
        """Lay a look over an area: ``changed`` gives the format that a look makes of another.

        It waits, so that several looks make one format of a cell. Raises UnsafeEdit for a look that no
        workbook can hold.
        """
        looks.refuse_unwritable(look)
        self._layers.add(area, look)
        self._changed = changed
        if len(self._layers) > _MOST_LAYERS:
            self.settle()

    def settle(self) -> None:
        """Make edits of the looks that wait."""
        if self._changed is None:
            return
        for area, over in list(self._layers.bands()):
            self._change(self._of(area), area, over, self._changed)
        self.forget()

    def forget(self) -> None:
        """Drop the looks that wait."""
        self._layers.clear()
        self._changed = None

    def _of(self, area: Area) -> Iterator[list[int]]:
        sheet = self._sheet
        with sheet.naming():
            inherited = [self.of_column(column) for column in range(area.left, area.right + 1)]
            for number in range(area.top, area.bottom + 1):
                row = sheet.grid.rows.find(number)
                found = self._of_row(row, area, inherited) if row else inherited
                yield self._waiting.styles_over(found, number, area.left)

    def _of_columns(self) -> list[tuple[int, int, int]]:
        """The first and the last column of each run in the file, and its format."""
        nodes = self._sheet.frame.items("cols")
        return [(node.number("min"), node.number("max"), node.number("style", 0)) for node in nodes]

    def _of_row(self, row: Row, area: Area, inherited: list[int]) -> list[int]:
        """The formats of a row that is there, edits that wait left out."""
        grid = self._sheet.grid
        style = grid.style_of(row)
        found = list(inherited) if style is None else [style] * len(inherited)
        for column, there in grid.row_formats(row):
            if area.left <= column <= area.right:
                found[column - area.left] = there
        return found

    def _change(
        self,
        rows: Iterable[list[int]],
        area: Area,
        changes: Sequence[T | None],
        changed: Callable[[int, T], int],
    ) -> None:
        """Change the formats of an area, given row by row, each cell's by the change for its column."""
        known: dict[tuple[int, int], int] = {}
        lines: dict[tuple[int, ...], list[tuple[int, int]]] = {}  # most rows of a table look the same
        for row, found in enumerate(map(tuple, rows), start=area.top):
            if found not in lines:
                lines[found] = []
                for column, before, change in zip(count(area.left), found, changes, strict=False):
                    if change is None:
                        continue
                    if (before, id(change)) not in known:
                        known[before, id(change)] = changed(before, change)
                    if known[before, id(change)] != before:
                        lines[found].append((column, known[before, id(change)]))
            if lines[found]:
                self._waiting.restyle(row, lines[found])
