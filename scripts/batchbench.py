"""A night of many small plans beside the same night written with openpyxl: ``scripts/batchbench.py``.

Plans a second, and CPU seconds of everything that was started. The plans differ in their texts, so that
nothing is read twice. ``--plans 1000`` is the real thing; a quick look takes 100.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import environment

TODAY = date(2015, 5, 12)
WORKERS = 2
DIFFERENT = 50
"""Plans that are built; the others are copies of them, each far from its like."""
QUICK = 100
NIGHTS = (
    ("openpyxl, one process", "loop"),
    ("openpyxl, a pool of two", "pool"),
    ("hscb-xl batch, two workers", "batch"),
    ("the same night once more", "batch"),
    ("once more, everything done afresh", "afresh"),
)


def main() -> int:
    if not _measuring():
        command = [str(environment.ready("dev")), __file__, *sys.argv[1:]]
        return subprocess.run(command, check=False).returncode
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=QUICK)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = measure(options.plans, Path(folder))
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


def measure(plans: int, folder: Path) -> list[dict[str, object]]:
    """Time each night on so many plans of 26 rows, and show it."""
    plant(plans, folder / "fresh")
    results = []
    print(f"\na night of {plans:,} plans of 26 rows")
    for name, kind in NIGHTS:
        figures = _night(kind, folder)
        rate = plans / float(figures["seconds"])
        first = results[0]["plans a second"] if results else rate
        print(
            f"    {name:<36}{rate:>9.1f} plans/s{figures['CPU seconds']:>9.1f} CPU s{rate / first:>8.2f}"
            + "".join(f"   {key} {value}" for key, value in figures.items() if key.startswith("parent")),
            flush=True,
        )
        results.append({"plans": plans, "candidate": name, "plans a second": rate, **figures})
    return results


def plant(count: int, folder: Path) -> None:
    """So many plans in folders of fifty, their texts in words of the board's own plan."""
    from hscb_xl.build import build
    from hscb_xl.importer import read_document

    source = read_document(environment.ROOT / "workbook" / "source" / "improvement_plan.txt")
    folder.mkdir(parents=True)
    for number in range(count):
        path = folder / f"{number // DIFFERENT:03}" / f"Plan {number:05}.xlsm"
        path.parent.mkdir(exist_ok=True)
        if number < DIFFERENT:
            chosen = random.Random(number)
            rows = tuple(replace(row, cells=_shuffled(row.cells, chosen)) for row in source.rows)
            build(replace(source, rows=rows), path, as_of=None)
        else:
            shutil.copy(folder / "000" / f"Plan {number % DIFFERENT:05}.xlsm", path)


def _shuffled(cells: dict, chosen: random.Random) -> dict:
    """A row whose sentences stand in another order, with a word of its own."""
    sentences = cells["progress"].split(". ")
    chosen.shuffle(sentences)
    return {**cells, "progress": f"{'. '.join(sentences)} ({chosen.random():.4f})"}


def _night(kind: str, folder: Path) -> dict[str, object]:
    """What a night costs in a process of its own, on a tree of its own where it is the first one there."""
    tree = folder / ("batch" if kind in ("batch", "afresh") else kind)
    if not tree.exists():
        shutil.copytree(folder / "fresh", tree)
    before, start = _cpu(), time.perf_counter()
    paths = [str(Path(__file__).parent), str(environment.ROOT)]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "HSCB_XL_LOG_DIR": str(folder / "log")}
    code = f"import batchbench; batchbench.run({kind!r}, {str(tree)!r})"
    script = f"if __name__ == '__main__':\n    {code}\n"
    file = folder / "night.py"
    file.write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(file)], env=variables, check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "CPU seconds": _cpu() - before, **json.loads(done.stdout.splitlines()[-1])}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(kind: str, tree: str) -> None:
    """Do a night in this process and its children, and print what is to be known of it beside its time."""
    if kind in ("batch", "afresh"):
        print(json.dumps(_batch(Path(tree), afresh=kind == "afresh")))
        return
    paths = sorted(Path(tree).rglob("*.xlsm"))
    if kind == "loop":
        found = [_plainly(path) for path in paths]
    else:
        import multiprocessing

        with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
            found = list(pool.imap_unordered(_plainly, paths))
    print(json.dumps({"findings": sum(found)}))


def _plainly(path: Path) -> int:
    import plainjob

    return plainjob.do(path, TODAY)


def _batch(tree: Path, *, afresh: bool) -> dict[str, object]:
    from hscb_xl.batch.finding import find
    from hscb_xl.batch.jobs import Job
    from hscb_xl.batch.night import work_through
    from hscb_xl.batch.pool import Pool
    from hscb_xl.batch.report import Report

    jobs = (Job(found.path, TODAY, afresh=afresh) for found in find([tree]))
    findings, peaks = 0, {}
    with Report([tree.with_suffix(".jsonl"), tree.with_suffix(".html")], TODAY) as report:
        for record in work_through(jobs, Pool(WORKERS, 600), lambda: 0):
            report.add(record)
            findings += sum(record.findings.values())
            if report.totals.outcomes.total() == 10:
                peaks["parent's peak after 10 (MB)"] = _peak()
        report.finish()
    outcomes = dict(report.totals.outcomes)
    return {"findings": findings, "outcomes": outcomes, **peaks, "parent's peak after all (MB)": _peak()}


def _peak() -> float:
    """The most memory that this process has held, in MB; Linux counts in units of 1,024, the Mac in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count the peak of the process that started this one
        return round(int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1024 if sys.platform != "darwin" else peak / 1024**2, 1)


def _measuring() -> bool:
    """Whether this is the environment's own Python already."""
    return Path(sys.prefix).resolve() == environment.interpreter(environment.ROOT).parent.parent.resolve()


if __name__ == "__main__":
    sys.exit(main())
