"""From declared looks to XlsxWriter's formats, each made once per workbook."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from hscb_xl.plan.columns import Column, Kind
from hscb_xl.plan.look import BODY_SIZE, DATE, GRID, RGB, Look

FONT = "Calibri"

TEXT = 49  # the built-in format "@"; as a code of its own Excel would list it twice
NUMBERED = '0"."'

_NUMBER_FORMATS: dict[Kind, str | int] = {
    "number": "0",
    "text": TEXT,
    "letter": TEXT,
    "choice": TEXT,
    "date": DATE,
}
# Excel would turn a month or a paragraph number that somebody types into a date or a number; only long
# texts stay General, because a cell of format Text shows #### from its 256th character on in old versions.
_LONG = frozenset({"area", "action", "progress", "evidence", "reason"})
_CENTRED = frozenset({"no", "para", "reference", "due", "completed_on", "days"})


@dataclass(frozen=True, slots=True)
class Style:
    """How one cell is drawn; ``size`` is in points, ``number`` a number format or a built-in one's number."""

    look: Look | None = None
    size: float = BODY_SIZE
    number: str | int = ""
    align: str = ""
    valign: str = "top"
    wrap: bool = False
    shrink: bool = False
    border: bool = False
    quoted: bool = False


BODY = Style(wrap=True, border=True)


def header(look: Look) -> Style:
    """The style of a table's header cell."""
    return Style(look, wrap=True, border=True)


def of_column(column: Column) -> Style:
    """The style of the cells below the header of one of the plan's columns."""
    number = NUMBERED if column.key == "no" else _NUMBER_FORMATS[column.kind]
    centred = column.kind == "letter" or column.key in _CENTRED
    return Style(
        number="" if column.key in _LONG else number,
        align="center" if centred else "",
        wrap=True,
        border=True,
    )


class Formats:
    """The formats of one workbook, cached by style, because each one asked for is written to the file."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._cells: dict[Style, Format] = {}
        self._rules: dict[Look, Format] = {}

    def cell(self, style: Style) -> Format:
        """The format of a cell drawn in ``style``."""
        if style not in self._cells:
            self._cells[style] = self._book.add_format(_properties(style))
        return self._cells[style]

    def rule(self, look: Look) -> Format:
        """The format a conditional format gives; it says nothing of size, borders or alignment."""
        if look not in self._rules:
            self._rules[look] = self._book.add_format(
                {"bg_color": colour(look.fill), "font_color": colour(look.font), "bold": look.bold}
            )
        return self._rules[look]


def colour(rgb: RGB) -> str:
    """A colour as XlsxWriter takes it, such as "#1F3864"."""
    return "#{:02X}{:02X}{:02X}".format(*rgb)


def _properties(style: Style) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "font_name": FONT,
        "font_size": style.size,
        "valign": style.valign,
        "text_wrap": style.wrap,
        "shrink": style.shrink,
    }
    if style.look is not None:
        properties |= {"font_color": colour(style.look.font), "bold": style.look.bold}
        if style.look.fill != (255, 255, 255):
            properties["bg_color"] = colour(style.look.fill)
    if style.number:
        properties["num_format"] = style.number
    if style.align:
        properties["align"] = style.align
    if style.border:
        properties |= {"border": 1, "border_color": colour(GRID)}
    if style.quoted:
        properties["quote_prefix"] = True
    return properties
