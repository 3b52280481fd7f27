"""What shall stand in cells, planned as splices of a sheet's rows before any is made."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml import cells, refs, spans
from hscb_xl.ooxml.cells import Cell, Formula, Value
from hscb_xl.ooxml.grid import Grid, Row
from hscb_xl.ooxml.refs import Area

_STYLE = re.compile(rb"""(\ss\s*=\s*)(?:"[^"]*"|'[^']*')""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["'](\d+):(\d+)["']""")


class Keep:
    """Says that an edit leaves a cell's value (or its format) as it is."""


KEEP = Keep()


@dataclass(slots=True)
class Edit:
    """What shall stand in one cell; ``over_formula`` where a formula of the cell's own may go."""

    value: Value | Keep = KEEP
    style: int | Keep = KEEP
    over_formula: bool = False

    def overlay(self, later: "Edit") -> None:
        """Take over what a later edit of the same cell says."""
        if not isinstance(later.value, Keep):
            self.value = later.value
        if not isinstance(later.style, Keep):
            self.style = later.style
        self.over_formula |= later.over_formula


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around the rows; ``where`` gives the full name of a cell for a message."""

    shared: Sequence[str]
    date1904: bool
    column_style: Callable[[int], int]
    merged: Sequence[Area]
    where: Callable[[str], str]


class Planner:
    """Plans the splices that turn a grid into the one that is wanted, and notes what they change.

    ``touched`` is the smallest area around all cells that a splice writes; ``changed`` are those that get
    another value, ``freed`` those that lose a formula.
    """

    def __init__(self, grid: Grid, around: Surroundings) -> None:
        self.grid = grid
        self.around = around
        self.touched: Area | None = None
        self.changed: set[tuple[int, int]] = set()
        self.freed: set[tuple[int, int]] = set()

    def plan(self, wanted: Mapping[tuple[int, int], Edit]) -> list[spans.Edit]:
        """The splices for all edits, by cell; UnsafeEdit names the first cell that must not change."""
        by_row: dict[int, dict[int, Edit]] = {}
        for (row, column), edit in sorted(wanted.items(), key=lambda item: item[0]):
            by_row.setdefault(row, {})[column] = edit
        return [splice for row, edits in by_row.items() for splice in self._row(row, edits)]

    def _row(self, number: int, wanted: dict[int, Edit]) -> Iterator[spans.Edit]:
        row = self.grid.rows.get(number)
        made = dict(self._cells(row, wanted) if row else self._new_cells(number, wanted))
        if not made:
            return
        self._touch(number, list(made))
        if row is None:
            at, prefix = self.grid.place(number), self.grid.prefix
            inner = b"".join(new for _, _, new in made.values())
            yield at, at, b'<%srow r="%d">%s</%srow>' % (prefix, number, inner, prefix)
            return
        yield from self._widened(row, list(made))
        if row.is_empty_tag:
            yield self._opened(row, b"".join(new for _, _, new in made.values()))
        else:
            yield from made.values()

    def _new_cells(self, number: int, wanted: dict[int, Edit]) -> Iterator[tuple[int, spans.Edit]]:
        for column, edit in wanted.items():
            if new := self._new(number, column, edit):
                yield column, (0, 0, new)

    def _cells(self, row: Row, wanted: dict[int, Edit]) -> Iterator[tuple[int, spans.Edit]]:
        """The splice for each cell of a row that changes; new ones go in front of the next that is there."""
        named = self.grid.named(row, wanted)
        if named is not None:
            for cell in named:
                new = self._changed(cell, wanted[cell.column])
                if new is not None:
                    yield cell.column, (cell.start, cell.end, new)
            return
        waiting = deque(wanted.items())
        before = 0
        for cell in self.grid.row_cells(row):
            if cell.column <= before:
                raise self._refusal(row.number, cell.column, "stands out of order: save the file in Excel")
            before = cell.column
            while waiting and waiting[0][0] < cell.column:
                yield from self._inserted(row, cell.start, *waiting.popleft())
            if waiting and waiting[0][0] == cell.column:
                new = self._changed(cell, waiting.popleft()[1])
                if new is not None:
                    yield cell.column, (cell.start, cell.end, new)
        for column, edit in waiting:
            yield from self._inserted(row, row.inner_end, column, edit)

    def _inserted(self, row: Row, at: int, column: int, edit: Edit) -> Iterator[tuple[int, spans.Edit]]:
        if new := self._new(row.number, column, edit):
            yield column, (at, at, new)

    def _new(self, number: int, column: int, edit: Edit) -> bytes:
        """The element of a cell that is not there yet, empty where none is needed."""
        inherited = self._inherited(number, column)
        style = inherited if isinstance(edit.style, Keep) else edit.style
        value = None if isinstance(edit.value, Keep) else edit.value
        if value is not None:
            self._make_sure(number, column, value)
            self.changed.add((number, column))
        elif style == inherited:
            return b""
        return self._element(number, column, value, style)

    def _changed(self, cell: Cell, edit: Edit) -> bytes | None:
        """The cell's new element, or None where it already is what is wanted.

        An emptied cell stays as an empty one: cells without a reference are counted from it.
        """
        style = cell.style if isinstance(edit.style, Keep) else edit.style
        if isinstance(edit.value, Keep) or self._holds(cell, edit.value):
            return None if style == cell.style else self._restyled(cell, style)
        self._make_sure(cell.row, cell.column, edit.value)
        self._let_go(cell, edit)
        self.changed.add((cell.row, cell.column))
        return self._element(cell.row, cell.column, edit.value, style)

    def _holds(self, cell: Cell, value: Value) -> bool:
        held = cell.value(self.around.shared)
        if isinstance(value, Formula):
            return cell.plain_formula == value.text and value.cached in (None, held)
        if cell.has_formula:
            return False
        try:
            wanted = cells.stored(value, self.around.date1904)
        except UnsafeEdit as problem:
            raise self._refusal(cell.row, cell.column, str(problem), ": ") from None
        held = cells.as_written(held, self.around.date1904)
        return held == wanted and isinstance(held, bool) == isinstance(wanted, bool)

    def _make_sure(self, row: int, column: int, value: Value) -> None:
        """Refuse a value in a cell that another one's formula fills or that a merged area hides."""
        for area in self.grid.filled_areas:
            if area.holds(row, column):
                why = f"belongs to the formula that fills {area.address}: clear that formula in Excel first"
                raise self._refusal(row, column, why)
        for area in self.around.merged if value is not None else ():
            if area.holds(row, column) and (row, column) != (area.top, area.left):
                why = f"is hidden by the merged cells {area.address}: split them in Excel first"
                raise self._refusal(row, column, why)

    def _let_go(self, cell: Cell, edit: Edit) -> None:
        """Note a formula that goes; refuse where it may not, or where more than a value would go."""
        if cell.is_rich:
            why = "holds a dynamic array or a linked data type: clear it in Excel first"
            raise self._refusal(cell.row, cell.column, why)
        if not cell.has_formula:
            return
        if not edit.over_formula or cell.plain_formula is None:
            why = "holds a formula where a value should go: clear that cell in Excel first"
            raise self._refusal(cell.row, cell.column, why)
        if not isinstance(edit.value, Formula):
            self.freed.add((cell.row, cell.column))

    def _element(self, row: int, column: int, value: Value, style: int) -> bytes:
        reference = f"{refs.letters(column)}{row}"
        try:
            return cells.element(reference, value, style, self.grid.prefix, self.around.date1904)
        except UnsafeEdit as problem:
            raise self._refusal(row, column, str(problem), ": ") from None

    def _restyled(self, cell: Cell, style: int) -> bytes:
        """The cell's element with another format and every other byte as it was."""
        tag_end = self.grid.data.index(b">", cell.start)
        tag, rest = self.grid.data[cell.start : tag_end], self.grid.data[tag_end : cell.end]
        if b"s" in cell.attributes:
            return _STYLE.sub(rb'\g<1>"%d"' % style, tag, count=1) + rest
        name_end = 1 + len(self.grid.prefix) + 1
        return tag[:name_end] + b' s="%d"' % style + tag[name_end:] + rest

    def _inherited(self, row: int, column: int) -> int:
        """The format of a cell that is not there: its row's, else its column's."""
        style = self.grid.row_style(row)
        return self.around.column_style(column) if style is None else style

    def _opened(self, row: Row, inner: bytes) -> spans.Edit:
        """The splice that gives ``<row/>`` its first cells."""
        slash = self.grid.data.rindex(b"/", row.start, row.end)
        return slash, row.end, b">%s</%srow>" % (inner, self.grid.prefix)

    def _widened(self, row: Row, columns: list[int]) -> Iterator[spans.Edit]:
        """The splice of the row's hint of its first and last column where a cell lies outside it."""
        match = _SPANS.search(self.grid.data, row.start, row.inner)
        if match:
            first, last = min(int(match[1]), *columns), max(int(match[2]), *columns)
            if (first, last) != (int(match[1]), int(match[2])):
                yield match.start(1), match.end(2), b"%d:%d" % (first, last)

    def _touch(self, row: int, columns: list[int]) -> None:
        here = Area(row, min(columns), row, max(columns))
        self.touched = self.touched.joined(here) if self.touched else here

    def _refusal(self, row: int, column: int, why: str, joint: str = " ") -> UnsafeEdit:
        full_stop = "" if why.endswith(".") else "."
        return UnsafeEdit(f"{self.around.where(f'{refs.letters(column)}{row}')}{joint}{why}{full_stop}")
