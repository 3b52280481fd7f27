"""What holds on every system: set up once and again, another hour, taken away, and nobody else's touched."""

import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from hscb_xl import schedule
from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule import SYSTEMS, System, Task
from tests.unit.schedule.conftest import AWKWARD, Machine

Make = Callable[..., Task]


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> System:
    return SYSTEMS[request.param]


@pytest.fixture
def task(tmp_path: Path, machine: Machine) -> Task:
    plans = tmp_path / "Pläne & Co 100%"
    plans.mkdir()
    return schedule.nightly(plans, time(2, 0), [word for word in AWKWARD if word], [plans])


def test_a_second_time_changes_nothing(system: System, task: Task, machine: Machine) -> None:
    assert system.install(task)
    before = machine.files()
    assert before
    assert not system.install(task)
    assert machine.files() == before


def test_another_hour_takes_the_place_of_the_first(system: System, task: Task, machine: Machine) -> None:
    system.install(task)
    later = schedule.Task(task.name, time(3, 30), task.command, task.writes, task.log)
    number = len(machine.files())
    assert system.install(later)
    assert not system.install(later)
    assert len(machine.files()) == number


def test_it_is_taken_away_and_nothing_of_it_stays(system: System, task: Task, machine: Machine) -> None:
    assert not system.remove(task.name)
    assert not machine.changes
    system.install(task)
    assert system.remove(task.name)
    assert task.name not in "".join(name for name in machine.files() if not name.endswith("changes"))
    assert all(
        task.name.encode() not in data for path, (data, _) in machine.files().items() if "changes" not in path
    )
    assert not system.remove(task.name)


def test_another_task_of_ours_is_left_alone(system: System, task: Task, make: Make, machine: Machine) -> None:
    other = make(name=f"{task.name}9")
    system.install(other)
    before = {path: data for path, (data, _) in machine.files().items() if "changes" not in path}
    system.install(task)
    system.remove(task.name)
    assert {path: data for path, (data, _) in machine.files().items() if "changes" not in path} == before
    assert not system.install(other)


def test_a_machine_without_the_tool_is_told_so(
    system: System, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ScheduleProblem, match=r"cannot be run on this machine \(.*\): choose another system"):
        system.install(task)


def test_a_tool_that_refuses_is_quoted_and_the_next_try_succeeds(
    system: System, task: Task, machine: Machine
) -> None:
    tools = {path: path.read_text() for path in machine.kept.parent.iterdir() if path.is_file()}
    for path in tools:
        path.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('Access is\\ndenied.')\n")
    with pytest.raises(
        ScheduleProblem, match=r"answered “Access is denied”: put that right and run it again\.$"
    ):
        system.install(task)
    for path, text in tools.items():
        path.write_text(text)
    assert system.install(task)
    assert not system.install(task)


def test_it_can_be_tried_at_once(system: System, task: Task) -> None:
    assert task.name in system.trial(task) or str(task.command[5]) in system.trial(task)
    assert all(note.isprintable() for note in system.notes())
