"""One group's tab: its own actions, the key, and what its chair is asked to fill in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hscb_xl.plan import columns, look, rag
from hscb_xl.plan.judgement import STATUSES
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.plan.wording import counted, written
from hscb_xl.xlsx import safe
from hscb_xl.xlsx.formats import Style, of_column
from hscb_xl.xlsx.records import Tab, TabRow
from hscb_xl.xlsx.sheet import Area, Book, Cell, Head, Sheet
from hscb_xl.xlsx.validation import must_be_date, one_of

UNRATED = "no letter"
_LETTERS = ("R", "A", "G", "B", UNRATED)

# Column keys of a tab in sheet order, with widths in Excel's characters.
COLUMNS: tuple[tuple[str, float], ...] = (
    ("no", 5.5),
    ("para", 7),
    ("area", 19),
    ("lead", 14),
    ("action", 26),
    ("by_when", 10),
    ("due", 10),
    ("progress", 48),
    ("agreed", 7.5),
    ("auto", 6.5),
    ("days", 8.5),
    ("reason", 18),
    ("status", 10.5),
    ("completed_on", 10.5),
    ("evidence", 16),
)
_KEYS = tuple(key for key, _ in COLUMNS)
TO_FILL_IN = ("progress", "status", "completed_on", "evidence")

_HEADER_ROW = 6
_HEADER_HEIGHT = 46  # points: three lines and the filter's button
_GROUP = Style(look.TITLE, size=12)
_GROUP_HEIGHT = 16.5  # points
_LINE = Style(look.QUIET)
_MOST_LINKS = 65_530
"""Links that one sheet can have: Excel's limit."""
_ASK = Style(look.Look(look.WHITE, look.HEADERS["officer"].fill, bold=True))


@dataclass(frozen=True, slots=True)
class Cover:
    """What every tab of one export says at its head; whether it shows ``exceptions`` only."""

    title: str
    as_of: date
    policy: RatingPolicy
    exceptions: bool = False

    @property
    def heading(self) -> str:
        """The title on the sheets and of the document: a part of the plan is never taken for all of it."""
        return f"Exceptions only: {self.title}" if self.exceptions else self.title

    @property
    def says(self) -> str:
        """The day and what is shown."""
        only = ". Only actions that are red or amber, agreed or computed" if self.exceptions else ""
        return f"As of {written(self.as_of)}{only}"

    def footer(self, words: str) -> str:
        """What stands at the foot of each printed page."""
        return f"{'Exceptions only, ' if self.exceptions else ''}{words}, {written(self.as_of)}"


def write_tab(book: Book, sheet_name: str, tab: Tab, cover: Cover, number: int = 1) -> None:
    """Draw ``tab`` on a new sheet; ``number`` makes its table's name the only one in the workbook."""
    sheet = book.sheet(sheet_name)
    _head(sheet, tab, cover)
    _set_widths(sheet)
    write_key(sheet, 0, _KEYS.index("due"), cover.policy)
    if tab.rows:
        _actions(sheet, tab, f"{'Exceptions' if cover.exceptions else 'Actions'}_{number}")
    sheet.page(_HEADER_ROW if tab.rows else None, cover.footer(tab.group))


def write_key(sheet: Sheet, row: int, column: int, policy: RatingPolicy) -> int:
    """Print the key, each letter in its colour beside its words; the next free row."""
    for entry in look.key(policy):
        swatch = Style(look.LETTERS.get(entry.letter), align="center", border=True)
        sheet.put(row, column, entry.letter or "–", swatch)
        sheet.put(row, column + 1, entry.words, _LINE)
        row += 1
    return row


def counts(letters: Iterable[str]) -> Counter[str]:
    """How many of ``letters`` are R, A, G and B, and how many are none of them."""
    ratings = (rag.letter(text) for text in letters)
    return Counter(rating.value if rating else UNRATED for rating in ratings)


def counted_line(tab: Tab) -> str:
    """Such as "3 actions: R 1, G 2 (agreed); R 2, A 1 (computed)."; of exceptions, "3 of 19 actions: …"."""
    agreed = _in_words(counts(row.agreed for row in tab.rows))
    computed = _in_words(counts(row.auto for row in tab.rows))
    return f"{_how_many(tab)}: {agreed} (agreed); {computed} (computed)."


def _how_many(tab: Tab) -> str:
    shown = len(tab.rows)
    return counted(shown, "action") if tab.of is None else f"{shown} of {counted(tab.of, 'action')}"


def _in_words(count: Counter[str]) -> str:
    return ", ".join(f"{letter} {count[letter]}" for letter in _LETTERS if count[letter])


def _head(sheet: Sheet, tab: Tab, cover: Cover) -> None:
    sheet.title(cover.heading)
    sheet.put(1, 0, tab.group, _GROUP)
    sheet.raw.set_row(1, _GROUP_HEIGHT)
    sheet.put(2, 0, cover.says, _LINE)
    if not tab.rows:
        many = "" if tab.of is None else f" ({_how_many(tab)})"
        sheet.put(3, 0, f"There are no actions to show{many}.", _LINE)
        return
    sheet.put(3, 0, counted_line(tab), _LINE)
    wanted = ", ".join(columns.BY_KEY[key].header for key in TO_FILL_IN)
    sheet.put(
        5, 0, f"Please fill in the columns with teal headings: {wanted}. Leave the others as they are.", _ASK
    )


def _set_widths(sheet: Sheet) -> None:
    for index, (_, width) in enumerate(COLUMNS):
        sheet.raw.set_column(index, index, width)


def _actions(sheet: Sheet, tab: Tab, table_name: str) -> None:
    heads = tuple(_table_head(key, width) for key, width in COLUMNS)
    area = sheet.table(table_name, _HEADER_ROW, 0, heads, [_cells(row) for row in tab.rows])
    _link_evidence(sheet, area, tab.rows)
    sheet.raw.set_row(_HEADER_ROW, _HEADER_HEIGHT)
    sheet.raw.freeze_panes(area.first, 1)
    sheet.rules(area, look.RULES, {key: index for index, key in enumerate(_KEYS)})
    _validate(sheet, area)
    sheet.numbers_are_text(area, _KEYS.index("para"), _KEYS.index("para"))


def _link_evidence(sheet: Sheet, area: Area, rows: Sequence[TabRow]) -> None:
    """Let evidence lead where it led in the plan, or where its own text says: the web and mailboxes only."""
    column = _KEYS.index("evidence")
    style = replace(of_column(columns.BY_KEY["evidence"]), look=look.Look(look.WHITE, look.LINK))
    found = ((at, row, safe.link_address(row.evidence_link or row.evidence)) for at, row in enumerate(rows))
    linked = [(at, row.evidence, address) for at, row, address in found if address and row.evidence]
    for at, text, address in linked[:_MOST_LINKS]:
        sheet.link_out(area.first + at, column, address, text, style)


def _table_head(key: str, width: float) -> Head:
    column = columns.BY_KEY[key]
    owner: columns.Owner = "officer" if key in TO_FILL_IN else column.owner
    return Head(column.header, width, look.HEADERS[owner], of_column(column))


def _cells(row: TabRow) -> tuple[Cell, ...]:
    return tuple(getattr(row, key) for key in _KEYS)


def _validate(sheet: Sheet, area: Area) -> None:
    one_of(sheet, area, _KEYS.index("status"), STATUSES, "Status")
    must_be_date(sheet, area, _KEYS.index("completed_on"), "Completed On")
