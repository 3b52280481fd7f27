"""References to cells, areas and sheets, read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.errors import DamagedBook
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area

READ = {
    "B7": Area(7, 2, 7, 2),
    "$b$7": Area(7, 2, 7, 2),
    "B7:D9": Area(7, 2, 9, 4),
    "D9:B7": Area(7, 2, 9, 4),
    "B9:D7": Area(7, 2, 9, 4),
    "B:C": Area(1, 2, refs.MAX_ROW, 3),
    "C:B": Area(1, 2, refs.MAX_ROW, 3),
    "$7:9": Area(7, 1, 9, refs.MAX_COLUMN),
    "XFD1048576": Area(refs.MAX_ROW, refs.MAX_COLUMN, refs.MAX_ROW, refs.MAX_COLUMN),
}
NONE = [
    "",
    "7",
    "B",
    "B0",
    "XFE1",
    "A1048577",
    "A1:",
    ":A1",
    "A1 B2",
    "Plan!A1",
    "#REF!",
    "A1:B2:C3",
    "ZZZZ1",
    "0:1",
]


@pytest.mark.parametrize(("text", "area"), READ.items())
def test_read(text: str, area: Area) -> None:
    assert refs.area(text) == area


@pytest.mark.parametrize("text", NONE)
def test_no_reference(text: str) -> None:
    with pytest.raises(ValueError):
        refs.area(text)
    with pytest.raises(DamagedBook):
        refs.stated(text)


areas = st.builds(
    lambda row, column, down, right: Area(row, column, row + down, column + right),
    st.integers(1, 2000), st.integers(1, 800), st.integers(0, 50), st.integers(0, 50),
)  # fmt: skip


@given(areas)
def test_what_is_written_reads_back(area: Area) -> None:
    assert refs.area(area.address) == refs.area(area.absolute) == area
    assert refs.parted(refs.on_sheet("O'Neill's plan", area)) == ("O'Neill's plan", area)


@given(areas, areas)
def test_areas_meet_where_they_share_a_cell(one: Area, other: Area) -> None:
    rows = set(range(one.top, one.bottom + 1)) & set(range(other.top, other.bottom + 1))
    columns = set(range(one.left, one.right + 1)) & set(range(other.left, other.right + 1))
    assert one.meets(other) == bool(rows and columns)
    joined = one.joined(other)
    assert joined.covers(one)
    assert joined.covers(other)
    assert one.covers(other) == (joined == one)


@pytest.mark.parametrize(
    ("sheet", "written"),
    [
        ("Plan", "Plan!$A$1"),
        ("Plan_2.0", "Plan_2.0!$A$1"),
        ("My plan", "'My plan'!$A$1"),
        ("O'Neill", "'O''Neill'!$A$1"),
        ("AB12", "'AB12'!$A$1"),
        ("R1C1", "'R1C1'!$A$1"),
        ("C", "'C'!$A$1"),
        ("2015", "'2015'!$A$1"),
    ],
)
def test_a_sheet_is_quoted_where_need_be(sheet: str, written: str) -> None:
    assert refs.on_sheet(sheet, Area(1, 1, 1, 1)) == written
    assert refs.parted(written) == (sheet, Area(1, 1, 1, 1))
