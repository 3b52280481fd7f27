"""Looks that wait over each other are told cell by cell as if each had been laid at once."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.waitinglooks import Layers
from hscb_xl.ooxml.styles.looks import Look, joined

corner = st.tuples(st.integers(1, 6), st.integers(1, 6))
sizes = st.tuples(st.integers(0, 3), st.integers(0, 3))
areas = st.builds(lambda c, s: Area(c[0], c[1], c[0] + s[0], c[1] + s[1]), corner, sizes)
looks = st.sampled_from(
    [Look(bold=True), Look(bold=False), Look(size=9), Look(fill=(1, 2, 3)), Look(no_fill=True)]
)


@given(st.lists(st.tuples(areas, looks), max_size=6))
def test_bands_meet_no_other_and_hold_what_lies_over_each_cell(laid: list[tuple[Area, Look]]) -> None:
    layers = Layers()
    for area, look in laid:
        layers.add(area, look)
    told: dict[tuple[int, int], Look] = {}
    for band, over in layers.bands():
        assert len(over) == band.shape[1]
        for row, column in band.places():
            assert (row, column) not in told
            if look := over[column - band.left]:
                told[row, column] = look
    there: dict[tuple[int, int], list[Look]] = {}
    for area, look in laid:
        for place in area.places():
            there.setdefault(place, []).append(look)
    assert told == {place: joined(over) for place, over in there.items()}
    assert all(layers.meet(area) for area, _ in laid)
    layers.clear()
    assert not list(layers.bands())
