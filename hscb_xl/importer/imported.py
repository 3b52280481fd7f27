"""A plan as a document gave it: every cell's text as it stands there, and what had to be mended."""

from collections.abc import Mapping
from dataclasses import dataclass

from hscb_xl.plan.model import HistoryNote


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One action: ``cells`` maps each of the board's ten column keys to its text, '' where empty.

    ``no`` is None where the number's cell is no whole number; its text is kept all the same.
    ``line`` is the document's line (1-based) on which the action begins.
    """

    cells: Mapping[str, str]
    no: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole document: its title, the lines of its key, its actions and a note for everything mended."""

    title: str
    key: tuple[str, ...]
    rows: tuple[ImportedRow, ...]
    notes: tuple[HistoryNote, ...]
