"""The property list of a launch agent."""

import plistlib
from datetime import time

from hypothesis import given

from hscb_xl.schedule import launchd
from tests.unit.schedule.conftest import COMMANDS, made


@given(COMMANDS)
def test_arguments_arrive_unharmed(words: list[str]) -> None:
    agent = plistlib.loads(launchd.shown(made("/opt/python", *words)).encode())
    assert agent["ProgramArguments"] == ["/opt/python", *words]


def test_the_agent_has_its_hour_its_name_and_its_log() -> None:
    agent = plistlib.loads(launchd.shown(made(at=time(3, 45))).encode())
    assert agent["Label"] == "hscb-xl-plans-0a1b2c3d"
    assert agent["StartCalendarInterval"] == {"Hour": 3, "Minute": 45}
    assert agent["StandardErrorPath"] == "/var/log/hscb/hscb-xl-plans-0a1b2c3d.txt"
    assert agent["EnvironmentVariables"] == {"HSCB_XL_LOG_DIR": "/var/log/hscb"}
    assert agent["WorkingDirectory"] == "/opt/hscb/bin"
    assert "RunAtLoad" not in agent
