"""What shall stand in cells, planned as splices of a sheet's rows before any is made."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import cells
from hscb_xl.ooxml.sheet.cells import Cell, Formula, Stored, Value
from hscb_xl.ooxml.sheet.cellset import CellSet
from hscb_xl.ooxml.sheet.edits import KEEP, Keep, Line
from hscb_xl.ooxml.sheet.grid import Grid, Row
from hscb_xl.ooxml.sheet.rowindex import tag_end
from hscb_xl.ooxml.xml import spans

_STYLE = re.compile(rb"""(\ss\s*=\s*)(?:"[^"]*"|'[^']*')""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["'](\d+):(\d+)["']""")


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
    another value, ``freed`` those that lose a formula; ``writes_formulas`` says whether one may be new.
    """

    def __init__(self, grid: Grid, around: Surroundings) -> None:
        self.grid = grid
        self.around = around
        self.changed = CellSet()
        self.freed: set[tuple[int, int]] = set()
        self.writes_formulas = False
        self._protected = bool(grid.filled_areas or around.merged)
        self._rows: tuple[int, int] | None = None
        self._columns: set[int] = set()

    @property
    def touched(self) -> Area | None:
        """The smallest area around what was planned so far, None where nothing is to be written."""
        if self._rows is None:
            return None
        return Area(self._rows[0], min(self._columns), self._rows[1], max(self._columns))

    def plan(self, wanted: Mapping[int, Line]) -> Iterator[spans.Edit]:
        """The splices for all edits, by row, in the order of the bytes.

        Raises UnsafeEdit, which names the first cell that must not change.
        """
        self.writes_formulas = any(
            type(value) is Formula for line in wanted.values() for value in line.values.values()
        )
        for number in sorted(wanted):
            yield from self._row(number, wanted[number])

    def plan_block(self, area: Area, values: Sequence[Value]) -> Iterator[spans.Edit]:
        """What ``plan`` gives for values that fill an area, row after row, at a fraction of the time."""
        width = area.shape[1]
        for number in range(area.top, area.bottom + 1):
            first = (number - area.top) * width
            line = values[first : first + width]
            splices = self._swaps(number, area.left, line)
            if splices is None:
                splices = self._row(number, Line(dict(enumerate(line, start=area.left))))
            yield from splices

    def _swaps(self, number: int, left: int, line: Sequence[Value]) -> list[spans.Edit] | None:
        """The splices of a row in which all the cells are there and hold values, None for another row."""
        place = self.grid.rows.span(number)
        if place is None:
            return None
        made = []
        for column, value in enumerate(line, start=left):
            cell = self.grid.found(number, *place, column)
            if cell is None:
                return None
            new = self._swapped(number, column, cell, value, KEEP)
            if new != cell[0]:
                made.append((*cell.span(), new))
                self._columns.add(column)
        if made:
            self._touch(number)
            made.sort(key=itemgetter(0))
        return made

    def _row(self, number: int, wanted: Line) -> list[spans.Edit]:
        row = self.grid.rows.find(number)
        made = self._cells(row, wanted) if row else self._new_cells(number, wanted)
        if not made:
            return []
        self._touch(number)
        self._columns.update(made)
        if row is None:
            at, prefix = self.grid.place(number), self.grid.prefix
            inner = b"".join(new for _, _, new in made.values())
            return [(at, at, b'<%srow r="%d">%s</%srow>' % (prefix, number, inner, prefix))]
        if row.is_empty_tag:
            cells_of_row = [self._opened(row, b"".join(new for _, _, new in made.values()))]
        else:
            cells_of_row = sorted(made.values(), key=itemgetter(0))
        return [*self._widened(row, made), *cells_of_row]

    def _new_cells(self, number: int, wanted: Line) -> dict[int, spans.Edit]:
        made: dict[int, spans.Edit] = {}
        for column in wanted.columns:
            if new := self._new(number, column, wanted, None):
                made[column] = (0, 0, new)
        return made

    def _cells(self, row: Row, wanted: Line) -> dict[int, spans.Edit]:
        """The splice for each cell of a row that changes."""
        made: dict[int, spans.Edit] = {}
        style = self.grid.style_of(row)
        for column in wanted.columns:
            cell = self.grid.found(row.number, row.start, row.end, column)
            if cell is not None:
                value, format_ = wanted.values.get(column, KEEP), wanted.styles.get(column, KEEP)
                new = self._swapped(row.number, column, cell, value, format_)
                if new != cell[0]:
                    made[column] = (*cell.span(), new)
            elif self.grid.is_behind(row, column):
                if new := self._new(row.number, column, wanted, style):
                    made[column] = (row.inner_end, row.inner_end, new)
            else:
                return dict(self._one_by_one(row, wanted))
        return made

    def _swapped(
        self, row: int, column: int, cell: re.Match[bytes], value: Value | Keep, style: int | Keep
    ) -> bytes:
        """The new element of a cell that holds a value and no more; the one that is there where it serves."""
        head, format_, kind, held, text = cell.groups()
        if format_:
            head += format_
        raw = held if text is None else text
        same = isinstance(value, Keep) or self._is_same(row, column, value, kind, raw)
        if not isinstance(style, Keep) and style != cells.index((format_ or b"")[4:-1]):
            named = cell[1] + b' s="%d"' % style
        else:
            named = head
        if isinstance(value, Keep) or same:
            return named + cell[0][len(head) :]
        if self._protected:
            self._make_sure(row, column, value)
        self.changed.add((row, column))
        try:
            return named + cells.content(value, self.grid.prefix, self.around.date1904)
        except UnsafeEdit as problem:
            raise self._refusal(row, column, str(problem), ": ") from None

    def _is_same(self, row: int, column: int, value: Value, kind: bytes | None, raw: bytes | None) -> bool:
        """Whether a cell without a formula holds a value already."""
        if isinstance(value, Formula):
            return False
        if raw is None and kind != b"inlineStr":
            return value is None
        held = cells.stated(row, column, kind or b"n", raw, self.around.shared)
        return self._agree(row, column, value, held)

    def _one_by_one(self, row: Row, wanted: Line) -> Iterator[tuple[int, spans.Edit]]:
        """The same by a walk through all cells; new ones go in front of the next that is there."""
        waiting = deque(wanted.columns)
        before = 0
        for cell in self.grid.row_cells(row):
            if cell.column <= before:
                raise self._refusal(row.number, cell.column, "stands out of order: save the file in Excel")
            before = cell.column
            while waiting and waiting[0] < cell.column:
                yield from self._inserted(row, cell.start, waiting.popleft(), wanted)
            if waiting and waiting[0] == cell.column:
                new = self._changed(cell, waiting.popleft(), wanted)
                if new is not None:
                    yield cell.column, (cell.start, cell.end, new)
        for column in waiting:
            yield from self._inserted(row, row.inner_end, column, wanted)

    def _inserted(self, row: Row, at: int, column: int, wanted: Line) -> Iterator[tuple[int, spans.Edit]]:
        if new := self._new(row.number, column, wanted, self.grid.style_of(row)):
            yield column, (at, at, new)

    def _new(self, number: int, column: int, wanted: Line, of_row: int | None) -> bytes:
        """The element of a cell that is not there yet, empty where none is needed.

        ``of_row`` is the format of its row, None where it has none.
        """
        value = wanted.values.get(column)
        inherited = self.around.column_style(column) if of_row is None else of_row
        style = wanted.styles.get(column, inherited)
        if value is None:
            return b"" if style == inherited else self._element(number, column, None, style)
        if self._protected:
            self._make_sure(number, column, value)
        self.changed.add((number, column))
        return self._element(number, column, value, style)

    def _changed(self, cell: Cell, column: int, wanted: Line) -> bytes | None:
        """The cell's new element, or None where it already is what is wanted.

        An emptied cell stays as an empty one: cells without a reference are counted from it.
        """
        style, value = wanted.styles.get(column, cell.style), wanted.values.get(column)
        if column not in wanted.values or self._holds(cell, value):
            return None if style == cell.style else self._restyled(cell, style)
        self._make_sure(cell.row, column, value)
        self._let_go(cell, value, column in wanted.over_formulas)
        self.changed.add((cell.row, column))
        return self._element(cell.row, column, value, style)

    def _holds(self, cell: Cell, value: Value) -> bool:
        held = cell.value(self.around.shared)
        if isinstance(value, Formula):
            return cell.plain_formula == value.text and value.cached in (None, held)
        return not cell.has_formula and self._agree(cell.row, cell.column, value, held)

    def _agree(self, row: int, column: int, value: Value, held: Stored) -> bool:
        try:
            wanted = cells.stored(value, self.around.date1904)
        except UnsafeEdit as problem:
            raise self._refusal(row, column, str(problem), ": ") from None
        there = cells.as_written(held, self.around.date1904)
        return there == wanted and isinstance(there, bool) == isinstance(wanted, bool)

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

    def _let_go(self, cell: Cell, value: Value, over_formula: bool) -> None:
        """Note a formula that goes; refuse where it may not, or where more than a value would go."""
        if cell.is_rich:
            why = "holds a dynamic array or a linked data type: clear it in Excel first"
            raise self._refusal(cell.row, cell.column, why)
        if not cell.has_formula:
            return
        if not over_formula or cell.plain_formula is None:
            why = "holds a formula where a value should go: clear that cell in Excel first"
            raise self._refusal(cell.row, cell.column, why)
        if not isinstance(value, Formula):
            self.freed.add((cell.row, cell.column))

    def _element(self, row: int, column: int, value: Value, style: int) -> bytes:
        prefix, reference = self.grid.prefix, b"%s%d" % (refs.letters(column).encode(), row)
        try:
            return cells.element(reference, value, style, prefix, self.around.date1904)
        except UnsafeEdit as problem:
            raise self._refusal(row, column, str(problem), ": ") from None

    def _restyled(self, cell: Cell, style: int) -> bytes:
        """The cell's element with another format and every other byte as it was."""
        end = tag_end(self.grid.data, cell.start)
        tag, rest = self.grid.data[cell.start : end], self.grid.data[end : cell.end]
        if _STYLE.search(tag):
            return _STYLE.sub(rb'\g<1>"%d"' % style, tag, count=1) + rest
        name_end = 1 + len(self.grid.prefix) + 1
        return tag[:name_end] + b' s="%d"' % style + tag[name_end:] + rest

    def _opened(self, row: Row, inner: bytes) -> spans.Edit:
        """The splice that gives ``<row/>`` its first cells."""
        slash = self.grid.data.rindex(b"/", row.start, row.end)
        return slash, row.end, b">%s</%srow>" % (inner, self.grid.prefix)

    def _widened(self, row: Row, made: Mapping[int, spans.Edit]) -> Iterator[spans.Edit]:
        """The splice of the row's hint of its first and last column where a cell lies outside it."""
        at = self.grid.data.find(b" spans", row.start, row.inner)
        match = _SPANS.match(self.grid.data, at) if at >= 0 else None
        if match:
            stated = int(match[1]), int(match[2])
            wanted = min(stated[0], *made), max(stated[1], *made)
            if wanted != stated:
                yield match.start(1), match.end(2), b"%d:%d" % wanted

    def _touch(self, row: int) -> None:
        self._rows = (self._rows[0] if self._rows else row, row)

    def _refusal(self, row: int, column: int, why: str, joint: str = " ") -> UnsafeEdit:
        full_stop = "" if why.endswith(".") else "."
        return UnsafeEdit(f"{self.around.where(f'{refs.letters(column)}{row}')}{joint}{why}{full_stop}")
