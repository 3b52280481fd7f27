"""A task for the Windows Task Scheduler: XML of version 1.2 ([MS-TSCH], section 2.5)."""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule.task import HOURS, Task
from hscb_xl.schedule.tools import required, tried

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_LONGEST_PATH = 260  # pathType of the schema
_FIRST_DAY = date(2020, 1, 1)
"""Any day that has passed, so that the same task has the same text every day."""

_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "false",
    "Enabled": "true",
    "ExecutionTimeLimit": f"PT{HOURS}H",
    "Priority": "7",
}


def shown(task: Task) -> str:
    """The task's XML. It is ASCII, so that it is the same in every encoding a console may use."""
    root = _definition(task)
    ET.indent(root)
    text = ET.tostring(root, encoding="us-ascii", xml_declaration=False).decode()
    return f'<?xml version="1.0"?>\n{text}\n'


def _definition(task: Task) -> ET.Element:
    """The task as a tree, each element where the schema has it."""
    program, *arguments = task.command
    _check_program(program)
    root = ET.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    _add(root, "RegistrationInfo", {"Description": f"hscb-xl: the nightly run {task.name}"})
    start = f"{_FIRST_DAY:%Y-%m-%d}T{task.at:%H:%M:%S}"  # without a zone: the clock on the wall
    trigger = _add(_add(root, "Triggers"), "CalendarTrigger", {"Enabled": "true", "StartBoundary": start})
    _add(trigger, "ScheduleByDay", {"DaysInterval": "1"})
    _add(_add(root, "Principals"), "Principal", _principal(task)).set("id", "Author")
    _add(root, "Settings", _SETTINGS)
    action = {"Command": program, "Arguments": quoted(arguments), "WorkingDirectory": str(task.folder)}
    actions = _add(root, "Actions")
    actions.set("Context", "Author")
    _add(actions, "Exec", action)
    return root


def _add(parent: ET.Element, name: str, texts: dict[str, str] | None = None) -> ET.Element:
    added = ET.SubElement(parent, name)
    for child, text in (texts or {}).items():
        ET.SubElement(added, child).text = text
    return added


def _principal(task: Task) -> dict[str, str]:
    """This user, without the rights of an administrator, logged in or not.

    S4U needs no password and reaches no network share; for a share Windows asks for the password.
    """
    user = f"{os.environ.get('USERDOMAIN', '.')}\\{os.environ.get('USERNAME', '')}"
    known = {"UserId": user} if sys.platform == "win32" else {}
    return {**known, "LogonType": "Password" if _on_share(task) else "S4U", "RunLevel": "LeastPrivilege"}


def _on_share(task: Task) -> bool:
    return any(str(path).startswith("\\\\") for path in task.writes)


def _check_program(program: str) -> None:
    if len(program) > _LONGEST_PATH or program.count("%") > 1:
        raise ScheduleProblem(
            f"Task Scheduler starts no program with more than {_LONGEST_PATH} characters or several % "
            f"in its path: install hscb-xl elsewhere than {program}."
        )


def quoted(arguments: Sequence[str]) -> str:
    """The command line that a program on Windows splits into ``arguments`` again (CommandLineToArgvW)."""
    return " ".join(_inert(argument) for argument in arguments)


def _inert(argument: str) -> str:
    """An argument in which the scheduler finds neither a variable (%NAME%) nor a parameter ($(Arg0)).

    Such a sign stands alone between two quoted pieces; no name of a variable holds a quotation mark.
    """
    if not re.search(r"[%$]", argument):
        return subprocess.list2cmdline([argument])
    pieces = re.split(r"([%$])", argument)
    return "".join(piece if piece in ("%", "$") else _between_marks(piece) for piece in pieces)


def _between_marks(piece: str) -> str:
    # A backslash counts as itself unless a quotation mark follows; before one it has to be doubled.
    inner = re.sub(r'(\\*)"', r'\1\1\\"', piece)
    trailing = len(inner) - len(inner.rstrip("\\"))
    return '"' + inner + "\\" * trailing + '"'


def install(task: Task) -> bool:
    """Register the task in place of the one of that name; False when it is registered as it should be."""
    text = shown(task)
    if _same(_registered(task.name), text):
        return False
    with tempfile.TemporaryDirectory(prefix="hscb-xl-") as folder:
        path = Path(folder) / "task.xml"
        path.write_text(text, encoding="utf-16")
        command = ["schtasks", "/Create", "/TN", task.name, "/XML", str(path), "/F"]
        _create(command, with_password=_on_share(task))
    return True


def _create(command: list[str], *, with_password: bool) -> None:
    if not with_password:
        required(command)
    elif subprocess.run([*command, "/RP", "*"], check=False).returncode:  # it asks on the screen
        raise ScheduleProblem("schtasks did not register the task: see what it said above.")


def remove(name: str) -> bool:
    """Delete the task of that name; False when there is none."""
    if not _registered(name):
        return False
    required(("schtasks", "/Delete", "/TN", name, "/F"))
    return True


def trial(task: Task) -> str:
    """The command that starts the task at once."""
    return f"schtasks /Run /TN {task.name}"


def notes() -> tuple[str, ...]:
    """Nothing more is needed."""
    return ()


def _registered(name: str) -> str:
    """The XML of the task of that name as Windows gives it, '' when there is none."""
    done = tried(("schtasks", "/Query", "/TN", name, "/XML"))
    encoding = "oem" if sys.platform == "win32" else "utf-8"
    return "" if done.returncode else done.stdout.decode(encoding, "replace")


def _same(registered: str, text: str) -> bool:
    """Whether Windows has all that we ask for; it adds elements, and writes the user as a number."""
    try:
        there = set(_facts(ET.fromstring(registered.partition("?>")[2])))
    except ET.ParseError:
        return False
    return there >= {fact for fact in _facts(ET.fromstring(text)) if not fact[0].endswith("/UserId")}


def _facts(element: ET.Element, above: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the path of its element."""
    path = f"{above}/{element.tag.rpartition('}')[2]}"
    if element.text and element.text.strip():
        yield path, element.text.strip()
    for child in element:
        yield from _facts(child, path)
