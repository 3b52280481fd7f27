"""Stand-ins for the tools of each system, which do what the real ones do within one folder."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from hscb_xl.schedule import Task

# All that a path or an option may hold; what no scheduler's file can hold is refused before (test_task.py).
WORDS = st.text(
    st.one_of(
        st.sampled_from(" \"'`\\%$&;#|<>()*?~=:!{}[]^,.@é€🎉Ж"),
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufffe\uffff"),
    ),
    max_size=20,
)
COMMANDS = st.lists(WORDS, max_size=6)
AWKWARD = (
    "two words",
    "",
    "100% of 50%PATH%",
    "\\%\\\\%",
    'say "no"\\',
    "it's",
    "$HOME $(id) `id`",
    "a&b;c|d>e",
    "$(Arg0)",
    "Pläne für 2015 – 🎉",
    "\\\\server\\share\\",
    "#",
    ";",
    "*",
    "~",
    "-x",
)
"""Words that something between a scheduler and a program might read as more than words."""

TOOLS = {
    "crontab": """
table = kept / "crontab"
if words == ["-l"]:
    if not table.exists():
        sys.exit("no crontab for officer")
    sys.stdout.buffer.write(table.read_bytes())
else:
    changed()
    table.write_bytes(sys.stdin.buffer.read())
""",
    "systemctl": """
verb, units = words[1], words[2:]
marks = {"is-enabled": "enabled", "is-active": "active"}
if verb in marks:
    sys.exit(not (kept / f"{units[-1]}.{marks[verb]}").exists())
changed()
for mark, on in (("enabled", verb == "enable"), ("active", verb == "restart")):
    if on:
        (kept / f"{units[-1]}.{mark}").touch()
    if verb == "disable":
        (kept / f"{units[-1]}.{mark}").unlink()
""",
    "loginctl": "print('Linger=yes')\n",
    "launchctl": """
verb, rest = words[0], words[1:]
loaded = kept / rest[-1].rpartition("/")[2].removesuffix(".plist")
if verb == "print":
    sys.exit(not loaded.exists())
changed()
if verb == "bootstrap":
    if loaded.exists():
        sys.exit("Bootstrap failed: 5: Input/output error")
    loaded.write_bytes(Path(rest[-1]).read_bytes())
else:
    loaded.unlink()
""",
    "schtasks": """
task = kept / words[words.index("/TN") + 1]
if words[0] == "/Query":
    if not task.exists():
        sys.exit("ERROR: The system cannot find the file specified.")
    text = task.read_text("utf-16").replace("<Settings>", "<Settings><Hidden>false</Hidden>")
    print(text.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>'))
elif words[0] == "/Create":
    changed()
    task.write_bytes(Path(words[words.index("/XML") + 1]).read_bytes())
else:
    changed()
    task.unlink()
""",
}
# Without what is installed (-S): each test runs a few of these, and starting them is all that they cost.
HEAD = f"""#!{sys.executable} -S
import sys
from pathlib import Path
kept, words = Path(__file__).with_name("kept"), sys.argv[1:]
def changed():
    with (kept / "changes").open("a") as log:
        print(*words, file=log)
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine whose schedulers are stand-ins: ``kept`` is all they remember."""

    home: Path
    kept: Path

    @property
    def changes(self) -> list[str]:
        """Every command that changed something."""
        log = self.kept / "changes"
        return log.read_text().splitlines() if log.exists() else []

    def files(self) -> dict[str, tuple[bytes, int]]:
        """Every file there is, with its bytes and when it was written."""
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns)
            for top in (self.home, self.kept)
            for path in top.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    tools, home = tmp_path / "tools", tmp_path / "home"
    (tools / "kept").mkdir(parents=True)
    home.mkdir()
    for name, body in TOOLS.items():
        path = tools / name
        path.write_text(HEAD + body, encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(home / "log"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return Machine(home, tools / "kept")


@pytest.fixture
def make() -> Callable[..., Task]:
    """A task with any command, as no real path would give it."""
    return made


def made(*command: str, at: time = time(2, 0), name: str = "hscb-xl-plans-0a1b2c3d") -> Task:
    words = command or ("/opt/hscb/bin/python", "-P", "-m", "hscb_xl", "batch", "/srv/plans")
    return Task(name, at, words, (Path("/srv/plans"), Path("/var/log/hscb")), Path("/var/log/hscb"))
