"""The main job on the board's plan: ``python3 scripts/run.py [BOOK] [options of hscb-xl run]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

BOOK = environment.ROOT / "workbook" / "ImprovementPlan.xlsm"
AS_OF = "2015-05-12"


def arguments(given: Sequence[str], here: Path) -> list[str]:
    """What hscb-xl is called with: what was given comes last, and so has the last word.

    A workbook of the user's own is judged as of its own settings, not as of the example's day.
    """
    own = bool(given) and not given[0].startswith("-")
    book, options = (Path(given[0]), given[1:]) if own else (BOOK, given)
    out = environment.ROOT / "out"
    day = [] if own else ["--as-of", AS_OF]
    target = ["--out", shown(out, here), "--save-as", shown(out / book.name, here)]
    return ["run", shown(book, here), *day, *target, *options]


def shown(path: Path, here: Path) -> str:
    """The path as short as it can be said in folder ``here``."""
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def main() -> int:
    command = [str(environment.ready()), "-m", "hscb_xl", *arguments(sys.argv[1:], Path.cwd())]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
