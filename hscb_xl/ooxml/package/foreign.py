"""Files of other kinds that people give for a workbook: what each is, and how a workbook comes of it."""

import re
from collections.abc import Callable, Collection
from pathlib import PurePath

_SAVE = "save it as .xlsx or .xlsm in Excel first"
_WHOLE = "give a file saved as .xlsx or .xlsm"
_COPY = "copy its table into a workbook that hscb-xl new makes"

_STREAMS = (
    ("WordDocument", f"a Word document: {_COPY}"),
    ("PowerPoint Document", f"a presentation: {_COPY}"),
    ("__substg1.0_", "a mail of Outlook: save the workbook that is attached to it, and give that"),
)
"""Names in the directory of a compound file that tell its kind; any other is taken for an old .xls."""
_TEXTS = (
    (
        re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE),
        "a web page: if Excel shows the plan in it, save it there as .xlsx; if not, it is a page to sign in, "
        "so sign in and download the workbook again",
    ),
    (
        re.compile(rb"<office:document[\s>]"),
        "a flat OpenDocument file: save it as .xlsx in LibreOffice first",
    ),
    (
        re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"),
        f"an XML spreadsheet of Excel 2003: {_SAVE}",
    ),
    (re.compile(rb"\A%PDF-"), f"a PDF: {_COPY}"),
    (re.compile(rb"\A\{\\rtf"), f"a text document (.rtf): {_COPY}"),
)
_HEAD = 4096
"""Bytes from the beginning in which a text says what it is."""
_TABLES = (".csv", ".tsv", ".tab")

_OPEN_DOCUMENTS = (
    (
        b"opendocument.spreadsheet",
        "an OpenDocument spreadsheet (.ods): save it as .xlsx in LibreOffice first",
    ),
    (b"opendocument.text", f"a text document (.odt): {_COPY}"),
)
_MAIN_TYPES = (
    ("ms-excel.sheet.binary", f"a binary workbook (.xlsb), so {_SAVE}"),
    ("wordprocessingml", f"a Word document, so {_COPY}"),
    ("ms-word", f"a Word document, so {_COPY}"),
    ("presentationml", f"a presentation, so {_COPY}"),
    ("ms-powerpoint", f"a presentation, so {_COPY}"),
)


def of_compound(name: str, data: bytes) -> str:
    """What to say of a compound file, which Office wrote before there were packages."""
    for stream, words in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return f"{name} is {words}."
    return f"{name} is an old .xls file: {_SAVE}."


def of_bytes(name: str, data: bytes) -> str:
    """What to say of a file that is neither a package nor a compound file."""
    if not data:
        return (
            f"{name} is empty, without a single byte: wait until it is copied whole, or restore a copy of it."
        )
    head = data[:_HEAD].replace(b"\0", b"")  # a text may be UTF-16
    for pattern, words in _TEXTS:
        if pattern.search(head):
            return f"{name} is {words}."
    ending = PurePath(name).suffix.lower()
    if ending in _TABLES:
        return (
            f"{name} is a text ({ending}): open it in Excel, look at its dates, and save it as .xlsx first."
        )
    return f"{name} is not an Excel workbook: {_WHOLE}."


def of_zip(name: str, members: Collection[str], read: Callable[[str], bytes]) -> str:
    """What to say of a zip file that is no Office package; ``read`` gives a member's bytes."""
    if "mimetype" in members:
        kind = read("mimetype")[:100]
        for mark, words in _OPEN_DOCUMENTS:
            if mark in kind:
                return f"{name} is {words}."
    if "Index/Document.iwa" in members:
        return f"{name} is a Numbers spreadsheet: export it to Excel (.xlsx) in Numbers first."
    return f"{name} is a zip file but not an Excel workbook: {_WHOLE}."


def of_package(name: str, main_type: str | None) -> str:
    """What to say of an Office package by the content type of its main part."""
    known = next((words for mark, words in _MAIN_TYPES if mark in (main_type or "")), "")
    also = f"; it is {known}" if known else ""
    return f"{name} is not an Excel workbook: give an .xlsx or .xlsm file{also}."
