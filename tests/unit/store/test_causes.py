"""Why a file cannot be written: what the system said, and what to do about exactly that."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hscb_xl.errors import OutputProblem
from hscb_xl.store.atomic import write_atomically
from hscb_xl.store.causes import not_written

DENIED = (errno.EACCES, "Permission denied")
IN_USE = PermissionError(13, "The process cannot access the file")
IN_USE.winerror = 32  # type: ignore[attr-defined, unused-ignore]  # as Windows gives it

FOLDER = "this user may not write in the folder {folder}; ask whoever looks after it"
CAUSES: list[tuple[Callable[[Path], OSError], str]] = [
    (lambda plan: PermissionError(*DENIED, str(plan)), "this user may not write to the file; ask"),
    (
        lambda plan: PermissionError(*DENIED, str(plan.parent)),
        "this user may not write in the folder {folder};",
    ),
    (lambda _: PermissionError(*DENIED), "this user may not write in the folder {folder};"),
    (lambda _: IN_USE, "close it where it is open"),
    (lambda _: OSError(errno.EIO, "Input/output error"), "close it where it is open, or choose another"),
]


@pytest.mark.parametrize(("problem", "words"), CAUSES)
def test_each_cause_has_its_remedy(tmp_path: Path, problem: Callable[[Path], OSError], words: str) -> None:
    plan = tmp_path / "plan.xlsx"
    plan.touch()
    cause = problem(plan)
    assert str(not_written(plan, cause)).startswith(
        f"{plan} cannot be written ({cause.strerror}): {words.format(folder=tmp_path)}"
    )


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that others reach: those of the tests' own are for one user alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("mode", [0o755, 0o700])
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_this_user_may_not_write_in(shared: Path, mode: int, there: bool) -> None:
    plan = shared / "plans" / "plan.xlsx"
    plan.parent.mkdir()
    if there:
        plan.write_bytes(b"old")
        plan.chmod(0o666)
    plan.parent.chmod(mode)
    os.seteuid(65534)
    try:
        with pytest.raises(OutputProblem, match=r"this user may not write in the folder .*plans; ask who"):
            write_atomically(plan, b"new")
    finally:
        os.seteuid(0)
    assert list(plan.parent.iterdir()) == ([plan] if there else [])
