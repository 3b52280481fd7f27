"""One ``hscb-xl`` command in a process that may have little memory, no network, and no files but its own.

Run as ``python -m tests.system.confined REPORT FOLDER ARGUMENT...``: it writes to REPORT, as JSON, the most
memory that it took, and whatever it did that a command has no reason to do, inside FOLDER or elsewhere.
"""

import json
import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

MEMORY = int(os.environ.get("HSCB_XL_TEST_MEMORY", "1500000000"))
"""Bytes of addresses that the process may have, its libraries included."""
_CHANGES = {f"os.{deed}" for deed in "rename remove mkdir rmdir link symlink truncate chmod chown".split()}
_NEVER = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork")
_ROOT = Path(__file__).resolve().parents[2]


class Guard:
    """Keeps account of what is done, by the interpreter's own audit events."""

    def __init__(self, folder: Path) -> None:
        python = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values(), *sys.path}
        known = (str(Path(place).resolve()) for place in {*python, sys.pycache_prefix} if place)
        self.readable = (*known, str(_ROOT), "/dev/", "/proc/")
        self.own = str(folder)
        self.wrong: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_NEVER):
            self.wrong.append(f"{event} {arguments!r}")
            raise PermissionError(f"{event} is not allowed here")
        if event == "open" and isinstance(arguments[0], str | bytes):
            self.look(event, arguments[0], writes=bool(arguments[2] & (os.O_WRONLY | os.O_RDWR)))
        elif event in _CHANGES:
            for name in arguments[:2]:
                if isinstance(name, str | bytes):
                    self.look(event, name, writes=True)

    def look(self, event: str, name: str | bytes, *, writes: bool) -> None:
        path = os.path.abspath(os.fsdecode(name))  # noqa: PTH100  # resolve() would itself be an event
        allowed = (self.own,) if writes else (self.own, *self.readable)
        if not path.startswith(allowed):
            self.wrong.append(f"{event} {path}")


def peak() -> int:
    """The most memory that the process has taken so far, in bytes; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM"))


def main(report: str, folder: str, *arguments: str) -> None:
    sys.dont_write_bytecode = True  # what the interpreter keeps for itself is no deed of the command
    # xlwings imports these where they are installed; the environment of a server has none of them.
    sys.modules.update(dict.fromkeys(("PIL", "matplotlib", "numpy", "pandas", "polars")))  # type: ignore[arg-type]
    from hscb_xl.cli import main as command

    guard = Guard(Path(folder))
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.addaudithook(guard)
    sys.argv = ["hscb-xl", *arguments]
    try:
        command()
    finally:
        wrong = list(guard.wrong)
        Path(report).write_text(json.dumps({"peak": peak(), "wrong": wrong}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
