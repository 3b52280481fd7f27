"""What a book is asked about its protections, whoever has it open."""

from collections.abc import Collection
from typing import Protocol, runtime_checkable


@runtime_checkable
class Guarded(Protocol):
    """A book that knows its protections; names of sheets are compared without regard to capitals."""

    def protected_sheets(self, names: Collection[str]) -> list[str]:
        """Those of these sheets that are protected, as the book calls them and in its order."""

    def has_fixed_structure(self) -> bool:
        """Whether no sheet can be added, renamed or taken away."""
