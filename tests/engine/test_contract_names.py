"""What a book must do with the names of a sheet: those made for it and those that Excel itself gives.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from tests.engine.conftest import OpenWorkbook


@pytest.fixture
def named(tmp_path: Path, open_workbook: OpenWorkbook) -> Iterator[xw.Book]:
    """A book whose sheet My Lists has a name of its own; Plan has a print area."""
    path = tmp_path / "named.xlsx"
    workbook = xlsxwriter.Workbook(path, {"in_memory": True})
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


class TestChanged:
    def test_added_for_the_book_and_for_a_sheet(self, named: xw.Book) -> None:
        added = named.names.add("Leads", "='My Lists'!$A$1:$A$2")
        assert added.refers_to_range == named.sheets["My Lists"]["A1:A2"]
        own = named.sheets["My Lists"].names.add("First", "='My Lists'!$A$1")
        assert own.name == "'My Lists'!First"
        named.names["Rate"] = "=2.5"
        named.names.add("Plan!Rate", "=3")
        assert named.names["rate"].refers_to == "=2.5"
        assert named.names["Plan!Rate"].refers_to == "=3"

    def test_those_of_a_sheet(self, named: xw.Book) -> None:
        lists = named.sheets["My Lists"].names
        assert [name.name for name in lists] == ["'My Lists'!Local"]
        assert lists["Local"].refers_to == "='My Lists'!$A$1:$A$3"
        assert "As_Of" not in lists

    def test_added_again_it_means_something_else(self, named: xw.Book) -> None:
        before = len(named.names)
        named.names.add("AS_OF", "=Plan!$C$3")
        assert len(named.names) == before
        assert named.names["As_Of"].refers_to_range == named.sheets["Plan"]["C3"]

    def test_it_can_mean_something_else(self, named: xw.Book) -> None:
        name = named.names["As_Of"]
        name.refers_to = "='My Lists'!$A$2"
        assert name.refers_to == "='My Lists'!$A$2"
        assert name.refers_to_range.value == "A"

    def test_formulas_follow_its_new_name(self, named: xw.Book) -> None:
        cells = named.sheets["Plan"]["D1:D2"]
        cells.formula = [["=As_Of+1"], ['="As_Of"&LEN(As_Of)']]
        name = named.names["As_Of"]
        name.name = "Day"
        assert name.name == "Day"
        assert cells.formula == (("=Day+1",), ('="As_Of"&LEN(Day)',)) or cells.formula == [
            ["=Day+1"],
            ['="As_Of"&LEN(Day)'],
        ]

    def test_deleted(self, named: xw.Book) -> None:
        named.names["As_Of"].delete()
        del named.names["'My Lists'!Local"]
        assert [name.name for name in named.names] == ["Plan!Print_Area"]
        named.save()
        assert openpyxl.load_workbook(named.fullname).defined_names == {}
