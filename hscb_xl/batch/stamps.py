"""What the run before left behind, so that a workbook which nothing has happened to since is not done again.

A stamp is one small file for each workbook in this user's own folder, beside the log: nothing is added to the
plans' folders. It holds digests of the workbook and its exports, the day, what was asked and the program;
where all of them are the same, a run could only write the same bytes. A stamp that cannot be read is none.
"""

import hashlib
import json
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hscb_xl import __version__
from hscb_xl.base import logs
from hscb_xl.batch.records import Record, from_line
from hscb_xl.errors import PlanError
from hscb_xl.store import source

if TYPE_CHECKING:
    from hscb_xl.batch.jobs import Job

_KEPT = 40 * 86_400
"""Seconds after which a stamp that nobody renewed is dropped: its workbook is gone."""
_NO_STAMP = (PlanError, OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError)
"""What comes of a stamp that is none or has no place: a user without a home is a RuntimeError."""


def unchanged(job: "Job") -> Record | None:
    """What the run before said of the workbook, where this one could change nothing; else None."""
    with suppress(*_NO_STAMP):
        said = json.loads(_place(job).read_text(encoding="utf-8"))
        if said["job"] == _asked(job) and said["book"] == digest(source.read(job.path, job.limits.whole)):
            exports = said["exports"].items()
            if all(digest(Path(path).read_bytes()) == known for path, known in exports):
                return from_line(said["record"])
    return None


def leave(job: "Job", book: bytes, exports: Iterable[Path], record: Record) -> None:
    """Note what a run made of the workbook, whose bytes are ``book`` from now on."""
    with suppress(*_NO_STAMP):  # the next run does a little more, that is all
        stamp = {
            "job": _asked(job),
            "book": digest(book),
            "exports": {str(path.resolve()): digest(path.read_bytes()) for path in exports},
            "record": record.line(),
        }
        place = _place(job)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(stamp), encoding="utf-8")


def drop_old() -> None:
    """Drop the stamps of workbooks that no batch has seen for some weeks."""
    oldest = time.time() - _KEPT
    with suppress(*_NO_STAMP):
        for place in _folder().glob("*.json"):
            if place.stat().st_mtime < oldest:
                place.unlink(missing_ok=True)


def digest(data: bytes) -> str:
    """The SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def _folder() -> Path:
    return logs.folder() / "batch"


def _place(job: "Job") -> Path:
    return _folder() / f"{digest(repr(str(job.path.resolve())).encode())[:40]}.json"


def _asked(job: "Job") -> list[Any]:
    """All that a run depends on beside the workbook itself."""
    asked = job.asked
    wanted = [asked.as_of and asked.as_of.isoformat(), asked.amber_window, asked.tolerance]
    out = job.out and repr(str(job.out.resolve()))
    mode = job.path.stat().st_mode  # exports take the workbook's permissions
    return [job.today.isoformat(), *wanted, out, job.protected, mode, _program()]


@cache
def _program() -> str:
    """The program that runs: its version, and its files, which a developer changes without a new one."""
    folder = Path(__file__).parent.parent
    files = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*.py"))
    return digest(repr((__version__, files)).encode())
