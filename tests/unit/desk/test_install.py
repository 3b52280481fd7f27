"""Installing on a desk: what is put where, twice the same as once, and whole or not at all."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings as xw
from xlwings.utils import read_user_config

from hscb_xl.desk import addin, checks, install
from hscb_xl.desk.system import Desk, System
from hscb_xl.errors import OutputProblem, WrongState
from tests.unit.desk.conftest import INTERPRETERS, MakeDesk

XLWINGS = Path(xw.__file__).parent
BOTH = pytest.mark.parametrize("system", ["windows", "mac"])


def files_of(desk: Desk) -> dict[str, tuple[bytes, int]]:
    """Every file below the user's home, with its bytes and when it was written."""
    found = (path for path in desk.home.rglob("*") if path.is_file())
    return {
        path.relative_to(desk.home).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in found
    }


PLACED = {
    "windows": {"Roaming/Microsoft/Excel/XLSTART/xlwings.xlam", ".xlwings/xlwings.conf"},
    "mac": {
        "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/"
        "xlwings.xlam",
        f"Library/Application Scripts/com.microsoft.Excel/xlwings-{xw.__version__}.applescript",
        "Library/Containers/com.microsoft.Excel/Data/xlwings.conf",
    },
}
SET = {
    "windows": {
        "interpreter_win": INTERPRETERS["windows"],
        "add_workbook_to_pythonpath": "False",
        "use udf server": "True",
        "udf modules": "hscb_xl.udfs",
    },
    "mac": {"interpreter_mac": INTERPRETERS["mac"], "add_workbook_to_pythonpath": "False"},
}


@BOTH
def test_everything_is_in_place_and_nothing_else(
    system: System, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(system)
    first = install.install(desk)
    placed = files_of(desk)
    assert placed.keys() == PLACED[system]
    assert (
        placed[min(name for name in placed if name.endswith(".xlam"))][0]
        == (XLWINGS / "addin" / "xlwings.xlam").read_bytes()
    )
    monkeypatch.setattr(xw, "USER_CONFIG_FILE", str(desk.configuration))
    read = {key: value for key, value in read_user_config().items() if not key.startswith("hscb_xl was ")}
    assert (first.changed, read) == (True, SET[system])
    second = install.install(desk)
    assert not second.changed
    assert all("already" in sentence for sentence in second.sentences)
    assert files_of(desk) == placed


@BOTH
def test_removed_it_leaves_the_settings_as_they_were(system: System, make_desk: MakeDesk) -> None:
    desk = make_desk(system)
    theirs = f'"ONEDRIVE_CONSUMER","D:\\One"\n"{next(iter(SET[system])).upper()}","/their/python"\n'.encode()
    desk.configuration.parent.mkdir(parents=True)
    desk.configuration.write_bytes(theirs)
    said = install.install(desk).sentences
    assert any("(it was /their/python)" in sentence for sentence in said)
    assert desk.configuration.read_bytes() != theirs
    assert install.remove(desk).changed
    assert desk.configuration.read_bytes() == theirs
    assert not install.remove(desk).changed


def test_an_add_in_of_another_version_is_replaced(make_desk: MakeDesk) -> None:
    desk = make_desk("windows")
    install.install(desk)
    (desk.startup / "xlwings.xlam").write_bytes(b"0.30.0")
    done = install.install(desk)
    assert done.changed
    assert done.sentences[0] == f"The add-in xlwings.xlam is in {desk.startup} in place of another version."
    assert addin.pieces(desk)[0].is_right


def test_excel_never_finds_half_a_copy(make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel opens every file in its startup folder, whatever its name."""
    desk, seen = make_desk("windows"), []
    whole = Path.replace

    def watched(path: Path, target: Path) -> Path:
        seen.append([found.name for found in desk.startup.iterdir()])
        return whole(path, target)

    monkeypatch.setattr(Path, "replace", watched)
    install.install(desk)
    assert seen == [[], ["xlwings.xlam"]]  # before the add-in, and before the configuration


def test_moved_and_installed_again_the_first_setting_still_comes_back(make_desk: MakeDesk) -> None:
    desk = make_desk("mac")
    desk.configuration.parent.mkdir(parents=True)
    desk.configuration.write_bytes(theirs := b'"INTERPRETER_MAC","/their/python"\n')
    install.install(desk)
    moved = replace(desk, interpreter="/Applications/newer/.venv/bin/python")
    install.install(moved)
    install.remove(moved)
    assert desk.configuration.read_bytes() == theirs


@pytest.mark.parametrize("folder", ["/Users/jo/My plans", "/Users/jo/R&D", "/Users/jo/a|b"])
def test_a_mac_cannot_start_python_from_every_folder(folder: str, make_desk: MakeDesk) -> None:
    """The script of RunPython in xlwings gives the interpreter to the shell without quotation marks."""
    desk = replace(make_desk("mac"), interpreter=f"{folder}/.venv/bin/python")
    with pytest.raises(WrongState, match="has a space or a sign in its name"):
        install.install(desk)
    assert not desk.home.exists()
    assert "move the program" in checks.to_put_right(list(checks.configuration(desk)))
    script = XLWINGS / f"xlwings-{xw.__version__}.applescript"
    assert 'set ShellCommand to PythonInterpreter & " -B' in script.read_text("utf-8")


STEPS = [
    (addin.disk, "make_folder"),
    (addin.locks, "refuse_if_not_writable"),
    (addin.disk, "write_beside"),
    (Path, "replace"),
]


def test_a_failure_leaves_the_old_add_in_or_none(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """Each step fails once, with and without an add-in there before."""
    desk, faults = make_desk("windows"), 0

    def fails(*_: object, **__: object) -> None:
        nonlocal faults
        faults += 1
        raise PermissionError(13, "Permission denied")

    for before in ({}, {"xlwings.xlam": b"0.30.0"}):
        for name, data in before.items():
            desk.startup.mkdir(parents=True, exist_ok=True)
            (desk.startup / name).write_bytes(data)
        for place, step in STEPS:
            with monkeypatch.context() as patched:
                patched.setattr(place, step, fails)
                with pytest.raises(OutputProblem, match="close Excel"):
                    install.install(desk)
            left = {path.name: path.read_bytes() for path in desk.home.rglob("*") if path.is_file()}
            assert left == before
    record_property("faults", faults)
    assert faults == 2 * len(STEPS)


@pytest.mark.parametrize("act", [install.install, install.remove])
def test_without_excel_nothing_is_done(act: object, make_desk: MakeDesk) -> None:
    desk = make_desk("other")
    with pytest.raises(WrongState, match="there is no add-in to put in place"):
        act(desk)  # type: ignore[operator]
    assert not desk.home.exists()


def test_the_places_are_those_of_xlwings(make_desk: MakeDesk) -> None:
    package = (XLWINGS / "__init__.py").read_text("utf-8")
    mac, others = (
        re.findall(r'"([^"~]+)"', part.split(")", 2)[1])
        for part in package.split("USER_CONFIG_FILE = os.path.join(")[1:3]
    )
    assert make_desk("mac").configuration.relative_to(make_desk("mac").home).parts == tuple(mac)
    assert make_desk("windows").configuration.relative_to(make_desk("windows").home).parts == tuple(others)
    scripts = make_desk("mac").scripts.relative_to(make_desk("mac").home).as_posix()
    assert f'"/{scripts}"' in (XLWINGS / "cli.py").read_text("utf-8")


def test_the_version_is_the_one_pinned() -> None:
    pinned = (Path(__file__).resolve().parents[3] / "requirements" / "run.txt").read_text("utf-8")
    assert f"xlwings=={addin.XLWINGS}" in pinned.splitlines()
