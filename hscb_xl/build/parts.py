"""What the sheets of a built workbook share: their head lines, styles and code names."""

from hscb_xl.plan import look
from hscb_xl.xlsx.formats import Style
from hscb_xl.xlsx.sheet import Book, Sheet

# Rows from 0, below the title: the as-of line, a free row, then the header.
AS_OF_ROW, HEADER_ROW = 1, 3

SECTION = Style(look.TITLE, size=11)
LINE = Style(look.QUIET)

_CLICK = "click {} on the tab Improvement plan; where there is no such tab, run “hscb-xl run”."

NOT_YET = f"Not rated yet: {_CLICK.format('Refresh RAG')}"
NOT_CHECKED = f"Not checked yet: {_CLICK.format('Check plan')}"
NOT_SUMMARISED = f"Not summarised yet: {_CLICK.format('Summary')}"


def new_sheet(book: Book, name: str, title: str, line: str) -> Sheet:
    """A sheet with its title and the line below it; macros know it as "sh" and its name."""
    sheet = book.sheet(name)
    sheet.raw.set_vba_name(f"sh{name}")
    sheet.title(title)
    sheet.put(AS_OF_ROW, 0, line, LINE)
    return sheet


def name_as_of(book: Book, name: str) -> None:
    """Let macros and tasks find the as-of line of the sheet ``name`` by a defined name."""
    book.raw.define_name(f"{name}_AsOf", f"={name}!$A${AS_OF_ROW + 1}")
