"""A worksheet part: its values and formats read, and edits of cells that wait to be spliced in."""

from collections.abc import Iterator, Mapping, Sequence

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml import frame as frames
from hscb_xl.ooxml import refs, spans
from hscb_xl.ooxml.cells import Cell, Stored
from hscb_xl.ooxml.edits import Edit, Keep, Planner, Surroundings
from hscb_xl.ooxml.frame import Frame
from hscb_xl.ooxml.grid import Grid
from hscb_xl.ooxml.refs import Area


class SheetPart:
    """A worksheet in memory: the rows, the frame around them, and the edits of cells that wait.

    ``title`` and ``file`` are what messages call the sheet and its workbook. Since the last time they were
    emptied, ``changed`` holds the cells that got another value and ``freed`` those that lost a formula.
    """

    def __init__(
        self,
        name: str,
        data: bytes,
        shared: Sequence[str] = (),
        date1904: bool = False,
        title: str = "",
        file: str = "",
    ) -> None:
        self.name = name
        self.shared = shared
        self.date1904 = date1904
        self.title = title
        self.file = file
        around, rows = frames.split(data)
        self.frame = Frame(around, name)
        self.grid = Grid(rows, self.frame.prefix, self._called)
        self.pending: dict[tuple[int, int], Edit] = {}
        self.changed: set[tuple[int, int]] = set()
        self.freed: set[tuple[int, int]] = set()
        self._rows_changed = False

    @property
    def data(self) -> bytes:
        """The whole part as it is now, edits that wait left out."""
        return frames.joined(self.frame, self.grid.data)

    @property
    def is_changed(self) -> bool:
        """Whether a byte may differ from what was read."""
        return self._rows_changed or self.frame.changed

    @property
    def merged(self) -> list[Area]:
        """The areas of merged cells."""
        return [refs.stated(node.attributes.get("ref", "")) for node in self.frame.items("mergeCells")]

    def where(self, address: str) -> str:
        """The full name of cells in a message: the sheet, their reference, the file."""
        place = f"{self.title}!{address}" if self.title else address
        return f"{place} in {self.file}" if self.file else place

    def cells(self, area: Area) -> Iterator[Cell]:
        """The cells that the file holds in an area, in its order; edits that wait are spliced in first."""
        self.flush()
        return self.grid.cells(area)

    def values(self, area: Area) -> list[list[tuple[Stored, int]]]:
        """The values and formats of an area, row by row."""
        rows, columns = area.shape
        grid: list[list[tuple[Stored, int]]] = [[(None, 0)] * columns for _ in range(rows)]
        self.flush()
        for row in self.grid.between(area.top, area.bottom):
            place = grid[row.number - area.top]
            for column, value, style in self.grid.row_values(row, self.shared):
                if area.left <= column <= area.right:
                    place[column - area.left] = (value, style)
        return grid

    def styles(self, area: Area) -> Iterator[list[int]]:
        """The formats of an area, row by row; a cell that is not there has its row's or its column's."""
        inherited = [self.column_style(column) for column in range(area.left, area.right + 1)]
        for number in range(area.top, area.bottom + 1):
            yield self._row_styles(number, area, inherited)

    def style_at(self, row: int, column: int) -> int:
        """The format of one cell."""
        return next(self.styles(Area(row, column, row, column)))[0]

    def column_style(self, column: int) -> int:
        """The format that cells of a column have where neither they nor their row say otherwise."""
        for node in self.frame.items("cols"):
            if node.number("min") <= column <= node.number("max"):
                return node.number("style", 0)
        return 0

    def extent(self) -> Area | None:
        """The smallest area that holds every cell with a value, or None for an empty sheet."""
        self.flush()
        return self.grid.extent()

    def edit(self, row: int, column: int, edit: Edit) -> None:
        """Let a cell hold something else; several edits of one cell are laid over each other.

        Raises UnsafeEdit for a cell that no sheet has.
        """
        if not (1 <= row <= refs.MAX_ROW and 1 <= column <= refs.MAX_COLUMN):
            raise UnsafeEdit(
                f"{self._called} has no cell in row {row}, column {column}: it ends at row "
                f"{refs.MAX_ROW:,} and column {refs.MAX_COLUMN:,}."
            )
        self.pending.setdefault((row, column), Edit()).overlay(edit)

    def flush(self) -> None:
        """Splice every edit that waits into the rows; where one is refused, none is made and all wait on."""
        if not self.pending:
            return
        planner = Planner(self.grid, self._surroundings())
        edits = planner.plan(self.pending)
        self.pending.clear()
        if planner.touched is None:
            return
        self._open_rows()
        self._splice(edits)
        self.changed |= planner.changed
        self.freed |= planner.freed
        self._widen_dimension(planner.touched)

    def retag(self, tags: Mapping[int, bytes]) -> None:
        """Give rows other start tags."""
        self.flush()
        rows = self.grid.rows
        self._splice([(rows[number].start, rows[number].inner, tag) for number, tag in tags.items()])

    @property
    def _called(self) -> str:
        called = f"the sheet {self.title}" if self.title else f"the part {self.name}"
        return f"{called} of {self.file}" if self.file else called

    def _splice(self, edits: list[spans.Edit]) -> None:
        data = spans.splice(self.grid.data, edits)
        if data != self.grid.data:
            self.grid = Grid(data, self.grid.prefix, self._called)
            self._rows_changed = True

    def _row_styles(self, number: int, area: Area, inherited: list[int]) -> list[int]:
        style = self.grid.row_style(number)
        found = list(inherited) if style is None else [style] * len(inherited)
        row = self.grid.rows.get(number)
        for cell in self.grid.row_cells(row) if row else ():
            if area.left <= cell.column <= area.right:
                found[cell.column - area.left] = cell.style
        for place in range(len(found)) if self.pending else ():
            waiting = self.pending.get((number, area.left + place))
            if waiting and not isinstance(waiting.style, Keep):
                found[place] = waiting.style
        return found

    def _surroundings(self) -> Surroundings:
        known: dict[int, int] = {}

        def column_style(column: int) -> int:
            if column not in known:
                known[column] = self.column_style(column)
            return known[column]

        return Surroundings(self.shared, self.date1904, column_style, self.merged, self.where)

    def _open_rows(self) -> None:
        """Give the part an element that can take rows."""
        node = self.frame.child("sheetData")
        if node is not None and not node.is_empty_tag:
            return
        place = (node.start, node.end) if node else (self.frame.place_for("sheetData"),) * 2
        tag = self.frame.prefix + b"sheetData"
        self.frame.replace([(*place, b"<%s></%s>" % (tag, tag))])

    def _widen_dimension(self, area: Area) -> None:
        node = self.frame.child("dimension")
        if node is None:
            return
        try:
            stated = refs.area(node.attributes.get("ref", ""))
            wanted = None if stated.covers(area) else stated.joined(area)
        except ValueError:  # a hint that Excel writes anew
            wanted = self.grid.extent() or area
        if wanted is not None:
            self.frame.replace([spans.set_attribute(self.frame.data, node, "ref", wanted.address)])
