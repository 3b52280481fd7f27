"""A finding: what a check saw, in which cell, how bad it is and what to do."""

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad a finding is; the smaller, the worse."""

    ERROR = 1
    WARNING = 2
    INFO = 3

    @property
    def word(self) -> str:
        """The severity as shown to people: error, warning or info."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says about one cell; ``column`` is a key of ``columns.COLUMNS``.

    ``letter`` is that of the cell's column on the sheet where it is another one than the column of that key.
    """

    rule: str
    severity: Severity
    row: int
    column: str
    message: str
    remedy: str
    no: int | None = None
    letter: str = ""
