"""Why a file cannot be written, and what to do about it."""

import os
from pathlib import Path

from hscb_xl.errors import OutputProblem

_HELD = (32, 33)
"""Windows' error numbers for a file, or a region of it, that another program keeps to itself."""


def is_held(problem: OSError) -> bool:
    """Whether another program has the file open and keeps it to itself."""
    return getattr(problem, "winerror", None) in _HELD


def not_written(target: Path, problem: OSError) -> OutputProblem:
    """The error for a file that the system would not let be written, with the system's own reason in it."""
    reason = (problem.strerror or str(problem)).rstrip(".")
    return OutputProblem(f"{target} cannot be written ({reason}): {_remedy(target, problem)}.")


def _remedy(target: Path, problem: OSError) -> str:
    if not isinstance(problem, PermissionError) or is_held(problem):
        return "close it where it is open, or choose another folder"
    if problem.filename == str(target) and os.path.isfile(target):  # noqa: PTH113  # it raises nothing
        return "this user may not write to the file; ask its owner, or give another name"
    return (
        f"this user may not write in the folder {target.parent}; "
        "ask whoever looks after it, or choose another folder"
    )
