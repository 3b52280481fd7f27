"""A workbook and its sheets as we draw them: text kept as text, tables, rules and the printed page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from hscb_xl.base import textsize
from hscb_xl.base.facts import Label
from hscb_xl.plan.deadlines.periods import Period
from hscb_xl.plan.look import BODY_SIZE, DATE, TITLE, Look, Rule
from hscb_xl.xlsx import labelled
from hscb_xl.xlsx.formats import BODY, Formats, Style, header
from hscb_xl.xlsx.rewrite import Edit, rewritten, with_growing_rows, without_full_calculation
from hscb_xl.xlsx.safe import looks_like_formula, write_text

Cell = str | int | date | Period | None

_TITLE = Style(TITLE, size=14)
_TITLE_HEIGHT = 21  # points

# The calculation engine of current Excel; with an older one, Excel calculates on opening and asks to save.
_CALC_ID = 191029
_A4 = 9
_MARGIN = 0.3  # inches
_MARGIN_BOTTOM = 0.55  # inches; the footer stands in it


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a table: its header, width in Excel's characters, and how its header and cells look."""

    header: str
    width: float
    look: Look
    body: Style = BODY


@dataclass(frozen=True, slots=True)
class Area:
    """Where a table stands; rows and columns from 0, ``top`` is the header's row."""

    top: int
    left: int
    rows: int
    columns: int

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.top + 1

    @property
    def last(self) -> int:
        """The last row of the table."""
        return self.top + self.rows


class Book:
    """A new workbook in memory, without an author and dated ``created``, so that it can be made again."""

    def __init__(self, created: date, title: str, label: Label | None = None) -> None:
        self._buffer = BytesIO()
        self._label, self._properties = label or Label(), 0
        self.raw = Workbook(self._buffer, {"in_memory": True})
        self.raw.set_properties({"title": title, "created": datetime.combine(created, time())})
        self.raw.set_calc_mode("auto", _CALC_ID)
        self.formats = Formats(self.raw)

    def mark(self, name: str, text: str) -> None:
        """Give the file a custom property."""
        self.raw.set_custom_property(name, text, "text")
        self._properties += 1

    def sheet(self, name: str) -> "Sheet":
        """A new, empty sheet behind the others."""
        return Sheet(self.raw.add_worksheet(name), self.formats)

    def data(self) -> bytes:
        """The finished file; nothing can be drawn after this."""
        count = len(self.raw.worksheets())
        self.raw.close()
        edits: dict[str, Edit] = {
            f"xl/worksheets/sheet{number}.xml": with_growing_rows for number in range(1, count + 1)
        }
        edits["xl/workbook.xml"] = without_full_calculation
        edits |= labelled.edits(self._label, self._properties)
        return rewritten(self._buffer.getvalue(), edits, labelled.parts(self._label))


class Sheet:
    """One sheet; rows and columns count from 0."""

    def __init__(self, raw: Worksheet, formats: Formats) -> None:
        self.raw = raw
        self.formats = formats

    def put(self, row: int, column: int, value: Cell, style: Style) -> None:
        """Write one cell. A date in a cell without a number format is shown as a date."""
        if isinstance(value, str):
            self._put_text(row, column, value, style)
        elif isinstance(value, Period):
            # A date does not wrap: where it is too wide, Excel would show #### in its place.
            period = replace(style, number=value.code, wrap=False, shrink=True)
            self.raw.write_datetime(row, column, value.stored, self.formats.cell(period))
        elif isinstance(value, date):
            dated = style if style.number == DATE else replace(style, number=DATE)
            self.raw.write_datetime(row, column, value, self.formats.cell(dated))
        elif value is not None:
            self.raw.write_number(row, column, value, self.formats.cell(style))
        else:
            self.raw.write_blank(row, column, None, self.formats.cell(style))

    def title(self, text: str) -> None:
        """Write the sheet's title into its first row."""
        self.put(0, 0, text, _TITLE)
        self.raw.set_row(0, _TITLE_HEIGHT)

    def link(self, row: int, column: int, sheet_name: str, text: str, style: Style) -> None:
        """Write ``text`` as a link to the top of another sheet of the same workbook."""
        target = sheet_name.replace("'", "''")
        # The library keeps the link's own string in the file, so that string is the sheet's cleaned name.
        self.raw.write_url(row, column, f"internal:'{target}'!A1", self.formats.cell(style), sheet_name)
        self.put(row, column, text, style)

    def link_out(self, row: int, column: int, address: str, text: str, style: Style) -> None:
        """Write ``text`` as a link to an address that ``link_address`` gave."""
        self.raw.write_url(row, column, address, self.formats.cell(style), address)
        self.put(row, column, text, style)

    def lines(self, row: int, column: int, lines: Iterable[str], style: Style) -> int:
        """Write ``lines`` below each other; the next free row."""
        for line in lines:
            self.put(row, column, line, style)
            row += 1
        return row

    def table(
        self,
        name: str,
        top: int,
        left: int,
        heads: Sequence[Head],
        rows: Sequence[Sequence[Cell]],
        fewest_lines: int = 1,
    ) -> Area:
        """An Excel table, with one empty row where there are none, because a table cannot have no row.

        Each row is as tall as its text, and ``fewest_lines`` lines at least.
        """
        filled = rows or [[None] * len(heads)]
        area = Area(top, left, len(filled), len(heads))
        self._add_table(name, area, heads)
        for offset, head in enumerate(heads):
            self.raw.set_column(left + offset, left + offset, head.width)
            self.put(top, left + offset, head.header, header(head.look))
        for row, values in enumerate(filled, start=area.first):
            self._table_row(row, left, heads, values, fewest_lines)
        return area

    def rules(self, area: Area, rules: Iterable[Rule], columns: Mapping[str, int]) -> None:
        """Conditional formats on the table's columns, in the order declared; ``columns`` by key, from 0."""
        for rule in rules:
            if rule.column in columns:
                self.rule(area, columns[rule.column], rule.equals, rule.look)

    def rule(self, area: Area, column: int, equals: str, look: Look) -> None:
        """One conditional format: the cells of one column that equal a word."""
        self.raw.conditional_format(
            area.first,
            column,
            area.last,
            column,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{equals}"',
                "format": self.formats.rule(look),
            },
        )

    def numbers_are_text(self, area: Area, first: int, last: int) -> None:
        """Keep Excel from marking numbers written as text in the columns ``first`` to ``last`` as errors."""
        self.raw.ignore_errors({"number_stored_as_text": xl_range(area.first, first, area.last, last)})

    def page(self, repeat: int | None, footer: str, tall: int = 0) -> None:
        """A4 landscape, one page wide, down to the last row in use however far the sheet grows.

        The row ``repeat`` is printed again on each page; ``footer`` stands left of the page number;
        ``tall`` is how many pages the sheet may take, 0 for any number.
        """
        self.raw.set_landscape()
        self.raw.set_paper(_A4)
        self.raw.fit_to_pages(1, tall)
        self.raw.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN_BOTTOM)
        self.raw.center_horizontally()
        self.raw.set_footer(f"&L&8{_footer_text(footer)}&R&8Page &P of &N", {"margin": 0.25})
        if repeat is not None:
            self.raw.repeat_rows(repeat)

    def _table_row(
        self, row: int, left: int, heads: Sequence[Head], values: Sequence[Cell], lines: int
    ) -> None:
        for offset, (head, value) in enumerate(zip(heads, values, strict=True)):
            self.put(row, left + offset, value, head.body)
            if isinstance(value, str):
                lines = max(lines, textsize.lines(value, head.width, BODY_SIZE))
        if lines > 1:
            self.raw.set_row(row, textsize.row_height(lines, BODY_SIZE))

    def _put_text(self, row: int, column: int, text: str, style: Style) -> None:
        if looks_like_formula(text):
            style = replace(style, quoted=True)
        write_text(self.raw, row, column, text, self.formats.cell(style))

    def _add_table(self, name: str, area: Area, heads: Sequence[Head]) -> None:
        columns = [{"header": head.header, "format": self.formats.cell(head.body)} for head in heads]
        options = {"name": name, "columns": columns, "style": None, "banded_rows": False}
        self.raw.add_table(area.top, area.left, area.last, area.left + area.columns - 1, options)


def _footer_text(text: str) -> str:
    # "&" begins a code in a footer, a digit behind "&8" would be read as part of the size, and Excel
    # takes no more than 255 characters in all.
    shown = text[:80].replace("&", "&&")
    return f" {shown}" if shown[:1].isdigit() else shown
