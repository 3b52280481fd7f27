"""Where a click imports from: from the program's own environment, and from nowhere beside a workbook."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def alone() -> Iterator[None]:
    """Leave out, while a click works, the folder that Python was started in and what was put before it.

    xlwings puts the workbook's folder there, in which anybody who may save a plan can lay a ``json.py``; for
    Python the name of the folder it was started in is ''. A workbook's macros do the same before they import
    this program; those of an earlier version do not. Other people's functions, which may run in the same
    process, find their folders again.
    """
    kept = sys.path[:]
    del sys.path[: kept.index("") + 1 if "" in kept else 0]
    try:
        yield
    finally:
        sys.path[:] = kept
