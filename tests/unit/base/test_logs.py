"""The log: an error with its traceback, where the administrator looks for it."""

import logging
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_xl.base import logs
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


def test_no_text_can_look_like_an_entry_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    forged = "2015-05-12 02:00:00,000 1 ERROR all is well"
    monkeypatch.setattr("sys.argv", ["hscb-xl", f"a\n{forged}\x1b[2J\u202e"])
    logs.record(problem(f"b\r\n{forged}\x00"))
    text = (tmp_path / "hscb_xl.log").read_bytes().decode("utf-8")
    assert [line for line in text.split("\n") if not line.startswith("    ")] == [text.split("\n")[0], ""]
    assert rf"a\n{forged}\x1b[2J\u202e" in text
    assert not set(map(chr, [*range(10), *range(11, 32), 0x7F, 0x202E])) & set(text)


MANY = """
import sys
from hscb_xl.base import logs
logs._SIZE = 200
logs._KEPT = 200
for number in range(60):
    assert logs.record(RuntimeError(f"<{sys.argv[1]}-{number}>"))
"""


def test_several_processes_lose_no_entry_when_the_log_rotates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    writers = [subprocess.Popen([sys.executable, "-c", MANY, name]) for name in "abcd"]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    files = [path for path in tmp_path.iterdir() if path.suffix != ".lock"]
    text = "".join(path.read_text("utf-8") for path in files)
    found = re.findall(r"^\d{4}-.* ERROR -c (\w)\n    RuntimeError: <(\w)-(\d+)>$", text, re.MULTILINE)
    record_property("entries", len(found))
    record_property("rotations", len(files) - 1)
    assert len(files) > 10
    expected = [(name, str(number)) for name in "abcd" for number in range(60)]
    assert sorted(entry[1:] for entry in found) == sorted(expected)
    assert all(entry[0] == entry[1] for entry in found)


def test_old_logs_go_and_a_few_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    monkeypatch.setattr(logs, "_SIZE", 2_000)
    for number in range(60):
        logs.record(RuntimeError(f"<{number}> {'x' * 500}"))
    files = sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".lock")
    assert files == ["hscb_xl.log", "hscb_xl.log.1", "hscb_xl.log.2", "hscb_xl.log.3"]
    assert "<59>" in (tmp_path / "hscb_xl.log").read_text()


def test_a_log_that_cannot_be_put_aside_shows_the_user_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    monkeypatch.setattr(logs, "_SIZE", 10)
    (tmp_path / "hscb_xl.log.1").mkdir()  # as hard to replace as a file that an editor holds on Windows
    (tmp_path / "hscb_xl.log.1" / "x").touch()
    (tmp_path / "hscb_xl.log.2").mkdir()
    (tmp_path / "hscb_xl.log.2" / "x").touch()
    (tmp_path / "hscb_xl.log.3").mkdir()
    logs.record(problem("one"))
    assert logs.record(problem("two")) is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names the folder in LOCALAPPDATA")
def test_a_user_without_a_folder_has_no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("HSCB_XL_LOG_DIR", raising=False)
    monkeypatch.setattr(Path, "home", none)
    assert logs.record(ValueError("x")) is None
