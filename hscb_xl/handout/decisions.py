"""What is to become of each file of an export, decided from what stands in its folder; nothing is done here.

Only a file whose bytes are those of the program's last write there, from the same plan, is replaced or moved.
Everything else is somebody's.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hscb_xl.handout.manifest import Entry

Kind = Literal["nothing", "file", "link", "folder", "other", "unseen"]
Fate = Literal["write", "same", "changed", "unknown", "foreign", "taken", "aside", "stays", "gone"]
"""Of a wanted file: written, the same already, or kept: changed since, not known, another plan's, no file.

Of one that the export no longer holds: to be moved aside, to stay because it was changed, or gone already.
"""

_MOST = 256 << 20
"""Bytes of the largest file that is looked into: no export is as large."""
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands under a name; two names of one file, as disks that know no capitals have, are the same.

    What cannot be looked at is ``unseen``: whoever writes there will hear why.
    """

    kind: Kind
    digest: str = ""
    identity: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to become of one file; ``before`` is the digest of ours that stands there now, '' for none."""

    name: str
    fate: Fate
    before: str = ""


def digest(data: bytes) -> str:
    """The SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def look(folder: Path, names: Iterable[str]) -> dict[str, Seen]:
    """What stands under each of ``names`` in ``folder``."""
    return {name: _seen(folder / name) for name in names}


def books(folder: Path) -> Iterator[Path]:
    """The workbooks in a folder, owner files and links left out; OSError where it cannot be read."""
    if folder.is_dir():
        with os.scandir(folder) as entries:
            yield from (
                Path(entry.path)
                for entry in entries
                if entry.name.lower().endswith((".xlsx", ".xlsm"))
                and not entry.name.startswith("~$")
                and entry.is_file(follow_symlinks=False)
            )


def decide(
    wanted: Mapping[str, str],
    seen: Mapping[str, Seen],
    known: Mapping[str, Entry],
    mine: Collection[str],
    own: str,
) -> tuple[Step, ...]:
    """A step for each of the ``wanted`` files (name, digest), then for those that are no longer wanted.

    ``known`` is the manifest; ``mine`` are the plan that the export is made from, and plans that are no
    longer there, as one that was renamed is: it inherits their files. What is no longer wanted is looked for
    in the export's ``own`` folder alone, and among those plans' files.
    """
    folded = {_folded(name): entry for name, entry in known.items()}
    steps = [
        _of_wanted(name, new, seen[name], known.get(name) or folded.get(_folded(name)), mine)
        for name, new in wanted.items()
    ]
    return (*steps, *_of_left(wanted, seen, known, mine, own))


def _of_wanted(name: str, new: str, there: Seen, entry: Entry | None, mine: Collection[str]) -> Step:
    if there.kind in ("nothing", "unseen"):
        return Step(name, "write")
    if there.kind != "file":
        return Step(name, "taken")
    if there.digest == new:
        return Step(name, "same", new)
    if entry is None:
        return Step(name, "unknown")
    if entry.plan not in mine:
        return Step(name, "foreign")
    if there.digest in entry.digests:
        return Step(name, "write", there.digest)
    return Step(name, "changed")


def _of_left(
    wanted: Collection[str],
    seen: Mapping[str, Seen],
    known: Mapping[str, Entry],
    mine: Collection[str],
    own: str,
) -> Iterator[Step]:
    taken = {seen[name].identity for name in wanted if seen[name].kind == "file"}
    for name, entry in known.items():
        if name in wanted or entry.plan not in mine or not name.startswith(f"{own}/"):
            continue
        there = seen[name]
        if there.kind == "unseen":
            continue
        if there.kind == "nothing" or there.identity in taken:
            yield Step(name, "gone")
        elif there.kind == "file" and there.digest in entry.digests:
            yield Step(name, "aside", there.digest)
        else:
            yield Step(name, "stays")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _seen(path: Path) -> Seen:
    try:
        return _there(path, path.lstat())
    except FileNotFoundError:
        return Seen("nothing")
    except OSError:
        return Seen("unseen")


def _there(path: Path, known: os.stat_result) -> Seen:
    identity = (known.st_dev, known.st_ino)
    if stat.S_ISREG(known.st_mode):
        return Seen("file", _digest_of(path, known), identity)
    kinds: tuple[tuple[Kind, bool], ...] = (
        ("link", stat.S_ISLNK(known.st_mode)),
        ("folder", stat.S_ISDIR(known.st_mode)),
    )
    return Seen(next((kind for kind, fits in kinds if fits), "other"), "", identity)


def _digest_of(path: Path, known: os.stat_result) -> str:
    """The digest of a file, '' for one that is too large to be ours."""
    if known.st_size > _MOST:
        return ""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
