"""The task's XML: valid by the schema, and its command line read by the rules of Windows."""

import re
import xml.etree.ElementTree as ET
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from hscb_xl.errors import ScheduleProblem
from hscb_xl.schedule import Task, windows
from tests.unit.schedule.conftest import AWKWARD, COMMANDS, Machine, made

SCHEMA = etree.XMLSchema(file=str(Path(__file__).with_name("task.xsd")))
PLACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def as_windows_reads(line: str, *, doubled: bool) -> list[str]:
    """The arguments in a command line: CommandLineToArgvW, and with ``doubled`` the C runtime's own rule.

    2n backslashes before a mark are n and it opens or closes; one more, and the mark is a letter. The C
    runtime takes two marks inside a quoted piece for a letter too.
    """
    found: list[str] = []
    place = 0
    while place < len(line):
        if line[place] in " \t":
            place += 1
            continue
        word, inside = "", False
        while place < len(line) and (inside or line[place] not in " \t"):
            slashes = len(line) - place - len(line[place:].lstrip("\\"))
            place += slashes
            if place == len(line) or line[place] != '"':
                word += "\\" * slashes
                if not slashes:
                    word += line[place]
                    place += 1
                continue
            word += "\\" * (slashes // 2)
            if slashes % 2 or (doubled and inside and line[place + 1 : place + 2] == '"'):
                word += '"'
                place += 0 if slashes % 2 else 1
            else:
                inside = not inside
            place += 1
        found.append(word)
    return found


READ = [
    (r'a\\b d"e f"g h', [r"a\\b", "de fg", "h"]),
    (r"a\\\"b c d", [r"a\"b", "c", "d"]),
    (r'a\\\\"b c" d e', [r"a\\b c", "d", "e"]),
    (r'"ab\"c" "\\" d', ['ab"c', "\\", "d"]),
    ('""', [""]),
]


@pytest.mark.parametrize("doubled", [True, False])
@pytest.mark.parametrize(("line", "expected"), READ)
def test_the_reader_knows_the_published_examples(line: str, expected: list[str], doubled: bool) -> None:
    assert as_windows_reads(line, doubled=doubled) == expected


def arguments_of(text: str) -> str:
    return ET.fromstring(text).findtext(f".//{PLACE}Arguments") or ""


def variables(line: str) -> list[str]:
    """What the scheduler would replace: %NAME% and $(Name). A name of a variable has no quotation mark."""
    return re.findall(r'%[^%"]*%|\$\(', line)


@settings(deadline=None)
@given(COMMANDS)
def test_arguments_arrive_unharmed(words: list[str]) -> None:
    text = windows.shown(made("C:\\py.exe", *words))
    assert text.isascii()
    for doubled in (True, False):
        assert as_windows_reads(arguments_of(text), doubled=doubled) == words
    assert variables(arguments_of(text)) == []


def test_awkward_words_are_valid_and_arrive() -> None:
    text = windows.shown(made("C:\\py.exe", *AWKWARD))
    assert as_windows_reads(arguments_of(text), doubled=True) == list(AWKWARD)
    assert variables(arguments_of(text)) == []
    SCHEMA.assertValid(etree.fromstring(text.encode("utf-16")))


SLIPS = [
    (
        "<Enabled>true</Enabled>\n      <StartBoundary>",
        "<StartBoundary>",
        "</StartBoundary>",
        "</StartBoundary><Enabled>true</Enabled>",
    ),
    ("PT8H", "8 hours", "", ""),
    ("2020-01-01T02:00:00", "02:00", "", ""),
    ("S4U", "Nobody", "", ""),
    ('Context="Author"', 'Context="Reader"', "", ""),
]


@pytest.mark.parametrize(("old", "new", "also", "becomes"), SLIPS, ids=[slip[1] for slip in SLIPS])
def test_the_schema_would_find_a_slip(old: str, new: str, also: str, becomes: str) -> None:
    text = windows.shown(made())
    assert old in text
    changed = text.replace(old, new)
    assert not SCHEMA.validate(etree.fromstring(changed.replace(also, becomes) if also else changed))


def test_the_task_is_that_of_a_night_on_a_server() -> None:
    root = ET.fromstring(windows.shown(made(at=time(23, 5))))
    texts = {element.tag.removeprefix(PLACE): element.text for element in root.iter() if not len(element)}
    assert root.get("version") == "1.2"
    assert texts["StartBoundary"] == "2020-01-01T23:05:00"
    assert texts["DaysInterval"] == "1"
    assert (texts["LogonType"], texts["RunLevel"]) == ("S4U", "LeastPrivilege")
    assert (texts["StopIfGoingOnBatteries"], texts["ExecutionTimeLimit"]) == ("false", "PT8H")
    assert (texts["Command"], texts["WorkingDirectory"]) == ("/opt/hscb/bin/python", "/opt/hscb/bin")


def test_a_share_needs_a_password() -> None:
    share = Task("hscb-xl-x", time(2, 0), ("C:\\py.exe",), (Path("\\\\server\\plans"),), Path("C:\\log"))
    assert "<LogonType>Password<" in windows.shown(share)


def test_for_a_share_windows_asks_for_the_password_itself(machine: Machine) -> None:
    share = Task("hscb-xl-x", time(2, 0), ("C:\\py.exe",), (Path("\\\\server\\plans"),), Path("C:\\log"))
    assert windows.install(share)
    assert not windows.install(share)
    assert machine.changes[0].endswith(" /F /RP *")
    (machine.kept.parent / "schtasks").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(ScheduleProblem, match="see what it said above"):
        windows.install(share)


@pytest.mark.parametrize("program", [f"C:\\{'x' * 260}.exe", "C:\\%TEMP%\\python.exe"])
def test_a_program_that_the_scheduler_would_not_find_is_refused(program: str) -> None:
    with pytest.raises(ScheduleProblem, match="install hscb-xl elsewhere"):
        windows.shown(made(program))


def test_a_task_that_somebody_changed_is_set_right(machine: Machine) -> None:
    task = made()
    assert windows.install(task)
    kept = machine.kept / task.name
    kept.write_text(kept.read_text("utf-16").replace("PT8H", "PT1H"), "utf-16")
    assert windows.install(task)
    assert "PT8H" in kept.read_text("utf-16")
    assert [line.split()[0] for line in machine.changes] == ["/Create", "/Create"]
