"""What a book must do with filters that it has.

Only xlwings' public API, and only what live Excel does as well.
"""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.engine.conftest import OpenWorkbook

NONE = ("none", None, None, None, None)
CASES: list[tuple[str, tuple[Any, ...]]] = [
    ("x == R", ("values", ["R"], None, None, None)),
    ("x == R or x == A", ("values", ["A", "R"], None, None, None)),
    ("x > 2", ("comparison", None, "greater_than", "2", None)),
    ("x >= 2 and x <= 4", ("comparison", None, "between", "2", "4")),
    ("x < 2 or x > 4", ("comparison", None, "not_between", "2", "4")),
    ("x != 3", ("comparison", None, "not_equal_to", "3", None)),
]


def filtered(path: Path, rule: str) -> Path:
    """A sheet and a table that are filtered by their second column; two rows are hidden."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        for name in ("Cells", "Table"):
            sheet = book.add_worksheet(name)
            sheet.write_column("A2", [1, 2, 3])
            if name == "Table":
                sheet.add_table("A1:B4", {"name": "Plan"})
            else:
                sheet.autofilter("A1:B4")
                sheet.filter_column(1, rule)
            for row in (2, 3):
                sheet.set_row(row, None, None, {"hidden": True})
    return path


@pytest.mark.parametrize(("rule", "read"), CASES)
def test_what_a_filter_lets_through(
    tmp_path: Path, open_workbook: OpenWorkbook, rule: str, read: tuple[Any, ...]
) -> None:
    book = open_workbook(filtered(tmp_path / "filtered.xlsx", rule))
    found = book.sheets["Cells"]["A1:B4"].autofilter.criteria
    assert [c.field for c in found] == [1, 2]
    assert [(c.type, c.values, c.operator, c.value1, c.value2) for c in found] == [NONE, read]
    others = book.sheets["Cells"]["A1:B3"].autofilter.criteria
    assert [c.type for c in others] == ["none", "none"]
    assert [c.type for c in book.sheets["Table"].tables["Plan"].autofilter.criteria] == ["none", "none"]


@pytest.mark.parametrize("field", [None, 2])
def test_a_cleared_filter_shows_every_row(
    tmp_path: Path, open_workbook: OpenWorkbook, field: int | None
) -> None:
    path = filtered(tmp_path / "filtered.xlsx", "x > 2")
    book = open_workbook(path)
    cells = book.sheets["Cells"]["A1:B4"]
    cells.autofilter.clear(1)
    assert cells.autofilter.criteria[1].type == "comparison"
    cells.autofilter.clear(field)
    assert [c.type for c in cells.autofilter.criteria] == ["none", "none"]
    book.sheets["Table"].tables["Plan"].autofilter.clear()
    book.save()
    saved = openpyxl.load_workbook(path)
    assert [saved["Cells"].row_dimensions[row].hidden for row in (2, 3, 4)] == [False] * 3
    assert saved["Cells"].auto_filter.ref == "A1:B4"
    assert saved["Table"].row_dimensions[3].hidden is True
