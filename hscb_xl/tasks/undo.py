"""Undoing the last click: what it changed in the plan is put back, cells edited since are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import xlwings as xw

from hscb_xl.errors import WrongState
from hscb_xl.plan import columns
from hscb_xl.plan.model import Action, Plan
from hscb_xl.tasks.accept import runs
from hscb_xl.tasks.book import history, journal, own, owncolumns, tables, texts
from hscb_xl.tasks.book.history import Entry
from hscb_xl.tasks.book.journal import Journal

WRITES = ("Plan", history.NAME, journal.SHEET)
"""The sheets written, by their names or those of their tables."""

_Cell = tuple[int, str]
"""The place of an action in the plan and the key of a column."""
_Places = dict[tuple[str, str | None], list[int]]
"""Places of actions by their number and their words, None standing for any words."""


@dataclass(frozen=True, slots=True)
class Report:
    """The click undone, how many cells were put back, those edited since, the actions not found again."""

    click: str
    cells: int
    edited: tuple[str, ...]
    lost: tuple[str, ...]


def run(book: xw.Book, plan: Plan, when: date, who: str) -> Report:
    """Put back the cells that the last click changed and write officers' cells among them into History.

    Actions are found by their number, wherever they stand now. A cell that no longer holds what the click
    left there is not touched. What was undone is forgotten: there is one step back. Raises WrongState where
    there is nothing to put back.
    """
    known = journal.read(book)
    if known is None:
        raise WrongState("There is nothing to undo: no button has changed the plan since the last undo.")
    before = known.entries[0].before if known.entries else {}
    if not plan.letters.keys() >= before.keys():  # half a click may have left what nobody would take for ours
        plan = replace(plan, letters={**owncolumns.marked(tables.named(book)["plan"]), **plan.letters})
    keys = [key for key in before if key in plan.letters]
    now = journal.snapshot(book, plan, keys)
    wanted, edited, lost = _compared(known, plan, now)
    officers = {place: value for place, value in wanted.items() if _is_officers(place[1])}
    log = history.table_of(book) if officers else None
    journal.finish_in_any_case()
    line = _line_back(book.sheets[plan.sheet], known)
    _write(book, plan, now, wanted)
    if log is not None:
        history.add(log, _history(plan, now, officers, known.click, who), when)
    if wanted or line:
        journal.clear(book)
    return Report(known.click, len(wanted), tuple(edited), tuple(lost))


def _compared(
    known: Journal, plan: Plan, now: Mapping[str, Sequence[Any]]
) -> tuple[dict[_Cell, Any], list[str], list[str]]:
    """The values to put back, the addresses of cells edited since, and the actions that are gone."""
    wanted: dict[_Cell, Any] = {}
    edited, lost = [], []
    places = _places(plan.actions)
    for entry in known.entries:
        index = _place(places, entry.no, entry.action)
        if index is None:
            lost.append(entry.no or f'"{entry.action}"')
            continue
        for key in (key for key in now if entry.before[key] != entry.after[key]):
            if journal.as_kept(now[key][index]) == entry.after[key]:
                wanted[index, key] = journal.from_kept(entry.before[key])
            else:
                edited.append(plan.cell(plan.actions[index].row, key))
    return wanted, edited, lost


def _places(actions: Sequence[Action]) -> _Places:
    """Where actions of each number stand, and where those of each number with the same words do."""
    found: _Places = {}
    for index, action in enumerate(actions):
        no, words = journal.known_as(action)
        for known in ((no, None), (no, words)):
            found.setdefault(known, []).append(index)
    return found


def _place(places: _Places, no: str, words: str) -> int | None:
    """Where the action of that number stands; of several, or without a number, the one of those words."""
    alike = places.get((no, None), [])
    if not no or len(alike) > 1:
        alike = places.get((no, words), [])
    return alike[0] if len(alike) == 1 else None


def _line_back(sheet: xw.Sheet, known: Journal) -> bool:
    """Put the plan's as-of line back where it still says what the click wrote."""
    before, after = known.line
    if before == after or journal.line_of(sheet) != after:
        return False
    return own.say(sheet, own.PLAN_LINE, before)


def _write(book: xw.Book, plan: Plan, now: Mapping[str, list[Any]], wanted: Mapping[_Cell, Any]) -> None:
    """The program's columns as whole blocks; of officers' columns those rows alone that are put back."""
    changed = {key: list(values) for key, values in now.items()}
    for (index, key), value in wanted.items():
        changed[key][index] = value
    sheet = book.sheets[plan.sheet]
    for key in sorted({key for _, key in wanted}):
        indices = sorted(index for index, of in wanted if of == key)
        blocks = runs(indices) if _is_officers(key) else [(0, len(plan.actions) - 1)]
        for first, last in blocks:
            top, bottom = plan.actions[first].row, plan.actions[last].row
            cells = sheet[f"{plan.letters[key]}{top}:{plan.letters[key]}{bottom}"]
            texts.put(cells, [[value] for value in changed[key][first : last + 1]], spare_words=True)


def _is_officers(key: str) -> bool:
    return columns.BY_KEY[key].owner != "program"


def _history(
    plan: Plan, now: Mapping[str, Sequence[Any]], officers: Mapping[_Cell, Any], click: str, who: str
) -> list[Entry]:
    why = f"Undo of {click!r}" + (f" by {who}" if who else "")
    found = []
    for (index, key), value in officers.items():
        action = plan.actions[index]
        no = action.no_text if action.no is None else action.no
        before, after = tables.as_text(now[key][index]), tables.as_text(value)
        found.append(Entry("undone", no, columns.BY_KEY[key].header, before, after, why))
    return found
