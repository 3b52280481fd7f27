"""LibreOffice calculates the same after sheets were renamed, added, copied and names changed."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from hscb_xl.engine import open_book

pytestmark = pytest.mark.libreoffice

FORMULAS = [
    "=SUM(Data!B1:B3)",
    "=Data!$B$1*2+'Data'!B2",
    "=SUM(Spare:Last!B1)",  # LibreOffice reads no quoted names of several sheets, which Excel writes
    "=SUM(Ratings)*Data!Local",
    "=SUM(Numbers[n])",
    '=INDEX(Data!B:B,MATCH("y",Data!A:A,0))',
    '=SUMIF(Data!$A$1:$A$3,"x",Data!$B$1:$B$3)',
    '=COUNTIF(Data!1:3,"x")&"Data!A1"',
]
VALUES = [6, 4, 15, 12, 30, 2, 4, "2Data!A1"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file whose sheet Front has only formulas, without values, that refer to Data and Spare."""
    made = tmp_path / "before.xlsx"
    workbook = xlsxwriter.Workbook(made)
    workbook.add_worksheet("Front")
    data, spare, last = (workbook.add_worksheet(name) for name in ("Data", "Spare", "Last"))
    last.write("B1", 5)
    data.write_column("A1", ["x", "y", "x"])
    data.write_column("B1", [1, 2, 3])
    spare.write_column("B1", [10, 20])
    spare.add_table("D1:D3", {"name": "Numbers", "data": [[10], [20]], "columns": [{"header": "n"}]})
    workbook.define_name("Ratings", "=Data!$B$1:$B$3")
    workbook.define_name("Data!Local", "=Data!$B$2")
    workbook.close()
    book = open_book(str(made))
    book.sheets["Front"]["A1"].formula = [[formula] for formula in FORMULAS]
    book.save()
    book.close()
    return made


def test_values_stay_what_they_were(path: Path, tmp_path: Path, soffice: Callable[..., list[Path]]) -> None:
    after = tmp_path / "after.xlsx"
    book = open_book(str(path))
    book.sheets["Data"].name = "It's (new) 1"
    book.sheets["Spare"].name = "Other"
    book.sheets.add("First", before=book.sheets[0])
    book.names["Ratings"].name = "Marks"
    book.sheets["Front"].copy(after=book.sheets[-1])
    book.save(after)
    book.close()
    out = tmp_path / "out"
    calculated = soffice(out, path, after, to="xlsx:Calc MS Excel 2007 XML")
    first, second = (openpyxl.load_workbook(made, data_only=True) for made in calculated)
    assert values(first["Front"]) == VALUES
    assert second.sheetnames == ["First", "Front", "It's (new) 1", "Other", "Last", "Front (2)"]
    assert values(second["Front"]) == VALUES
    assert values(second["Front (2)"]) == VALUES


def values(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[object]:
    return [cell.value for cell in sheet["A"]]
