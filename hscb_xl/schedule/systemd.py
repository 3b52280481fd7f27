"""A service and a timer of this user's systemd: systemd.service(5), systemd.timer(5), systemd.exec(5)."""

import os
import shlex
from pathlib import Path

from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule.task import HOURS, Task
from hscb_xl.schedule.tools import required, tried
from hscb_xl.store.atomic import write_atomically

# The whole file system is read-only but for the folders that a run writes to and those for temporary files.
# Not asked for: PrivateTmp, which would hide plans below /tmp; RestrictSUIDSGID, under which a copy could
# not have the mode of a shared folder; MemoryDenyWriteExecute, which libraries for Python may not bear.
# mixed: a signal goes to the batch, which lets its workers finish the workbooks in hand.
_SERVICE = """\
[Unit]
Description=hscb-xl: the nightly run {name}

[Service]
Type=oneshot
ExecStart={command}
WorkingDirectory={folder}
Environment={log}
TimeoutStartSec={hours}h
TimeoutStopSec=10min
KillMode=mixed
Nice=10
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=-/tmp -/var/tmp {writes}
LockPersonality=yes
RestrictRealtime=yes
"""

_TIMER = """\
[Unit]
Description=hscb-xl: every day at {at:%H:%M}

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00
AccuracySec=1min
Persistent=true
Unit={name}.service

[Install]
WantedBy=timers.target
"""


def units(task: Task) -> dict[str, str]:
    """Each unit's text by its file name. ScheduleProblem where systemd would not start the interpreter."""
    program, *arguments = task.command
    if any(sign in program for sign in "$\"'\\"):
        raise ScheduleProblem(
            "systemd starts no program with a dollar sign, a quotation mark or a backslash in its path: "
            f"install hscb-xl elsewhere than {program}."
        )
    words = [quoted(program), *(quoted(argument.replace("$", "$$")) for argument in arguments)]
    service = _SERVICE.format(
        name=task.name,
        command=" ".join(words),
        folder=str(task.folder).replace("%", "%%"),
        log=quoted(f"HSCB_XL_LOG_DIR={task.log}"),
        hours=HOURS,
        writes=" ".join(quoted(f"-{path}") for path in task.writes),
    )
    return {f"{task.name}.service": service, f"{task.name}.timer": _TIMER.format(name=task.name, at=task.at)}


def quoted(word: str) -> str:
    r"""``word`` between quotation marks: ``\`` and ``"`` behind a backslash, ``%`` twice."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def shown(task: Task) -> str:
    """Both units, each under a comment with its path, as ``systemctl cat`` shows them."""
    return "\n".join(f"# {_folder() / name}\n{text}" for name, text in units(task).items())


def install(task: Task) -> bool:
    """Write both units and start the timer; False when all that was so already."""
    task.log.mkdir(parents=True, exist_ok=True)  # only a folder that is there can be written to
    written = [write_atomically(_folder() / name, text.encode()) for name, text in units(task).items()]
    timer = f"{task.name}.timer"
    if not any(written) and _is("enabled", timer) and _is("active", timer):
        return False
    required(("systemctl", "--user", "daemon-reload"))
    required(("systemctl", "--user", "enable", timer))
    required(("systemctl", "--user", "restart", timer))  # a running timer goes by the new hour
    return True


def remove(name: str) -> bool:
    """Stop the timer and delete both units; False when there is none."""
    paths = [path for kind in ("timer", "service") if (path := _folder() / f"{name}.{kind}").exists()]
    if not paths:
        return False
    required(("systemctl", "--user", "disable", "--now", f"{name}.timer"))
    for path in paths:
        path.unlink()
    required(("systemctl", "--user", "daemon-reload"))
    return True


def trial(task: Task) -> str:
    """The command that starts the service at once."""
    return shlex.join(("systemctl", "--user", "start", f"{task.name}.service"))


def notes() -> tuple[str, ...]:
    """A user's timers stop when that user logs out, unless lingering is on."""
    done = tried(("loginctl", "show-user", str(os.getuid()), "--property=Linger"))
    if done.stdout.strip() == b"Linger=yes":
        return ()
    return ("So that it also runs while you are logged out, once: loginctl enable-linger",)


def _is(state: str, unit: str) -> bool:
    return tried(("systemctl", "--user", f"is-{state}", "--quiet", unit)).returncode == 0


def _folder() -> Path:
    named = os.environ.get("XDG_CONFIG_HOME")
    return (Path(named) if named else Path.home() / ".config") / "systemd" / "user"
