"""How an export of ours is known among the workbooks of a tree: by its property, not by its name."""

from typing import Any

import xlwings as xw

from hscb_xl.xlsx.records import MARK

_KIND = "custom-properties"


def is_export(book: xw.Book) -> bool:
    """Whether the program made this workbook to hand it out; Excel keeps the property when it saves."""
    package: Any = book.impl.workbook.package  # xlwings has no custom properties
    part = package.related("", _KIND)
    if part is None or part not in package:
        return False
    data, root = package.tree(part)
    return any((node.attributes.get("name"), node.text(data)) == MARK for node in root.all("property"))
