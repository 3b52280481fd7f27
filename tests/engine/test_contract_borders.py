"""What a book must do with lines and with the formats of whole rows and columns.

Only xlwings' public API, and only what live Excel does as well.
"""

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from tests.engine.conftest import RED

Saved = Callable[[], openpyxl.Workbook]


class TestWholeRowsAndColumns:
    def test_a_column(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2:C2"].value = [1, 2]
        blank["B:B"].number_format = "0.00"
        assert (blank["B:B"].number_format, blank["B999"].number_format) == ("0.00", "0.00")
        assert (blank["A:B"].number_format, blank["C2"].number_format) == (None, "General")
        blank["B2"].number_format = "0%"
        assert blank["B:B"].number_format is None
        sheet = saved()["Blank"]
        assert (sheet["B2"].number_format, sheet.column_dimensions["B"].number_format) == ("0%", "0.00")

    def test_a_row(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2"].value = 1
        blank["2:3"].font.bold = True
        assert (blank["2:3"].font.bold, blank["B2"].font.bold, blank["XFD3"].font.bold) == (True, True, True)
        assert (blank["1:2"].font.bold, blank["B4"].font.bold) == (None, False)
        sheet = saved()["Blank"]
        assert (sheet["B2"].font.b, sheet.row_dimensions[3].font.b) == (True, True)

    def test_where_they_cross_both_hold(self, blank: xw.Sheet) -> None:
        blank["2:2"].font.bold = True
        blank["C:D"].font.italic = True
        blank["3:3"].font.bold = True
        found = [[(blank[c + r].font.bold, blank[c + r].font.italic) for c in "BCE"] for r in "1234"]
        plain, both = (False, False), (True, True)
        assert found == [
            [plain, (False, True), plain],
            [(True, False), both, (True, False)],
            [(True, False), both, (True, False)],
            [plain, (False, True), plain],
        ]

    def test_a_whole_sheet(self, plan: xw.Sheet) -> None:
        plan["5:5"].font.italic = True
        plan.cells.font.name = "Arial"
        assert plan.cells.font.name == plan["A1"].font.name == plan["ZZ5"].font.name == "Arial"
        assert (plan["A1"].font.bold, plan["ZZ5"].font.italic, plan["C4"].number_format) == (
            True,
            True,
            "dd mmm yyyy",
        )


class TestBorders:
    def test_there_are_none_at_first(self, blank: xw.Sheet) -> None:
        found = blank["B2:C3"].borders
        assert [(side.line_style, side.color) for side in found] == [("none", None)] * 8
        assert (found.line_style, found.color) == ("none", None)

    @pytest.mark.parametrize(
        ("style", "weight", "written"),
        [
            ("continuous", "hairline", "hair"),
            ("continuous", "medium", "medium"),
            ("continuous", "thick", "thick"),
            ("dash", "thin", "dashed"),
            ("dash", "medium", "mediumDashed"),
            ("dash_dot", "thin", "dashDot"),
            ("dash_dot_dot", "medium", "mediumDashDotDot"),
            ("dot", "thin", "dotted"),
            ("double", "thick", "double"),
            ("slant_dash_dot", "medium", "slantDashDot"),
        ],
    )
    def test_every_kind_of_line(
        self, blank: xw.Sheet, saved: Saved, style: Any, weight: Any, written: str
    ) -> None:
        blank["B2"].borders.set("edge_bottom", line_style=style, weight=weight, color="#0000ff")
        line = blank["B2"].borders["edge_bottom"]
        assert (line.line_style, line.weight, line.color) == (style, weight, (0, 0, 255))
        border = saved()["Blank"]["B2"].border
        assert (border.bottom.style, border.bottom.color.rgb[2:]) == (written, "0000FF")
        assert (border.top.style, border.left.style, border.right.style) == (None, None, None)

    def test_the_line_style_wins_over_the_weight(self, blank: xw.Sheet) -> None:
        blank["B2"].borders.set("edge_top", line_style="dash_dot_dot", weight="thick")
        assert blank["B2"].borders["edge_top"].weight == "thin"

    def test_what_is_not_given_stays(self, blank: xw.Sheet) -> None:
        line = blank["B2"].borders["edge_left"]
        line.color = RED
        assert (line.line_style, line.weight, line.color) == ("continuous", "thin", RED)
        line.weight = "thick"
        assert (line.line_style, line.weight, line.color) == ("continuous", "thick", RED)
        line.line_style = "dash"
        assert (line.line_style, line.color) == ("dash", RED)

    def test_the_outside_alone(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2:D4"].borders.set("outside", line_style="continuous", weight="medium")
        assert blank["B2:D4"].borders["inside_vertical"].line_style == "none"
        assert blank["B2:D4"].borders.line_style is None
        sheet = saved()["Blank"]
        assert sheet["C3"].border.left.style is None
        assert (sheet["B2"].border.left.style, sheet["B2"].border.right.style) == ("medium", None)
        assert (sheet["D4"].border.right.style, sheet["C4"].border.bottom.style) == ("medium", "medium")

    def test_the_inside_alone(self, blank: xw.Sheet) -> None:
        blank["B2:D4"].borders.set("inside", line_style="dot")
        assert blank["B2:D4"].borders["inside_horizontal"].line_style == "dot"
        assert blank["B2:D4"].borders["edge_top"].line_style == "none"
        assert blank["C3"].borders.line_style == "dot"

    def test_a_line_between_two_cells_is_one_line(self, blank: xw.Sheet) -> None:
        blank["B2"].borders.set("edge_bottom", line_style="double", color=RED)
        assert blank["B3"].borders["edge_top"].line_style == "double"
        blank["B3"].borders["edge_top"].line_style = "dash"
        assert (blank["B2"].borders["edge_bottom"].line_style, blank["B2"].borders["edge_bottom"].color) == (
            "dash",
            RED,
        )
        blank["B3"].borders.clear()
        assert blank["B2"].borders["edge_bottom"].line_style == "none"

    def test_all_at_once_is_as_one_by_one(self, blank: xw.Sheet) -> None:
        for cells in ("B1", "A2", "G1", "F2"):
            blank[cells].borders.set("all", line_style="double", color="#0000ff")
        blank["C3"].borders["edge_left"].line_style = "dot"
        blank["H3"].borders["edge_left"].line_style = "dot"
        said: dict[str, Any] = {"line_style": "dash", "weight": "medium", "color": RED}
        blank["B2:C3"].borders.set("all", **said)
        for side in ("edge_top", "edge_bottom", "edge_left", "edge_right", "inside_vertical"):
            blank["G2:H3"].borders.set(side, **said)
        blank["G2:H3"].borders["inside_horizontal"].line_style = "dash"
        blank["G2:H3"].borders.set("inside_horizontal", weight="medium", color=RED)

        def lines(address: str) -> list[Any]:
            return [[(side.line_style, side.color) for side in cell.borders] for cell in blank[address]]

        assert lines("A1:D4") == lines("F1:I4")
        assert blank["B1"].borders["edge_bottom"].line_style == "dash"
        assert blank["B1"].borders["edge_top"].line_style == "double"

    def test_diagonals(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2"].borders["diagonal_down"].line_style = "continuous"
        assert blank["B2"].borders["diagonal_up"].line_style == "none"
        border = saved()["Blank"]["B2"].border
        assert (border.diagonalDown, border.diagonalUp, border.diagonal.style) == (True, False, "thin")
        blank["B2"].borders.clear("all")
        assert blank["B2"].borders["diagonal_down"].line_style == "continuous"
        blank["B2"].borders.clear()
        assert blank["B2"].borders["diagonal_down"].line_style == "none"

    def test_a_side_that_a_single_column_does_not_have(self, blank: xw.Sheet) -> None:
        blank["B2:B4"].borders["inside_vertical"].line_style = "continuous"
        assert blank["B2:B4"].borders["inside_vertical"].line_style == "none"
        assert blank["B3"].borders.line_style == "none"
