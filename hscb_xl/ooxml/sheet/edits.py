"""What shall stand in cells, as it waits to be spliced into a sheet's rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.cells import Value


class Keep:
    """Says that an edit leaves a cell's value (or its format) as it is."""


KEEP = Keep()


@dataclass(frozen=True, slots=True)
class Edit:
    """What shall stand in one cell; ``over_formula`` where a formula of the cell's own may go."""

    value: Value | Keep = KEEP
    style: int | Keep = KEEP
    over_formula: bool = False


@dataclass(slots=True)
class Line:
    """What shall stand in a row: values and formats by column, and where a formula of a cell's own may go."""

    values: dict[int, Value] = field(default_factory=dict)
    styles: dict[int, int] = field(default_factory=dict)
    over_formulas: set[int] = field(default_factory=set)

    @property
    def columns(self) -> list[int]:
        """The columns of its cells, in order."""
        return sorted(self.values.keys() | self.styles.keys())

    def lay(self, column: int, edit: Edit) -> None:
        """Lay an edit over those that wait for the same cell."""
        if not isinstance(edit.value, Keep):
            self.values[column] = edit.value
        if not isinstance(edit.style, Keep):
            self.styles[column] = edit.style
        if edit.over_formula:
            self.over_formulas.add(column)

    def forget(self, column: int) -> None:
        """Let a cell be as it is."""
        self.values.pop(column, None)
        self.styles.pop(column, None)
        self.over_formulas.discard(column)


class Waiting:
    """The edits of a sheet that wait; several of one cell are laid over each other.

    ``block`` holds values that fill an area, row after row, as long as no other edit waits: a column of a
    hundred thousand cells takes no more than its values.
    """

    def __init__(self) -> None:
        self.block: tuple[Area, Sequence[Value]] | None = None
        self._rows: dict[int, Line] = {}

    def __bool__(self) -> bool:
        return self.block is not None or bool(self._rows)

    @property
    def rows(self) -> dict[int, Line]:
        """The edits by row."""
        if self.block is not None:
            (area, values), self.block = self.block, None
            self._spread(area, values)
        return self._rows

    def places(self, area: Area) -> Iterator[tuple[int, int]]:
        """The row and the column of each cell of an area that an edit waits for."""
        for row, line in self.rows.items():
            if area.top <= row <= area.bottom:
                yield from ((row, column) for column in line.columns if area.left <= column <= area.right)

    def styles_over(self, found: list[int], row: int, left: int) -> list[int]:
        """The formats of a row's cells, from a column on, as they shall be; a block changes none."""
        line = self._rows.get(row)
        if line is None:
            return list(found)
        return list(map(line.styles.get, range(left, left + len(found)), found))

    def edit(self, row: int, column: int, edit: Edit) -> None:
        """Let a cell hold something else."""
        self._line(row).lay(column, edit)

    def restyle(self, row: int, styles: Iterable[tuple[int, int]]) -> None:
        """Let cells of a row, given by their columns, have other formats."""
        self._line(row).styles.update(styles)

    def fill(self, area: Area, values: Sequence[Value]) -> None:
        """Let the cells of an area hold values, given row after row."""
        if self:
            self._spread(area, values)
        else:
            self.block = area, values

    def forget(self, places: Iterable[tuple[int, int]]) -> None:
        """Let some cells be as they are."""
        for row, column in places:
            line = self.rows.get(row)
            if line is not None:
                line.forget(column)
                if not line.columns:
                    del self._rows[row]

    def clear(self) -> None:
        """Forget all edits."""
        self.block = None
        self._rows.clear()

    def _line(self, row: int) -> Line:
        rows = self.rows
        line = rows.get(row)
        if line is None:
            line = rows[row] = Line()
        return line

    def _spread(self, area: Area, values: Sequence[Value]) -> None:
        """Lay values over the edits that wait, row after row."""
        width = area.shape[1]
        for row in range(area.top, area.bottom + 1):
            first = (row - area.top) * width
            line = zip(range(area.left, area.right + 1), values[first : first + width], strict=True)
            self._line(row).values.update(line)
