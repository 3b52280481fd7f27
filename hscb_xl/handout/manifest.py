"""What the program last wrote into a folder of exports: ``.hscb_xl/exports.json`` in that folder.

Only a file that still has these bytes may be replaced; whatever else stands there is somebody's. Others can
write to the folder, so that what the file says is data to be doubted: a part of it that is not as we write it
is left out, and then nothing is known of the files that it spoke of.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from hscb_xl.errors import BookChanged, BookNotFound, NotAWorkbook, OutOfTime, OutputProblem, OverLimit
from hscb_xl.store import source
from hscb_xl.store.atomic import write_atomically
from hscb_xl.store.backups import FOLDER

_MOST_BYTES = 8 << 20
_MOST_FILES = 20_000
_LONGEST_NAME = 1_000
_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ELSEWHERE = re.compile(r"/|.*[\\:\x00]", re.DOTALL)
_NOT_IN_NAMES = re.compile(r"[\\:\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that we wrote: the plan that it came from, the SHA-256 of its bytes, and when (UTC, ISO 8601).

    ``plan`` is the workbook's path from the folder of the exports, '' where it has none. Beside the newest
    digest stands the one before it while a file is being replaced, so that it is known after a crash, too.
    """

    plan: str
    digests: tuple[str, ...]
    when: str


def place(folder: Path) -> Path:
    """Where the manifest of a folder of exports lies."""
    return folder / FOLDER / "exports.json"


def read(folder: Path) -> dict[str, Entry] | None:
    """What is known of the files in ``folder``, by their names in it ("/" between folders).

    None where something lies in the manifest's place that is none. OutputProblem where it cannot be read now:
    what is known must not be forgotten for that.
    """
    if _is_link(folder) or not place(folder).exists():
        return {}
    try:
        return _files(json.loads(source.read(place(folder), _MOST_BYTES)))
    except (BookNotFound, BookChanged) as problem:
        raise OutputProblem(str(problem)) from problem
    except OutOfTime:
        raise
    except (NotAWorkbook, OverLimit, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def write(folder: Path, files: Mapping[str, Entry]) -> None:
    """Remember ``files`` and nothing else of ``folder``; OutputProblem or BookLocked where that fails."""
    if _is_link(folder):
        raise OutputProblem(
            f"{place(folder)} or its folder is a link, and nothing is written where it leads: remove it."
        )
    said = {
        name: {"plan": entry.plan, "sha256": list(entry.digests), "written": entry.when}
        for name, entry in sorted(files.items())
    }
    write_atomically(place(folder), json.dumps({"version": _VERSION, "files": said}, indent=1).encode())


def is_name(name: object) -> bool:
    """Whether a text is the name of a file below a folder and of nothing outside it or of our own there."""
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME or _NOT_IN_NAMES.search(name):
        return False
    parts = PurePosixPath(name).parts
    return "/".join(parts) == name and ".." not in parts and parts[0] not in ("/", FOLDER)


def name_of(plan: Path | None, folder: Path) -> str:
    """A plan as the manifest of ``folder`` has it: its path from there, the same on every computer."""
    if plan is None:
        return ""
    try:
        return Path(os.path.relpath(plan.resolve(), folder.resolve())).as_posix()
    except (ValueError, OSError, RuntimeError):  # on another drive, or no path that can be followed
        return plan.as_posix()


def orphaned(folder: Path, entries: Iterable[Entry]) -> frozenset[str]:
    """The plans of ``entries`` that are no longer where they were; their exports may have a new owner.

    Only paths from the folder are looked at: a way to another computer would be tried by opening it.
    """
    plans = {entry.plan for entry in entries if entry.plan and not _ELSEWHERE.match(entry.plan)}
    return frozenset(plan for plan in plans if not _is_there(folder / plan))


def _is_there(plan: Path) -> bool:
    try:
        return plan.exists()
    except (OSError, ValueError):  # it cannot be told, and so it is left to its plan
        return True


def _is_link(folder: Path) -> bool:
    return place(folder).is_symlink() or place(folder).parent.is_symlink()


def _files(said: Any) -> dict[str, Entry]:
    if said["version"] != _VERSION:
        raise ValueError("it is of another version")
    files = said["files"]
    found = {name: _entry(files[name]) for name in list(files)[:_MOST_FILES] if is_name(name)}
    return {name: entry for name, entry in found.items() if entry}


def _entry(said: Any) -> Entry | None:
    plan, digests, when = said["plan"], said["sha256"], said["written"]
    texts = (plan, when, *digests)
    sound = all(isinstance(text, str) and len(text) <= _LONGEST_NAME * 4 for text in texts)
    return Entry(plan, tuple(digests), when) if sound and all(map(_DIGEST.fullmatch, digests)) else None
