"""What a book must do with tables and charts.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
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

    def test_get_other_columns(self, plan: xw.Sheet, table: Table, saved: Saved) -> None:
        plan["E3"].value = "Lead"
        table.resize(plan["B3:E7"])
        assert [column.name for column in table.columns] == ["Action", "Due", "RAG", "Lead"]
        written = saved()["Plan"].tables["Plan"]
        assert (written.ref, [column.name for column in written.tableColumns]) == (
            "B3:E7",
            ["Action", "Due", "RAG", "Lead"],
        )
        assert len({column.id for column in written.tableColumns}) == 4

    def test_call_a_new_column_without_a_header(self, plan: xw.Sheet, table: Table) -> None:
        table.resize(plan["A3:E7"])
        assert plan["E3"].value == table.columns[4].name == "Column1"

    @pytest.mark.parametrize("rows", [2, 9])
    @pytest.mark.parametrize("index", [True, False])
    def test_are_updated(self, plan: xw.Sheet, table: Table, saved: Saved, rows: int, index: bool) -> None:
        data = pd.DataFrame(
            {
                "Task": [f"task {n}" for n in range(rows)],
                "Days": range(rows),
                "By": ["x"] * rows,
                "Why": ["y"] * rows,
            }
        ).set_index("Task")
        table.update(data, index=index)
        names = ["Task", "Days", "By", "Why"][not index :]
        assert table.range.shape == (rows + 1, len(names))
        assert [column.name for column in table.columns] == names
        assert table.columns["Days"].data_body_range is not None
        assert table.columns["Days"].data_body_range.value == [float(n) for n in range(rows)]
        assert plan["A3:E7"].rows[0].value[len(names) :] == [None] * (5 - len(names))
        assert [column.name for column in saved()["Plan"].tables["Plan"].tableColumns] == names

    def test_follow_their_new_name(self, book: xw.Book, plan: xw.Sheet, table: Table, saved: Saved) -> None:
        book.sheets["Blank"]["A1"].formula = '=SUM(Plan[No])+LEN("Plan")'
        table.name = "Actions"
        assert (table.name, table.display_name) == ("Actions", "Actions")
        assert book.sheets["Blank"]["A1"].formula == '=SUM(Actions[No])+LEN("Plan")'
        assert "Actions" in plan.tables
        assert "Plan" not in plan.tables
        table.display_name = "Plan"
        assert list(saved()["Plan"].tables) == ["Plan"]

    def test_change_their_style(self, table: Table, saved: Saved) -> None:
        table.table_style = "TableStyleLight1"
        table.show_table_style_column_stripes = True
        table.show_table_style_row_stripes = False
        table.show_table_style_first_column = True
        assert (table.table_style, table.show_table_style_last_column) == ("TableStyleLight1", False)
        assert (table.show_table_style_column_stripes, table.show_table_style_row_stripes) == (True, False)
        style = saved()["Plan"].tables["Plan"].tableStyleInfo
        assert (style.name, style.showColumnStripes, style.showFirstColumn) == (
            "TableStyleLight1",
            True,
            True,
        )

    def test_show_their_buttons(self, table: Table, saved: Saved) -> None:
        assert table.show_autofilter is True
        table.show_autofilter = False
        assert table.show_autofilter is False
        assert saved()["Plan"].tables["Plan"].autoFilter is None
        table.show_autofilter = True
        assert saved()["Plan"].tables["Plan"].autoFilter.ref == "A3:D7"

    def test_show_their_headers(self, plan: xw.Sheet, table: Table, saved: Saved) -> None:
        table.show_headers = False
        assert (table.show_headers, table.header_row_range) == (False, None)
        assert (table.range.address, plan["A3:D3"].value) == ("$A$4:$D$7", [None] * 4)
        written = saved()["Plan"].tables["Plan"]
        assert (written.headerRowCount, written.autoFilter, written.ref) == (0, None, "A4:D7")
        table.show_headers = True
        assert (table.range.address, plan["A3:D3"].value) == ("$A$3:$D$7", HEADERS)

    def test_show_their_totals(self, plan: xw.Sheet, table: Table, saved: Saved) -> None:
        assert table.totals_row_range is None
        table.show_totals = True
        assert table.totals_row_range is not None
        assert table.totals_row_range.address == "$A$8:$D$8"
        assert plan["A8"].value == "Total"
        assert plan["D8"].formula == "=SUBTOTAL(103,Plan[RAG])"
        assert table.data_body_range is not None
        assert table.data_body_range.address == "$A$4:$D$7"
        written = saved()["Plan"].tables["Plan"]
        assert (written.ref, written.totalsRowCount, written.autoFilter.ref) == ("A3:D8", 1, "A3:D7")
        assert written.tableColumns[3].totalsRowFunction == "count"
        table.show_totals = False
        assert (table.range.address, plan["A8:D8"].value) == ("$A$3:$D$7", [None] * 4)
        table.show_totals = True
        assert plan["D8"].formula == "=SUBTOTAL(103,Plan[RAG])"


class TestTableRows:
    @pytest.fixture
    def table(self, plan: xw.Sheet) -> Table:
        return plan.tables["Plan"]

    def test_are_counted(self, table: Table) -> None:
        assert (len(table.rows), table.rows[0].index, table.rows[-1].range.address) == (4, 1, "$A$7:$D$7")
        with pytest.raises(IndexError):
            table.rows[4]

    def test_are_added_at_the_end(self, plan: xw.Sheet, table: Table, saved: Saved) -> None:
        made = table.rows.add([5, "Check it", None, "A"])
        assert (made.index, made.range.value) == (5, [5.0, "Check it", None, "A"])
        assert plan["C8"].number_format == plan["C7"].number_format
        assert saved()["Plan"].tables["Plan"].ref == "A3:D8"

    def test_are_added_above_what_stands_below(self, plan: xw.Sheet, table: Table) -> None:
        plan["B8"].value = "below"
        plan["F8"].value = "beside"
        table.rows.add()
        assert (plan["B9"].value, plan["F8"].value, table.range.address) == ("below", "beside", "$A$3:$D$8")

    @pytest.mark.parametrize("index", [1, 3])
    def test_are_added_between(self, plan: xw.Sheet, table: Table, index: int) -> None:
        before = [row.range.value[1] for row in table.rows]
        made = table.rows.add([9, "New", None, None], index=index)
        assert made.index == index
        assert [row.range.value[1] for row in table.rows] == [
            *before[: index - 1],
            "New",
            *before[index - 1 :],
        ]
        assert plan["C4"].number_format == plan["C5"].number_format

    def test_are_deleted(self, table: Table, saved: Saved) -> None:
        table.rows[1].delete()
        table.rows[-1].delete()
        assert [row.range.value[1] for row in table.rows] == ["Write the plan", "Review it"]
        assert saved()["Plan"].tables["Plan"].ref == "A3:D5"


class TestTableColumns:
    @pytest.fixture
    def table(self, plan: xw.Sheet) -> Table:
        return plan.tables["Plan"]

    def test_are_found(self, table: Table) -> None:
        column = table.columns["action"]
        assert (column.name, column.index, column.range.address) == ("Action", 2, "$B$3:$B$7")
        assert column.data_body_range is not None
        assert column.data_body_range.address == "$B$4:$B$7"
        assert (len(table.columns), "RAG" in table.columns, "Other" in table.columns) == (4, True, False)
        with pytest.raises(KeyError):
            table.columns["Other"]

    def test_are_added_and_deleted(self, plan: xw.Sheet, table: Table, saved: Saved) -> None:
        made = table.columns.add("Lead")
        assert (made.name, made.index, plan["E3"].value) == ("Lead", 5, "Lead")
        assert [column.name for column in saved()["Plan"].tables["Plan"].tableColumns] == [*HEADERS, "Lead"]
        table.columns["Lead"].delete()
        assert [column.name for column in table.columns] == HEADERS
        assert plan["E3"].value is None

    def test_make_room_for_a_new_one(self, plan: xw.Sheet, table: Table) -> None:
        assert plan["F4"].formula == "=SUM(A4:A7)"
        table.columns.add("Lead")
        assert plan["G4"].formula == "=SUM(A4:A7)"


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

    def test_remember_the_cells_as_they_are_saved(self, lists: xw.Sheet, chart: Chart, saved: Saved) -> None:
        lists["D2"].value = 41
        lists.charts[chart.name].name = "Letters"
        lists["E3"].value = 43
        bars = getattr(saved()["Lists"], "_charts")[1]  # noqa: B009  # openpyxl has no public name for them
        first, second = ([point.v for point in series.val.numRef.numCache.pt] for series in bars.series)
        assert (first[0], second[1]) == (41, 43)

    def test_survive_a_closed_book(
        self, book: xw.Book, chart: Chart, path: Path, open_workbook: OpenWorkbook
    ) -> None:
        chart.title = "Letters"
        book.save()
        book.close()
        again = open_workbook(path)
        assert again.sheets["Lists"].charts["Ratings"].title == "Letters"
        again.close()
