"""Text that stays text, and names that every spreadsheet and every file system takes."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from hscb_xl.errors import OutputProblem

if TYPE_CHECKING:  # names of files and sheets are wanted where nothing is drawn
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767  # UTF-16 units in one cell: Excel's limit
LONGEST_SHEET_NAME = 31  # UTF-16 units: Excel's limit
LONGEST_ADDRESS = 2_079  # UTF-16 units of a link: Excel's limit
LONGEST_FILE_NAME = 255  # bytes of UTF-8, composed or not: the limit of the usual file systems

_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ADDRESS = re.compile(r"(?:https?://[^\s/\\?#]|mailto:[^\s@]+@)[^\s\"<>\\`]*", re.IGNORECASE)
_WRITTEN_OUT = re.compile(r'[%"<>\[\]^`{} ]')
"""What the library writes as three characters in an address."""
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*]')
_NOT_IN_FRONT = ("-", "~")
"""What a shell takes for an option or a home folder, and Excel for the mark of a file that is open."""
# Control, format (they can reverse a name on the screen), surrogate, private and unassigned characters,
# and line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_WINDOWS_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"]
    + [f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"]
)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take ``text`` for a formula if it were typed or pasted."""
    return text.startswith(_FORMULA_LIKE)


def link_address(text: str) -> str:
    """An address of the web or of a mailbox that a cell may lead to; '' for any other text.

    A file, a script or a place in another workbook is nothing that the reader of an export is led to.
    """
    text = text.strip()
    if not _ADDRESS.fullmatch(text) or not text.isprintable():
        return ""
    scheme, colon, rest = text.partition(":")
    return scheme.lower() + colon + rest if _written_length(text) <= LONGEST_ADDRESS else ""


def _written_length(address: str) -> int:
    return _units(address) + 2 * len(_WRITTEN_OUT.findall(address))


def checked(text: str) -> str:
    """``text`` as it is; raises OutputProblem where no cell can hold it."""
    shown = " ".join(text[:60].split())
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise OutputProblem(f'The text "{_plain(shown)}…" has half a character in it; type it again.')
    if _units(text) > LONGEST_TEXT:
        raise OutputProblem(
            f'The text that begins "{shown}…" is longer than the {LONGEST_TEXT} characters '
            "that one cell can hold; shorten it."
        )
    return text


def write_text(sheet: "Worksheet", row: int, column: int, text: str, cell_format: object) -> None:
    """Write ``text`` into a cell (row and column from 0) so that it is text whatever it begins with.

    XlsxWriter takes a string between <r> and </r> for its own ready-made mark-up; written in runs, it is
    escaped like any other. Raises OutputProblem where no cell can hold the text.
    """
    text = checked(text)
    if not text:
        sheet.write_blank(row, column, None, cell_format)
    elif text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[0], text[1], text[2:], cell_format)
    else:
        sheet.write_string(row, column, text, cell_format)


def sheet_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """A sheet name for each of ``wanted``, in order: allowed by Excel, and no two alike in any case."""
    return _distinct((_sheet_name(name) for name in wanted), _fitted_sheet_name)


def file_names(stems: Iterable[str], suffix: str) -> tuple[str, ...]:
    """A file name for each of ``stems``, in order: allowed on Windows, Mac and Linux, and no two alike."""

    def fitted(stem: str, number: str) -> str:
        room = LONGEST_FILE_NAME - len((number + suffix).encode())
        return _cut(stem, room, _longest_form).rstrip(". ") + number + suffix

    return _distinct((_file_stem(stem) for stem in stems), fitted)


def _distinct(names: Iterable[str], fitted: Callable[[str, str], str]) -> tuple[str, ...]:
    taken: set[str] = set()
    counts: dict[str, int] = {}
    result = []
    for name in names:
        alike = candidate = fitted(name, "")
        while _folded(candidate) in taken:
            counts[alike] = counts.get(alike, 1) + 1
            candidate = fitted(name, f" ({counts[alike]})")
        taken.add(_folded(candidate))
        result.append(candidate)
    return tuple(result)


def _folded(name: str) -> str:
    """What two names share that are one on some system, by capitals, small letters or composition."""
    folded = unicodedata.normalize("NFD", name).upper().casefold()
    return unicodedata.normalize("NFD", folded)


def _sheet_name(name: str) -> str:
    return _trimmed(_NOT_IN_SHEETS.sub("-", _plain(name))) or "Sheet"


def _trimmed(name: str) -> str:
    return name.strip("' ")


def _fitted_sheet_name(name: str, number: str) -> str:
    fitted = _trimmed(_cut(name, LONGEST_SHEET_NAME - len(number), _units)) + number
    # Excel keeps this one name for itself, in any case.
    return f"{fitted} sheet" if fitted.casefold() == "history" else fitted


def _file_stem(stem: str) -> str:
    cleaned = _NOT_IN_FILES.sub("-", _plain(stem)).strip(". ")
    # Windows means the device whatever follows the first dot, and whatever spaces precede that.
    device = cleaned.split(".")[0].rstrip().upper() in _WINDOWS_DEVICES
    return f"_{cleaned}" if device or cleaned.startswith(_NOT_IN_FRONT) else cleaned or "file"


def _plain(name: str) -> str:
    """``name`` on one line, composed, without characters that cannot be seen."""
    spaced = " ".join(unicodedata.normalize("NFC", name).split())
    seen = "".join(character for character in spaced if unicodedata.category(character) not in _INVISIBLE)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _units(text: str) -> int:
    """The length of ``text`` as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def _longest_form(text: str) -> int:
    """Bytes of a name on the systems that compose its letters and on those that take them apart."""
    return max(len(unicodedata.normalize(form, text).encode()) for form in ("NFC", "NFD"))


def _cut(text: str, room: int, length: Callable[[str], int]) -> str:
    """The longest beginning of ``text`` that is no longer than ``room``."""
    text = text[:room]
    while length(text) > room:
        text = text[:-1]
    return text
