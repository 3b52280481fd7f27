"""Saving under every failure: killed, refused by the system, cut off from power, beside others.

The workbook is always the old one or the new one; no other file is lost; the next run clears up and succeeds.
"""

import errno
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError
from hscb_xl.store import backups, swap
from hscb_xl.store.atomic import write_atomically
from tests.system.disks import ERRORS, Disk, failing, laid_out

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the faults are those of a POSIX system")
HERE = Path(__file__).parent
KEEP = 3
OTHERS = {"other.xlsm": b"other's", "~$other.xlsm": b"x", ".~hscb_xl-note.tmp": b"mine", "plan.tmp": b"old"}


@dataclass(frozen=True)
class Scene:
    """A folder before a save: how many saves there were, and what the disk cannot do."""

    saves: int
    links: bool = True
    returning: bool = False
    swaps: bool = True


SCENES = {
    "the first save": Scene(0),
    "a save that rotates": Scene(KEEP + 1),
    "a disk without links": Scene(KEEP + 1, links=False),
    "a state that a backup has": Scene(2, returning=True),
    "a disk that swaps no files": Scene(KEEP + 1, swaps=False),
    "a disk without either": Scene(KEEP + 1, links=False, swaps=False),
}


@pytest.fixture(scope="module")
def states(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Workbooks, each a cell away from the one before."""
    path = tmp_path_factory.mktemp("states") / built.name
    path.write_bytes(built.read_bytes())
    made = []
    for number in range(KEEP + 4):
        book = open_book(str(path))
        book.sheets["Plan"]["K5"].value = f"State {number}"
        book.save()
        book.close()
        made.append(path.read_bytes())
    return made


def prepared(folder: Path, scene: Scene, states: list[bytes]) -> tuple[Path, bytes, bytes]:
    """A folder with other people's files and a book that was saved before; what it holds and shall hold."""
    folder.mkdir()
    for name, data in OTHERS.items():
        (folder / name).write_bytes(data)
    book = folder / "plan.xlsm"
    book.write_bytes(states[0])
    for number in range(scene.saves):
        write_atomically(book, states[number + 1], read=states[number], keep=KEEP)
    present = states[scene.saves]
    if scene.returning:
        write_atomically(book, states[0], read=present, keep=KEEP)
        present = states[0]
    return book, present, states[scene.saves + 1]


def another(template: Path, folder: Path) -> Path:
    """The same folder once more, with its dates and permissions; gives its book."""
    shutil.copytree(template, folder)
    return folder / "plan.xlsm"


def check(book: Path, old: bytes, new: bytes, known: set[bytes]) -> bool:
    """Whether the book is the new one; it is the old one otherwise, and nothing else is harmed."""
    held = book.read_bytes()
    assert held in (old, new)
    for name, data in OTHERS.items():
        assert book.with_name(name).read_bytes() == data, name
    assert kept(book) <= known
    assert held == old or old in kept(book)
    return held == new


def cleared(book: Path, old: bytes, new: bytes, known: set[bytes]) -> None:
    """The next run: it writes the book and leaves nothing beside it."""
    if book.read_bytes() == old:
        write_atomically(book, new, read=old, keep=KEEP)
    else:
        write_atomically(book, new, keep=KEEP)
    assert check(book, old, new, known)
    assert leftovers(book) == []


def kept(book: Path) -> set[bytes]:
    return {backup.path.read_bytes() for backup in backups.listed(book)}


def leftovers(book: Path) -> list[str]:
    own = {book.name, backups.FOLDER, *OTHERS}
    beside = [path.name for path in book.parent.iterdir() if path.name not in own]
    return beside + [path.name for path in backups.folder(book).glob(".~*")]


@pytest.mark.parametrize("name", SCENES)
def test_every_system_call_fails_once(
    tmp_path: Path,
    states: list[bytes],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    scene, known = SCENES[name], set(states)
    on_a_quick_disk(monkeypatch, scene, tmp_path / "log")
    first, old, new = prepared(tmp_path / "before", scene, states)
    before = kept(first)
    faults = refusals = 0
    met: set[str] = set()
    for code, done in itertools.product(ERRORS.values(), (False, True)):
        for at in itertools.count():
            folder = tmp_path / f"{code}-{done}-{at}"
            book = another(first.parent, folder)
            with failing(folder, at, code, done=done) as made:
                refused = saved_with(book, old, new)
            assert leftovers(book) == [] or made[at] in ("os.unlink", "fcntl.flock")
            is_new = check(book, old, new, known)
            if len(made) <= at:
                assert is_new
                break
            assert is_new or refused
            may_stay = {old} if done else set()  # a backup that was made and reported as failed
            assert is_new or kept(book) - may_stay == before - may_stay
            cleared(book, old, new, known)
            met.add(made[at])
            faults += 1
            refusals += bool(refused)
    record_property("faults", faults)
    record_property("refusals", refusals)
    print(f"{name}: {faults} faults in {len(met)} kinds of calls, {refusals} of them refused with a sentence")
    assert faults >= 3 * 2 * 20
    assert {"os.open", "os.write", "os.fsync", "os.chmod", "os.replace", "os.unlink", "fcntl.flock"} <= met
    assert "swap.exchange" in met


def saved_with(book: Path, old: bytes, new: bytes) -> str:
    """Save under a fault; the sentence of a refusal, '' for a save that was not refused."""
    try:
        assert write_atomically(book, new, read=old, keep=KEEP)
    except PlanError as problem:
        sentence = str(problem)
    else:
        return ""
    assert book.name in sentence
    return sentence


def on_a_quick_disk(monkeypatch: pytest.MonkeyPatch, scene: Scene, log: Path) -> None:
    """A disk that need not really flush, since nobody cuts its power, and that may know no links."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(log))
    if not scene.links:
        monkeypatch.setattr(os, "link", refuse)
    if not scene.swaps:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)


@pytest.mark.parametrize("name", SCENES)
def test_the_power_fails_after_every_step(
    tmp_path: Path,
    states: list[bytes],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    scene, known = SCENES[name], set(states)
    on_a_quick_disk(monkeypatch, scene, tmp_path / "log")
    book, old, new = prepared(tmp_path / "before", scene, states)
    before = kept(book)
    disk = Disk(book.parent)
    with disk.followed():
        assert write_atomically(book, new, read=old, keep=KEEP)
    old_ones = new_ones = 0
    for number, state in enumerate(disk.states):
        folder = tmp_path / str(number)
        folder.mkdir()
        laid_out(state, folder)
        found = folder / book.name
        if check(found, old, new, known):
            new_ones += 1
            assert len(kept(found)) >= min(KEEP, len(before | {old}))
        else:
            old_ones += 1
            assert before <= kept(found)
        cleared(found, old, new, known)
    record_property("cuts", disk.cuts)
    record_property("states", len(disk.states))
    print(f"{name}: {disk.cuts} cuts, {len(disk.states)} states of the disk, {old_ones} old, {new_ones} new")
    assert disk.cuts >= 12
    assert old_ones >= 5
    assert new_ones >= 1


def test_the_states_are_workbooks(tmp_path: Path, states: list[bytes]) -> None:
    path = tmp_path / "plan.xlsm"
    for number, data in enumerate(states):
        path.write_bytes(data)
        book = open_book(str(path))
        assert book.sheets["Plan"]["K5"].value == f"State {number}"
        book.close()
    assert len(set(states)) == len(states)


def test_a_model_of_a_careless_save_is_found_out(tmp_path: Path) -> None:
    """The model itself: a save that does not flush its file is torn in some state, one in place as well."""
    folder = tmp_path / "careless"
    folder.mkdir()
    (folder / "plan.xlsm").write_bytes(b"old one")
    disk = Disk(folder)
    with disk.followed():
        handle = os.open(folder / "new", os.O_CREAT | os.O_WRONLY)
        os.write(handle, b"the new one")
        os.close(handle)
        os.replace(folder / "new", folder / "plan.xlsm")  # noqa: PTH105
    held = {dict(state)["plan.xlsm"] for state in disk.states}
    assert held == {b"old one", b"", b"the n", b"the new one"}


def test_a_process_killed_at_any_moment(
    tmp_path: Path, states: list[bytes], record_property: Callable[[str, object], None]
) -> None:
    for number, data in enumerate(states):
        (tmp_path / f"{number}.state").write_bytes(data)
    report = script("killing.py", tmp_path, 300)
    record_property("kills", report["kills"])
    print(f"{report}")
    assert report["kills"] >= 300
    assert report["torn"] == report["lost"] == report["uncleared"] == 0
    assert min(report["with_temporary"], report["old"], report["new"]) > 0


def test_two_writers_and_a_reader(
    tmp_path: Path, states: list[bytes], record_property: Callable[[str, object], None]
) -> None:
    book = tmp_path / "plan.xlsm"
    book.write_bytes(states[0])
    ready = tmp_path / "ready"
    ready.mkdir()
    before, each = value(book), 25
    writers = [started("counting.py", book, each, ready, name) for name in ("one", "two")]
    reads = read_while(writers, book)
    done = [json.loads(writer.communicate()[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    refused = sum(report["refused"] for report in done)
    record_property("reads", reads)
    record_property("saves_refused", refused)
    print(f"2 writers: {2 * each} saves, {refused} refused and done again, {reads} reads, none torn")
    assert value(book) == before + 2 * each
    assert refused >= 1
    assert reads >= 20
    assert set(leftovers(book)) == {"ready"}


def read_while(writers: list[subprocess.Popen[str]], book: Path) -> int:
    """Read the book as often as can be while it is written; a torn one is a DamagedBook."""
    reads, last = 0, value(book)
    while any(writer.poll() is None for writer in writers):
        read = value(book)
        assert read >= last
        last, reads = read, reads + 1
    return reads


def value(book: Path) -> float:
    opened = open_book(str(book))
    try:
        return float(opened.sheets["Plan"]["A5"].value)
    finally:
        opened.close()


def started(name: str, *arguments: object) -> subprocess.Popen[str]:
    words = [sys.executable, str(HERE / name), *map(str, arguments)]
    folder = HERE.parents[1]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}
    )


def script(name: str, *arguments: object) -> dict[str, int]:
    process = started(name, *arguments)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    report: dict[str, int] = json.loads(out)
    return report
