"""Backups: made before a save, kept in order, never half, never twice, never in the way."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_xl.errors import OutputProblem
from hscb_xl.store import backups
from hscb_xl.store.atomic import write_atomically

LONG_AGO = 1_431_426_600


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsm"
    path.write_bytes(b"state 0")
    return path


def save(book: Path, data: bytes, keep: int = 5) -> bool:
    return write_atomically(book, data, read=book.read_bytes(), keep=keep)


def held(book: Path) -> list[bytes]:
    return [backup.path.read_bytes() for backup in backups.listed(book)]


def test_each_save_leaves_the_state_before_it(book: Path) -> None:
    before = datetime.now(UTC)
    for number in range(1, 4):
        save(book, f"state {number}".encode())
    assert held(book) == [b"state 2", b"state 1", b"state 0"]
    newest = backups.listed(book)[0]
    assert newest.path.parent == book.parent / ".hscb_xl" / "backups" / "plan.xlsm"
    assert newest.path.suffix == ".xlsm"
    assert newest.saved_as == backups.fingerprint(b"state 3")
    assert newest.size == 7
    assert before - timedelta(seconds=1) < newest.made < datetime.now(UTC) + timedelta(seconds=1)


def test_the_oldest_go_first_and_only_ours(book: Path) -> None:
    save(book, b"state 1")
    mine = backups.folder(book) / "2001-01-01T000000.000Z-copy.xlsm"
    mine.write_bytes(b"somebody's own copy")
    for number in range(2, 9):
        save(book, f"state {number}".encode(), keep=3)
    assert held(book) == [b"state 7", b"state 6", b"state 5"]
    assert mine.exists()


def test_none_is_made_and_none_removed_without_backups(book: Path) -> None:
    save(book, b"state 1", keep=0)
    assert not (book.parent / backups.FOLDER).exists()
    save(book, b"state 2")
    save(book, b"state 3", keep=0)
    assert held(book) == [b"state 1"]


def test_a_save_that_changes_nothing_touches_nothing(book: Path) -> None:
    save(book, b"state 1")
    places = [book, book.parent, backups.folder(book), backups.listed(book)[0].path]
    for place in places:
        os.utime(place, (LONG_AGO, LONG_AGO))
    assert save(book, b"state 1") is False
    assert [place.stat().st_mtime for place in places] == [LONG_AGO] * 4
    assert held(book) == [b"state 0"]


def test_a_new_file_has_no_state_to_keep(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new.xlsm", b"new", keep=5)
    assert [path.name for path in tmp_path.iterdir()] == ["new.xlsm"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([b"A", b"BB", b"CC", b"DDD"]), min_size=1, max_size=12), st.integers(1, 4))
def test_whatever_is_saved_the_last_different_states_are_there(
    tmp_path_factory: pytest.TempPathFactory, states: list[bytes], keep: int
) -> None:
    book = tmp_path_factory.mktemp("any") / "plan.xlsm"
    book.write_bytes(b"A")
    model: list[bytes] = []
    for state in states:
        before = book.read_bytes()
        if save(book, state, keep):
            model = [before, *(other for other in model if other != before)][:keep]
        assert held(book) == model


def test_a_clock_that_was_put_back_does_not_change_the_order(book: Path) -> None:
    save(book, b"state 1")
    ahead = backups.listed(book)[0].path
    ahead.rename(ahead.with_name(ahead.name.replace("20", "29", 1)))
    save(book, b"state 2")
    assert held(book) == [b"state 1", b"state 0"]


def test_a_disk_without_links_gets_copies_with_the_same_permissions(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    book.chmod(0o640)
    monkeypatch.setattr("os.link", refuse)
    save(book, b"state 1")
    assert held(book) == [b"state 0"]
    assert backups.listed(book)[0].path.stat().st_mode & 0o777 == 0o640


def test_no_backup_no_save(book: Path) -> None:
    (book.parent / backups.FOLDER).write_bytes(b"in the way")
    with pytest.raises(OutputProblem) as raised:
        save(book, b"state 1")
    place = backups.folder(book)
    assert str(raised.value) == (
        f"No backup of {book} can be made (File exists), so it was left as it was: "
        f"make room or get access to {place}, or turn backups off with --keep 0."
    )
    assert book.read_bytes() == b"state 0"
    assert save(book, b"state 1", keep=0)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("level", ["", "backups", "backups/plan.xlsm"])
def test_no_plan_is_carried_where_a_link_leads(book: Path, tmp_path: Path, level: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = book.parent / backups.FOLDER / level
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere)
    with pytest.raises(OutputProblem, match=r"is a link, and no backups are put where it leads; plan\.xlsm"):
        save(book, b"state 1")
    assert list(elsewhere.iterdir()) == []
    assert book.read_bytes() == b"state 0"


def test_an_old_backup_that_cannot_go_is_logged_and_tried_again(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = os.unlink
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))

    def refuse(path: Path) -> None:
        if Path(path).parent == backups.folder(book):
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path)

    save(book, b"state 1", keep=1)
    with monkeypatch.context() as patch:
        patch.setattr("os.unlink", refuse)
        assert save(book, b"state 2", keep=1)
    assert "Permission denied" in (tmp_path / "log" / "hscb_xl.log").read_text(encoding="utf-8")
    assert held(book) == [b"state 1", b"state 0"]
    save(book, b"state 3", keep=1)
    assert held(book) == [b"state 2"]


def elsewhere(book: Path) -> Path:
    """A second name of the book outside our folders."""
    other = book.with_name("same.xlsm")
    other.hardlink_to(book)
    return other


@pytest.mark.parametrize("keep", [0, 5])
def test_a_file_with_a_second_name_is_left_alone(book: Path, keep: int) -> None:
    other = elsewhere(book)
    with pytest.raises(OutputProblem) as raised:
        save(book, b"state 1", keep)
    assert str(raised.value) == (
        f"{book} has a second name elsewhere (a hard link), from which saving would part it: "
        "remove one of the names, or work on a copy."
    )
    assert book.read_bytes() == other.read_bytes() == b"state 0"
    assert {path.name for path in book.parent.iterdir()} == {book.name, other.name}
    other.unlink()
    assert save(book, b"state 1", keep)


def killed_before_the_save(book: Path) -> None:
    backups.make(book, book.read_bytes(), b"never written")


def test_a_backup_that_is_the_same_file_is_no_second_name(book: Path) -> None:
    killed_before_the_save(book)
    assert book.stat().st_nlink == 2
    assert save(book, b"state 1")


def test_nor_is_one_of_a_book_that_was_renamed_since(book: Path) -> None:
    killed_before_the_save(book)
    renamed = book.rename(book.with_name("renamed.xlsm"))
    assert renamed.stat().st_nlink == 2
    assert save(renamed, b"state 1")


def test_a_second_name_beside_that_of_a_backup_counts(book: Path) -> None:
    killed_before_the_save(book)
    elsewhere(book)
    with pytest.raises(OutputProblem, match="second name"):
        save(book, b"state 1")
