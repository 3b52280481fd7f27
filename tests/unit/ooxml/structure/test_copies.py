"""Copies of cells: each with its bytes, formulas moved along, and nothing cut."""

import re
from collections.abc import Callable

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.structure import copies
from tests.unit.ooxml import made

RICH = '<c r="A1" s="0" t="inlineStr"><is><r><t>one</t></r><r><rPr><b/></rPr><t> two</t></r></is></c>'
SHARED = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1+1</f><v>1</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/><v>3</v></c></row>'
)


def copied(sheet: SheetPart, area: str, place: str, target: SheetPart | None = None) -> str:
    target = target or sheet
    copies.copy(sheet, refs.area(area), target, refs.area(place))
    return target.data.decode()


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_cell_keeps_its_bytes_under_another_name(prefix: str) -> None:
    cell = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", RICH)
    sheet = made.sheet(f'<{prefix}row r="1">{cell}</{prefix}row>', prefix=prefix)
    text = copied(sheet, "A1", "C5")
    assert f'<{prefix}row r="5">{cell.replace("A1", "C5")}</{prefix}row>' in text
    assert f'<{prefix}row r="1">{cell}</{prefix}row>' in text
    assert sheet.changed == {(5, 3)}


def test_shared_formulas_are_written_out_where_they_are_read_and_where_they_are_covered() -> None:
    sheet = made.sheet(SHARED)
    text = copied(sheet, "A2:A3", "D5")
    assert 'r="D5"><f>E5+1</f></c>' in text
    assert 'r="D6"><f>E6+1</f></c>' in text
    assert SHARED in text
    text = copied(sheet, "G1", "A1")
    assert re.findall(r"<f>(.*?)</f>", text)[:2] == ["B2+1", "B3+1"]
    assert "shared" not in text
    assert sheet.freed == {(1, 1)}


def test_cells_beside_the_place_stay() -> None:
    row = '<row r="2" spans="1:4"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c></row>'
    sheet = made.sheet(f'<row r="1"><c r="A1"><v>9</v></c></row>{row}', before='<dimension ref="A1:C2"/>')
    text = copied(sheet, "A1", "B2:E2")
    cells = "".join(
        f'<c r="{name}2"><v>{n}</v></c>' for name, n in zip("ABCDE", (1, 9, 9, 9, 9), strict=True)
    )
    assert cells in text
    assert '<dimension ref="A1:E2"/>' in text


def test_formats_and_emptiness_are_copied() -> None:
    sheet = made.sheet(
        '<row r="1"><c r="A1" s="2"/></row>'
        '<row r="5"><c r="C5"><v>1</v></c><c r="D5" s="1"><v>2</v></c></row>',
        before='<cols><col min="3" max="4" width="9" style="4"/></cols>',
    )
    text = copied(sheet, "A1:B1", "C5:D5")
    assert '<row r="5"><c r="C5" s="2"/><c r="D5"/></row>' in text


ARRAY = '<row r="2"><c r="A2"><f t="array" ref="A2:A3">B2:B3</f></c></row><row r="3"><c r="A3"/></row>'
MERGED = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
REFUSED: list[tuple[str, Callable[[], SheetPart], str, str, str]] = [
    ("an array", lambda: made.sheet(ARRAY), "A3", "D5", "array formula"),
    ("over an array", lambda: made.sheet(ARRAY), "D5", "A3", "array formula in A3"),
    ("merged cells in part", lambda: made.sheet(after=MERGED), "B1:B4", "D5", "cuts merged cells"),
    ("over merged cells in part", lambda: made.sheet(after=MERGED), "D5", "A1", "would cut merged cells"),
    ("beyond the sheet", lambda: made.sheet(), "A1:A2", "A1048576", "would not fit"),
]


@pytest.mark.parametrize(
    ("make", "area", "place", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_would_be_cut_is_refused(make: Callable[[], SheetPart], area: str, place: str, why: str) -> None:
    sheet = make()
    before = sheet.data
    with pytest.raises(UnsafeEdit, match=rf"^Plan!\S+ in plan\.xlsx {why}|{why}"):
        copied(sheet, area, place)
    assert sheet.data == before


def test_merged_cells_into_a_table_are_refused() -> None:
    sheet = made.sheet(after=MERGED)
    with pytest.raises(UnsafeEdit, match="table"):
        copies.copy(sheet, refs.area("A1:B2"), sheet, refs.area("D5"), [refs.area("D4:F9")])
