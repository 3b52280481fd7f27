"""Imports go downward only (design, section 3): read from the source of every module."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "hscb_xl"
ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / PACKAGE).rglob("*.py"))

# What each layer may import beside the standard library: our own layers, and other people's packages.
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "": (set(), set()),
    "errors": (set(), set()),
    "plan": ({"plan", "errors"}, {"dateutil", "pandas", "rapidfuzz"}),
    "limits": ({"errors"}, set()),
    "shown": (set(), set()),
    "stored": (set(), set()),
    "source": ({"causes", "limits", "errors"}, set()),
    "disk": (set(), {"pywintypes", "win32security"}),
    "owners": (set(), set()),
    "locks": ({"disk", "owners", "errors"}, {"filelock"}),
    "swap": (set(), set()),
    "backups": ({"disk", "errors", "logs"}, set()),
    "causes": ({"errors"}, set()),
    "ownpath": (set(), set()),
    "protections": (set(), set()),
    "replacing": ({"backups", "disk", "locks", "logs", "swap", "errors"}, set()),
    "files": ({"backups", "causes", "disk", "limits", "locks", "replacing", "errors"}, set()),
    "restore": ({"backups", "files", "locks", "errors"}, set()),
    "logs": ({"shown"}, {"filelock"}),
    "facts": ({"shown"}, set()),
    "notify": ({"facts", "shown"}, set()),
    "schedule": ({"schedule", "files", "logs", "errors"}, set()),
    "textsize": (set(), set()),
    "manifest": ({"backups", "files", "source", "errors"}, set()),
    "handing": ({"manifest"}, set()),
    "whose": ({"ooxml", "limits", "plan", "shown", "xlsx", "errors"}, set()),
    "handed": ({"handing", "shown", "whose"}, set()),
    "handout": (
        {"backups", "disk", "files", "handed", "handing", "locks", "manifest", "source", "errors"},
        set(),
    ),
    "ooxml": ({"ooxml", "facts", "files", "limits", "source", "textsize", "errors"}, {"isal"}),
    "xlsx": ({"xlsx", "facts", "plan", "files", "textsize", "errors"}, {"xlsxwriter"}),
    "engine": ({"engine", "facts", "ooxml", "limits", "source", "errors"}, {"xlwings"}),
    "tasks": (
        {"tasks", "backups", "facts", "handout", "limits", "manifest", "plan", "protections", "stored"}
        | {"xlsx", "errors"},
        {"xlwings"},
    ),
    "batch": (
        {
            "batch",
            "backups",
            "engine",
            "facts",
            "files",
            "limits",
            "locks",
            "logs",
            "plan",
            "shown",
            "source",
            "tasks",
        }
        | {"ooxml", "xlsx", "errors"},
        {"xlwings", "distributed"},
    ),
    "desk": (
        {"desk", "build", "disk", "engine", "files", "limits", "locks", "logs", "ooxml", "source", "tasks"}
        | {"errors"},
        {"xlwings"},
    ),
    "importer": ({"importer", "limits", "plan", "source", "errors"}, {"openpyxl"}),
    "build": ({"build", "backups", "xlsx", "ooxml", "importer", "plan", "files", "errors"}, {"xlsxwriter"}),
}
# The faces parse, call and show; they may import anything of ours.
FACES = re.compile(r"cli\w*|__main__|screen|ribbon|udfs|live")
ONLY_IN_FUNCTIONS = {("plan", "pandas"), ("plan", "rapidfuzz")}
ONLY_ON_THE_COMMAND_LINE = {"click", "rich"}
API_ALLOWED = {"live.py"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def layer(path: Path) -> str:
    first = path.relative_to(ROOT / PACKAGE).parts[0]
    return first.removesuffix(".py").removeprefix("__init__")


def is_face(path: Path) -> bool:
    return FACES.fullmatch(layer(path)) is not None


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
    is_layer = first in ALLOWED or FACES.fullmatch(first) or (ROOT / PACKAGE / f"{first}.py").exists()
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


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_click_and_rich_stay_on_the_command_line(path: Path) -> None:
    found = {dotted.split(".")[0] for dotted, _ in imported(path)} & ONLY_ON_THE_COMMAND_LINE
    assert not found or layer(path) == "screen" or layer(path).startswith("cli")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_openpyxl_only_imports_plans(path: Path) -> None:
    found = any(dotted.split(".")[0] == "openpyxl" for dotted, _ in imported(path))
    assert not found or layer(path) == "importer"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_goes_round_the_object_model(path: Path) -> None:
    attributes = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    # The engine is where xlwings' own ``api`` is implemented; nobody may reach through it from elsewhere.
    assert "api" not in attributes or path.name in API_ALLOWED or layer(path) == "engine"


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
    ("plan/x.py", "from ..ooxml.package import Package", ["hscb_xl.ooxml.package.Package"]),
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
