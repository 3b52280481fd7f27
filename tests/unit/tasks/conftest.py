"""Small plans in a workbook, opened by the engine for closed files."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwings as xw

from hscb_xl.engine import open_book
from hscb_xl.plan.columns import COLUMNS

HEADERS = [column.header for column in COLUMNS]
Row = dict[str, Any]
MakeBook = Callable[..., xw.Book]


def table(
    book: xlsxwriter.Workbook, sheet: str, name: str, headers: Sequence[str], rows: list[list[Any]]
) -> None:
    page = book.get_worksheet_by_name(sheet) or book.add_worksheet(sheet)
    left = 0 if name != "Groups" else 4
    for number, row in enumerate(rows, start=4):
        page.write_row(number, left, row)
    columns = [{"header": header} for header in headers]
    page.add_table(
        3, left, 3 + max(len(rows), 1), left + len(headers) - 1, {"name": name, "columns": columns}
    )


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Makes and opens a book with these actions (column header -> value), groups and settings."""

    def make(
        actions: Sequence[Row],
        headers: Sequence[str] = HEADERS,
        groups: Sequence[str] = ("Group One", "Group Two"),
        settings: Sequence[tuple[str, Any]] = (),
        dates: str = "dd/mm/yyyy",
    ) -> xw.Book:
        path = tmp_path / "plan.xlsx"
        book = xlsxwriter.Workbook(path, {"in_memory": True, "default_date_format": dates})
        rows = [[action.get(header, "") for header in headers] for action in actions]
        table(book, "Plan", "Plan", headers, rows)
        table(book, "Lists", "Leads", ("Name", "Also written as", "Own group"), [["Lead One", "", ""]])
        table(book, "Lists", "Groups", ("Name", "Also written as"), [[group, ""] for group in groups])
        if settings:
            table(book, "Settings", "Settings", ("Setting", "Value"), [list(pair) for pair in settings])
        book.define_name("Plan_AsOf", "=Plan!$A$2")
        book.close()
        return open_book(str(path))

    return make


def action(no: int, **cells: Any) -> Row:
    """An action with nothing wrong, but for what ``cells`` say (by column key)."""
    usual = {
        "no": no,
        "reference": "4.1",
        "lead": "Lead One",
        "action": f"Do thing {no}",
        "by_when": "October 2014",
        "progress": "",
        "agreed": "R",
        "group": "Group One",
    }
    by_key = {column.key: column.header for column in COLUMNS}
    return {by_key[key]: value for key, value in {**usual, **cells}.items()}
