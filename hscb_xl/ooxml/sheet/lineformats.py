"""Formats of whole rows and columns: of the row or column itself, and of each cell that has one of its own.

A cell that is not there has its row's format, or its column's where the row has none. Where a row and a
column that both have one cross, a cell of its own keeps what both said.
"""

import re
from collections.abc import Callable, Iterator

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula.refs import MAX_COLUMN, MAX_ROW, Area
from hscb_xl.ooxml.package.located import naming_the_sheet
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import spans

MOST = 20_000
"""Rows, or cells where rows and columns cross, that are given formats of their own."""
Restyle = Callable[[int], int]
"""Gives the format that takes the place of one."""
_STYLE = re.compile(rb"""\s(?:s|customFormat)\s*=\s*(?:"[^"]*"|'[^']*')""")
_WIDTH = "9.140625"
"""What Excel writes for a column of the usual width, with Calibri at 11 points."""


def is_lines(area: Area) -> bool:
    """Whether an area is whole rows or whole columns."""
    return area.shape[0] == MAX_ROW or area.shape[1] == MAX_COLUMN


@naming_the_sheet
def formats(sheet: SheetPart, area: Area) -> set[int]:
    """The formats that the cells of whole rows or columns have, those that are not there included."""
    sheet.flush()
    runs = _runs(sheet, area.left, area.right)
    rows = [row.number for row in sheet.grid.between(area.top, area.bottom)]
    found = {style for _, _, style in runs} if area.shape[0] > len(rows) else set()
    for number in rows:
        there = list(sheet.grid.row_cells(sheet.grid.rows[number]))
        columns = {cell.column for cell in there if area.left <= cell.column <= area.right}
        found |= {cell.style for cell in there if cell.column in columns}
        of_row = sheet.grid.row_style(number)
        for low, high, style in runs:
            if sum(low <= column <= high for column in columns) <= high - low:
                found.add(style if of_row is None else of_row)
    return found


@naming_the_sheet
def restyle(sheet: SheetPart, area: Area, change: Restyle) -> None:
    """Give whole rows or columns, and all their cells, the formats that ``change`` makes of theirs."""
    sheet.flush()
    crossings = dict(_crossings(sheet, area))
    if area.shape[0] == MAX_ROW:
        _restyle_columns(sheet, area, change)
    else:
        _restyle_rows(sheet, area, change)
    for cell in sheet.grid.cells(area):
        crossings[cell.row, cell.column] = cell.style
    for (row, column), style in crossings.items():
        sheet.edit(row, column, Edit(style=change(style)))
    if area.shape == (MAX_ROW, MAX_COLUMN):
        tags = {number: sheet.grid.row_style(number) for number in sheet.grid.rows}
        sheet.retag(
            {n: _tagged(sheet.grid.tag(n), change(held)) for n, held in tags.items() if held is not None}
        )


def _crossings(sheet: SheetPart, area: Area) -> Iterator[tuple[tuple[int, int], int]]:
    """The cells that are to be made because a row and a column with formats cross there, with theirs."""
    if area.shape == (MAX_ROW, MAX_COLUMN):
        return
    whole_columns = area.shape[0] == MAX_ROW
    made = 0
    for number in list(sheet.grid.rows) if whole_columns else range(area.top, area.bottom + 1):
        style = sheet.grid.row_style(number)
        if (style is None) == whole_columns:
            continue
        runs = _runs(sheet, area.left, area.right)
        base = runs[-1][2]
        for low, high, of_column in runs if whole_columns or style is None else ():
            if not whole_columns and of_column == base:
                continue
            made += high - low + 1
            if made > MOST:
                raise UnsafeEdit(
                    f"{sheet.where(area.address)} crosses rows or columns with formats of their own in more "
                    f"than {MOST:,} cells: give the cells instead."
                )
            for column in range(low, high + 1):
                yield (number, column), of_column if style is None else style


def _restyle_columns(sheet: SheetPart, area: Area, change: Restyle) -> None:
    frame = sheet.frame
    block, tag = frame.child("cols"), frame.prefix + b"col"
    nodes = frame.items("cols")
    pieces: list[tuple[int, bytes]] = []
    for node in nodes:
        low, high = node.number("min"), node.number("max")
        if high < area.left or area.right < low:
            pieces.append((low, frame.data[node.start : node.end]))
            continue
        for start, end in ((low, area.left - 1), (area.right + 1, high)):
            if start <= end:
                pieces.append((start, _column(tag, {**node.attributes, "min": str(start), "max": str(end)})))
    held = {node.number("min"): node for node in nodes}
    default = frame.child("sheetFormatPr")
    width = (default.attributes.get("defaultColWidth") if default else None) or _WIDTH
    for low, high, style in _runs(sheet, area.left, area.right):
        source = next((n for first, n in held.items() if first <= low <= n.number("max")), None)
        said = dict(source.attributes) if source else {"min": "", "max": "", "width": width}
        ends = {"min": str(low), "max": str(high), "style": str(change(style))}
        if source or change(style) != style:
            pieces.append((low, _column(tag, {**said, **ends})))
    if not pieces:
        return
    xml = b"<%ss>%s</%ss>" % (tag, b"".join(piece for _, piece in sorted(pieces)), tag)
    place = (block.start, block.end) if block else (frame.place_for("cols"),) * 2
    frame.replace([(*place, xml)])


def _restyle_rows(sheet: SheetPart, area: Area, change: Restyle) -> None:
    if area.shape[0] > MOST:
        raise UnsafeEdit(f"{sheet.where(area.address)} is more than {MOST:,} rows: give the cells instead.")
    base = sheet.formats.of_column(MAX_COLUMN)
    grid = sheet.grid
    edits = []
    for number in range(area.top, area.bottom + 1):
        held = grid.row_style(number)
        style = change(base if held is None else held)
        if held is None and style == base:
            continue
        if number in grid.rows:
            row = grid.rows[number]
            edits.append((row.start, row.inner, _tagged(grid.tag(number), style)))
        else:
            at, new = grid.place(number), b'<%srow r="%d" s="%d" customFormat="1"/>'
            edits.append((at, at, new % (grid.prefix, number, style)))
    sheet.rewrite(spans.splice(grid.data, edits))


def _runs(sheet: SheetPart, first: int, last: int) -> list[tuple[int, int, int]]:
    """The columns from ``first`` to ``last`` in runs of one element, or of none, each with its format."""
    found: list[tuple[int, int, int]] = []
    at = first
    for node in sorted(sheet.frame.items("cols"), key=lambda node: node.number("min")):
        low, high = max(node.number("min"), at), min(node.number("max"), last)
        if low > high:
            continue
        if at < low:
            found.append((at, low - 1, 0))
        found.append((low, high, node.number("style", 0)))
        at = high + 1
    return [*found, (at, last, 0)] if at <= last else found


def _tagged(tag: bytes, style: int) -> bytes:
    """The start tag of a row with another format."""
    bare = _STYLE.sub(b"", tag)
    end = len(bare) - (2 if bare.endswith(b"/>") else 1)
    return bare[:end] + b' s="%d" customFormat="1"' % style + bare[end:]


def _column(tag: bytes, attributes: dict[str, str]) -> bytes:
    written = b"".join(
        b' %s="%s"' % (name.encode(), spans.escape_attribute(value)) for name, value in attributes.items()
    )
    return b"<%s%s/>" % (tag, written)
