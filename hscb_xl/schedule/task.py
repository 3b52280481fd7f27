"""One nightly task, the same for every system: its name, its hour, the command and what that may write to."""

import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from hscb_xl.base import logs
from hscb_xl.errors import ScheduleProblem

REPORT_NAMES = ("hscb-xl.html", "hscb-xl.jsonl")
"""The files in the folder for reports, written anew each night: for people and for programs."""

HOURS = 8
"""The longest that one night's run may take, in hours; then the system ends it, which harms no file."""

# XML 1.0 has no way to write these, a unit file or a crontab would be cut by them: section 2.2 of XML 1.0.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Task:
    """``command`` starts with the interpreter; ``writes`` are the folders that a run writes to."""

    name: str
    at: time
    command: tuple[str, ...]
    writes: tuple[Path, ...]
    log: Path

    @property
    def folder(self) -> Path:
        """Where the command is run: beside the interpreter, which is there whenever the command is.

        Not among the plans: whoever may write there must not choose what Python imports.
        """
        return Path(self.command[0]).parent


def name_for(plans: Path) -> str:
    """The task's name: a part that a person recognises, and one that no other path shares."""
    path = absolute(plans)
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    known = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].rstrip("-")
    digest = hashlib.sha256(os.path.normcase(path).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return "-".join(part for part in ("hscb-xl", known, digest) if part)


def nightly(plans: Path, at: time, arguments: Sequence[str], writes: Iterable[Path]) -> Task:
    """The task that runs ``batch`` on ``plans`` every day; ScheduleProblem where no system could carry it.

    ``arguments`` are those of batch behind the path. ``-P`` keeps the folder the command is run in off
    the path that Python imports from.
    """
    command = (sys.executable, "-P", "-m", "hscb_xl", "batch", str(absolute(plans)), *arguments)
    log = absolute(logs.folder())
    folders = sorted({log, *(absolute(path) for path in writes)})
    for text in (*command, *map(str, folders)):
        if _UNWRITABLE.search(text):
            raise ScheduleProblem(
                f"{text!r} holds a character that cannot be written into a scheduled task: rename it first."
            )
    return Task(name_for(plans), at, command, tuple(folders), log)


def absolute(path: Path) -> Path:
    """The whole path without "..", as it was given: a link stays a link, wherever it will lead one night."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # pathlib has no way without following links
