"""Workers that die, hang and fail, one book at a time; the workers are real processes."""

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from hscb_xl.batch.finding import Found
from hscb_xl.batch.jobs import Job
from hscb_xl.batch.night import passed_over, work_through
from hscb_xl.batch.pool import Pool
from hscb_xl.batch.records import Record
from tests.system.batch_workers import stand_in

DAY = date(2015, 5, 12)


def jobs(*names: str) -> list[Job]:
    return [Job(Path(name), DAY) for name in names]


def done(limit: float, *names: str, stop: Callable[[], int] = lambda: 0) -> dict[str, Record]:
    pool = Pool(2, limit, stand_in)
    return {record.path: record for record in work_through(jobs(*names), pool, stop)}


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    return tmp_path / "log" / "hscb_xl.log"


@pytest.fixture(autouse=True)
def nobody_stays(log: Path) -> Iterator[None]:
    before = set(multiprocessing.active_children())
    yield
    deadline = time.monotonic() + 5
    while set(multiprocessing.active_children()) - before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not set(multiprocessing.active_children()) - before


def test_one_bad_workbook_never_stops_the_others(
    log: Path, record_property: Callable[[str, object], None]
) -> None:
    bad = [f"{kind}{number}" for number in range(2) for kind in ("dies", "fails", "exits", "hangs")]
    good = [f"good{number}" for number in range(30)]
    names = [name for pair in zip(good, bad, strict=False) for name in pair] + good[len(bad) :]
    begun = time.monotonic()
    found = done(0.8, *names)
    assert time.monotonic() - begun < 30
    assert sorted(found) == sorted(names)
    assert Counter(found[name].outcome for name in good) == {"done": 30}
    assert Counter(found[name].outcome for name in bad) == {"failed": 8}
    for name, words in (
        ("dies0", "Its worker process ended while it had the workbook in hand"),
        ("fails1", "Something unexpected went wrong (RuntimeError); the details are in"),
        ("exits0", "Something unexpected went wrong (SystemExit)"),
        ("hangs1", "It took longer than 0.8 seconds and was stopped"),
    ):
        assert words in found[name].message, name
    assert "RuntimeError: fails1" in log.read_text("utf-8")
    record_property("workers lost and replaced", 6)


def test_a_worker_that_died_while_it_had_nothing_to_do_takes_no_workbook_along() -> None:
    pool = Pool(1, 60, stand_in)
    pool.submit(jobs("good1")[0])
    while not (first := list(pool.finished())):
        pass
    os.kill(first[0].findings["warning"], signal.SIGKILL)
    while len(multiprocessing.active_children()) > 0:
        time.sleep(0.02)
    pool.submit(jobs("good2")[0])
    while not (second := list(pool.finished())):
        pass
    pool.close()
    assert [record.outcome for record in first + second] == ["done", "done"]
    assert first[0].findings != second[0].findings


def test_the_next_workbook_is_under_way_before_anybody_looks_at_a_record() -> None:
    pool = Pool(1, 60, stand_in)
    told = work_through(jobs("good1", "waits2", "good3"), pool, lambda: 0)
    assert next(told).path == "good1"
    assert pool.is_busy
    assert [record.path for record in told] == ["waits2", "good3"]


def test_a_pool_that_is_closed_early_lets_its_worker_end_without_a_word(
    capfd: pytest.CaptureFixture[str],
) -> None:
    pool = Pool(1, 60, stand_in)
    pool.submit(jobs("waits1")[0])
    pool.close()
    assert capfd.readouterr().err == ""


def test_a_stop_finishes_what_is_in_hand_and_tells_what_was_left() -> None:
    asked = iter([0] * 3)
    found = done(60, *(f"waits{number}" for number in range(8)), stop=lambda: next(asked, 1))
    outcomes = [found[f"waits{number}"].outcome for number in range(8)]
    assert outcomes == ["done"] * 2 + ["skipped"] * 6
    assert all(found[f"waits{number}"].is_left for number in range(2, 8))


def test_a_second_wish_to_stop_kills_the_workers_at_once() -> None:
    asked = iter([0] * 3)
    begun = time.monotonic()
    found = done(60, "hangs1", "hangs2", "waits1", stop=lambda: next(asked, 2))
    assert time.monotonic() - begun < 10
    assert [found[name].outcome for name in ("hangs1", "hangs2", "waits1")] == ["failed", "failed", "skipped"]
    assert found["hangs1"].message.startswith("It was stopped at once")


def test_what_is_not_taken_is_told_first() -> None:
    found = [Found(Path("/a/x.xlsx"), "is not a file"), Found(Path("/a/b"), "cannot be read", failed=True)]
    told = [(record.outcome, record.message) for record in passed_over([*found, Found(Path("/a/y.xlsx"))])]
    assert told == [("skipped", "It is not a file."), ("failed", "It cannot be read.")]
