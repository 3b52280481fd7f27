"""Files are handed out over nothing that anybody else wrote, whatever fails and whenever."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_xl.errors import OutputProblem
from hscb_xl.handout import handing, manifest
from hscb_xl.handout.handing import Done, hand_out
from hscb_xl.store import disk, locks
from tests.system.disks import ERRORS, failing

OWN = "Actions by lead"
FILES = (f"{OWN}.xlsx", f"{OWN}/A.xlsx", f"{OWN}/B.xlsx")
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions and links elsewhere")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "Plan.xlsm"
    path.write_bytes(b"plan")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def version(number: int, names: tuple[str, ...] = FILES) -> dict[str, bytes]:
    return {name: f"{name} {number}".encode() for name in names}


def given_out(out: Path, number: int, plan: Path | None, names: tuple[str, ...] = FILES) -> Done:
    return hand_out(out, version(number, names), plan, OWN)


def state(out: Path) -> dict[str, tuple[int, bytes]]:
    return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in sorted(out.rglob("*")) if p.is_file()}


def names(paths: tuple[Path, ...], out: Path) -> list[str]:
    return [path.relative_to(out).as_posix() for path in paths]


def test_files_are_written_once_and_again_when_they_differ(out: Path, plan: Path) -> None:
    first = given_out(out, 1, plan)
    assert names(first.files, out) == names(first.written, out) == list(FILES)
    before = state(out)
    second = given_out(out, 1, plan)
    assert (names(second.files, out), second.written) == (list(FILES), ())
    assert state(out) == before
    assert not list(out.rglob(".~*"))
    third = given_out(out, 2, plan)
    assert third == Done(third.files, third.files)
    assert [(out / name).read_bytes() for name in FILES] == list(version(2).values())


def a_text(path: Path) -> None:
    path.write_text("Dear all", encoding="utf-8")


def a_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def a_link(path: Path) -> None:
    path.unlink(missing_ok=True)
    (path.parent.parent / "elsewhere").write_bytes(b"elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


THEIRS = pytest.mark.parametrize("put", [a_text, a_folder, pytest.param(a_link, marks=POSIX)])


@THEIRS
@pytest.mark.parametrize("earlier", [True, False])
def test_what_somebody_else_put_there_is_kept_and_the_others_are_written(
    out: Path, plan: Path, put: object, earlier: bool
) -> None:
    given_out(out, 1, plan) if earlier else (out / OWN).mkdir(parents=True)
    theirs = out / FILES[1]
    put(theirs)  # type: ignore[operator]
    before = theirs.lstat(), theirs.is_file() and theirs.read_bytes()
    for number in (2, 3):
        done = given_out(out, number, plan)
        assert names(done.files, out) == [FILES[0], FILES[2]]
        [kept] = done.kept
        assert kept.path == theirs
        assert kept.sentence.startswith(f"{theirs} was left as it is: ")
        assert kept.sentence.endswith("then export again.")
        assert (theirs.lstat(), theirs.is_file() and theirs.read_bytes()) == before
        assert (out / FILES[2]).read_bytes() == version(number)[FILES[2]]
    shutil.move(theirs, plan.parent / "returned")
    assert given_out(out, 3, plan).kept == ()


def test_bytes_that_were_ours_once_are_no_longer_ours(out: Path, plan: Path) -> None:
    for number in (1, 2):
        given_out(out, number, plan)
    (out / FILES[1]).write_bytes(version(1)[FILES[1]])
    [kept] = given_out(out, 3, plan).kept
    assert "after it was exported" in kept.sentence


def test_the_same_bytes_are_remembered_whoever_wrote_them(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    manifest.place(out).unlink()
    assert given_out(out, 1, plan).kept == ()
    assert given_out(out, 2, plan).kept == ()


def test_without_a_manifest_nothing_is_known_to_be_ours(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    manifest.place(out).unlink()
    before = {name: (out / name).read_bytes() for name in FILES}
    done = given_out(out, 2, plan)
    assert [kept.path for kept in done.kept] == [out / name for name in FILES]
    assert {name: (out / name).read_bytes() for name in FILES} == before


def test_a_damaged_manifest_is_put_aside_and_told(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    manifest.place(out).write_text("somebody's notes", encoding="utf-8")
    done = given_out(out, 1, plan)
    assert done.kept == ()
    assert "was damaged or is not this program's, and was moved to" in done.told[0]
    [aside] = (out / ".hscb_xl" / "earlier").rglob("exports.json")
    assert aside.read_text(encoding="utf-8") == "somebody's notes"
    assert given_out(out, 2, plan) == Done(*[tuple(out / name for name in FILES)] * 2)


def test_what_an_export_no_longer_holds_is_moved_aside(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    done = given_out(out, 2, plan, FILES[:2])
    [moved] = done.moved
    assert (moved.path, moved.to.read_bytes()) == (out / FILES[2], version(1)[FILES[2]])
    assert moved.to.relative_to(out / ".hscb_xl" / "earlier").parts[1:] == tuple(FILES[2].split("/"))
    assert moved.sentence == f"{moved.path} is no longer part of this export and was moved to {moved.to}."
    assert not moved.path.exists()
    before = state(out)
    assert given_out(out, 2, plan, FILES[:2]).moved == ()
    assert state(out) == before
    given_out(out, 3, plan)
    given_out(out, 4, plan, FILES[:2])
    assert len(list((out / ".hscb_xl" / "earlier").rglob("B.xlsx"))) == 2


def test_what_somebody_changed_stays_and_is_told(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    (out / FILES[2]).write_bytes(b"filled in")
    done = given_out(out, 2, plan, FILES[:2])
    assert (done.kept, done.moved) == ((), ())
    assert done.told[0].startswith(
        f"{out / FILES[2]} is no longer part of this export and was left, because "
    )
    assert (out / FILES[2]).read_bytes() == b"filled in"


def test_one_that_is_open_stays_and_is_told(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    (out / OWN / "~$B.xlsx").write_bytes(b"\x05Chris".ljust(165, b"\0"))
    done = given_out(out, 2, plan, FILES[:2])
    assert "could not be moved aside. B.xlsx is open in Excel by Chris" in done.told[0]
    assert (out / FILES[2]).exists()


def test_another_plans_files_are_neither_replaced_nor_moved(out: Path, plan: Path) -> None:
    other = plan.with_name("Other.xlsm")
    other.write_bytes(b"other")
    given_out(out, 1, other, FILES[:2])
    before = state(out)
    done = given_out(out, 2, plan, FILES[1:])
    assert [kept.path for kept in done.kept] == [out / FILES[1]]
    assert (
        "it is an export of another plan, ../Other.xlsm. Choose a folder of its own" in done.kept[0].sentence
    )
    assert (done.moved, done.told) == ((), ())
    assert {path: state(out)[path] for path in before if "json" not in path} == {
        path: known for path, known in before.items() if "json" not in path
    }
    other.unlink()
    assert given_out(out, 2, plan, FILES[1:]).kept == ()  # what was the other's has nobody any more


def test_a_renamed_plan_inherits_its_exports_and_those_that_it_no_longer_holds(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    (out / FILES[0]).write_bytes(b"a chair's")
    renamed = plan.rename(plan.with_name("Plan 2016.xlsm"))
    done = given_out(out, 1, renamed, FILES[:2])
    assert [moved.path for moved in done.moved] == [out / FILES[2]]
    assert [kept.path for kept in done.kept] == [out / FILES[0]]
    known = manifest.read(out)
    assert known is not None
    assert known[FILES[1]].plan == "../Plan 2016.xlsm"
    before = state(out)
    given_out(out, 1, renamed, FILES[:2])
    assert state(out) == before


def test_a_file_that_looks_like_an_export_and_is_unknown_is_told(out: Path, plan: Path) -> None:
    from tests.unit.xlsx.test_pack import DAY, EMPTY, POLICY, TITLE, write_single

    given_out(out, 1, plan)
    write_single(out / OWN / "A (returned).xlsx", EMPTY, POLICY, DAY, TITLE)
    (out / OWN / "notes.xlsx").write_bytes(b"no workbook")
    done = given_out(out, 2, plan)
    [told] = done.told
    assert told.startswith(f"{out / OWN / 'A (returned).xlsx'} lies among the exports and is not one of them")
    assert (out / OWN / "A (returned).xlsx").exists()


def test_an_open_file_costs_itself_only(out: Path, plan: Path) -> None:
    given_out(out, 1, plan)
    owner = out / OWN / "~$A.xlsx"
    owner.write_bytes(b"\x05Chris".ljust(165, b"\0"))
    done = given_out(out, 2, plan)
    assert [kept.sentence for kept in done.kept] == [
        "A.xlsx is open in Excel by Chris: it was left alone; close it there and try again."
    ]
    assert names(done.written, out) == [FILES[0], FILES[2]]
    owner.unlink()
    assert names(given_out(out, 2, plan).written, out) == [FILES[1]]


def test_a_name_that_is_too_long_costs_itself_only(out: Path, plan: Path) -> None:
    long = f"{OWN}/{'x' * 300}.xlsx"
    for number in (1, 2, 2):
        done = given_out(out, number, plan, (*FILES, long))
        assert names(done.files, out) == list(FILES)
        assert [kept.path for kept in done.kept] == [out / long]
        assert "cannot be written (" in done.kept[0].sentence


def test_a_file_in_the_place_of_the_folder_costs_what_lies_in_it(out: Path, plan: Path) -> None:
    out.mkdir()
    (out / OWN).write_text("Dear all", encoding="utf-8")
    done = given_out(out, 1, plan)
    assert names(done.files, out) == [FILES[0]]
    assert [kept.path for kept in done.kept] == [out / name for name in FILES[1:]]
    assert (out / OWN).read_text(encoding="utf-8") == "Dear all"


def test_a_folder_that_cannot_be_written_keeps_what_is_right_already(
    out: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OutputProblem("It may not be written to.")

    given_out(out, 1, plan)
    (out / FILES[1]).write_bytes(b"filled in")
    monkeypatch.setattr(manifest, "write", refused)
    done = hand_out(out, version(1) | {FILES[2]: b"new"}, plan, OWN)
    assert names(done.files, out) == [FILES[0]]
    assert [kept.path for kept in done.kept] == [out, out / FILES[1]]
    assert done.kept[0].sentence == f"No export was written to {out}. It may not be written to."
    assert (out / FILES[2]).read_bytes() == version(1)[FILES[2]]


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path, plan: Path) -> None:
    place = tmp_path / "taken"
    place.write_bytes(b"a file")
    for folder in (place, place / "below"):
        done = given_out(folder, 1, plan)
        assert done.files == ()
        [kept] = done.kept
        assert kept.sentence.startswith(f"No export was written to {folder}. ")
    assert place.read_bytes() == b"a file"


@POSIX
@pytest.mark.parametrize("place", [".hscb_xl", ".hscb_xl/exports.json"])
def test_our_own_folder_as_a_link_is_refused(out: Path, plan: Path, tmp_path: Path, place: str) -> None:
    (out / place).parent.mkdir(parents=True)
    (tmp_path / "victim").write_bytes(b"somebody's")
    (out / place).symlink_to(tmp_path / ("victim" if "." in place[1:] else "."))
    before = state(tmp_path)
    [kept] = given_out(out, 1, plan).kept
    assert "is a link, and nothing is written where it leads: remove" in kept.sentence
    assert state(tmp_path) == before


def test_another_run_in_the_folder_is_waited_for_and_then_told(
    out: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_out(out, 1, plan)
    held = locks.held
    monkeypatch.setattr(locks, "held", lambda book, wait=0.05: held(book, wait))
    with held(out / ".hscb_xl" / "exports"):
        [kept] = given_out(out, 2, plan).kept
    assert "is being written by another run of this program" in kept.sentence
    assert (out / FILES[1]).read_bytes() == version(1)[FILES[1]]


@POSIX
@pytest.mark.parametrize(
    ("mode", "shared"), [(0o600, 0o600), (0o640, 0o640), (0o644, 0o644), (0o666, 0o644), (0o660, 0o640)]
)
def test_nobody_gets_more_than_the_plan_gives(out: Path, plan: Path, mode: int, shared: int) -> None:
    plan.chmod(0o644)
    before = os.umask(0o022)
    try:
        given_out(out, 1, plan, FILES[:1])
        plan.chmod(mode)
        given_out(out, 1, plan)  # the first is there already, the others are new
        assert {(out / name).stat().st_mode & 0o777 for name in FILES} == {shared}
        given_out(out, 2, plan)
        assert {(out / name).stat().st_mode & 0o777 for name in FILES} == {shared}
    finally:
        os.umask(before)


class Killed(BaseException):
    """The process is gone: nothing handles it."""


@contextmanager
def killed_at(step: int, *, before: bool) -> Iterator[list[str]]:
    """Stop before or after the write, the move or the note number ``step``."""
    made: list[str] = []

    def wrapped(call: object, name: str) -> object:
        def doing(*arguments: object, **named: object) -> object:
            made.append(name)
            if before and len(made) == step + 1:
                raise Killed
            result = call(*arguments, **named)  # type: ignore[operator]
            if len(made) == step + 1:
                raise Killed
            return result

        return doing

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handing, "write_atomically", wrapped(handing.write_atomically, "write"))
        patch.setattr(manifest, "write", wrapped(manifest.write, "note"))
        patch.setattr(Path, "rename", wrapped(Path.rename, "move"))
        yield made


@pytest.mark.parametrize("before", [True, False])
def test_after_a_kill_at_any_point_ours_are_known_and_theirs_are_kept(
    tmp_path: Path, plan: Path, before: bool
) -> None:
    for step in range(20):
        out = tmp_path / f"out {step}"
        given_out(out, 1, plan)
        with killed_at(step, before=before) as made, suppress(Killed):
            given_out(out, 2, plan, FILES[:2])
        theirs = out / FILES[1]
        theirs.write_bytes(b"filled in")
        again = given_out(out, 3, plan, FILES[:2])
        assert [kept.path for kept in again.kept] == [theirs], (step, made)
        assert theirs.read_bytes() == b"filled in"
        assert (out / FILES[0]).read_bytes() == version(3)[FILES[0]]
        assert not (out / FILES[2]).exists()
        assert [p.read_bytes() for p in out.rglob("B.xlsx")] == [version(1)[FILES[2]]]
        if len(made) <= step:
            break
    assert made == ["note", "write", "write", "move", "note"]


@pytest.mark.parametrize("done", [False, True], ids=["undone", "done"])
@pytest.mark.parametrize("error", ERRORS)
def test_a_disk_that_fails_once_at_any_point_costs_no_byte_and_raises_nothing(
    tmp_path: Path, plan: Path, error: str, done: bool
) -> None:
    def once(at: int) -> list[str]:
        out = tmp_path / f"out {at}"
        given_out(out, 1, plan)
        (out / FILES[1]).write_bytes(b"filled in")
        with failing(out, at, ERRORS[error], done=done) as made:
            first = given_out(out, 2, plan, FILES[:2])
        assert first.kept
        assert (out / FILES[1]).read_bytes() == b"filled in"
        assert (out / FILES[0]).read_bytes() in (version(1)[FILES[0]], version(2)[FILES[0]])
        assert [p.read_bytes() for p in out.rglob("B.xlsx")] == [version(1)[FILES[2]]]
        again = given_out(out, 3, plan, FILES[:2])
        assert [kept.path for kept in again.kept] == [out / FILES[1]], (at, made[at:], again)
        assert (out / FILES[0]).read_bytes() == version(3)[FILES[0]]
        assert not list(out.rglob(".~*"))
        return made

    calls = len(once(1_000_000))
    assert calls > 60
    for at in range(len(error) % 4 + done, calls, 6):
        once(at)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("export"), st.integers(1, 3), st.sampled_from([FILES, FILES[:2], FILES[::2]])),
        st.tuples(st.just("killed"), st.integers(0, 8), st.sampled_from([FILES, FILES[:2]])),
        st.tuples(st.just("fill in"), st.integers(1, 9), st.sampled_from(FILES)),
        st.tuples(st.just("forget"), st.just(0), st.just("")),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(ACTS)
def test_no_byte_that_somebody_wrote_is_ever_gone(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, object]]
) -> None:
    folder = tmp_path_factory.mktemp("acts")
    plan, out = folder / "Plan.xlsm", folder / "out"
    plan.write_bytes(b"plan")
    (out / OWN).mkdir(parents=True)
    theirs: dict[Path, bytes] = {}
    for number, (act, how, what) in enumerate(acts):
        if act == "export":
            given_out(out, how, plan, what)  # type: ignore[arg-type]
        elif act == "killed":
            with killed_at(how, before=bool(how % 2)), suppress(Killed):
                given_out(out, 10 + number, plan, what)  # type: ignore[arg-type]
        elif act == "fill in":
            path = out / str(what)
            path.write_bytes(f"theirs {number}".encode())
            theirs[path] = path.read_bytes()
        else:
            manifest.place(out).unlink(missing_ok=True)
        assert {path: path.read_bytes() for path in theirs} == theirs


def test_a_full_disk_on_one_file_costs_that_file(
    out: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = disk.write_beside

    def full(target: Path, data: bytes, like: Path, within: Path | None) -> Path:
        if target.name == "A.xlsx":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(target, data, like, within)

    monkeypatch.setattr(disk, "write_beside", full)
    done = given_out(out, 1, plan)
    assert names(done.written, out) == [FILES[0], FILES[2]]
    assert "A.xlsx cannot be written (No space left on device)" in done.kept[0].sentence
