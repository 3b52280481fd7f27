"""What a book must do with its sheets: added, renamed, shown, selected and deleted, references and all.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from tests.engine.conftest import OpenWorkbook, Reader


def names(book: xw.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets]


@pytest.fixture
def linked_path(tmp_path: Path) -> Path:
    """A file with the sheets Front, Data and Spare; much on Front refers to Data, nothing to Spare."""
    path = tmp_path / "linked.xlsx"
    workbook = xlsxwriter.Workbook(path, {"in_memory": True})
    front, data, spare = (workbook.add_worksheet(name) for name in ("Front", "Data", "Spare"))
    data.write_column("A1", ["R", "A", "G"])
    data.write_column("B1", [1, 2, 3])
    front.write_formula("A1", "=SUM(Data!B1:B3)", None, 6)
    front.write_formula("A2", "=A1+'Data'!$B$1", None, 7)
    front.write("A3", "Data!A1")
    front.data_validation("B1:B9", {"validate": "list", "source": "=Data!$A$1:$A$3"})
    red = workbook.add_format({"bg_color": "#FF0000"})
    front.conditional_format("B1:B9", {"type": "formula", "criteria": "=$B1=Data!$A$1", "format": red})
    front.write_url("C1", "internal:Data!A1", string="there")
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$B$1:$B$3"})
    front.insert_chart("E1", chart)
    spare.write_formula("A1", "=Front!A1", None, 6)
    spare.print_area("A1:B2")
    spare.add_table("D1:E3", {"name": "Left", "columns": [{"header": "a"}, {"header": "b"}]})
    workbook.define_name("Ratings", "=Data!$A$1:$A$3")
    workbook.define_name("Data!Local", "=Data!$B$1")
    workbook.close()
    return path


@pytest.fixture
def linked(linked_path: Path, open_workbook: OpenWorkbook) -> Iterator[xw.Book]:
    book = open_workbook(linked_path)
    yield book
    book.close()


@pytest.fixture
def reread(linked: xw.Book, linked_path: Path, second_reader: Reader) -> Callable[[], openpyxl.Workbook]:
    def save() -> openpyxl.Workbook:
        linked.save()
        return second_reader(linked_path)

    return save


class TestAdded:
    def test_in_front_and_between(self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]) -> None:
        between = linked.sheets.add("Between", before=linked.sheets["Data"])
        linked.sheets.add("First", before="Front")
        linked.sheets.add("Next", after="First")
        between["A1"].formula = "=Data!B2"
        wanted = ["First", "Next", "Front", "Between", "Data", "Spare"]
        assert names(linked) == wanted
        assert between.index == 4
        again = reread()
        assert again.sheetnames == wanted
        assert again["Between"]["A1"].value == "=Data!B2"
        assert set(again["Data"].defined_names) == {"Local"}
        assert again["Spare"].print_area == "'Spare'!$A$1:$B$2"
        assert again.defined_names["Ratings"].attr_text == "Data!$A$1:$A$3"

    def test_objects_made_before_still_mean_the_same(self, linked: xw.Book) -> None:
        data, local = linked.sheets["Data"], linked.names["Data!Local"]
        linked.sheets.add("First", before=linked.sheets[0])
        assert data["B2"].value == 2
        assert local.name == "Data!Local"
        assert local.refers_to_range.value == 1


class TestRenamed:
    def test_all_that_refers_to_it_follows(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        data, front = linked.sheets["Data"], linked.sheets["Front"]
        data.name = "It's new"
        assert data.name == "It's new"
        assert data["B2"].value == 2
        assert names(linked) == ["Front", "It's new", "Spare"]
        assert front["A1"].formula == "=SUM('It''s new'!B1:B3)"
        assert front["A2"].formula == "=A1+'It''s new'!$B$1"
        assert (front["A1"].value, front["A3"].value) == (6, "Data!A1")
        assert linked.names["Ratings"].refers_to_range == data["A1:A3"]
        assert linked.names["'It''s new'!Local"].refers_to == "='It''s new'!$B$1"
        again = reread()["Front"]
        assert again.data_validations.dataValidation[0].formula1 == "'It''s new'!$A$1:$A$3"
        assert next(iter(again.conditional_formatting)).rules[0].formula == ["$B1='It''s new'!$A$1"]
        assert again["C1"].hyperlink.location == "'It''s new'!A1"
        assert again._charts[0].series[0].val.numRef.f == "'It''s new'!$B$1:$B$3"

    def test_there_and_back(self, linked: xw.Book) -> None:
        linked.sheets["Data"]["A9"].value = "x"
        linked.sheets["Data"].name = "Other"
        linked.save()
        linked.sheets["other"].name = "data"
        assert linked.sheets["Front"]["A1"].formula == "=SUM(data!B1:B3)"
        linked.sheets["data"].name = "Data"
        assert linked.sheets["Data"]["A9"].value == "x"

    def test_what_was_taken_from_it_before_still_works(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        data, front = linked.sheets["Data"], linked.sheets["Front"]
        cell, edge = data["C1"], front["A1"].borders["edge_bottom"]
        data.name = "Facts"
        cell.value = 5
        edge.color = (255, 0, 0)
        again = reread()
        assert again["Facts"]["C1"].value == 5
        assert again["Front"]["A1"].border.bottom.color.rgb == "FFFF0000"

    def test_edits_that_were_not_saved_are_kept(self, linked: xw.Book) -> None:
        front = linked.sheets["Front"]
        front["A9"].formula = "=Data!A1"
        linked.sheets["Data"].name = "Facts"
        assert front["A9"].formula == "=Facts!A1"


class TestDeleted:
    def test_it_goes_with_its_names_and_tables(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        linked.sheets["Spare"].delete()
        assert names(linked) == ["Front", "Data"]
        assert {name.name for name in linked.names} == {"Ratings", "Data!Local"}
        again = reread()
        assert again.sheetnames == ["Front", "Data"]
        assert set(again["Data"].defined_names) == {"Local"}

    def test_one_in_front_goes(self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]) -> None:
        added = linked.sheets.add("First", before=linked.sheets[0])
        assert names(linked)[0] == "First"
        added.delete()
        again = reread()
        assert again.sheetnames == ["Front", "Data", "Spare"]
        assert set(again["Data"].defined_names) == {"Local"}

    def test_by_its_name(self, linked: xw.Book) -> None:
        del linked.sheets["Spare"]
        assert "Spare" not in names(linked)


class TestCopied:
    def test_with_formulas_rules_names_and_tables(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        linked.sheets["Data"]["D1"].formula = "=SUM(B1:B3)+Data!B1+LEN(Ratings)"
        copy = linked.sheets["Data"].copy(after=linked.sheets["Front"])
        assert (copy.name, copy.index) == ("Data (2)", 2)
        assert copy["A1:B3"].value == linked.sheets["Data"]["A1:B3"].value
        assert copy["D1"].formula == "=SUM(B1:B3)+'Data (2)'!B1+LEN(Ratings)"
        assert linked.names["'Data (2)'!Local"].refers_to == "='Data (2)'!$B$1"
        assert linked.names["'Data (2)'!Ratings"].refers_to_range == copy["A1:A3"]
        assert linked.names["Ratings"].refers_to_range == linked.sheets["Data"]["A1:A3"]
        assert linked.sheets["Front"]["A1"].formula == "=SUM(Data!B1:B3)"
        assert reread().sheetnames == ["Front", "Data (2)", "Data", "Spare"]

    def test_under_a_name_and_at_the_end(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        copy = linked.sheets["Front"].copy(name="Another")
        assert names(linked)[-1] == "Another"
        copy["A9"].value = "only here"
        assert linked.sheets["Front"]["A9"].value is None
        again = reread()["Another"]
        assert again["A1"].value == "=SUM(Data!B1:B3)"
        assert again._charts[0].series[0].val.numRef.f == "Data!$B$1:$B$3"
        assert again.data_validations.dataValidation[0].formula1 == "Data!$A$1:$A$3"
        assert again["C1"].hyperlink.location == "Data!A1"

    def test_tables_have_names_of_their_own(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        linked.sheets["Spare"]["D5"].formula = "=COUNTA(Left[a])"
        copy = linked.sheets["Spare"].copy(before=linked.sheets["Spare"])
        table = copy.tables[0]
        assert table.name != "Left"
        assert table.range.address == "$D$1:$E$3"
        assert copy["D5"].formula == f"=COUNTA({table.name}[a])"
        again = reread()
        assert list(again["Spare"].tables) == ["Left"]
        assert list(again["Spare (2)"].tables) == [table.name]
        assert again["Spare (2)"].print_area == "'Spare (2)'!$A$1:$B$2"


class TestMoved:
    def test_before_and_after_another_one(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        data = linked.sheets["Data"]
        data.activate()
        data.move(after=linked.sheets["Spare"])
        assert names(linked) == ["Front", "Spare", "Data"]
        linked.sheets["Spare"].move(before=linked.sheets["Front"])
        assert names(linked) == ["Spare", "Front", "Data"]
        assert linked.names["Data!Local"].refers_to_range == data["B1"]
        assert linked.sheets.active.name == "Data"
        again = reread()
        assert again.sheetnames == ["Spare", "Front", "Data"]
        assert set(again["Data"].defined_names) == {"Local"}
        assert again["Spare"].print_area == "'Spare'!$A$1:$B$2"


class TestShown:
    def test_hidden_and_shown_again(self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]) -> None:
        linked.sheets["Data"].visible = False
        assert not linked.sheets["Data"].visible
        assert reread()["Data"].sheet_state == "hidden"
        linked.sheets["Data"].visible = True
        assert linked.sheets["Data"].visible
        assert reread()["Data"].sheet_state == "visible"

    def test_the_active_one_hidden_gives_way_to_the_next(self, linked: xw.Book) -> None:
        linked.sheets["Data"].activate()
        linked.sheets["Data"].visible = False
        assert linked.sheets.active.name == "Spare"
        linked.sheets["Spare"].visible = False
        assert linked.sheets.active.name == "Front"


class TestActive:
    def test_the_one_that_was_activated(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        assert linked.sheets.active.name == "Front"
        linked.sheets["Data"].activate()
        assert linked.sheets.active.name == "Data"
        linked.sheets["Spare"].select()
        again = reread()
        assert again.active.title == "Spare"
        assert [sheet.sheet_view.tabSelected for sheet in again] == [False, False, True]

    def test_it_stays_where_a_sheet_in_front_comes_and_goes(self, linked: xw.Book) -> None:
        linked.sheets["Data"].activate()
        added = linked.sheets.add("First", before="Front")
        linked.sheets["Data"].activate()
        assert linked.sheets.active.name == "Data"
        added.delete()
        assert linked.sheets.active.name == "Data"

    def test_the_cells_that_were_selected(
        self, linked: xw.Book, reread: Callable[[], openpyxl.Workbook]
    ) -> None:
        linked.sheets["Data"].activate()
        linked.sheets["Data"]["B2:C3"].select()
        assert linked.selection == linked.sheets["Data"]["B2:C3"]
        assert linked.app.selection.address == "$B$2:$C$3"
        again = reread()
        assert again.active.title == "Data"
        assert again["Data"].sheet_view.selection[0].sqref == "B2:C3"

    def test_the_selection_is_that_of_the_active_sheet(self, linked: xw.Book) -> None:
        assert linked.selection == linked.sheets["Front"]["A1"]
        linked.sheets["Spare"].activate()
        assert linked.app.selection.sheet.name == "Spare"
