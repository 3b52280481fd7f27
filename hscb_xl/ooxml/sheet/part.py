"""A worksheet part: its values and formats read, and edits of cells that wait to be spliced in."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from hscb_xl.base.limits import Limits
from hscb_xl.errors import OverLimit, UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.located import Saying
from hscb_xl.ooxml.sheet import bulk
from hscb_xl.ooxml.sheet import surround as frames
from hscb_xl.ooxml.sheet.cellformats import CellFormats
from hscb_xl.ooxml.sheet.cells import Cell, Stored, Value
from hscb_xl.ooxml.sheet.cellset import CellSet
from hscb_xl.ooxml.sheet.edits import Edit, Keep, Waiting
from hscb_xl.ooxml.sheet.grid import Grid
from hscb_xl.ooxml.sheet.splices import Planner, Surroundings
from hscb_xl.ooxml.sheet.strings import SharedStrings
from hscb_xl.ooxml.sheet.surround import Frame
from hscb_xl.ooxml.xml import spans


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
        limits: Limits | None = None,
    ) -> None:
        self.name = name
        self.limits = limits or Limits()
        self.shared = shared if isinstance(shared, SharedStrings) else SharedStrings(lambda: list(shared))
        self.date1904 = date1904
        self.title = title
        self.file = file
        around, rows = frames.split(data)
        self.frame = Frame(around, name)
        frames.pieces(self.frame, rows)
        self.grid = Grid(rows, self.frame.prefix, self.called, self.limits)
        self._waiting = Waiting()
        self.formats = CellFormats(self, self._waiting)
        self.changed = CellSet()
        self.freed: set[tuple[int, int]] = set()
        self._rows_changed = False
        self._has_formulas: bool | None = None

    @property
    def is_free_of_formulas(self) -> bool:
        """Whether it is known that no formula stands on the sheet."""
        return self._has_formulas is False

    @property
    def may_hold_formulas(self) -> bool:
        """Whether a formula may stand among the rows; the quicker question before one of each cell."""
        return not self.is_free_of_formulas and self.grid.rows.has_formulas

    @property
    def data(self) -> bytes:
        """The whole part as it is now, edits that wait left out."""
        return b"".join(self.pieces)

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """The same in pieces, none of which is a copy of the rows."""
        return frames.pieces(self.frame, self.grid.data)

    @property
    def is_changed(self) -> bool:
        """Whether a byte may differ from what was read."""
        return self._rows_changed or self.frame.changed

    @property
    def is_protected(self) -> bool:
        """Whether its cells are protected, with a password or without."""
        node = self.frame.child("sheetProtection")
        return node is not None and node.is_on("sheet")

    @property
    def merged(self) -> list[Area]:
        """The areas of merged cells."""
        with self.naming():
            return [refs.stated(node.attributes.get("ref", "")) for node in self.frame.items("mergeCells")]

    def where(self, address: str) -> str:
        """The full name of cells in a message: the sheet, their reference, the file."""
        place = f"{self.title}!{address}" if self.title else address
        return f"{place} in {self.file}" if self.file else place

    def cells(self, area: Area) -> Iterator[Cell]:
        """The cells that the file holds in an area, in its order; edits that wait are spliced in first."""
        self.flush()
        with self.naming():
            yield from self.grid.cells(area)

    def values(self, area: Area) -> list[list[tuple[Stored, int]]]:
        """The values and formats of an area, row by row."""
        self.refuse_much(area)
        rows, columns = area.shape
        grid: list[list[tuple[Stored, int]]] = [[(None, 0)] * columns for _ in range(rows)]
        self.flush()
        with self.naming():
            for row in self.grid.between(area.top, area.bottom):
                place = grid[row.number - area.top]
                for column, value, style in self.grid.row_values(row, self.shared):
                    if area.left <= column <= area.right:
                        place[column - area.left] = (value, style)
        return grid

    def shown(self, area: Area, number: Callable[[float, int], object]) -> list[list[object]]:
        """The values of an area, row by row; ``number`` says what a number is in a cell of some format."""
        self.refuse_much(area)
        self.flush()
        with self.naming():
            found = bulk.read(self.grid, area, self.shared, number)
        return self._shown_one_by_one(area, number) if found is None else found

    def _shown_one_by_one(self, area: Area, number: Callable[[float, int], object]) -> list[list[object]]:
        return [
            [number(value, style) if isinstance(value, float) else value for value, style in row]
            for row in self.values(area)
        ]

    def refuse_much(self, area: Area) -> None:
        """Raise OverLimit for more rows or cells, empty ones among them, than are read at once."""
        rows, columns = area.shape
        for asked, most, what in (
            (rows, self.limits.rows, "rows"),
            (rows * columns, self.limits.cells, "cells"),
        ):
            if asked > most:
                raise OverLimit(
                    f"{self.where(area.address)} has {asked:,} {what}, more than the {most:,} that are read: "
                    f"delete or resize what reaches so far, or {self.limits.raise_rows}."
                )

    def hold_to(self, limits: Limits) -> None:
        """Read no more than these limits allow from now on; OverLimit where the sheet has more rows."""
        self.limits = limits
        self.grid.hold_to(limits)

    def held(self, top: int, bottom: int) -> Iterator[tuple[int, int, Stored, int]]:
        """The row, the column, the value and the format of each cell that the file holds in some rows."""
        self.flush()
        with self.naming():
            for row in self.grid.between(top, bottom):
                for column, value, style in self.grid.row_values(row, self.shared):
                    yield row.number, column, value, style

    def unstored(self, area: Area) -> list[tuple[int, int]]:
        """The row and column of each cell of an area that holds a formula whose value is not stored."""
        self.flush()
        with self.naming():
            return self.grid.unstored(area, self.shared) if self.may_hold_formulas else []

    def extent(self) -> Area | None:
        """The smallest area that holds every cell with a value, or None for an empty sheet."""
        self.flush()
        with self.naming():
            return self.grid.extent()

    def filled_rows(self, column: int) -> set[int]:
        """The numbers of the rows that hold a value in a column."""
        self.flush()
        with self.naming():
            return self.grid.filled_rows(column)

    def edit(self, row: int, column: int, edit: Edit) -> None:
        """Let a cell hold something else; several edits of one cell are laid over each other.

        Raises UnsafeEdit for a cell that no sheet has.
        """
        if not (1 <= row <= refs.MAX_ROW and 1 <= column <= refs.MAX_COLUMN):
            raise UnsafeEdit(
                f"{self.called} has no cell in row {row}, column {column}: it ends at row "
                f"{refs.MAX_ROW:,} and column {refs.MAX_COLUMN:,}."
            )
        if self.formats.wait and not isinstance(edit.style, Keep):
            self.formats.settle()
        self._waiting.edit(row, column, edit)

    def fill(self, area: Area, values: Sequence[Value]) -> None:
        """Let the cells of an area hold these values, row after row; IndexError unless they fill it.

        What ``edit`` does for each cell, kept as it is given where no other edit waits.
        """
        height, width = area.shape
        if len(values) != height * width:
            raise IndexError(f"{self.where(area.address)} has {height * width} cells, not {len(values)}.")
        self._waiting.fill(area, values)

    @property
    def waits(self) -> bool:
        """Whether an edit waits."""
        return bool(self._waiting) or self.formats.wait

    def waiting(self, area: Area) -> Iterator[tuple[int, int]]:
        """The row and the column of each cell of an area that an edit waits for."""
        self.formats.settle()
        return self._waiting.places(area)

    def forget(self, places: Iterable[tuple[int, int]] | None = None) -> None:
        """Drop the edits that wait for some cells, or all edits."""
        if places is None:
            self._waiting.clear()
            self.formats.forget()
        else:
            self._waiting.forget(places)

    def flush(self) -> None:
        """Splice every edit that waits into the rows; where one is refused, none is made and all wait on."""
        self.formats.settle()
        if not self._waiting:
            return
        with self.naming():
            planner = Planner(self.grid, self._surroundings())
            block = self._waiting.block
            plan = planner.plan_block(*block) if block else planner.plan(self._waiting.rows)
            data = spans.spliced(self.grid.data, plan)
            formulas = self.grid.rows.has_formulas or planner.writes_formulas
        self._waiting.clear()
        if planner.touched is None:
            return
        self._open_rows()
        self._take(data)
        self._has_formulas = formulas
        self.changed.update(planner.changed)
        self.freed |= planner.freed
        self._widen_dimension(planner.touched)

    def retag(self, tags: Mapping[int, bytes]) -> None:
        """Give rows other start tags."""
        self.flush()
        rows = ((self.grid.rows[number], tag) for number, tag in tags.items())
        self._take(spans.splice(self.grid.data, [(row.start, row.inner, tag) for row, tag in rows]))

    def rewrite(self, rows: bytes) -> None:
        """Let the sheet have these bytes for its rows, made from those that a ``flush`` leaves."""
        self.flush()
        self._open_rows()
        self._take(rows)

    def naming(self) -> AbstractContextManager[None]:
        """Say in an error about what the file holds which sheet of which file it is."""
        return Saying(self.file, self.title)

    @property
    def called(self) -> str:
        """What a message calls it: "the sheet Plan of plan.xlsx"."""
        called = f"the sheet {self.title}" if self.title else f"the part {self.name}"
        return f"{called} of {self.file}" if self.file else called

    def _take(self, data: bytes) -> None:
        if data != self.grid.data:
            self.grid = Grid(data, self.grid.prefix, self.called)
            self._rows_changed = True
            self._has_formulas = None

    def _surroundings(self) -> Surroundings:
        known: dict[int, int] = {}

        def column_style(column: int) -> int:
            if column not in known:
                known[column] = self.formats.of_column(column)
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
