"""A1 references: cells, areas and lists of areas, as numbers counted from 1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from hscb_xl.errors import DamagedBook

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_R1C1 = re.compile(r"(?:[Rr][0-9]*)?(?:[Cc][0-9]*)?")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    @property
    def address(self) -> str:
        """The reference without dollar signs; one cell is written alone."""
        first = f"{letters(self.left)}{self.top}"
        last = f"{letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    @property
    def absolute(self) -> str:
        """The reference with dollar signs, as formulas and names have it."""
        corners = dict.fromkeys(((self.top, self.left), (self.bottom, self.right)))
        return ":".join(f"${letters(column)}${row}" for row, column in corners)

    def places(self) -> Iterator[tuple[int, int]]:
        """The row and the column of each cell, row by row."""
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: "Area") -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def covers(self, other: "Area") -> bool:
        """Whether every cell of ``other`` lies inside."""
        return self.holds(other.top, other.left) and self.holds(other.bottom, other.right)

    def joined(self, other: "Area") -> "Area":
        """The smallest area that covers both."""
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(text: str) -> int:
    """The number of a column's letters."""
    value = 0
    for letter in text.upper():
        value = value * 26 + ord(letter) - 64
    return value


def cell(text: str) -> tuple[int, int]:
    """The row and column of a reference such as "B7" or "$B$7"; ValueError when it is none."""
    match = _CELL.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a cell reference")
    row, column = int(match[2]), number(match[1])
    if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
        raise ValueError(f"{text!r} lies outside a sheet")
    return row, column


@lru_cache(maxsize=4096)
def area(text: str) -> Area:
    """The area of "B7", "B7:C9", "B:C" or "7:9"; ValueError when it is none."""
    if match := _COLUMNS.fullmatch(text):
        return between(cell(f"{match[1]}1"), cell(f"{match[2]}{MAX_ROW}"))
    if match := _ROWS.fullmatch(text):
        return between(cell(f"A{match[1]}"), cell(f"{letters(MAX_COLUMN)}{match[2]}"))
    first, colon, last = text.partition(":")
    return between(cell(first), cell(last if colon else first))


def between(one: tuple[int, int], other: tuple[int, int]) -> Area:
    """The area whose opposite corners are two cells, each given by row and column."""
    (top, bottom), (left, right) = (sorted(pair) for pair in zip(one, other, strict=True))
    return Area(top, left, bottom, right)


def on_sheet(sheet: str, part: Area) -> str:
    """The reference of cells on a sheet as a formula has it, the sheet's name quoted where need be."""
    plain = _PLAIN_NAME.fullmatch(sheet) and not is_reference(sheet)
    return f"{sheet if plain else _quoted(sheet)}!{part.absolute}"


def is_reference(text: str) -> bool:
    """Whether a formula would read a name as cells, in either notation: "AB12", "R1C1", "C"."""
    try:
        cell(text)
    except ValueError:
        return _R1C1.fullmatch(text) is not None
    return True


def parted(text: str) -> tuple[str, Area]:
    """The sheet and the area of a reference such as "'My plan'!$A$1:$B$2"; ValueError when it is none."""
    sheet, _, address = text.rpartition("!")
    if sheet.startswith("'") and sheet.endswith("'") and len(sheet) > 1:
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, area(address)


def _quoted(sheet: str) -> str:
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def stated(text: str) -> Area:
    """The area of a reference that stands in a file; DamagedBook when it is none."""
    try:
        return area(text)
    except ValueError as problem:
        raise DamagedBook(f"The workbook refers to cells in a wrong way: {problem}.") from None


def areas(text: str) -> tuple[Area, ...]:
    """The areas of a list such as "A1:A9 C1:C9" (an ``sqref`` in a file)."""
    return tuple(stated(part) for part in text.split())
