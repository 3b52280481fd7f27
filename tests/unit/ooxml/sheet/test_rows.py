"""Heights of rows: no custom ones, everything else of the row kept, and never taller than Excel allows."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.sheet import rows
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.looks import Look
from hscb_xl.ooxml.styles.styles import Styles
from tests.unit.ooxml import made


def fitted(row: str, text: str, look: Look, prefix: str = "") -> tuple[SheetPart, bytes]:
    """The sheet and the start tag of its row, made as tall as one cell's text."""
    styles = Styles(f'<styleSheet xmlns="{made.MAIN}"/>'.encode())
    p, style = prefix, styles.changed(0, look)
    cell = f'<{p}c r="A1" s="{style}" t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>'
    sheet = made.sheet(f"<{p}row {row}>{cell}</{p}row>", prefix=prefix)
    rows.fit_heights(sheet, styles, 1, 9)
    once = sheet.data
    rows.fit_heights(sheet, styles, 1, 9)
    assert sheet.data == once
    return sheet, sheet.grid.tag(1)


LONG = "word " * 400
TALL = Look(wrap=True)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_row_keeps_all_but_its_height(prefix: str) -> None:
    row = "r='1' ht='3' customHeight='1' s='1'\n x14ac:dyDescent='0.3' xmlns:x14ac='u'"
    sheet, tag = fitted(row, LONG, TALL, prefix)
    assert tag == f"<{prefix}row r='1' s='1'\n x14ac:dyDescent='0.3' xmlns:x14ac='u' ht=\"409\">".encode()
    assert b"customHeight" not in sheet.data


def test_more_lines_and_larger_letters_make_a_row_taller() -> None:
    def height(text: str, size: float) -> float:
        sheet, _ = fitted('r="1"', text, Look(wrap=True, size=size))
        return float(sheet.grid.row_attributes(1).get(b"ht", b"15"))

    assert height("word", 11) == 15 < height("word\nword", 11) < height("word\nword", 14) < 409
    assert height("word\nword\nword", 11) - height("word\nword", 11) == pytest.approx(14.3)


@pytest.mark.parametrize("row", ['r="1"', 'r="1" ht="99"', 'r="1" ht="99" customHeight="1"'])
def test_a_row_of_one_line_has_no_height_of_its_own(row: str) -> None:
    assert fitted(row, "word", TALL)[1] == b'<row r="1">'
    assert fitted(row, LONG, Look(wrap=False, bold=True))[1] == b'<row r="1">'


def test_rows_without_texts_and_outside_are_left_alone() -> None:
    xml = '<row r="1" ht="40"><c r="A1"><v>1</v></c></row><row r="2" ht="40"/><row r="30" ht="40"/>'
    sheet = made.sheet(xml)
    rows.fit_heights(sheet, Styles(f'<styleSheet xmlns="{made.MAIN}"/>'.encode()), 1, 9)
    assert sheet.data == made.worksheet(xml)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_heights_are_set_in_rows_that_are_there_and_in_others(prefix: str) -> None:
    p = prefix
    sheet = made.sheet(f'<{p}row r="2" s="1" hidden="1"/><{p}row r="4" ht="9"></{p}row>', prefix=p)
    rows.set_height(sheet, 2, 4, 30.5)
    size = 'ht="30.5" customHeight="1"'
    expected = f'<{p}row r="2" s="1" {size}/><{p}row r="3" {size}/><{p}row r="4" {size}></{p}row>'
    assert sheet.data == made.worksheet(expected, prefix=p)
    rows.set_height(sheet, 2, 4, 30.5)
    assert sheet.data == made.worksheet(expected, prefix=p)


@pytest.mark.parametrize("height", [-1, 409.6])
def test_a_height_that_excel_does_not_know_is_refused(height: float) -> None:
    with pytest.raises(UnsafeEdit, match=r"^row Plan!2:2 in plan\.xlsx cannot be"):
        rows.set_height(made.sheet(), 2, 4, height)
