"""Nights as an administrator has them: real processes, a real tree, real signals."""

import gc
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hscb_xl.batch import night
from hscb_xl.batch.jobs import Job
from hscb_xl.batch.pool import Pool
from hscb_xl.batch.report import Report
from hscb_xl.cli import batch_screen
from hscb_xl.engine import open_book
from tests.system.batch_workers import stand_in
from tests.system.conftest import AS_OF, Run

Say = Callable[[str, object], None]
State = dict[str, tuple[int, bytes]]

MANY = 24
"""Plans enough for a night that is still going on when somebody wants to stop it."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "HSCB_XL_LOG_DIR": str(tmp_path / "log"), "PYTHONUTF8": "1", "COLUMNS": "80"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    return folder


def plant(tree: Path, built: Path, count: int) -> list[Path]:
    """So many plans in a few folders."""
    paths = [tree / f"board {number % 4}" / f"Plan {number}.xlsm" for number in range(count)]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(built, path)
    return paths


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "hscb_xl", "batch", *map(str, words), "--as-of", AS_OF, "--workers", "2"]


def batch(environment: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def begun(environment: dict[str, str], *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*words),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def lines(report: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]


def by_name(report: Path) -> dict[str, dict[str, Any]]:
    return {Path(record["path"]).name: record for record in lines(report)}


def state(tree: Path) -> State:
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_night(environment: dict[str, str], tree: Path, built: Path, tmp_path: Path) -> None:
    plans = plant(tree, built, 4)
    odd = tree / os.fsdecode(b"a\nb\x1b[31m\xff =|.xlsm")
    deep = tree / ("d" * 40) / f"{'p' * (250 - len(str(tree)) - 47)}.xlsm"
    deep.parent.mkdir(parents=True)
    assert len(str(deep)) == 250
    for path in (odd, deep, tree / "~$own.xlsm"):
        shutil.copy(built, path)
    (tree / "damaged.xlsx").write_bytes(built.read_bytes()[:-4000])
    (tree / "link.xlsm").symlink_to(built)
    shutil.copy(plans[0], tree / "open.xlsm")
    (tree / "~$open.xlsm").write_bytes(b"\x05Chris".ljust(165, b"\0"))
    no_plan = open_book(str(shutil.copy(built, tree / "no plan.xlsm")))
    no_plan.sheets["Plan"].tables["Plan"].name = "Actions"
    no_plan.save()
    no_plan.close()
    out, reports = tree / "exports", [tmp_path / f"night.{ending}" for ending in ("jsonl", "html", "md")]
    words = [tree, "--export", out, "--notify", tmp_path / "night.eml"]
    words += [word for report in reports for word in ("--report", report)]

    first = batch(environment, *words)
    assert first.returncode == 4, first.stderr
    assert first.stderr == ""
    told = by_name(reports[0])
    assert Counter(record["outcome"] for record in told.values()) == {
        "done": 6,
        "skipped": 2,
        "failed": 1,
        "locked": 1,
    }
    assert told["damaged.xlsx"]["message"].endswith("restore a copy of it.")
    assert "is open in Excel by Chris" in told["open.xlsm"]["message"]
    assert told["no plan.xlsm"]["message"] == "It has no table named Plan."
    assert told["link.xlsm"]["message"].startswith("It is a link")
    assert r"a\nb\x1b[31m\udcff =|.xlsm" in told
    assert [line.split()[0] for line in first.stdout.splitlines()[:-1]] == [
        r["outcome"] for r in lines(reports[0])
    ]
    assert first.stdout.splitlines()[-1].startswith("10 workbooks: 6 done, 2 skipped, 1 failed and 1 locked.")
    for page in reports[1:]:
        assert "10 workbooks: 6 done, 2 skipped, 1 failed and 1 locked." in page.read_text("utf-8")
    assert "X-Unsent: 1" in (tmp_path / "night.eml").read_text("utf-8")
    assert len(list(out.rglob("*.xlsx"))) == 6 * 5

    before = state(tree)
    second = batch(environment, *words)
    assert second.returncode == 4
    assert Counter(record["outcome"] for record in lines(reports[0])) == {
        "unchanged": 6,
        "skipped": 2,
        "failed": 1,
        "locked": 1,
    }
    assert "30 exports of this program passed over." in second.stdout
    assert state(tree) == before
    third = batch(environment, *words, "--afresh", "--exclude", "damaged*")
    assert third.returncode == 3
    assert state(tree) == before


def test_two_batches_a_reader_and_an_officer_on_one_tree(
    environment: dict[str, str], tree: Path, built: Path, tmp_path: Path, record_property: Say
) -> None:
    plans = plant(tree, built, 16)
    whole = {built.read_bytes()}
    torn: list[Path] = []
    reads: list[Path] = []
    seen: dict[Path, set[bytes]] = {path: set() for path in plans}
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for path in plans:
                try:
                    seen[path].add(path.read_bytes())
                    reads.append(path)
                except FileNotFoundError:
                    torn.append(path)

    reader = threading.Thread(target=read)
    reader.start()
    reports = [tmp_path / f"{name}.jsonl" for name in "ab"]
    nights = [begun(environment, tree, "--report", report) for report in reports]
    taken = plans[-1].with_name(f"~${plans[-1].name}")
    taken.write_bytes(b"\x05Chris".ljust(165, b"\0"))
    codes = [process.wait(60) for process in nights]
    for process in nights:
        process.communicate()
    over.set()
    reader.join()

    told = [by_name(report) for report in reports]
    done = Counter(told[at][plan.name]["outcome"] for plan in plans for at in (0, 1))
    for plan in plans[:-1]:
        outcomes = sorted(each[plan.name]["outcome"] for each in told)
        assert outcomes in (["done", "unchanged"], ["done", "locked"]), (plan, outcomes)
    assert done["failed"] == 0
    assert {each[plans[-1].name]["outcome"] for each in told} == {"locked"}
    assert codes == [3, 3]
    assert plans[-1].read_bytes() in whole
    assert not torn
    for path in plans:
        assert seen[path] <= whole | {path.read_bytes()}
    left = [path.name for path in tree.rglob(".~*")]
    assert left == []
    record_property("plans done by two batches at once", len(plans))
    assert len(reads) > 10 * len(plans)
    record_property("whole reads of plans meanwhile", len(reads))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_finishes_the_workbooks_in_hand_and_says_what_was_left(
    environment: dict[str, str], tree: Path, built: Path, tmp_path: Path, number: int
) -> None:
    plans, report = plant(tree, built, MANY), tmp_path / "night.jsonl"
    process = begun(environment, tree, "--report", report)
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(
        process.pid, number
    )  # as a terminal does, and as a service manager does: to the workers as well
    out, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "Stopping after the workbooks in hand" in err
    assert "Traceback" not in err
    counts = Counter(record["outcome"] for record in lines(report))
    assert counts.total() == MANY
    assert counts["done"] >= 1
    assert counts["failed"] == 0
    assert counts["skipped"] >= 1
    assert f"The batch was stopped: {counts['skipped']} workbooks left." in out
    original = built.read_bytes()
    outcomes = by_name(report)
    for plan in plans:
        assert (plan.read_bytes() == original) == (outcomes[plan.name]["outcome"] == "skipped")


def test_a_second_ctrl_c_stops_at_once_and_harms_no_file(
    environment: dict[str, str], tree: Path, built: Path, tmp_path: Path
) -> None:
    plans, report = plant(tree, built, MANY), tmp_path / "night.jsonl"
    process = begun(environment, tree, "--report", report)
    assert process.stdout is not None
    process.stdout.readline()
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.01)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 4
    assert "Traceback" not in err
    assert len(lines(report)) == MANY
    for plan in plans:
        open_book(str(plan)).close()
    again = batch(environment, tree, "--report", report)
    assert again.returncode == 0
    assert {record["outcome"] for record in lines(report)} <= {"done", "unchanged"}
    assert not list(tree.rglob(".~*"))


def test_the_parent_keeps_nothing_of_a_workbook_that_is_done(tmp_path: Path, record_property: Say) -> None:
    """Memory after 100 and after 600 workbooks, each of which has twenty changed ratings to tell."""
    sizes: list[int] = []
    jobs = (Job(Path(f"/plans/{number:05}.xlsx"), date(2015, 5, 12)) for number in range(600))
    tracemalloc.start()
    with (
        Report([tmp_path / "night.jsonl"], date(2015, 5, 12)) as report,
        batch_screen.progress(600) as show,
    ):
        for record in night.work_through(jobs, Pool(2, 60, stand_in), lambda: 0):
            report.add(record)
            show(record)
            if report.totals.outcomes.total() in (100, 600):
                sizes.append(traced())
    tracemalloc.stop()
    assert report.totals.ratings == 600 * 20
    growth = sizes[1] - sizes[0]
    record_property("bytes by which the parent grows for a workbook", growth / 500)
    assert growth < 500 * 200


def traced() -> int:
    """The bytes that are held, but for the interpreter's own table of names, which grows by leaps."""
    gc.collect()
    kept = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, pathlib.__file__)])
    return sum(trace.size for trace in kept.traces)


def test_the_workers_do_not_outlive_a_parent_that_is_killed(
    environment: dict[str, str], tree: Path, built: Path
) -> None:
    plant(tree, built, MANY)
    process = begun(environment, tree)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while group_lives(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not group_lives(process.pid)


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_folder_without_a_workbook_is_said(environment: dict[str, str], tree: Path) -> None:
    done = batch(environment, tree)
    assert done.returncode == 2
    assert re.fullmatch(r"hscb-xl: There is no workbook below .*: check the folder.*\n", done.stderr)


@pytest.fixture
def cluster(environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of a Dask scheduler with two workers, each a process of its own."""
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"
    quiet = ["--no-dashboard", "--scheduler-file", str(file)]
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1"]
    worker += ["--nworkers", "2", "--local-directory", str(tmp_path)]
    log = (tmp_path / "dask.log").open("wb")
    started = [
        subprocess.Popen([*each, *quiet], env=environment, stderr=log, start_new_session=True)
        for each in (dask, worker)
    ]
    try:
        yield _address(file)
    finally:
        for process in reversed(started):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
        log.close()


def _address(file: Path) -> str:
    """What the scheduler notes when it listens; the file is there, and empty, a moment before that."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return str(json.loads(file.read_text())["address"])
        except (FileNotFoundError, json.JSONDecodeError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_a_tree_on_a_cluster(
    environment: dict[str, str], tree: Path, built: Path, tmp_path: Path, cluster: str
) -> None:
    plant(tree, built, 6)
    (tree / "damaged.xlsx").write_bytes(built.read_bytes()[:-4000])
    report = tmp_path / "night.jsonl"
    done = batch(environment, tree, "--report", report, "--cluster", cluster)
    assert done.returncode == 4, done.stderr
    assert Counter(record["outcome"] for record in lines(report)) == {"done": 6, "failed": 1}


def test_a_cluster_that_does_not_answer(environment: dict[str, str], tree: Path, built: Path) -> None:
    pytest.importorskip("distributed")
    plant(tree, built, 1)
    done = batch(environment, tree, "--cluster", "tcp//nowhere")
    assert done.returncode == 2
    assert "The cluster at tcp//nowhere does not answer or has no worker" in done.stderr
    assert done.stderr.count("\n") == 1


WRONG = [
    (["NoSuch"], r"There is no file or folder .*NoSuch: check the name\."),
    (["tree", "--report", "night.pdf"], r"night\.pdf must end in \.jsonl, \.html or \.md\."),
    (["tree", "--export", "tree/Plan.xlsm"], r"Plan\.xlsm is a file, not a folder: choose another"),
    (
        ["tree", "--report", "tree/Plan.xlsm/night.jsonl"],
        r"night\.jsonl cannot be written \(.*\): choose another",
    ),
    (["tree", "--workers", "0"], r"0 is not in the range"),
    (["tree", "--time-limit", "0"], r"0 is not in the range"),
    ([], r"Missing argument 'PATH\.\.\.'"),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG)
def test_usage(
    hscb: Run,
    tree: Path,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(built, tree / "Plan.xlsm")
    before = state(tree)
    outcome = hscb("batch", *words)
    assert outcome.code == 2
    assert re.search(sentence, outcome.err)
    assert state(tree) == before
