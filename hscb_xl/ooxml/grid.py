"""The rows and cells of a worksheet, found by patterns in the bytes between the tags of ``sheetData``.

A pattern may do what an XML parser would: no raw "<" stands in a text or in an attribute, and bytes that
hold comments, CDATA sections or processing instructions are refused.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml import cells, refs
from hscb_xl.ooxml.cells import Cell, Stored
from hscb_xl.ooxml.refs import Area

_OPAQUE = re.compile(rb"<[!?]")
# A cell as spreadsheet programs write most of them: an index into the shared texts, a number, or nothing.
_PLAIN = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"(?: s="([0-9]+)")?'
    rb'(?: t="s"><v>([0-9]+)</v></c>|(?: t="n")?(?:/>|></c>|><v>([^<&]+)</v></c>))'
)
_REFERENCE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_FILLING = re.compile(rb"""<(?:\w+:)?f\s([^>]*\bt\s*=\s*["'](?:array|dataTable)["'][^>]*)>""")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the bytes: its tag from ``start``, its cells from ``inner`` to ``inner_end``."""

    number: int
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one empty-element tag, ``<row/>``."""
        return self.inner == self.end


class Grid:
    """The rows of a sheet; ``prefix`` is what its tags carry, colon included.

    ``sheet`` is what a message calls it: "the sheet Plan of plan.xlsx".
    """

    def __init__(self, data: bytes, prefix: bytes = b"", sheet: str = "a sheet") -> None:
        self.data = data
        self.prefix = prefix
        self._sheet = sheet

    @cached_property
    def rows(self) -> dict[int, Row]:
        """The rows by number, in the file's order."""
        if _OPAQUE.search(self.data):
            raise UnsafeEdit(f"{self._sheet} holds comments among its cells: save the file again in Excel.")
        found = list(self._scan())
        numbers = [row.number for row in found]
        if any(later <= earlier for earlier, later in pairwise(numbers)):
            raise UnsafeEdit(f"{self._sheet} has rows that are out of order: save the file again in Excel.")
        return dict(zip(numbers, found, strict=True))

    @cached_property
    def filled_areas(self) -> list[Area]:
        """The areas that a single formula fills: array formulas, their spills, and what-if tables."""
        if b"array" not in self.data and b"dataTable" not in self.data:
            return []
        tags = (cells.attributes(match[1]) for match in _FILLING.finditer(self.data))
        return [refs.stated(tag[b"ref"].decode()) for tag in tags if b"ref" in tag]

    def place(self, number: int) -> int:
        """The offset where a row of that number belongs."""
        at = bisect_left(self._numbers, number)
        return self.rows[self._numbers[at]].start if at < len(self._numbers) else len(self.data)

    def cells(self, area: Area) -> Iterator[Cell]:
        """The cells that the file holds in an area, in its order."""
        for row in self.between(area.top, area.bottom):
            for cell in self.row_cells(row):
                if area.left <= cell.column <= area.right:
                    yield cell

    def row_cells(self, row: Row) -> Iterator[Cell]:
        """The cells of one row; a cell without a reference follows the one before."""
        column = 0
        for match in _pattern(self.prefix + b"c").finditer(self.data, row.inner, row.inner_end):
            found = cells.attributes(match[1])
            reference = found.get(b"r")
            column = self._column(reference, row) if reference else column + 1
            yield _cell(row, column, match, found)

    def row_values(self, row: Row, shared: Sequence[str]) -> list[tuple[int, Stored, int]]:
        """The column, the value and the format of each cell of one row.

        A row of plain cells is read in one go, at a fifth of the time; any other cell by cell, which also
        says what is wrong with a damaged one.
        """
        try:
            return self._plain_values(row, shared)
        except (LookupError, ValueError):
            return [(cell.column, cell.value(shared), cell.style) for cell in self.row_cells(row)]

    def named(self, row: Row, columns: Iterable[int]) -> list[Cell] | None:
        """The cells of these columns, found without looking at the others; None where that cannot be done.

        It can where every cell of the row has its reference in front, and they stand in order.
        """
        tag = b"<%sc" % self.prefix
        there = [_column_number(name) for name in _names(tag).findall(self.data, row.inner, row.inner_end)]
        if len(there) != self._count(tag, row) or any(later <= one for one, later in pairwise(there)):
            return None
        found = []
        for column in columns:
            named = b'%s r="%s%d"' % (tag, _letters(column), row.number)
            start = self.data.find(named, row.inner, row.inner_end)
            match = _pattern(tag[1:]).match(self.data, start, row.inner_end) if start >= 0 else None
            if match is None:
                return None
            found.append(_cell(row, column, match, cells.attributes(match[1])))
        return found

    def between(self, top: int, bottom: int) -> Iterator[Row]:
        """The rows from ``top`` to ``bottom`` that the file holds."""
        first = bisect_left(self._numbers, top)
        for number in self._numbers[first:]:
            if number > bottom:
                return
            yield self.rows[number]

    def tag(self, number: int) -> bytes:
        """The start tag of a row that is there."""
        row = self.rows[number]
        return self.data[row.start : row.inner]

    def row_attributes(self, number: int) -> dict[bytes, bytes]:
        """The attributes of a row, none where it is not there."""
        return cells.attributes(self.tag(number)) if number in self.rows else {}

    def row_style(self, number: int) -> int | None:
        """The format that cells of a row have unless they say otherwise, None where it has none."""
        tag = self.row_attributes(number)
        return cells.index(tag.get(b"s", b"")) if tag.get(b"customFormat") in (b"1", b"true") else None

    def extent(self) -> Area | None:
        """The smallest area that holds every cell with a value, or None for an empty sheet."""
        found: Area | None = None
        for row in self.rows.values():
            columns = [cell.column for cell in self.row_cells(row) if cell.inner]
            if columns:
                here = Area(row.number, min(columns), row.number, max(columns))
                found = found.joined(here) if found else here
        return found

    @cached_property
    def _numbers(self) -> list[int]:
        return list(self.rows)

    def _count(self, tag: bytes, row: Row) -> int:
        return self.data.count(tag, row.inner, row.inner_end)

    def _plain_values(self, row: Row, shared: Sequence[str]) -> list[tuple[int, Stored, int]]:
        """What ``row_values`` gives; a ValueError or LookupError where not every cell is a plain one."""
        found = _PLAIN.findall(self.data, row.inner, row.inner_end)
        if self.prefix or len(found) != self._count(b"<c", row):
            raise ValueError
        number = b"%d" % row.number
        values: list[tuple[int, Stored, int]] = []
        for letters, digits, style, text, figure in found:
            if digits != number:
                raise ValueError
            value = shared[int(text)] if text else float(figure) if figure else None
            values.append((_known_column(letters), value, int(style) if style else 0))
        return values

    def _scan(self) -> Iterator[Row]:
        number = 0
        for match in _pattern(self.prefix + b"row").finditer(self.data):
            given = cells.attributes(match[1]).get(b"r")
            number = self._number(given) if given else number + 1
            inner, inner_end = match.span(2) if match[2] is not None else (match.end(), match.end())
            yield Row(number, match.start(), inner, inner_end, match.end())

    def _number(self, given: bytes) -> int:
        if not given.isdigit() or not 1 <= int(given) <= refs.MAX_ROW:
            raise DamagedBook(f"{self._sheet} has a row {given.decode()!r}: repair the file in Excel.")
        return int(given)

    def _column(self, reference: bytes, row: Row) -> int:
        match = _REFERENCE.fullmatch(reference)
        if not match or int(match[2]) != row.number or _column_number(match[1]) > refs.MAX_COLUMN:
            raise DamagedBook(
                f"{self._sheet} has a cell {reference.decode()!r} in row {row.number}: "
                "repair the file in Excel."
            )
        return _column_number(match[1])


@cache
def _column_number(letters: bytes) -> int:
    return refs.number(letters.decode())


def _cell(row: Row, column: int, match: re.Match[bytes], found: dict[bytes, bytes]) -> Cell:
    return Cell(row.number, column, match.start(), match.end(), found, match[2] or b"")


@cache
def _letters(column: int) -> bytes:
    return refs.letters(column).encode()


@cache
def _known_column(letters: bytes) -> int:
    number = _column_number(letters)
    if number > refs.MAX_COLUMN:
        raise ValueError
    return number


@lru_cache(maxsize=64)
def _names(tag: bytes) -> re.Pattern[bytes]:
    """The letters of each cell that has its reference in front."""
    return re.compile(re.escape(tag) + rb' r="([A-Z]{1,3})[0-9]')


@lru_cache(maxsize=64)
def _pattern(tag: bytes) -> re.Pattern[bytes]:
    """An element of that name with its attributes and, unless it is an empty-element tag, its content."""
    name = re.escape(tag)
    return re.compile(rb"<" + name + rb"((?:\s[^>]*?)?)(?:/>|>(.*?)</" + name + rb"\s*>)", re.DOTALL)
