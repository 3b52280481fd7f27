"""What a book must do with conditional formats and data validation.

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
LATER = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
"""openpyxl says that it does not read what Excel 2010 added."""


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

    def test_go_by_a_formula(self, plan: xw.Sheet, saved: Saved) -> None:
        made = plan["A4:D7"].conditional_formats.add_custom(
            '=$D4="R"', fill_color=RED, font_bold=True, stop_if_true=True
        )
        assert (made.type, made.formula, made.operator, made.formula1) == ("custom", '=$D4="R"', None, None)
        assert (made.fill_color, made.font_bold, made.stop_if_true) == (RED, True, True)
        written = {str(part.sqref): part.rules for part in saved()["Plan"].conditional_formatting}
        (rule,) = written["A4:D7"]
        assert (rule.type, rule.formula, rule.stopIfTrue) == ("expression", ['$D4="R"'], True)

    @pytest.mark.parametrize(
        ("colours", "thresholds", "kinds", "values"),
        [
            ([RED, (0, 128, 0)], None, ("lowest_value", "highest_value"), (None, None)),
            (
                ["#f8696b", "#ffeb84", "#63be7b"],
                None,
                ("lowest_value", "percentile", "highest_value"),
                (None, 50, None),
            ),
            (["#f8696b", "#ffeb84", "#63be7b"], [0, 2.5, 9], ("number",) * 3, (0, 2.5, 9)),
        ],
    )
    def test_scales_of_colours(
        self, plan: xw.Sheet, saved: Saved, colours: Any, thresholds: Any, kinds: Any, values: Any
    ) -> None:
        made = plan["A4:A7"].conditional_formats.add_color_scale(colours, thresholds=thresholds)
        (read,) = plan["A5"].conditional_formats
        for rule in (made, read):
            assert (rule.type, rule.threshold_types, rule.thresholds) == ("color_scale", kinds, values)
            assert rule.colors is not None
            assert (len(rule.colors), rule.stop_if_true, rule.fill_color) == (len(colours), None, None)
        written = {str(part.sqref): part.rules for part in saved()["Plan"].conditional_formatting}
        scale = written["A4:A7"][0].colorScale
        assert (len(scale.cfvo), len(scale.color)) == (len(colours), len(colours))

    @pytest.mark.parametrize(
        ("ends", "kinds", "values"),
        [
            ({}, ("automatic", "automatic"), (None, None)),
            ({"minimum": 0}, ("number", "automatic"), (0, None)),
            ({"minimum": 10, "maximum": 90, "threshold_type": "percent"}, ("percent",) * 2, (10, 90)),
        ],
    )
    @LATER
    @pytest.mark.parametrize(("gradient", "shown"), [(True, True), (False, False)])
    def test_bars(
        self, plan: xw.Sheet, saved: Saved, ends: Any, kinds: Any, values: Any, gradient: bool, shown: bool
    ) -> None:
        plan["A4:A7"].conditional_formats.add_data_bar("#638ec6", gradient=gradient, show_value=shown, **ends)
        (rule,) = plan["A4:A7"].conditional_formats
        assert (rule.type, rule.bar_color, rule.gradient, rule.show_value) == (
            "data_bar",
            (99, 142, 198),
            gradient,
            shown,
        )
        assert (rule.threshold_types, rule.thresholds) == (kinds, values)
        written = {str(part.sqref): part.rules for part in saved()["Plan"].conditional_formatting}
        assert written["A4:A7"][0].dataBar.color.rgb == "FF638EC6"

    @pytest.mark.parametrize(
        "icons", ["3_traffic_lights_1", "4_red_to_black", "5_quarters", "3_stars", "5_boxes"]
    )
    def test_icons(self, plan: xw.Sheet, icons: Any) -> None:
        plan["A4:A7"].conditional_formats.add_icon_set(icons, show_value=False, reverse_order=True)
        (rule,) = plan["A4:A7"].conditional_formats
        assert (rule.type, rule.icon_set, rule.show_value, rule.reverse_order) == (
            "icon_set",
            icons,
            False,
            True,
        )
        count = int(icons[0])
        assert rule.threshold_types == ("percent",) * (count - 1)
        assert rule.thresholds == tuple(round(at * 100 / count) for at in range(1, count))

    def test_are_changed(self, plan: xw.Sheet, saved: Saved) -> None:
        (rule,) = plan["D4:D7"].conditional_formats
        rule.set(operator="between", formula1='="A"', formula2='="G"', font_bold=True, stop_if_true=True)
        (read,) = plan["D5"].conditional_formats
        for found in (rule, read):
            assert (found.operator, found.formula1, found.formula2) == ("between", '="A"', '="G"')
            assert (found.fill_color, found.font_bold, found.stop_if_true) == (RED, True, True)
        rule.set(operator="equal_to")
        assert (rule.operator, rule.formula1, rule.formula2) == ("equal_to", '="A"', None)
        (written,) = saved()["Plan"].conditional_formatting
        assert (str(written.sqref), written.rules[0].formula) == ("D4:D7", ['"A"'])

    @LATER
    def test_are_cleared_in_some_cells(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["A4:D7"].conditional_formats.add_custom("=$A4>1", font_italic=True)
        plan["D4:D7"].conditional_formats.add_data_bar("#638ec6")
        plan["D4:D5"].conditional_formats.clear()
        assert len(plan["D4:D5"].conditional_formats) == 0
        assert [rule.type for rule in plan["D7"].conditional_formats] == ["cell_value", "custom", "data_bar"]
        assert [rule.type for rule in plan["A4"].conditional_formats] == ["custom"]
        written = [str(part.sqref) for part in saved()["Plan"].conditional_formatting]
        assert sorted(written) == ["A4:C5 A6:D7", "D6:D7"]

    def test_are_all_cleared(self, plan: xw.Sheet, saved: Saved) -> None:
        for add in (("add_data_bar", "#638ec6"), ("add_icon_set", "3_stars")):
            getattr(plan["A4:A7"].conditional_formats, add[0])(add[1])
        plan["A1:Z99"].conditional_formats.clear()
        assert len(plan["A1:Z99"].conditional_formats) == 0
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

    def test_is_deleted_in_some_cells(self, plan: xw.Sheet, saved: Saved) -> None:
        plan["D4:D7"].data_validation.set_list(["R", "A", "G"])
        plan["D5"].data_validation.delete()
        found = [plan[f"D{row}"].data_validation.type for row in range(4, 8)]
        assert found == ["list", "none", "list", "list"]
        (rule,) = saved()["Plan"].data_validations.dataValidation
        assert (str(rule.sqref), rule.formula1) == ("D4 D6:D7", '"R,A,G"')

    def test_how_it_speaks(self, plan: xw.Sheet) -> None:
        rule = plan["D4:D7"].data_validation
        assert (rule.show_input, rule.alert_style, rule.in_cell_dropdown) == (None, None, None)
        rule.set_list(["R", "A"], in_cell_dropdown=False)
        assert (rule.in_cell_dropdown, rule.ignore_blank) == (False, True)
        assert (rule.show_input, rule.show_error, rule.alert_style) == (True, True, "stop")
        assert (rule.input_title, rule.input_message) == ("", "")
        assert (rule.error_title, rule.error_message) == ("", "")
