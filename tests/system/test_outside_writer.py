"""A save beside somebody who saves the same file in another program: no state of theirs is lost."""

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from hscb_xl.errors import BookChanged
from hscb_xl.store import backups, swap
from hscb_xl.store.atomic import write_atomically
from tests.system.outside import named, state

ROUNDS = 800
EVERY_ONE = 10_000
"""Backups that are kept: all of them."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book on a disk on which two files can change places."""
    path, other = tmp_path / "plan.xlsm", tmp_path / "outside.tmp"
    path.write_bytes(state(0))
    other.touch()
    if not swap.exchange(path, other) or not swap.exchange(path, other):
        pytest.skip("the disk of the tests cannot let two files change places")
    return path


def test_every_state_of_theirs_is_in_the_book_or_in_the_backups(
    book: Path, project: Path, record_property: Callable[[str, object], None]
) -> None:
    done = refused = 0
    command = [sys.executable, "-m", "tests.system.outside", str(book), str(ROUNDS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=project) as outside:
        for number in count():
            if outside.poll() is not None:
                break
            try:
                write_atomically(book, b"ours %d " % number, read=book.read_bytes(), keep=EVERY_ONE)
                done += 1
            except BookChanged:
                refused += 1
        theirs = json.loads(outside.stdout.read()) if outside.stdout else []
    found = {named(book.read_bytes()), *(named(backup.path.read_bytes()) for backup in backups.listed(book))}
    taken_out_by_them = {before for _, before in theirs}
    lost = [name for name, _ in theirs if name not in found and name not in taken_out_by_them]
    record_property("saves_of_ours", done)
    record_property("saves_refused", refused)
    print(f"{ROUNDS} saves of theirs, {done} of ours, {refused} of ours refused, {len(lost)} of theirs lost")
    assert outside.returncode == 0
    assert len(theirs) == ROUNDS
    assert min(done, refused) >= 1
    assert lost == []
