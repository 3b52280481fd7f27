"""How fast the engine and the tasks are, side by side: ``python3 scripts/bench.py [--rows 26,1000]``.

Every figure is CPU seconds, the median of some rounds in which all candidates take turns, so that a noisy
machine is noisy for all of them. "floor" is what no editor can beat: the other members of the package
copied, the one sheet part inflated and deflated again.
"""

from __future__ import annotations

import argparse
import json
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

import environment

ROWS = (26, 1_000, 10_000)
SHEET = "xl/worksheets/sheet1.xml"
TODAY = date(2015, 5, 12)
LETTERS = ("R", "A", "G", "B", "overdue", "differs")

Candidate = Callable[[], object]


def main() -> int:
    if not _measuring():
        command = [str(environment.ready("dev")), __file__, *sys.argv[1:]]
        return subprocess.run(command, check=False).returncode
    options = _options()
    sys.path.insert(0, str(environment.ROOT))
    results = []
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as folder:
            results += _measure(rows, Path(folder), options.rounds, options.slow)
    _show(results)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


def _measuring() -> bool:
    """Whether this is the environment's own Python already."""
    return Path(sys.prefix).resolve() == environment.interpreter(environment.ROOT).parent.parent.resolve()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=lambda text: [int(n) for n in text.split(",")], default=list(ROWS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", type=int, default=10_000, help="rows up to which openpyxl takes part")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    return parser.parse_args()


def _measure(rows: int, folder: Path, rounds: int, slow: int) -> list[dict[str, object]]:
    book = _book(rows, folder)
    measured = []
    for job, candidates in _jobs(book, folder).items():
        kept = {name: run for name, run in candidates.items() if rows <= slow or "openpyxl" not in name}
        times: dict[str, list[float]] = {name: [] for name in kept}
        for _ in range(rounds):
            for name, run in kept.items():
                start = time.process_time()
                run()
                times[name].append(time.process_time() - start)
        medians = {name: statistics.median(values) for name, values in times.items()}
        first = next(iter(medians.values()))
        for name, seconds in medians.items():
            line = {"rows": rows, "job": job, "candidate": name, "seconds": seconds, "ratio": seconds / first}
            measured.append(line)
    return measured


def _book(rows: int, folder: Path) -> Path:
    """The board's plan, its rows repeated and numbered through, no two texts alike."""
    from dataclasses import replace

    from hscb_xl.build import build
    from hscb_xl.importer import read_document

    source = read_document(environment.ROOT / "workbook" / "source" / "improvement_plan.txt")
    repeated = []
    for number in range(1, rows + 1):
        row = source.rows[(number - 1) % len(source.rows)]
        cells = {**row.cells, "no": f"{number}.", "action": f"{row.cells['action']} ({number})"}
        cells["progress"] = f"{cells['progress']} ({number})"
        repeated.append(replace(row, no=number, cells=cells))
    path = folder / "plan.xlsm"
    build(replace(source, rows=tuple(repeated), notes=()), path, as_of=None)
    return path


def _jobs(book: Path, folder: Path) -> dict[str, dict[str, Candidate]]:
    """What is compared with what; ratios are against the first of each job."""
    return {
        "edit a column, add six rules, save": {
            "floor (zlib 6)": lambda: _floor(book),
            "engine": lambda: _edit(book, folder / "edited.xlsm"),
            "openpyxl": lambda: _edit_with_openpyxl(book, folder / "openpyxl.xlsx"),
        },
        "read all cells of the plan": {
            "inflate the parts": lambda: _inflate(book),
            "engine": lambda: _read(book),
            "calamine": lambda: _read_with_calamine(book),
            "pandas over calamine": lambda: _read_with_pandas(book),
            "openpyxl": lambda: _read_with_openpyxl(book),
        },
        "tasks": {
            "read the plan": lambda: _task(book, "read"),
            "check": lambda: _task(book, "check"),
            "rate": lambda: _task(book, "rate"),
            "run without exports, saved": lambda: _task(book, "run", folder / "run.xlsm"),
            "export": lambda: _export(book, folder / "out"),
        },
    }


def _floor(book: Path) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(book) as old:
        data = old.read(SHEET)
        deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        target.write(deflater.compress(data) + deflater.flush())
    target.write(book.read_bytes())
    return target.getvalue()


def _edit(book: Path, target: Path) -> None:
    from hscb_xl.engine import open_book

    opened = open_book(str(book))
    column = opened.sheets["Plan"].tables["Plan"].data_body_range[:, 19]
    column.value = [[f"row {number}"] for number in range(column.shape[0])]
    for word in LETTERS:
        column.conditional_formats.add_cell_value("equal_to", f'="{word}"', fill_color=(1, 2, 3))
    opened.save(str(target))
    opened.close()


def _edit_with_openpyxl(book: Path, target: Path) -> None:
    import openpyxl
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    opened = openpyxl.load_workbook(book)
    sheet = opened["Plan"]
    for number in range(5, sheet.max_row + 1):
        sheet.cell(number, 20, f"row {number}")
    for word in LETTERS:
        rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=PatternFill(bgColor="010203"))
        sheet.conditional_formatting.add(f"T5:T{sheet.max_row}", rule)
    opened.save(target)


def _inflate(book: Path) -> int:
    with zipfile.ZipFile(book) as archive:
        return sum(len(archive.read(name)) for name in (SHEET, "xl/sharedStrings.xml"))


def _read(book: Path) -> object:
    from hscb_xl.engine import open_book

    opened = open_book(str(book))
    values = opened.sheets["Plan"].tables["Plan"].range.value
    opened.close()
    return values


def _read_with_calamine(book: Path) -> object:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(book)).get_sheet_by_name("Plan").to_python()


def _read_with_pandas(book: Path) -> object:
    import pandas as pd

    return pd.read_excel(book, sheet_name="Plan", engine="calamine", header=None)


def _read_with_openpyxl(book: Path) -> object:
    import openpyxl

    return list(openpyxl.load_workbook(book, read_only=True)["Plan"].iter_rows(values_only=True))


def _task(book: Path, name: str, target: Path | None = None) -> None:
    from hscb_xl.engine import open_book
    from hscb_xl.tasks import check, rate, run

    opened = open_book(str(book))
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


def _export(book: Path, out: Path) -> None:
    from hscb_xl.engine import open_book
    from hscb_xl.tasks import export, run

    opened = open_book(str(book))
    plan = run.judged(opened, run.Asked(as_of=TODAY), date.today)
    opened.close()
    export.run(plan.judgement, plan.title, "monitoring", out)


def _show(results: list[dict[str, object]]) -> None:
    print(f"{'rows':>8}  {'candidate':<28}{'CPU seconds':>12}{'ratio':>8}")
    job = None
    for line in results:
        if line["job"] != job:
            job = line["job"]
            print(f"          {job}")
        seconds, ratio = line["seconds"], line["ratio"]
        print(f"{line['rows']:>8}  {line['candidate']:<28}{seconds:>12.4f}{ratio:>8.2f}")


if __name__ == "__main__":
    sys.exit(main())
