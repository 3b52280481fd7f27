"""What the last click changed in the plan, kept in the workbook so that it can be put back.

The journal is a hidden sheet of the program's own, written anew by each click that changes the plan. An
action is known by its number, or its words where numbers are missing or doubled, never by its row.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlwings as xw

from hscb_xl.base.limits import Watch
from hscb_xl.plan import columns
from hscb_xl.plan.model import Action, Plan
from hscb_xl.tasks.book import newcolumns, own, places, tables, texts

SHEET = "Undo"
WORDS = "What Undo last run puts back"

_BEFORE, _AFTER = "before: ", "after: "
_ENOUGH = 250
"""Characters of an action's words by which it is known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The cells of one action by column key, each as ``as_kept`` writes it, before the click and after it."""

    no: str
    action: str
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Journal:
    """What a click changed: its name, the plan's as-of line before and after it, and the actions' cells."""

    click: str
    line: tuple[str, str]
    entries: tuple[Entry, ...]


@contextmanager
def kept(book: xw.Book, plan: Plan, keys: Sequence[str], click: str) -> Iterator[None]:
    """Write down what changes meanwhile in these columns, also where it ends with an error.

    The program's columns are marked first: what stands in them later need not tell that they are its own.
    Raises NotOurs, before anything has changed, where somebody else has a sheet of the journal's name.
    """
    if _sheet(book) is not None:
        own.sheet(book, SHEET, "A1", WORDS)
    newcolumns.mark(book, plan)
    sheet = book.sheets[plan.sheet]
    before, line = snapshot(book, plan, keys), line_of(sheet)
    finish_in_any_case()
    try:
        yield
    finally:
        after, new_line = snapshot(book, plan, keys), line_of(sheet)
        entries = tuple(_entries(plan, before, after))
        if entries or line != new_line:
            _write(book, Journal(click, (line, new_line), entries), keys)


def finish_in_any_case() -> None:
    """Let no time limit end a click once cells of the plan are being written."""
    if Watch.running:
        Watch.running.let_go()


def snapshot(book: xw.Book, plan: Plan, keys: Sequence[str]) -> dict[str, list[Any]]:
    """The values of these columns from the first action to the last, each block of columns read in one go."""
    sheet = book.sheets[plan.sheet]
    found: dict[str, list[Any]] = {}
    for block in columns.side_by_side(_in_order(keys, plan), plan.letters):
        rows = sheet[address(plan, block)].options(ndim=2).value
        found |= {key: [row[index] for row in rows] for index, key in enumerate(block)}
    return found


def line_of(sheet: xw.Sheet) -> str:
    """The plan's as-of line on its sheet, '' where there is none."""
    cell = own.line(sheet, own.PLAN_LINE)
    return "" if cell is None else tables.as_text(cell.value)


def address(plan: Plan, block: Sequence[str]) -> str:
    """All actions' cells in columns that stand side by side."""
    top, bottom = plan.actions[0].row, plan.actions[-1].row
    return f"{plan.letters[block[0]]}{top}:{plan.letters[block[-1]]}{bottom}"


def read(book: xw.Book) -> Journal | None:
    """The journal in a book; None where it has none, an empty one, or one that somebody wrote over."""
    sheet = _sheet(book)
    if sheet is None or sheet["A1"].value != WORDS:
        return None
    rows = [[tables.as_text(cell) for cell in row] for row in sheet.used_range.options(ndim=2).value]
    if len(rows) < 3 or len(rows[0]) < 3:
        return None
    (click, before, after, *_), headers, *body = rows[1:]
    try:
        return Journal(click, (before, after), tuple(_entry(headers, row) for row in body if any(row)))
    except (KeyError, ValueError):  # the program always writes what it can read
        return None


def clear(book: xw.Book) -> None:
    """Forget what the last click changed; the sheet stays."""
    sheet = own.sheet(book, SHEET, "A1", WORDS)
    sheet.used_range.clear_contents()
    sheet["A1"].value = WORDS


def as_kept(value: Any) -> str:
    """A cell's value as a text that no host takes for anything else, with its kind in front."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return f"d:{value.isoformat()}"
    if isinstance(value, bool):
        return f"b:{int(value)}"
    return f"n:{float(value)!r}" if isinstance(value, float | int) else f"t:{value}"


def from_kept(text: str) -> Any:
    """The value that ``as_kept`` wrote; None for an empty cell."""
    kind, _, written = text.partition(":")
    if kind == "d":
        return datetime.fromisoformat(written)
    if kind == "n":
        return float(written)
    return written == "1" if kind == "b" else written or None


def known_as(action: Action) -> tuple[str, str]:
    """What an action is known by: its number as it is written, and the beginning of its words."""
    return action.no_text.strip().rstrip("."), " ".join(action.action.split())[:_ENOUGH]


def _entries(plan: Plan, before: Mapping[str, list[Any]], after: Mapping[str, list[Any]]) -> Iterator[Entry]:
    for index, action in enumerate(plan.actions):
        old = {key: as_kept(values[index]) for key, values in before.items()}
        new = {key: as_kept(values[index]) for key, values in after.items()}
        if old != new:
            yield Entry(*known_as(action), old, new)


def _write(book: xw.Book, journal: Journal, keys: Sequence[str]) -> None:
    headers = ["No", "Action", *(_BEFORE + key for key in keys), *(_AFTER + key for key in keys)]
    rows = [[WORDS], [journal.click, *journal.line], headers]
    for entry in journal.entries:
        old, new = ([cells[key] for key in keys] for cells in (entry.before, entry.after))
        rows.append([as_kept(entry.no), as_kept(entry.action), *old, *new])
    sheet = _sheet(book) or _new_sheet(book)
    sheet.used_range.clear_contents()
    cells = places.block(sheet, 1, 1, len(rows), len(headers))
    texts.put(cells, [[text or None for text in row] + [None] * (len(headers) - len(row)) for row in rows])


def _entry(headers: Sequence[str], row: Sequence[str]) -> Entry:
    cells = dict(zip(headers, row, strict=True))
    before, after = (
        {header.removeprefix(side): cell for header, cell in cells.items() if header.startswith(side)}
        for side in (_BEFORE, _AFTER)
    )
    if before.keys() != after.keys():
        raise ValueError("a column has a value from before the click or after it, not both")
    for kept_value in (*before.values(), *after.values()):
        from_kept(kept_value)
    return Entry(from_kept(cells["No"]) or "", from_kept(cells["Action"]) or "", before, after)


def _in_order(keys: Sequence[str], plan: Plan) -> list[str]:
    """The keys as their columns stand on the sheet, since an officer may have moved them."""
    return sorted(keys, key=lambda key: (len(plan.letters[key]), plan.letters[key]))


def _sheet(book: xw.Book) -> xw.Sheet | None:
    return next((sheet for sheet in book.sheets if sheet.name.lower() == SHEET.lower()), None)


def _new_sheet(book: xw.Book) -> xw.Sheet:
    """A sheet behind the others, hidden; the officer goes on seeing the one that was in front."""
    front = book.sheets.active
    sheet = own.sheet(book, SHEET, "A1", WORDS)
    front.activate()
    sheet.visible = False
    return sheet
