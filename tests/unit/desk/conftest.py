"""Desks with Windows or a Mac, in a folder of the test and with a registry of a dict."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from hscb_xl.desk.system import Desk, System

MakeDesk = Callable[..., Desk]
INTERPRETERS = {
    "windows": r"C:\Program Files\hscb-xl\.venv\Scripts\python.exe",
    "mac": "/Applications/hscb-xl/.venv/bin/python",
    "other": "/opt/hscb-xl/.venv/bin/python",
}


@pytest.fixture
def make_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeDesk:
    """A desk of a system; ``keys`` is its registry, ``mark`` what it noted of every file."""
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))

    def make(system: System, keys: Mapping[str, Mapping[str, Any]] | None = None, mark: str = "") -> Desk:
        known = {key.lower(): values for key, values in (keys or {}).items()}
        return Desk(
            system=system,
            home=tmp_path / "home",
            interpreter=INTERPRETERS[system],
            environ={"APPDATA": str(tmp_path / "home" / "Roaming")} if system == "windows" else {},
            registry=lambda key: known.get(key.lower(), {}),
            mark=lambda _: mark,
        )

    return make
