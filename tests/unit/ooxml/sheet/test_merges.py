"""Merged cells: the list of them, and what may not disappear in one."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet import merges
from hscb_xl.ooxml.sheet.part import SheetPart
from tests.unit.ooxml import made


def merged(sheet: SheetPart, *areas: str) -> list[str]:
    merges.merge(sheet, [refs.area(area) for area in areas])
    return [area.address for area in sheet.merged]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_put_in_and_taken_out_they_leave_the_part_as_it_was(prefix: str) -> None:
    sheet = made.sheet(after=f"<{prefix}phoneticPr/>", prefix=prefix)
    before = sheet.data
    assert merged(sheet, "A1:B2", "D1", "C5:C6") == ["A1:B2", "C5:C6"]
    assert f'<{prefix}mergeCells count="2"><{prefix}mergeCell ref="A1:B2"/>'.encode() in sheet.data
    once = sheet.data
    assert merged(sheet, "A1:B2") == ["A1:B2", "C5:C6"]
    assert sheet.data == once
    merges.unmerge(sheet, refs.area("B2:C5"))
    assert sheet.data == before


def test_the_count_is_kept_where_there_is_one() -> None:
    sheet = made.sheet(after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    assert merged(sheet, "A2:B2") == ["A1:B1", "A2:B2"]
    assert b"count" not in sheet.data
    sheet = made.sheet(
        after='<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    )
    assert merged(sheet, "A1:C1") == ["A2:B2", "A1:C1"]
    assert b'count="2"' in sheet.data


ROW = '<row r="1"><c r="A1"/><c r="B1"><v>1</v></c></row>'
ARRAY = '<row r="1"><c r="A1"><f t="array" ref="A1">1</f><v>1</v></c></row>'
REFUSED = [
    ("a value", ROW, "", "A1:B1", "B1 holds"),
    ("an array", ARRAY, "", "A1:B1", "array formula"),
    ("across others", "", '<mergeCells><mergeCell ref="B1:B9"/></mergeCells>', "A1:B1", "lies across"),
    ("within others", "", '<mergeCells><mergeCell ref="A1:B9"/></mergeCells>', "A1:B1", "is part of"),
]


@pytest.mark.parametrize(
    ("rows", "after", "area", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_nothing_disappears(rows: str, after: str, area: str, why: str) -> None:
    sheet = made.sheet(rows, after=after)
    before = sheet.data
    with pytest.raises(UnsafeEdit, match=rf"^Plan!A1:B1 in plan\.xlsx .*{why}"):
        merged(sheet, "D1:E1", area)
    assert sheet.data == before


def test_a_table_takes_none() -> None:
    with pytest.raises(UnsafeEdit, match="table"):
        merges.merge(made.sheet(), [refs.area("A1:B1")], [refs.area("B1:C9")])
