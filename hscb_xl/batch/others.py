"""Workbooks of other programs and other times: known by their endings, and what makes a plan of them."""

from pathlib import Path

_OLD = "open it in Excel and save it as .xlsx, or as .xlsm if it has macros"
_OPEN = "is a workbook of LibreOffice or OpenOffice: open it there and save it as .xlsx"
_TEMPLATE = "is a template: make a workbook of it in Excel and save that as .xlsx or .xlsm"

_ADVICE = {
    ".xls": f"is a workbook of Excel 97 to 2003: {_OLD}",
    ".xlsb": f"is a binary workbook: {_OLD}",
    ".xlt": _TEMPLATE,
    ".xltx": _TEMPLATE,
    ".xltm": _TEMPLATE,
    ".ods": _OPEN,
    ".fods": _OPEN,
    ".ots": _OPEN,
    ".sxc": _OPEN,
    ".numbers": "is a document of Numbers: export it from there to Excel (File, Export To)",
    ".gsheet": "only leads to a Google sheet: download that as .xlsx (File, Download)",
}
_BESIDE = ("~$", "._", ".~")
"""What begins the names of files that programs and the Mac lay beside a workbook."""


def why_not(path: Path) -> str:
    """Why a workbook cannot be taken and what to do, read behind "It"; '' for what is none of these."""
    return "" if path.name.startswith(_BESIDE) else _ADVICE.get(path.suffix.lower(), "")
