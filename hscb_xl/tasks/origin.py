"""Where exports come from: what their workbook has to say that is in no column of the plan."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlwings as xw
from xlwings import XlwingsError

from hscb_xl.base.facts import Facts, Label
from hscb_xl.errors import DamagedBook, OutOfTime, OverLimit, UnsafeEdit
from hscb_xl.plan.model import Plan

_FORMULA = re.compile(r'=\s*HYPERLINK\(\s*"((?:[^"]|"")+)"\s*[,;)]', re.IGNORECASE)
"""A formula that leads to an address written out in it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A workbook that exports are made from; rows are numbers on the plan's sheet.

    ``path`` is None for a workbook that is no file here. ``links`` are the addresses behind the cells of
    Evidence. ``problem`` says why the label cannot be read: nothing may be handed out then.
    """

    path: Path | None = None
    label: Label | None = None
    problem: str = ""
    links: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


NOWHERE = Origin()
"""Of a plan that was judged without a workbook."""


def of(book: xw.Book, plan: Plan, facts: Facts | None = None, *, exported: bool = True) -> Origin:
    """What ``book`` knows; links and hidden rows only where the plan is ``exported``, as they cost questions.

    ``facts`` are those of a running Excel. Where nobody knows more than xlwings' object model, the label is
    not known, and links and rows are asked for one by one.
    """
    known = facts or (book.impl if isinstance(book.impl, Facts) else _Asked(book))
    label, problem = _label(known)
    if not exported:
        return Origin(_path(book), label, problem)
    first, last = plan.actions[0].row, plan.actions[-1].row
    links = _links(book, plan, known) if plan.has("evidence") else {}
    return Origin(_path(book), label, problem, links, known.hidden_rows(plan.sheet, first, last))


def _links(book: xw.Book, plan: Plan, known: Facts) -> Mapping[int, str]:
    """The addresses behind the cells of Evidence, by row."""
    return {**known.links(plan.sheet, plan.column_address("evidence")), **dict(_formulas(book, plan))}


def _label(known: Facts) -> tuple[Label | None, str]:
    try:
        return known.label(), ""
    except OutOfTime:
        raise
    except (DamagedBook, UnsafeEdit, OverLimit) as problem:
        return None, str(problem)


def _path(book: xw.Book) -> Path | None:
    try:
        path = Path(book.fullname)
    except XlwingsError:  # an address that xlwings cannot find the folder of
        return None
    return path if path.is_absolute() else None


def by_halves(first: int, last: int, ask: Callable[[int, int], bool | None]) -> Iterator[int]:
    """The rows of which ``ask`` says yes, in as few questions as it takes; None where they differ."""
    answer = ask(first, last)
    if answer is None and first < last:
        middle = (first + last) // 2
        yield from by_halves(first, middle, ask)
        yield from by_halves(middle + 1, last, ask)
    elif answer:
        yield from range(first, last + 1)


def _formulas(book: xw.Book, plan: Plan) -> Iterator[tuple[int, str]]:
    """The addresses in formulas of Evidence, by row: one question for the whole column."""
    formulas = book.sheets[plan.sheet][plan.column_address("evidence")].formula
    rows = formulas if isinstance(formulas, list | tuple) else [[formulas]]
    for number, (formula, *_) in enumerate(rows, start=plan.actions[0].row):
        if found := _FORMULA.match(str(formula or "")):
            yield number, found[1].replace('""', '"')


class _Asked:
    """What can be asked through xlwings' object model alone, cell by cell and row by row."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book

    def label(self) -> Label | None:
        return None

    def hidden_rows(self, sheet: str, first: int, last: int) -> frozenset[int]:
        place = self._book.sheets[sheet]

        def ask(top: int, bottom: int) -> bool | None:
            height = place[f"{top}:{bottom}"].row_height
            return None if height is None else not height

        return frozenset(by_halves(first, last, ask))

    def links(self, sheet: str, cells: str) -> Mapping[int, str]:
        place = self._book.sheets[sheet][cells]
        filled = [index for index, value in enumerate(place.options(ndim=1).value) if value not in (None, "")]
        found = {place.row + index: _address(place[index]) for index in filled}
        return {row: address for row, address in found.items() if address}


def _address(cell: xw.Range) -> str:
    try:
        return cell.hyperlink
    except Exception:  # noqa: BLE001  # a cell without a link is whatever the host raises for it
        return ""
