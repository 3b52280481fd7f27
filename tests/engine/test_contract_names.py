"""What a book must do with the names of a sheet: those made for it and those that Excel itself gives.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
import xlwings as xw

from tests.engine.conftest import OpenWorkbook


@pytest.fixture
def named(tmp_path: Path, open_workbook: OpenWorkbook) -> Iterator[xw.Book]:
    """A book whose sheet My Lists has a name of its own; Plan has a print area."""
    path = tmp_path / "named.xlsx"
    workbook = xlsxwriter.Workbook(path)
    plan, lists = workbook.add_worksheet("Plan"), workbook.add_worksheet("My Lists")
    plan.print_area("A1:B2")
    lists.write_column("A1", ["R", "A", "G"])
    workbook.define_name("As_Of", "=Plan!$B$1")
    workbook.define_name("'My Lists'!Local", "='My Lists'!$A$1:$A$3")
    workbook.close()
    book = open_workbook(path)
    yield book
    book.close()


def test_names_of_a_sheet_have_it_in_front(named: xw.Book) -> None:
    assert {name.name for name in named.names} == {"As_Of", "'My Lists'!Local", "Plan!Print_Area"}


@pytest.mark.parametrize("name", ["'My Lists'!Local", "'my lists'!local", "Plan!Print_Area", "as_of"])
def test_they_are_found(named: xw.Book, name: str) -> None:
    assert name in named.names
    assert named.names[name].name.lower() == name.lower()


@pytest.mark.parametrize("name", ["Local", "Plan!Local", "Plan!_xlnm.Print_Area"])
def test_no_others_are(named: xw.Book, name: str) -> None:
    assert name not in named.names


def test_a_list_can_stand_in_a_name_of_a_sheet(named: xw.Book) -> None:
    rule = named.sheets["Plan"]["A1:A3"].data_validation
    rule.set_list(named.names["'My Lists'!Local"])
    assert rule.source == "='My Lists'!Local"


def test_a_name_leads_to_cells_of_its_sheet(named: xw.Book) -> None:
    plan, lists = named.sheets
    assert plan["As_Of"] == plan["B1"]
    assert plan["Print_Area"] == plan["A1:B2"]
    assert lists["local"] == lists["A1:A3"]
