"""Reading the plan from a book: the table Plan, the lists of names and what History says of the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import BadCell, BadTable, ColumnProblem, NoPlan, PlanTableMissing
from hscb_xl.plan import columns
from hscb_xl.plan.columns import COLUMNS, Column
from hscb_xl.plan.judgement import Names
from hscb_xl.plan.model import Action, HistoryNote, Plan
from hscb_xl.plan.names import Directory, Listed
from hscb_xl.plan.periods import Period, as_shown
from hscb_xl.tasks import numberformats, ownlimits, settings, tables, words
from hscb_xl.tasks.settings import Settings

LAST_SERIAL = 2_958_465
"""The number of 31 December 9999, the last day a cell can show."""

_DATES = ("by_when", "completed_on")
_LONGEST_NUMBER = 10
"""Digits with which a text is no action's number any more; Python refuses to read thousands of them."""
_IMPORT_KINDS = ("joined", "repaired")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a task needs to know of a book."""

    title: str
    plan: Plan
    names: Names
    settings: Settings


def read(book: xw.Book) -> Reading:
    """The plan in ``book``; an error that names the cell or column where something is wrong with it."""
    known = tables.named(book)
    table = known.get("plan")
    if table is None:
        raise NoPlan(
            f"{book.name} has no table named Plan: select the plan, choose Insert, Table, and name it Plan."
        )
    stated = settings.read(known.get("settings"))
    ownlimits.keep(book, table, stated.limits)
    places = _places(table, book.name)
    _refuse_merged(table)
    left, rows = table.range.column, _rows(table)
    letters = {key: columns.letters(left + index) for key, index in places.items()}
    for key in _DATES:
        _show(table.parent, letters[key], places[key], rows)
    plan = Plan(
        actions=_actions(table, places, rows),
        letters=letters,
        sheet=table.parent.name,
        history=_history(known.get("history")),
        ratings=_ratings(rows, places.get("auto")),
        statuses=words.read(known),
    )
    names = Names(leads=_directory(book, known, "Leads"), groups=_directory(book, known, "Groups"))
    return Reading(_title(table, book), plan, names, stated)


def _title(table: Table, book: xw.Book) -> str:
    first = table.parent["A1"].value if table.range.row > 1 else None
    return str(first) if first else book.name.rpartition(".")[0]


def _places(table: Table, book: str) -> dict[str, int]:
    """The position of every column in the table by its key."""
    headers = tables.headers(table)
    places: dict[str, int] = {}
    for index, header in enumerate(headers):
        column = columns.find(header)
        if column is None:
            continue
        if column.key in places:
            first, second = (_header_cell(table, at) for at in (places[column.key], index))
            raise ColumnProblem(
                f"{book}: {first} and {second} are both the column {column.header!r}: rename or delete one."
            )
        places[column.key] = index
    for column in COLUMNS:
        if column.required and column.key not in places:
            raise ColumnProblem(_missing(column, headers, places.values(), table, book))
    return places


def _missing(column: Column, headers: list[str], known: Any, table: Table, book: str) -> str:
    free = [header for index, header in enumerate(headers) if index not in known]
    near = columns.nearest(column, free)
    lacks = f"{book}: the table Plan has no column {column.header!r}"
    if near is None:
        return f"{lacks}: add it to the table."
    cell = _header_cell(table, headers.index(near))
    return f"{lacks}; {cell} has {near!r}, which looks like it: rename it to {column.header!r}."


def _header_cell(table: Table, index: int) -> str:
    return f"{table.parent.name}!{columns.letters(table.range.column + index)}{table.range.row}"


def _refuse_merged(table: Table) -> None:
    whole = table.range
    if whole.merge_cells is False:
        return
    rows = (whole[index, :] for index in range(whole.shape[0]))
    merged = next(row for row in rows if row.merge_cells is not False)
    raise BadTable(
        f"{table.parent.name}!{merged.get_address(False, False)} holds merged cells, in which rows are lost: "
        "unmerge them in Excel (Home, Merge & Center)."
    )


def _rows(table: Table) -> dict[int, list[Any]]:
    """The values of the plan's rows by their numbers on the sheet."""
    rows = tables.body(table)
    if not any(value not in (None, "") for row in rows for value in row):
        raise BadTable(f"The table Plan on the sheet {table.parent.name} is empty: enter its first action.")
    return dict(enumerate(rows, start=table.range.row + 1))


def _show(sheet: xw.Sheet, letter: str, place: int, rows: Mapping[int, list[Any]]) -> None:
    """Turn the date cells of a column into what they show: a day, or a month or year alone."""
    dated = [isinstance(row[place], datetime) for row in rows.values()]
    codes = numberformats.codes(sheet, letter, min(rows), dated)
    for row, is_dated, code in zip(rows.values(), dated, codes, strict=True):
        if is_dated:
            row[place] = as_shown(row[place].date(), code)


def _ratings(rows: Mapping[int, Sequence[Any]], place: int | None) -> dict[int, str]:
    """What an earlier run left in the column of computed ratings."""
    if place is None:
        return {}
    texts = ((number, tables.as_text(row[place]).strip()) for number, row in rows.items())
    return {number: text for number, text in texts if text}


def _actions(table: Table, places: dict[str, int], rows: Mapping[int, Sequence[Any]]) -> tuple[Action, ...]:
    para = area = ""
    actions = []
    for number, row in rows.items():
        fields = _fields(number, row, places, table)
        para, area = fields["para"].strip() or para, fields["area"].strip() or area
        no = fields.pop("no")
        actions.append(
            Action(row=number, no=_number(no), no_text=no, para_heading=para, area_heading=area, **fields)
        )
    return tuple(actions)


def _fields(number: int, row: Sequence[Any], places: dict[str, int], table: Table) -> dict[str, Any]:
    """What people wrote into the cells of a row, by column; days as such."""
    cells = {key: row[index] for key, index in places.items() if columns.BY_KEY[key].owner != "program"}
    fields: dict[str, Any] = {key: tables.as_text(value) for key, value in cells.items() if key not in _DATES}
    return fields | {key: _date(cells[key], number, places[key], table) for key in _DATES}


def _date(value: Any, row: int, index: int, table: Table) -> date | Period | str | None:
    if isinstance(value, date | Period):
        return value
    if isinstance(value, float) and not 1 <= value <= LAST_SERIAL:
        cell = f"{table.parent.name}!{columns.letters(table.range.column + index)}{row}"
        raise BadCell(
            f"{cell} holds the number {tables.as_text(value)}, which is no date: type the date again."
        )
    return None if value is None else tables.as_text(value)


def _number(text: str) -> int | None:
    digits = text.strip().rstrip(".")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST_NUMBER else None


def _history(table: Table | None) -> tuple[HistoryNote, ...]:
    rows = tables.records(table) if table is not None else []
    return tuple(
        HistoryNote(
            kind=row.get("Kind", ""),
            no=_number(row.get("No", "")),
            column=row.get("Column", ""),
            before=row.get("From", ""),
            after=row.get("To", ""),
            why=row.get("Why", ""),
        )
        for row in rows
        if row.get("Kind") in _IMPORT_KINDS
    )


def _directory(book: xw.Book, known: Mapping[str, Table], name: str) -> Directory:
    table = known.get(name.lower())
    if table is None:
        raise PlanTableMissing(
            f"{book.name} has no table named {name}: copy the sheet Lists from a new workbook into it."
        )
    rows = tables.records(table)
    return Directory(
        Listed(
            name=row.get("Name", "").strip(),
            aliases=tuple(part.strip() for part in row.get("Also written as", "").split(";") if part.strip()),
            own_group=row.get("Own group", "").strip(),
        )
        for row in rows
        if row.get("Name", "").strip()
    )
