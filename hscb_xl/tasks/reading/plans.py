"""Reading the plan from a book: the table Plan, the lists of names and what History says of the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import BadCell, BadTable, NoPlan, PlanTableMissing
from hscb_xl.plan import columns
from hscb_xl.plan.deadlines.periods import Period
from hscb_xl.plan.judgement import Names
from hscb_xl.plan.model import Action, Around, HistoryNote, Plan
from hscb_xl.plan.names import Directory, Listed
from hscb_xl.plan.statuses import Statuses
from hscb_xl.plan.wording import listed
from hscb_xl.tasks.book import own, owncolumns, ownnames, tables
from hscb_xl.tasks.book.tables import Header, Rows
from hscb_xl.tasks.reading import below, boardcolumns, displayed, formulas, merges, ownlimits, settings, words
from hscb_xl.tasks.reading.problems import Problems
from hscb_xl.tasks.reading.settings import Settings

LAST_SERIAL = 2_958_465
"""The number of 31 December 9999, the last day a cell can show."""

_DATES = ("by_when", "completed_on")
_SHOWN = {
    **dict.fromkeys(_DATES, displayed.show_days),
    **dict.fromkeys(("status", "agreed"), displayed.show_percentages),
}
"""The columns whose cells are read as their number formats show them."""
_LONGEST_NUMBER = 10
"""Digits with which a text is no action's number any more; Python refuses to read thousands of them."""
_IMPORT_KINDS = ("joined", "repaired")
_HISTORY = ("Kind", "No", "Column", "From", "To", "Why")
_LISTED = ("Name", "Also written as", "Own group")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a task needs to know of a book."""

    title: str
    plan: Plan
    names: Names
    settings: Settings


def read(book: xw.Book) -> Reading:
    """The plan in ``book``; an error that says all that is wrong with it, by cells and columns."""
    known = tables.named(book)
    table = known.get("plan")
    if table is None:
        raise NoPlan(
            f"{book.name} has no table named Plan: select the plan, choose Insert, Table, and name it Plan."
        )
    problems = Problems()
    stated = problems.tried(lambda: settings.read(known.get("settings")), Settings())
    ownlimits.keep(book, table, stated.limits)
    header = tables.header(table)
    tables.refuse_headless(table, header.texts)
    problems.tried(lambda: merges.refuse(table), None)
    plan = _plan(book, table, header, known, problems)
    names = problems.tried(lambda: _names(book, known), Names(Directory(()), Directory(())))
    problems.tell()
    return Reading(_title(table, book), plan, names, stated)


def _plan(
    book: xw.Book, table: Table, header: Header, known: Mapping[str, Table], problems: Problems
) -> Plan:
    """The plan in its table; what is wrong with it is noted, and then the plan is of no use."""
    nothing: Rows = {}
    rows = problems.tried(lambda: _rows(table), nothing)
    ours = owncolumns.known(table, header, rows)
    theirs = boardcolumns.known(book.name, header, rows, ours.places.values())
    problems.add(*theirs.problems)
    unstored = _unstored(table, header, theirs.places)
    problems.tried(lambda: formulas.refuse(table, [at for at, key in unstored if key != "agreed"]), None)
    letters = {key: header.letter(index) for key, index in {**theirs.places, **ours.places}.items()}
    for key, show in _SHOWN.items():
        if key in theirs.places and rows:
            show(table.parent, letters[key], theirs.places[key], rows)
    return Plan(
        actions=_actions(table, theirs.places, rows, problems),
        letters=letters,
        sheet=table.parent.name,
        history=problems.tried(lambda: _history(known.get("history")), ()),
        ratings=_ratings(rows, ours.places.get("auto")),
        statuses=problems.tried(lambda: words.read(known), Statuses()),
        unmarked=ours.unmarked,
        around=Around(
            header=header.row,
            below=tuple(cell for cell in below.filled(table) if cell != _line(table.parent)),
            foreign=ours.foreign,
            lost_line=_lost_line(table.parent),
            formulas=ours.formulas,
            unstored=frozenset(row for (row, _), key in unstored if key == "agreed"),
        ),
    )


def _unstored(table: Table, header: Header, places: Mapping[str, int]) -> list[tuple[tuple[int, int], str]]:
    """The row and column of each formula without a stored value in a column that is read, with its key."""
    keys = {header.column + index: key for key, index in places.items()}
    return [(at, keys[at[1]]) for at in formulas.unstored(table) if at[1] in keys]


def _line(sheet: xw.Sheet) -> str:
    """The cell of the as-of line, which may stand right below the table; '' where there is none."""
    cell = own.line(sheet, own.PLAN_LINE)
    return "" if cell is None else cell.get_address(False, False)


def _lost_line(sheet: xw.Sheet) -> str:
    """What the name of the as-of line stands for where that is no cell for it; '' where all is well."""
    meaning = ownnames.meaning(sheet.book, own.PLAN_LINE)
    return "" if meaning is None or own.line(sheet, own.PLAN_LINE) is not None else meaning


def _title(table: Table, book: xw.Book) -> str:
    first = table.parent["A1"].value if table.range.row > 1 else None
    return str(first) if first else book.name.rpartition(".")[0]


def _rows(table: Table) -> Rows:
    """The values of the plan's rows by their numbers on the sheet."""
    rows = tables.body(table)
    if not any(value not in (None, "") for row in rows for value in row):
        raise BadTable(f"The table Plan on the sheet {table.parent.name} is empty: enter its first action.")
    return dict(enumerate(rows, start=table.range.row + 1))


def _ratings(rows: Rows, place: int | None) -> dict[int, str]:
    """What an earlier run left in the column of computed ratings."""
    if place is None:
        return {}
    texts = ((number, tables.as_text(row[place]).strip()) for number, row in rows.items())
    return {number: text for number, text in texts if text}


def _actions(table: Table, places: Mapping[str, int], rows: Rows, problems: Problems) -> tuple[Action, ...]:
    para = area = ""
    actions = []
    for number, row in rows.items():
        try:
            fields = _fields(number, row, places, table)
        except BadCell as problem:
            problems.add(problem)
            continue
        para, area = fields.get("para", "").strip() or para, fields.get("area", "").strip() or area
        no = fields.pop("no", "")
        actions.append(
            Action(row=number, no=_number(no), no_text=no, para_heading=para, area_heading=area, **fields)
        )
    return tuple(actions)


def _fields(number: int, row: Sequence[Any], places: Mapping[str, int], table: Table) -> dict[str, Any]:
    """What people wrote into the cells of a row, by column; days as such."""
    cells = {key: row[index] for key, index in places.items()}
    fields: dict[str, Any] = {key: tables.as_text(value) for key, value in cells.items() if key not in _DATES}
    return fields | {key: _date(cells[key], number, places[key], table) for key in _DATES if key in cells}


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
    rows = tables.records(table, _HISTORY) if table is not None else []
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


def _names(book: xw.Book, known: Mapping[str, Table]) -> Names:
    """The lists of names; PlanTableMissing says which of them a book has not."""
    _refuse_missing(book, known, "Leads", "Groups")
    return Names(leads=_directory(book, known, "Leads"), groups=_directory(book, known, "Groups"))


def _refuse_missing(book: xw.Book, known: Mapping[str, Table], *names: str) -> None:
    missing = [name for name in names if name.lower() not in known]
    if missing:
        tables_named = "table named" if len(missing) == 1 else "tables named"
        raise PlanTableMissing(
            f"{book.name} has no {tables_named} {listed(missing)}: "
            "copy the sheet Lists from a new workbook into it."
        )


def _directory(book: xw.Book, known: Mapping[str, Table], name: str) -> Directory:
    _refuse_missing(book, known, name)
    table = known[name.lower()]
    formulas.refuse(table, formulas.unstored(table))
    rows = tables.records(table, _LISTED)
    if rows and "Name" not in rows[0]:
        raise BadTable(
            f"The table {table.name} on the sheet {table.parent.name} has no column 'Name': "
            "call the column with the names so."
        )
    return Directory(
        Listed(
            name=row.get("Name", "").strip(),
            aliases=tuple(part.strip() for part in row.get("Also written as", "").split(";") if part.strip()),
            own_group=row.get("Own group", "").strip(),
        )
        for row in rows
        if row.get("Name", "").strip()
    )
