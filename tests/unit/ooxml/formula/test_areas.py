"""Cells taken from areas: what is left holds every other cell once, in rectangles."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.ooxml.formula import areas, refs
from hscb_xl.ooxml.formula.refs import Area

SPANS = st.tuples(st.integers(1, 7), st.integers(1, 7)).map(sorted)
AREAS = st.builds(lambda rows, columns: Area(rows[0], columns[0], rows[1], columns[1]), SPANS, SPANS)


def cells(area: Area) -> set[tuple[int, int]]:
    return {(r, c) for r in range(area.top, area.bottom + 1) for c in range(area.left, area.right + 1)}


@given(AREAS, AREAS)
def test_what_is_left_is_every_other_cell_once(area: Area, gone: Area) -> None:
    left = [cells(piece) for piece in areas.minus([area], gone)]
    assert sum(map(len, left)) == len(set().union(*left))
    assert set().union(*left) == cells(area) - cells(gone)


@given(AREAS, AREAS)
def test_a_formula_keeps_what_it_says_of_each_cell_left(area: Area, gone: Area) -> None:
    left = areas.minus([area], gone)
    found = areas.moved(["B2*$C$3"], [area], left) if left else None
    if found:
        corner = left[0]
        expected = f"{refs.letters(2 + corner.left - area.left)}{2 + corner.top - area.top}*$C$3"
        assert found == (expected,)


def test_formulas_without_relative_references_follow_anywhere() -> None:
    held = [refs.area("D1:D9"), refs.area("A5")]
    assert areas.moved(["$A$1>0"], held, [refs.area("A5")]) == ("$A$1>0",)
    assert areas.moved(["A1>0"], held, [refs.area("A5")]) is None


def test_a_list_as_a_file_has_it() -> None:
    assert areas.address(refs.areas("A1:A9 C1:C1")) == "A1:A9 C1"
