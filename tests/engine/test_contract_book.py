"""What a book must do, whoever opens it: its sheets and names, its app, saving and closing.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.engine.conftest import OpenWorkbook, Reader


def names(book: xw.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets]


class TestSheets:
    def test_stand_in_order(self, book: xw.Book) -> None:
        assert names(book) == book.sheet_names == ["Plan", "Lists", "Blank"]
        assert [sheet.index for sheet in book.sheets] == [1, 2, 3]
        assert len(book.sheets) == book.sheets.count == 3

    @pytest.mark.parametrize("key", ["Lists", "LISTS", "lists", 1, -2])
    def test_are_found_by_name_in_any_case_and_by_place(self, book: xw.Book, key: str | int) -> None:
        assert book.sheets[key].name == "Lists"

    def test_are_counted_from_1_when_called(self, book: xw.Book) -> None:
        assert book.sheets(1) == book.sheets["Plan"]

    def test_no_place_beyond_the_last(self, book: xw.Book) -> None:
        with pytest.raises(IndexError):
            book.sheets[3]

    def test_know_their_book(self, book: xw.Book) -> None:
        assert book.sheets["Plan"].book == book
        assert book.sheets["Plan"].visible

    def test_a_new_one_goes_behind_the_last(
        self, book: xw.Book, saved: Callable[[], openpyxl.Workbook]
    ) -> None:
        added = book.sheets.add("Notes & queries", after=book.sheets[-1])
        added["B2"].value = "x"
        assert (added.name, added.index) == ("Notes & queries", 4)
        assert names(book)[-1] == "Notes & queries"
        assert saved()["Notes & queries"]["B2"].value == "x"

    def test_no_two_of_one_name(self, book: xw.Book) -> None:
        with pytest.raises(ValueError, match="already present"):
            book.sheets.add("plan", after=book.sheets[-1])


class TestNames:
    def test_are_contained_in_any_case(self, book: xw.Book) -> None:
        assert "As_Of" in book.names
        assert "as_of" in book.names
        assert "As_If" not in book.names

    def test_refer_to_ranges(self, book: xw.Book) -> None:
        found = book.names["ratings"]
        assert found.name == "Ratings"
        assert found.refers_to == "=Lists!$A$2:$A$4"
        assert found.refers_to_range == book.sheets["Lists"]["A2:A4"]
        assert {name.name for name in book.names} >= {"As_Of", "Ratings"}

    def test_lead_to_cells_that_can_be_written(self, book: xw.Book, plan: xw.Sheet) -> None:
        book.names["As_Of"].refers_to_range.value = "As of today"
        assert plan["A1"].value == "As of today"


class TestSaving:
    def test_name_and_path(self, book: xw.Book, path: Path) -> None:
        assert book.name == "small.xlsx"
        assert Path(book.fullname).samefile(path)

    def test_what_was_not_saved_is_lost(self, path: Path, open_workbook: OpenWorkbook) -> None:
        book = open_workbook(path)
        book.sheets["Blank"]["A1"].value = "lost"
        book.close()
        again = open_workbook(path)
        assert again.sheets["Blank"]["A1"].value is None
        again.close()

    def test_what_was_saved_is_there(
        self, path: Path, open_workbook: OpenWorkbook, second_reader: Reader
    ) -> None:
        book = open_workbook(path)
        book.sheets["Blank"]["A1"].value = "kept"
        book.save()
        book.sheets["Blank"]["A2"].value = "kept as well"
        book.save()
        book.close()
        again = open_workbook(path)
        assert again.sheets["Blank"]["A1:A2"].value == ["kept", "kept as well"]
        again.close()
        assert second_reader(path)["Blank"]["A2"].value == "kept as well"

    def test_under_another_name(
        self, book: xw.Book, path: Path, tmp_path: Path, second_reader: Reader
    ) -> None:
        book.sheets["Blank"]["A1"].value = "copy"
        target = tmp_path / "other.xlsx"
        book.save(target)
        assert book.name == "other.xlsx"
        assert Path(book.fullname).samefile(target)
        assert second_reader(target)["Blank"]["A1"].value == "copy"
        assert second_reader(path)["Blank"]["A1"].value is None

    def test_over_another_file(self, book: xw.Book, tmp_path: Path, second_reader: Reader) -> None:
        target = tmp_path / "other.xlsx"
        target.write_bytes(b"an older file")
        book.save(target)
        assert second_reader(target).sheetnames == ["Plan", "Lists", "Blank"]

    def test_leaves_the_rest_as_it_was(self, plan: xw.Sheet, saved: Callable[[], openpyxl.Workbook]) -> None:
        plan["D7"].value = "G"
        sheet = saved()["Plan"]
        assert [cell.value for cell in sheet["B"][2:]] == [
            "Action",
            "Write the plan",
            "Share it",
            "Review it",
            "Close it",
        ]
        assert sheet["C4"].number_format == "dd mmm yyyy"
        assert sheet["A1"].font.bold
        assert [str(area) for area in sheet.merged_cells.ranges] == ["F1:G2"]


class TestNew:
    def test_it_has_a_sheet_and_is_saved_under_a_path(
        self, book: xw.Book, tmp_path: Path, second_reader: Reader
    ) -> None:
        new = book.app.books.add()
        assert book.app.books.active == new
        assert new.name.startswith("Book")
        assert names(new) == ["Sheet1"]
        new.sheets[0]["A1:B2"].value = [["a", 1], ["b", 2.5]]
        new.sheets[0].name = "Data"
        target = tmp_path / "new.xlsx"
        new.save(target)
        assert new.name == "new.xlsx"
        assert Path(new.fullname).samefile(target)
        new.close()
        assert [[cell.value for cell in row] for row in second_reader(target)["Data"]] == [
            ["a", 1],
            ["b", 2.5],
        ]


class TestApp:
    def test_properties_last_as_long_as_the_block(self, book: xw.Book) -> None:
        app = book.app
        before = (app.screen_updating, app.display_alerts, app.calculation)
        with app.properties(screen_updating=False, display_alerts=False, calculation="manual"):
            assert (app.screen_updating, app.display_alerts, app.calculation) == (False, False, "manual")
        assert (app.screen_updating, app.display_alerts, app.calculation) == before

    def test_knows_its_books(self, book: xw.Book) -> None:
        assert book in list(book.app.books)
        assert book.app.books["small.xlsx"] == book

    def test_a_book_can_be_brought_to_the_front(self, book: xw.Book) -> None:
        book.activate()
        assert book.app.books.active == book

    def test_a_book_as_a_context(self, path: Path, open_workbook: OpenWorkbook) -> None:
        with open_workbook(path) as book:
            app = book.app
            assert book.name in [other.name for other in app.books]
        assert "small.xlsx" not in [other.name for other in app.books]

    def test_the_caller_is_the_book_that_was_set(self, book: xw.Book) -> None:
        book.set_mock_caller()
        assert xw.Book.caller() == book
        xw.Book.caller().sheets["Blank"]["A1"].value = "from a macro"
        assert book.sheets["Blank"]["A1"].value == "from a macro"
