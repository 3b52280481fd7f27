"""The line in a crontab, read as cron and then a shell read it."""

import subprocess
from collections.abc import Callable
from datetime import time

import pytest
from hypothesis import given, settings

from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule import Task, cron
from tests.unit.schedule.conftest import AWKWARD, COMMANDS, Machine, made

SAY = "/usr/bin/printf"
EACH_ON_ITS_OWN = r"%s\0"


def as_cron_reads(line: str) -> str:
    r"""The command of a crontab's line: it ends at a bare %, and ``\%`` is a percent sign (crontab(5))."""
    command, escaped = "", False
    for sign in line.rstrip("\n").split(" ", 5)[5]:
        if escaped:
            command = command[:-1] + sign if sign == "%" else command + sign
            escaped = False
        elif sign == "%":
            return command
        else:
            command += sign
            escaped = sign == "\\"
    return command


def arrived(line: str) -> list[str]:
    done = subprocess.run(
        ["/bin/sh", "-c", as_cron_reads(line)], capture_output=True, check=True, cwd="/", env={}
    )
    return done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


@settings(deadline=None, max_examples=150)
@given(COMMANDS.filter(bool))
def test_arguments_arrive_unharmed(words: list[str]) -> None:
    line = cron.shown(made(SAY, EACH_ON_ITS_OWN, *words))
    assert line.count("\n") == 1
    assert arrived(line) == words


def test_awkward_words_arrive_and_a_cron_that_keeps_the_backslash_does_as_well() -> None:
    line = cron.shown(made(SAY, EACH_ON_ITS_OWN, *AWKWARD))
    assert arrived(line) == list(AWKWARD)
    command = line.split(" ", 5)[5]
    kept = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=True)
    assert kept.stdout.decode().split("\0")[:-1] == list(AWKWARD)


def test_the_line_says_when_and_whose_it_is() -> None:
    line = cron.shown(made(at=time(23, 5)))
    assert line.startswith("5 23 * * * cd /opt/hscb/bin && PATH=/opt/hscb/bin:/usr/local/bin:/usr/bin:/bin ")
    assert line.endswith(" batch /srv/plans # hscb-xl-plans-0a1b2c3d\n")


def test_a_command_too_long_for_cron_is_refused() -> None:
    with pytest.raises(ScheduleProblem, match="longer than the 998 bytes"):
        cron.shown(made("/opt/python", "é" * 500))


def test_everybody_elses_lines_stay_byte_for_byte(make: Callable[..., Task], machine: Machine) -> None:
    task = make()
    others = b'MAILTO=""\n# kept for hscb-xl-plans-0a1b2c3d\n0 1 * * * echo \xff # mine\n\n1 1 * * * true'
    table = machine.kept / "crontab"
    table.write_bytes(others)
    assert cron.install(task)
    assert table.read_bytes() == others + b"\n" + cron.shown(task).encode()
    assert cron.remove(task.name)
    assert table.read_bytes() == others + b"\n"


def test_a_line_that_is_there_twice_becomes_one(make: Callable[..., Task], machine: Machine) -> None:
    task = make()
    table = machine.kept / "crontab"
    table.write_text(cron.shown(task) * 2)
    assert cron.install(task)
    assert table.read_text() == cron.shown(task)


def test_a_crontab_that_cannot_be_read_is_never_written(make: Callable[..., Task], machine: Machine) -> None:
    tool = machine.kept.parent / "crontab"
    tool.write_text(
        '#!/bin/sh\n[ "$1" = -l ] && { echo "you are not allowed" >&2; exit 1; }\ntouch "$0.wrote"\n'
    )
    with pytest.raises(ScheduleProblem, match="crontab -l answered “you are not allowed”"):
        cron.install(make())
    assert not tool.with_name("crontab.wrote").exists()
