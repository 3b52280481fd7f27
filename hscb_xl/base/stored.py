"""A question that only a closed workbook has an answer to: which formulas have no value stored with them."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Stored(Protocol):
    """An open book that reads what a file has stored; Excel's own books calculate whatever is asked."""

    def unstored(self, sheet: str, address: str) -> list[tuple[int, int]]:
        """The row and column of each cell of a sheet's range with a formula and no value."""
