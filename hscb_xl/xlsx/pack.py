"""The files a board hands out: a pack with a tab for every group, or one group's tab alone."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hscb_xl.base.facts import Label
from hscb_xl.plan import look
from hscb_xl.plan.rag import Rating, RatingPolicy
from hscb_xl.store.atomic import write_atomically
from hscb_xl.xlsx.formats import Style
from hscb_xl.xlsx.records import MARK, Tab
from hscb_xl.xlsx.safe import sheet_names
from hscb_xl.xlsx.sheet import Book, Cell, Head
from hscb_xl.xlsx.tab import UNRATED, Cover, counts, write_key, write_tab

CONTENTS = "Contents"

_HEADER_ROW = 3
_HEADER_HEIGHT = 40  # points: two lines and the filter's button
_GROUP_WIDTH = 44
_COUNT_WIDTH = 9.5
_LINE = Style(look.QUIET)
_COUNT = Style(align="center", border=True)
_LINK = Style(look.Look(look.WHITE, look.LINK), wrap=True, border=True)


def pack(tabs: Sequence[Tab], cover: Cover, whose: str = "Group", label: Label | None = None) -> bytes:
    """A pack: the sheet Contents, then a sheet for each of ``tabs``; ``whose`` they are heads the list."""
    book = _book(cover, label)
    names = sheet_names((CONTENTS, *(tab.group for tab in tabs)))
    _write_contents(book, tabs, names[1:], cover, whose)
    for number, (name, tab) in enumerate(zip(names[1:], tabs, strict=True), start=1):
        write_tab(book, name, tab, cover, number)
    return book.data()


def single(tab: Tab, cover: Cover, label: Label | None = None) -> bytes:
    """A workbook with one group's tab and nothing else."""
    book = _book(cover, label)
    write_tab(book, sheet_names((tab.group,))[0], tab, cover)
    return book.data()


def write_pack(
    path: Path, tabs: Sequence[Tab], policy: RatingPolicy, as_of: date, title: str, whose: str = "Group"
) -> bool:
    """Write a full pack; False when ``path`` held exactly this already. OutputProblem when it cannot be."""
    return write_atomically(path, pack(tabs, Cover(title, as_of, policy), whose))


def write_single(path: Path, tab: Tab, policy: RatingPolicy, as_of: date, title: str) -> bool:
    """Write one group's workbook; False when ``path`` held exactly this already, OutputProblem as above."""
    return write_atomically(path, single(tab, Cover(title, as_of, policy)))


def _book(cover: Cover, label: Label | None) -> Book:
    book = Book(cover.as_of, cover.heading, label)
    book.mark(*MARK)
    return book


def _write_contents(book: Book, tabs: Sequence[Tab], names: Sequence[str], cover: Cover, whose: str) -> None:
    sheet = book.sheet(CONTENTS)
    sheet.title(cover.heading)
    sheet.put(1, 0, f"{cover.says}. Click a {whose.lower()} to go to its sheet.", _LINE)
    letters = _letters(tabs, cover.policy)
    heads = _heads(letters, whose, ("Exceptions", "All actions") if cover.exceptions else ("Actions",))
    area = sheet.table("Contents", _HEADER_ROW, 0, heads, [_cells(tab, letters) for tab in tabs])
    for row, (tab, name) in enumerate(zip(tabs, names, strict=True), start=area.first):
        sheet.link(row, 0, name, tab.group, _LINK)
    sheet.raw.set_row(_HEADER_ROW, _HEADER_HEIGHT)
    write_key(sheet, area.last + 2, 1, cover.policy)
    sheet.raw.freeze_panes(area.first, 1)
    sheet.page(_HEADER_ROW, cover.footer(cover.title))


def _letters(tabs: Sequence[Tab], policy: RatingPolicy) -> tuple[str, ...]:
    """The letters that have a column: B only where it is in use."""
    blue = policy.blue or any(counts((row.agreed, row.auto))[Rating.BLUE] for tab in tabs for row in tab.rows)
    return ("R", "A", "G", "B", UNRATED) if blue else ("R", "A", "G", UNRATED)


def _heads(letters: Sequence[str], whose: str, numbers: Sequence[str]) -> tuple[Head, ...]:
    plain, agreed, computed = look.HEADERS["officer"], look.HEADERS["board"], look.HEADERS["program"]
    return (
        Head(whose, _GROUP_WIDTH, plain, _LINK),
        *(Head(number, _COUNT_WIDTH + 1, plain, _COUNT) for number in numbers),
        *(Head(f"Agreed {letter}", _COUNT_WIDTH, agreed, _COUNT) for letter in letters),
        *(Head(f"Computed {letter}", _COUNT_WIDTH + 1, computed, _COUNT) for letter in letters),
    )


def _cells(tab: Tab, letters: Sequence[str]) -> tuple[Cell, ...]:
    agreed = counts(row.agreed for row in tab.rows)
    computed = counts(row.auto for row in tab.rows)
    return (
        tab.group,
        len(tab.rows),
        *(() if tab.of is None else (tab.of,)),
        *(agreed[letter] for letter in letters),
        *(computed[letter] for letter in letters),
    )
