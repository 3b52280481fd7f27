"""How fast the engine and the tasks are, side by side: ``python3 scripts/bench.py [--rows 26,1000]``.

Every time is CPU seconds, the median of some rounds in which all candidates take turns, so that a noisy
machine is noisy for all of them; a candidate that has had its share of time is left out of further rounds.
Ratios are against the first candidate of each job. "floor" is what no editor can beat: the other members of
the package copied, the one sheet part inflated and deflated again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import environment

ROWS = (26, 1_000, 10_000, 100_000)
LARGE = 100_000
"""Rows from which on memory says something of the sheet and not of the program."""
ENOUGH = 20.0
"""Seconds of one candidate after which it is measured no more."""


def main() -> int:
    if not _measuring():
        command = [str(environment.ready("dev")), __file__, *sys.argv[1:]]
        return subprocess.run(command, check=False).returncode
    sys.path.insert(0, str(environment.ROOT))
    import batchbench
    import benchjobs

    options = _options()
    results: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in options.rows:
            book = benchjobs.book(rows, Path(folder))
            for job, candidates in benchjobs.jobs(book, Path(folder), options.slow).items():
                results += _show(rows, job, "CPU seconds", _times(candidates, options.rounds))
            if rows >= LARGE:
                results += _show(rows, "peak memory of the edit", "sheet sizes", benchjobs.memory(book))
        results += _show(
            26, "from nothing to a plan of 26 rows", "CPU seconds", benchjobs.startup(Path(folder))
        )
        if options.plans:
            results += batchbench.measure(options.plans, Path(folder) / "night")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


def _measuring() -> bool:
    """Whether this is the environment's own Python already."""
    return Path(sys.prefix).resolve() == environment.interpreter(environment.ROOT).parent.parent.resolve()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=lambda text: [int(n) for n in text.split(",")], default=list(ROWS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slow", type=int, default=100_000, help="rows up to which openpyxl takes part")
    parser.add_argument("--plans", type=int, default=100, help="plans of the night that is measured")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    return parser.parse_args()


def _times(candidates: dict, rounds: int) -> dict[str, float]:
    """The median CPU seconds of each candidate."""
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds + 1):
        for name, run in candidates.items():
            if sum(taken[name]) < ENOUGH:
                start = time.process_time()
                run()
                taken[name].append(time.process_time() - start)
    # The first time of each pays for its imports; where it is the only one, these do not matter.
    return {name: statistics.median(seconds[1:] or seconds) for name, seconds in taken.items()}


def _show(rows: int, job: str, unit: str, figures: dict[str, float]) -> list[dict[str, object]]:
    first = next(iter(figures.values()))
    print(f"\n{job}, {rows:,} rows")
    lines = []
    for name, figure in figures.items():
        ratio = figure / first
        print(f"    {name:<44}{figure:>12.4f} {unit}{ratio:>9.2f}", flush=True)
        lines.append({"rows": rows, "job": job, "candidate": name, unit: figure, "ratio": ratio})
    return lines


if __name__ == "__main__":
    sys.exit(main())
