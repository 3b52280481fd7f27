"""What a book must do with the structure of its sheets: regions, sizes, merged cells, notes, links, copies.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Callable

import openpyxl
import pytest
import xlwings as xw

Saved = Callable[[], openpyxl.Workbook]


class TestCurrentRegion:
    @pytest.mark.parametrize(
        ("start", "region"),
        [("B2", "B2:D4"), ("C3", "B2:D4"), ("D4", "B2:D4"), ("F2", "F2"), ("A1", "A1:D4"), ("H9", "H9")],
    )
    def test_is_bounded_by_empty_rows_and_columns(self, blank: xw.Sheet, start: str, region: str) -> None:
        blank["B2"].value = [["a", "b", "c"], [1, None, 3], [4, 5, 6]]
        blank["F2"].value = "alone"
        assert blank[start].current_region.get_address(False, False) == region

    def test_touches_at_corners(self, blank: xw.Sheet) -> None:
        for address in ("A1", "B2", "C3", "B4", "A5"):
            blank[address].value = 1
        assert blank["B2"].current_region.get_address(False, False) == "A1:C5"


class TestSizes:
    def test_row_height(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["A3:B4"].row_height = 30
        assert plan["A3:C4"].row_height == 30
        assert plan["A3:A5"].row_height is None
        plan["A30"].row_height = 22.5
        dimensions = saved()["Plan"].row_dimensions
        assert (dimensions[3].height, dimensions[4].height, dimensions[30].height) == (30, 30, 22.5)

    def test_a_height_of_nothing_hides_a_row(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["A4"].row_height = 0
        assert plan["A4"].row_height == 0
        assert saved()["Plan"].row_dimensions[4].hidden
        plan["A4"].row_height = 15
        assert not saved()["Plan"].row_dimensions[4].hidden

    def test_points(self, blank: xw.Sheet) -> None:
        blank["A1:A2"].row_height = 30
        assert (blank["B1:B4"].height, blank["B4"].top, blank["B1"].top) == (90, 75, 0)
        assert blank["A1:C1"].width == 3 * blank["B1"].width == blank["D1"].left > 0
        blank["B1"].column_width = 0
        assert blank["A1:C1"].width == 2 * blank["A1"].width

    def test_autofit_of_columns(self, blank: xw.Sheet) -> None:
        blank["A1"].value = "a rather long text that needs more room"
        blank["B1"].value = "x"
        before = blank["C1"].column_width
        blank["A1:C1"].columns.autofit()
        assert blank["A1"].column_width > 25 > before > blank["B1"].column_width
        assert blank["C1"].column_width == before

    def test_autofit_of_both(self, blank: xw.Sheet) -> None:
        blank["A1"].value = "one\ntwo\nthree"
        blank["A1"].wrap_text = True
        blank["A1"].column_width = 20
        blank["B1"].value = "a rather long text that needs more room"
        blank.autofit()
        assert blank["A1"].row_height > 40
        assert blank["B1"].column_width > 25


class TestMerging:
    def test_merge(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2"].value = "title"
        blank["B2:D3"].merge()
        assert blank["C3"].merge_area.get_address(False, False) == "B2:D3"
        assert blank["A1"].merge_area.get_address(False, False) == "A1"
        assert blank["B2:D3"].merge_cells is True
        assert [str(area) for area in saved()["Blank"].merged_cells.ranges] == ["B2:D3"]

    def test_merge_across(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2:C4"].merge(across=True)
        blank["B2:C4"].merge(across=True)
        assert sorted(map(str, saved()["Blank"].merged_cells.ranges)) == ["B2:C2", "B3:C3", "B4:C4"]

    def test_merged_cells_become_part_of_larger_ones(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2:C4"].merge(across=True)
        blank["A1:D5"].merge()
        assert [str(area) for area in saved()["Blank"].merged_cells.ranges] == ["A1:D5"]

    def test_unmerge(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["J1:K1"].merge()
        plan["A1:G1"].unmerge()
        assert plan["F1:G2"].merge_cells is False
        assert plan["F1"].value == "merged"
        plan["G2"].value = "free"
        plan["K1"].unmerge()
        sheet = saved()["Plan"]
        assert not sheet.merged_cells.ranges
        assert sheet["G2"].value == "free"


class TestHyperlinks:
    def test_of_a_cell(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["J4"].add_hyperlink("https://example.org/a?b=1&c=2", "the board", "Read it")
        assert plan["J4"].hyperlink.startswith("https://example.org/a?b=1&c=2")
        cell = saved()["Plan"]["J4"]
        assert (cell.value, cell.hyperlink.target, cell.hyperlink.tooltip) == (
            "the board",
            "https://example.org/a?b=1&c=2",
            "Read it",
        )

    def test_added_again_replaces_it(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["J4"].add_hyperlink("https://example.org/one")
        plan["J5"].add_hyperlink("www.example.org")
        plan["J4"].add_hyperlink("https://example.org/two", "two")
        sheet = saved()["Plan"]
        assert (sheet["J4"].hyperlink.target, sheet["J4"].value) == ("https://example.org/two", "two")
        assert (sheet["J5"].hyperlink.target, sheet["J5"].value) == (
            "http://www.example.org",
            "www.example.org",
        )

    def test_to_a_place_in_the_book(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["J4"].add_hyperlink("#Lists!A1", "lists")
        link = saved()["Plan"]["J4"].hyperlink
        assert (link.location, link.target) == ("Lists!A1", None)

    def test_of_a_formula(self, plan: xw.Sheet) -> None:
        plan["J4"].formula = '=HYPERLINK("https://example.org","x")'
        assert plan["J4"].hyperlink == "https://example.org"

    def test_there_is_none(self, plan: xw.Sheet) -> None:
        with pytest.raises(Exception, match="hyperlink"):
            _ = plan["J4"].hyperlink


class TestNotes:
    def test_added(self, plan: xw.Sheet, saved: Saved) -> None:
        assert plan["B4"].note is None
        note = plan["B4"].add_note("first line\nsecond & last")
        assert (note.text, note.location.address) == ("first line\nsecond & last", "$B$4")
        plan["D5"].add_note("other")
        sheet = saved()["Plan"]
        assert (sheet["B4"].comment.text, sheet["D5"].comment.text) == ("first line\nsecond & last", "other")

    def test_changed(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["B4"].add_note("one")
        plan["B5"].add_note("other")
        plan["B4"].note.text = "two"
        assert saved()["Plan"]["B4"].comment.text == plan["B4"].note.text == "two"
        assert plan["B5"].note.text == "other"

    def test_deleted(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["B4"].add_note("one")
        plan["B5"].add_note("other")
        plan["B4"].note.delete()
        sheet = saved()["Plan"]
        assert (sheet["B4"].comment, sheet["B5"].comment.text) == (None, "other")
        plan["B5"].note.delete()
        assert plan["B5"].note is None
        assert saved()["Plan"]["B5"].comment is None

    def test_of_a_sheet(self, plan: xw.Sheet, blank: xw.Sheet) -> None:
        plan["B4"].add_note("one")
        plan["A9"].add_note("other")
        blank["C3"].add_note("elsewhere")
        assert {note.location.address: note.text for note in plan.notes} == {"$B$4": "one", "$A$9": "other"}
        assert [note.text for note in plan.book.notes if note.location.sheet == blank] == ["elsewhere"]

    def test_one_for_each_cell(self, plan: xw.Sheet) -> None:
        plan["B4"].add_note("one")
        with pytest.raises(ValueError, match="already"):
            plan["B4"].add_note("two")


class TestInsertAndDelete:
    def test_rows(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["5:6"].insert("down")
        assert plan["A3:A9"].value == ["No", 1, None, None, 2, 3, 4]
        assert plan.tables["Plan"].range.get_address(False, False) == "A3:D9"
        assert plan["F1:G2"].merge_cells is True
        plan["5:6"].delete()
        assert plan["A3:A7"].value == ["No", 1, 2, 3, 4]
        sheet = saved()["Plan"]
        assert sheet.tables["Plan"].ref == "A3:D7"
        assert sheet["F4"].value == "=SUM(A4:A7)"
        assert sheet.conditional_formatting

    def test_references_follow(self, plan: xw.Sheet, blank: xw.Sheet, saved: Saved) -> None:
        blank["A1"].formula = "=Plan!A4+SUM(Plan!$A$4:$A$7)"
        plan["1:2"].insert("down")
        assert blank["A1"].formula == "=Plan!A6+SUM(Plan!$A$6:$A$9)"
        assert plan["F6"].formula == "=SUM(A6:A9)"
        assert plan.book.names["As_Of"].refers_to == "=Plan!$A$3"
        workbook = saved()
        assert workbook["Plan"].tables["Plan"].ref == "A5:D9"
        assert [str(area) for area in workbook["Plan"].merged_cells.ranges] == ["F3:G4"]

    def test_columns(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["A4"].add_note("a note")
        plan["F9"].add_hyperlink("https://example.org", "link")
        plan["A:B"].insert("right")
        assert plan["C3:F3"].value == ["No", "Action", "Due", "RAG"]
        assert plan["H4"].formula == "=SUM(C4:C7)"
        assert plan["C4"].note.text == "a note"
        assert plan["H9"].hyperlink.startswith("https://example.org")
        sheet = saved()["Plan"]
        assert (sheet["C4"].comment.text, sheet["H9"].hyperlink.target) == ("a note", "https://example.org")

    def test_a_block(self, blank: xw.Sheet) -> None:
        blank["A1"].value = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
        blank["E1"].formula = "=B2"
        blank["B2"].insert("down")
        assert blank["A1:C4"].value == [[1, 2, 3], [4, None, 6], [7, 5, 9], [None, 8, None]]
        assert blank["E1"].formula == "=B3"
        blank["A2:B2"].delete("left")
        assert blank["A2:C2"].value == [6, None, None]

    def test_deleted_cells_leave_an_error(self, blank: xw.Sheet) -> None:
        blank["A1"].value = [[1], [2], [3]]
        blank["C1"].formula = "=A2+A3"
        blank["A2"].delete("up")
        assert blank["C1"].formula == "=#REF!+A2"

    def test_charts_move(self, book: xw.Book, saved: Saved) -> None:
        lists = book.sheets["Lists"]
        lists["1:3"].insert("down")
        assert lists["D5"].value == 1
        anchor = saved()["Lists"]._charts[0].anchor
        assert (anchor._from.row, anchor._from.col) == (3, 7)

    def test_new_rows_look_like_the_one_above(self, plan: xw.Sheet) -> None:
        plan["6:6"].insert("down", "format_from_left_or_above")
        assert plan["C6"].number_format == plan["C5"].number_format != plan["A6"].number_format


class TestCopy:
    def test_formulas_move_along(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["A1"].value = [[1, 2], [3, 4]]
        blank["C1"].formula = [["=A1+$B$1"], ["=A2"]]
        blank["C1:C2"].color = (255, 0, 0)
        blank["C1:C2"].copy(blank["E3"])
        assert [row[0] for row in blank["E3:E4"].formula] == ["=C3+$B$1", "=C4"]
        assert blank["E3"].color == (255, 0, 0)
        assert saved()["Blank"]["E4"].value == "=C4"

    def test_to_another_sheet(self, plan: xw.Sheet, blank: xw.Sheet) -> None:
        plan["A3:D7"].copy(blank["B2"])
        assert blank["B2:E6"].value == plan["A3:D7"].value
        assert blank["D3"].number_format == plan["C4"].number_format

    def test_as_often_as_it_fits(self, blank: xw.Sheet) -> None:
        blank["A1"].value = [1, 2]
        blank["A1:B1"].copy(blank["A2:D3"])
        assert blank["A2:D3"].value == [[1, 2, 1, 2], [1, 2, 1, 2]]
        blank["A1:B1"].copy(blank["A5:C5"])
        assert blank["A5:C5"].value == [1, 2, None]

    def test_over_itself(self, blank: xw.Sheet) -> None:
        blank["A1"].value = [[1], [2], [3]]
        blank["A1:A3"].copy(blank["A2"])
        assert blank["A1:A4"].value == [1, 1, 2, 3]

    def test_empty_cells_empty_others(self, blank: xw.Sheet) -> None:
        blank["A1"].value = [[1, None]]
        blank["D1"].value = [[8, 9]]
        blank["A1:B1"].copy(blank["D1"])
        assert blank["D1:E1"].value == [1, None]

    def test_merged_cells(self, plan: xw.Sheet, blank: xw.Sheet) -> None:
        plan["F1:G2"].copy(blank["B2"])
        assert blank["C3"].merge_area.get_address(False, False) == "B2:C3"
        assert blank["B2"].value == "merged"
