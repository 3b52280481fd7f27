"""Plans of any number of rows to measure with: the board's own, repeated, in words of its own.

A text that only repeats packs to nothing, and then inflating it costs nothing either. So texts of the rows
behind the board's are words of its plan in random order, which pack 3.3 to 1; the plan itself packs 3 to 1.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hscb_xl.importer.imported import Imported, ImportedRow

SOURCE = environment.ROOT / "workbook" / "source" / "improvement_plan.txt"
TEXTS = ("action", "progress")


def make(rows: int, path: Path) -> None:
    """A macro workbook with so many actions, always the same."""
    from hscb_xl.build import build
    from hscb_xl.importer import read_document

    source = read_document(SOURCE)
    words = " ".join(row.cells[key] for row in source.rows for key in TEXTS).split()
    chosen = random.Random(rows)
    build(replace(source, rows=tuple(_rows(source, rows, words, chosen)), notes=()), path, as_of=None)


def _rows(source: Imported, count: int, words: list[str], chosen: random.Random) -> Iterator[ImportedRow]:
    for number in range(1, count + 1):
        row = source.rows[(number - 1) % len(source.rows)]
        cells = {**row.cells, "no": f"{number}."}
        if number > len(source.rows):
            for key in TEXTS:
                cells[key] = " ".join(chosen.choices(words, k=len(cells[key].split()) or 1))
        yield replace(row, no=number, cells=cells)
