"""Colours: which are left to others, and which are read as what."""

from typing import Any

import pytest

from hscb_xl.engine.looks.colours import rgb

REFUSED = [
    "#abc",
    "red",
    "",
    "#12345g",
    "#1234567",
    (1, 2),
    (1, 2, 256),
    (1, 2, 0.5),
    -1,
    0x1000000,
    None,
    1.5,
]
READ_AS = [
    ("#c00000", (192, 0, 0)),
    ("C00000", (192, 0, 0)),
    ((1, 2, 3), (1, 2, 3)),
    ([1, 2, 3], (1, 2, 3)),
    (0, (0, 0, 0)),
    (0x030201, (1, 2, 3)),
]


@pytest.mark.parametrize("colour", REFUSED, ids=repr)
def test_refused(colour: Any) -> None:
    with pytest.raises(ValueError, match=r"is not a colour: give .*\.$"):
        rgb(colour)


@pytest.mark.parametrize(("colour", "read"), READ_AS, ids=repr)
def test_read_as(colour: Any, read: tuple[int, int, int]) -> None:
    assert rgb(colour) == read
