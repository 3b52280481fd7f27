"""Cells copied to another place of the same workbook: values, formulas, formats and merged cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import literal as formulas
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.references import copied
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import cells, merges, sharedformulas
from hscb_xl.ooxml.sheet.cells import Cell, Formula
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.structure import rows as movedrows
from hscb_xl.ooxml.xml import spans

Written = tuple[int, bytes]
"""A cell's column and its element."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Cells to be copied: the elements of those that are there, the formulas of those that have one."""

    area: Area
    there: dict[tuple[int, int], Cell]
    bytes: dict[tuple[int, int], bytes]
    formulas: dict[tuple[int, int], str]
    styles: list[list[int]]
    merged: list[Area]


def copy(source: SheetPart, area: Area, target: SheetPart, place: Area, tables: Iterable[Area] = ()) -> None:
    """Copy ``area`` to ``place``, as often as it fits in there exactly, else once from its first cell.

    Relative references move with their formulas, whose values are left to Excel to calculate. ``tables`` are
    those of the target's sheet. Raises UnsafeEdit, and copies nothing, where an array formula or merged cells
    would be cut.
    """
    source.flush()
    target.flush()
    landings = list(_landings(area, place))
    whole = landings[0].joined(landings[-1])
    _refuse(source, area, target, whole, tables)
    read = _read(source, area)
    target.rewrite(sharedformulas.written_out(target.grid, lambda group: _meets(group, whole)))
    contents = _others(target, whole)
    for landing in landings:
        for row, written in _landed(read, target, landing):
            contents[row].append(written)
    _note_changes(target, whole, contents)
    target.rewrite(movedrows.rebuilt(target.grid, {row: sorted(line) for row, line in contents.items()}))
    _widen(target, whole)
    gone = [held for held in target.merged if whole.covers(held)]
    merges.put(target, gone, [_carried(m, area, landing) for landing in landings for m in read.merged])


def _landings(area: Area, place: Area) -> Iterator[Area]:
    (rows, columns), (height, width) = area.shape, place.shape
    fits = height % rows == 0 and width % columns == 0
    for top in range(place.top, place.bottom + 1, rows) if fits else (place.top,):
        for left in range(place.left, place.right + 1, columns) if fits else (place.left,):
            yield Area(top, left, top + rows - 1, left + columns - 1)


def _refuse(source: SheetPart, area: Area, target: SheetPart, whole: Area, tables: Iterable[Area]) -> None:
    why = None
    if whole.bottom > refs.MAX_ROW or whole.right > refs.MAX_COLUMN:
        why = "would not fit on the sheet there"
    elif any(filled.meets(area) for filled in source.grid.filled_areas):
        why = "holds an array formula or a what-if table: copy it in Excel"
    elif any(filled.meets(whole) for filled in target.grid.filled_areas):
        why = f"would lie over an array formula in {whole.address}: clear that first"
    elif any(held.meets(area) and not area.covers(held) for held in source.merged):
        why = "cuts merged cells: copy them whole"
    elif any(held.meets(whole) and not whole.covers(held) for held in target.merged):
        why = f"would cut merged cells at {whole.address}: split them first"
    elif any(area.covers(held) for held in source.merged) and any(table.meets(whole) for table in tables):
        why = "has merged cells, which a table does not take"
    elif source.grid.prefix != target.grid.prefix:
        why = f"is written in another way than the sheet {target.title}: save the file in Excel"
    if why:
        raise UnsafeEdit(f"{source.where(area.address)} {why}.")


def _read(source: SheetPart, area: Area) -> _Source:
    grid = source.grid
    there = {(cell.row, cell.column): cell for cell in grid.cells(area)}
    texts = {place: cell.formula or "" for place, cell in there.items() if cell.has_formula}
    for group in sharedformulas.groups(grid):
        texts |= {(m.row, m.column): m.text for m in group if (m.row, m.column) in texts}
    return _Source(
        area,
        there,
        {place: grid.data[cell.start : cell.end] for place, cell in there.items()},
        texts,
        list(source.formats.of(area)),
        [held for held in source.merged if area.covers(held)],
    )


def _meets(group: list[sharedformulas.Member], whole: Area) -> bool:
    return any(whole.holds(member.row, member.column) for member in group)


def _others(target: SheetPart, whole: Area) -> dict[int, list[Written]]:
    """The cells that stay in the rows of an area, by row."""
    contents: dict[int, list[Written]] = {row: [] for row in range(whole.top, whole.bottom + 1)}
    grid = target.grid
    for row in grid.between(whole.top, whole.bottom):
        for cell in grid.row_cells(row):
            if not whole.left <= cell.column <= whole.right:
                contents[row.number].append(
                    (cell.column, _named(target, grid.data[cell.start : cell.end], cell))
                )
    return contents


def _named(target: SheetPart, written: bytes, cell: Cell) -> bytes:
    """A cell that stays, called by its name where it was not."""
    if b"r" in cell.attributes:
        return written
    name = f"{refs.letters(cell.column)}{cell.row}".encode()
    return movedrows.called(written, name, target.grid.prefix + b"c")


def _landed(read: _Source, target: SheetPart, landing: Area) -> Iterator[tuple[int, Written]]:
    """The cells of one copy, by row; those that are empty and look like their column are left out."""
    down, right = landing.top - read.area.top, landing.left - read.area.left
    inherited = [target.formats.of_column(column) for column in range(landing.left, landing.right + 1)]
    for number, styles in enumerate(read.styles, start=read.area.top):
        usual = target.grid.row_style(number + down)
        for column, style in enumerate(styles, start=read.area.left):
            row, to = number + down, column + right
            written = _element(read, target, (number, column), (row, to), style)
            plain = inherited[to - landing.left] if usual is None else usual
            cell = read.there.get((number, column))
            if (cell and cell.inner) or style != plain:
                yield row, (to, written)


def _element(
    read: _Source, target: SheetPart, place: tuple[int, int], to: tuple[int, int], style: int
) -> bytes:
    name = b"%s%d" % (refs.letters(to[1]).encode(), to[0])
    prefix = target.grid.prefix
    if place in read.formulas:
        text = copied(read.formulas[place], to[0] - place[0], to[1] - place[1])
        value = Formula(text, formulas.literal_value(text))
        return cells.element(name, value, style, prefix, target.date1904)
    if place in read.bytes:
        return movedrows.called(read.bytes[place], name, prefix + b"c")
    return cells.element(name, None, style, prefix, target.date1904)


def _note_changes(target: SheetPart, whole: Area, contents: dict[int, list[Written]]) -> None:
    """Say which cells got another value and which lost a formula."""
    for cell in target.grid.cells(whole):
        place = cell.row, cell.column
        if cell.has_formula:
            written = dict(contents[cell.row]).get(cell.column, b"")
            target.freed |= {place} if b"f>" not in written else set()
        target.changed.add(place)
    for row, line in contents.items():
        target.changed |= {(row, column) for column, _ in line if whole.holds(row, column)}


def _widen(target: SheetPart, whole: Area) -> None:
    node = target.frame.child("dimension")
    if node is not None:
        joined = refs.stated(node.attributes.get("ref", "A1")).joined(whole)
        target.frame.replace([spans.set_attribute(target.frame.data, node, "ref", joined.address)])


def _carried(merged: Area, area: Area, landing: Area) -> Area:
    down, right = landing.top - area.top, landing.left - area.left
    return Area(merged.top + down, merged.left + right, merged.bottom + down, merged.right + right)
