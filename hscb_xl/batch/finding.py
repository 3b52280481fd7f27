"""Which files of a folder tree are taken: workbooks, each once, and never through a link."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from hscb_xl.batch import others
from hscb_xl.errors import BookNotFound, OutputProblem
from hscb_xl.store import backups

ENDINGS = (".xlsx", ".xlsm")
OWNER = "~$"
"""What the name of the file begins with by which Excel says who has a workbook open."""

_LINK = "is a link and links are not followed: name the file or folder itself to have it taken"


@dataclass(frozen=True, slots=True)
class Found:
    """A workbook that was found; ``why_not``, read behind "It", is what keeps it from being taken.

    ``failed`` says that plans may be missed because of that.
    """

    path: Path
    why_not: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Patterns:
    """Which files of a folder are wanted, as shell patterns.

    A pattern with a slash is compared with the path below the folder, one without with the file's name and,
    where it excludes, with the name of each folder on the way. A ``*`` goes over slashes.
    """

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()

    def want(self, relative: Path) -> bool:
        """Whether the file at this path below the folder is wanted."""
        names, path = relative.parts, relative.as_posix()
        if any(_fits(path, names, pattern) for pattern in self.exclude):
            return False
        return not self.include or any(_fits(path, names[-1:], pattern) for pattern in self.include)


def _fits(path: str, names: Sequence[str], pattern: str) -> bool:
    return fnmatch(path, pattern) if "/" in pattern else any(fnmatch(name, pattern) for name in names)


def find(paths: Sequence[Path], patterns: Patterns | None = None) -> Iterator[Found]:
    """The workbooks that ``paths`` name and those in the folders among them, in order, each file once.

    Owner files, our own folders and what is no workbook by its ending are passed over; of a workbook of
    another kind it is said why it is not taken. Patterns concern only what stands in folders. Raises
    BookNotFound, before anything is found, for a path that is not there.
    """
    for path in paths:
        if not path.exists():
            raise BookNotFound(f"There is no file or folder {path}: check the name.")
    return _once(found for path in paths for found in _at(path, patterns or Patterns()))


def export_folder(path: Path, paths: Sequence[Path], out: Path) -> Path:
    """Where the exports of the workbook at ``path`` go: below ``out`` as the workbook is below ``paths``.

    The folder has the workbook's whole name, as a Plan.xlsx and a Plan.xlsm may stand side by side.
    """
    tops = [os.path.realpath(each if each.is_dir() else each.parent) for each in paths]
    try:
        common = os.path.commonpath(tops)
    except ValueError:
        raise OutputProblem(
            f"The exports of workbooks on different drives cannot go to {out}: run a batch for each drive."
        ) from None
    return out / os.path.relpath(os.path.realpath(path), common)


def _at(path: Path, patterns: Patterns) -> Iterator[Found]:
    if path.is_dir() and not others.why_not(path):
        yield from _below(path, patterns)
    elif not path.name.startswith(OWNER):
        known = path.suffix.lower() in ENDINGS
        another = others.why_not(path) or "is not an .xlsx or .xlsm file"
        yield Found(path, _no_file(path) if known else another)


def _below(top: Path, patterns: Patterns) -> Iterator[Found]:
    unreadable: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=unreadable.append):
        here = Path(folder)
        links = {name for name in folders if _is_link(here / name)}
        packages = {name for name in folders if others.why_not(here / name)} - links
        folders[:] = sorted(set(folders) - links - packages - {backups.FOLDER})
        yield from (Found(here / name, _LINK) for name in sorted(links))
        for name in sorted([*files, *packages]):
            path = here / name
            another = others.why_not(path)
            if (another or _is_workbook(name)) and patterns.want(path.relative_to(top)):
                yield Found(path, another or _why_not(path))
    for problem in unreadable:
        yield Found(Path(problem.filename), f"cannot be read ({problem.strerror})", failed=True)


def _is_workbook(name: str) -> bool:
    return Path(name).suffix.lower() in ENDINGS and not name.startswith(OWNER)


def _is_link(folder: Path) -> bool:
    """Whether a folder leads elsewhere: a symbolic link or, on Windows, a junction, which only this shows."""
    return os.path.realpath(folder) != os.path.join(os.path.realpath(folder.parent), folder.name)  # noqa: PTH118


def _why_not(path: Path) -> str:
    return _LINK if path.is_symlink() else _no_file(path)


def _no_file(path: Path) -> str:
    """Said of a pipe or a device, which a reader might wait for until the morning."""
    return "" if path.is_file() else "is not a file"


def _once(every: Iterator[Found]) -> Iterator[Found]:
    """Each file once: not again where two paths lead to it, and said so where it has two names."""
    seen: dict[tuple[int, int], Path] = {}
    for found in every:
        if found.why_not:
            yield found
            continue
        first = seen.setdefault(_identity(found.path), found.path)
        if first is found.path:
            yield found
        elif os.path.realpath(first) != os.path.realpath(found.path):
            yield Found(found.path, f"is the same file as {first}")


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:  # it is gone again: whoever opens it will say so
        return (0, hash(path))
    return (status.st_dev, status.st_ino)
