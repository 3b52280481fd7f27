"""What a book must do with tables and charts.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from xlwings.main import Chart, Table

from tests.engine.conftest import HEADERS, RED, OpenWorkbook

Saved = Callable[[], openpyxl.Workbook]


class TestTables:
    @pytest.fixture
    def table(self, plan: xw.Sheet) -> Table:
        return plan.tables["Plan"]

    @pytest.mark.parametrize("key", ["Plan", "PLAN", 0, -1])
    def test_are_found(self, plan: xw.Sheet, key: str | int) -> None:
        assert plan.tables[key].name == "Plan"

    def test_are_contained(self, plan: xw.Sheet, blank: xw.Sheet) -> None:
        assert "Plan" in plan.tables
        assert "Other" not in plan.tables
        assert [table.name for table in plan.tables] == ["Plan"]
        assert (len(plan.tables), len(blank.tables)) == (1, 0)
        with pytest.raises(KeyError):
            plan.tables["Other"]

    def test_know_what_they_cover(self, table: Table) -> None:
        assert table.range.address == "$A$3:$D$7"
        assert table.header_row_range is not None
        assert table.header_row_range.address == "$A$3:$D$3"
        assert table.header_row_range.value == HEADERS
        assert table.data_body_range is not None
        assert table.data_body_range.address == "$A$4:$D$7"
        assert (table.parent.name, table.display_name) == ("Plan", "Plan")
        assert (table.show_headers, table.show_totals, table.table_style) == (
            True,
            False,
            "TableStyleMedium9",
        )

    @pytest.mark.parametrize("address", ["A3:D5", "A3:D4", "A3:D20"])
    def test_are_resized_by_rows(self, plan: xw.Sheet, table: Table, saved: Saved, address: str) -> None:
        before = plan["A3:D7"].value
        table.resize(plan[address])
        assert table.range.get_address(False, False) == address
        assert plan["A3:D7"].value == before
        assert saved()["Plan"].tables["Plan"].ref == address

    def test_call_their_columns_as_their_header_cells_say(
        self, plan: xw.Sheet, table: Table, saved: Saved
    ) -> None:
        plan["D3"].value = "Rating & colour"
        assert table.header_row_range is not None
        assert table.header_row_range.value == [*HEADERS[:3], "Rating & colour"]
        columns = saved()["Plan"].tables["Plan"].tableColumns
        assert [column.name for column in columns] == [*HEADERS[:3], "Rating & colour"]

    def test_are_added(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2"].value = [["Name", "Also written as"], ["Group One", None]]
        made = blank.tables.add(source=blank["B2:C3"], name="Groups", table_style_name="TableStyleLight9")
        assert (made.name, made.range.address, made.table_style) == (
            "Groups",
            "$B$2:$C$3",
            "TableStyleLight9",
        )
        assert blank.tables["Groups"] == made
        written = saved()["Blank"].tables["Groups"]
        assert (written.ref, [column.name for column in written.tableColumns]) == (
            "B2:C3",
            ["Name", "Also written as"],
        )

    def test_get_a_name_of_their_own(self, blank: xw.Sheet) -> None:
        for column in ("A", "D"):
            blank[f"{column}1"].value = [["one", "two"], [1, 2]]
            blank.tables.add(source=blank[f"{column}1"].expand())
        first, second = (table.name for table in blank.tables)
        assert first != second

    def test_are_filled_and_resized(self, plan: xw.Sheet, table: Table) -> None:
        plan["A8"].value = [[5, "One more", None, "G"]]
        table.resize(table.range.resize(6))
        assert table.data_body_range is not None
        assert table.data_body_range[-1, :].value == [5.0, "One more", None, "G"]


class TestCharts:
    @pytest.fixture
    def lists(self, book: xw.Book) -> xw.Sheet:
        """The sheet with figures on C1:E3 and a line chart."""
        return book.sheets["Lists"]

    @pytest.fixture
    def chart(self, lists: xw.Sheet) -> Chart:
        return lists.charts.add(
            anchor=lists["C6"],
            width=300,
            height=200,
            source=lists["C1:E3"],
            chart_type="bar_stacked",
            plot_by="columns",
            name="Ratings",
            style=None,
        )

    def test_are_added_behind_those_that_stand_there(self, lists: xw.Sheet, chart: Chart) -> None:
        assert [found.name for found in lists.charts] == ["Line", "Ratings"]
        assert (len(lists.charts), lists.charts[1].name) == (2, "Ratings")
        assert (chart.name, chart.chart_type, chart.parent) == ("Ratings", "bar_stacked", lists)

    def test_are_looked_up(self, lists: xw.Sheet, chart: Chart) -> None:
        assert "Ratings" in lists.charts
        assert "Other" not in lists.charts
        assert lists.charts["Ratings"].name == chart.name
        with pytest.raises(KeyError):
            lists.charts["Other"]

    def test_no_two_of_one_name(self, lists: xw.Sheet, chart: Chart) -> None:
        with pytest.raises(xw.ShapeAlreadyExists):
            lists.charts.add(source=lists["C1:E3"], name=chart.name)

    @pytest.mark.parametrize("kind", ["column_clustered", "column_stacked_100", "bar_clustered"])
    def test_change_their_type(self, chart: Chart, kind: str) -> None:
        chart.chart_type = kind
        assert chart.chart_type == kind

    def test_title(self, chart: Chart) -> None:
        chart.title = "Agreed & computed"
        assert chart.title == "Agreed & computed"
        chart.title = "Other"
        assert chart.title == "Other"
        chart.title = None
        assert chart.title is None

    @pytest.mark.parametrize("position", ["bottom", "left", "right", "top", "corner"])
    def test_legend(self, chart: Chart, position: Any) -> None:
        chart.legend.position = position
        assert chart.legend.position == position

    def test_colours_of_series(self, chart: Chart) -> None:
        assert len(chart.series) == 2
        chart.series[1].fill_color = RED
        assert chart.series[1].fill_color == RED
        chart.series[0].set(fill_color="#010203")
        assert [series.fill_color for series in chart.series] == [(1, 2, 3), RED]

    def test_show_other_cells(self, lists: xw.Sheet, chart: Chart) -> None:
        chart.set_source_data(lists["C1:D3"], plot_by="columns")
        assert len(chart.series) == 1
        chart.set_source_data(lists["C1:E3"], plot_by="rows")
        assert len(chart.series) == 2

    def test_are_renamed(self, lists: xw.Sheet, chart: Chart) -> None:
        chart.name = "Letters"
        assert chart.name == "Letters"
        assert "Letters" in lists.charts
        assert "Ratings" not in lists.charts

    def test_are_there_for_a_second_reader(self, chart: Chart, saved: Saved) -> None:
        chart.title = "Letters"
        charts = getattr(saved()["Lists"], "_charts")  # noqa: B009  # openpyxl has no public name for them
        assert len(charts) == 2
        bars = charts[1]
        assert (bars.tagname, bars.barDir, bars.grouping) == ("barChart", "bar", "stacked")
        assert [series.val.numRef.f for series in bars.series] == ["Lists!$D$2:$D$3", "Lists!$E$2:$E$3"]
        assert [series.tx.strRef.f for series in bars.series] == ["Lists!$D$1", "Lists!$E$1"]
        assert (bars.anchor._from.col, bars.anchor._from.row) == (2, 5)

    def test_survive_a_closed_book(
        self, book: xw.Book, chart: Chart, path: Path, open_workbook: OpenWorkbook
    ) -> None:
        chart.title = "Letters"
        book.save()
        book.close()
        again = open_workbook(path)
        assert again.sheets["Lists"].charts["Ratings"].title == "Letters"
        again.close()
