"""Columns fitted to what they show: the longest text of its format, and nothing else of the column."""

import pytest

from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet import columns, fitting
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.looks import Look
from hscb_xl.ooxml.styles.styles import Styles
from tests.unit.ooxml import made

ALL = refs.area("A1:Z99")


def styles() -> Styles:
    return Styles(f'<styleSheet xmlns="{made.MAIN}"/>'.encode())


def text(value: str, style: int = 0) -> str:
    return f'<c r="A1" s="{style}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def fitted(cell: str, known: Styles | None = None, after: str = "") -> tuple[SheetPart, float]:
    sheet = made.sheet(f'<row r="1">{cell}</row>', after=after)
    fitting.fit_widths(sheet, known or styles(), ALL)
    once = sheet.data
    fitting.fit_widths(sheet, known or styles(), ALL)
    assert sheet.data == once
    return sheet, columns.width(sheet, 1)


def width(value: str, look: Look | None = None) -> float:
    known = styles()
    return fitted(text(value, known.changed(0, look) if look else 0), known)[1]


def test_longer_larger_and_bolder_texts_need_more_room() -> None:
    assert width("ab") < width("abcd") < width("abcd", Look(bold=True)) < width("abcd", Look(size=20))
    assert width("0123456789") == pytest.approx(10, abs=1)
    assert width("one\nanother line") == pytest.approx(width("another line"))
    assert width("w" * 999) == 255


def test_a_wrapped_text_makes_no_column_wider() -> None:
    assert width("long " * 30, Look(wrap=True)) == pytest.approx(8.43, abs=0.01)


NUMBERS = [
    ("General", "1234.5", 6),
    ("0", "1234.5", 4),
    ("0.00", "1", 4),
    ("#,##0.00", "1234567", 12),
    ("0%", "0.5", 3),
    ("dd/mm/yyyy", "42000", 10),
    ("d mmmm yyyy", "42000", 17),
    ('"day" d', "42000", 6),
]


@pytest.mark.parametrize(("code", "value", "characters"), NUMBERS)
def test_a_number_is_as_long_as_its_format_makes_it(code: str, value: str, characters: int) -> None:
    known = styles()
    style = known.changed(0, Look(number_format=code)) if code != "General" else 0
    _, found = fitted(f'<c r="A1" s="{style}"><v>{value}</v></c>', known)
    assert found == pytest.approx(characters, abs=characters / 4 + 0.5)


def test_what_does_not_count() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    for cell, after in ((text("long " * 9), merged), ('<c r="A1" s="0"/>', "")):
        sheet, _ = fitted(cell, after=after)
        assert b"<cols>" not in sheet.data


def test_a_column_keeps_its_format_and_its_neighbours() -> None:
    sheet = made.sheet(
        f'<row r="1">{text("word")}</row>', before='<cols><col min="1" max="3" width="30" style="7"/></cols>'
    )
    fitting.fit_widths(sheet, styles(), ALL)
    assert sheet.formats.of_column(1) == sheet.formats.of_column(3) == 7
    assert columns.width(sheet, 1) < 10 < columns.width(sheet, 2) == columns.width(sheet, 3)
