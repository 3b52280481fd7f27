"""Accepting computed ratings: an officer makes them the agreed ones of the actions selected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import xlwings as xw

from hscb_xl.plan import columns, rag
from hscb_xl.plan.judgement import Judged, Judgement
from hscb_xl.plan.model import Plan
from hscb_xl.tasks.book import chosen, history, journal, tables, texts
from hscb_xl.tasks.book.history import Entry

CLICK = "Accept computed rating"
WRITES = ("Plan", history.NAME, journal.SHEET)
"""The sheets written, by their names or those of their tables."""
_KEYS = ("agreed", "agreement")


@dataclass(frozen=True, slots=True)
class Report:
    """The actions whose rating was accepted, and those left as they are, by why; each by its number."""

    accepted: tuple[str, ...]
    same: tuple[str, ...] = ()
    not_rated: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    formula: tuple[str, ...] = ()


def run(book: xw.Book, judgement: Judgement, when: date, who: str) -> Report:
    """Write the computed rating into RAG Rating of the rows selected, and each change into History.

    A row is left alone where it has no computed rating, where Auto RAG shows another one than the plan
    gives now (nobody accepts what he does not see), and where RAG Rating holds a formula. ``who`` is '' where
    it is not known. Raises WrongState where no row of the plan is selected.
    """
    selected = set(chosen.rows(book, judgement.plan))
    by_why: dict[str, list[Judged]] = {why: [] for why in Report.__slots__}
    for judged, why in _sorted_out(book, judgement, selected):
        by_why[why].append(judged)
    if taken := by_why["accepted"]:
        log = history.table_of(book)
        with journal.kept(book, judgement.plan, _keys(judgement.plan), CLICK):
            _write(book, judgement.plan, taken)
            history.add(log, [_entry(judged, who) for judged in taken], when)
    return Report(**{why: tuple(named(judged) for judged in found) for why, found in by_why.items()})


def named(judged: Judged) -> str:
    """How an action is called in a message: by its number, else by its row."""
    return journal.known_as(judged.action)[0] or f"row {judged.action.row}"


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending row numbers as first and last of those that stand right below each other."""
    grouped = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    blocks = [[number for _, number in group] for _, group in grouped]
    return [(block[0], block[-1]) for block in blocks]


def _sorted_out(book: xw.Book, judgement: Judgement, selected: set[int]) -> list[tuple[Judged, str]]:
    plan = judgement.plan
    sheet = book.sheets[plan.sheet]
    shown = (
        sheet[plan.column_address("auto")].options(ndim=1).value
        if "auto" in plan.letters
        else [None] * len(judgement.judged)
    )
    formulas = _column(sheet[plan.column_address("agreed")].formula)
    filled = {judged.action.row for judged in judgement.rows()}
    return [
        (judged, _why(judged, tables.as_text(letter), formula))
        for judged, letter, formula in zip(judgement.judged, shown, formulas, strict=True)
        if judged.action.row in selected & filled
    ]


def _column(formulas: object) -> list[str]:
    """The formulas of a column, which a host gives as rows of one or, of a single cell, as its own."""
    return [str(row[0]) for row in formulas] if isinstance(formulas, list | tuple) else [str(formulas)]


def _why(judged: Judged, shown: str, formula: str) -> str:
    rating = judged.rated.rating
    if rating is None:
        return "not_rated"
    if shown != rating.value:
        return "stale"
    if formula.startswith("="):
        return "formula"
    return "same" if rag.letter(judged.action.agreed) is rating else "accepted"


def _keys(plan: Plan) -> tuple[str, ...]:
    """The columns that a rating accepted changes; Agreed v Auto where the program has it there."""
    return tuple(key for key in _KEYS if key in plan.letters)


def _write(book: xw.Book, plan: Plan, taken: Sequence[Judged]) -> None:
    """A block for each run of rows: cells between them are somebody's and are not written again."""
    sheet = book.sheets[plan.sheet]
    letters = {judged.action.row: str(judged.rated.rating) for judged in taken}
    for first, last in runs(sorted(letters)):
        written = {"agreed": [[letters[row]] for row in range(first, last + 1)]}
        written["agreement"] = [["same"]] * (last + 1 - first)
        for key in _keys(plan):
            cells = sheet[f"{plan.letters[key]}{first}:{plan.letters[key]}{last}"]
            texts.put(cells, written[key], spare_words=True)


def _entry(judged: Judged, who: str) -> Entry:
    action, rated = judged.action, judged.rated
    why = f"Computed: {rated.reason}" + (f"; accepted by {who}" if who else "")
    no = action.no_text if action.no is None else action.no
    return Entry("accepted", no, columns.BY_KEY["agreed"].header, action.agreed, str(rated.rating), why)
