"""What a book must do with formats, formulas, conditional formats and data validation.

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


class TestConditionalFormats:
    def test_are_read(self, plan: xw.Sheet) -> None:
        for found in (plan["D4:D7"], plan["D5"]):
            (rule,) = found.conditional_formats
            assert (rule.type, rule.operator, rule.formula1) == ("cell_value", "equal_to", '="R"')
            assert (rule.fill_color, rule.font_color, rule.font_bold) == (RED, None, None)
        assert len(plan["B4:B7"].conditional_formats) == 0

    def test_are_added(self, plan: xw.Sheet, saved: Saved) -> None:
        formats = plan["B4:B7"].conditional_formats
        made = formats.add_cell_value(
            "equal_to", '="late"', fill_color=RED, font_color="#ffffff", font_bold=True
        )
        for rule in (made, *plan["B6"].conditional_formats):
            assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
                "cell_value",
                "equal_to",
                '="late"',
                None,
            )
            assert (rule.fill_color, rule.font_color, rule.font_bold) == (RED, (255, 255, 255), True)
        written = {str(part.sqref): part.rules for part in saved()["Plan"].conditional_formatting}
        assert [rule.formula for rule in written["B4:B7"]] == [['"late"']]
        assert written["B4:B7"][0].dxf.fill.bgColor.rgb[2:] == "C00000"

    @pytest.mark.parametrize(
        ("operator", "operands", "read"),
        [
            ("greater_than", (3,), ("=3", None)),
            ("not_equal_to", ('="x"',), ('="x"', None)),
            ("between", (1, 5), ("=1", "=5")),
        ],
    )
    def test_compare_in_several_ways(
        self, plan: xw.Sheet, operator: Any, operands: tuple[Any, ...], read: tuple[str, str | None]
    ) -> None:
        plan["A4:A7"].conditional_formats.add_cell_value(operator, *operands, font_italic=True)
        (rule,) = plan["A4:A7"].conditional_formats
        assert (rule.operator, rule.formula1, rule.formula2) == (operator, *read)
        assert (rule.font_italic, rule.fill_color) == (True, None)

    def test_are_deleted_one_by_one(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["D4:D7"].conditional_formats.add_cell_value("equal_to", '="A"', fill_color="#ffc000")
        assert len(plan["D4:D7"].conditional_formats) == 2
        next(rule for rule in plan["D4:D7"].conditional_formats if rule.formula1 == '="A"').delete()
        (left,) = plan["D4:D7"].conditional_formats
        assert left.formula1 == '="R"'
        left.delete()
        assert len(plan["D4:D7"].conditional_formats) == 0
        assert not list(saved()["Plan"].conditional_formatting)


class TestDataValidation:
    def test_there_is_none_at_first(self, plan: xw.Sheet) -> None:
        assert plan["D4:D7"].data_validation.type == "none"

    def test_a_list_of_values(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["D4:D7"].data_validation.set_list(["R", "A", "G"])
        assert plan["D4:D7"].data_validation.type == plan["D5"].data_validation.type == "list"
        (rule,) = saved()["Plan"].data_validations.dataValidation
        assert (rule.type, str(rule.sqref), rule.formula1) == ("list", "D4:D7", '"R,A,G"')

    def test_a_list_that_stands_on_another_sheet(self, book: xw.Book, plan: xw.Sheet, saved: Saved) -> None:
        plan["D4:D7"].data_validation.set_list(book.sheets["Lists"]["A2:A4"])
        assert plan["D4:D7"].data_validation.type == "list"
        assert plan["D4:D7"].data_validation.source == "=Lists!$A$2:$A$4"
        (rule,) = saved()["Plan"].data_validations.dataValidation
        assert rule.formula1 == "Lists!$A$2:$A$4"

    def test_a_list_with_a_name(self, book: xw.Book, plan: xw.Sheet) -> None:
        plan["D4:D7"].data_validation.set_list(book.names["Ratings"])
        assert plan["D4:D7"].data_validation.source == "=Ratings"

    def test_days_and_numbers(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["C4:C7"].data_validation.set_date("greater_than_or_equal", dt.date(2014, 1, 1))
        plan["A4:A7"].data_validation.set_whole_number("between", 1, 99)
        assert plan["C4:C7"].data_validation.type == "date"
        assert plan["A4:A7"].data_validation.type == "whole_number"
        rules = {str(rule.sqref): rule for rule in saved()["Plan"].data_validations.dataValidation}
        assert (rules["C4:C7"].type, rules["C4:C7"].operator) == ("date", "greaterThanOrEqual")
        assert (rules["A4:A7"].type, rules["A4:A7"].formula1, rules["A4:A7"].formula2) == (
            "whole",
            "1",
            "99",
        )

    def test_only_comparisons_have_operands(self, plan: xw.Sheet) -> None:
        number, listed, custom = (plan[cells].data_validation for cells in ("A4:A7", "D4:D7", "B4:B7"))
        number.set_whole_number("between", 1, 99)
        listed.set_list(["R", "A"])
        custom.set_custom("=LEN($B$4)>1")
        assert (number.operator, number.formula1, number.formula2) == ("between", "=1", "=99")
        assert (number.formula, number.source) == (None, None)
        assert (listed.operator, listed.formula1, listed.source) == (None, None, "R,A")
        assert (custom.operator, custom.formula1, custom.formula) == (None, None, "=LEN($B$4)>1")

    def test_a_comparison_with_one_operand(self, plan: xw.Sheet) -> None:
        plan["A4:A7"].data_validation.set_whole_number("less_than", 9)
        rule = plan["A4:A7"].data_validation
        assert (rule.operator, rule.formula1, rule.formula2) == ("less_than", "=9", None)

    def test_one_takes_the_place_of_another(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["C4:C7"].data_validation.set_list(["x"])
        plan["C4:C7"].data_validation.set_date("greater_than", dt.date(2014, 1, 1))
        assert plan["C4:C7"].data_validation.type == "date"
        assert len(saved()["Plan"].data_validations.dataValidation) == 1

    def test_only_some_cells_have_one(self, plan: xw.Sheet) -> None:
        plan["D4:D7"].data_validation.set_list(["R"])
        assert plan["C4:D7"].data_validation.type == "mixed_criteria"

    def test_different_ones(self, plan: xw.Sheet) -> None:
        plan["C4:C7"].data_validation.set_list(["R"])
        plan["D4:D7"].data_validation.set_whole_number("greater_than", 0)
        assert plan["C4:D7"].data_validation.type == "inconsistent"

    def test_is_deleted(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["D4:D7"].data_validation.set_list(["R", "A", "G"])
        plan["D4:D7"].data_validation.delete()
        assert plan["D4:D7"].data_validation.type == "none"
        assert not saved()["Plan"].data_validations.dataValidation
