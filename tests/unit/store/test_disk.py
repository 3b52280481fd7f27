"""Temporary files: whole, as private as what they replace, known by their names."""

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.store import disk

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
ROOT = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only the administrator may give files away"
)
GROUP = 54321
ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
# Version 2; then each entry's kind, what it may do, and whose: owner, user 1234, group, mask, everybody else.
LIST = bytes.fromhex(
    "02000000 01000600ffffffff 02000600d2040000 04000000ffffffff 10000600ffffffff 20000000ffffffff"
)


@pytest.fixture
def like(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsm"
    path.write_bytes(b"old")
    return path


@POSIX
def test_nobody_can_read_it_before_it_has_its_permissions(
    like: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes, write = [], os.write

    def written(handle: int, data: bytes) -> int:
        modes.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, data[:2])

    like.chmod(0o666)
    monkeypatch.setattr("os.write", written)
    made = disk.write_beside(like, b"short writes", like)
    assert made.read_bytes() == b"short writes"
    assert modes == [0o600] * 6
    assert made.stat().st_mode & 0o777 == 0o666


@ROOT
def test_owner_and_group_stay(like: Path) -> None:
    os.chown(like, 12345, GROUP)
    like.chmod(0o4640)
    known = disk.write_beside(like, b"new", like).stat()
    assert (known.st_uid, known.st_gid, known.st_mode & 0o7777) == (12345, GROUP, 0o4640)


@ROOT
@pytest.mark.parametrize(("mode", "given"), [(0o664, 0o644), (0o660, 0o600), (0o666, 0o666), (0o640, 0o600)])
def test_another_group_gets_no_more_than_everybody(
    like: Path, monkeypatch: pytest.MonkeyPatch, mode: int, given: int
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    os.chown(like, -1, GROUP)
    like.chmod(mode)
    monkeypatch.setattr("os.chown", refuse)
    assert disk.write_beside(like, b"new", like).stat().st_mode & 0o777 == given


def give(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError as problem:
        pytest.skip(f"the disk of the tests keeps no such attributes ({problem.strerror})")


@pytest.mark.skipif(sys.platform != "linux", reason="kept so on Linux only")
def test_access_lists_and_attributes_stay(like: Path) -> None:
    give(like, ACCESS, LIST)
    give(like, "user.reviewed", b"yes")
    made = disk.write_beside(like, b"new", like)
    assert os.getxattr(made, ACCESS) == LIST
    assert os.getxattr(made, "user.reviewed") == b"yes"
    assert made.stat().st_mode & 0o777 == 0o660


@pytest.mark.skipif(sys.platform != "linux", reason="kept so on Linux only")
def test_the_folder_lets_in_nobody_whom_the_file_kept_out(like: Path) -> None:
    give(like.parent, DEFAULT, LIST)
    assert ACCESS in os.listxattr(new := disk.write_beside(like, b"new", like.with_name("none")))
    assert ACCESS not in os.listxattr(disk.write_beside(like, b"new", like))
    assert new.exists()


def test_windows_access_lists_stay(like: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {str(like): "the board only"}

    class Refused(Exception):
        pass

    def set_list(path: str, part: int, known: str) -> None:
        assert part == 4
        if known == "refused":
            raise Refused("Access is denied.")
        lists[path] = known

    security = SimpleNamespace(
        DACL_SECURITY_INFORMATION=4, GetFileSecurity=lambda path, _: lists[path], SetFileSecurity=set_list
    )
    monkeypatch.setitem(sys.modules, "win32security", security)
    monkeypatch.setitem(sys.modules, "pywintypes", SimpleNamespace(error=Refused))
    monkeypatch.setattr("hscb_xl.store.disk.sys", SimpleNamespace(platform="win32"))
    made = disk.write_beside(like, b"new", like)
    assert lists[str(made)] == "the board only"
    lists[str(like)] = "refused"
    with pytest.raises(OSError, match="access list cannot be kept: Access is denied"):
        disk.write_beside(like, b"new", like)
    assert sorted(like.parent.iterdir()) == sorted([like, made])


@ROOT
def test_new_folders_let_in_who_may_enter_the_one_above(tmp_path: Path) -> None:
    top = tmp_path / "shared"
    top.mkdir()
    os.chown(top, -1, GROUP)
    top.chmod(0o2770)
    disk.make_folder(top / "one" / "two", like=top)
    for made in (top / "one", top / "one" / "two"):
        assert (made.stat().st_gid, made.stat().st_mode & 0o7777) == (GROUP, 0o2770)


def test_only_what_is_ours_and_of_that_file_is_swept(like: Path) -> None:
    ours = disk.write_beside(like, b"half", like)
    others = [disk.write_beside(like.with_name("plan2.xlsm"), b"half", like)]
    others += [like.with_name(name) for name in (".~x.tmp", f"{disk.mark(like)}lock", "plan.xlsm.tmp")]
    for path in others:
        path.touch()
    disk.sweep(like)
    assert not ours.exists()
    assert sorted(like.parent.iterdir()) == sorted([like, *others])


NAMES = st.text(min_size=1, max_size=300).filter(lambda name: "/" not in name and "\0" not in name)


@given(NAMES)
def test_marks_are_short_and_the_same_whatever_the_case(name: str) -> None:
    mark = disk.mark(Path("folder") / name) if name not in (".", "..") else disk.mark(Path("x"))
    assert mark.isascii()
    assert len(mark) == 23
    if name.isascii() and name not in (".", ".."):
        assert disk.mark(Path("folder") / name.swapcase()) == mark


@pytest.mark.parametrize(("code", "fails"), [(errno.EINVAL, False), (errno.EIO, True), (errno.ENOSPC, True)])
@POSIX
def test_a_folder_that_knows_no_flush_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fails: bool
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("os.fsync", refuse)
    if fails:
        with pytest.raises(OSError, match=os.strerror(code)):
            disk.sync_folder(tmp_path)
    else:
        disk.sync_folder(tmp_path)


@POSIX
@pytest.mark.parametrize(
    ("plan", "export", "given"),
    [
        (0o600, 0o644, 0o600),
        (0o640, 0o644, 0o640),
        (0o644, 0o640, 0o640),
        (0o644, 0o600, 0o600),
        (0o664, 0o666, 0o664),
        (0o444, 0o644, 0o644),
        (0o604, 0o644, 0o604),
    ],
)
def test_a_file_is_held_within_another_ones_permissions(
    like: Path, tmp_path: Path, plan: int, export: int, given: int
) -> None:
    """Whoever writes keeps all, so that a plan for reading only has no exports for reading only."""
    old = tmp_path / "export.xlsx"
    old.write_bytes(b"old")
    old.chmod(export)
    like.chmod(plan)
    assert disk.write_beside(old, b"new", old, within=like).stat().st_mode & 0o777 == given
    disk.hold_within(old, like)
    assert old.stat().st_mode & 0o777 == given


@ROOT
def test_the_plans_group_counts_for_its_own_people_only(
    like: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(like, 12345, GROUP)
    like.chmod(0o640)
    new = tmp_path / "export.xlsx"
    known = disk.write_beside(new, b"new", new, within=like).stat()
    assert (known.st_gid, known.st_mode & 0o777) == (GROUP, 0o640)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.chown", refuse)
    known = disk.write_beside(new, b"new", new, within=like).stat()
    assert (known.st_gid == GROUP, known.st_mode & 0o777) == (False, 0o600)


@POSIX
def test_nobody_reads_it_before_it_is_held(
    like: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes, chmod = [], Path.chmod

    def seen(path: Path, mode: int) -> None:
        modes.append(mode & 0o077)
        chmod(path, mode)

    like.chmod(0o600)
    monkeypatch.setattr(Path, "chmod", seen)
    disk.write_beside(tmp_path / "export.xlsx", b"new", tmp_path / "export.xlsx", within=like)
    assert set(modes) <= {0}


def test_a_list_of_the_plan_goes_along_and_one_of_the_folder_does_not(like: Path, tmp_path: Path) -> None:
    like.chmod(0o660)
    give(like, ACCESS, LIST)
    new = tmp_path / "export.xlsx"
    made = disk.write_beside(new, b"new", new, within=like)
    assert os.getxattr(made, ACCESS)[:20] == os.getxattr(like, ACCESS)[:20]
    plain = tmp_path / "plain.xlsm"
    plain.write_bytes(b"plan")
    plain.chmod(0o600)
    give(tmp_path, DEFAULT, LIST)
    made = disk.write_beside(new, b"new", new, within=plain)
    assert ACCESS not in os.listxattr(made)
    assert made.stat().st_mode & 0o077 == 0
