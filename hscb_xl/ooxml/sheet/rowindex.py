"""Where the rows of a worksheet lie, found in one pass that proves most of them to be well-formed on the way.

A row as spreadsheet programs write it is matched whole by a pattern without a way to run back, at a third of
the time of an XML parser. Where anything else stands, the parser looks at all of it.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import lt
from typing import NamedTuple

from hscb_xl.base.limits import Limits
from hscb_xl.errors import DamagedBook, OverLimit, UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet.strings import TEXT
from hscb_xl.ooxml.xml import tree

_ATTRIBUTES = rb'(?: [\w:]++="[^"<>&]*+")*+'
_ROW = (
    rb'<%(p)srow r="([0-9]{1,7})"%(attributes)s(?:/>|>(?:'
    rb'<%(p)sc r="[A-Z]{1,3}+[0-9]++"(?: s="[0-9]++")?+(?:'
    rb' t="s"><%(p)sv>[0-9]++</%(p)sv></%(p)sc>| ?/>|'
    rb'(?: t="[a-zA-Z]++")?+(?: (?:cm|vm|ph)="[0-9]++")*+ ?(?:/>|>'
    rb"(<%(p)sf%(attributes)s(?:/>|>%(text)s</%(p)sf>))?+"
    rb"(?:<%(p)sv>%(text)s</%(p)sv>)?+"
    rb'(?:<%(p)sis><%(p)st(?: xml:space="preserve")?+>%(text)s</%(p)st></%(p)sis>)?+</%(p)sc>)'
    rb"))*+</%(p)srow>)"
)
_ANY_ATTRIBUTES = rb"""((?:\s(?:[^<>"'/]|"[^"]*+"|'[^']*+'|/(?!>))*+)?+)"""
_TAG = re.compile(rb"<[^\s/>]++" + _ANY_ATTRIBUTES + rb"/?>")
_OPAQUE = re.compile(rb"<[!?]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_NUMBER = re.compile(rb"""\sr\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Row(NamedTuple):
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


class RowIndex(Mapping[int, Row]):
    """The rows of a sheet by number, in the file's order; ``sheet`` is what a message calls it.

    ``has_formulas`` says whether a formula may stand in one. ``odd`` holds the numbers of the rows that are
    written in another way than most, such as with cells that have no reference. Raises UnsafeEdit for rows
    out of order or comments among them, DamagedBook for bytes that are not well-formed.
    """

    def __init__(self, data: bytes, prefix: bytes, sheet: str, limits: Limits | None = None) -> None:
        self.data = data
        self.has_formulas = False
        self.odd: set[int] = set()
        self._sheet = sheet
        self._numbers, self._starts, self._ends = array("I"), array("I"), array("I")
        self._next = 0
        self._is_proven = False
        refuse_many(data, prefix, sheet, limits or Limits())
        self._scan(prefix)
        if not all(map(lt, self._numbers, self._numbers[1:])):
            raise UnsafeEdit(f"{self._sheet} has rows that are out of order: save the file again in Excel.")
        for number in (*self._numbers[:1], *self._numbers[-1:]):
            self._number(b"%d" % number)

    def __getitem__(self, number: int) -> Row:
        row = self.find(number)
        if row is None:
            raise KeyError(number)
        return row

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.find(number) is not None

    def find(self, number: int) -> Row | None:
        """The row of that number, None for one that is not there."""
        at = bisect_left(self._numbers, number)
        there = at < len(self._numbers) and self._numbers[at] == number
        return self._row(at) if there else None

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def place(self, number: int) -> int:
        """The offset where a row of that number belongs."""
        at = bisect_left(self._numbers, number)
        return self._starts[at] if at < len(self._numbers) else len(self.data)

    def span(self, number: int) -> tuple[int, int] | None:
        """Where a row begins and ends, None for one that is not there; quickest row after row."""
        at = self._next
        if at >= len(self._numbers) or self._numbers[at] != number:
            at = bisect_left(self._numbers, number)
            if at == len(self._numbers) or self._numbers[at] != number:
                return None
        self._next = at + 1
        return self._starts[at], self._ends[at]

    def between(self, top: int, bottom: int) -> Iterator[Row]:
        """The rows from ``top`` to ``bottom`` that the file holds."""
        first = bisect_left(self._numbers, top)
        for at in range(first, bisect_left(self._numbers, bottom + 1, first)):
            yield self._row(at)

    def _row(self, at: int) -> Row:
        start, end = self._starts[at], self._ends[at]
        inner = tag_end(self.data, start)
        inner_end = end if inner == end else self.data.rindex(b"</", inner, end)
        return Row(self._numbers[at], start, inner, inner_end, end)

    def _scan(self, prefix: bytes) -> None:
        done = 0
        number, first, last = self._numbers.append, self._starts.append, self._ends.append
        for match in _plain_row(prefix).finditer(self.data):
            start, end = match.span()
            if start != done:
                self._take_others(done, start, prefix)
            number(int(match[1]))
            first(start)
            last(end)
            if match[2] is not None:
                self.has_formulas = True
            done = end
        self._take_others(done, len(self.data), prefix)

    def _take_others(self, start: int, end: int, prefix: bytes) -> None:
        """Take the rows that are written otherwise, if there is anything but space."""
        if not self.data[start:end].strip():
            return
        self._refuse_comments(start, end)
        self._prove()
        done = start
        for match in element_pattern(prefix + b"row").finditer(self.data, start, end):
            self._refuse_between(done, match.start())
            done = match.end()
            given = _NUMBER.search(match[1])
            number = self._number((given[1] or given[2] or b"") if given else b"%d" % (self._last + 1))
            self._numbers.append(number)
            self._starts.append(match.start())
            self._ends.append(match.end())
            self.odd.add(number)
        self._refuse_between(done, end)
        self.has_formulas = self.has_formulas or _FORMULA.search(self.data, start, end) is not None

    def _prove(self) -> None:
        """Have the parser look at all rows, before a pattern looks for an end that may not be there."""
        if not self._is_proven:
            tree.check(b"<rows>", self.data, b"</rows>")
            self._is_proven = True

    def _refuse_comments(self, start: int, end: int) -> None:
        if _OPAQUE.search(self.data, start, end):
            raise UnsafeEdit(f"{self._sheet} holds comments among its cells: save the file again in Excel.")

    def _refuse_between(self, start: int, end: int) -> None:
        if self.data[start:end].strip():
            raise DamagedBook(f"{self._sheet} holds something else among its rows: repair the file in Excel.")

    @property
    def _last(self) -> int:
        return self._numbers[-1] if self._numbers else 0

    def _number(self, given: bytes) -> int:
        if not given.isdigit() or not 1 <= int(given) <= refs.MAX_ROW:
            shown = given.decode(errors="replace")
            raise DamagedBook(f"{self._sheet} has a row {shown!r}: repair the file in Excel.")
        return int(given)


def refuse_many(data: bytes, prefix: bytes, sheet: str, limits: Limits) -> None:
    """Raise OverLimit for more rows in the bytes of a sheet than are read."""
    there = data.count(b"<%srow" % prefix)
    if there > limits.rows:
        raise OverLimit(
            f"{sheet} has {there:,} rows, more than the {limits.rows:,} that are read: delete those that "
            f"are empty, or {limits.raise_rows}."
        )


def tag_end(data: bytes, start: int) -> int:
    """Where a start tag ends: at the first ">" that does not stand in an attribute."""
    tag = _TAG.match(data, start)
    return tag.end() if tag else data.index(b">", start) + 1


@lru_cache(maxsize=64)
def element_pattern(tag: bytes) -> re.Pattern[bytes]:
    """An element of that name with its attributes and, unless it is an empty-element tag, its content."""
    name = re.escape(tag)
    return re.compile(rb"<" + name + _ANY_ATTRIBUTES + rb"(?:/>|>(.*?)</" + name + rb"\s*>)", re.DOTALL)


@lru_cache(maxsize=64)
def _plain_row(prefix: bytes) -> re.Pattern[bytes]:
    parts = {b"p": re.escape(prefix), b"attributes": _ATTRIBUTES, b"text": TEXT}
    return re.compile(_ROW % parts)
