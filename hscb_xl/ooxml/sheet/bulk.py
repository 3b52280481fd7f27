"""Many rows read at once: one pattern for all cells of a row, made for the columns that a sheet has.

Cells are told apart by the letters and the row number of their references, so that no value can land in
another's place. A row that is written otherwise does not match, and the rows are read cell by cell.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import lt
from typing import TypeAlias

from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.sheet.grid import Grid
from hscb_xl.ooxml.sheet.strings import SharedStrings

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
_STYLED = rb'(?: s="[0-9]++")?+(?: ?/>|></c>%s)'
_KINDS = {
    "shared": rb'| t="s"><v>([0-9]++)</v></c>',
    "inline": rb'| t="(?:inlineStr"><is>|str">' + _FORMULA + rb")(<[tv][^<>]*+>[^<]*+</[tv]>)(?:</is>)?+</c>",
}
_NUMBER = (
    rb'|(?: s="([0-9]++)")?+(?: t="n")?+>' + _FORMULA + rb"<v>(-?[0-9.]++(?:[eE][-+]?[0-9]{1,2})?+)</v></c>"
)
_ALL = frozenset({"shared", "inline", "number"})

Kinds: TypeAlias = frozenset[str]
"""What stands in the cells of a column: places among the shared texts, texts in line, numbers."""
Layout: TypeAlias = tuple[tuple[int, Kinds | None], ...]
"""The columns that rows may have; None for those that are not read."""
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
    widest: Layout = tuple((c, _ALL if area.left <= c <= area.right else None) for c in columns)
    for layout in (_seen(grid.data, region, widest), widest):
        found = _pattern(layout).findall(grid.data, *region)
        if len(found) == grid.data.count(b"<row ", *region):
            return _checked(area, layout, found, shared, number)
    return None


def _seen(data: bytes, region: tuple[int, int], widest: Layout) -> Layout:
    """The layout with the kinds of cells that stand in the first rows: the fewer, the quicker it is read."""
    end = data.find(b"<row ", region[0] + _SAMPLE, region[1])
    found = _pattern(widest).findall(data, region[0], end if end >= 0 else region[1])
    there = [any(parts) for parts in zip(*found, strict=True)][1:] if found else []
    seen: list[tuple[int, Kinds | None]] = []
    for column, kinds in widest:
        if kinds is not None and there:
            shared, inline, _, figure, *there = there
            kept = {"shared": shared, "inline": inline, "number": figure}
            seen.append((column, frozenset(kind for kind, is_there in kept.items() if is_there)))
        else:
            seen.append((column, kinds))
    return tuple(seen)


def _checked(
    area: Area, layout: Layout, found: Sequence[tuple[bytes, ...]], shared: SharedStrings, number: Number
) -> list[list[object]] | None:
    if not found:
        return Plain(_blank(area))
    if shared.longest > strings.MAX_LENGTH:
        return None
    try:
        return _placed(area, [kinds for _, kinds in layout if kinds is not None], found, shared.texts, number)
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
def _pattern(layout: Layout) -> re.Pattern[bytes]:
    """The pattern of a row; of each column that is read it gives what ``_values`` takes."""
    cells = [_cell(refs.letters(column).encode(), kinds) for column, kinds in layout]
    # A row without groups would be found as bytes and not as a tuple of them: an empty one makes two.
    return re.compile(_ROW % (b"".join(cells) + b"()"))


def _cell(letters: bytes, kinds: Kinds | None) -> bytes:
    if kinds is None:
        return _UNREAD % letters
    texts = b"".join(pattern for kind, pattern in _KINDS.items() if kind in kinds)
    number = _NUMBER if "number" in kinds else b""
    return rb'(?:<c r="%s\1"(?:%s%s))?+' % (letters, _STYLED % texts, number)


def _placed(
    area: Area,
    kinds: Sequence[Kinds],
    found: Sequence[tuple[bytes, ...]],
    texts: Sequence[str],
    number: Number,
) -> list[list[object]]:
    """The rows in their places, empty ones where the file holds none."""
    numbers, *groups = zip(*found, strict=True)
    rows = list(map(int, numbers))
    if rows[0] < area.top or rows[-1] > area.bottom or not all(map(lt, rows, rows[1:])):
        raise ValueError
    parts = iter(groups)
    columns = [_values(texts, number, held, parts, len(rows)) for held in kinds]
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
    texts: Sequence[str], number: Number, kinds: Kinds, parts: Iterator[Sequence[bytes]], count: int
) -> list[object]:
    """One column from the next of what was found, a sequence for each of its kinds and two for numbers."""
    found: list[object] = [None] * count
    if "shared" in kinds:
        found = _looked_up(texts, next(parts))
    if "inline" in kinds:
        for at, raw in enumerate(next(parts)):
            if raw:
                found[at] = _text(raw)
    if "number" in kinds:
        for at, (style, figure) in enumerate(zip(next(parts), next(parts), strict=True)):
            if figure:
                found[at] = number(float(figure), int(style or b"0"))
    return found


def _looked_up(texts: Sequence[str], places: Sequence[bytes]) -> list[object]:
    """The texts at some places, nothing where there is no place."""
    empty = places.count(b"")
    if not empty:
        return list(map(texts.__getitem__, map(int, places)))
    if empty < len(places) // 2:
        return [texts[int(place)] if place else None for place in places]
    found: list[object] = [None] * len(places)
    for at, place in enumerate(places):
        if place:
            found[at] = texts[int(place)]
    return found


def _text(element: bytes) -> str:
    """The text of an element that holds nothing else; ValueError for one that no cell can hold."""
    text = strings.unescape(strings.from_xml(element[element.index(b">") + 1 : element.rindex(b"<")]))
    if len(text) > strings.MAX_LENGTH:
        raise ValueError
    return text
