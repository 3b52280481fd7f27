"""The two commands of the README: what they call, and when the environment is made anew."""

import importlib.util
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


@pytest.fixture
def load(project: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Loads a script by its file, as its name may be that of another module ("test" is Python's own)."""
    monkeypatch.syspath_prepend(project / "scripts")

    def loaded(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"script_{name}", project / "scripts" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return loaded


@pytest.fixture
def run(load: Load) -> ModuleType:
    return load("run")


@pytest.fixture
def environment(load: Load, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = load("environment")
    monkeypatch.setattr(module, "_run", pretended)
    return module


def pretended(command: Sequence[str], sentence: str) -> None:
    """Stands in for venv and pip: making the environment takes a while and leaves an interpreter."""
    if "venv" in command:
        time.sleep(0.03)
        bin_folder = Path(command[-1]) / ("Scripts" if os.name == "nt" else "bin")
        bin_folder.mkdir(parents=True)
        (bin_folder / "python").touch()
        (bin_folder / "python.exe").touch()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    for file in ("pyproject.toml", "requirements/run.txt", "requirements/dev.txt"):
        (tmp_path / file).write_text(file)
    return tmp_path


OUT = ["--out", "out", "--save-as"]
DEFAULT = ["run", "workbook/ImprovementPlan.xlsm", "--as-of", "2015-05-12", *OUT, "out/ImprovementPlan.xlsm"]
CALLS = [
    ([], DEFAULT),
    (["--as-of", "2015-06-01"], [*DEFAULT, "--as-of", "2015-06-01"]),
    (["--json"], [*DEFAULT, "--json"]),
    (["mine.xlsx", "--json"], ["run", "mine.xlsx", *OUT, "out/mine.xlsx", "--json"]),
    (["folder/mine.xlsx"], ["run", "folder/mine.xlsx", *OUT, "out/mine.xlsx"]),
]


@pytest.mark.parametrize(("given", "called"), CALLS)
def test_run_calls(run: ModuleType, project: Path, given: list[str], called: list[str]) -> None:
    assert [argument.replace(os.sep, "/") for argument in run.arguments(given, project)] == called


def test_run_from_another_folder_means_the_project_s_own_paths(run: ModuleType, project: Path) -> None:
    called = run.arguments([], project.parent / "elsewhere")
    assert called[1] == str(project / "workbook" / "ImprovementPlan.xlsm")
    assert called[-1] == str(project / "out" / "ImprovementPlan.xlsm")


def test_test_ends_with_pytest(load: Load) -> None:
    commands = load("test").commands
    assert [command[0] for command in commands([])] == ["ruff", "ruff", "mypy", "pytest"]
    assert commands(["-k", "golden"]) == [("pytest", "-k", "golden")]


def test_every_requirement_is_pinned_once(project: Path) -> None:
    for file in (project / "requirements").glob("*.txt"):
        lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
        names = [line.split("==")[0].casefold() for line in lines]
        assert all("==" in line and not line.startswith("-") for line in lines)
        assert len(set(names)) == len(names)


def test_an_environment_is_made_once_and_then_found(
    environment: ModuleType, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert environment.ready("dev", root=root) == environment.interpreter(root)
    assert capsys.readouterr().err.count("Setting up .venv") == 1
    assert environment.ready("dev", root=root).exists()
    assert capsys.readouterr() == ("", "")
    assert not (root / ".venv.lock").exists()


STALE = [
    ("another set of run", "requirements/run.txt", ["run", "dev"]),
    ("another project", "pyproject.toml", ["run", "dev"]),
    ("another set of dev", "requirements/dev.txt", ["dev"]),
    ("half made: no stamp", ".venv/installed-run", ["run", "dev"]),
]


@pytest.mark.parametrize(("file", "names"), [case[1:] for case in STALE], ids=[case[0] for case in STALE])
def test_stale_after(environment: ModuleType, root: Path, file: str, names: list[str]) -> None:
    environment.ready("dev", root=root)
    assert environment.stale(("run", "dev"), root) == []
    (root / file).write_text("changed")
    assert environment.stale(("run", "dev"), root) == names
    environment.ready("dev", root=root)
    assert environment.stale(("run", "dev"), root) == []


def test_two_at_once_make_one_environment(
    environment: ModuleType, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    threads = [threading.Thread(target=environment.ready, kwargs={"root": root}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert capsys.readouterr().err.count("Setting up .venv") == 1


def test_a_lock_left_by_a_killed_process_is_dropped(environment: ModuleType, root: Path) -> None:
    lock = root / ".venv.lock"
    lock.mkdir()
    os.utime(lock, (0, 0))
    environment.ready(root=root)
    assert not lock.exists()
