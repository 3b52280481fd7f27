"""What shall stand in cells, as it waits to be spliced into a sheet's rows."""

from collections.abc import Sequence
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
        self._cells: dict[tuple[int, int], Edit] = {}

    def __bool__(self) -> bool:
        return self.block is not None or bool(self._cells)

    @property
    def cells(self) -> dict[tuple[int, int], Edit]:
        """The edits by row and column."""
        if self.block is not None:
            block, self.block = self.block, None
            self._spread(*block)
        return self._cells

    def styles_over(self, found: list[int], row: int, left: int) -> list[int]:
        """The formats of a row's cells, from a column on, as they shall be; a block changes none."""
        edits = [self._cells.get((row, column)) for column in range(left, left + len(found))]
        return [
            held if edit is None or isinstance(edit.style, Keep) else edit.style
            for held, edit in zip(found, edits, strict=True)
        ]

    def edit(self, row: int, column: int, edit: Edit) -> None:
        """Let a cell hold something else."""
        held = self.cells.get((row, column))
        if held is None:
            self._cells[row, column] = Edit(edit.value, edit.style, edit.over_formula)
        else:
            held.overlay(edit)

    def restyle(self, row: int, column: int, style: int) -> None:
        """Let a cell have another format."""
        held = self.cells.get((row, column))
        if held is None:
            self._cells[row, column] = Edit(style=style)
        else:
            held.style = style

    def fill(self, area: Area, values: Sequence[Value]) -> None:
        """Let the cells of an area hold values, given row after row."""
        if self:
            self._spread(area, values)
        else:
            self.block = area, values

    def clear(self) -> None:
        """Forget all edits."""
        self.block = None
        self._cells.clear()

    def _spread(self, area: Area, values: Sequence[Value]) -> None:
        for (row, column), value in zip(area.places(), values, strict=True):
            self.edit(row, column, Edit(value))
