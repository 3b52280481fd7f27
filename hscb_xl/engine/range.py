"""A range of the engine: values, formulas, formats and the way from one range to another."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import xlwings as xw
from xlwings.expansion import expanders

from hscb_xl.engine import reading, writing
from hscb_xl.engine.addresses import is_empty, of_book, within_sheet
from hscb_xl.engine.autofilter import AutoFilter, OfRange
from hscb_xl.engine.declared import Declared, not_supported
from hscb_xl.engine.looks import alignment, cellformats
from hscb_xl.engine.looks.borders import Borders
from hscb_xl.engine.looks.colours import palette_of, rgb
from hscb_xl.engine.looks.conditional import ConditionalFormats
from hscb_xl.engine.looks.formats import Font
from hscb_xl.engine.looks.validation import DataValidation
from hscb_xl.engine.structure import Structured
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import columns
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.styles.looks import Look, Rgb
from hscb_xl.ooxml.styles.styles import Styles

if TYPE_CHECKING:
    from hscb_xl.engine.sheet import Sheet

T = TypeVar("T")


class Range(Structured, Declared):
    """A rectangle of cells on a sheet."""

    __slots__ = ("area", "options", "sheet")

    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: "Sheet", area: Area) -> None:
        self.sheet = sheet
        self.area = within_sheet(area)
        self.options: dict[str, Any] = {}

    @property
    def api(self) -> "Range":
        """The range itself: there is no other object behind it."""
        return self

    @property
    def row(self) -> int:
        """The number of its first row."""
        return self.area.top

    @property
    def column(self) -> int:
        """The number of its first column."""
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        return self.area.shape

    def __len__(self) -> int:
        height, width = self.shape
        return height * width

    def __bool__(self) -> bool:
        return True

    @property
    def address(self) -> str:
        """Its reference with dollar signs, empty where it has no cells."""
        return "" if is_empty(self.area) else self.area.absolute

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        """Its reference, with the book and the sheet in front where ``external``; empty without cells."""
        if is_empty(self.area):
            return ""
        corners = dict.fromkeys([(self.area.top, self.area.left), (self.area.bottom, self.area.right)])
        address = ":".join(
            f"{'$' * column_absolute}{refs.letters(column)}{'$' * row_absolute}{row}"
            for row, column in corners
        )
        return of_book(self.sheet.book.name, self.sheet.name) + address if external else address

    def __call__(self, row: int, column: int | None = None) -> "Range":
        """One cell, by its row and column from the first one, or by its place counted row by row."""
        if column is None:
            above, before = divmod(row - 1, self.shape[1])
        else:
            above, before = row - 1, column - 1
        return self._cell(self.area.top + above, self.area.left + before)

    def end(self, direction: str) -> "Range":
        """The edge of the block of filled cells in a direction, as Ctrl and an arrow find it."""
        if direction in ("down", "up"):
            filled = self.sheet.part.filled_rows(self.column)
            last = refs.MAX_ROW if direction == "down" else 1
            return self._cell(
                reading.edge(filled, self.row, 1 if direction == "down" else -1, last), self.column
            )
        strip = Area(self.row, 1, self.row, refs.MAX_COLUMN)
        filled = {cell.column for cell in self.sheet.part.cells(strip) if cell.inner}
        last = refs.MAX_COLUMN if direction == "right" else 1
        return self._cell(
            self.row, reading.edge(filled, self.column, 1 if direction == "right" else -1, last)
        )

    def expand(self, mode: str) -> "Range":
        """The filled block to the right and below, below only, or to the right only."""
        found: Range = expanders[mode].expand(xw.Range(impl=self)).impl
        return found

    def select(self) -> None:
        """Let the file open on these cells of the sheet; UnsafeEdit where it is hidden."""
        self.sheet.select_cells(self.area)

    @property
    def raw_value(self) -> Any:
        """The values row by row; one cell gives its value alone, no cell gives None."""
        if is_empty(self.area):
            return None
        grid = reading.values(self.sheet.part, self._styles, self.area)
        return grid[0][0] if self.shape == (1, 1) else grid

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        writing.put(self.sheet.part, self._styles, self.area, data)

    @property
    def formula(self) -> Any:
        """The formulas with their equal sign, or the values as text where there are none."""
        if is_empty(self.area):
            return None
        part = self.sheet.part
        part.refuse_much(self.area)
        part.flush()
        there = part.cells(self.area) if part.may_hold_formulas else ()
        texts = {(c.row, c.column): c.formula for c in there if c.has_formula}
        found = [
            [
                reading.in_formula_bar(texts.get((r, c)), value, part.date1904)
                for c, (value, _) in enumerate(row, start=self.area.left)
            ]
            for r, row in enumerate(part.values(self.area), start=self.area.top)
        ]
        return found[0][0] if self.shape == (1, 1) else found

    @formula.setter
    def formula(self, data: Any) -> None:
        if isinstance(data, str) and len(self) > 1 and data.startswith("=") and writing.is_shifted(data):
            raise not_supported(self, f"formula of several cells at once ({data}, which Excel would shift)")
        writing.put_formulas(self.sheet.part, self._styles, self.area, data)

    def clear_contents(self) -> None:
        """Empty the cells and keep their formats."""
        self._edit_filled(Edit(None, over_formula=True))

    def clear_formats(self) -> None:
        """Give the cells the workbook's normal format."""
        self._edit_filled(Edit(style=0))

    def clear(self) -> None:
        """Empty the cells and give them the workbook's normal format."""
        self._edit_filled(Edit(None, 0, over_formula=True))

    @property
    def number_format(self) -> str | None:
        """The number format, None where the cells differ."""
        return self.common(self._styles.number_format)

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.restyle(Look(number_format=code))

    @property
    def color(self) -> Rgb | None:
        """The fill, None where there is none or the cells differ."""
        colours = palette_of(self.sheet.book.workbook)
        return self.common(lambda style: colours.rgb(self._styles.fill_colour(style)))

    @color.setter
    def color(self, value: Rgb | str | int | None) -> None:
        self.restyle(Look(no_fill=True) if value is None else Look(fill=rgb(value)))

    @property
    def font(self) -> Font:
        """The font of its cells."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """The lines around its cells."""
        return Borders(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether text is broken into lines, None where the cells differ."""
        return self.common(lambda style: self._styles.alignment(style).get("wrapText") in ("1", "true"))

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.restyle(Look(wrap=value))

    @property
    def horizontal_alignment(self) -> str | None:
        """Where text stands in the width of a cell."""
        word = self.common(lambda style: self._styles.alignment(style).get("horizontal", "general"))
        return None if word is None else alignment.from_file(word, alignment.HORIZONTAL)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.restyle(Look(horizontal=alignment.to_file(value, alignment.HORIZONTAL)))

    @property
    def vertical_alignment(self) -> str | None:
        """Where text stands in the height of a cell."""
        word = self.common(lambda style: self._styles.alignment(style).get("vertical", "bottom"))
        return None if word is None else alignment.from_file(word, alignment.VERTICAL)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.restyle(Look(vertical=alignment.to_file(value, alignment.VERTICAL)))

    def adjust_indent(self, amount: int) -> None:
        """Move the text of every cell further from its side, or back, by so many steps."""
        alignment.indent(self, amount)

    @property
    def column_width(self) -> float | None:
        """The width in characters, None where the columns differ."""
        widths = {columns.width(self.sheet.part, c) for c in range(self.area.left, self.area.right + 1)}
        return widths.pop() if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._make_sure_of_cells()
        columns.set_width(self.sheet.part, self.area.left, self.area.right, value)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """The rules that apply to its cells."""
        self._make_sure_of_cells()
        return ConditionalFormats(self)

    @property
    def autofilter(self) -> AutoFilter:
        """The filter of exactly these cells."""
        return AutoFilter(OfRange(self))

    @property
    def data_validation(self) -> DataValidation:
        """The data validation of its cells."""
        self._make_sure_of_cells()
        return DataValidation(self)

    def restyle(self, look: Look) -> None:
        """Lay a look over the format of every cell."""
        cellformats.lay(self, look, self._styles)

    def reformat(self, change: Callable[[int], int]) -> None:
        """Give every cell the format that ``change`` makes of its own."""
        cellformats.change(self, change)

    def formats(self) -> set[int]:
        """The formats that its cells have."""
        return cellformats.held(self)

    def common(self, fact: Callable[[int], T]) -> T | None:
        """What ``fact`` says of the formats of all cells, None where they differ."""
        facts = {fact(style) for style in self.formats()}
        return facts.pop() if len(facts) == 1 else None

    @property
    def _styles(self) -> Styles:
        return self.sheet.book.workbook.styles

    def _cell(self, row: int, column: int) -> "Range":
        return Range(self.sheet, Area(row, column, row, column))

    def _make_sure_of_cells(self) -> None:
        if is_empty(self.area):
            raise IndexError("This range is an empty slice: without cells there is nothing to ask or to set.")

    def _edit_filled(self, edit: Edit) -> None:
        """Edit the cells that the file holds here or that wait to be written."""
        part = self.sheet.part
        there = {(cell.row, cell.column) for cell in part.grid.cells(self.area)}
        for row, column in there.union(part.waiting(self.area)):
            part.edit(row, column, edit)
