"""A workbook that was not built by us: nothing that an officer typed is overwritten."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from hscb_xl.plan.columns import COLUMNS
from tests.system.conftest import AS_OF, Run

HEADERS = [column.header for column in COLUMNS]
ROW = {"No": 1, "Lead": "Lead One", "Action": "Do it", "By When": "October 2014", "RAG Rating": "R"}
ROW |= {"Monitoring and Evaluation": "Group One", "Business Plan 2014-15 Reference": "4.1"}
Extra = Callable[[xlsxwriter.Workbook], None]


def own_sheet(name: str) -> Extra:
    def add(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet(name)
        for row in range(12):
            sheet.write_row(row, 0, [f"{name} of mine, row {row}", row])

    return add


def own_table(name: str) -> Extra:
    def add(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Mine")
        sheet.add_table(0, 0, 3, 1, {"name": name, "data": [["a", 1], ["b", 2], ["c", 3]]})

    return add


def nothing(_: xlsxwriter.Workbook) -> None:
    """Adds no sheet."""


def made(path: Path, extra: Extra = nothing) -> Path:
    """A plan whose table begins in the first row, with the lists and one more thing."""
    book = xlsxwriter.Workbook(path)
    table(book, "Plan", "Plan", HEADERS, [[ROW.get(header, "") for header in HEADERS]])
    table(book, "Leads", "Leads", ["Name", "Also written as", "Own group"], [["Lead One", "", ""]])
    table(book, "Groups", "Groups", ["Name", "Also written as"], [["Group One", ""]])
    extra(book)
    book.close()
    return path


def table(
    book: xlsxwriter.Workbook, sheet: str, name: str, headers: list[str], rows: list[list[Any]]
) -> None:
    page = book.add_worksheet(sheet)
    columns = [{"header": header} for header in headers]
    page.add_table(0, 0, len(rows), len(headers) - 1, {"name": name, "data": rows, "columns": columns})


def officers_cells(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path)["Plan"]
    return [cell.value for row in sheet.iter_rows(max_col=14) for cell in row]


def test_a_plan_in_the_first_row_keeps_its_cells(hscb: Run, tmp_path: Path) -> None:
    book = made(tmp_path / "plan.xlsx")
    before = officers_cells(book)
    outcome = hscb("run", book, "--as-of", AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    assert officers_cells(book) == before
    first = book.read_bytes()
    hscb("run", book, "--as-of", AS_OF)
    assert book.read_bytes() == first


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        (own_sheet("Summary"), "plan.xlsx has a sheet Summary that the program did not make: rename it"),
        (own_sheet("Checks"), "plan.xlsx has a sheet Checks that the program did not make: rename it"),
        (own_table("Checks"), "plan.xlsx has a table Checks that the program did not make: rename it"),
    ],
    ids=["sheet Summary", "sheet Checks", "table Checks"],
)
def test_somebodys_own_sheet_is_not_overwritten(
    hscb: Run, tmp_path: Path, extra: Extra, sentence: str
) -> None:
    book = made(tmp_path / "plan.xlsx", extra)
    before = book.read_bytes()
    outcome = hscb("run", book, "--as-of", AS_OF)
    assert outcome.code == 2
    assert sentence in outcome.err
    assert book.read_bytes() == before


def test_an_empty_sheet_is_taken(hscb: Run, tmp_path: Path) -> None:
    book = made(tmp_path / "plan.xlsx", lambda book: book.add_worksheet("Summary"))
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    assert openpyxl.load_workbook(book)["Summary"]["A4"].value == "All actions"
