"""The rows and cells of a worksheet, found by patterns in the bytes between the tags of ``sheetData``.

A pattern may do what an XML parser would: no raw "<" stands in a text or in an attribute, and bytes that
hold comments, CDATA sections or processing instructions are refused.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from operator import lt

from hscb_xl.base.limits import Limits
from hscb_xl.errors import DamagedBook
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import cells, strings
from hscb_xl.ooxml.sheet.cells import Cell, Stored
from hscb_xl.ooxml.sheet.rowindex import Row, RowIndex, element_pattern, refuse_many
from hscb_xl.ooxml.sheet.strings import TEXT

__all__ = ["Grid", "Row"]

# A cell as most are written: a place among the shared texts, a number, a text in line, or nothing.
_PLAIN = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"(?: s="([0-9]+)")?'
    rb'(?: t="s"><v>([0-9]+)</v></c>|(?: t="n")?(?:/>|></c>|>(?:<f>[^<]*</f>)?<v>(-?[.0-9]+)</v></c>)'
    rb'| t="(?:inlineStr"><is><t(?: xml:space="preserve")?|str">(?:<f>[^<]*</f>)?<v)>([^<]+)'
    rb"</(?:t></is|v)></c>)"
)
_SIMPLE = (
    rb'(<%(p)sc r="[A-Z]++[0-9]++")( s="[0-9]++")?+(?: ?/>|(?: t="([a-zA-Z]++)")?+>(?:'
    rb'<%(p)sv>(%(text)s)</%(p)sv>|<%(p)sis>(<%(p)st(?: xml:space="preserve")?+>%(text)s</%(p)st>)</%(p)sis>'
    rb")?+</%(p)sc>)"
)
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]++)"[^<>]*+(?<!/)>(?!</c>)')
_REFERENCE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_FILLING = re.compile(rb"""<(?:\w+:)?f\s([^>]*\bt\s*=\s*["'](?:array|dataTable)["'][^>]*)>""")


class Grid:
    """The rows of a sheet; ``prefix`` is what its tags carry, colon included.

    ``sheet`` is what a message calls it: "the sheet Plan of plan.xlsx".
    """

    def __init__(
        self, data: bytes, prefix: bytes = b"", sheet: str = "a sheet", limits: Limits | None = None
    ) -> None:
        self.data = data
        self.prefix = prefix
        self._sheet = sheet
        self._limits = limits

    @cached_property
    def rows(self) -> RowIndex:
        """The rows by number, in the file's order."""
        return RowIndex(self.data, self.prefix, self._sheet, self._limits)

    def hold_to(self, limits: Limits) -> None:
        """Raise OverLimit where there are more rows than these limits allow, counted already or not."""
        refuse_many(self.data, self.prefix, self._sheet, limits)
        self._limits = limits

    @cached_property
    def filled_areas(self) -> list[Area]:
        """The areas that a single formula fills: array formulas, their spills, and what-if tables."""
        if not self.rows.has_formulas or not (b"array" in self.data or b"dataTable" in self.data):
            return []
        tags = (cells.attributes(match[1]) for match in _FILLING.finditer(self.data))
        return [refs.stated(tag[b"ref"].decode()) for tag in tags if b"ref" in tag]

    def place(self, number: int) -> int:
        """The offset where a row of that number belongs."""
        return self.rows.place(number)

    def between(self, top: int, bottom: int) -> Iterator[Row]:
        """The rows from ``top`` to ``bottom`` that the file holds."""
        return self.rows.between(top, bottom)

    def cells(self, area: Area) -> Iterator[Cell]:
        """The cells that the file holds in an area, in its order."""
        for row in self.between(area.top, area.bottom):
            for cell in self.row_cells(row):
                if area.left <= cell.column <= area.right:
                    yield cell

    def row_cells(self, row: Row) -> Iterator[Cell]:
        """The cells of one row; a cell without a reference follows the one before."""
        column = 0
        for match in element_pattern(self.prefix + b"c").finditer(self.data, row.inner, row.inner_end):
            found = cells.attributes(match[1])
            reference = found.get(b"r")
            column = self._column(reference or b"%s%d" % (_letters(column + 1), row.number), row)
            yield _cell(row, column, match, found)

    def unstored(self, area: Area, shared: Sequence[str]) -> list[tuple[int, int]]:
        """The row and column of each cell of an area that holds a formula and no value."""
        tag = b"<%sf" % self.prefix
        return [
            (cell.row, cell.column)
            for row in self.between(area.top, area.bottom)
            if self.data.find(tag, row.inner, row.inner_end) >= 0
            for cell in self.row_cells(row)
            if area.left <= cell.column <= area.right and cell.has_formula and cell.value(shared) is None
        ]

    def row_values(self, row: Row, shared: Sequence[str]) -> list[tuple[int, Stored, int]]:
        """The column, the value and the format of each cell of one row.

        A row of plain cells is read in one go, at a fifth of the time; any other cell by cell, which also
        says what is wrong with a damaged one.
        """
        try:
            return self._plain_values(row, shared)
        except (LookupError, ValueError):
            return [(cell.column, cell.value(shared), cell.style) for cell in self.row_cells(row)]

    def row_formats(self, row: Row) -> list[tuple[int, int]]:
        """The column and the format of each cell of one row."""
        if row.number in self.rows.odd:
            return [(cell.column, cell.style) for cell in self.row_cells(row)]
        found = _formats(self.prefix).findall(self.data, row.inner, row.inner_end)
        return [(_column_number(letters), int(style or b"0")) for letters, style in found]

    def found(self, number: int, start: int, end: int, column: int) -> re.Match[bytes] | None:
        """A cell of the row with that number from ``start`` to ``end``, found by its reference alone.

        The match holds its name and reference, the attribute of its format, its type, and the content of its
        value or its text; None where there is no such cell, or it holds more than these.
        """
        if number in self.rows.odd:
            return None
        named = b'<%sc r="%s%d"' % (self.prefix, _letters(column), number)
        at = self.data.find(named, start, end)
        if at < 0 or self.data.find(named, at + len(named), end) >= 0:
            return None
        return _simple_cell(self.prefix).match(self.data, at, end)

    def is_behind(self, row: Row, column: int) -> bool:
        """Whether a column lies behind all cells of a row, which stand in order and have their references."""
        if row.number in self.rows.odd:
            return False
        names = _names(self.prefix).findall(self.data, row.inner, row.inner_end)
        there = list(map(_column_number, names))
        return all(map(lt, there, there[1:])) and (not there or there[-1] < column)

    def tag(self, number: int) -> bytes:
        """The start tag of a row that is there."""
        row = self.rows[number]
        return self.data[row.start : row.inner]

    def row_attributes(self, number: int) -> dict[bytes, bytes]:
        """The attributes of a row, none where it is not there."""
        return cells.attributes(self.tag(number)) if number in self.rows else {}

    def row_style(self, number: int) -> int | None:
        """The format that cells of a row have unless they say otherwise, None where it has none."""
        row = self.rows.find(number)
        return self.style_of(row) if row else None

    def style_of(self, row: Row) -> int | None:
        """As ``row_style``, of a row that was found."""
        if self.data.find(b"customFormat", row.start, row.inner) < 0:
            return None
        tag = cells.attributes(self.data[row.start : row.inner])
        return cells.index(tag.get(b"s", b"")) if tag.get(b"customFormat") in (b"1", b"true") else None

    def extent(self) -> Area | None:
        """The smallest area that holds every cell with a value, or None for an empty sheet."""
        found = self._filled() if self.prefix or self.rows.odd else _FILLED.findall(self.data)
        if not found:
            return None
        columns = {_column_number(letters) for letters in {letters for letters, _ in found}}
        if max(columns) > refs.MAX_COLUMN:
            raise DamagedBook(f"{self._sheet} has a cell behind the last column: repair the file in Excel.")
        return Area(int(found[0][1]), min(columns), int(found[-1][1]), max(columns))

    def filled_rows(self, column: int) -> set[int]:
        """The numbers of the rows that hold a value in a column."""
        if self.prefix or self.rows.odd:
            letters = _letters(column)
            return {int(row) for name, row in self._filled() if name == letters}
        return set(map(int, _filled_column(column).findall(self.data)))

    def _filled(self) -> list[tuple[bytes, bytes]]:
        """The letters and the row of each cell that is not empty, in the file's order."""
        return [
            (_letters(cell.column), b"%d" % cell.row)
            for row in self.rows.values()
            for cell in self.row_cells(row)
            if cell.inner
        ]

    def _count(self, tag: bytes, row: Row) -> int:
        return self.data.count(tag, row.inner, row.inner_end)

    def _plain_values(self, row: Row, shared: Sequence[str]) -> list[tuple[int, Stored, int]]:
        """What ``row_values`` gives; a ValueError or LookupError where not every cell is a plain one."""
        found = _PLAIN.findall(self.data, row.inner, row.inner_end)
        if self.prefix or len(found) != self._count(b"<c", row):
            raise ValueError
        number = b"%d" % row.number
        values: list[tuple[int, Stored, int]] = []
        value: Stored
        for letters, digits, style, text, figure, inline in found:
            if digits != number:
                raise ValueError
            if inline or text:
                value = strings.unescape(strings.from_xml(inline)) if inline else shared[int(text)]
                if len(value) > strings.MAX_LENGTH:
                    raise ValueError
            else:
                value = float(figure) if figure else None
            values.append((_known_column(letters), value, int(style) if style else 0))
        return values

    def _column(self, reference: bytes, row: Row) -> int:
        match = _REFERENCE.fullmatch(reference)
        if not match or int(match[2]) != row.number or _column_number(match[1]) > refs.MAX_COLUMN:
            raise DamagedBook(
                f"{self._sheet} has a cell {reference.decode(errors='replace')!r} in row {row.number}: "
                "repair the file in Excel."
            )
        return _column_number(match[1])


@cache
def _column_number(letters: bytes) -> int:
    return refs.number(letters.decode())


def _cell(row: Row, column: int, match: re.Match[bytes], found: dict[bytes, bytes]) -> Cell:
    return Cell(row.number, column, match.start(), match.end(), found, match[2] or b"")


@cache
def _known_column(letters: bytes) -> int:
    number = _column_number(letters)
    if number > refs.MAX_COLUMN:
        raise ValueError
    return number


@cache
def _letters(column: int) -> bytes:
    return refs.letters(column).encode()


@lru_cache(maxsize=64)
def _filled_column(column: int) -> re.Pattern[bytes]:
    return re.compile(rb'<c r="%s([0-9]++)"[^<>]*+(?<!/)>(?!</c>)' % _letters(column))


@lru_cache(maxsize=64)
def _names(prefix: bytes) -> re.Pattern[bytes]:
    """The letters of each cell that has its reference in front."""
    return re.compile(b"<" + re.escape(prefix) + rb'c r="([A-Z]{1,3})[0-9]')


@lru_cache(maxsize=64)
def _formats(prefix: bytes) -> re.Pattern[bytes]:
    """The letters and the format of each cell of a row that is written as most are."""
    return re.compile(b"<" + re.escape(prefix) + rb'c r="([A-Z]{1,3})[0-9]++"(?: s="([0-9]++)")?+')


@lru_cache(maxsize=64)
def _simple_cell(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(_SIMPLE % {b"p": re.escape(prefix), b"text": TEXT})
