"""The program's columns made where the table Plan has none of them, and marked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import xlwings as xw
from xlwings.main import Table

from hscb_xl.errors import BadTable
from hscb_xl.plan import columns, look
from hscb_xl.plan.columns import BY_KEY, Kind
from hscb_xl.plan.model import Plan
from hscb_xl.plan.wording import listed
from hscb_xl.tasks.book import ownnames, places, tables
from hscb_xl.tasks.book.owncolumns import KEYS

_MOST = 6
"""How many cells a message names."""
_FORMATS: Mapping[Kind, str] = {"number": "0", "letter": "@", "text": "@"}
"""Number formats; days get theirs when they are written."""
_LONG = "reason"
"""A text that may be long: Excel shows #### for one of more than 255 characters in a cell of format Text."""


def made(book: xw.Book, plan: Plan) -> Plan:
    """The plan with all columns of the program's on its sheet, marked; those that are missing are added.

    They stand behind the table's last column. Raises BadTable, before anything is changed, where the cells
    that they would take hold something, or somebody's formulas stand in those that are there.
    """
    _refuse_formulas(plan)
    missing = tuple(key for key in KEYS if key not in plan.letters)
    if missing:
        letters = {**plan.letters, **_added(tables.named(book)["plan"], missing)}
        plan = replace(plan, letters=letters, unmarked=plan.unmarked + missing)
    mark(book, plan)
    return replace(plan, unmarked=())


def mark(book: xw.Book, plan: Plan) -> None:
    """Mark the program's columns that lack their mark."""
    for key in plan.unmarked:
        cell = f"${plan.letters[key]}${plan.around.header}"
        ownnames.stand(book.sheets[plan.sheet], BY_KEY[key].mark, cell)


def _refuse_formulas(plan: Plan) -> None:
    cells = [plan.address(cell) for cell in plan.around.formulas]
    if cells:
        more = f" and {len(cells) - _MOST} more cells" if len(cells) > _MOST else ""
        holds = "holds a formula" if len(cells) == 1 else "hold formulas"
        raise BadTable(
            f"{', '.join(cells[:_MOST])}{more} {holds} in a column of the program's, which only values go "
            "into: move what you compute to a column of your own, and clear these cells."
        )


def _added(table: Table, missing: Sequence[str]) -> dict[str, str]:
    """Let the table have these columns behind its last one; their letters by key."""
    whole, sheet = table.range, table.parent
    top, left, (height, width) = whole.row, whole.column, whole.shape
    first = left + width
    _refuse_taken(table, first, missing)
    taken = tables.headers(table)
    table.resize(places.block(sheet, top, left, height, width + len(missing)))
    letters = {}
    for column, key in enumerate(missing, start=first):
        header = columns.free_header(BY_KEY[key], taken)
        taken.append(header)
        _draw(sheet, key, header, (top, column, height))
        letters[key] = columns.letters(column)
    return letters


def _draw(sheet: xw.Sheet, key: str, header: str, place: tuple[int, int, int]) -> None:
    """A column as a new workbook has it; ``place`` is its top row, its place and how many rows it has."""
    top, column, height = place
    whole = places.block(sheet, top, column, height)
    whole.wrap_text = True
    whole.vertical_alignment = "top"
    whole.font.size = look.BODY_SIZE
    whole.borders.set(line_style="continuous", weight="thin", color=look.GRID)
    whole.column_width = BY_KEY[key].width
    head, body = whole[0], places.block(sheet, top + 1, column, height - 1)
    head.value = header
    colours = look.HEADERS["program"]
    head.color, head.font.color, head.font.bold = colours.fill, colours.font, colours.bold
    kind = BY_KEY[key].kind
    if kind in _FORMATS and key != _LONG:
        body.number_format = _FORMATS[kind]
    if kind != "text":
        body.horizontal_alignment = "center"


def _refuse_taken(table: Table, first: int, missing: Sequence[str]) -> None:
    sheet, (top, height) = table.parent, (table.range.row, table.range.shape[0])
    names = listed([BY_KEY[key].header for key in missing])
    if first + len(missing) - 1 > places.LAST_COLUMN:
        raise BadTable(
            f"The sheet {sheet.name} has no room for {names} behind the table Plan: move the table."
        )
    wanted = places.block(sheet, top, first, height, len(missing))
    cells = [
        f"{sheet.name}!{columns.letters(first + offset)}{row}"
        for row, line in enumerate(tables.rows_of(wanted.formula), start=top)
        for offset, text in enumerate(line)
        if text not in (None, "")
    ]
    others = (other for other in sheet.tables if other.name != table.name)
    cells += [f"the table {other.name}" for other in others if _meet(other.range, wanted)]
    if wanted.merge_cells is not False:
        cells.append("merged cells")
    if cells:
        shown = listed(cells[:_MOST]) + (f" and {len(cells) - _MOST} more" if len(cells) > _MOST else "")
        raise BadTable(
            f"The program's {'column' if len(missing) == 1 else 'columns'} {names} "
            f"{'goes' if len(missing) == 1 else 'go'} behind the last column of the table Plan, into "
            f"{sheet.name}!{wanted.get_address(False, False)}, where something is in the way: {shown}. "
            "Move it elsewhere, and run again."
        )


def _meet(one: xw.Range, other: xw.Range) -> bool:
    heights, widths = (one.shape[0], other.shape[0]), (one.shape[1], other.shape[1])
    return (
        one.row < other.row + heights[1]
        and other.row < one.row + heights[0]
        and one.column < other.column + widths[1]
        and other.column < one.column + widths[0]
    )
