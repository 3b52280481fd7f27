"""Where a click imports from: from the program's own environment, and from nowhere beside a workbook."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone() -> Iterator[None]:
    """Leave out, while a click works, the folder that Python was started in and what was put before it.

    xlwings puts the workbook's folder there, in which anybody who may save a plan can lay a ``json.py``, and
    '' for a setting without a value; the last '' is Python's name of the folder it was started in. A
    workbook's macros do the same before they import this program; those of an earlier version do not. Other
    people's functions, which may run in the same process, find their folders again.
    """
    kept = sys.path[:]
    del sys.path[: len(kept) - kept[::-1].index("") if "" in kept else 0]
    try:
        yield
    finally:
        sys.path[:] = kept


def leave_out(book: str) -> None:
    """Look no more into the folder of a workbook, nor into the zip file called like it, until ``alone`` ends.

    Where Python was told not to look into the folder it is started in, nothing tells what was put before it.
    """
    path = Path(book)
    if path.is_absolute():
        places = {os.path.realpath(place) for place in (path.parent, path.with_suffix(".zip"))}
        sys.path[:] = [place for place in sys.path if os.path.realpath(place) not in places]
