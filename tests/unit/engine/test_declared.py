"""What an object of the engine says of members it has, has not, or whose own code fails."""

import pytest

from hscb_xl.engine.declared import Declared


class Cell(Declared):
    """An object with a member that works, one that is only read, and two with a mistake in them."""

    __slots__ = ("value",)

    @property
    def row(self) -> int:
        """Only read."""
        return 1

    @property
    def wrong(self) -> int:
        """Asks None for something."""
        return None.anything  # type: ignore[attr-defined,no-any-return]

    @wrong.setter
    def wrong(self, value: int) -> None:
        None.anything = value  # type: ignore[attr-defined]


@pytest.fixture
def cell() -> Cell:
    return Cell()


def test_a_member_is_kept(cell: Cell) -> None:
    cell.value = 3
    assert cell.value == 3


@pytest.mark.parametrize("member", ["freeze", "_freeze"])
def test_any_other_is_not_supported(cell: Cell, member: str) -> None:
    with pytest.raises(NotImplementedError, match=rf"^Cell\.{member} is not supported"):
        getattr(cell, member)
    with pytest.raises(NotImplementedError, match=rf"^Cell\.{member} is not supported"):
        setattr(cell, member, True)


def test_what_is_only_read_is_not_set(cell: Cell) -> None:
    with pytest.raises(NotImplementedError, match=r"^Cell\.row is not supported"):
        cell.row = 2  # type: ignore[misc]


def test_a_mistake_inside_a_member_shows_itself(cell: Cell) -> None:
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'anything'"):
        _ = cell.wrong
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'anything'"):
        cell.wrong = 1
