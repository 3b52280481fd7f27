"""Files of other kinds given for a workbook: each is named for what it is, with what to do."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from hscb_xl.errors import NotAWorkbook
from hscb_xl.ooxml.book.workbook import Workbook

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PAGE = "\ufeff\n<!DOCTYPE html>\n<html><head><title>Sign in</title>"
TABLE = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


def named(stream: str) -> bytes:
    return OLD + stream.encode("utf-16-le")


def zipped(**members: str) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return data.getvalue()


def open_document(kind: str) -> bytes:
    return zipped(mimetype=f"application/vnd.oasis.opendocument.{kind}", content="<x/>")


KINDS = [
    (
        "plan.xlsx",
        b"",
        "plan.xlsx is empty, without a single byte: wait until it is copied whole, or",
    ),
    ("plan.xls", OLD, "plan.xls is an old .xls file: save it as .xlsx or .xlsm in Excel first."),
    ("plan.xlsx", named("Workbook"), "plan.xlsx is an old .xls file: save it"),
    ("plan.doc", named("WordDocument"), "plan.doc is a Word document: copy its table into a workbook"),
    ("plan.ppt", named("PowerPoint Document"), "plan.ppt is a presentation: copy its table"),
    ("mail.msg", named("__substg1.0_1000001E"), "mail.msg is a mail of Outlook: save the workbook"),
    ("plan.xlsx", PAGE.encode(), "plan.xlsx is a web page: if Excel shows the plan in it, save it there"),
    ("plan.xls", PAGE.encode("utf-16"), "plan.xls is a web page: "),
    ("plan.xls", b"<HTML xmlns:o='x'><table>", "plan.xls is a web page: "),
    ("plan.xml", TABLE.encode(), "plan.xml is an XML spreadsheet of Excel 2003: save it as .xlsx"),
    ("plan.fods", b"<?xml version='1.0'?><office:document x='y'>", "plan.fods is a flat OpenDocument file"),
    ("plan.pdf", b"%PDF-1.7\n", "plan.pdf is a PDF: copy its table"),
    ("plan.rtf", b"{\\rtf1\\ansi", "plan.rtf is a text document (.rtf): copy its table"),
    ("plan.csv", b"No,Action\n1,Do it\n", "plan.csv is a text (.csv): open it in Excel, look at its dates"),
    ("plan.TSV", b"No\tAction\n", "plan.TSV is a text (.tsv): open it in Excel"),
    ("plan.xlsx", b"No,Action\n", "plan.xlsx is not an Excel workbook: give a file saved as .xlsx or .xlsm."),
    ("plan.ods", open_document("spreadsheet"), "plan.ods is an OpenDocument spreadsheet (.ods): save it as"),
    ("plan.xlsx", open_document("spreadsheet-template"), "plan.xlsx is an OpenDocument spreadsheet"),
    ("plan.odt", open_document("text"), "plan.odt is a text document (.odt): copy its table"),
    ("plan.odp", open_document("presentation"), "plan.odp is a zip file but not an Excel workbook: give"),
    ("plan.numbers", zipped(Index__Document="x"), "plan.numbers is a zip file but not an Excel workbook"),
    ("plan.zip", zipped(plan="x"), "plan.zip is a zip file but not an Excel workbook: give a file saved as"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), KINDS)
def test_what_it_is_and_what_to_do(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(NotAWorkbook) as raised:
        Workbook.open(tmp_path / name)
    assert str(raised.value).startswith(sentence)
    assert str(raised.value).endswith(".")


def test_a_numbers_spreadsheet(tmp_path: Path) -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("Index/Document.iwa", "x")
    (tmp_path / "plan.numbers").write_bytes(data.getvalue())
    with pytest.raises(NotAWorkbook, match=r"is a Numbers spreadsheet: export it to Excel \(\.xlsx\)"):
        Workbook.open(tmp_path / "plan.numbers")
