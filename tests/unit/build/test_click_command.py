"""What a click has Python do, run as xlwings composes it, with all that can be laid beside a workbook."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hscb_xl.build.vba import modules

OF_OLD = "import hscb_xl.ribbon; hscb_xl.ribbon.about()"
"""What the macros of earlier versions say."""
NAMES = ["hscb_xl", "filelock", "platform", "json", "traceback", "logging", "difflib", "theirs"]
LOUD = "from pathlib import Path\nPath({sprung!r}).open('a').write(__name__ + '\\n')\nraise SystemExit(9)\n"


def code(task: str) -> str:
    """The code that the macro hands on, put together from its text."""
    [text] = [module.text for module in modules() if module.name == "Ribbon"]
    [body] = re.findall(r"Function Code\(task As String\) As String\r\n(.*?)End Function", text, re.DOTALL)
    pieces = re.findall(r'"((?:[^"]|"")*)"|(\btask\b)', body)
    return "".join(task if name else piece for piece, name in pieces)


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan and traps; a trap that is sprung writes its name down."""
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    folder = tmp_path / "shared"
    for package in ("hscb_xl", "rapidfuzz"):
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text(LOUD.format(sprung=str(tmp_path / "sprung")), "utf-8")
    for name in NAMES[1:]:
        (folder / f"{name}.py").write_text(LOUD.format(sprung=str(tmp_path / "sprung")), "utf-8")
    return folder


def click(
    shared: Path, command: str, switch: str = "True", more: str = ""
) -> subprocess.CompletedProcess[str]:
    """What ExecuteWindows in xlwings.bas has run for a click on a button of a plan in that folder.

    ``switch`` and ``more`` are the settings ADD_WORKBOOK_TO_PYTHONPATH and PYTHONPATH.
    """
    plan = shared / "Plan.xlsm"
    given = f"{switch};{plan};{plan};;;;{more}"
    prepared = f'import xlwings.utils;xlwings.utils.prepare_sys_path("{given}"); {command}'
    words = [sys.executable, "-B", "-c", prepared, f"--wb={plan.name}", "--from_xl=1"]
    return subprocess.run(
        words, cwd=Path(sys.executable).parent, capture_output=True, encoding="utf-8", check=False
    )


def sprung(shared: Path) -> list[str]:
    record = shared.parent / "sprung"
    return record.read_text("utf-8").split() if record.exists() else []


def test_the_traps_do_spring(shared: Path) -> None:
    click(shared, OF_OLD)
    assert sprung(shared) == ["hscb_xl"]


@pytest.mark.parametrize("switch", ["True", "False"])
def test_a_click_runs_nothing_that_lies_beside_the_workbook(shared: Path, switch: str) -> None:
    done = click(shared, code("about"), switch, str(shared))
    assert sprung(shared) == []
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("A button works in Excel, on the workbook in front")


def test_other_people_find_their_folders_again(shared: Path) -> None:
    assert click(shared, f"{code('about')}; import theirs").returncode == 9
    assert sprung(shared) == ["theirs"]


def test_switched_off_the_macros_of_earlier_versions_run_nothing_either(shared: Path) -> None:
    assert click(shared, OF_OLD, "False").returncode == 0
    assert sprung(shared) == []


def test_a_click_of_an_earlier_version_imports_no_other_module_from_there(shared: Path) -> None:
    (shared / "hscb_xl" / "__init__.py").unlink()
    (shared / "hscb_xl").rmdir()
    assert click(shared, OF_OLD).returncode == 0
    assert sprung(shared) == []


def test_the_code_holds_nothing_that_a_shell_would_take() -> None:
    assert not set('"%|&<>^$`\\!\n') & set(code("about"))
