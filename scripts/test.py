"""All checks and tests: ``python3 scripts/test.py``; with arguments, pytest alone with these arguments."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy", "--strict", "hscb_xl"),
)


def commands(given: Sequence[str]) -> list[tuple[str, ...]]:
    """The modules to run with their arguments; pytest is last, so that its summary ends the output."""
    if given:
        return [("pytest", *given)]
    return [*CHECKS, ("pytest", "-n", "auto")]


def main() -> int:
    python = str(environment.ready("dev"))
    codes = [
        subprocess.run([python, "-m", *command], cwd=environment.ROOT, check=False).returncode
        for command in commands(sys.argv[1:])
    ]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
