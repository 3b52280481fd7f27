"""All checks and tests: ``python3 scripts/test.py``; with arguments, pytest alone with these arguments."""

from __future__ import annotations

import os
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
    # The long tests stand together in their folders: a worker that has none left takes some of another's.
    return [*CHECKS, ("pytest", "-n", "auto", "--dist", "worksteal")]


def run(command: Sequence[str]) -> int:
    """The exit code of a check. The tests start hundreds of processes; each would compile the program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, cwd=environment.ROOT, env=kept, check=False).returncode


def main() -> int:
    python = str(environment.ready("dev"))
    codes = [run([python, "-m", *command]) for command in commands(sys.argv[1:])]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
