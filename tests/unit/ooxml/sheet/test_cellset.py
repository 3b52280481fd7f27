"""A set of cells agrees with a set of pairs."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.ooxml.sheet.cellset import CellSet

places = st.tuples(st.integers(1, 4), st.integers(1, 4))
sets = st.sets(places)


@given(sets, sets, places)
def test_it_agrees_with_a_set_of_pairs(one: set[tuple[int, int]], other: set[tuple[int, int]], place) -> None:
    cells = CellSet(one)
    assert cells == one
    assert len(cells) == len(one)
    assert bool(cells) is bool(one)
    assert (place in cells) is (place in one)
    assert cells.isdisjoint(other) is one.isdisjoint(other)
    cells.update(CellSet(other))
    assert cells == one | other
    cells.difference_update(other)
    assert cells == one - other
    cells |= {place}
    assert cells == (one - other) | {place}
    cells.clear()
    assert not cells


def test_what_is_no_place_is_not_in_it() -> None:
    assert "A1" not in CellSet([(1, 1)])
