"""The service and the timer, held against systemd's own checker and read by the rules of its pages."""

import re
import subprocess
from configparser import RawConfigParser
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given

from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule import Task, systemd
from tests.unit.schedule.conftest import AWKWARD, COMMANDS, Machine, made

NAME = "hscb-xl-plans-0a1b2c3d"
WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')


def values(unit: str) -> dict[str, str]:
    """The settings of a unit, all sections together, as they are written."""
    parser = RawConfigParser(delimiters=["="], comment_prefixes=["#", ";"], strict=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keep the case
    parser.read_string(unit)
    return {key: value for section in parser.sections() for key, value in parser[section].items()}


def words(value: str, *, variables: bool) -> list[str]:
    """Quoted words as systemd reads them: systemd.syntax(7), and "Command lines" in systemd.service(5)."""
    assert re.fullmatch(rf"({WORD.pattern}( |$))*", value), value
    found = [re.sub(r"\\(.)", r"\1", word) for word in WORD.findall(value)]
    assert not any(re.search(r"%", word.replace("%%", "")) for word in found)
    found = [word.replace("%%", "%") for word in found]
    if variables:
        assert not any("$" in word.replace("$$", "") for word in found)
        found = [word.replace("$$", "$") for word in found]
    return found


@given(COMMANDS)
def test_arguments_arrive_unharmed(given_words: list[str]) -> None:
    service = systemd.units(made("/opt/python", *given_words))[f"{NAME}.service"]
    line = next(line for line in service.split("\n") if line.startswith("ExecStart="))
    assert words(line.partition("=")[2], variables=True) == ["/opt/python", *given_words]
    assert not any(line.endswith("\\") for line in service.split("\n"))  # it would draw in the next line


@given(COMMANDS.map(lambda found: [Path("/srv") / word for word in found]))
def test_folders_to_write_to_arrive_unharmed(folders: list[Path]) -> None:
    task = Task(NAME, time(2, 0), ("/opt/python",), tuple(folders), Path("/srv") / "l o%g")
    known = values(systemd.units(task)[f"{NAME}.service"])
    own, named = "-/tmp -/var/tmp ", known["ReadWritePaths"] + " "
    assert words(named.removeprefix(own).rstrip(), variables=False) == [f"-{folder}" for folder in folders]
    assert words(known["Environment"], variables=False) == ["HSCB_XL_LOG_DIR=/srv/l o%g"]


def verified(folder: Path, task: Task) -> str:
    """What ``systemd-analyze verify`` finds wrong, '' where nothing is."""
    units = folder / "units"
    units.mkdir()
    for name, text in systemd.units(task).items():
        (units / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--user", "--man=no", *map(str, sorted(units.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr or "exit code" * done.returncode


@pytest.fixture
def run_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))


@pytest.mark.systemd
@pytest.mark.usefixtures("run_time")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    # The checker looks for the program: a path that is read otherwise than it was meant is not found.
    program = tmp_path / "ä b%n" / "py"
    program.parent.mkdir()
    program.write_bytes(b"#!/bin/sh\n")
    program.chmod(0o755)
    folders = tuple(tmp_path / word for word in AWKWARD if "/" not in word)
    task = Task(NAME, time(2, 0), (str(program), *AWKWARD), folders, tmp_path / "log %t")
    assert verified(tmp_path, task) == ""


@pytest.mark.systemd
@pytest.mark.usefixtures("run_time")
def test_systemd_itself_would_find_a_slip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systemd, "_SERVICE", systemd._SERVICE.replace("=strict", "=strickt"))
    found = verified(tmp_path, made("/nowhere/python"))
    assert "strickt" in found
    assert "/nowhere/python is not executable" in found


@pytest.mark.systemd
def test_systemd_itself_reads_the_hour() -> None:
    spec = values(systemd.units(made(at=time(2, 5)))[f"{NAME}.timer"])["OnCalendar"]
    done = subprocess.run(["systemd-analyze", "calendar", spec], capture_output=True, text=True, check=True)
    assert "Normalized form: *-*-* 02:05:00" in done.stdout


def test_a_night_missed_is_made_up_for_and_only_the_plans_can_be_written() -> None:
    units = systemd.units(made())
    timer, service = values(units[f"{NAME}.timer"]), values(units[f"{NAME}.service"])
    assert (timer["Persistent"], timer["Unit"]) == ("true", f"{NAME}.service")
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert service["ReadWritePaths"] == '-/tmp -/var/tmp "-/srv/plans" "-/var/log/hscb"'
    assert "PrivateTmp" not in service


@pytest.mark.parametrize("sign", ["$", '"', "'", "\\"])
def test_a_program_that_systemd_does_not_start_is_refused(sign: str) -> None:
    with pytest.raises(ScheduleProblem, match="install hscb-xl elsewhere"):
        systemd.units(made(f"/opt/{sign}x/python"))


def test_what_is_shown_is_what_is_installed(machine: Machine) -> None:
    task = made()
    folder = machine.home / ".config" / "systemd" / "user"
    text = systemd.shown(task)
    assert systemd.install(Task(task.name, task.at, task.command, task.writes, machine.home / "log"))
    assert [f"# {path}" in text for path in sorted(folder.iterdir())] == [True, True]
    assert [line.split()[1] for line in machine.changes] == ["daemon-reload", "enable", "restart"]


def test_a_user_whose_timers_stop_at_logout_is_told(machine: Machine) -> None:
    assert systemd.notes() == ()
    (machine.kept.parent / "loginctl").write_text("#!/bin/sh\necho Linger=no\n")
    assert systemd.notes() == ("So that it also runs while you are logged out, once: loginctl enable-linger",)
