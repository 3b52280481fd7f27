"""docs/administrators.md is true: every command on it is run, and what it shows is what they print."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from hscb_xl.cli import main
from hscb_xl.schedule import name_for
from tests.unit.schedule.conftest import HEAD, TOOLS

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
NAME = re.compile(r"hscb-xl-plans-[0-9a-f]{8}")
# What differs from run to run: seconds, and the columns that their digits take.
SECONDS = re.compile(r" +\d+\.\d\d s")
JANE = b"\x0aJane Smith".ljust(55) + b"\x0a\0" + "Jane Smith".ljust(54).encode("utf-16-le")


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return (project / "docs" / "administrators.md").read_text(encoding="utf-8")


@dataclass(slots=True)
class Server:
    """A machine as the page has it: its /srv, its commands, and stand-ins for the schedulers' tools."""

    folder: Path
    background: list[subprocess.Popen[bytes]] = field(default_factory=list)
    port: str = "0"

    def here(self, command: str) -> str:
        """The command with this machine's folder and addresses in place of those of the page."""
        command = command.replace("/srv/", f"{self.folder}/srv/").replace("10.0.0.5", "127.0.0.1")
        return command.replace("8786", self.port)

    def run(self, command: str) -> tuple[int, str]:
        """Run a command of the page; its exit code and its output as the page would show it."""
        done = subprocess.run(
            ["/bin/sh", "-c", self.here(command)], capture_output=True, text=True, check=False, timeout=120
        )
        shown = (done.stdout + done.stderr).replace(str(self.folder), "")
        return done.returncode, NAME.sub("hscb-xl-plans-0", SECONDS.sub(" s", shown))

    def start(self, command: str) -> None:
        """Run a command of the page that does not end by itself; a scheduler listens when this returns."""
        started = subprocess.Popen(
            self.here(command).split(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.background.append(started)
        deadline = time.monotonic() + 30
        while not self._listens():
            assert time.monotonic() < deadline, command
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", int(self.port))) == 0


@pytest.fixture
def server(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    tools, plans = tmp_path / "tools", tmp_path / "srv" / "plans"
    for folder in (tools / "kept", plans / "North", tmp_path / "srv" / "reports", tmp_path / "home"):
        folder.mkdir(parents=True)
    for name, body in TOOLS.items():
        _script(tools / name, HEAD + body)
    _script(tools / "hscb-xl", f'#!/bin/sh\nexec "{sys.executable}" -m hscb_xl "$@"\n')
    for copy in ("East.xlsm", "North/Plan.xlsm", "West.xlsm"):
        shutil.copy(built, plans / copy)
    (plans / "~$West.xlsm").write_bytes(JANE.ljust(165, b"\0"))
    (plans / "Old.xlsm").write_bytes(built.read_bytes()[:20_000])
    Workbook().save(plans / "Rota.xlsx")
    commands = f"{tools}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for key, value in {"PATH": commands, "HOME": str(tmp_path / "home"), "COLUMNS": "500"}.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    machine = Server(tmp_path, port=_free_port())
    yield machine
    for process in reversed(machine.background):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def _script(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def _free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def commands(page: str) -> Iterator[tuple[str, list[str]]]:
    """Every command that the page shows on a line of its own, with the lines of output shown below it."""
    for block in BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *output = part.splitlines()
            yield command, output


def normal(lines: list[str]) -> list[str]:
    """Lines in an order of their own: workers end as they end."""
    return sorted(NAME.sub("hscb-xl-plans-0", SECONDS.sub(" s", line.rstrip())) for line in lines)


# A batch says with its exit code that a workbook of the example failed.
FAILING = re.compile(r"hscb-xl batch ")
ELSEWHERE = {"python3 scripts/run.py"}  # test_docs.py runs it as the README shows it


def test_every_command_runs_and_prints_what_is_shown(page: str, server: Server, project: Path) -> None:
    number = compared = 0
    for command, output in commands(page):
        if command in ELSEWHERE:
            assert f"$ {command}\n" in (project / "README.md").read_text(encoding="utf-8")
            continue
        number += 1
        if command.startswith("dask "):
            server.start(command)
            continue
        code, shown = server.run(command)
        assert code == (4 if FAILING.match(command) else 0), (command, shown)
        if output:
            compared += 1
            expected = normal(output)
            assert normal(shown.splitlines()) == expected, command
    assert (number, compared) == (12, 3)
    reports = server.folder / "srv" / "reports"
    assert "Old.xlsm" in (reports / "tonight.html").read_text(encoding="utf-8")
    assert "West.xlsm is open in Excel by Jane Smith" in (reports / "tonight.eml").read_text(encoding="utf-8")


def test_the_scheduled_command_itself_does_the_night(server: Server, page: str) -> None:
    """What cron would start, started: with nothing of this session but the package's place."""
    command = next(c for c, output in commands(page) if "--report /srv/reports --notify" in c)
    code, line = server.run(f"{command} --system cron")
    assert code == 0, line
    night = (
        line.split(" ", 5)[5]
        .replace("/srv/", f"{server.folder}/srv/")
        .replace("/log", f"{server.folder}/log")
    )
    place = {"PYTHONPATH": os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), os.getcwd()]))}  # noqa: PTH109
    done = subprocess.run(
        ["/bin/sh", "-c", night], capture_output=True, text=True, check=False, cwd="/", env=place
    )
    assert done.returncode == 4, done.stderr
    found = sorted(path.name for path in (server.folder / "srv" / "reports").iterdir())
    assert found == ["hscb-xl.html", "hscb-xl.jsonl", "tonight.eml"]


def test_a_damaged_workbook_is_brought_back_as_the_page_says(server: Server, page: str) -> None:
    east = server.folder / "srv" / "plans" / "East.xlsm"

    def ended(*words: str) -> int:
        return CliRunner().invoke(main, [words[0], str(east), *words[1:]], catch_exceptions=False).exit_code

    assert ended("rate") == 0
    east.write_bytes(east.read_bytes()[:20_000])
    assert "`hscb-xl undo BOOK --force`" in page
    assert ended("undo") == 3
    assert east.stat().st_size == 20_000
    assert ended("undo", "--force") == 0
    assert ended("check", "--json") == 1  # it opens again, and has its findings


def test_every_tool_in_the_table_of_systems_runs(page: str, server: Server) -> None:
    rows = re.findall(r"^\| (?:Windows|Linux[^|]*|Mac) \|.*$", page, re.MULTILINE)
    found = [command for row in rows for command in re.findall(r"`([^`]+)`", row)]
    assert (len(rows), len(found)) == (4, 11)
    for command in [command for command in found if command.startswith("hscb-xl ")]:
        words = [*server.here(command).split()[1:], *(["--install"] * ("launchd" not in command))]
        assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0, command
    own = name_for(server.folder / "srv" / "plans")
    for command in [command for command in found if not command.startswith(("hscb-xl ", "launchctl "))]:
        code, shown = server.run(NAME.sub(own, command))
        assert code == 0, (command, shown)


def test_the_name_on_the_page_is_that_of_its_folder(page: str) -> None:
    assert set(NAME.findall(page)) == {name_for(Path("/srv/plans"))}


def test_every_option_and_command_named_exists(page: str) -> None:
    text = BLOCK.sub("", page)
    known = {option for command in main.commands.values() for p in command.params for option in p.opts}
    assert set(re.findall(r"`(--[a-z-]+)", text)) <= known
    assert set(re.findall(r"hscb-xl ([a-z]+)", text)) <= {*main.commands, "elsewhere"}


def test_every_option_of_batch_is_explained(page: str) -> None:
    batch = {option for p in main.commands["batch"].params for option in p.opts if option.startswith("--")}
    assert batch <= set(re.findall(r"`(--[a-z-]+)", page))


def test_every_outcome_is_explained(page: str) -> None:
    from hscb_xl.batch.records import OUTCOMES

    for outcome in OUTCOMES:
        assert re.search(rf"^\| `{outcome}` \|", page, re.MULTILINE), outcome


def test_every_sentence_to_look_for_is_one_that_is_said(page: str, project: Path) -> None:
    table = page.partition("| the sentence has |")[2].partition("\n\n")[0]
    phrases = [
        phrase for row in table.splitlines()[2:] for phrase in re.findall(r"`([^`]+)`", row.split("|")[1])
    ]
    sources = "".join(path.read_text("utf-8") for path in (project / "hscb_xl").rglob("*.py"))
    assert len(phrases) > 10
    assert [phrase for phrase in phrases if phrase not in sources] == []
