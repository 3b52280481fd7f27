"""Limits that a workbook states for itself in its Settings, with the commands that read it."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lossless.mutations import zipped
from tests.system import hostile
from tests.system.conftest import AS_OF, Outcome, Run

SETTINGS = "xl/worksheets/sheet6.xml"
RAISE = r"raise the limit in Settings!{cell}\.$"


@dataclass(frozen=True, slots=True)
class Case:
    """A workbook, a cell of its Settings with a value, and the sentence of a command; empty for none."""

    name: str
    make: Callable[[Path], Path]
    cell: str
    value: object
    says: str = ""


def as_built(folder: Path) -> Path:
    return Path(shutil.copy(hostile.BUILT, folder / "plan.xlsm"))


OVER = [
    Case(
        "size",
        hostile.a_large_plan,
        "B11",
        2,
        r"^plan\.xlsm: its parts would grow to 3 MB in all, more than the 2 MB that are read: .* " + RAISE,
    ),
    Case(
        "rows",
        as_built,
        "B12",
        20,
        r"^the sheet Plan of plan\.xlsm has 30 rows, more than the 20 that are read: .* " + RAISE,
    ),
    Case(
        "time",
        hostile.rows_of_the_plan(20_000),
        "B13",
        1,
        r"^plan\.xlsm took longer than its limit of 1 s and was left as it was: .* " + RAISE,
    ),
]
WRONG = [
    Case(f"{cell} {value}", as_built, cell, value, rf"^Settings!{cell}: .* cannot be .*; write a whole ")
    for cell, value in (("B11", 0.5), ("B12", 0), ("B13", -1))
]
ABOVE = [
    Case("size above", as_built, "B11", 257),
    Case("rows above", as_built, "B12", 2_000_000),
    Case("time above", as_built, "B13", 100_000),
]


def stated(case: Case, folder: Path) -> Path:
    """The workbook of a case with the value in its cell."""
    folder.mkdir()
    book = case.make(folder)
    with zipfile.ZipFile(book) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    pattern = rf'<c r="{case.cell}" s="([0-9]+)"/>'.encode()
    cell = rf'<c r="{case.cell}" s="\1"><v>{case.value}</v></c>'.encode()
    members[SETTINGS], found = re.subn(pattern, cell, members[SETTINGS])
    assert found == 1
    book.write_bytes(zipped([*members.items()]))
    return book


def listing(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def alone(folder: Path, *words: object) -> Outcome:
    """A command in a process of its own: Hypothesis' look at the garbage collector would hear the alarm."""
    done = subprocess.run(
        [sys.executable, "-m", "hscb_xl", *map(str, words)],
        env={**os.environ, "HSCB_XL_LOG_DIR": str(folder / "log"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("case", [*OVER, *WRONG], ids=lambda case: case.name)
def test_a_workbook_over_a_limit_of_its_own(case: Case, command: str, tmp_path: Path) -> None:
    book = stated(case, tmp_path / "tree")
    before = listing(book.parent)
    done = alone(tmp_path, command, book, "--as-of", AS_OF)
    assert (done.code, done.out) == (2, "")
    assert re.search(case.says.format(cell=case.cell), done.err.removeprefix("hscb-xl: ")), done.err
    assert len(done.err.splitlines()) == 1
    assert listing(book.parent) == before


@pytest.mark.parametrize("case", ABOVE, ids=lambda case: case.name)
def test_a_value_above_the_limit_of_the_command_changes_nothing(
    case: Case, hscb: Run, tmp_path: Path
) -> None:
    book, plain = stated(case, tmp_path / "tree"), as_built(tmp_path)
    found, usual = (hscb("check", path, "--json", "--as-of", AS_OF) for path in (book, plain))
    assert (found.code, found.json["findings"]) == (1, usual.json["findings"])
    done = hscb("run", book, "--as-of", AS_OF)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("case", "option", "value"),
    [
        (Case("size", hostile.a_large_plan, "B11", 3), "--max-inflated", 2),
        (Case("rows", as_built, "B12", 300), "--max-rows", 20),
        (Case("time", hostile.rows_of_the_plan(20_000), "B13", 30), "--time-limit", 1),
    ],
    ids=lambda case: case.name if isinstance(case, Case) else "",
)
def test_the_limit_of_the_command_counts_where_it_is_lower(
    case: Case, option: str, value: int, tmp_path: Path
) -> None:
    done = alone(tmp_path, "run", stated(case, tmp_path / "tree"), option, value)
    assert done.code == 2
    assert done.err.endswith(f"raise the limit with {option}.\n")


def test_a_night_with_limits_in_the_workbooks(tmp_path: Path) -> None:
    cases = [*OVER, *WRONG, *ABOVE]
    tree = tmp_path / "tree"
    tree.mkdir()
    books = {str(stated(case, tree / case.name)): case for case in cases}
    before, report = listing(tree), tmp_path / "night.jsonl"
    done = alone(tmp_path, "batch", tree, "--as-of", AS_OF, "--report", report, "--workers", 2)
    assert done.code == 4, done
    records = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert len(records) == len(cases)
    for record in records:
        case = books[record["path"]]
        assert record["outcome"] == ("failed" if case.says else "done"), record
        assert re.search(case.says.format(cell=case.cell), record["message"]), record
        if case.says:
            assert listing(Path(record["path"]).parent).items() <= before.items()
