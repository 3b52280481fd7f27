"""Looks wait until somebody asks, and what was said last holds."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.looks import Look
from tests.unit.ooxml import made

ROWS = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
WHOLE = Area(1, 1, 2, 2)


class Formats:
    """Stands in for a styles part: a number for each look laid over another, and what was asked."""

    def __init__(self) -> None:
        self.made: list[tuple[int, Look]] = []

    def changed(self, style: int, look: Look) -> int:
        self.made.append((style, look))
        return 10 * style + len(self.made)


@pytest.fixture
def sheet() -> SheetPart:
    return made.sheet(ROWS)


def test_several_looks_make_one_format_of_a_cell(sheet: SheetPart) -> None:
    formats = Formats()
    sheet.formats.lay(WHOLE, Look(bold=True), formats.changed)
    sheet.formats.lay(WHOLE, Look(size=9), formats.changed)
    assert (sheet.waits, formats.made) == (True, [])
    both = Look(bold=True, size=9)
    assert list(sheet.formats.of(WHOLE)) == [[11, 2], [2, 2]]
    assert formats.made == [(1, both), (0, both)]


def test_what_is_laid_elsewhere_waits_on(sheet: SheetPart) -> None:
    formats = Formats()
    sheet.formats.lay(Area(2, 1, 2, 2), Look(bold=True), formats.changed)
    assert sheet.formats.at(1, 1) == 1
    assert not formats.made
    sheet.flush()
    assert len(formats.made) == 1
    assert b'<row r="2"><c r="A2" s="1"/><c r="B2" s="1"/></row>' in sheet.data


def test_a_format_given_later_lies_on_top_and_a_look_laid_later_changes_it(sheet: SheetPart) -> None:
    formats = Formats()
    sheet.formats.lay(WHOLE, Look(bold=True), formats.changed)
    sheet.edit(1, 1, Edit(style=5))
    assert sheet.formats.at(1, 1) == 5
    sheet.formats.lay(Area(1, 1, 1, 1), Look(size=9), formats.changed)
    assert sheet.formats.at(1, 1) == 53


def test_looks_that_wait_are_cells_to_be_written_and_can_be_dropped(sheet: SheetPart) -> None:
    formats = Formats()
    sheet.formats.lay(Area(2, 2, 2, 2), Look(bold=True), formats.changed)
    assert list(sheet.waiting(WHOLE)) == [(2, 2)]
    sheet.formats.lay(Area(2, 1, 2, 1), Look(bold=True), formats.changed)
    sheet.forget()
    assert not sheet.waits
    sheet.flush()
    assert sheet.data == made.worksheet(ROWS)


def test_a_look_that_no_workbook_holds_is_refused_at_once(sheet: SheetPart) -> None:
    with pytest.raises(UnsafeEdit, match="a font cannot have 0 points"):
        sheet.formats.lay(WHOLE, Look(size=0), Formats().changed)
    assert not sheet.waits


def test_many_looks_do_not_wait_for_each_other(sheet: SheetPart) -> None:
    formats = Formats()
    for row in range(1, 1_001):
        sheet.formats.lay(Area(row, 1, row, 1), Look(bold=True), formats.changed)
    assert len(formats.made) > 900 / 65
    assert sum(style != 1 for (style,) in sheet.formats.of(Area(1, 1, 1_000, 1))) > 0
