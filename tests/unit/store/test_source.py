"""Reading files of other people: only ordinary ones, whole, and never one that changes."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_xl.errors import (
    BookChanged,
    BookLocked,
    BookNotFound,
    NotAWorkbook,
    OutputProblem,
    OverLimit,
)
from hscb_xl.store import source

MOST = 1 << 20
CHANGES: dict[str, Callable[[Path], object]] = {
    "cut short": lambda path: os.truncate(path, 100),
    "grown": lambda path: path.write_bytes(b"x" * 1001),
    "emptied": lambda path: os.truncate(path, 0),
    "written anew": lambda path: (path.write_bytes(b"y" * 1000), os.utime(path, (1, 1))),
}


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"x" * 1000)
    assert source.read(tmp_path / "plan.xlsx", 1000) == b"x" * 1000
    with pytest.raises(OverLimit, match=r"plan\.xlsx has 1 MB, more than"):
        source.read(tmp_path / "plan.xlsx", 999)


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_file_that_changes_while_it_is_read(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"x" * 1000)
    state = os.fstat

    def change_first(number: int) -> os.stat_result:
        found = state(number)
        monkeypatch.setattr(os, "fstat", state)
        CHANGES[change](path)
        return found

    monkeypatch.setattr(os, "fstat", change_first)
    with pytest.raises(BookChanged, match=r"^plan\.xlsx was changed while it was being read: run the"):
        source.read(path, MOST)


def test_a_file_replaced_while_it_is_read_is_the_one_that_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "plan.xlsx", tmp_path / "other.xlsx"
    path.write_bytes(b"x" * 1000)
    other.write_bytes(b"y" * 10)
    state = os.fstat

    def replace_first(number: int) -> os.stat_result:
        if other.exists():
            other.replace(path)
        return state(number)

    monkeypatch.setattr(os, "fstat", replace_first)
    if sys.platform != "win32":  # there the file that is open cannot be replaced
        assert source.read(path, MOST) == b"x" * 1000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_that_takes_the_files_place_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "plan.xlsx")
    monkeypatch.setattr(source, "refuse_unreadable", lambda _: None)
    with pytest.raises(NotAWorkbook, match="is a pipe or a device"):
        source.read(tmp_path / "plan.xlsx", MOST)


def test_where_a_file_or_a_folder_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert source.refuse_place(tmp_path / "a.txt")
    assert not source.refuse_place(tmp_path / "b.txt")
    source.refuse_folder(tmp_path)
    source.refuse_folder(tmp_path / "new")
    with pytest.raises(OutputProblem, match="is a folder, a pipe"):
        source.refuse_place(tmp_path)
    with pytest.raises(OutputProblem, match="is a file, not a folder"):
        source.refuse_folder(tmp_path / "a.txt")
    for refuse in (source.refuse_place, source.refuse_folder):
        with pytest.raises(OutputProblem, match="cannot be written"):
            refuse(tmp_path / ("x" * 300))


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbook, match="is a folder"):
        source.refuse_unreadable(tmp_path)
    with pytest.raises(BookNotFound, match="There is no file"):
        source.refuse_unreadable(tmp_path / "plan.xlsx")
    with pytest.raises(BookNotFound, match="cannot be read"):
        source.refuse_unreadable(tmp_path / ("x" * 300))


ADDRESSES = [
    ("https://x.sharepoint.com/sites/board/a.xlsm", True),
    ("HTTP://d/a.xlsm", True),
    (str(Path("https://x.sharepoint.com/a.xlsm")), True),
    ("https.xlsm", False),
    ("plans/https:a.xlsm", False),
]


@pytest.mark.parametrize(("given", "is_one"), ADDRESSES)
def test_an_address_is_no_path(given: str, is_one: bool) -> None:
    assert source.is_address(given) is is_one
    if is_one:
        with pytest.raises(BookNotFound, match="give the path of the synchronised folder"):
            source.refuse_address(given)
    else:
        source.refuse_address(given)


def test_a_file_that_another_program_keeps_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"x")
    held = PermissionError(13, "The process cannot access the file")
    held.winerror = 32  # type: ignore[attr-defined, unused-ignore]  # as Windows gives it

    def refuse(*_: object) -> int:
        raise held

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(BookLocked, match=r"^plan\.xlsx is open in another program: it was left alone; close"):
        source.read(tmp_path / "plan.xlsx", MOST)
