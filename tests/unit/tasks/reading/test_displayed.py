"""Numbers that a cell shows as a percentage are read as that percentage."""

from pathlib import Path

import pytest
import xlsxwriter

from hscb_xl.engine import open_book
from hscb_xl.tasks.reading import displayed

SHOWN = [
    (1, "0%", "100%"),
    (0.6, "0%", "60%"),
    (0.625, "0.00%", "62.5%"),
    (0.1, "0%", "10%"),
    (1, "0", 1.0),
    (1, "General", 1.0),
    ("100%", "0%", "100%"),
]


@pytest.mark.parametrize(("value", "code", "read"), SHOWN)
def test_percentages(tmp_path: Path, value: float | str, code: str, read: float | str) -> None:
    path = tmp_path / "book.xlsx"
    made = xlsxwriter.Workbook(path)
    made.add_worksheet().write(1, 0, value, made.add_format({"num_format": code}))
    made.close()
    book = open_book(str(path))
    rows = {2: [book.sheets[0]["A2"].value]}
    displayed.show_percentages(book.sheets[0], "A", 0, rows)
    assert rows == {2: [read]}
