"""One cell: its element read as a value, and a value written as its element."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml import refs, strings
from hscb_xl.ooxml.numberformats import to_serial
from hscb_xl.ooxml.spans import escape_text


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value such as #N/A."""

    code: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and the value that stands for it until Excel calculates."""

    text: str
    cached: str | float | None = None


Stored: TypeAlias = str | float | bool | CellError | datetime | None
"""What a cell holds in the file; dates are numbers there, but for the texts that Strict files may have."""
MAX_INTEGER = 2**53
"""The last of the whole numbers that a cell tells apart from both their neighbours."""
Value: TypeAlias = str | float | bool | date | datetime | time | Formula | None
"""What can be written to a cell."""

_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?v\s*>)", re.DOTALL)
_INLINE = re.compile(rb"<(?:\w+:)?is\b[^>]*?>(.*?)</(?:\w+:)?is\s*>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?f\s*>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in a sheet's bytes, from ``start`` to ``end``."""

    row: int
    column: int
    start: int
    end: int
    attributes: dict[bytes, bytes]
    inner: bytes

    @property
    def style(self) -> int:
        """The index of its format."""
        return index(self.attributes.get(b"s", b""))

    @property
    def has_formula(self) -> bool:
        """Whether a formula of any kind stands here."""
        return bool(self.inner) and _FORMULA.search(self.inner) is not None

    @property
    def plain_formula(self) -> str | None:
        """The formula where it is one of this cell alone; None for shared, array and table formulas."""
        match = _FORMULA.search(self.inner)
        if not match or not {b"t", b"ref"}.isdisjoint(attributes(match[1])):
            return None
        return strings.from_xml(match[2] or b"")

    @property
    def formula(self) -> str | None:
        """The text of the formula here, '' where it is written in another cell, None where there is none."""
        match = _FORMULA.search(self.inner)
        return strings.from_xml(match[2] or b"") if match else None

    @property
    def is_rich(self) -> bool:
        """Whether more hangs on the cell than a value: dynamic arrays, linked data types, extensions."""
        return b"cm" in self.attributes or b"vm" in self.attributes or b"extLst" in self.inner

    def value(self, shared: Sequence[str]) -> Stored:
        """What the cell holds, texts from the table ``shared`` where they stand there."""
        kind = self.attributes.get(b"t", b"n")
        if kind == b"inlineStr":
            match = _INLINE.search(self.inner)
            return strings.plain(match[1]) if match else ""
        match = _VALUE.search(self.inner) if self.inner else None
        if not match or match[1] is None:
            return None
        try:
            return _typed(kind, match[1], shared)
        except (ValueError, IndexError):
            raise DamagedBook(
                f"the cell {refs.letters(self.column)}{self.row} is damaged; repair the file in Excel."
            ) from None


def _typed(kind: bytes, raw: bytes, shared: Sequence[str]) -> Stored:
    if kind == b"s":
        return shared[_place(raw)]
    if kind == b"n":
        return float(raw) if raw.strip() else None
    text = strings.from_xml(raw)
    if kind == b"b":
        return text.strip() in ("1", "true")
    if kind == b"d":
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    return CellError(text) if kind == b"e" else strings.unescape(text)


def _place(raw: bytes) -> int:
    """A shared text's place in its table; ValueError for a negative one, which Python counts from the end."""
    if not raw.strip().isdigit():
        raise ValueError(f"{raw!r} is no place in a table")
    return int(raw)


def index(raw: bytes) -> int:
    """A format's index as an attribute has it; an empty one is the workbook's normal format."""
    if raw and not raw.isdigit():
        raise DamagedBook(f"a cell or row has the format {raw.decode()!r}; repair the file in Excel.")
    return int(raw or b"0")


def attributes(raw: bytes) -> dict[bytes, bytes]:
    """The attributes inside a start tag."""
    return {match[1]: match[2] if match[2] is not None else match[3] for match in _ATTRIBUTE.finditer(raw)}


def element(reference: str, value: Value, style: int, prefix: bytes, date1904: bool) -> bytes:
    """A cell's element; a text goes in line, so that the shared table stays as it is."""
    start = b'<%sc r="%s"' % (prefix, reference.encode())
    if style:
        start += b' s="%d"' % style
    end = b"</%sc>" % prefix
    if value is None:
        return start + b"/>"
    if isinstance(value, Formula):
        return start + _formula(value, prefix) + end
    if isinstance(value, str):
        text = strings.text_element(value, prefix + b"t")
        return start + b' t="inlineStr"><%sis>%s</%sis>' % (prefix, text, prefix) + end
    if isinstance(value, bool):
        return start + b' t="b"><%sv>%d</%sv>' % (prefix, value, prefix) + end
    return start + b"><%sv>%s</%sv>" % (prefix, number(stored(value, date1904)).encode(), prefix) + end


def stored(value: Value, date1904: bool) -> Stored:
    """What the file holds for ``value``: days and moments as numbers."""
    if isinstance(value, date | datetime | time):
        try:
            return to_serial(value, date1904)
        except ValueError as problem:
            raise UnsafeEdit(f"{problem}.") from None
    return value.cached if isinstance(value, Formula) else value


def as_written(held: Stored, date1904: bool) -> Stored:
    """What a file holds, a moment that is there as a text as the number that would be written for it."""
    if isinstance(held, datetime):
        try:
            return to_serial(held, date1904)
        except ValueError:  # before Excel's first day; no number is written for it
            return held
    return held


def number(value: Stored) -> str:
    """A number as Excel writes it; UnsafeEdit for one that no cell can hold as it is."""
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise UnsafeEdit(f"{value} has more digits than a cell keeps: write it as a text.")
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise UnsafeEdit(f"{value!r} is not a value that a cell can hold.")
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _formula(value: Formula, prefix: bytes) -> bytes:
    kind = b' t="str"' if isinstance(value.cached, str) else b""
    text = b"<%sf>%s</%sf>" % (prefix, escape_text(value.text), prefix)
    if value.cached is None:
        return kind + b">" + text
    shown = value.cached if isinstance(value.cached, str) else number(value.cached)
    return kind + b">" + text + b"<%sv>%s</%sv>" % (prefix, escape_text(strings.escape(shown)), prefix)
