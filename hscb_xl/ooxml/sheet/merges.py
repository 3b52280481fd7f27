"""Merged cells of a sheet: several made one, and one made several again."""

from collections.abc import Iterable, Sequence

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import spans


def merge(sheet: SheetPart, areas: Sequence[Area], tables: Iterable[Area] = ()) -> None:
    """Make one cell of each area; merged cells that lie inside one become part of it.

    Raises UnsafeEdit, and merges nothing, where a value would be hidden and lost, or where merged cells,
    an array formula or a table (``tables`` are the sheet's) lie across.
    """
    wanted = [area for area in areas if area.shape != (1, 1)]
    for area in wanted:
        _refuse(sheet, area, tables)
    held = sheet.merged
    gone = [old for old in held if any(area.covers(old) and area != old for area in wanted)]
    put(sheet, gone, [area for area in wanted if area not in held])


def unmerge(sheet: SheetPart, area: Area) -> None:
    """Make several cells again of all merged ones that lie in or reach into ``area``."""
    put(sheet, [held for held in sheet.merged if held.meets(area)], [])


def put(sheet: SheetPart, gone: Iterable[Area], new: Sequence[Area]) -> None:
    """Take merged areas out of the list and put others in."""
    frame, leaving = sheet.frame, set(gone)
    block = frame.child("mergeCells")
    nodes = block.children if block else []
    left = [node for node in nodes if refs.stated(node.attributes.get("ref", "")) not in leaving]
    if not new and len(left) == len(nodes):
        return
    tag = frame.prefix + b"mergeCell"
    items = b"".join(b'<%s ref="%s"/>' % (tag, area.address.encode()) for area in new)
    if block is None:
        at = frame.place_for("mergeCells")
        frame.replace([(at, at, b'<%ss count="%d">%s</%ss>' % (tag, len(new), items, tag))])
    elif not left and not new:
        frame.replace([(block.start, block.end, b"")])
    else:
        edits = [(node.start, node.end, b"") for node in nodes if node not in left]
        edits += [spans.append_child(frame.data, block, items)] if new else []
        if "count" in block.attributes:
            edits.append(spans.set_attribute(frame.data, block, "count", str(len(left) + len(new))))
        frame.replace(edits)


def _refuse(sheet: SheetPart, area: Area, tables: Iterable[Area]) -> None:
    why = None
    if any(held.meets(area) and not area.covers(held) and not held.covers(area) for held in sheet.merged):
        why = "lies across other merged cells: split those first"
    elif any(held.covers(area) and held != area for held in sheet.merged):
        why = "is part of merged cells: split those first"
    elif any(table.meets(area) for table in tables):
        why = "lies in a table, which takes no merged cells"
    elif any(filled.meets(area) for filled in sheet.grid.filled_areas):
        why = "holds an array formula: clear that first"
    else:
        hidden = [c for c in sheet.cells(area) if c.inner and (c.row, c.column) != (area.top, area.left)]
        if hidden:
            first = f"{refs.letters(hidden[0].column)}{hidden[0].row}"
            why = f"cannot be merged without losing what {first} holds: clear all cells but the first"
    if why:
        raise UnsafeEdit(f"{sheet.where(area.address)} {why}.")
