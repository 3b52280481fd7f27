"""Files that are whole, flushed, and as private as the ones they replace."""

import errno
import hashlib
import os
import sys
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

_CANNOT_FLUSH = {errno.EACCES, errno.EBADF, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}
"""What network shares and folders that cannot be read answer to a flush: no failure of the disk."""
TEMPORARY = ".tmp"
"""What the names of files end with that are still being written."""
Stamp: TypeAlias = tuple[int, int, int] | None
_ACCESS_LISTS = ("system.posix_acl_access", "system.nfs4_acl")


def mark(target: Path) -> str:
    """What the names of all temporary files beside ``target`` begin with, and nobody else's.

    Short whatever the target's name is; one for names that differ in case or in Unicode composition only,
    because some disks take them for the same.
    """
    name = unicodedata.normalize("NFC", target.name).casefold()
    return f".~hscb_xl-{hashlib.sha256(os.fsencode(name)).hexdigest()[:12]}-"


def write_beside(target: Path, data: bytes, like: Path, within: Path | None = None) -> Path:
    """A temporary file in the folder of ``target`` with ``data`` in it, on the disk.

    It has the permissions of ``like``, those of any new file where that does not exist, and never wider
    ones meanwhile; nobody may open it whom ``within`` keeps out. OSError when it cannot be written; nothing
    is left then.
    """
    handle, name = tempfile.mkstemp(prefix=mark(target), suffix=TEMPORARY, dir=target.parent)
    temporary = Path(name)
    try:
        try:
            _write(handle, data)
            _give_permissions(temporary, like, within)
            _flush(handle)
        finally:
            os.close(handle)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def sweep(target: Path) -> None:
    """Remove the temporary files that a killed process left beside ``target``; only under its lock."""
    for left in left_beside(target, (TEMPORARY,)):
        left.unlink(missing_ok=True)


def left_beside(target: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files of ours beside ``target`` whose names end so."""
    ours = mark(target)
    with os.scandir(target.parent) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(ours)]
    return [target.with_name(name) for name in names if name.endswith(endings)]


def make_folder(folder: Path, like: Path | None = None) -> None:
    """Make a folder and those above it that are missing, each on the disk before anything goes into it.

    New ones let in who may enter the folder ``like``, else whom any new folder of this user lets in.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, like)
    folder.mkdir(exist_ok=True)
    if like is not None and sys.platform != "win32":
        known = like.stat()
        same_group = _give_owner(folder, known)
        folder.chmod(known.st_mode & 0o3777 if same_group else _without_group(known.st_mode))
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder; a file system that has no such thing is taken at its word."""
    # Windows has no handle on a folder to flush; there the rename itself is journalled.
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            _flush(handle)
        finally:
            os.close(handle)
    except OSError as problem:
        if problem.errno not in _CANNOT_FLUSH:
            raise


def stamp(path: Path) -> Stamp:
    """What tells a file from another or a rewritten one without reading it; None where there is none."""
    try:
        known = path.stat()
    except FileNotFoundError:
        return None
    return known.st_ino, known.st_size, known.st_mtime_ns


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _flush(handle: int) -> None:
    """Have the disk itself write what it was given; a Mac leaves it in the disk's memory unless asked."""
    os.fsync(handle)
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # a share has no disk to tell
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)


def _give_permissions(path: Path, like: Path, within: Path | None) -> None:
    if sys.platform == "win32":
        if within is not None or like.exists():
            _copy_windows_list(path, within or like)
    elif not like.exists():
        _set_mode(path, _of_new_files(), within)
    else:
        known = like.stat()
        same_group = _give_owner(path, known)
        mode = known.st_mode & 0o7777 if same_group else _without_group(known.st_mode)
        if _set_mode(path, mode, within):
            _copy_attributes(path, like, lists=same_group)


def _of_new_files() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def hold_within(path: Path, limit: Path) -> None:
    """Take from a file's permissions what those of ``limit`` keep from people; nobody gets more."""
    if sys.platform == "win32":
        _copy_windows_list(path, limit)
    else:
        _set_mode(path, path.stat().st_mode & 0o7777, limit)


def _set_mode(path: Path, mode: int, within: Path | None) -> bool:
    """Give ``path`` a mode, or what the file ``within`` leaves of it; False where it got its access list.

    What a group may do counts only for the same group: where that cannot be given, the file's own gets what
    everybody has. The owner is whoever writes here and keeps all.
    """
    if within is None:
        path.chmod(mode)
        return True
    known = within.stat()
    everybody = known.st_mode & 0o007
    group = known.st_mode & everybody << 3  # what it may do whichever group it is
    grouped = bool(mode & 0o070 & ~group)
    if grouped:
        same_group = _give_owner(path, known)
        group = known.st_mode & 0o070 if same_group else group
        _copy_list(path, within, wanted=same_group)
    allowed = mode & (0o7700 | group | everybody)
    if path.stat().st_mode & 0o7777 != allowed:
        path.chmod(allowed)
    return not grouped


def _give_owner(path: Path, known: os.stat_result) -> bool:
    """Give ``path`` the owner and group of another file; whether it has its group now."""
    if sys.platform != "win32":
        present = path.stat()
        # Only the administrator of a system may give a file away; what is not given stays with this user.
        with suppress(OSError):
            if present.st_gid != known.st_gid:
                os.chown(path, -1, known.st_gid)
        with suppress(OSError):
            if present.st_uid != known.st_uid:
                os.chown(path, known.st_uid, -1)
    return path.stat().st_gid == known.st_gid


def _without_group(mode: int) -> int:
    """``mode`` for a file of another group, which must not get more than everybody has."""
    return mode & 0o707 | mode & (mode & 0o007) << 3


def _copy_attributes(path: Path, like: Path, *, lists: bool) -> None:
    """Give ``path`` the access list and the users' own attributes of ``like``, as Linux keeps them."""
    if sys.platform != "linux":
        return
    wanted, present = _attributes(like), _attributes(path)
    for name in wanted:
        if name.startswith("user.") or (lists and name in _ACCESS_LISTS):
            os.setxattr(path, name, os.getxattr(like, name))
    for name in present:
        # A list that the folder hands to its new files would let in people whom the old file kept out.
        if name == _ACCESS_LISTS[0] and name not in wanted:
            os.removexattr(path, name)


def _copy_list(path: Path, like: Path, *, wanted: bool) -> None:
    """Give ``path`` the access list of ``like``, or take the one away that its folder gave it."""
    if sys.platform != "linux":
        return
    theirs = [name for name in _attributes(like) if wanted and name in _ACCESS_LISTS]
    for name in theirs:
        if name not in _attributes(path) or os.getxattr(path, name) != os.getxattr(like, name):
            os.setxattr(path, name, os.getxattr(like, name))
    if _ACCESS_LISTS[0] in _attributes(path) and _ACCESS_LISTS[0] not in theirs:
        os.removexattr(path, _ACCESS_LISTS[0])


def _attributes(path: Path) -> list[str]:
    if sys.platform == "linux":
        with suppress(OSError):  # a file system without attributes has no access lists either
            return os.listxattr(path)
    return []


def _copy_windows_list(path: Path, like: Path) -> None:
    """Give ``path`` the access list of ``like``; pywin32 comes with xlwings there."""
    import pywintypes
    import win32security

    part = win32security.DACL_SECURITY_INFORMATION
    try:
        win32security.SetFileSecurity(str(path), part, win32security.GetFileSecurity(str(like), part))
    except pywintypes.error as problem:
        raise OSError(errno.EACCES, f"its access list cannot be kept: {problem}") from problem
