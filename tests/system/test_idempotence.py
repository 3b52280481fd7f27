"""A second run changes no byte, four runs leave the rules of one, and other people's content survives."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from hscb_xl.build.plan_sheet import write_plan
from hscb_xl.build.reference import write_lists
from hscb_xl.importer import read_document
from hscb_xl.xlsx.sheet import Book
from tests.system.conftest import AS_OF, Run

TASKS = ["run", "check", "rate", "format", "summarise"]


@pytest.mark.parametrize("task", TASKS)
def test_the_second_run_changes_no_byte(hscb: Run, book: Path, task: str) -> None:
    assert hscb(task, book, "--as-of", AS_OF).err == ""
    first = book.read_bytes()
    hscb(task, book, "--as-of", AS_OF)
    assert book.read_bytes() == first


def test_a_second_export_changes_no_byte(hscb: Run, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    hscb("export", book, "--as-of", AS_OF, "--out", out)
    first = {path: path.read_bytes() for path in out.rglob("*.xlsx")}
    assert len(first) == 5
    hscb("export", book, "--as-of", AS_OF, "--out", out)
    assert {path: path.read_bytes() for path in out.rglob("*.xlsx")} == first


def test_four_days_leave_as_many_rules_as_one(hscb: Run, book: Path) -> None:
    hscb("run", book, "--as-of", AS_OF)
    once = rules(book)
    for day in ("2015-05-13", "2014-10-01", "2015-05-12"):
        hscb("run", book, "--as-of", day)
    assert rules(book) == once


def test_a_workbook_without_our_rules_and_sheets_gets_them_once(hscb: Run, plain: Path) -> None:
    before = rules(plain)
    hscb("run", plain, "--as-of", AS_OF)
    first = plain.read_bytes()
    assert len(rules(plain)) > len(before)
    hscb("run", plain, "--as-of", AS_OF)
    assert plain.read_bytes() == first
    sheets = openpyxl.load_workbook(plain).sheetnames
    assert sheets[-2:] == ["Checks", "Summary"]


def test_save_as_leaves_the_workbook_alone(hscb: Run, book: Path, built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "new" / "copy.xlsm"
    hscb("run", book, "--as-of", AS_OF, "--save-as", copy)
    assert book.read_bytes() == built.read_bytes()
    assert openpyxl.load_workbook(copy)["Plan"]["P5"].value == "G"


def test_other_content_on_the_plan_survives(hscb: Run, plain: Path) -> None:
    before = parts(plain)
    hscb("run", plain, "--as-of", AS_OF)
    after = parts(plain)
    kept = [name for name in before if re.search(r"chart1|drawing1|media|comments|vmlDrawing|theme", name)]
    assert len(kept) >= 6
    for name in kept:
        assert after[name] == before[name], name
    sheet = after["xl/worksheets/sheet1.xml"]
    for block in (b'"mine"', b"<formula1>&quot;yes,no&quot;</formula1>", b"<legacyDrawing", b"<drawing"):
        assert block in before["xl/worksheets/sheet1.xml"] or block.replace(b"&quot;", b'"') in sheet
    assert b'<formula>"mine"</formula>' in sheet
    assert b'<formula1>"yes,no"</formula1>' in sheet


def test_officers_cells_are_not_touched(hscb: Run, book: Path, built: Path) -> None:
    hscb("run", book, "--as-of", AS_OF)
    before, after = (openpyxl.load_workbook(path)["Plan"] for path in (built, book))
    for row in range(4, 31):
        assert [after.cell(row, c).value for c in range(1, 15)] == [
            before.cell(row, c).value for c in range(1, 15)
        ]


@pytest.fixture
def plain(source_document: Path, tmp_path: Path) -> Path:
    """A plan with a user's own rule, validation, comment, chart and picture, and none of our sheets."""
    book = Book(date(2015, 5, 12), "A plan")
    write_plan(book, read_document(source_document))
    write_lists(book)
    add_own_content(book)
    path = tmp_path / "plain.xlsx"
    path.write_bytes(book.data())
    return path


def add_own_content(book: Book) -> None:
    sheet = book.raw.get_worksheet_by_name("Plan")
    red = book.raw.add_format({"bg_color": "#FF00FF"})
    sheet.conditional_format("I5:I30", {"type": "cell", "criteria": "==", "value": '"mine"', "format": red})
    sheet.data_validation("W5:W30", {"validate": "list", "source": ["yes", "no"]})
    sheet.write_comment("H5", "A note of mine")
    chart = book.raw.add_chart({"type": "pie"})
    chart.add_series({"values": "=Plan!$A$5:$A$9"})
    sheet.insert_chart("W8", chart)
    sheet.insert_image("W30", "dot.png", {"image_data": BytesIO(png())})


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rules(path: Path) -> list[tuple[str, str, str]]:
    """Every conditional format of a book: the part, the range and the rule without its priority."""
    pattern: Callable[[bytes], list[tuple[bytes, bytes]]] = re.compile(
        rb'<conditionalFormatting sqref="([^"]*)">(.*?)</conditionalFormatting>', re.DOTALL
    ).findall
    return sorted(
        (name, area.decode(), re.sub(r'priority="\d+"', "", rule.decode()))
        for name, data in parts(path).items()
        if name.startswith("xl/worksheets/sheet")
        for area, rule in pattern(data)
    )
