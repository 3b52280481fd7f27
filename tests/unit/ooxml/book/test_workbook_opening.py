"""What counts as a workbook, from which day it counts, and a sheet more as another program reads it."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from hscb_xl.errors import DamagedBook, NotAWorkbook
from hscb_xl.ooxml.book.listing import SheetEntry
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.styles.looks import Look
from tests.unit.ooxml import made

PARTS = made.parts({"Plan": made.worksheet()})
MAIN_TYPE = f"{made.TYPES}.sheet.main+xml"

WORKBOOKS = [
    MAIN_TYPE,
    f"{made.TYPES}.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml",
]
OTHERS = [
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "a Word document"),
    ("application/vnd.ms-word.document.macroEnabled.main+xml", "a Word document"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "a presentation"),
    ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "a binary workbook"),
    ("application/xml", ""),
]


def typed(content_type: str) -> dict[str, bytes]:
    types = PARTS["[Content_Types].xml"].replace(MAIN_TYPE.encode(), content_type.encode())
    return PARTS | {"[Content_Types].xml": types}


@pytest.mark.parametrize("content_type", WORKBOOKS)
def test_workbooks_of_every_kind_are_opened(content_type: str) -> None:
    assert made.book(typed(content_type)).sheets[0].name == "Plan"


@pytest.mark.parametrize(("content_type", "kind"), OTHERS)
def test_documents_of_other_programs_are_refused(content_type: str, kind: str) -> None:
    with pytest.raises(NotAWorkbook) as raised:
        made.book(typed(content_type))
    sentence = str(raised.value)
    assert sentence.startswith("plan.xlsx is not an Excel workbook: give an .xlsx or .xlsm file")
    assert (f"; it is {kind}" in sentence) is bool(kind)


DATES = [("", 42136), ('date1904="0"', 42136), ('date1904="1"', 40674), ('date1904="true"', 40674)]


@pytest.mark.parametrize(("attribute", "serial"), DATES)
def test_a_day_is_counted_from_the_books_first(attribute: str, serial: int) -> None:
    main = PARTS["xl/workbook.xml"].replace(b"<sheets>", f"<workbookPr {attribute}/><sheets>".encode())
    book = made.book(PARTS | {"xl/workbook.xml": main})
    sheet = book.sheet("Plan")
    sheet.edit(1, 1, Edit(date(2015, 5, 12)))
    assert sheet.values(Area(1, 1, 1, 1)) == [[(serial, 0)]]


def prefixed(main: str, prefix: str) -> str:
    for tag in ("workbook", "sheets", "sheet "):
        main = main.replace(f"<{tag}", f"<{prefix}{tag}").replace(f"</{tag}", f"</{prefix}{tag}")
    return main.replace("xmlns=", f"xmlns:{prefix[:-1]}=") if prefix else main


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_sheet_more_is_read_by_another_program(prefix: str, tmp_path: Path) -> None:
    main = prefixed(PARTS["xl/workbook.xml"].decode(), prefix)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made.zipped(PARTS | {"xl/workbook.xml": main.encode()}))
    book = Workbook.open(path)
    bold = book.styles.changed(0, Look(bold=True, fill=(255, 0, 0)))
    book.add_sheet("Due & overdue").edit(3, 2, Edit("late", bold))
    book.save(path)
    assert Workbook.open(path).sheets[1] == SheetEntry(
        "Due & overdue", "xl/worksheets/sheet2.xml", True, 2, "xl/worksheets/sheet2.xml"
    )
    read = openpyxl.load_workbook(path)
    assert read.sheetnames == ["Plan", "Due & overdue"]
    cell = read["Due & overdue"]["B3"]
    assert (cell.value, cell.font.b, cell.fill.fgColor.rgb) == ("late", True, "FFFF0000")
    kept = Workbook.open(path).package.read("xl/workbook.xml").decode()
    end = main.index(f"</{prefix}sheets>")
    assert kept.startswith(main[:end])
    assert kept.endswith(main[end:])


def test_two_sheets_that_are_one_part_are_no_workbook() -> None:
    """Read by its name, each would be the other; a file could have the same part read a million times."""
    main = PARTS["xl/workbook.xml"].replace(
        b"</sheets>", b'<sheet name="Copy" sheetId="9" r:id="rId1"/></sheets>'
    )
    with pytest.raises(DamagedBook, match="the sheets Plan and Copy are one and the same; repair the file"):
        made.book({**PARTS, "xl/workbook.xml": main})
