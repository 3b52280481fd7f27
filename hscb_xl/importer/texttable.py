"""Reading a plan from a tab-separated text document whose pages break its rows."""

from collections.abc import Sequence
from pathlib import Path

from hscb_xl.importer.encoding import decoded
from hscb_xl.importer.headers import BOARD, table_start
from hscb_xl.importer.imported import Imported, ImportedRow
from hscb_xl.importer.joining import joined
from hscb_xl.importer.lines import Line, numbered
from hscb_xl.importer.pages import Piece, actions
from hscb_xl.plan.model import HistoryNote

_LONGEST_NUMBER = 10
"""Digits with which a text is no action's number any more; Python refuses to read thousands of them."""


def read(path: Path) -> Imported:
    """The plan in the text document at ``path``; raises BadDocument where it cannot be read safely."""
    text, notes = decoded(path)
    lines = numbered(path.name, text)
    start = table_start(lines)
    title, key = _preface(lines[:start])
    rows = [_row(pieces) for pieces in actions(lines[start:])]
    mended = (note for _, row_notes in rows for note in row_notes)
    return Imported(title, key, tuple(row for row, _ in rows), (*notes, *mended))


def _preface(lines: Sequence[Line]) -> tuple[str, tuple[str, ...]]:
    """The title, which is the first line that says something, and all other lines above the table.

    The word "Key:" and the dashes of the key's list are layout and are left out.
    """
    written = [text for line in lines if (text := line.text.strip())]
    key = (text.removeprefix("- ") for text in written[1:] if text.casefold() != "key:")
    return (written[0] if written else "", tuple(key))


def _row(pieces: Sequence[Piece]) -> tuple[ImportedRow, list[HistoryNote]]:
    no = _number(pieces[0].cells["no"])
    cells: dict[str, str] = {}
    notes: list[HistoryNote] = []
    for key in BOARD:
        raw = [(piece.line, piece.cells[key]) for piece in pieces]
        cells[key], mended = joined(raw, no, key)
        notes.extend(mended)
    return ImportedRow(cells, no, pieces[0].line), notes


def _number(text: str) -> int | None:
    """The action's number: "7", "7." or "7)"; anything else ("7a") is a text and no number."""
    digits = text.strip().rstrip(".)")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST_NUMBER else None
