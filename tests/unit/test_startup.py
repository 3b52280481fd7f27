"""What is imported before the first cell is read: for a plan of 26 rows, that is most of the time."""

import subprocess
import sys
from collections.abc import Sequence, Set
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "workbook" / "ImprovementPlan.xlsm"
HEAVY = {
    "PIL",
    "click",
    "dateutil",
    "distributed",
    "lxml",
    "matplotlib",
    "numpy",
    "openpyxl",
    "pandas",
    "polars",
    "python_calamine",
    "rapidfuzz",
    "rich",
    "xlsxwriter",
}
# xlwings imports these itself where they are installed; the environment of a run has none of them.
OF_XLWINGS = {"PIL", "dateutil", "matplotlib", "numpy", "pandas", "polars"}

RUN = """
from datetime import date
from hscb_xl.engine import open_book
from hscb_xl.tasks import run
book = open_book({book!r})
run.run(book, run.Asked(as_of=date(2015, 5, 12)), date.today)
book.save({copy!r})
"""
COMMAND = """
import sys
from hscb_xl.cli import main
sys.argv = ["hscb-xl", *{words!r}]
try:
    main()
except SystemExit as end:
    assert end.code in (0, None, {allowed}), end.code
"""


EACH = """
shown = set()
for name in {modules!r}:
    importlib.import_module("hscb_xl." + name)
    new = {{*sys.modules}} & {{*{looked_for!r}}} - shown
    shown |= new
    print("with", name, *new)
"""


def brought(modules: Sequence[str], without: Set[str] = frozenset()) -> dict[str, set[str]]:
    """What each of some modules loads, of xlwings and the heavy packages, that none before it has loaded."""
    looked_for = sorted({*HEAVY, "xlwings"} - without)
    code = EACH.format(modules=modules, looked_for=looked_for)
    lines = output(f"import importlib\n{code}", without)
    told = [line.split()[1:] for line in lines if line.startswith("with ")]
    return {name: set(found) for name, *found in told}


def loaded(code: str, without: Set[str] = frozenset()) -> set[str]:
    """The heavy packages that a new interpreter has loaded after ``code``; those named are hidden from it."""
    names = "print('loaded', *(name for name, module in sys.modules.items() if module))"
    return HEAVY & set(output(f"{code}\nprint(flush=True)\n{names}", without)[-1].split())


def output(code: str, without: Set[str]) -> list[str]:
    """The lines that a new interpreter prints."""
    hidden = "".join(f"sys.modules[{name!r}] = None\n" for name in sorted(without))
    command = [sys.executable, "-c", f"import sys\n{hidden}{code}"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert not done.returncode, done.stderr
    return done.stdout.splitlines()


def test_what_does_not_need_xlwings_is_light() -> None:
    modules = ["plan.checks", "plan.summary", "ooxml.book.workbook", "store.atomic", "importer", "batch.pool"]
    assert brought(modules) == {module: set() for module in modules}


def test_the_command_line_begins_without_xlwings() -> None:
    """Each worker of a batch imports what its parent began with."""
    assert loaded("import hscb_xl.cli\nassert 'xlwings' not in sys.modules") == {"click"}


def test_a_task_brings_nothing_but_xlwings() -> None:
    verbs = ["run", "check", "rate", "format", "summarise", "export"]
    modules = ["engine", *(f"tasks.{verb}" for verb in verbs)]
    assert brought(modules, OF_XLWINGS) == {
        module: {"xlwings"} if module == "engine" else set() for module in modules
    }


def test_a_run_without_exports_needs_none_of_them(tmp_path: Path) -> None:
    copy = tmp_path / "plan.xlsm"
    code = RUN.format(book=str(WORKBOOK), copy=str(copy))
    assert loaded(code, HEAVY) == set()
    assert copy.exists()


def test_what_excel_calls_brings_nothing_but_xlwings() -> None:
    modules = ["tasks.accept", "tasks.undo", "tasks.find", "ribbon", "desk.live", "udfs"]
    assert set().union(*brought(modules, OF_XLWINGS).values()) == {"xlwings"}


def test_a_click_begins_with_xlwings_and_almost_nothing_else() -> None:
    """Excel starts a process for each click: what a button needs beyond its name is imported by the click."""
    ours = {"hscb_xl", "hscb_xl.errors", "hscb_xl.ribbon"}
    code = "import xlwings\nknown = set(sys.modules)\nimport hscb_xl.ribbon\nfound = set(sys.modules) - known"
    assert loaded(f"{code}\nassert found == {ours}, found", OF_XLWINGS) == set()


LAZY = """
import importlib.util, sys
spec = importlib.util.find_spec("pandas")
loader = spec.loader = importlib.util.LazyLoader(spec.loader)
sys.modules["pandas"] = importlib.util.module_from_spec(spec)
loader.exec_module(sys.modules["pandas"])
import xlwings
"""


def test_a_lazy_pandas_is_loaded_by_xlwings_all_the_same() -> None:
    """Why nothing of ours stands between xlwings and pandas (docs/design.md, section 8)."""
    pytest.importorskip("pandas")
    code = f"{LAZY}loaded = type(sys.modules['pandas']).__name__ == 'module' and 'pandas.core' in sys.modules"
    assert "pandas" in loaded(f"{code}\nassert loaded")


COMMANDS = [
    (["run", "BOOK", "--json"], {"click"}),
    (["run", "BOOK"], {"click", "rich"}),
    (["check", "BOOK", "--json"], {"click"}),
    (["rate", "BOOK"], {"click"}),
    (["format", "BOOK"], {"click"}),
    (["summarise", "BOOK"], {"click"}),
    (["export", "BOOK", "--out", "OUT"], {"click", "xlsxwriter"}),
    (["new", "NEW"], {"click", "xlsxwriter"}),
    (["batch", "BOOK"], {"click", "rich"}),
    (["doctor"], {"click"}),
]


@pytest.mark.parametrize(
    ("words", "needed"), COMMANDS, ids=lambda part: " ".join(part if isinstance(part, list) else sorted(part))
)
def test_a_command_loads_what_it_uses(words: list[str], needed: set[str], tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsm"
    book.write_bytes(WORKBOOK.read_bytes())
    places = {"BOOK": str(book), "OUT": str(tmp_path / "out"), "NEW": str(tmp_path / "new.xlsm")}
    errors_found = 1 if words[0] == "check" else 0
    code = COMMAND.format(words=[places.get(word, word) for word in words], allowed=errors_found)
    assert loaded(code, HEAVY - needed) == needed
