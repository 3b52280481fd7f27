"""The main job on one workbook, in this process."""

import random
import shutil
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hscb_xl.base import logs
from hscb_xl.batch import work
from hscb_xl.batch.jobs import Job
from hscb_xl.batch.pages import sentence_of
from hscb_xl.batch.records import EXPORT, Record
from hscb_xl.engine import open_book
from hscb_xl.tasks import run
from hscb_xl.tasks.asked import Asked

DAY = date(2015, 5, 12)
EARLIER = date(2014, 10, 12)
Do = Callable[..., Record]


@pytest.fixture
def book(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    (tmp_path / "tree").mkdir()
    return Path(shutil.copy(project / "workbook" / "ImprovementPlan.xlsm", tmp_path / "tree" / "Plan.xlsm"))


@pytest.fixture
def do(book: Path) -> Do:
    def done(**wanted: object) -> Record:
        return work.do(replace(Job(book, DAY), **wanted))  # type: ignore[arg-type]

    return done


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The books on which the main job was really run."""
    seen: list[str] = []
    real = run.run

    def counted(book: object, *arguments: object) -> object:
        seen.append(book.name)  # type: ignore[attr-defined]
        return real(book, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "run", counted)
    return seen


def state(path: Path) -> tuple[int, int, bytes]:
    return path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()


def test_what_changed_is_told_with_the_action_and_the_reason(do: Do) -> None:
    first = do(today=EARLIER)
    assert (first.outcome, first.first, first.changed) == ("done", 26, ())
    assert first.findings == {"error": 1, "warning": 40, "info": 20}
    second = do()
    assert (second.outcome, second.as_of, second.first) == ("done", "2015-05-12", 0)
    assert len(second.changed) == 14
    change = second.changed[1]
    assert (change.no, change.row, change.before, change.now) == ("4", 8, "A", "R")
    assert "31 October 2014" in change.why


def test_the_second_run_touches_nothing_and_need_not_be_done(book: Path, do: Do, runs: list[str]) -> None:
    do()
    before = state(book)
    again = do()
    assert (again.outcome, again.changed, again.first) == ("unchanged", (), 0)
    assert again.findings == {"error": 1, "warning": 57, "info": 20}
    assert runs == ["Plan.xlsm"]
    afresh = do(afresh=True)
    assert replace(afresh, seconds=0) == replace(again, seconds=0)
    assert runs == ["Plan.xlsm"] * 2
    assert state(book) == before


def test_a_dry_run_writes_nothing_and_says_what_a_run_would_do(book: Path, do: Do, tmp_path: Path) -> None:
    before = state(book)
    dry = do(dry_run=True, out=tmp_path / "out")
    assert (dry.outcome, dry.message) == ("done", "Dry run: nothing was written.")
    assert state(book) == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "log").exists()
    assert replace(do(), seconds=0, message=dry.message) == replace(dry, seconds=0)


@pytest.mark.parametrize(
    "wanted",
    [
        {"today": EARLIER},
        {"asked": Asked(as_of=EARLIER)},
        {"asked": Asked(tolerance=31)},
        {"out": Path("elsewhere")},
    ],
    ids=lambda wanted: next(iter(wanted)),
)
def test_a_note_holds_only_for_the_same_wish(
    do: Do, runs: list[str], wanted: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    do()
    do(**wanted)
    assert len(runs) == 2


def test_a_note_holds_only_for_the_same_workbook_and_exports(
    book: Path, do: Do, runs: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert do(out=out).exports == 5
    assert do(out=out).exports == 5
    assert len(runs) == 1
    export = next(out.rglob("*QA*.xlsx"))
    export.unlink()
    do(out=out)
    assert export.exists()
    assert len(runs) == 2
    opened = open_book(str(book))
    opened.sheets["Plan"]["I5"].value = "A"
    opened.save()
    opened.close()
    assert do(out=out).outcome == "done"
    assert len(runs) == 3


@pytest.mark.parametrize("spoil", ["", "{", "[]", "null", '{"job": 1}', "\udcff"])
def test_a_note_that_cannot_be_read_is_none(do: Do, runs: list[str], tmp_path: Path, spoil: str) -> None:
    do()
    (note,) = (tmp_path / "log" / "batch").iterdir()
    note.write_bytes(spoil.encode("utf-8", "surrogateescape"))
    assert do().outcome == "unchanged"
    assert len(runs) == 2


def test_a_note_says_the_same_as_the_work_for_each_day(do: Do) -> None:
    for day in (EARLIER, DAY, date(2014, 10, 31), DAY):
        do(today=day)
        noted, worked = do(today=day), do(today=day, afresh=True)
        assert replace(noted, seconds=0) == replace(worked, seconds=0)


def test_an_export_is_known_whatever_it_is_called(book: Path, do: Do, tmp_path: Path) -> None:
    do(out=tmp_path / "out")
    exports = list((tmp_path / "out").rglob("*.xlsx"))
    assert len(exports) == 5
    for export in exports:
        renamed = export.rename(tmp_path / "tree" / "Improvement Plan.xlsx")
        assert work.do(Job(renamed, DAY)).message == EXPORT
    assert do(path=book).outcome == "unchanged"


def test_who_opens_the_workbook_meanwhile_is_not_written_over(
    book: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run.run

    def opened_half_way(*arguments: object) -> object:
        book.with_name(f"~${book.name}").write_bytes(b"\x05Chris".ljust(165, b"\0"))
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "run", opened_half_way)
    before = state(book)
    record = do()
    assert record.outcome == "locked"
    assert "is open in Excel by Chris: it was left alone" in record.message
    assert state(book) == before


def test_who_saves_the_workbook_meanwhile_is_not_written_over(
    book: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, theirs = run.run, book.read_bytes() + b"PK"

    def saved_half_way(*arguments: object) -> object:
        book.write_bytes(theirs)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "run", saved_half_way)
    record = do()
    assert record.outcome == "locked"
    assert "was changed by somebody else meanwhile" in record.message
    assert book.read_bytes() == theirs


@pytest.mark.parametrize("problem", [RecursionError("deep"), MemoryError("deep"), SystemExit("deep")])
def test_an_error_that_nobody_foresaw_is_a_sentence_and_a_log(
    do: Do, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(run, "run", fail)
    record = do()
    assert record.outcome == "failed"
    assert record.message.startswith(
        f"Something unexpected went wrong ({type(problem).__name__}); the details "
    )
    assert "deep" in "".join(path.read_text() for path in (tmp_path / "log").glob("*.log"))


def test_backups_are_kept_as_asked(book: Path, do: Do) -> None:
    do(keep=0)
    assert not (book.parent / ".hscb_xl").exists()
    do(today=EARLIER)
    backups = [path for path in (book.parent / ".hscb_xl").rglob("*") if path.suffix == ".xlsm"]
    assert [path for path in backups if path.is_file()]


def state_seconds(book: Path, most: int) -> None:
    opened = open_book(str(book))
    opened.sheets["Settings"]["B13"].value = most
    opened.save()
    opened.close()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ratings that take longer than a second."""
    real = run.rate.run

    def rated(*arguments: object) -> object:
        end = time.monotonic() + 1.3
        while time.monotonic() < end:
            pass
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run.rate, "run", rated)


def test_a_book_may_state_that_it_takes_less_time(book: Path, do: Do, slow: None) -> None:
    state_seconds(book, 1)
    before = state(book)
    record = do()
    assert (record.outcome, record.message) == (
        "failed",
        "Plan.xlsm took longer than its limit of 1 s and was left as it was: "
        "look at what is unusual in it, or raise the limit in Settings!B13.",
    )
    assert state(book) == before


def test_outside_the_main_thread_the_time_is_not_kept(book: Path, do: Do, slow: None) -> None:
    state_seconds(book, 1)
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(do).result().outcome == "done"


def test_a_user_without_a_home_has_no_notes(do: Do, runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(logs, "folder", homeless)
    assert [do().outcome, do().outcome] == ["done", "unchanged"]
    assert len(runs) == 2


def damaged(book: Path) -> None:
    """A picture is in the workbook that nobody needs and that is not what it was."""
    picture = random.Random(1).randbytes(5000)
    with zipfile.ZipFile(book, "a") as file:
        file.writestr("xl/media/image1.png", picture, zipfile.ZIP_STORED)
    data = book.read_bytes()
    book.write_bytes(data.replace(picture, picture[:-1] + b"\0"))


def test_a_part_that_nobody_needs_and_that_is_damaged_is_told_each_night(
    book: Path, do: Do, runs: list[str]
) -> None:
    damaged(book)
    warning = (
        "Warning: the part xl/media/image1.png is damaged and stayed as before: "
        "open the workbook in Excel and repair it, or bring back a copy from before."
    )
    dry = do(dry_run=True)
    assert dry.message == f"Dry run: nothing was written. {warning}"
    assert [do().outcome, do().outcome] == ["done", "unchanged"]
    assert (do().message, do(afresh=True).message) == (warning, warning)
    assert sentence_of(do()).endswith(warning)
    assert len(runs) == 3
