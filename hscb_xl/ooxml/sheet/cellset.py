"""A set of cells that stays small for whole columns: a bit for each row instead of a pair of numbers."""

from collections.abc import Iterable, Iterator, MutableSet

Place = tuple[int, int]
"""A row and a column."""

_SHIFT = 12
_LOW = (1 << _SHIFT) - 1


class CellSet(MutableSet[Place]):
    """Cells by row and column, kept as masks of 4,096 rows of one column each."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._masks: dict[Place, int] = {}
        for place in places:
            self.add(place)

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, tuple):
            return False
        row, column = place
        return bool(self._masks.get((row >> _SHIFT, column), 0) >> (row & _LOW) & 1)

    def __iter__(self) -> Iterator[Place]:
        for (high, column), mask in self._masks.items():
            for low in range(mask.bit_length()):
                if mask >> low & 1:
                    yield high << _SHIFT | low, column

    def __len__(self) -> int:
        return sum(mask.bit_count() for mask in self._masks.values())

    def add(self, value: Place) -> None:
        """Have the cell in the set."""
        row, column = value
        key = row >> _SHIFT, column
        self._masks[key] = self._masks.get(key, 0) | 1 << (row & _LOW)

    def discard(self, value: Place) -> None:
        """Have the cell not in the set."""
        if value in self:
            row, column = value
            self._masks[row >> _SHIFT, column] ^= 1 << (row & _LOW)

    def clear(self) -> None:
        """Have no cell in the set."""
        self._masks.clear()

    def update(self, other: "CellSet") -> None:
        """Have all cells of another set in this one, too."""
        for key, mask in other._masks.items():
            self._masks[key] = self._masks.get(key, 0) | mask

    def difference_update(self, places: Iterable[Place]) -> None:
        """Have none of these cells in the set."""
        for place in places:
            self.discard(place)
