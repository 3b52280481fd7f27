"""Imports go downward only (design, section 3): read from the source of every module."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = "hscb_xl"
ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / PACKAGE).rglob("*.py"))

# What each layer may import beside the standard library: our own layers, and other people's packages.
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "": (set(), set()),
    "errors": (set(), set()),
    "base": ({"errors"}, {"filelock"}),
    "plan": ({"errors"}, {"dateutil", "pandas", "rapidfuzz"}),
    "store": ({"base", "errors"}, {"filelock", "pywintypes", "win32security"}),
    "schedule": ({"base", "store", "errors"}, set()),
    "ooxml": ({"base", "store", "errors"}, {"isal"}),
    "xlsx": ({"base", "plan", "store", "errors"}, {"xlsxwriter"}),
    "handout": ({"base", "ooxml", "plan", "store", "xlsx", "errors"}, set()),
    "engine": ({"base", "ooxml", "store", "errors"}, {"xlwings"}),
    "tasks": ({"base", "handout", "plan", "store", "xlsx", "errors"}, {"xlwings"}),
    "batch": (
        {"base", "engine", "ooxml", "plan", "store", "tasks", "xlsx", "errors"},
        {"xlwings", "distributed"},
    ),
    "importer": ({"base", "plan", "store", "errors"}, {"openpyxl"}),
    "build": ({"base", "importer", "ooxml", "plan", "store", "xlsx", "errors"}, {"xlsxwriter"}),
    "desk": (
        {"base", "build", "engine", "ooxml", "plan", "store", "tasks"} | {"errors"},
        {"xlwings", "appscript"},
    ),
}
# The rooms of the layer ooxml, each of which may import those before it and itself.
ROOMS = tuple("xml formula package styles sheet rules tables drawings book structure".split())
# Rooms that the rest of their layer stands on, and what of that layer they may import beside themselves.
GROUND: dict[str, set[str]] = {
    "plan.deadlines": {"likeness", "wording"},
    "tasks.book": set(),
    "tasks.reading": {"book"},
}
# The faces parse, call and show; they may import anything of ours.
FACES = {"cli", "__main__", "ribbon", "udfs"}
AT_THE_ROOT = {"__init__.py", "errors.py", *(f"{face}.py" for face in FACES - {"cli"})}
"""Named from outside: by Excel, by Python itself, by callers who catch an error."""
MOST_MODULES = 20
ONLY_IN_FUNCTIONS = {("plan", "pandas"), ("plan", "rapidfuzz")}
ONLY_ON_THE_COMMAND_LINE = {"click", "rich"}
API_ALLOWED = {f"{PACKAGE}/desk/live.py"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def layer(path: Path) -> str:
    first = path.relative_to(ROOT / PACKAGE).parts[0]
    return first.removesuffix(".py").removeprefix("__init__")


def is_face(path: Path) -> bool:
    return layer(path) in FACES


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@cache
def imported(path: Path) -> tuple[tuple[str, bool], ...]:
    """Every dotted name that the module imports, and whether that happens only inside a function."""
    return tuple(imports_in(tree(path), path))


def imports_in(module: ast.Module, path: Path) -> Iterator[tuple[str, bool]]:
    deferred = {id(inner) for outer in ast.walk(module) if is_deferred(outer) for inner in ast.walk(outer)}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in deferred) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, path)
            yield from ((f"{base}.{alias.name}", id(node) in deferred) for alias in node.names)


def is_deferred(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test).endswith("TYPE_CHECKING") and not node.orelse
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def absolute(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def ours(dotted: str) -> str:
    """The layer that a name within our package belongs to: "hscb_xl.plan.rag" is of "plan"."""
    first = dotted.split(".")[1]
    is_layer = first in ALLOWED or first in FACES or (ROOT / PACKAGE / f"{first}.py").exists()
    return first if is_layer else ""


def wrong_imports(path: Path) -> Iterator[str]:
    own, others = ALLOWED[layer(path)]
    for dotted, in_function in imported(path):
        top = dotted.split(".")[0]
        if top == PACKAGE:
            if ours(dotted) not in {"", layer(path), *own}:
                yield dotted
        elif top not in sys.stdlib_module_names and (
            top not in others or ((layer(path), top) in ONLY_IN_FUNCTIONS and not in_function)
        ):
            yield dotted


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_is_of_a_known_layer(path: Path) -> None:
    assert layer(path) in ALLOWED or is_face(path)


@pytest.mark.parametrize("path", [path for path in MODULES if layer(path) in ALLOWED], ids=name_of)
def test_imports_go_downward(path: Path) -> None:
    assert list(wrong_imports(path)) == []


def wrong_rooms(path: Path) -> Iterator[str]:
    """What a module of ooxml imports of a room above its own, or of none."""
    above = ROOMS[ROOMS.index(path.parent.name) + 1 :]
    for dotted, _ in imported(path):
        if dotted.startswith(f"{PACKAGE}.ooxml") and dotted.split(".")[2] in {*above, ""}:
            yield dotted


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name in ROOMS], ids=name_of)
def test_rooms_are_imported_downward(path: Path) -> None:
    assert list(wrong_rooms(path)) == []


@pytest.mark.parametrize("ground", GROUND)
def test_the_ground_of_a_layer_stands_on_nothing_of_it(ground: str) -> None:
    whole, allowed = f"{PACKAGE}.{ground}", GROUND[ground]
    layers = f"{PACKAGE}.{ground.split('.')[0]}."
    for path in (ROOT / whole.replace(".", "/")).glob("*.py"):
        names = [name for name, _ in imported(path) if name.startswith(layers)]
        others = [name for name in names if not name.startswith(whole)]
        assert [name for name in others if name.removeprefix(layers).split(".")[0] not in allowed] == []


def test_every_folder_of_ooxml_is_a_room() -> None:
    inside = (path.relative_to(ROOT / PACKAGE / "ooxml") for path in MODULES if layer(path) == "ooxml")
    assert {path.parts[0] for path in inside} == {"__init__.py", *ROOMS}


def test_nothing_stands_at_the_root_but_what_outsiders_name() -> None:
    assert {path.name for path in (ROOT / PACKAGE).glob("*.py")} == AT_THE_ROOT


def test_no_folder_is_too_full() -> None:
    counts = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert [name_of(folder) for folder, count in counts.items() if count > MOST_MODULES] == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name_of)
def test_every_folder_says_what_it_is_for(path: Path) -> None:
    assert len(ast.get_docstring(tree(path)) or "") > 40


def run_time_imports(path: Path) -> Iterator[str]:
    """The modules of the engine that a module of the engine imports as it is itself imported."""
    for dotted, deferred in imported(path):
        if dotted.startswith(f"{PACKAGE}.engine.") and not deferred:
            whole = ROOT / f"{dotted.replace('.', '/')}.py"
            yield dotted if whole.exists() else dotted.rpartition(".")[0]


def test_the_engine_names_its_modules_round_in_a_circle_for_types_only() -> None:
    """Python's own sorter of dependencies raises CycleError with the circle."""
    modules = [path for path in MODULES if layer(path) == "engine"]
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules}
    order = TopologicalSorter({names[path]: {*run_time_imports(path)} for path in modules})
    assert len(tuple(order.static_order())) >= len(modules)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_click_and_rich_stay_on_the_command_line(path: Path) -> None:
    found = {dotted.split(".")[0] for dotted, _ in imported(path)} & ONLY_ON_THE_COMMAND_LINE
    assert not found or layer(path) == "cli"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_openpyxl_only_imports_plans(path: Path) -> None:
    found = any(dotted.split(".")[0] == "openpyxl" for dotted, _ in imported(path))
    assert not found or layer(path) == "importer"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_goes_round_the_object_model(path: Path) -> None:
    attributes = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    # The engine is where xlwings' own ``api`` is implemented; nobody may reach through it from elsewhere.
    assert "api" not in attributes or name_of(path) in API_ALLOWED or layer(path) == "engine"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_neither_xlwings_pro_nor_a_licence_key(path: Path) -> None:
    assert not [dotted for dotted, _ in imported(path) if dotted.startswith("xlwings.pro")]
    assert not re.search(r"LICEN[SC]E_KEY", path.read_text("utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("path", [path for path in MODULES if layer(path) in ("plan", "tasks")], ids=name_of)
def test_the_day_is_passed_in(path: Path) -> None:
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    clocks = [func.attr for func in calls if isinstance(func, ast.Attribute)]
    assert not {"today", "now", "utcnow"} & set(clocks)
    assert "time" not in {dotted.split(".")[0] for dotted, _ in imported(path)}


WRONG = [
    ("plan/x.py", "import pandas", ["pandas"]),
    ("plan/x.py", "from hscb_xl.tasks import run", ["hscb_xl.tasks.run"]),
    ("plan/x.py", "from ..ooxml.package.package import Package", ["hscb_xl.ooxml.package.package.Package"]),
    ("plan/x.py", "from hscb_xl import engine", ["hscb_xl.engine"]),
    ("tasks/x.py", "def f():\n    import hscb_xl.engine.book", ["hscb_xl.engine.book"]),
    ("ooxml/x.py", "import lxml.etree", ["lxml.etree"]),
]
RIGHT = [
    ("plan/x.py", "def f():\n    import pandas"),
    ("plan/x.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas"),
    ("plan/x.py", "from . import rag\nfrom .rag import rate\nfrom hscb_xl import __version__"),
    ("engine/x.py", "import xlwings as xw\nfrom hscb_xl.ooxml import package"),
]


@pytest.mark.parametrize(
    ("file", "source", "wrong"), [*WRONG, *((file, source, []) for file, source in RIGHT)]
)
def test_the_reader_of_imports_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, source: str, wrong: list[str]
) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / PACKAGE / file
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert list(wrong_imports(path)) == wrong
