"""The sheet Plan: the board's ten columns as its document has them, and ours beside them."""

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from hscb_xl.build.parts import AS_OF_ROW, HEADER_ROW, NOT_YET, name_as_of, new_sheet
from hscb_xl.importer.imported import Imported, ImportedRow
from hscb_xl.plan import look
from hscb_xl.plan.columns import BY_KEY, COLUMNS, Column, keys
from hscb_xl.plan.judgement import STATUSES
from hscb_xl.plan.rag import Rating
from hscb_xl.xlsx.formats import Style, of_column
from hscb_xl.xlsx.sheet import Area, Book, Cell, Head, Sheet
from hscb_xl.xlsx.validation import must_be_date, one_of, suggested, usually

ROWS_TO_GROW = 200  # rows below the table that have their drop-downs ready

LAST_SHEET_ROW = 1_048_576

NOTE_AUTHOR = "Improvement plan"

_LEGEND_ROW = AS_OF_ROW + 1
_FEWEST_LINES = 5  # so that the reason, which the program adds later, fits into any row
_HEADER_HEIGHT = 54  # points: three lines and the filter's button
_NOTE_WIDTH, _NOTE_LINE = 230, 17  # pixels
_NOTE_LINE_LENGTH = 38  # characters that fit into the note's width
_INDEX: Mapping[str, int] = {column.key: index for index, column in enumerate(COLUMNS)}
_LAST_COLUMN = xl_col_to_name(len(COLUMNS) - 1)

_OWN_WORDS = "The table Words on the sheet Lists says what other words mean."
_RATING_HINT = "R, A or G. B only where Settings turn blue ratings on."


def write_plan(book: Book, imported: Imported) -> None:
    """Draw the sheet Plan with everything ``imported`` holds."""
    sheet = new_sheet(book, "Plan", imported.title, NOT_YET)
    name_as_of(book, "Plan")
    _mark(book)
    heads = [
        Head(column.header, column.width, look.HEADERS[column.owner], of_column(column)) for column in COLUMNS
    ]
    rows = [_cells(row) for row in imported.rows]
    area = sheet.table("Plan", HEADER_ROW, 0, heads, rows, fewest_lines=_FEWEST_LINES)
    sheet.raw.set_row(HEADER_ROW, _HEADER_HEIGHT)
    sheet.raw.freeze_panes(area.first, 1)
    _legend(sheet)
    _notes(sheet)
    _validate(sheet, Area(area.top, area.left, area.rows + ROWS_TO_GROW, area.columns))
    sheet.rules(area, look.RULES, _INDEX)
    sheet.page(HEADER_ROW, imported.title)
    # Whole columns, so that rows added below the table are printed too; not written as $A:$T, which the
    # library would make of it, because openpyxl does not read that.
    book.raw.define_name("Plan!_xlnm.Print_Area", f"=Plan!$A$1:${_LAST_COLUMN}${LAST_SHEET_ROW}")


def _cells(row: ImportedRow) -> tuple[Cell, ...]:
    number = row.cells["no"] if row.no is None else row.no
    return tuple(number if column.key == "no" else row.cells.get(column.key) or None for column in COLUMNS)


def _mark(book: Book) -> None:
    """Name the header cells of the program's columns, by which it knows them."""
    for key in keys("program"):
        cell = xl_rowcol_to_cell(HEADER_ROW, _INDEX[key], row_abs=True, col_abs=True)
        book.raw.define_name(BY_KEY[key].mark, f"=Plan!{cell}")


def _legend(sheet: Sheet) -> None:
    """Above each group of columns, who owns it, in the group's colour."""
    owner = None
    for index, column in enumerate(COLUMNS):
        words = None if column.owner == owner else look.OWNER_WORDS[column.owner]
        sheet.put(_LEGEND_ROW, index, words, Style(look.HEADERS[column.owner]))
        owner = column.owner


def _notes(sheet: Sheet) -> None:
    sheet.raw.set_comments_author(NOTE_AUTHOR)
    for index, column in enumerate(COLUMNS):
        if column.owner != "board":
            text = _note(column)
            height = _NOTE_LINE * (2 + len(text) // _NOTE_LINE_LENGTH)
            size = {"width": _NOTE_WIDTH, "height": height, "font_size": 9}
            sheet.raw.write_comment(HEADER_ROW, index, text, size)


def _note(column: Column) -> str:
    if column.owner == "officer":
        return f"{look.OWNER_WORDS['officer']}. {column.note}"
    return f"{look.OWNER_WORDS['program']}; what is typed here is replaced. {column.note}"


def _validate(sheet: Sheet, area: Area) -> None:
    one_of(sheet, area, _INDEX["agreed"], [rating.value for rating in Rating], "RAG Rating", _RATING_HINT)
    usually(sheet, area, _INDEX["status"], STATUSES, "Status", _OWN_WORDS)
    suggested(sheet, area, _INDEX["lead"], "Lead_Names", "Lead")
    suggested(sheet, area, _INDEX["group"], "Group_Names", "Monitoring and Evaluation")
    must_be_date(sheet, area, _INDEX["completed_on"], "Completed On")
    sheet.numbers_are_text(area, _INDEX["para"], _INDEX["reference"])
