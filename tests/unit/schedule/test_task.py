"""The task itself: its name, the command, and what is refused whatever the system."""

import os
import re
import sys
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given

from hscb_xl import schedule
from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule import name_for, nightly
from tests.unit.schedule.conftest import WORDS

NAMES = [
    ("/srv/plans", "hscb-xl-plans-"),
    ("/srv/Pläne & Co.", "hscb-xl-plane-co-"),
    ("/srv/Improvement Plan.xlsm", "hscb-xl-improvement-plan-"),
    ("/srv/计划", "hscb-xl-"),
    ("/", "hscb-xl-"),
    (f"/srv/{'very long ' * 20}", "hscb-xl-very-long-very-long-very-long-ve-"),
]


@pytest.mark.parametrize(("path", "begins"), NAMES)
def test_a_name_is_recognised_and_fits_every_system(path: str, begins: str) -> None:
    assert re.fullmatch(re.escape(begins) + "[0-9a-f]{8}", name_for(Path(path)))


def test_one_folder_has_one_name_and_two_have_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert name_for(Path("plans")) == name_for(tmp_path / "x" / ".." / "plans")
    assert name_for(tmp_path / "a" / "plans") != name_for(tmp_path / "b" / "plans")


@given(WORDS.filter(lambda word: "\0" not in word))
def test_every_name_is_of_plain_letters(word: str) -> None:
    assert re.fullmatch(r"hscb-xl(-[a-z0-9]+)*-[0-9a-f]{8}", name_for(Path("/srv") / word))


def test_the_command_is_this_interpreter_whatever_the_path_will_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HSCB_XL_LOG_DIR", "log")
    task = nightly(Path("plans"), time(2, 0), ["--workers", "2"], [Path("plans"), Path("out")])
    own = (sys.executable, "-P", "-m", "hscb_xl", "batch")
    assert task.command == (*own, str(tmp_path / "plans"), "--workers", "2")
    assert task.writes == (tmp_path / "log", tmp_path / "out", tmp_path / "plans")
    # Never among the plans: whoever writes there would choose what is imported.
    assert task.folder == Path(sys.executable).parent


@pytest.mark.parametrize(
    "bad", ["\n", "\r", "\t", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\udcff", "\uffff"]
)
def test_what_no_file_of_a_scheduler_can_hold_is_refused(bad: str) -> None:
    for path, words in ((Path(f"/srv/a{bad}b"), []), (Path("/srv"), [f"--include=a{bad}b"])):
        with pytest.raises(ScheduleProblem, match=r"holds a character that cannot be written") as refused:
            nightly(path, time(2, 0), words, [])
        assert str(refused.value).isprintable()


SYSTEMS_HERE = [
    ("win32", False, "windows"),
    ("darwin", False, "launchd"),
    ("linux", True, "systemd"),
    ("linux", False, "cron"),
]


@pytest.mark.parametrize(("platform", "booted", "system"), SYSTEMS_HERE)
def test_the_system_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, platform: str, booted: bool, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "is_dir", lambda path: booted and os.fspath(path) == "/run/systemd/system")
    assert schedule.this_system() == system
