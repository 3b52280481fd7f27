"""How an export of ours is known among the workbooks of a tree: by its property, not by its name."""

from typing import Any

import xlwings as xw

from hscb_xl.ooxml.book import customprops
from hscb_xl.xlsx.records import MARK


def is_export(book: xw.Book) -> bool:
    """Whether the program made this workbook to hand it out; Excel keeps the property when it saves."""
    package: Any = book.impl.workbook.package  # xlwings has no custom properties
    return MARK in customprops.texts(package)
