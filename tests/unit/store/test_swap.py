"""Two files change places in one step, or nothing happens and it is said that it cannot be."""

import ctypes
import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from hscb_xl.store import swap


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one é.xlsm", tmp_path / "other.xlsm"
    one.write_bytes(b"one")
    other.write_bytes(b"other")
    if not swap.exchange(one, other) or not swap.exchange(one, other):
        pytest.skip("the disk of the tests cannot let two files change places")
    return one, other


def test_each_has_the_other_name(pair: tuple[Path, Path]) -> None:
    one, other = pair
    before = one.stat().st_ino, other.stat().st_ino
    assert swap.exchange(one, other) is True
    assert (one.read_bytes(), other.read_bytes()) == (b"other", b"one")
    assert (other.stat().st_ino, one.stat().st_ino) == before


def test_a_file_that_is_not_there_changes_nothing(pair: tuple[Path, Path]) -> None:
    one, other = pair
    other.unlink()
    with pytest.raises(FileNotFoundError, match="other"):
        swap.exchange(one, other)
    assert one.read_bytes() == b"one"


def test_only_a_free_name_is_taken(pair: tuple[Path, Path]) -> None:
    one, other = pair
    with pytest.raises(FileExistsError):
        swap.claim(one, other)
    assert other.read_bytes() == b"other"
    assert swap.claim(one, other.with_name("free.xlsm")) is True
    assert other.with_name("free.xlsm").read_bytes() == b"one"
    assert not one.exists()


def answering(code: int) -> object:
    """A system's call that refuses with this error."""

    def refuse(*_: object) -> int:
        ctypes.set_errno(code)
        return -1

    return refuse


@pytest.mark.parametrize(
    ("code", "fails"),
    [
        (errno.EINVAL, False),
        (errno.ENOSYS, False),
        (errno.EOPNOTSUPP, False),
        (errno.EPERM, False),
        (errno.EIO, True),
        (errno.EACCES, True),
        (errno.ENOSPC, True),
    ],
)
def test_what_a_disk_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fails: bool) -> None:
    monkeypatch.setattr(swap, "_rename", lambda: answering(code))
    if fails:
        with pytest.raises(OSError, match="one") as raised:
            swap.exchange(tmp_path / "one", tmp_path / "two")
        assert raised.value.errno == code
    else:
        assert swap.exchange(tmp_path / "one", tmp_path / "two") is False
        assert swap.claim(tmp_path / "one", tmp_path / "two") is False


SYSTEMS = [
    ("linux", "renameat2", (-100, b"one", -100, b"two", 2)),
    ("darwin", "renamex_np", (b"one", b"two", 2)),
]


@pytest.mark.parametrize(("system", "call", "arguments"), SYSTEMS, ids=[case[0] for case in SYSTEMS])
def test_what_a_system_is_asked(
    monkeypatch: pytest.MonkeyPatch, system: str, call: str, arguments: tuple[object, ...]
) -> None:
    asked: list[tuple[object, ...]] = []
    library = SimpleNamespace(**{call: lambda *given: asked.append(given) or 0})
    monkeypatch.setattr(swap, "_library", lambda: library)
    monkeypatch.setattr(swap, "sys", SimpleNamespace(platform=system))
    monkeypatch.setattr(swap, "_rename", swap._rename.__wrapped__)
    assert swap.is_known() is True
    assert swap.exchange(Path("one"), Path("two")) is True
    assert asked == [arguments]


@pytest.mark.parametrize("system", ["linux", "darwin", "win32", "freebsd14"])
def test_a_system_without_the_step_says_so(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(swap, "_library", SimpleNamespace)
    monkeypatch.setattr(swap, "sys", SimpleNamespace(platform=system))
    monkeypatch.setattr(swap, "_rename", swap._rename.__wrapped__)
    assert swap.is_known() is False
    assert swap.exchange(Path("one"), Path("two")) is False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such call")
def test_the_flags_are_those_of_the_system() -> None:
    """RENAME_NOREPLACE and RENAME_EXCHANGE (linux/fs.h), RENAME_EXCL and RENAME_SWAP (the Mac's stdio.h)."""
    free, both = (1, 2) if os.uname().sysname == "Linux" else (4, 2)
    assert free == swap._FREE
    assert both == swap._BOTH
