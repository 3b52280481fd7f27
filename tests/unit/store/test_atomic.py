"""A file is replaced in one step, or left as it was with nothing beside it."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_xl.errors import BookChanged, BookLocked, OutputProblem
from hscb_xl.store import disk, locks
from hscb_xl.store.atomic import write_atomically

LONG_AGO = 1_431_426_600


def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    target = tmp_path / "2015" / "May" / "plan.xlsx"
    assert write_atomically(target, b"new") is True
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"same")
    os.utime(target, (LONG_AGO, LONG_AGO))
    assert write_atomically(target, b"same") is False
    assert target.stat().st_mtime == LONG_AGO
    assert write_atomically(target, b"sama") is True
    assert target.read_bytes() == b"sama"
    assert target.stat().st_mtime > LONG_AGO


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
@pytest.mark.parametrize("mode", [0o640, 0o664, 0o600])
def test_the_permissions_of_a_file_stay(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    target.chmod(mode)
    write_atomically(target, b"new")
    assert target.stat().st_mode & 0o777 == mode


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_atomically(tmp_path / "plan.xlsx", b"new")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(mask)
    assert (tmp_path / "plan.xlsx").stat().st_mode & 0o777 == 0o640


def refusing(problem: BaseException) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise problem

    return refuse


@pytest.mark.parametrize("owner", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: str
) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(owner, refusing(OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(OutputProblem) as raised:
        write_atomically(target, b"new")
    assert str(raised.value) == (
        f"{target} cannot be written (No space left on device): "
        "close it where it is open, or choose another folder."
    )
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"old"


def test_an_interruption_is_passed_on_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathlib.Path.replace", refusing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "plan.xlsx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_flushed_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, calls = os.fsync, []

    def files_only(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 1:
            raise OSError(errno.EINVAL, "Invalid argument")
        flush(handle)

    monkeypatch.setattr("os.fsync", files_only)
    assert write_atomically(tmp_path / "plan.xlsx", b"new") is True
    assert (tmp_path / "plan.xlsx").read_bytes() == b"new"


@pytest.mark.parametrize("place", ["plan.xlsx", "plan.xlsx/inside/plan.xlsx"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, place: str) -> None:
    taken = tmp_path / "plan.xlsx"
    if place == taken.name:
        taken.mkdir()
    else:
        taken.write_bytes(b"old")
    with pytest.raises(OutputProblem, match=r"plan\.xlsx cannot be written \(.+[^.]\): close it"):
        write_atomically(tmp_path / place, b"new")
    assert list(tmp_path.iterdir()) == [taken]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    real.write_bytes(b"old")
    link.symlink_to(real)
    assert write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsm"
    path.write_bytes(b"old")
    return path


Meanwhile = Callable[[Path], object]
MEANWHILE: list[tuple[str, Meanwhile, type[Exception], str]] = [
    ("opened in Excel", lambda p: p.with_name("~$plan.xlsm").write_bytes(b"\4Jane"), BookLocked, "by Jane"),
    ("written in place", lambda p: p.write_bytes(b"theirs"), BookChanged, "was changed by somebody else"),
    ("replaced", lambda p: (p.unlink(), p.write_bytes(b"old")), BookChanged, "was changed by somebody else"),
]


@pytest.mark.parametrize(
    ("happens", "error", "words"), [m[1:] for m in MEANWHILE], ids=[m[0] for m in MEANWHILE]
)
def test_what_happens_half_way_is_seen(
    book: Path, monkeypatch: pytest.MonkeyPatch, happens: Meanwhile, error: type[Exception], words: str
) -> None:
    write = disk.write_beside

    def interrupted(target: Path, data: bytes, like: Path, within: Path | None) -> Path:
        made = write(target, data, like, within)
        happens(book)
        return made

    monkeypatch.setattr("hscb_xl.store.disk.write_beside", interrupted)
    with pytest.raises(error, match=words):
        write_atomically(book, b"ours", read=b"old", keep=5)
    assert book.read_bytes() != b"ours"
    assert {path.name for path in book.parent.iterdir()} <= {"plan.xlsm", "~$plan.xlsm"}


def test_what_is_no_longer_what_was_read_is_left_alone(book: Path) -> None:
    with pytest.raises(BookChanged, match="was changed by somebody else meanwhile: run the command again"):
        write_atomically(book, b"ours", read=b"older", keep=5)
    book.unlink()
    with pytest.raises(BookChanged, match="was moved or deleted meanwhile"):
        write_atomically(book, b"ours", read=b"old", keep=5)
    assert list(book.parent.iterdir()) == []


def test_a_folder_that_went_away_is_not_made_again(book: Path) -> None:
    with pytest.raises(BookChanged, match="was moved or deleted meanwhile"):
        write_atomically(book.parent / "gone" / "plan.xlsm", b"ours", read=b"old")
    assert list(book.parent.iterdir()) == [book]


def test_what_others_wrote_alike_is_no_conflict(book: Path) -> None:
    assert write_atomically(book, b"old", read=b"older", keep=5) is False


def test_a_read_only_file_stays(book: Path) -> None:
    book.chmod(0o444)
    with pytest.raises(OutputProblem) as raised:
        write_atomically(book, b"new")
    assert str(raised.value) == f"{book} is read-only: allow writing to it, or write to another file."
    assert list(book.parent.iterdir()) == [book]


def test_what_a_killed_run_left_goes_even_where_nothing_changes(book: Path) -> None:
    disk.write_beside(book, b"half", book)
    locks.lock_file(book).touch()
    assert write_atomically(book, b"old", read=b"old") is False
    assert list(book.parent.iterdir()) == [book]


def test_what_a_running_save_has_beside_it_stays_where_nothing_changes(book: Path) -> None:
    with locks.held(book):
        theirs = disk.write_beside(book, b"half", book)
        assert write_atomically(book, b"old", read=b"old") is False
        assert theirs.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_that_leads_to_itself_is_said(tmp_path: Path) -> None:
    (tmp_path / "loop.xlsx").symlink_to("loop.xlsx")
    with pytest.raises(OutputProblem, match=r"loop\.xlsx (leads to no file|cannot be written) \("):
        write_atomically(tmp_path / "loop.xlsx", b"new")


def test_a_disk_that_does_not_confirm_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hscb_xl.store.disk.sync_folder", refusing(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(OutputProblem) as raised:
        write_atomically(book, b"new")
    assert str(raised.value) == (
        f"{book} was written, but the disk did not confirm it (Input/output error): "
        "check the disk, then run the command again."
    )
    assert book.read_bytes() == b"new"
