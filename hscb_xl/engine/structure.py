"""What a range does to its sheet: regions, merged cells, sizes of rows and columns, array formulas.

What few scripts do is imported where it is done: a run of a small plan ends sooner than all of it is loaded.
"""

from typing import TYPE_CHECKING, Any

from hscb_xl.engine.addresses import is_empty
from hscb_xl.engine.declared import not_supported
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import rows
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.tables import tables

if TYPE_CHECKING:
    from hscb_xl.engine.notes import Note
    from hscb_xl.engine.range import Range
    from hscb_xl.engine.sheet import Sheet
    from hscb_xl.ooxml.formula.references import Axis, Move
    from hscb_xl.ooxml.structure.rows import Origin


class Structured:
    """The members of a range that concern the rows, columns and cells of its sheet as such."""

    __slots__ = ()

    area: Area
    sheet: "Sheet"

    @property
    def current_region(self) -> "Range":
        """The block around its first cell that empty rows and columns bound."""
        from hscb_xl.engine import regions

        return self._other(regions.around(self.sheet.part, self.area.top, self.area.left))

    @property
    def row_height(self) -> float | None:
        """The height of its rows in points, None where they differ."""
        from hscb_xl.ooxml.sheet import geometry

        heights = geometry.row_heights(self.sheet.part, self.area.top, self.area.bottom)
        return heights.pop() if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        if self.area.shape[0] == refs.MAX_ROW:
            raise not_supported(self, "row_height of whole columns")
        rows.set_height(self.sheet.part, self.area.top, self.area.bottom, value)

    @property
    def height(self) -> float:
        """How high it is in points; rows that have no height of their own count as the sheet says."""
        from hscb_xl.ooxml.sheet import geometry

        return geometry.height(self.sheet.part, self.area.top, self.area.bottom)

    @property
    def width(self) -> float:
        """How wide it is in points, for the digits of Calibri 11."""
        from hscb_xl.ooxml.sheet import geometry

        return geometry.width(self.sheet.part, self.area.left, self.area.right)

    @property
    def top(self) -> float:
        """The points above it."""
        from hscb_xl.ooxml.sheet import geometry

        return geometry.height(self.sheet.part, 1, self.area.top - 1)

    @property
    def left(self) -> float:
        """The points left of it."""
        from hscb_xl.ooxml.sheet import geometry

        return geometry.width(self.sheet.part, 1, self.area.left - 1)

    def autofit(self, axis: str | None = None) -> None:
        """Make columns as wide and rows as tall as what they show, estimated for Calibri."""
        part, styles = self.sheet.part, self.sheet.book.workbook.styles
        if axis in (None, "c", "columns"):
            from hscb_xl.ooxml.sheet import fitting

            fitting.fit_widths(part, styles, self.area)
        if axis in (None, "r", "rows"):
            rows.fit_heights(part, styles, self.area.top, self.area.bottom)

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells are merged; None where only some of them are."""
        merged = [area for area in self.sheet.part.merged if area.meets(self.area)]
        if not merged:
            return False
        return True if any(area.covers(self.area) for area in merged) else None

    @property
    def merge_area(self) -> "Range":
        """The merged cells that its first cell belongs to, else that cell."""
        here = Area(self.area.top, self.area.left, self.area.top, self.area.left)
        return self._other(next((area for area in self.sheet.part.merged if area.meets(here)), here))

    def merge(self, across: bool) -> None:
        """Make one cell of the range, or one of each of its rows; refused where a value would be lost."""
        from hscb_xl.ooxml.sheet import merges

        area = self.area
        if across and area.shape[0] == refs.MAX_ROW:
            raise not_supported(self, "merge(across=True) of whole columns")
        lines = [Area(row, area.left, row, area.right) for row in range(area.top, area.bottom + 1)]
        held = tables.tables(self.sheet.book.workbook.package, self.sheet.part.name)
        merges.merge(self.sheet.part, lines if across else [area], [table.area for table in held])

    def unmerge(self) -> None:
        """Make several cells again of all merged ones that reach into the range."""
        from hscb_xl.ooxml.sheet import merges

        merges.unmerge(self.sheet.part, self.area)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert cells, whole rows or whole columns, in the format of those above, left, below or right."""
        from hscb_xl.ooxml.structure import cells

        wanted = self._move({"down": "rows", "right": "columns"}, shift, inserting=True)
        origin: Origin = "behind" if copy_origin == "format_from_right_or_below" else "before"
        cells.move(self.sheet.book.workbook, self.sheet.name, wanted, origin)

    def delete(self, shift: str | None = None) -> None:
        """Delete cells, whole rows or whole columns; those below or to the right move there."""
        from hscb_xl.ooxml.structure import cells

        wanted = self._move({"up": "rows", "left": "columns"}, shift, inserting=False)
        cells.move(self.sheet.book.workbook, self.sheet.name, wanted)

    def copy(self, destination: Any = None) -> None:
        """Copy values, formulas, formats and merged cells to another place of the book."""
        from hscb_xl.ooxml.structure import copies

        if destination is None:
            raise not_supported(self, "copy() without a destination: a closed file has no clipboard")
        target: Range = destination.impl
        if target.sheet.book.workbook is not self.sheet.book.workbook:
            raise not_supported(self, "copy(destination) to another book")
        if refs.MAX_ROW in self.area.shape or refs.MAX_COLUMN in self.area.shape:
            raise not_supported(self, "copy(destination) of whole rows or columns")
        held = tables.tables(self.sheet.book.workbook.package, target.sheet.part.name)
        areas = [table.area for table in held]
        copies.copy(self.sheet.part, self.area, target.sheet.part, target.area, areas)

    def _move(self, axes: "dict[str, Axis]", shift: str | None, inserting: bool) -> "Move":
        """What comes or goes: whole rows and columns can move in one direction only."""
        from hscb_xl.ooxml.formula.references import Move

        if is_empty(self.area):
            raise IndexError("This range is an empty slice: there are no cells to insert or to delete.")
        rows_, columns = self.area.shape
        if rows_ == refs.MAX_ROW or columns == refs.MAX_COLUMN:
            return Move(self.area, "columns" if rows_ == refs.MAX_ROW else "rows", inserting)
        if shift not in axes:
            raise ValueError(f"Say where the other cells shall move: shift is one of {', '.join(axes)}.")
        return Move(self.area, axes[shift], inserting)

    @property
    def has_array(self) -> bool | None:
        """Whether an array formula of the kind entered with Ctrl, Shift and Enter fills it; None in part."""
        if is_empty(self.area):
            return False
        part = self.sheet.part
        held = [area for area in part.grid.filled_areas if area.meets(self.area) and _is_array(part, area)]
        if not held:
            return False
        return True if any(area.covers(self.area) for area in held) else None

    @property
    def formula2(self) -> Any:
        """The formulas as ``formula`` gives them: Excel alone knows where it would show an @."""
        return self._other(self.area).formula

    @property
    def formula_array(self) -> Any:
        """The formula of the one array that the range is, or of its one cell; None for anything else."""
        if is_empty(self.area):
            return None
        first = self._other(Area(self.area.top, self.area.left, self.area.top, self.area.left))
        alone = self.area.shape == (1, 1) or self.area in self.sheet.part.grid.filled_areas
        return first.formula if alone else None

    @property
    def note(self) -> "Note | None":
        """The note of its first cell."""
        from hscb_xl.engine.notes import of_sheet

        places = {note.location.area: note for note in of_sheet(self.sheet)}
        return places.get(Area(self.area.top, self.area.left, self.area.top, self.area.left))

    def add_note(self, text: str) -> "Note":
        """Give the cell a note, by nobody in particular; Excel names the user."""
        from hscb_xl.engine.notes import Note
        from hscb_xl.ooxml.drawings import notes

        row, column = self.area.top, self.area.left
        with self.sheet.book.workbook.all_or_nothing():
            notes.add(self.sheet.book.workbook.package, self.sheet.part, row, column, text)
        return Note(self.sheet, row, column)

    @property
    def hyperlink(self) -> str:
        """The address that its first cell leads to, '' for a place in the book; LookupError without one."""
        from hscb_xl.ooxml.drawings import links

        found = links.find(self.sheet.book.workbook.package, self.sheet.part, self.area)
        if not found:
            raise LookupError(f"{self.sheet.part.where(self.area.address)} has no hyperlink.")
        return found[0].address

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str | None = None) -> None:
        """Let the cell lead to an address, or with "#" in front to a place in the book, and show a text."""
        from hscb_xl.ooxml.drawings import links

        if self.area.shape != (1, 1):
            raise not_supported(self, "add_hyperlink of several cells")
        part, workbook = self.sheet.part, self.sheet.book.workbook
        with workbook.all_or_nothing():
            part.edit(self.area.top, self.area.left, Edit(text_to_display))
            part.flush()
            links.put(workbook.package, part, self.area, address, screen_tip)

    def _other(self, area: Area) -> "Range":
        """Another range of the same sheet."""
        return self.sheet.range(area)


def _is_array(part: SheetPart, area: Area) -> bool:
    """Whether a formula that fills an area is an array formula that does not spill by itself."""
    first = next(part.grid.cells(Area(area.top, area.left, area.top, area.left)), None)
    return first is not None and b"cm" not in first.attributes and b"dataTable" not in first.inner
