"""The sheets that people look things up on or set: Lists, Settings and Key."""

from collections.abc import Sequence
from dataclasses import replace

from hscb_xl.build.lists import GROUPS, LEADS
from hscb_xl.build.parts import HEADER_ROW, LINE, SECTION, new_sheet
from hscb_xl.plan import look
from hscb_xl.plan.columns import COLUMNS
from hscb_xl.plan.finished import MEANINGS
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.store.backups import KEPT
from hscb_xl.xlsx.formats import BODY, Style, header
from hscb_xl.xlsx.sheet import Area, Book, Cell, Head, Sheet
from hscb_xl.xlsx.tab import write_key
from hscb_xl.xlsx.validation import must_be_date, one_of, whole_number

_BOARD, _OFFICER = look.HEADERS["board"], look.HEADERS["officer"]
_GROUPS_LEFT = 4  # column E
_WORDS_LEFT = 7  # column H
_WORDS_READY = 100  # rows that have their drop-down ready
_BETWEEN = ("; ").join
_VALUE = Style(align="center", wrap=True, border=True)
_POLICY = RatingPolicy()
# A letter, then a column's name, owner and note.
_KEY_WIDTHS = (5, 30, 25, 58)

_LOWER_ONLY = "Empty means the command’s limit; a larger value than that changes nothing."
_SETTINGS: tuple[tuple[str, Cell, str], ...] = (
    ("As of", None, "The day the plan is rated for. Empty means today."),
    ("Amber window (days)", _POLICY.amber_window, "An action due within so many days is amber."),
    ("Tolerance (days)", _POLICY.tolerance, "An action late by so many days at most is amber, not red."),
    (
        "Preset",
        _POLICY.preset,
        "delivery: green until the amber window begins. completion: green only when complete.",
    ),
    (
        "Blue ratings (BRAG)",
        "Yes" if _POLICY.blue else "No",
        "Yes: complete, with evidence, a date and a verifier, is blue (B).",
    ),
    (
        "Backups to keep",
        KEPT,
        "Earlier states that a run without Excel keeps beside the workbook. 0 keeps none.",
    ),
    (
        "Largest workbook (MB unpacked)",
        None,
        f"A workbook that unpacks to more is refused. {_LOWER_ONLY}",
    ),
    ("Largest sheet (rows)", None, f"A workbook with a longer sheet is refused. {_LOWER_ONLY}"),
    (
        "Longest run (seconds)",
        None,
        f"A run without Excel that takes longer is given up, nothing is saved. {_LOWER_ONLY}",
    ),
)


def write_lists(book: Book) -> None:
    """Draw the sheet Lists: the tables Leads, Groups and Words, and the names the drop-downs read."""
    line = (
        "The names for the drop-downs of the plan, several other spellings separated by a semicolon; "
        "and the board’s own words for Status: each means complete, not complete or ask."
    )
    sheet = new_sheet(book, "Lists", "Leads, groups and words", line)
    leads = [(lead.name, _BETWEEN(lead.aliases), lead.own_group) for lead in LEADS]
    groups = [(group.name, _BETWEEN(group.aliases)) for group in GROUPS]
    name, also = Head("Name", 46, _OFFICER), Head("Also written as", 32, _OFFICER)
    area = sheet.table("Leads", HEADER_ROW, 0, (name, also, Head("Own group", 24, _OFFICER)), leads)
    sheet.table("Groups", HEADER_ROW, _GROUPS_LEFT, (Head("Name", 28, _OFFICER), also), groups)
    words = sheet.table(
        "Words", HEADER_ROW, _WORDS_LEFT, (Head("Word", 24, _OFFICER), Head("Means", 14, _OFFICER)), ()
    )
    one_of(sheet, replace(words, rows=_WORDS_READY), _WORDS_LEFT + 1, MEANINGS, "Means")
    book.raw.define_name("Lead_Names", "=Leads[Name]")
    book.raw.define_name("Group_Names", "=Groups[Name]")
    sheet.raw.freeze_panes(area.first, 0)
    sheet.page(HEADER_ROW, "Lists")


def write_settings(book: Book) -> None:
    """Draw the sheet Settings with the values a new workbook starts with."""
    sheet = new_sheet(book, "Settings", "Settings", "Change the values in the middle column only.")
    heads = (
        Head("Setting", 32, _BOARD),
        Head("Value", 16, _OFFICER, _VALUE),
        Head("What it means", 72, _BOARD),
    )
    area = sheet.table("Settings", HEADER_ROW, 0, heads, _SETTINGS)
    sheet.put(area.first, 1, None, Style(number=look.DATE, align="center", border=True))
    _validate_settings(sheet, area)
    sheet.raw.freeze_panes(area.first, 0)
    sheet.page(HEADER_ROW, "Settings")


def write_key_sheet(book: Book, document_key: Sequence[str]) -> None:
    """Draw the sheet Key: the document's own lines, the letters, the words and the columns."""
    sheet = new_sheet(book, "Key", "Key", "How to read the plan.")
    for index, width in enumerate(_KEY_WIDTHS):
        sheet.raw.set_column(index, index, width)
    row = (
        _section(sheet, HEADER_ROW, "From the plan’s own document", document_key)
        if document_key
        else HEADER_ROW
    )
    row = _letters(sheet, row)
    row = _section(sheet, row, "What Timing says", look.timing_lines(_POLICY))
    _columns(sheet, row)
    sheet.page(None, "Key", tall=1)


def _validate_settings(sheet: Sheet, area: Area) -> None:
    as_of, window, tolerance, preset, blue, kept, *limits = (
        Area(row - 1, 0, 1, 3) for row in range(area.first, area.last + 1)
    )
    must_be_date(sheet, as_of, 1, "As of", "A date, such as 31/03/2015, or empty for today.")
    whole_number(sheet, window, 1, "Amber window (days)")
    whole_number(sheet, tolerance, 1, "Tolerance (days)")
    one_of(sheet, preset, 1, ("delivery", "completion"), "Preset")
    one_of(sheet, blue, 1, ("Yes", "No"), "Blue ratings (BRAG)")
    whole_number(sheet, kept, 1, "Backups to keep", "")
    for limit, (name, *_) in zip(limits, _SETTINGS[-len(limits) :], strict=True):
        whole_number(sheet, limit, 1, name, "", least=1)


def _section(sheet: Sheet, row: int, title: str, lines: Sequence[str]) -> int:
    sheet.put(row, 0, title, SECTION)
    return sheet.lines(row + 1, 0, lines, LINE) + 1


def _letters(sheet: Sheet, row: int) -> int:
    sheet.put(row, 0, "What the letters mean, under the settings a new workbook has", SECTION)
    return write_key(sheet, row + 1, 0, _POLICY) + 1


def _columns(sheet: Sheet, row: int) -> None:
    sheet.put(row, 0, "The columns of the sheet Plan", SECTION)
    for index, word in enumerate(("Column", "Whose it is", "What stands in it"), start=1):
        sheet.put(row + 1, index, word, header(_BOARD))
    for line, column in enumerate(COLUMNS, start=row + 2):
        sheet.put(line, 1, column.header, header(look.HEADERS[column.owner]))
        sheet.put(line, 2, look.OWNER_WORDS[column.owner], BODY)
        sheet.put(line, 3, column.note, BODY)
