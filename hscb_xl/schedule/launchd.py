"""A launch agent of this user on the Mac: launchd.plist(5)."""

import os
import plistlib
import shlex
import sys
from pathlib import Path

from hscb_xl.schedule.task import Task
from hscb_xl.schedule.tools import required, tried
from hscb_xl.store.atomic import write_atomically


def shown(task: Task) -> str:
    """The property list."""
    return plistlib.dumps(_agent(task), sort_keys=False).decode()


def _agent(task: Task) -> dict[str, object]:
    printed = str(task.log / f"{task.name}.txt")
    return {
        "Label": task.name,
        "ProgramArguments": list(task.command),
        "WorkingDirectory": str(task.folder),
        "EnvironmentVariables": {"HSCB_XL_LOG_DIR": str(task.log)},
        "StartCalendarInterval": {"Hour": task.at.hour, "Minute": task.at.minute},
        "StandardOutPath": printed,
        "StandardErrorPath": printed,
        "ProcessType": "Background",
    }


def install(task: Task) -> bool:
    """Write the property list and load it; False when it stood there and was loaded."""
    task.log.mkdir(parents=True, exist_ok=True)  # launchd makes no folder for what the task prints
    path = _path(task.name)
    changed = write_atomically(path, shown(task).encode())
    loaded = _loaded(task.name)
    if loaded and not changed:
        return False
    if loaded:
        required(("launchctl", "bootout", _target(task.name)))
    required(("launchctl", "bootstrap", _domain(), str(path)))
    return True


def remove(name: str) -> bool:
    """Unload the agent and delete its property list; False when there is neither."""
    path = _path(name)
    loaded, there = _loaded(name), path.exists()
    if loaded:
        required(("launchctl", "bootout", _target(name)))
    path.unlink(missing_ok=True)
    return loaded or there


def trial(task: Task) -> str:
    """The command that starts the agent at once."""
    return shlex.join(("launchctl", "kickstart", _target(task.name)))


def notes() -> tuple[str, ...]:
    """An agent lives as long as its user is logged in."""
    return ("It runs while this user is logged in; stay logged in, with the screen locked.",)


def _path(name: str) -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{name}.plist"


def _loaded(name: str) -> bool:
    return tried(("launchctl", "print", _target(name))).returncode == 0


def _target(name: str) -> str:
    return f"{_domain()}/{name}"


def _domain() -> str:
    # There is no such number on Windows, where the text for a Mac can still be shown.
    return f"gui/{os.getuid()}" if sys.platform != "win32" else "gui/501"
