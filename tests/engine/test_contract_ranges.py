"""What a book must do with ranges: how one leads to another, addresses, the used and the merged cells.

Only xlwings' public API, and only what live Excel does as well.
"""

import pytest
import xlwings as xw


def addresses(*ranges: xw.Range) -> list[str]:
    return [found.get_address(False, False) for found in ranges]


class TestWhere:
    def test_row_column_shape(self, plan: xw.Sheet) -> None:
        found = plan["B3:D7"]
        assert (found.row, found.column, found.shape) == (3, 2, (5, 3))
        assert (len(found), found.count, found.size) == (15, 15, 15)
        assert found.sheet == plan

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("B3:D7", "B3:D7"),
            ("D7:B3", "B3:D7"),
            ("$B$3", "B3"),
            ("b3", "B3"),
            ("B:C", "B1:C1048576"),
            ("3:4", "A3:XFD4"),
        ],
    )
    def test_by_address(self, plan: xw.Sheet, one: str, other: str) -> None:
        assert addresses(plan[one]) == [other]

    def test_by_numbers(self, plan: xw.Sheet) -> None:
        assert addresses(plan.range((3, 2)), plan.range((3, 2), (7, 4))) == ["B3", "B3:D7"]
        assert addresses(plan.range("B3", "D7"), plan.range(plan["B3"], plan["D7"])) == ["B3:D7", "B3:D7"]
        assert addresses(plan[0, 0], plan.cells[2:7, 1:4]) == ["A1", "B3:D7"]

    def test_all_cells(self, plan: xw.Sheet) -> None:
        assert plan.cells.shape == (1048576, 16384)

    def test_addresses(self, plan: xw.Sheet) -> None:
        found = plan["B3:D7"]
        assert found.address == "$B$3:$D$7"
        assert found.get_address(False, False) == "B3:D7"
        assert found.get_address(True, False) == "B$3:D$7"
        assert found.get_address(False, True) == "$B3:$D7"
        assert plan["B3"].address == "$B$3"

    def test_addresses_with_what_is_in_front(self, plan: xw.Sheet) -> None:
        assert plan["B3"].get_address(external=True) == "[small.xlsx]Plan!$B$3"
        assert plan["B3:C4"].get_address(False, False, include_sheetname=True) == "Plan!B3:C4"

    def test_rows_and_columns_count_from_1(self, plan: xw.Sheet) -> None:
        for corner in ((0, 1), (1, 0)):
            with pytest.raises(IndexError):
                plan.range(corner)

    def test_equality(self, plan: xw.Sheet, blank: xw.Sheet) -> None:
        assert plan["B3"] == plan.range((3, 2))
        assert plan["B3"] != plan["B4"]
        assert plan["B3"] != blank["B3"]


class TestFromOneToAnother:
    def test_offset(self, plan: xw.Sheet) -> None:
        assert addresses(plan["B3:C4"].offset(1, 2), plan["B3"].offset(-2), plan["B3"].offset(0, -1)) == [
            "D4:E5",
            "B1",
            "A3",
        ]

    def test_resize(self, plan: xw.Sheet) -> None:
        found = plan["B3:C4"]
        assert addresses(found.resize(5, 1), found.resize(1), found.resize(column_size=3)) == [
            "B3:B7",
            "B3:C3",
            "B3:D4",
        ]

    def test_last_cell(self, plan: xw.Sheet) -> None:
        assert addresses(plan["B3:C4"].last_cell, plan["B3"].last_cell) == ["C4", "B3"]

    def test_cells_are_counted_row_by_row(self, plan: xw.Sheet) -> None:
        found = plan["B3:C4"]
        assert addresses(found[0], found[1], found[2], found[-1]) == ["B3", "C3", "B4", "C4"]
        assert addresses(found(1), found(3), found(2, 2)) == ["B3", "B4", "C4"]

    def test_slices(self, plan: xw.Sheet) -> None:
        found = plan["B3:D7"]
        assert addresses(found[:, 0], found[1:, :], found[1:3, 1], found[-1, :]) == [
            "B3:B7",
            "B4:D7",
            "C4:C5",
            "B7:D7",
        ]
        assert addresses(plan["B3:B7"][1:3], plan["B3:D3"][1:]) == ["B4:B5", "C3:D3"]

    def test_slices_end_where_the_range_does(self, plan: xw.Sheet) -> None:
        with pytest.raises(IndexError):
            plan["B3:D7"][5, 0]
        with pytest.raises(IndexError):
            plan["B3:B7"][5]

    def test_an_empty_slice_has_no_value(self, plan: xw.Sheet) -> None:
        nothing = plan["A1:A3"][0:0]
        assert (len(nothing), nothing.value, nothing.address) == (0, None, "")
        nothing.value = "x"
        nothing.clear_contents()
        assert plan["A1"].value == "As of 12 May 2015"

    def test_rows_and_columns(self, plan: xw.Sheet) -> None:
        found = plan["B3:D5"]
        assert addresses(*found.rows) == ["B3:D3", "B4:D4", "B5:D5"]
        assert addresses(*found.columns) == ["B3:B5", "C3:C5", "D3:D5"]
        assert addresses(found.rows[-1], found.columns(1)) == ["B5:D5", "B3:B5"]
        assert (len(found.rows), len(found.columns)) == (3, 3)


class TestFilledBlocks:
    @pytest.fixture
    def block(self, blank: xw.Sheet) -> xw.Sheet:
        """B2:D4 is filled but for C3; F2 and B7 stand alone."""
        blank["B2"].value = [["a", "b", "c"], [1, None, 3], [4, 5, 6]]
        blank["F2"].value = "alone"
        blank["B7"].value = "alone"
        return blank

    def test_expand(self, block: xw.Sheet) -> None:
        start = block["B2"]
        assert addresses(start.expand(), start.expand("table")) == ["B2:D4", "B2:D4"]
        assert addresses(start.expand("down"), start.expand("right")) == ["B2:B4", "B2:D2"]

    def test_expand_follows_the_first_row_and_column(self, block: xw.Sheet) -> None:
        block["B2"].value = None
        assert addresses(block["B2"].expand()) == ["B2:D4"]

    def test_expand_of_a_single_row_column_and_cell(self, block: xw.Sheet) -> None:
        assert addresses(block["F2"].expand(), block["C4"].expand(), block["D3"].expand()) == [
            "F2",
            "C4:D4",
            "D3:D4",
        ]

    def test_expand_keeps_the_width_of_what_it_starts_from(self, block: xw.Sheet) -> None:
        assert addresses(block["B2:C2"].expand("down"), block["B2:B3"].expand("right")) == [
            "B2:C4",
            "B2:D3",
        ]

    @pytest.mark.parametrize(
        ("start", "direction", "found"),
        [
            ("B2", "down", "B4"),
            ("B2", "right", "D2"),
            ("B4", "down", "B7"),
            ("D2", "right", "F2"),
            ("B3", "right", "D3"),
            ("B7", "down", "B1048576"),
            ("F2", "right", "XFD2"),
            ("B7", "up", "B4"),
            ("F2", "left", "D2"),
            ("B4", "up", "B2"),
            ("D4", "left", "B4"),
            ("B2", "up", "B1"),
            ("B2", "left", "A2"),
            ("A1", "down", "A1048576"),
            ("C1", "down", "C2"),
        ],
    )
    def test_end_is_where_ctrl_and_an_arrow_lead(
        self, block: xw.Sheet, start: str, direction: str, found: str
    ) -> None:
        assert addresses(block[start].end(direction)) == [found]

    def test_used_range(self, block: xw.Sheet) -> None:
        assert addresses(block.used_range) == ["B2:F7"]

    def test_used_range_of_an_empty_sheet(self, blank: xw.Sheet) -> None:
        assert addresses(blank.used_range) == ["A1"]


class TestMergedCells:
    def test_are_known(self, plan: xw.Sheet) -> None:
        assert plan["F1:G2"].merge_cells is True
        assert plan["G2"].merge_cells is True
        assert plan["A1:D7"].merge_cells is False

    def test_only_some_of_them(self, plan: xw.Sheet) -> None:
        assert plan["E1:G2"].merge_cells is not False

    def test_hold_their_value_in_the_first(self, plan: xw.Sheet) -> None:
        plan["F1"].value = "changed"
        assert plan["F1:G2"].value == [["changed", None], [None, None]]
