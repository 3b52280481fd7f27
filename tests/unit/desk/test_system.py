"""What is asked of Windows and of a Mac, with stand-ins for winreg, a file's second stream and xattr."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hscb_xl.desk import system, this_desk

KEYS = {
    ("HKCU", r"Software\X"): (["Location0"], [("Path", r"%ROOT%\Plans", 2), ("VBAWarnings", 3, 4)]),
}


class FakeWinreg(SimpleNamespace):
    """As much of winreg as is used, over a dict; a missing key is an OSError, as there."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "HKCU", "HKLM"
    KEY_READ, KEY_WOW64_64KEY, REG_EXPAND_SZ = 1, 256, 2

    @staticmethod
    @contextmanager
    def OpenKey(hive: str, path: str, reserved: int, access: int) -> Any:  # noqa: N802  # Windows' own name
        assert (reserved, access) == (0, 257)
        if (hive, path) not in KEYS:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        yield KEYS[hive, path]

    QueryInfoKey = staticmethod(lambda key: (len(key[0]), len(key[1]), 0))
    EnumKey = staticmethod(lambda key, index: key[0][index])
    EnumValue = staticmethod(lambda key, index: key[1][index])
    ExpandEnvironmentStrings = staticmethod(lambda text: text.replace("%ROOT%", "C:"))


def on(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "sys", SimpleNamespace(platform=platform, executable=sys.executable))


def test_the_registry_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    on("win32", monkeypatch)
    monkeypatch.setitem(sys.modules, "winreg", FakeWinreg())
    desk = this_desk()
    assert desk.system == "windows"
    found = desk.registry(r"HKCU\Software\X")
    assert found == {"location0": {}, "path": r"C:\Plans", "vbawarnings": 3}
    assert desk.registry(r"HKLM\Software\X") == {}


def test_the_mark_of_windows_is_a_second_stream(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    on("win32", monkeypatch)
    book = tmp_path / "Plan.xlsm"
    assert this_desk().mark(book) == ""
    book.with_name(f"{book.name}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", "utf-8")
    assert "ZoneId=3" in this_desk().mark(book)


@pytest.mark.parametrize(("code", "mark"), [(0, "0083;Safari"), (1, "")])
def test_the_mark_of_a_mac_is_an_attribute(code: int, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on("darwin", monkeypatch)
    asked = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, code, "0083;Safari\n", "")

    monkeypatch.setattr(system.subprocess, "run", run)
    assert this_desk().mark(Path("/plans/-Plan.xlsm")) == mark
    assert asked == [["/usr/bin/xattr", "-p", "com.apple.quarantine", "/plans/-Plan.xlsm"]]


def test_a_system_without_either_has_nothing_to_ask() -> None:
    if sys.platform not in ("win32", "darwin"):
        desk = this_desk()
        assert (desk.system, desk.registry("HKCU\\X"), desk.mark(Path("x"))) == ("other", {}, "")
        assert desk.interpreter == sys.executable
