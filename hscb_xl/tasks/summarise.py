"""Summarising: the dashboard's figures and charts on the sheet Summary."""

from collections.abc import Iterator
from itertools import groupby

import xlwings as xw

from hscb_xl.plan import look, summary
from hscb_xl.plan.columns import Owner
from hscb_xl.plan.judgement import Judgement
from hscb_xl.plan.summary import Summary
from hscb_xl.tasks.book import own, places, texts
from hscb_xl.tasks.book.summary_blocks import HEADING, Block, blocks_of, letters_of
from hscb_xl.tasks.rate import as_of_line

WRITES = ("Summary",)
"""The sheets written, by their names or those of their tables."""

_CHART_ROW = 9
_CHART_HEIGHT = 190
_CHARTS = ((HEADING, 1, 390), ("Computed by group", 4, 500))
"""Name, first column and width in points of each chart, in the order of the blocks they show."""
_WIDTHS = (42, 9.5)
_NO_LETTER = (140, 140, 140)


def run(book: xw.Book, judgement: Judgement) -> Summary:
    """Write the figures to the sheet Summary, the charts over them, and return them."""
    figures = summary.summarise(judgement)
    sheet = own.sheet(book, "Summary", "A4", HEADING)
    if sheet["A1"].value is None:
        sheet["A1"].value = "Summary"
    own.say_below_title(sheet, "Summary_AsOf", as_of_line(judgement))
    blocks = blocks_of(figures, judgement.policy)
    area = _wiped(sheet, blocks)
    for block in blocks:
        _write(sheet, block)
    sheet["A1"].column_width = _WIDTHS[0]
    places.block(sheet, 1, 2, width=_columns(blocks) - 1).column_width = _WIDTHS[1]
    area.rows.autofit()
    for block, (name, column, width) in zip(blocks, _CHARTS, strict=False):
        if block.rows:
            _draw(sheet, name, block, len(letters_of(figures, judgement.policy)), (_CHART_ROW, column), width)
    return figures


def _columns(blocks: list[Block]) -> int:
    return max(len(block.headers) for block in blocks)


def _wiped(sheet: xw.Sheet, blocks: list[Block]) -> xw.Range:
    """The cells for the figures, emptied of what an earlier run wrote, which may have been longer."""
    used = sheet.used_range.last_cell
    top = blocks[0].top
    height, width = max(blocks[-1].below, used.row) - top + 1, max(_columns(blocks), used.column)
    area = places.block(sheet, top, 1, height, width)
    area.clear_contents()
    area.clear_formats()
    return area


def _write(sheet: xw.Sheet, block: Block) -> None:
    _write_heading(sheet, block)
    head = places.block(sheet, block.top + 1, 1, width=len(block.headers))
    head.value = block.headers
    _colour_heads(sheet, block)
    if block.rows:
        first, height = block.top + 2, len(block.rows)
        body = places.block(sheet, first, 1, height, len(block.headers))
        texts.put(body, block.rows)
        body.vertical_alignment = "center"
        places.block(sheet, first, 1, height).wrap_text = True
    if block.figures:
        figures = places.block(sheet, block.top + 1, 2, len(block.rows) + 1, block.figures)
        figures.horizontal_alignment = "center"


def _write_heading(sheet: xw.Sheet, block: Block) -> None:
    cell = places.block(sheet, block.top, 1)
    cell.value = block.heading
    cell.font.bold = True
    cell.font.size = 12
    cell.font.color = look.TITLE.font
    for offset, words, _ in block.over:
        places.block(sheet, block.top, 1 + offset).value = words


def _colour_heads(sheet: xw.Sheet, block: Block) -> None:
    """Colour the headers, and the words over them, by whose the columns are, as on the plan."""
    covered = {offset for offset, _, _ in block.over}
    for offset, width, owner in _runs(block.owners):
        height = 2 if offset in covered else 1
        heads = places.block(sheet, block.top + 2 - height, 1 + offset, height, width)
        _colour(heads, look.HEADERS[owner])


def _runs(owners: tuple[Owner, ...]) -> Iterator[tuple[int, int, Owner]]:
    """Columns of one owner that stand side by side: how many from the first, how many, and whose."""
    offset = 0
    for owner, same in groupby(owners):
        width = len(list(same))
        yield offset, width, owner
        offset += width


def _colour(cells: xw.Range, wanted: look.Look) -> None:
    cells.color = wanted.fill
    cells.font.color = wanted.font
    cells.font.bold = wanted.bold


def _draw(sheet: xw.Sheet, name: str, block: Block, letters: int, place: tuple[int, int], width: int) -> None:
    """Show the first figures of a block as stacked bars in the colours of the ratings."""
    source = places.block(sheet, block.top + 1, 1, len(block.rows) + 1, letters + 1)
    if name in sheet.charts:
        chart = sheet.charts[name]
        chart.set_source_data(source, plot_by="columns")
    else:
        chart = sheet.charts.add(
            anchor=sheet.range(place),
            width=width,
            height=_CHART_HEIGHT,
            chart_type="bar_stacked",
            source=source,
            plot_by="columns",
            name=name,
            style=None,
        )
        chart.title = name
        chart.legend.position = "bottom"
    colours = [look.LETTERS[letter].fill for letter in "RAGB"[: letters - 1]]
    for index, colour in enumerate([*colours, _NO_LETTER]):
        chart.series[index].fill_color = colour
