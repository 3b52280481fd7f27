"""The sheets that the program fills later: Checks, Summary and History."""

from collections.abc import Sequence
from datetime import date

from hscb_xl.build.parts import HEADER_ROW, NOT_CHECKED, NOT_SUMMARISED, name_as_of, new_sheet
from hscb_xl.plan import look
from hscb_xl.plan.model import HistoryNote
from hscb_xl.xlsx.formats import Style
from hscb_xl.xlsx.sheet import Book, Cell, Head

_OURS = look.HEADERS["program"]
_DATE = Style(number=look.DATE, align="center", wrap=True, border=True)
_CENTRED = Style(align="center", wrap=True, border=True)

_CHECKS = (
    Head("Severity", 10, _OURS),
    Head("Action", 8, _OURS, _CENTRED),
    Head("Cell", 11, _OURS),
    Head("Message", 62, _OURS),
    Head("Remedy", 52, _OURS),
    Head("Rule", 24, _OURS),
)

_HISTORY = (
    Head("When", 12, _OURS, _DATE),
    Head("Kind", 12, _OURS),
    Head("No", 6, _OURS, _CENTRED),
    Head("Column", 18, _OURS),
    Head("From", 46, _OURS),
    Head("To", 46, _OURS),
    Head("Why", 40, _OURS),
)

_SUMMARY_FIRST_WIDTH, _SUMMARY_WIDTH = 42, 9.5
_SUMMARY_LAST_COLUMN = 11  # L


def write_checks(book: Book) -> None:
    """Draw the sheet Checks with an empty table."""
    sheet = new_sheet(book, "Checks", "Checks: what needs a look, the worst first", NOT_CHECKED)
    name_as_of(book, "Checks")
    area = sheet.table("Checks", HEADER_ROW, 0, _CHECKS, ())
    for word, look_of_word in look.SEVERITY_LOOKS:
        sheet.rule(area, 0, word, look_of_word)
    sheet.raw.freeze_panes(area.first, 0)
    sheet.page(HEADER_ROW, "Checks")


def write_summary(book: Book) -> None:
    """Draw the sheet Summary, empty but for its head."""
    sheet = new_sheet(book, "Summary", "Summary", NOT_SUMMARISED)
    name_as_of(book, "Summary")
    sheet.raw.set_column(0, 0, _SUMMARY_FIRST_WIDTH)
    sheet.raw.set_column(1, _SUMMARY_LAST_COLUMN, _SUMMARY_WIDTH)
    sheet.page(None, "Summary")


def write_history(book: Book, notes: Sequence[HistoryNote], as_of: date | None) -> None:
    """Draw the sheet History with what the import had to mend; ``as_of`` dates the notes without a date."""
    sheet = new_sheet(
        book, "History", "History", "Every change made to the plan by the program, oldest first."
    )
    area = sheet.table("History", HEADER_ROW, 0, _HISTORY, [_cells(note, as_of) for note in notes])
    sheet.raw.freeze_panes(area.first, 0)
    sheet.page(HEADER_ROW, "History")


def _cells(note: HistoryNote, as_of: date | None) -> tuple[Cell, ...]:
    return (note.when or as_of, note.kind, note.no, note.column, note.before, note.after, note.why)
