"""Many rows read at once: one pattern for all cells of a row, made for the columns that a sheet has.

Cells are told apart by the letters and the row number of their references, so that no value can land in
another's place. A row that is written otherwise does not match, and the rows are read cell by cell.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import lt
from typing import TypeAlias

from hscb_xl.ooxml import refs, strings
from hscb_xl.ooxml.grid import Grid
from hscb_xl.ooxml.refs import Area
from hscb_xl.ooxml.strings import SharedStrings

_MAX_COLUMNS = 100
"""A pattern for more columns would take longer to make than the rows take to be read one by one."""
_FEW_ROWS = 50
"""For as many rows a pattern is not worth its making."""
_SAMPLE = 50_000
"""Bytes that are looked through for the columns that rows have."""

_NAMES = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_ROW = rb'<row r="([0-9]{1,7})"[^<>]*+(?:(?<=/)>|>%s</row>)(?=\s*+(?:<row |\Z))'
_FORMULA = rb"(?:<f[^<>]*+(?:(?<=/)>|>[^<]*+</f>))?+"
_UNREAD = (
    rb'(?:<c r="%s\1"[^<>]*+(?:(?<=/)>|>'
    + _FORMULA
    + rb"(?:<v>[^<]*+</v>|<is><t[^<>]*+>[^<]*+</t></is>)?+</c>))?+"
)
_READ = (
    rb'(?:<c r="%s\1"(?:(?: s="[0-9]++")?+(?: ?/>| t="s"><v>([0-9]++)</v></c>'
    rb'| t="(?:inlineStr"><is>|str">' + _FORMULA + rb")(<[tv][^<>]*+>[^<]*+</[tv]>)(?:</is>)?+</c>)"
    rb'|(?: s="([0-9]++)")?+(?: t="n")?+>'
    + _FORMULA
    + rb"(?:<v>(-?[0-9.]++(?:[eE][-+]?[0-9]{1,2})?+)</v>)?+</c>))?+"
)

Number: TypeAlias = Callable[[float, int], object]
"""What a number is read as, given the format of its cell."""


class Plain(list[list[object]]):
    """Values row by row, neither error values nor empty texts among them."""


def read(grid: Grid, area: Area, shared: SharedStrings, number: Number) -> list[list[object]] | None:
    """The values of an area row by row, None where its rows have to be read one by one."""
    region = _region(grid, area)
    if region is None:
        return None
    columns = _columns(grid.data[region[0] : region[0] + _SAMPLE], area)
    if len(columns) > _MAX_COLUMNS:
        return None
    found = _pattern(columns, area.left, area.right).findall(grid.data, *region)
    if len(found) != grid.data.count(b"<row ", *region):
        return None
    try:
        return _placed(area, found, shared.texts, number) if found else Plain(_blank(area))
    except (ValueError, IndexError):  # read one by one, the cell that is damaged gets its name
        return None


def _region(grid: Grid, area: Area) -> tuple[int, int] | None:
    """The bytes of the rows of an area, None for few of them or where an index is needed to find them."""
    if grid.prefix or area.bottom - area.top < _FEW_ROWS:
        return None
    data = grid.data
    start = data.find(b'<row r="%d"' % area.top)
    last = re.compile(rb'<row r="([0-9]{1,7})"').match(data, max(data.rfind(b"<row "), 0))
    if start < 0 or last is None:
        return None
    end = len(data) if int(last[1]) <= area.bottom else data.find(b'<row r="%d"' % (area.bottom + 1), start)
    return (start, end) if end >= 0 else None


def _columns(sample: bytes, area: Area) -> tuple[int, ...]:
    """The columns that a row may have: those to be read and those that stand in the sample."""
    there = {refs.number(name.decode()) for name in set(_NAMES.findall(sample))}
    return tuple(sorted(there.union(range(area.left, area.right + 1))))


@lru_cache(maxsize=32)
def _pattern(columns: tuple[int, ...], left: int, right: int) -> re.Pattern[bytes]:
    """The pattern of a row with cells in some of ``columns``, those from ``left`` to ``right`` read."""
    cells = [
        (_READ if left <= column <= right else _UNREAD) % refs.letters(column).encode() for column in columns
    ]
    return re.compile(_ROW % b"".join(cells))


def _placed(
    area: Area, found: Sequence[tuple[bytes, ...]], texts: Sequence[str], number: Number
) -> list[list[object]]:
    """The rows in their places, empty ones where the file holds none."""
    numbers, *parts = zip(*found, strict=True)
    rows = list(map(int, numbers))
    if rows[0] < area.top or rows[-1] > area.bottom or not all(map(lt, rows, rows[1:])):
        raise ValueError
    columns = [_values(texts, number, *parts[first : first + 4]) for first in range(0, len(parts), 4)]
    lines = map(list, zip(*columns, strict=True))
    kind = list if any("" in column for column in columns) else Plain
    if len(rows) == area.shape[0]:
        return kind(lines)
    placed = _blank(area)
    for row, line in zip(rows, lines, strict=True):
        placed[row - area.top] = line
    return kind(placed)


def _blank(area: Area) -> list[list[object]]:
    height, width = area.shape
    return [[None] * width for _ in range(height)]


def _values(
    texts: Sequence[str],
    number: Number,
    places: Sequence[bytes],
    inline: Sequence[bytes],
    formats: Sequence[bytes],
    figures: Sequence[bytes],
) -> list[object]:
    """One column: a place among the shared texts, a text in line, or a number and its format in each row."""
    found: list[object] = [None] * len(places)
    if any(places):
        found = [texts[int(place)] if place else None for place in places]
    if any(inline):
        for at, raw in enumerate(inline):
            if raw:
                found[at] = _text(raw)
    if any(figures):
        for at, figure in enumerate(figures):
            if figure:
                found[at] = number(float(figure), int(formats[at] or b"0"))
    return found


def _text(element: bytes) -> str:
    """The text of an element that holds nothing else."""
    return strings.unescape(strings.from_xml(element[element.index(b">") + 1 : element.rindex(b"<")]))
