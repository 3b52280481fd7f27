"""The nightly task of each system: shown as text, set up, taken away. One module a system."""

import sys
from pathlib import Path
from typing import Protocol

from hscb_xl.schedule import cron, launchd, systemd, windows
from hscb_xl.schedule.task import Task, name_for, nightly

__all__ = ["SYSTEMS", "System", "Task", "name_for", "nightly", "this_system"]


class System(Protocol):
    """What every system's module offers. Each raises ScheduleProblem where the system refuses."""

    def shown(self, task: Task) -> str:
        """The text that the system would be given."""

    def install(self, task: Task) -> bool:
        """Set ``task`` up in place of the task of that name; False when it stood there already."""

    def remove(self, name: str) -> bool:
        """Take the task of that name away; False when there was none."""

    def trial(self, task: Task) -> str:
        """The command that starts the installed task at once."""

    def notes(self) -> tuple[str, ...]:
        """Sentences on what this machine still needs before the task runs every night."""


SYSTEMS: dict[str, System] = {"windows": windows, "systemd": systemd, "cron": cron, "launchd": launchd}


def this_system() -> str:
    """The name of the system that runs tasks on this machine, a key of SYSTEMS."""
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "launchd"
    # The folder is there where systemd is the first process: sd_booted(3).
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"
