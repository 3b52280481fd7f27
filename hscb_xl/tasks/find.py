"""Finding the next cell that needs a look, from where the cursor is."""

from collections.abc import Sequence
from dataclasses import dataclass

import xlwings as xw

from hscb_xl.plan import checks
from hscb_xl.plan.findings import Finding
from hscb_xl.plan.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the cell the cursor is on now, and which of how many such cells it is, from 1."""

    cell: str
    findings: tuple[Finding, ...]
    place: int
    cells: int


def run(book: xw.Book, judgement: Judgement) -> Found | None:
    """Move the cursor to the next cell with a finding; None where the plan has none.

    The order is that of the sheet Checks, the worst first. The cell selected now says which one is next;
    from anywhere else, and after the last, it is the first. A cell with several findings comes once.
    """
    plan = judgement.plan
    by_cell: dict[str, list[Finding]] = {}
    for finding in checks.check(judgement):
        letter = finding.letter or plan.letters[finding.column]
        by_cell.setdefault(f"${letter}${finding.row}", []).append(finding)
    if not by_cell:
        return None
    places = list(by_cell)
    place = _next(places, _selected(book, plan.sheet))
    findings = by_cell[places[place]]
    sheet = book.sheets[plan.sheet]
    sheet.activate()
    sheet[places[place]].select()
    return Found(plan.place(findings[0]), tuple(findings), place + 1, len(places))


def _selected(book: xw.Book, sheet: str) -> str:
    """The address of the cell selected on the plan's sheet, '' where another one is in front."""
    selected = book.app.selection
    if selected is None or (selected.sheet.book.name, selected.sheet.name) != (book.name, sheet):
        return ""
    return selected.address.partition(":")[0]


def _next(places: Sequence[str], here: str) -> int:
    return (places.index(here) + 1) % len(places) if here in places else 0
