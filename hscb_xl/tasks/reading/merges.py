"""Merged cells in a table, found by halving: few questions, however many rows there are."""

from collections.abc import Iterator

from xlwings.main import Table

from hscb_xl.errors import BadTable
from hscb_xl.tasks.book import places

_MOST = 5
"""How many merged areas a message names."""
_Block = tuple[int, int, int, int]
"""The first row and column of some cells, how many rows and how many columns they are."""


def refuse(table: Table) -> None:
    """Raise BadTable where cells of a table are merged, with the address of each merge."""
    whole = table.range
    if whole.merge_cells is False:
        return
    found: list[_Block] = []
    for merge in _merges(table, (whole.row, whole.column, *whole.shape), found):
        found.append(merge)
        if len(found) > _MOST:
            break
    sheet = table.parent
    cells = [f"{sheet.name}!{places.block(sheet, *area).get_address(False, False)}" for area in found[:_MOST]]
    if len(found) == 1:
        shown = f"{cells[0]} holds merged cells, in which rows are lost"
    else:
        more = " and more" if len(found) > _MOST else ""
        shown = f"{', '.join(cells)}{more} hold merged cells, in which rows are lost"
    raise BadTable(
        f"{shown}: unmerge them in Excel (Home, Merge & Center), then fill in the cells "
        "that this leaves empty."
    )


def _merges(table: Table, block: _Block, found: list[_Block]) -> Iterator[_Block]:
    """The merges that reach into a block of cells, downwards; those ``found`` already are passed over."""
    row, column, height, width = block
    if any(_covers(merge, block) for merge in found):
        return
    cells = places.block(table.parent, *block)
    if cells.merge_cells is False:
        return
    if (height, width) == (1, 1):
        area = cells.merge_area
        yield (area.row, area.column, *area.shape)
    elif height > 1:
        upper = height // 2
        yield from _merges(table, (row, column, upper, width), found)
        yield from _merges(table, (row + upper, column, height - upper, width), found)
    else:
        left = width // 2
        yield from _merges(table, (row, column, 1, left), found)
        yield from _merges(table, (row, column + left, 1, width - left), found)


def _covers(merge: _Block, block: _Block) -> bool:
    return all(
        first <= at and at + size <= first + span
        for first, span, at, size in zip(merge[:2], merge[2:], block[:2], block[2:], strict=True)
    )
