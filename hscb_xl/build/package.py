"""The last step of a build, on the finished package: what XlsxWriter has no call for.

A VBA project and ribbon parts join the package here too, with their relationships and content types.
"""

from hscb_xl.xlsx.rewrite import rewritten

_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_ENABLED_MAIN = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def macro_enabled(package: bytes) -> bytes:
    """The workbook as one that Excel accepts under the suffix .xlsm.

    XlsxWriter declares this content type only for a workbook with a VBA project, and Excel refuses an
    .xlsm whose main part is declared otherwise.
    """
    return rewritten(package, {"[Content_Types].xml": _declared_macro_enabled})


def _declared_macro_enabled(content_types: bytes) -> bytes:
    return content_types.replace(_MAIN, _MACRO_ENABLED_MAIN)
