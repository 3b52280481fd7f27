"""What a book must do with formats and formulas.

Only xlwings' public API, and only what live Excel does as well.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from tests.engine.conftest import RED

Saved = Callable[[], openpyxl.Workbook]
LINK = '=HYPERLINK("#Plan!A4","Plan!A4")'


class TestFormats:
    @pytest.mark.parametrize("code", ["0.00", "dd mmm yyyy", "@", '0"."', "#,##0;[Red]-#,##0", "General"])
    def test_number_format(self, blank: xw.Sheet, saved: Saved, code: str) -> None:
        blank["A1"].value = 1
        blank["A1:B2"].number_format = code
        assert blank["A1:B2"].number_format == code
        assert {cell.number_format for row in saved()["Blank"]["A1:B2"] for cell in row} == {code}

    @pytest.mark.parametrize(
        ("colour", "read"), [((1, 2, 3), (1, 2, 3)), ("#aabbcc", (170, 187, 204)), (255, (255, 0, 0))]
    )
    def test_colours(self, blank: xw.Sheet, saved: Saved, colour: Any, read: tuple[int, int, int]) -> None:
        blank["A1:B2"].color = colour
        blank["A1:B2"].font.color = colour
        assert blank["A1:B2"].color == blank["B2"].font.color == read
        cell = saved()["Blank"]["B2"]
        assert cell.fill.fgColor.rgb[2:] == cell.font.color.rgb[2:] == bytes(read).hex().upper()

    def test_a_fill_is_taken_away(self, blank: xw.Sheet) -> None:
        blank["A1"].color = RED
        blank["A1"].color = None
        assert blank["A1"].color is None

    def test_font(self, blank: xw.Sheet, saved: Saved) -> None:
        found = blank["A1:B2"]
        assert (found.font.bold, found.font.italic) == (False, False)
        found.font.bold = True
        found.font.italic = True
        found.font.size = 14
        assert (found.font.bold, found.font.italic, found.font.size) == (True, True, 14)
        font = saved()["Blank"]["A2"].font
        assert (font.b, font.i, font.sz) == (True, True, 14)
        found.font.bold = False
        assert (found.font.bold, found.font.italic) == (False, True)

    def test_what_differs_is_none(self, blank: xw.Sheet) -> None:
        blank["A1"].number_format = "0.00"
        blank["A1"].horizontal_alignment = "center"
        blank["A1"].vertical_alignment = "top"
        found = blank["A1:A2"]
        assert found.number_format is None
        assert (found.horizontal_alignment, found.vertical_alignment) == (None, None)

    def test_alignment(self, blank: xw.Sheet, saved: Saved) -> None:
        found = blank["A1:B2"]
        assert (found.wrap_text, found.horizontal_alignment, found.vertical_alignment) == (
            False,
            "general",
            "bottom",
        )
        found.wrap_text = True
        found.horizontal_alignment = "center"
        found.vertical_alignment = "top"
        assert (found.wrap_text, found.horizontal_alignment, found.vertical_alignment) == (
            True,
            "center",
            "top",
        )
        alignment = saved()["Blank"]["B1"].alignment
        assert (alignment.wrapText, alignment.horizontal, alignment.vertical) == (True, "center", "top")

    def test_alignment_across_cells(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["A1:B1"].horizontal_alignment = "center_across_selection"
        assert blank["A1:B1"].horizontal_alignment == "center_across_selection"
        assert saved()["Blank"]["A1"].alignment.horizontal == "centerContinuous"

    def test_an_unknown_alignment(self, blank: xw.Sheet) -> None:
        with pytest.raises(ValueError, match="centerContinuous"):
            blank["A1"].horizontal_alignment = "centerContinuous"  # type: ignore[assignment]

    def test_column_width(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B1:C1"].column_width = 20
        assert blank["B7"].column_width == pytest.approx(20, abs=0.3)
        assert blank["A1"].column_width == pytest.approx(8.43, abs=0.3)
        assert saved()["Blank"].column_dimensions["B"].width == pytest.approx(20.7, abs=0.3)

    def test_borders_on_all_sides(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["B2:C3"].borders.set(line_style="continuous", weight="thin", color=RED)
        sheet = saved()["Blank"]
        first, last = sheet["B2"].border, sheet["C3"].border
        for side in (first.left, first.top, first.right, first.bottom, last.right, last.bottom):
            assert (side.style, side.color.rgb[2:]) == ("thin", "C00000")

    def test_the_font_of_a_fresh_cell(self, blank: xw.Sheet) -> None:
        assert (blank["A1"].font.name, blank["A1"].font.color) == ("Calibri", (0, 0, 0))

    def test_another_font(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["A1"].font.set(name="Times New Roman", bold=True)
        assert (blank["A1"].font.name, blank["A1:A2"].font.name) == ("Times New Roman", None)
        font = saved()["Blank"]["A1"].font
        assert (font.name, font.b, font.scheme) == ("Times New Roman", True, None)

    def test_indents(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["A1:A2"].adjust_indent(3)
        blank["A1"].adjust_indent(-1)
        sheet = saved()["Blank"]
        assert [sheet[cell].alignment.indent for cell in ("A1", "A2", "A3")] == [2, 3, 0]
        assert sheet["A2"].alignment.horizontal == "left"

    def test_rows_as_tall_as_their_text(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["A1"].options(transpose=True).value = ["one line", "line\n" * 5 + "line"]
        blank["A1:A2"].wrap_text = True
        blank["A1:A2"].rows.autofit()
        heights = [saved()["Blank"].row_dimensions[row].height or 15 for row in (1, 2)]
        assert heights[0] < 20
        assert heights[1] > 75

    def test_formats_do_not_touch_values_nor_values_formats(self, plan: xw.Sheet) -> None:
        before = plan["A3:D7"].value
        plan["A4:D7"].font.bold = True
        assert plan["A3:D7"].value == before
        plan["B4"].value = "other"
        assert plan["B4"].font.bold is True


class TestClearing:
    @pytest.fixture
    def painted(self, blank: xw.Sheet) -> xw.Range:
        blank["A1:B2"].value = 0.5
        blank["A1:B2"].color = RED
        blank["A1:B2"].number_format = "0.00"
        return blank["A1:B2"]

    def test_contents(self, painted: xw.Range) -> None:
        painted.clear_contents()
        assert painted.value == [[None, None], [None, None]]
        assert (painted.color, painted.number_format) == (RED, "0.00")

    def test_formats(self, painted: xw.Range) -> None:
        painted.clear_formats()
        assert painted.value == [[0.5, 0.5], [0.5, 0.5]]
        assert (painted.color, painted.number_format) == (None, "General")

    def test_both(self, painted: xw.Range) -> None:
        painted.clear()
        assert painted.value == [[None, None], [None, None]]
        assert (painted.color, painted.number_format) == (None, "General")

    def test_nothing_else(self, painted: xw.Range) -> None:
        painted[0, 0].clear()
        assert painted.value == [[None, 0.5], [0.5, 0.5]]

    def test_a_formula_goes_with_the_contents(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["F4"].clear_contents()
        assert plan["F4"].formula == ""
        assert saved()["Plan"]["F4"].value is None

    def test_a_whole_sheet(self, blank: xw.Sheet, painted: xw.Range) -> None:
        blank.clear_contents()
        assert (painted.value, painted.color) == ([[None, None], [None, None]], RED)
        painted.value = 1
        blank.clear()
        assert (painted.value, painted.color) == ([[None, None], [None, None]], None)


class TestFormulas:
    def test_are_read(self, plan: xw.Sheet) -> None:
        assert plan["F4"].formula == "=SUM(A4:A7)"
        assert plan["F4"].value == 10.0
        assert plan["B4"].formula == "Write the plan"
        assert plan["H9"].formula == ""

    def test_a_value_is_shown_as_its_text(self, blank: xw.Sheet) -> None:
        blank["A1"].value = [1, 2.5, 0.1 + 0.2, True, dt.date(2015, 5, 1), "text", None]
        texts = ["1", "2.5", "0.3", "TRUE", "42125", "text", ""]
        assert [text for row in blank["A1:G1"].formula for text in row] == texts

    def test_one_without_relative_references_fills_a_range(self, blank: xw.Sheet) -> None:
        blank["A1:A2"].formula = "=$C$1*2"
        assert [list(row) for row in blank["A1:A2"].formula] == [["=$C$1*2"], ["=$C$1*2"]]

    def test_are_written(self, blank: xw.Sheet, saved: Saved) -> None:
        blank["A1"].formula = LINK
        assert blank["A1"].formula == LINK
        assert blank["A1"].value == "Plan!A4"
        assert saved()["Blank"]["A1"].value == LINK

    def test_are_written_to_a_column(self, blank: xw.Sheet) -> None:
        blank["A1:A2"].formula = [[LINK], ["=1+1"]]
        assert [list(row) for row in blank["A1:A2"].formula] == [[LINK], ["=1+1"]]

    def test_replace_each_other(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["F4"].formula = LINK
        assert saved()["Plan"]["F4"].value == LINK

    def test_keep_the_format(self, blank: xw.Sheet) -> None:
        blank["A1"].font.bold = True
        blank["A1"].formula = LINK
        assert blank["A1"].font.bold is True
