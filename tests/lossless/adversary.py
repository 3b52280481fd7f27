"""What a program does with a file that may be wrong: read, edited and saved, or refused in one sentence.

Run as a module, it does so within limits on time and memory: ``python -m tests.lossless.adversary FOLDER``
with the files of a folder as they are, ``python -m tests.lossless.adversary FOLDER SEED ROUNDS SECONDS`` many
times with files that are made wrong. It prints one line of JSON for each failure, whose file it keeps in the
folder, and one with the counts at the end.
"""

import datetime as dt
import gc
import json
import os
import random
import signal
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw

from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError
from tests.lossless.mutations import CHANGES, KEEPS_CONTENT
from tests.lossless.restructure import CHANGES as CHANGES_OF_STRUCTURE
from tests.lossless.restructure import is_made

SECONDS_EACH = 6
MEMORY = 1_500_000_000
"""Bytes of addresses that the process may have, its libraries included."""
MOST_CELLS = 200_000
LAST_ROW = 1_048_576
VALUES = ["a <b> & 'c' \"d\"\n e ", 149.25, dt.datetime(2015, 5, 12), True, -7.0]

Values = dict[str, dict[tuple[int, int], Any]]


class TooLong(BaseException):
    """A file took longer than it may."""


class Wrong(Exception):
    """The outcome is neither right nor a clear refusal."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """TooLong where what is inside takes more seconds of the processor; without effect on Windows."""
    if sys.platform == "win32":
        yield
        return

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def limit_memory() -> None:
    """Let the process have no more memory than ``MEMORY``; without effect on Windows."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def outcome(path: Path, target: Path, values: Values | None = None, changes: Sequence[str] = ()) -> str:
    """Give "refused", or "right" where the file was read, edited and saved as it should be.

    ``values`` are what must be read, where that is known. Raises Wrong, or whatever the engine lets out.
    """
    original = path.read_bytes()
    try:
        wanted = edited(path, target, values)
        restructured(path, target.with_name(f"other {target.name}"), changes)
    except PlanError as problem:
        sentence = str(problem)
        one = sentence.endswith(".") and "\n" not in sentence and len(sentence) > 10
        if not one or path.name not in sentence:
            raise Wrong(f"the refusal is no sentence that names the file: {sentence!r}") from problem
        return "refused"
    finally:
        if path.read_bytes() != original:
            raise Wrong("the original was changed")
    book = open_book(str(target))
    try:
        if values_of(book) != wanted:
            raise Wrong(f"what was saved reads {differences(values_of(book), wanted)}")
    finally:
        book.close()
    return "right"


def edited(path: Path, target: Path, values: Values | None) -> Values:
    """What the saved file must hold."""
    book = open_book(str(path))
    try:
        wanted = values_of(book)
        if values is not None and wanted != values:
            raise Wrong(f"the file was read as {differences(wanted, values)}")
        for name in wanted:
            ask_all(book.sheets[name])
        if wanted:
            write_some(book, wanted)
        book.save(str(target))
    finally:
        book.close()
    return wanted


def restructured(path: Path, target: Path, changes: Sequence[str]) -> None:
    """Change the structure as well, in another file; what is saved opens again."""
    if not changes:
        return
    book = open_book(str(path))
    try:
        for name in changes if len(book.sheets) else ():
            is_made(book.sheets[0], name)
        book.save(str(target))
    finally:
        book.close()
    try:
        book = open_book(str(target))
    except PlanError as problem:
        raise Wrong(f"after {changes} what was saved is refused: {problem}") from problem
    book.close()


def write_some(book: xw.Book, wanted: Values) -> None:
    """A row below everything that is there, and a rule and a validation for it."""
    name = next(iter(wanted))
    sheet = book.sheets[name]
    used = sheet.used_range
    last = used.last_cell.row if is_small(used) else 40
    row = max([last, *(table.range.last_cell.row for table in sheet.tables)]) + 3
    line = sheet.range((row, 2), (row, 1 + len(VALUES)))
    line.value = VALUES
    line.conditional_formats.add_cell_value("equal_to", '="R"', fill_color=(1, 2, 3))
    line.data_validation.set_list(["a", "b"])
    shown = line.options(ndim=1).value
    for at, (value, wished) in enumerate(zip(shown, VALUES, strict=True)):
        as_day = isinstance(value, dt.datetime) and isinstance(wished, float)  # by the format that is there
        if value != wished and not as_day:
            raise Wrong(f"{wished!r} was written and {value!r} stands there")
        wanted[name][row, 2 + at] = value


def is_small(cells: xw.Range) -> bool:
    """Whether all of them can be read at once."""
    height, width = cells.shape
    return height * width <= MOST_CELLS and cells.last_cell.row < LAST_ROW - 9


def ask_all(sheet: xw.Sheet) -> None:
    """Ask for everything else that can be asked of a sheet, on its first cells."""
    few = sheet.range("A1:H12")
    assert isinstance(few.formula, tuple | list)
    for rule in few.conditional_formats:
        assert rule.type
    assert few.data_validation.type
    assert all(table.name for table in sheet.tables)
    assert sheet.range("B2").number_format
    assert few.font.bold in (True, False, None)
    assert few.color is None or len(few.color) == 3
    for chart in sheet.charts:
        assert chart.chart_type


def values_of(book: xw.Book) -> Values:
    """Every value of every sheet with its row and column, of a far stray cell as of any other."""
    return {sheet.name: values_on(sheet) for sheet in book.sheets}


def values_on(sheet: xw.Sheet) -> dict[tuple[int, int], Any]:
    used = sheet.used_range
    blocks = [used] if is_small(used) else [sheet.range("A1:Z99"), used.last_cell]
    found = {}
    for block in blocks:
        for r, line in enumerate(block.options(ndim=2, err_to_str=True).value, start=block.row):
            for c, value in enumerate(line, start=block.column):
                if value is not None:
                    found[r, c] = value
    return found


def differences(one: Values, other: Values) -> str:
    """The first few cells in which two readings differ."""
    cells = [
        (sheet, place, one.get(sheet, {}).get(place), other.get(sheet, {}).get(place))
        for sheet in {*one, *other}
        for place in {*one.get(sheet, {}), *other.get(sheet, {})}
        if one.get(sheet, {}).get(place) != other.get(sheet, {}).get(place)
    ]
    return f"{list(one)} for {list(other)}, {cells[:3]!r}"


def as_they_are(folder: Path) -> Iterator[dict[str, Any]]:
    """Use each file of a folder; the failures, and the counts at the end."""
    counts: Counter[str] = Counter()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        failure = failure_of(path, None, counts)
        if failure:
            yield {"book": path.name, "failure": failure}
    yield {"counts": dict(counts)}


def made_wrong(folder: Path, seed: int, rounds: int, seconds: float) -> Iterator[dict[str, Any]]:
    """Make files of the folder wrong in turn and use them; the failures, and the counts at the end."""
    books = sorted(path for path in folder.iterdir() if path.is_file() and zipfile.is_zipfile(path))
    known = [known_values(path) for path in books]
    counts: Counter[str] = Counter()
    end = time.monotonic() + seconds
    for number in range(rounds):
        if time.monotonic() > end:
            break
        path, values = books[number % len(books)], known[number % len(books)]
        choose = random.Random(f"{seed} {number}")
        change = choose.choice(CHANGES)
        case = folder / "case" / f"case{path.suffix}"
        case.parent.mkdir(exist_ok=True)
        case.write_bytes(change(path.read_bytes(), choose))
        changes = choose.sample(list(CHANGES_OF_STRUCTURE), 2) if number % 3 == 0 else ()
        failure = failure_of(case, values if change in KEEPS_CONTENT else None, counts, changes)
        if failure:
            kept = folder / f"failed in round {number} {path.name}.wrong"
            case.replace(kept)
            yield {"book": path.name, "change": change.__name__, "failure": failure, "file": str(kept)}
    yield {"counts": dict(counts)}


def known_values(path: Path) -> Values | None:
    """What stands in a file before it is made wrong, None where it is refused already."""
    try:
        book = open_book(str(path))
    except PlanError:
        return None
    try:
        return values_of(book)
    except PlanError:
        return None
    finally:
        book.close()


def failure_of(case: Path, values: Values | None, counts: Counter[str], changes: Sequence[str] = ()) -> str:
    """What is wrong with the outcome, "" where nothing is."""
    target = case.with_name(f"saved{case.suffix}")
    target.unlink(missing_ok=True)
    try:
        with limited(SECONDS_EACH), warnings.catch_warnings():
            warnings.simplefilter("error")
            counts[outcome(case, target, values, changes)] += 1
    except (Exception, TooLong) as problem:  # noqa: BLE001  # whatever comes out is what is looked for
        counts["wrong"] += 1
        frames = traceback.extract_tb(problem.__traceback__)
        at = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-5:]))
        return f"{type(problem).__name__}: {str(problem)[:600]} [{at}]"
    finally:
        gc.collect(0)
    return ""


def main(folder: str, *how: str) -> None:
    limit_memory()
    os.fsync = lambda _: None  # nobody cuts the power here
    found = made_wrong(Path(folder), *map(int, how)) if how else as_they_are(Path(folder))
    for line in found:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
