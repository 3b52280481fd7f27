"""What lands in the very gap between the last look and the step goes back, and ours is not written."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hscb_xl.errors import BookChanged, OutputProblem
from hscb_xl.store import backups, disk, replacing, swap
from hscb_xl.store.atomic import write_atomically

EXCHANGE = swap.exchange
OLD, OURS = b"old state", b"our state"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path, other = tmp_path / "plan.xlsm", tmp_path / "probe"
    path.write_bytes(OLD)
    other.touch()
    if not EXCHANGE(path, other) or not EXCHANGE(path, other):
        pytest.skip("the disk of the tests cannot let two files change places")
    other.unlink()
    return path


def renamed(data: bytes) -> Callable[[Path], None]:
    def save(book: Path) -> None:
        temporary = book.with_name("theirs.tmp")
        temporary.write_bytes(data)
        temporary.replace(book)

    return save


def in_place(data: bytes) -> Callable[[Path], None]:
    """A save of the same length, whose time is the same as well."""

    def save(book: Path) -> None:
        known = book.stat()
        book.write_bytes(data)
        os.utime(book, ns=(known.st_atime_ns, known.st_mtime_ns))

    return save


def happening(monkeypatch: pytest.MonkeyPatch, book: Path, *saves: Callable[[Path], None]) -> None:
    """Let each of these happen right before one more exchange of ours, when nobody looks any more."""
    waiting = iter(saves)

    def exchange(one: Path, other: Path) -> bool:
        next(waiting, lambda _: None)(book)
        return EXCHANGE(one, other)

    monkeypatch.setattr(swap, "exchange", exchange)


def kept(book: Path) -> set[bytes]:
    return {backup.path.read_bytes() for backup in backups.listed(book)}


def beside(book: Path) -> set[str]:
    return {path.name for path in book.parent.iterdir()} - {backups.FOLDER}


THEIRS, LATER, LAST = b"their one", b"their two", b"their six"
IN_THE_GAP = [
    ("a file of their own", [renamed(THEIRS)], THEIRS, set()),
    ("in place", [in_place(THEIRS)], THEIRS, set()),
    ("once more while it goes back", [renamed(THEIRS), renamed(LATER)], LATER, {THEIRS}),
    ("over ours, in place", [renamed(THEIRS), in_place(LATER)], LATER, {THEIRS}),
    ("and once more", [renamed(THEIRS), renamed(LATER), renamed(LAST)], LAST, {LATER}),
]


@pytest.mark.parametrize("keep", [0, 5])
@pytest.mark.parametrize(
    ("saves", "held", "also"), [c[1:] for c in IN_THE_GAP], ids=[c[0] for c in IN_THE_GAP]
)
def test_a_save_in_the_gap_stays(
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
    saves: list[Callable[[Path], None]],
    held: bytes,
    also: set[bytes],
    keep: int,
) -> None:
    happening(monkeypatch, book, *saves)
    with pytest.raises(BookChanged, match="was changed by somebody else meanwhile: run the command again"):
        write_atomically(book, OURS, read=OLD, keep=keep)
    assert book.read_bytes() == held
    assert also <= kept(book)
    assert OURS not in kept(book)
    assert beside(book) == {book.name}


def test_a_book_that_goes_away_in_the_gap_is_not_made_again(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happening(monkeypatch, book, lambda path: path.unlink())
    with pytest.raises(BookChanged, match="was moved or deleted meanwhile"):
        write_atomically(book, OURS, read=OLD, keep=5)
    assert beside(book) == set()
    assert kept(book) == {OLD}


def test_a_file_that_comes_in_the_gap_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, claim = tmp_path / "new.xlsm", swap.claim

    def taken(file: Path, name: Path) -> bool:
        book.write_bytes(THEIRS)
        return claim(file, name)

    monkeypatch.setattr(swap, "claim", taken)
    with pytest.raises(BookChanged, match="was changed by somebody else"):
        write_atomically(book, OURS)
    assert book.read_bytes() == THEIRS
    assert beside(book) == {book.name}


def test_theirs_becomes_a_backup_where_it_cannot_go_back(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    happening(monkeypatch, book, renamed(THEIRS), refuse)
    with pytest.raises(OutputProblem, match="Input/output error"):
        write_atomically(book, OURS, read=OLD, keep=5)
    assert THEIRS in kept(book)
    assert beside(book) == {book.name}


def left_by_a_killed_process(book: Path, holds: bytes) -> Path:
    """The file under the name of a save of ours that was killed behind the step."""
    name = f"{disk.mark(book)}{backups.fingerprint(OURS)}-{backups.fingerprint(OLD)}.ready"
    left = book.with_name(name)
    left.write_bytes(holds)
    return left


@pytest.mark.parametrize(("holds", "stays"), [(OURS, set()), (OLD, set()), (THEIRS, {THEIRS})])
@pytest.mark.parametrize("following", [b"next", OLD], ids=["a save", "nothing to write"])
def test_what_a_killed_process_left_is_kept_where_nobody_knows_it(
    book: Path, holds: bytes, stays: set[bytes], following: bytes
) -> None:
    left_by_a_killed_process(book, holds)
    write_atomically(book, following, read=OLD)
    assert beside(book) == {book.name}
    assert kept(book) == stays


def test_a_state_that_was_kept_so_is_undone_to_by_number_alone(book: Path) -> None:
    left_by_a_killed_process(book, THEIRS)
    replacing.sweep(book)
    (only,) = backups.listed(book)
    assert only.holds(THEIRS)
    assert only.saved_as == "0" * 16
    assert only.path.suffix == ".xlsm"


@pytest.fixture
def looks(book: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is done on the way to the step, in order."""
    done: list[str] = []
    for owner, name in ((backups, "make"), (disk, "write_beside"), (disk, "stamp"), (swap, "exchange")):
        call = getattr(owner, name)

        def noted(*arguments: object, _call: Callable[..., object] = call, _name: str = name) -> object:
            done.append(_name)
            return _call(*arguments)

        monkeypatch.setattr(owner, name, noted)
    monkeypatch.setattr(disk, "write_beside", lambda *a, _w=disk.write_beside, **k: _w(*a, *k.values()))
    yield done
    assert book.read_bytes() == OURS


def test_nothing_stands_between_the_last_look_and_the_step(book: Path, looks: list[str]) -> None:
    write_atomically(book, OURS, read=OLD, keep=5)
    assert looks == ["stamp", "write_beside", "stamp", "make", "stamp", "exchange"]
