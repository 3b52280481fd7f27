"""What shall stand in cells, as it waits to be spliced into a sheet's rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hscb_xl.ooxml.cells import Value
from hscb_xl.ooxml.refs import Area


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


class Waiting:
    """The edits of a sheet that wait; several of one cell are laid over each other.

    ``block`` holds values that fill an area, row after row, as long as no other edit waits: a column of a
    hundred thousand cells takes no more than its values.
    """

    def __init__(self) -> None:
        self.block: tuple[Area, Sequence[Value]] | None = None
        self._rows: dict[int, dict[int, Edit]] = {}

    def __bool__(self) -> bool:
        return self.block is not None or bool(self._rows)

    @property
    def rows(self) -> dict[int, dict[int, Edit]]:
        """The edits by row, and by column there."""
        if self.block is not None:
            (area, values), self.block = self.block, None
            self._spread(area, values)
        return self._rows

    def places(self, area: Area) -> Iterator[tuple[int, int]]:
        """The row and the column of each cell of an area that an edit waits for."""
        for row, line in self.rows.items():
            if area.top <= row <= area.bottom:
                yield from ((row, column) for column in line if area.left <= column <= area.right)

    def styles_over(self, found: list[int], row: int, left: int) -> list[int]:
        """The formats of a row's cells, from a column on, as they shall be; a block changes none."""
        line = self._rows.get(row)
        if line is None:
            return list(found)
        edits = map(line.get, range(left, left + len(found)))
        return [
            held if edit is None or isinstance(edit.style, Keep) else edit.style
            for held, edit in zip(found, edits, strict=True)
        ]

    def edit(self, row: int, column: int, edit: Edit) -> None:
        """Let a cell hold something else."""
        line = self.rows.setdefault(row, {})
        held = line.get(column)
        if held is None:
            line[column] = Edit(edit.value, edit.style, edit.over_formula)
        else:
            held.overlay(edit)

    def restyle(self, row: int, styles: Iterable[tuple[int, int]]) -> None:
        """Let cells of a row, given by their columns, have other formats."""
        line = self.rows.setdefault(row, {})
        for column, style in styles:
            held = line.get(column)
            if held is None:
                line[column] = Edit(style=style)
            else:
                held.style = style

    def fill(self, area: Area, values: Sequence[Value]) -> None:
        """Let the cells of an area hold values, given row after row."""
        if self:
            self._spread(area, values)
        else:
            self.block = area, values

    def forget(self, places: Iterable[tuple[int, int]]) -> None:
        """Let some cells be as they are."""
        for row, column in places:
            line = self.rows.get(row, {})
            line.pop(column, None)
            if not line:
                self._rows.pop(row, None)

    def clear(self) -> None:
        """Forget all edits."""
        self.block = None
        self._rows.clear()

    def _spread(self, area: Area, values: Sequence[Value]) -> None:
        """Lay values over the edits that wait, row after row."""
        rows, width = self.rows, area.shape[1]
        for row in range(area.top, area.bottom + 1):
            line = rows.setdefault(row, {})
            first = (row - area.top) * width
            for column, value in enumerate(values[first : first + width], start=area.left):
                held = line.get(column)
                if held is None:
                    line[column] = Edit(value)
                else:
                    held.value = value
