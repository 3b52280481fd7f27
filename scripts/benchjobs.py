"""What is measured against what; the first candidate of each job is what the others are compared with."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import benchbook

SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"
TODAY = date(2015, 5, 12)
LETTERS = ("R", "A", "G", "B", "overdue", "differs")

Candidate = Callable[[], object]


def book(rows: int, folder: Path) -> Path:
    """A plan of so many rows in a folder."""
    path = folder / f"plan{rows}.xlsm"
    benchbook.make(rows, path)
    return path


def jobs(plan: Path, folder: Path, slow: int) -> dict[str, dict[str, Candidate]]:
    """The jobs, each with its candidates; openpyxl only for a plan that is not too long."""
    small = int(plan.stem.removeprefix("plan")) <= slow
    edits: dict[str, Candidate] = {
        "floor: the sheet inflated and deflated": lambda: floor(plan),
        "engine": lambda: with_zlib(lambda: edit(plan, folder / "edited.xlsm")),
        "engine with isal": lambda: edit(plan, folder / "edited.xlsm"),
    }
    reads: dict[str, Candidate] = {
        "the two parts inflated": lambda: inflate(plan),
        "engine": lambda: read(plan),
        "calamine": lambda: read_with_calamine(plan),
        "pandas over calamine": lambda: read_with_pandas(plan),
    }
    if small:
        edits["openpyxl"] = lambda: edit_with_openpyxl(plan, folder / "openpyxl.xlsx")
        reads["openpyxl, read only"] = lambda: read_with_openpyxl(plan)
    return {
        "write a column, add six rules, save": edits,
        "read all cells of the plan": reads,
        "the tasks": {
            "read the plan and judge it": lambda: task(plan, "read"),
            "rate": lambda: task(plan, "rate"),
            "check": lambda: task(plan, "check"),
            "run without exports, saved": lambda: task(plan, "run", folder / "run.xlsm"),
            "judge and export by group": lambda: export(plan, folder / "out"),
        },
    }


def memory(plan: Path) -> dict[str, float]:
    """How far a process grows that makes the edit, in sizes of the inflated sheet."""
    book(26, plan.parent)
    with zipfile.ZipFile(plan) as archive:
        size = archive.getinfo(SHEET).file_size
    return {name: _grown(plan, name) / size for name in ("floor", "edit")}


def _grown(plan: Path, name: str) -> float:
    """The bytes by which a process of its own grows past what its imports take."""
    code = f"import benchjobs, pathlib; benchjobs.grow(pathlib.Path({str(plan)!r}), {name!r})"
    return float(_python(code))


def grow(plan: Path, name: str) -> None:
    """Print the bytes by which this process grows in an edit, after a first one of the board's own plan."""
    for path in (plan.with_name("plan26.xlsm"), plan):
        before = _peak()
        target = path.with_suffix(".grown.xlsm")
        floor(path) if name == "floor" else with_zlib(lambda here=path, there=target: edit(here, there))
    print(_peak() - before)


def _peak() -> int:
    """The most bytes that this process has held. What Linux says of a process counts its parent's, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def startup(folder: Path) -> dict[str, float]:
    """What a click costs before our first line and in our lines, without numpy and pandas and with them."""
    plan = book(26, folder)
    bare = "import sys; sys.modules.update(numpy=None, pandas=None, polars=None, matplotlib=None, PIL=None); "
    ours = f"import benchjobs, pathlib; benchjobs.ours(pathlib.Path({str(plan)!r}), '{{}}')"
    return {
        "Python and import xlwings": _cpu(bare + "import xlwings"),
        "the same where numpy and pandas are installed": _cpu("import xlwings"),
        "and import hscb_xl.ribbon": _cpu(bare + "import xlwings, hscb_xl.ribbon"),
        "and import our engine and tasks": _cpu(bare + "import hscb_xl.engine, hscb_xl.tasks.run"),
        "in our code: run without exports": _middle(bare + ours.format("run")),
        "in our code: judge and export by group": _middle(bare + ours.format("export")),
    }


def _middle(code: str) -> float:
    return statistics.median(float(_python(code)) for _ in range(5))


def ours(plan: Path, job: str) -> None:
    """Print the CPU seconds of a job in this process, the second time, when all it needs is imported."""
    for _ in range(2):
        start = time.process_time()
        if job == "run":
            task(plan, "run", plan.with_name("ours.xlsm"))
        else:
            export(plan, plan.with_name("ours"))
        taken = time.process_time() - start
    print(taken)


def _cpu(code: str) -> float:
    """The CPU seconds of a Python process of its own, the least of five."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        _python(code)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def _python(code: str) -> str:
    paths = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    head = f"import sys; sys.path[:0] = {paths!r}; "
    command = [sys.executable, "-c", head + code]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=_compiled()).stdout


def _compiled() -> dict[str, str]:
    """An environment in which what was compiled once is kept, as for a user, but not beside the sources."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "hscb_xl_bench")}


def with_zlib(run: Candidate) -> object:
    """What happens where isal is not installed."""
    from hscb_xl.ooxml.package import deflate

    fast, deflate.isal_zlib = deflate.isal_zlib, None
    try:
        return run()
    finally:
        deflate.isal_zlib = fast


def floor(plan: Path) -> bytes:
    """The least that an editor does."""
    target = BytesIO()
    with zipfile.ZipFile(plan) as old:
        data = old.read(SHEET)
        deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        target.write(deflater.compress(data) + deflater.flush())
    target.write(plan.read_bytes())
    return target.getvalue()


def edit(plan: Path, target: Path) -> None:
    """The edit through xlwings and our engine."""
    from hscb_xl.engine import open_book

    opened = open_book(str(plan))
    column = opened.sheets["Plan"].tables["Plan"].data_body_range[:, 19]
    column.value = [[f"row {number}"] for number in range(column.shape[0])]
    for word in LETTERS:
        column.conditional_formats.add_cell_value("equal_to", f'="{word}"', fill_color=(1, 2, 3))
    opened.save(str(target))
    opened.close()


def edit_with_openpyxl(plan: Path, target: Path) -> None:
    """The same with openpyxl."""
    import openpyxl
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    opened = openpyxl.load_workbook(plan)
    sheet = opened["Plan"]
    for number in range(5, sheet.max_row + 1):
        sheet.cell(number, 20, f"row {number}")
    for word in LETTERS:
        rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=PatternFill(bgColor="010203"))
        sheet.conditional_formatting.add(f"T5:T{sheet.max_row}", rule)
    opened.save(target)


def inflate(plan: Path) -> int:
    """The least that a reader does."""
    with zipfile.ZipFile(plan) as archive:
        return sum(len(archive.read(name)) for name in (SHEET, SHARED))


def read(plan: Path) -> object:
    """All values of the plan's table through xlwings and our engine."""
    from hscb_xl.engine import open_book

    opened = open_book(str(plan))
    values = opened.sheets["Plan"].tables["Plan"].range.value
    opened.close()
    return values


def read_with_calamine(plan: Path) -> object:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(plan)).get_sheet_by_name("Plan").to_python()


def read_with_pandas(plan: Path) -> object:
    import pandas as pd

    return pd.read_excel(plan, sheet_name="Plan", engine="calamine", header=None)


def read_with_openpyxl(plan: Path) -> object:
    import openpyxl

    return list(openpyxl.load_workbook(plan, read_only=True)["Plan"].iter_rows(values_only=True))


def task(plan: Path, name: str, target: Path | None = None) -> None:
    """A task on a book opened for it."""
    from hscb_xl.engine import open_book
    from hscb_xl.tasks import check, rate, run

    opened = open_book(str(plan))
    asked = run.Asked(as_of=TODAY)
    if name == "run":
        run.run(opened, asked, date.today)
        opened.save(str(target))
    else:
        judgement = run.judged(opened, asked, date.today).judgement
        if name == "check":
            check.run(opened, judgement)
        if name == "rate":
            rate.run(opened, judgement)
    opened.close()


def export(plan: Path, out: Path) -> None:
    """A pack and a file for each monitoring group."""
    from hscb_xl.engine import open_book
    from hscb_xl.tasks import export as exports
    from hscb_xl.tasks import run

    opened = open_book(str(plan))
    judged = run.judged(opened, run.Asked(as_of=TODAY), date.today)
    opened.close()
    exports.run(judged.judgement, judged.title, "monitoring", out)
