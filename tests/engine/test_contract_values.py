"""What a book must do with values: written and read in every shape, plain and through xlwings' converters.

Only xlwings' public API, and only what live Excel does as well.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlwings as xw

READ_AS = [
    (1, 1.0),
    (-2.5, -2.5),
    (True, True),
    (False, False),
    ("text", "text"),
    ("<b> & 'c' \"d\"", "<b> & 'c' \"d\""),
    ("  two before, two behind  ", "  two before, two behind  "),
    ("first line\nsecond line\n\nfourth", "first line\nsecond line\n\nfourth"),
    ("Ärger – naïve 中文 😀", "Ärger – naïve 中文 😀"),
    ("R&amp;D", "R&amp;D"),
    (dt.date(2015, 5, 12), dt.datetime(2015, 5, 12)),
    (dt.datetime(2015, 5, 12, 9, 30), dt.datetime(2015, 5, 12, 9, 30)),
    (None, None),
    ("", None),
    (np.int64(7), 7.0),
    (np.float64(7.5), 7.5),
    (float("nan"), None),
    (pd.Timestamp(2015, 5, 12), dt.datetime(2015, 5, 12)),
    (pd.NaT, None),
]


class TestOneCell:
    @pytest.mark.parametrize(("written", "read"), READ_AS, ids=[repr(written) for written, _ in READ_AS])
    def test_is_read_as_it_was_written(self, blank: xw.Sheet, written: Any, read: Any) -> None:
        blank["B2"].value = written
        found = blank["B2"].value
        assert found == read
        assert type(found) is type(read)

    @pytest.mark.parametrize(("written", "read"), READ_AS, ids=[repr(written) for written, _ in READ_AS])
    def test_is_the_same_to_a_second_reader(
        self, blank: xw.Sheet, saved: Callable[[], openpyxl.Workbook], written: Any, read: Any
    ) -> None:
        blank["B2"].value = written
        assert saved()["Blank"]["B2"].value == read

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_is_emptied(
        self, plan: xw.Sheet, saved: Callable[[], openpyxl.Workbook], nothing: str | None
    ) -> None:
        plan["B4"].value = nothing
        assert plan["B4"].value is None
        assert saved()["Plan"]["B4"].value is None

    def test_a_text_that_looks_like_an_escape_is_none(self, blank: xw.Sheet) -> None:
        blank["A1"].value = "_x000D_"
        assert blank["A1"].value == "_x000D_"

    def test_holds_what_was_written_last(self, blank: xw.Sheet) -> None:
        for value in ("text", 3, True, dt.date(2015, 5, 12), None, "last"):
            blank["A1"].value = value
        assert blank["A1"].value == "last"

    def test_a_number_in_a_cell_of_days_is_a_day(self, plan: xw.Sheet) -> None:
        plan["C4"].value = 42125
        assert plan["C4"].value == dt.datetime(2015, 5, 1)
        assert plan["C4"].number_format == "dd mmm yyyy"

    def test_a_day_keeps_the_format_of_its_cell(self, plan: xw.Sheet) -> None:
        plan["C4"].value = dt.date(2015, 5, 31)
        assert plan["C4"].number_format == "dd mmm yyyy"

    def test_a_text_in_a_cell_of_text_stays_one(self, blank: xw.Sheet) -> None:
        blank["A1"].number_format = "@"
        blank["A1"].value = "001"
        assert blank["A1"].value == "001"


class TestShapes:
    def test_a_row(self, blank: xw.Sheet) -> None:
        blank["B2"].value = ["a", 1, None]
        assert blank["B2:D2"].value == ["a", 1.0, None]
        assert blank["B2:E2"].value == ["a", 1.0, None, None]

    def test_a_column(self, blank: xw.Sheet) -> None:
        blank["B2"].options(transpose=True).value = ["a", 1, None]
        assert blank["B2:B4"].value == ["a", 1.0, None]
        assert blank["C2"].value is None

    def test_a_column_as_rows_of_one(self, blank: xw.Sheet) -> None:
        blank["B2"].value = [["a"], ["b"]]
        assert blank["B2:B3"].value == ["a", "b"]

    def test_a_block(self, blank: xw.Sheet, saved: Callable[[], openpyxl.Workbook]) -> None:
        blank["B2"].value = [["a", 1], ["b", 2]]
        assert blank["B2:C3"].value == [["a", 1.0], ["b", 2.0]]
        assert [[cell.value for cell in row] for row in saved()["Blank"]["B2:C3"]] == [["a", 1], ["b", 2]]

    def test_tuples_are_rows_too(self, blank: xw.Sheet) -> None:
        blank["A1"].value = (("a", "b"), ("c", "d"))
        assert blank["A1:B2"].value == [["a", "b"], ["c", "d"]]

    def test_one_value_fills_the_range(self, blank: xw.Sheet) -> None:
        blank["B2:C3"].value = "x"
        assert blank["A1:D4"].value == [
            [None, None, None, None],
            [None, "x", "x", None],
            [None, "x", "x", None],
            [None, None, None, None],
        ]

    def test_the_values_say_how_far_is_written(self, blank: xw.Sheet) -> None:
        blank["A1:A9"].value = [["a", "b"], ["c", "d"]]
        assert blank["A1:C3"].value == [["a", "b", None], ["c", "d", None], [None, None, None]]

    def test_rows_of_different_lengths_are_refused(self, blank: xw.Sheet) -> None:
        with pytest.raises(Exception, match="same length"):
            blank["A1"].value = [["a", "b"], ["c"]]

    def test_between_filled_cells(self, plan: xw.Sheet) -> None:
        plan["E5"].value = "beside"
        plan["A9"].value = "below"
        plan["H1"].value = "right"
        assert plan["D5:F5"].value[:2] == ["A", "beside"]
        assert plan["A7:A9"].value == [4.0, None, "below"]
        assert plan["F1:H1"].value == ["merged", None, "right"]

    def test_cells_one_by_one(self, plan: xw.Sheet) -> None:
        assert [cell.value for cell in plan["A4:B5"]] == [1.0, "Write the plan", 2.0, "Share it"]


class TestConverters:
    def test_dimensions(self, plan: xw.Sheet) -> None:
        assert plan["A4"].options(ndim=2).value == [[1.0]]
        assert plan["A4"].options(ndim=1).value == [1.0]
        assert plan["A4:A5"].options(ndim=2).value == [[1.0], [2.0]]
        assert plan["A4:B4"].options(ndim=2).value == [[1.0, "Write the plan"]]

    def test_numbers(self, plan: xw.Sheet) -> None:
        found = plan["A4:B4"].options(numbers=int).value
        assert found == [1, "Write the plan"]
        assert type(found[0]) is int

    def test_dates(self, plan: xw.Sheet) -> None:
        assert plan["C4"].value == dt.datetime(2015, 4, 30)
        assert plan["C4:C5"].options(dates=dt.date).value == [dt.date(2015, 4, 30), dt.date(2015, 5, 1)]

    def test_empty_cells(self, plan: xw.Sheet) -> None:
        assert plan["D6:D7"].value == ["G", None]
        assert plan["D6:D7"].options(empty="").value == ["G", ""]

    def test_an_empty_text_that_a_formula_gives(self, plan: xw.Sheet) -> None:
        assert plan["F6"].formula == '=""'
        assert plan["F6"].value is None
        assert plan["F6"].options(empty="-").value == "-"

    def test_errors(self, plan: xw.Sheet) -> None:
        assert plan["F5"].value is None
        assert plan["F5"].options(err_to_str=True).value == "#N/A"
        assert plan["F5:G5"].options(ndim=1, err_to_str=True).value == ["#N/A", None]

    def test_transposed(self, plan: xw.Sheet) -> None:
        assert plan["A4:B5"].options(transpose=True).value == [[1.0, 2.0], ["Write the plan", "Share it"]]

    def test_a_dictionary(self, plan: xw.Sheet, blank: xw.Sheet) -> None:
        assert plan["A4:B5"].options(dict).value == {1.0: "Write the plan", 2.0: "Share it"}
        blank["A1"].value = {"one": 1, "two": None}
        assert blank["A1:B2"].value == [["one", 1.0], ["two", None]]

    def test_with_expand(self, plan: xw.Sheet) -> None:
        assert plan["A4"].options(expand="right").value[:2] == [1.0, "Write the plan"]
        assert plan["A4"].options(numbers=int, expand="down").value == [1, 2, 3, 4]

    def test_a_frame_is_read(self, plan: xw.Sheet) -> None:
        frame = plan["A3:D7"].options(pd.DataFrame, index=False).value
        assert list(frame.columns) == ["No", "Action", "Due", "RAG"]
        assert list(frame["No"]) == [1, 2, 3, 4]
        assert frame["Due"].iloc[0] == pd.Timestamp(2015, 4, 30)
        assert frame["RAG"].isna().tolist() == [False, False, False, True]

    def test_a_frame_is_written(self, blank: xw.Sheet) -> None:
        frame = pd.DataFrame({"n": [1.5, float("nan")], "when": [pd.Timestamp(2015, 5, 1), pd.NaT]})
        blank["B2"].options(index=False).value = frame
        assert blank["B2:C4"].value == [
            ["n", "when"],
            [1.5, dt.datetime(2015, 5, 1)],
            [None, None],
        ]

    def test_an_array(self, plan: xw.Sheet, blank: xw.Sheet) -> None:
        found = plan["A4:A7"].options(np.array).value
        assert found.tolist() == [1, 2, 3, 4]
        blank["A1"].value = np.array([[1, 2], [3, 4]])
        assert blank["A1:B2"].value == [[1.0, 2.0], [3.0, 4.0]]
