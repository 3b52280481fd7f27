"""A small workbook for the contract of a book. ``open_workbook`` is the one place that says who opens it.

The tests of the contract know xlwings' public API alone: with Excel at hand, HSCB_XL_HOST=excel and
``-m excel`` run them there.
"""

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from hscb_xl.engine import open_book

HEADERS = ["No", "Action", "Due", "RAG"]
ROWS = [
    [1, "Write the plan", 42124, "R"],
    [2, "Share it", 42125, "A"],
    [3, "Review it", 42126, "G"],
    [4, "Close it", 42127, None],
]
RED = (192, 0, 0)

OpenWorkbook = Callable[[Path], xw.Book]
Reader = Callable[[Path], openpyxl.Workbook]


@pytest.fixture(autouse=True)
def _engines_as_before() -> Iterator[None]:
    """Leave xlwings as it was: its engines and the mock caller belong to the whole process."""
    engines = xw.engines
    active, listed, by_name = engines.active, list(engines.engines), dict(engines.engines_by_name)
    yield
    engines.active, engines.engines, engines.engines_by_name = active, listed, by_name
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is written against xlwings' public API alone."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name.startswith("test_contract_"):
            item.add_marker("excel")


@pytest.fixture(scope="session")
def excel() -> Iterator[xw.App | None]:
    """Excel itself where HSCB_XL_HOST asks for it."""
    app = xw.App(visible=False, add_book=False) if os.environ.get("HSCB_XL_HOST") == "excel" else None
    yield app
    if app is not None:
        app.quit()


@pytest.fixture
def open_workbook(excel: xw.App | None) -> OpenWorkbook:
    """Opens a file as a book, with our engine or in Excel."""
    return lambda path: open_book(str(path)) if excel is None else excel.books.open(str(path))


@pytest.fixture(scope="session")
def small() -> bytes:
    """The small workbook."""
    made = BytesIO()
    _make(made)
    return made.getvalue()


@pytest.fixture
def path(small: bytes, tmp_path: Path) -> Path:
    """The small workbook as a file."""
    made = tmp_path / "small.xlsx"
    made.write_bytes(small)
    return made


@pytest.fixture
def book(path: Path, open_workbook: OpenWorkbook) -> Iterator[xw.Book]:
    """The small workbook, open."""
    opened = open_workbook(path)
    yield opened
    opened.close()


@pytest.fixture
def plan(book: xw.Book) -> xw.Sheet:
    """The sheet with the table Plan on A3:D7."""
    return book.sheets["Plan"]


@pytest.fixture
def blank(book: xw.Book) -> xw.Sheet:
    """The sheet that holds nothing."""
    return book.sheets["Blank"]


@pytest.fixture
def second_reader() -> Reader:
    """Reads a saved file with openpyxl."""
    return openpyxl.load_workbook


@pytest.fixture
def saved(book: xw.Book, path: Path) -> Callable[[], openpyxl.Workbook]:
    """Saves the book and reads the file with openpyxl."""

    def save() -> openpyxl.Workbook:
        book.save()
        return openpyxl.load_workbook(path)

    return save


def _make(file: BytesIO) -> None:
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    plan, lists, _ = (workbook.add_worksheet(name) for name in ("Plan", "Lists", "Blank"))
    _draw_plan(workbook, plan)
    lists.write_column("A1", ["Rating", "R", "A", "G"])
    lists.write_row("C1", ["", "R", "A"])
    lists.write_row("C2", ["Agreed", 1, 2])
    lists.write_row("C3", ["Computed", 3, 4])
    line = workbook.add_chart({"type": "line", "name": "Line"})
    line.add_series({"values": "=Lists!$D$2:$E$2"})
    lists.insert_chart("H1", line)
    workbook.define_name("As_Of", "=Plan!$A$1")
    workbook.define_name("Ratings", "=Lists!$A$2:$A$4")
    workbook.close()


def _draw_plan(workbook: Any, sheet: Any) -> None:
    day = workbook.add_format({"num_format": "dd mmm yyyy"})
    sheet.write("A1", "As of 12 May 2015", workbook.add_format({"bold": True}))
    for number, row in enumerate(ROWS, start=3):
        sheet.write_row(number, 0, row[:2])
        sheet.write_number(number, 2, row[2], day)
        sheet.write(number, 3, row[3])
    columns = [{"header": header} for header in HEADERS]
    sheet.add_table("A3:D7", {"name": "Plan", "columns": columns})
    look = {"bg_color": "#C00000"}
    equal = {"type": "cell", "criteria": "==", "value": '"R"', "format": workbook.add_format(look)}
    sheet.conditional_format("D4:D7", equal)
    sheet.merge_range("F1:G2", "merged")
    sheet.write_formula("F4", "=SUM(A4:A7)", None, 10)
    sheet.write_formula("F5", "=NA()", None, "#N/A")
    sheet.write_formula("F6", '=""', None, "")
