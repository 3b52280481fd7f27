"""Two files that change places in one step, where the system has such a step.

Linux has it as ``renameat2``, the Mac as ``renamex_np``; many network shares, and Windows, have none.
``ReplaceFile`` of Windows gives the old file back as well, but in two steps: a crash between them leaves
nothing under the name, and so it is not used.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""What a disk answers that has no such step, and a sandbox (EPERM) that does not know the call."""
_HERE = -100
"""Linux' word for paths that are not relative to an open folder (AT_FDCWD)."""
_FREE, _BOTH = (1, 2) if sys.platform == "linux" else (4, 2)
"""The flags for a name that must be free and for two that change places: RENAME_NOREPLACE or RENAME_EXCL,
RENAME_EXCHANGE or RENAME_SWAP."""

_Rename = Callable[[bytes, bytes, int], int]


def is_known() -> bool:
    """Whether the system has the step; a disk of it may lack it all the same."""
    return _rename() is not None


def exchange(one: Path, other: Path) -> bool:
    """Let each of two files have the other's name; False, and nothing done, where that cannot be one step.

    Raises FileNotFoundError where one of them is not there, OSError where it fails.
    """
    return _done(one, other, _BOTH)


def claim(file: Path, name: Path) -> bool:
    """Give a file a name that nothing has; False, and nothing done, where that cannot be one step.

    Raises FileExistsError where something has the name, OSError where it fails.
    """
    return _done(file, name, _FREE)


def _done(one: Path, other: Path, flag: int) -> bool:
    rename = _rename()
    if rename is None:
        return False
    ctypes.set_errno(0)
    if rename(os.fsencode(one), os.fsencode(other), flag) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


@cache
def _rename() -> _Rename | None:
    """The system's call, None where its library has none: on Windows, and on Linux before 2018."""
    if sys.platform == "linux":
        call = getattr(_library(), "renameat2", None)
        return call and (lambda one, other, flag: call(_HERE, one, _HERE, other, flag))
    if sys.platform == "darwin":
        call = getattr(_library(), "renamex_np", None)
        return call and (lambda one, other, flag: call(one, other, flag))
    return None


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
