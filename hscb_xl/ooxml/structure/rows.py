"""The rows of a sheet after cells came or went: cells keep their bytes, but for what they are called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs, shifted
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.cells import Cell
from hscb_xl.ooxml.sheet.grid import Grid, Row

Origin = Literal["before", "behind"]
"""Where new cells have their format from: those above or to the left, or those below or to the right."""

_NAMED = rb"""(?<![\w:])r\s*=\s*(?:"[^"]*"|'[^']*')"""
_ATTRIBUTE = re.compile(rb"\s" + _NAMED)
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
_FILLED = re.compile(rb"""(<(?:\w+:)?f\s[^>]*?\bref\s*=\s*["'])([^"']+)""")
_TAG_END = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_FORMAT = (b"s", b"customFormat", b"ht", b"customHeight")


def moved(grid: Grid, move: Move, origin: Origin) -> bytes:
    """The bytes of all rows afterwards; UnsafeEdit where a cell that is not empty would leave the sheet."""
    _refuse_loss(grid, move)
    if shifted.is_whole(move) and move.axis == "rows":
        return _whole_rows(grid, move, origin)
    return _cell_by_cell(grid, move, origin)


def _refuse_loss(grid: Grid, move: Move) -> None:
    if not move.inserting:
        return
    band = shifted.zone(move)
    if move.axis == "rows":
        edge = Area(refs.MAX_ROW - move.count + 1, band.left, refs.MAX_ROW, band.right)
    else:
        edge = Area(band.top, refs.MAX_COLUMN - move.count + 1, band.bottom, refs.MAX_COLUMN)
    for cell in grid.cells(edge):
        if cell.inner:
            where = f"{refs.letters(cell.column)}{cell.row}"
            raise UnsafeEdit(f"{where} is not empty and would be pushed off the sheet: empty it first.")


def _whole_rows(grid: Grid, move: Move, origin: Origin) -> bytes:
    at = grid.place(move.first)
    pieces = [grid.data[:at]]
    if move.inserting:
        pieces += _new_rows(grid, move, origin)
    for row in grid.between(move.first, refs.MAX_ROW):
        place = shifted.place(move, row.number, 1)
        if place:
            pieces.append(_renumbered(grid, row, place[0], move))
    return b"".join(pieces)


def _new_rows(grid: Grid, move: Move, origin: Origin) -> Iterator[bytes]:
    """Rows with the format of the one they have it from, where the file says anything of that."""
    row = grid.rows.find(move.first - 1 if origin == "before" else move.first)
    if row is None:
        return
    attributes = grid.row_attributes(row.number)
    kept = b"".join(b' %s="%s"' % (name, attributes[name]) for name in _FORMAT if name in attributes)
    styled = [(cell.column, cell.attributes[b"s"]) for cell in grid.row_cells(row) if b"s" in cell.attributes]
    prefix = grid.prefix
    for number in range(move.first, move.first + move.count) if kept or styled else ():
        inner = b"".join(_empty(prefix, number, column, style) for column, style in styled)
        yield b'<%srow r="%d"%s>%s</%srow>' % (prefix, number, kept, inner, prefix)


def _empty(prefix: bytes, row: int, column: int, style: bytes) -> bytes:
    return b'<%sc r="%s%d" s="%s"/>' % (prefix, refs.letters(column).encode(), row, style)


def _renumbered(grid: Grid, row: Row, number: int, move: Move) -> bytes:
    """A row as it is, under another number."""
    if number == row.number:
        return grid.data[row.start : row.end]
    tag = called(grid.tag(row.number), b"%d" % number, grid.prefix + b"row")
    inner = _in_one_go(grid, row, number)
    if inner is not None:
        return tag + inner + grid.data[row.inner_end : row.end]
    pieces, done = [tag], row.inner
    for cell in grid.row_cells(row):
        pieces += (grid.data[done : cell.start], _at(grid, cell, number, cell.column, move))
        done = cell.end
    return b"".join((*pieces, grid.data[done : row.end]))


def _in_one_go(grid: Grid, row: Row, number: int) -> bytes | None:
    """The cells of a row under another number where each has its name in front, None where that is not so."""
    inner, tag = grid.data[row.inner : row.inner_end], grid.prefix + b"c"
    named = _named(tag)
    if b"ref" in inner or {found[1] for found in named.findall(inner)} - {b"%d" % row.number}:
        return None
    written, count = named.subn(rb"\g<1>%d" % number, inner)
    return written if count == len(_any(tag).findall(inner)) else None


@lru_cache(maxsize=16)
def _named(tag: bytes) -> re.Pattern[bytes]:
    """A cell up to its name, and the row in that name."""
    return re.compile(rb'(<%s r="[A-Z]{1,3})([0-9]+)(?=")' % re.escape(tag))


@lru_cache(maxsize=16)
def _any(tag: bytes) -> re.Pattern[bytes]:
    """The beginning of any cell."""
    return re.compile(rb"<%s[\s/>]" % re.escape(tag))


def _cell_by_cell(grid: Grid, move: Move, origin: Origin) -> bytes:
    band = shifted.zone(move)
    contents = _contents(grid, move, band)
    for number, column, style in _new_cells(grid, move, origin):
        line = contents.setdefault(number, [])
        line.append((column, _empty(grid.prefix, number, column, style)))
    return rebuilt(grid, contents)


def rebuilt(grid: Grid, contents: Mapping[int, Sequence[tuple[int, bytes]]]) -> bytes:
    """The bytes of all rows with other cells in some of them, each cell given with its column."""
    pieces: list[bytes] = []
    done = 0
    for number in sorted(contents):
        row = grid.rows.find(number)
        start = row.start if row else grid.place(number)
        pieces += (grid.data[done:start], _row(grid, row, number, sorted(contents[number])))
        done = row.end if row else start
    return b"".join((*pieces, grid.data[done:]))


def _contents(grid: Grid, move: Move, band: Area) -> dict[int, list[tuple[int, bytes]]]:
    """The cells that the rows of a band have afterwards, by row."""
    contents: dict[int, list[tuple[int, bytes]]] = {}
    for row in grid.between(band.top, band.bottom):
        contents.setdefault(row.number, [])
        for cell in grid.row_cells(row):
            place = shifted.place(move, cell.row, cell.column)
            if place:
                written = _at(grid, cell, *place, move)
                contents.setdefault(place[0], []).append((place[1], written))
    return contents


def _new_cells(grid: Grid, move: Move, origin: Origin) -> Iterator[tuple[int, int, bytes]]:
    """The row, the column and the format of each new cell that has one."""
    if not move.inserting:
        return
    area = move.area
    step = -1 if origin == "before" else 0
    if move.axis == "rows":
        source = Area(area.top + step, area.left, area.top + step, area.right)
    else:
        source = Area(area.top, area.left + step, area.bottom, area.left + step)
    for cell in grid.cells(source):
        style = cell.attributes.get(b"s", b"")
        for line in range(move.first, move.first + move.count) if style else ():
            yield (line, cell.column, style) if move.axis == "rows" else (cell.row, line, style)


def _row(grid: Grid, row: Row | None, number: int, cells: list[tuple[int, bytes]]) -> bytes:
    prefix, inner = grid.prefix, b"".join(written for _, written in cells)
    if row is None:
        return b'<%srow r="%d">%s</%srow>' % (prefix, number, inner, prefix) if inner else b""
    tag = _SPANS.sub(b"", called(grid.tag(number), b"%d" % number, prefix + b"row"))
    if row.is_empty_tag:
        return tag[:-2].rstrip() + b">%s</%srow>" % (inner, prefix) if inner else tag
    return tag + inner + grid.data[row.inner_end : row.end]


def _at(grid: Grid, cell: Cell, row: int, column: int, move: Move) -> bytes:
    """A cell's bytes in another place; the area of an array formula moves with it."""
    written = grid.data[cell.start : cell.end]
    end = _TAG_END.match(written)
    at = end.end() if end else len(written)
    name = refs.letters(column).encode() + b"%d" % row
    tag = called(written[:at], name, grid.prefix + b"c")
    rest = written[at:]
    return tag + (_FILLED.sub(lambda match: _filled(match, move), rest) if b"ref" in rest else rest)


def _filled(match: re.Match[bytes], move: Move) -> bytes:
    area = refs.stated(match[2].decode())
    after = move.after(area)
    return match[1] + (after or area).address.encode()


def called(tag: bytes, name: bytes, element: bytes) -> bytes:
    """A start tag that says which row or cell it is, whether it did so before or not."""
    written = b' r="%s"' % name
    if _ATTRIBUTE.search(tag):
        return _ATTRIBUTE.sub(lambda _: written, tag, count=1)
    at = 1 + len(element)
    return tag[:at] + written + tag[at:]
