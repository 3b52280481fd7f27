"""Writing a file so that a crash leaves the old one or the new one, never half of either."""

import contextlib
import os
import tempfile
from pathlib import Path

from hscb_xl.errors import OutputProblem


def write_atomically(target: Path, data: bytes) -> bool:
    """Make ``target`` hold ``data``; False when it already did and nothing was written.

    The bytes go to a temporary file in the same folder, are flushed to the disk and take the name in one
    step (design, section 5, "Nothing lost"). A missing folder is made. Raises OutputProblem when the
    folder or the file cannot be written; nothing is left behind then. A link stays a link: the file it
    leads to is replaced.
    """
    try:
        target = target.resolve()
        if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).rstrip(".")
        raise OutputProblem(
            f"{target} cannot be written ({reason}): close it where it is open, or choose another folder."
        ) from problem
    return True


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file of this user."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    # Windows has no handle on a folder to flush; there the rename itself is journalled.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network shares refuse to flush a folder
            os.fsync(handle)
    finally:
        os.close(handle)
