"""This computer as far as Excel cares: which system it is, and where its folders and policies are."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

System = Literal["windows", "mac", "other"]
Registry = Callable[[str], Mapping[str, Any]]
"""The values of a key such as ``HKCU\\Software\\X`` and, as empty mappings, the keys below it; names in small
letters. Nothing where there is no such key."""

_MARK_STREAM = ":Zone.Identifier"
_QUARANTINE = "com.apple.quarantine"


@dataclass(frozen=True, slots=True)
class Desk:
    """A computer and its user.

    ``registry`` reads keys of Windows, ``mark`` what the system noted of where a file came from ('' for
    nothing), ``interpreter`` is the Python that Excel is to start.
    """

    system: System
    home: Path
    interpreter: str
    environ: Mapping[str, str]
    registry: Registry
    mark: Callable[[Path], str]

    @property
    def configuration(self) -> Path:
        """The user's xlwings.conf, where the add-in looks for it (GetConfigFilePath in xlwings.bas)."""
        folder = self.home / ".xlwings"
        if self.system == "mac":
            folder = self.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
        return folder / "xlwings.conf"

    @property
    def startup(self) -> Path:
        """The folder whose files Excel opens when it starts (``Application.StartupPath``)."""
        if self.system == "mac":
            office = self.home / "Library" / "Group Containers" / "UBF8T346G9.Office"
            return office / "User Content.localized" / "Startup.localized" / "Excel"
        roaming = self.environ.get("APPDATA", str(self.home / "AppData" / "Roaming"))
        return Path(roaming) / "Microsoft" / "Excel" / "XLSTART"

    @property
    def scripts(self) -> Path:
        """The one folder on a Mac from which Excel may run AppleScripts."""
        return self.home / "Library" / "Application Scripts" / "com.microsoft.Excel"


def this_desk() -> Desk:
    """The computer this runs on."""
    known: dict[str, System] = {"win32": "windows", "darwin": "mac"}
    return Desk(
        system=known.get(sys.platform, "other"),
        home=Path.home(),
        interpreter=sys.executable,
        environ=os.environ,
        registry=_registry,
        mark=_mark,
    )


def _registry(key: str) -> Mapping[str, Any]:
    return dict(_entries(key))


def _entries(key: str) -> Iterator[tuple[str, Any]]:
    if sys.platform != "win32":
        return
    import winreg

    root, _, path = key.partition("\\")
    hive = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[root]
    # What a policy does not set has no key, and some keys are for administrators alone.
    with suppress(OSError), winreg.OpenKey(hive, path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
        keys, values, _ = winreg.QueryInfoKey(opened)
        for index in range(keys):
            yield winreg.EnumKey(opened, index).lower(), {}
        for index in range(values):
            name, value, kind = winreg.EnumValue(opened, index)
            is_path = kind == winreg.REG_EXPAND_SZ
            yield name.lower(), winreg.ExpandEnvironmentStrings(value) if is_path else value


def _mark(path: Path) -> str:
    if sys.platform == "win32":
        with suppress(OSError):
            return Path(f"{path}{_MARK_STREAM}").read_text("utf-8", errors="replace")
        return ""
    if sys.platform == "darwin":
        return _attribute(path)
    return ""


def _attribute(path: Path) -> str:
    """An extended attribute of a Mac, which Python has no way to; xattr ends with 1 where there is none."""
    command = ["/usr/bin/xattr", "-p", _QUARANTINE, str(path)]
    with suppress(OSError):
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        return "" if done.returncode else done.stdout.strip()
    return ""
