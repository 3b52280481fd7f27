"""One cell: its element read as a value, and a value written as its element."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple, TypeAlias

from hscb_xl.errors import DamagedBook, OverLimit, UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.styles.numberformats import to_serial
from hscb_xl.ooxml.xml.spans import escape_text


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
_NOT_IN_NUMBERS = re.compile(rb"[^-+.0-9eE\s]")
_TIME = re.compile(r"T?[0-9]{2}:")
_VALUE, _INLINE = strings.holding(b"v"), strings.holding(b"is")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?f\s*>)", re.DOTALL)


class Cell(NamedTuple):
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
        found = (_INLINE if kind == b"inlineStr" else _VALUE).search(self.inner) if self.inner else None
        return stated(self.row, self.column, kind, found[1] if found else None, shared)


def stated(row: int, column: int, kind: bytes, raw: bytes | None, shared: Sequence[str]) -> Stored:
    """What a cell of a type holds, ``raw`` being what stands in its value or, in line, in its text."""
    try:
        held = _typed(kind, raw, shared)
    except (ValueError, IndexError):
        raise DamagedBook(
            f"the cell {refs.letters(column)}{row} is damaged; repair the file in Excel."
        ) from None
    if isinstance(held, str) and len(held) > strings.MAX_LENGTH:
        raise OverLimit(
            f"the cell {refs.letters(column)}{row} holds a text of {len(held):,} characters, more than the "
            f"{strings.MAX_LENGTH:,} that a cell can hold: shorten it."
        )
    return held


def _typed(kind: bytes, raw: bytes | None, shared: Sequence[str]) -> Stored:
    if kind == b"inlineStr":
        return strings.plain(raw or b"")
    if raw is None:
        return None
    if kind == b"s":
        return shared[_place(raw)]
    if kind == b"n":
        return _figure(raw) if raw.strip() else None
    text = strings.from_xml(raw)
    if kind == b"b":
        return text.strip() in ("1", "true")
    if kind == b"d":
        return _moment(text.strip())
    return CellError(text) if kind == b"e" else strings.unescape(text)


def _figure(raw: bytes) -> float:
    """A number as XML spells it; ValueError for what only Python takes for one."""
    figure = float(raw)
    if _NOT_IN_NUMBERS.search(raw) or not math.isfinite(figure):
        raise ValueError(f"{raw!r} is no number")
    return figure


def _moment(text: str) -> datetime | float:
    """A moment of ISO 8601; one of a time alone is the part of a day, as other times are."""
    if _TIME.match(text):
        return to_serial(time.fromisoformat(text).replace(tzinfo=None), date1904=False)
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _place(raw: bytes) -> int:
    """A shared text's place in its table; ValueError for a negative one, which Python counts from the end."""
    if not raw.strip().isdigit():
        raise ValueError(f"{raw!r} is no place in a table")
    return int(raw)


def index(raw: bytes) -> int:
    """A format's index as an attribute has it; an empty one is the workbook's normal format."""
    if raw and not raw.isdigit():
        shown = raw.decode(errors="replace")
        raise DamagedBook(f"a cell or row has the format {shown!r}; repair the file in Excel.")
    return int(raw or b"0")


def attributes(raw: bytes) -> dict[bytes, bytes]:
    """The attributes inside a start tag."""
    return {match[1]: match[2] if match[2] is not None else match[3] for match in _ATTRIBUTE.finditer(raw)}


def element(reference: bytes, value: Value, style: int, prefix: bytes, date1904: bool) -> bytes:
    """A cell's element; a text goes in line, so that the shared table stays as it is."""
    format_ = b' s="%d"' % style if style else b""
    return b'<%sc r="%s"%s%s' % (prefix, reference, format_, content(value, prefix, date1904))


def content(value: Value, prefix: bytes, date1904: bool) -> bytes:
    """What stands behind a cell's reference and format: its type, its value and its end tag."""
    if value is None:
        return b"/>"
    if isinstance(value, str):
        text = strings.text_element(value, prefix + b"t")
        return b' t="inlineStr"><%sis>%s</%sis></%sc>' % (prefix, text, prefix, prefix)
    if isinstance(value, Formula):
        return b"%s</%sc>" % (_formula(value, prefix), prefix)
    if isinstance(value, bool):
        return b' t="b"><%sv>%d</%sv></%sc>' % (prefix, value, prefix, prefix)
    figure = number(stored(value, date1904)).encode()
    return b"><%sv>%s</%sv></%sc>" % (prefix, figure, prefix, prefix)


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
