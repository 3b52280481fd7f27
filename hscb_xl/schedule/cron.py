"""A line in this user's crontab; it ends in a comment with the task's name, by which it is found again."""

import shlex
from collections.abc import Iterable

from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule.task import Task
from hscb_xl.schedule.tools import refused, required, tried

_LONGEST = 998
"""Bytes of the longest command that every cron takes (MAX_COMMAND is 1000 in the classic ones)."""


def shown(task: Task) -> str:
    """The crontab's line, with its line end; ScheduleProblem when it is too long for cron."""
    path = f"{task.folder}:/usr/local/bin:/usr/bin:/bin"
    variables = f"PATH={quoted(path)} HSCB_XL_LOG_DIR={quoted(str(task.log))}"
    words = " ".join(quoted(word) for word in task.command)
    command = f"cd {quoted(str(task.folder))} && {variables} exec {words} # {task.name}"
    if len(command.encode()) > _LONGEST:
        raise ScheduleProblem(
            f"The command is longer than the {_LONGEST} bytes that cron takes: "
            "use shorter paths or a link, or another --system."
        )
    return f"{task.at.minute} {task.at.hour} * * * {command}\n"


def quoted(word: str) -> str:
    r"""``word`` for the shell that cron starts.

    crontab(5): a bare % ends the command, ``\%`` is a percent sign. It stands outside of the quotation
    marks, where a cron that leaves the backslash to the shell comes to the same.
    """
    if not word:
        return "''"
    return r"\%".join(shlex.quote(part) if part else "" for part in word.split("%"))


def install(task: Task) -> bool:
    """Put the line into the crontab in place of the one of that name; False when it stood there."""
    before = _read()
    kept = _without(before, task.name)
    line = shown(task)
    if line in before and len(kept) == len(before) - 1:
        return False
    _write([*kept, line])
    return True


def remove(name: str) -> bool:
    """Take the line of that name out of the crontab; False when there is none."""
    before = _read()
    kept = _without(before, name)
    if len(kept) == len(before):
        return False
    _write(kept)
    return True


def trial(task: Task) -> str:
    """The command itself: cron starts nothing at once."""
    return shlex.join(task.command)


def notes() -> tuple[str, ...]:
    """Nothing more is needed."""
    return ()


def _read() -> list[str]:
    """The crontab's lines, each with its line end; [] where this user has none."""
    command = ("crontab", "-l")
    done = tried(command)
    if done.returncode == 0:
        lines = done.stdout.decode("utf-8", "surrogateescape").split("\n")
        return [f"{line}\n" for line in (lines if lines[-1] else lines[:-1])]
    # Only these two answers mean that there is none; after any other, writing would wipe somebody's crontab.
    if b"no crontab" in done.stderr or b"No such file" in done.stderr:
        return []
    raise refused(command, done)


def _without(lines: Iterable[str], name: str) -> list[str]:
    return [line for line in lines if line.startswith("#") or not line.rstrip("\n").endswith(f" # {name}")]


def _write(lines: Iterable[str]) -> None:
    required(("crontab", "-"), "".join(lines).encode("utf-8", "surrogateescape"))
