"""``hscb-xl schedule``: what is asked is checked now, not at two in the morning."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner, Result

from hscb_xl.cli import main
from hscb_xl.schedule import name_for
from tests.unit.schedule.conftest import Machine

Run = Callable[..., Result]


@pytest.fixture
def plans(tmp_path: Path, machine: Machine) -> Path:
    folder = tmp_path / "Plans & more"
    folder.mkdir()
    (folder / "Plan.xlsm").touch()
    return folder


@pytest.fixture
def schedule() -> Run:
    def run(*words: object) -> Result:
        return CliRunner().invoke(main, ["schedule", *map(str, words)], catch_exceptions=False)

    return run


def folders(unit: str) -> list[str]:
    line = next(line for line in unit.splitlines() if line.startswith("ReadWritePaths="))
    return re.findall(r'"-([^"]*)"', line)


def test_the_folders_of_every_path_can_be_written(
    schedule: Run, plans: Path, tmp_path: Path, machine: Machine
) -> None:
    for name in ("reports", "exports"):
        (tmp_path / name).mkdir()
    words = ("--daily", "02:00", "--system", "systemd", "--report", tmp_path / "reports")
    more = ("--export", tmp_path / "exports" / "tonight", "--include", "Plan*", tmp_path)
    done = schedule(plans / "Plan.xlsm", *words, "--notify", plans / "night.eml", "--", *more)
    expected = {machine.home / "log", tmp_path / "reports", tmp_path / "exports", plans, tmp_path}
    assert done.exit_code == 0, done.output
    assert folders(done.stdout) == sorted(map(str, expected))
    assert (
        f'"--report" "{tmp_path}/reports/hscb-xl.html" "--report" "{tmp_path}/reports/hscb-xl.jsonl"'
        in done.stdout
    )
    assert f'"--notify" "{plans}/night.eml" "--export" "{tmp_path}/exports/tonight"' in done.stdout
    assert not machine.changes


def test_of_a_link_both_folders_can_be_written(schedule: Run, plans: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "Plan.xlsm"
    link.symlink_to(plans / "Plan.xlsm")
    unit = schedule(link, "--daily", "02:00", "--system", "systemd").stdout
    assert {str(plans), str(link.parent)} <= set(folders(unit))
    assert f'"{link}"' in unit  # the link itself, wherever it will lead one night


def test_the_letter_of_a_network_drive_is_refused(
    schedule: Run, plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = PureWindowsPath("\\\\server\\board\\plans")
    monkeypatch.setattr(Path, "resolve", lambda *_, **__: share)
    done = schedule(plans, "--daily", "02:00", "--system", "windows")
    assert done.exit_code == 2
    assert f"write {share} for {plans}." in done.stderr


REFUSED = [
    (["nowhere", "--daily", "02:00"], "There is no file or folder nowhere: check the name."),
    (["PLANS"], "Say when: --daily 02:00."),
    (["PLANS", "--daily", "24:00"], "'24:00' is not a time of day: write it as 02:00, up to 23:59."),
    (["PLANS", "--daily", "2"], "'2' is not a time of day"),
    (["PLANS", "--daily", "02:00", "--report", "nowhere"], "nowhere: make it, or choose another."),
    (["PLANS", "--daily", "02:00", "--notify", "nowhere/night.eml"], "nowhere: make it, or choose another."),
    (["PLANS", "--daily", "02:00", "--install", "--remove"], "Give --install or --remove, not both."),
    (["PLANS", "--daily", "02:00", "--", "--wrokers", "2"], "No such option '--wrokers'"),
    (["PLANS", "--daily", "02:00", "--", "--workers", "none"], "'none' is not a valid integer range"),
    (["PLANS", "--daily", "02:00", "--", "--export", "out"], "write the whole path of out."),
    (["PLANS\nx", "--daily", "02:00"], "There is no file or folder"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_what_cannot_be_done_at_night_is_refused_by_day(
    schedule: Run, plans: Path, machine: Machine, words: list[str], sentence: str
) -> None:
    done = schedule("--system", "cron", *(word.replace("PLANS", str(plans)) for word in words))
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "\n\n" in done.stderr or done.stderr.count("\n") == 1  # usage and why, or one sentence
    assert done.stdout == ""
    assert not machine.changes


def test_a_folder_whose_name_no_task_can_hold_is_shown_plainly(
    schedule: Run, tmp_path: Path, machine: Machine
) -> None:
    folder = tmp_path / "a\nb"
    folder.mkdir()
    done = schedule(folder, "--daily", "02:00", "--system", "cron")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert r"a\nb" in done.stderr


def test_it_is_set_up_once_and_taken_away_when_the_folder_is_gone(
    schedule: Run, plans: Path, machine: Machine
) -> None:
    name = name_for(plans)
    words = (plans, "--daily", "2:00", "--system", "systemd")
    first, second = schedule(*words, "--install"), schedule(*words, "--install")
    assert first.stdout == (
        f"{name} is set up: it runs every day at 02:00.\nTry it now: systemctl --user start {name}.service\n"
    )
    assert second.stdout.startswith(
        f"{name} was set up already, and nothing was changed: it runs every day at 02:00.\n"
    )
    shutil.rmtree(plans)
    assert schedule(plans, "--remove", "--system", "systemd").stdout == f"{name} was taken away.\n"
    again = schedule(plans, "--remove", "--system", "systemd")
    assert (again.exit_code, again.stdout) == (0, f"There is no task {name}: nothing was changed.\n")
