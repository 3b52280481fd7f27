"""The log: an error with its traceback, where the administrator looks for it."""

import logging
import sys
from pathlib import Path

import pytest

from hscb_xl import logs
from hscb_xl.errors import BadCell


def problem(text: str) -> BadCell:
    """An error that was raised, so that it has a traceback."""
    with pytest.raises(BadCell) as raised:
        raise BadCell(text)
    return raised.value


def test_an_error_is_recorded_with_its_command_and_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "new" / "logs"))
    monkeypatch.setattr("sys.argv", ["hscb-xl", "check", "Plän.xlsm"])
    path = logs.record(problem("E5 holds “soon”."))
    assert path == tmp_path / "new" / "logs" / "hscb_xl.log"
    text = path.read_text("utf-8")
    assert "ERROR hscb-xl check Plän.xlsm\n" in text
    assert "Traceback (most recent call last)" in text
    assert "in problem" in text
    assert text.rstrip().endswith("BadCell: E5 holds “soon”.")


def test_a_second_error_follows_the_first_and_no_handler_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    before = list(logging.getLogger("hscb_xl").handlers)
    assert logs.record(problem("one")) == logs.record(problem("two"))
    text = (tmp_path / "hscb_xl.log").read_text("utf-8")
    assert text.index("BadCell: one") < text.index("BadCell: two")
    assert text.count("Traceback") == 2
    assert logging.getLogger("hscb_xl").handlers == before


def test_there_is_no_path_where_no_log_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_bytes(b"")
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "taken" / "logs"))
    assert logs.record(problem("lost")) is None
    (tmp_path / "hscb_xl.log").mkdir()
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    assert logs.record(problem("lost")) is None


FOLDERS = [
    ("linux", {"XDG_STATE_HOME": "state"}, "state/hscb_xl"),
    ("linux", {}, "home/.local/state/hscb_xl"),
    ("win32", {"LOCALAPPDATA": "AppData"}, "AppData/hscb_xl"),
    ("win32", {}, "home/hscb_xl"),
    ("darwin", {}, "home/Library/Logs/hscb_xl"),
    ("darwin", {"HSCB_XL_LOG_DIR": "given"}, "given"),
]


@pytest.mark.parametrize(("system", "variables", "folder"), FOLDERS)
def test_each_system_has_its_folder(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], folder: str
) -> None:
    for name in ("HSCB_XL_LOG_DIR", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("pathlib.Path.home", lambda: Path("home"))
    assert logs.folder() == Path(folder)


def test_a_file_name_that_is_no_text_is_logged_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["hscb-xl", "plan\udcff.xlsx"])
    monkeypatch.setattr(logs.logger, "propagate", False)  # such a text would choke the test's own report
    path = logs.record(RuntimeError("boom"))
    assert path is not None
    assert "plan\\udcff.xlsx" in path.read_text(encoding="utf-8")
