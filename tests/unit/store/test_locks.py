"""Who has a workbook open, read from the owner file that Excel lays beside it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hscb_xl.errors import BookLocked
from hscb_xl.store.locks import held, lock_file, refuse_if_not_writable, refuse_if_open


def owner_file(name: str, *, wide: bool = True) -> bytes:
    """An owner file as Excel 2007 and later writes it: the name in one byte a letter, then in UTF-16."""
    narrow = name.encode("cp1252", errors="replace")
    data = bytes([len(narrow)]) + narrow.ljust(54, b" ")
    if wide:
        data += len(name).to_bytes(2, "little") + name.ljust(54).encode("utf-16-le")
    return data.ljust(165, b"\0")


NAMED = [
    ("in both alphabets", owner_file("Jane Smith"), " by Jane Smith"),
    ("beyond the first alphabet", owner_file("Łukasz Żak"), " by Łukasz Żak"),
    ("only the first name field", owner_file("Jane Smith", wide=False), " by Jane Smith"),
    ("cut short behind the first field", owner_file("Zoë Hall")[:55], " by Zoë Hall"),
    ("cut short inside the second field", owner_file("Jane Smith")[:65], " by Jane"),
]
NAMELESS = [
    ("empty", b""),
    ("a length and no name", b"\x0a"),
    ("blanks", owner_file("")),
]


@pytest.mark.parametrize(("data", "by"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_the_one_who_has_it_open_is_named(tmp_path: Path, data: bytes, by: str) -> None:
    (tmp_path / "~$plan.xlsm").write_bytes(data)
    with pytest.raises(BookLocked) as raised:
        refuse_if_open(tmp_path / "plan.xlsm")
    assert str(raised.value) == (
        f"plan.xlsm is open in Excel{by}: it was left alone; close it there and try again."
    )
    assert raised.value.exit_code == 3


@pytest.mark.parametrize("data", [case[1] for case in NAMELESS], ids=[case[0] for case in NAMELESS])
def test_an_owner_file_without_a_name_locks_as_well(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "~$plan.xlsm").write_bytes(data)
    with pytest.raises(BookLocked, match=r"^plan\.xlsm is open in Excel: it was left alone"):
        refuse_if_open(tmp_path / "plan.xlsm")


def test_an_owner_file_that_excel_keeps_to_itself_locks_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "~$plan.xlsm").write_bytes(owner_file("Jane Smith"))
    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(BookLocked, match="is open in Excel: it"):
        refuse_if_open(tmp_path / "plan.xlsm")


def test_a_book_that_nobody_has_open_is_free(tmp_path: Path) -> None:
    (tmp_path / "~$other.xlsm").write_bytes(owner_file("Jane Smith"))
    (tmp_path / "~$plan.xlsm").mkdir()
    refuse_if_open(tmp_path / "plan.xlsm")


def test_a_name_too_long_for_an_owner_file_is_free(tmp_path: Path) -> None:
    refuse_if_open(tmp_path / ("x" * 250 + ".xlsm"))


def test_only_one_has_it(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsm"
    with held(book), pytest.raises(BookLocked) as raised, held(book, wait=0):
        pass
    assert str(raised.value) == (
        "plan.xlsm is being written by another run of this program: run the command again later."
    )
    with held(book, wait=0), held(tmp_path / "plan.xlsx", wait=0):
        assert lock_file(book).exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no open file")
def test_one_who_waited_for_a_removed_lock_file_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What filelock must keep doing: a lock on a file without a name guards nothing."""
    import fcntl

    book, flock, files = tmp_path / "plan.xlsm", fcntl.flock, []

    def losing_its_name(handle: int, how: int) -> None:
        if not files:
            lock_file(book).unlink()
        flock(handle, how)
        files.append(os.fstat(handle).st_nlink)

    monkeypatch.setattr("fcntl.flock", losing_its_name)
    with held(book):
        assert files == [0, 1]
        assert lock_file(book).exists()


KEEPER = """
import sys
from pathlib import Path
from hscb_xl.store.locks import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_process_keeps_nothing(tmp_path: Path, project: Path) -> None:
    book = tmp_path / "plan.xlsm"
    command = [sys.executable, "-c", KEEPER, str(book)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=project) as keeper:
        assert keeper.stdout is not None
        assert keeper.stdout.readline().strip() == b"held"
        with pytest.raises(BookLocked, match="another run of this program"), held(book, wait=0.1):
            pass
        keeper.kill()
        keeper.wait()
        assert lock_file(book).exists()
        with held(book, wait=0):
            pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [32, 33])
def test_a_file_that_another_program_keeps_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> int:
        problem = PermissionError(13, "The process cannot access the file")
        problem.winerror = number
        raise problem

    book = tmp_path / "plan.xlsm"
    book.touch()
    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(
        BookLocked, match=r"^plan\.xlsm is open in another program: it was left alone; close it"
    ):
        refuse_if_not_writable(book)


def test_a_file_that_is_not_there_yet_can_be_written(tmp_path: Path) -> None:
    refuse_if_not_writable(tmp_path / "plan.xlsm")
