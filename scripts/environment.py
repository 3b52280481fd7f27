"""The project's own Python environment, ``.venv``: made, renewed and found. Standard library only."""

from __future__ import annotations

import sys

# An older Python must get this sentence, not a traceback from the lines below.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 or newer is needed, and this is " + sys.version.split()[0] + ".")

import hashlib
import os
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
LOCK_SECONDS = 600
NOT_INSTALLED = "pip could not fill .venv; see above, check the network and start again."


def ready(*sets: str, root: Path = ROOT) -> Path:
    """The interpreter of ``.venv`` with the requirement ``sets`` installed ("run" always comes first).

    It is made or renewed where its stamps are missing or of another state. Ends the program with a plain
    sentence where that fails.
    """
    wanted = ("run", *sets)
    if stale(wanted, root):
        with _locked(root / ".venv.lock"):
            _renew(stale(wanted, root), root)
    return interpreter(root)


def interpreter(root: Path) -> Path:
    """Where the environment's Python is."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stale(wanted: Sequence[str], root: Path) -> list[str]:
    """The requirement sets to install: all of them where "run", on which the others stand, is not right."""
    outdated = [name for name in wanted if _read(_stamp(name, root)) != state(name, root)]
    if "run" in outdated or not interpreter(root).exists():
        return list(wanted)
    return outdated


def state(name: str, root: Path) -> str:
    """A digest of all that decides what an installed requirement set looks like."""
    digest = hashlib.sha256(f"{sys.version} {root}".encode())
    for file in ("pyproject.toml", f"requirements/{name}.txt"):
        digest.update((root / file).read_bytes())
    return digest.hexdigest()


def _stamp(name: str, root: Path) -> Path:
    return root / ".venv" / f"installed-{name}"


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.is_file() else ""


def _renew(names: Sequence[str], root: Path) -> None:
    """Without a right stamp for "run" the whole folder may be half made or of another Python: start anew."""
    if names:
        _say("Setting up .venv (once, about a minute)...")
    if "run" in names:
        _make(root)
    for name in names:
        _install(name, root)


def _make(root: Path) -> None:
    shutil.rmtree(root / ".venv", ignore_errors=True)
    # The interpreter that runs this may be the one just removed; the one it was made from stays.
    base = getattr(sys, "_base_executable", None) or sys.executable
    _run(
        [base, "-m", "venv", str(root / ".venv")],
        "Python could not make .venv; on Debian and Ubuntu, install the package python3-venv first.",
    )


def _install(name: str, root: Path) -> None:
    pip = [str(interpreter(root)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "-r", str(root / "requirements" / f"{name}.txt")], NOT_INSTALLED)
    if name == "run":
        package = ["--no-deps", "--no-build-isolation", "--editable", str(root)]
        _run([*pip, *package], NOT_INSTALLED)
    _stamp(name, root).write_text(state(name, root), encoding="ascii")


def _run(command: Sequence[str], sentence: str) -> None:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\n{sentence}")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds ``folder``, which only one process can make, while the block runs."""
    _take(folder)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            folder.rmdir()


def _take(folder: Path) -> None:
    told = False
    while True:
        try:
            folder.mkdir()
        except FileExistsError:
            if not told:
                _say(f"Waiting for another program that sets up .venv; if there is none, delete {folder}.")
            told = True
            _drop_abandoned(folder)
            time.sleep(0.2)
        else:
            return


def _say(sentence: str) -> None:
    """On stderr, as stdout belongs to the program that is run (``--json``)."""
    print(sentence, file=sys.stderr, flush=True)


def _drop_abandoned(folder: Path) -> None:
    """A process that was killed leaves its lock; none takes ten minutes."""
    with suppress(FileNotFoundError):
        if time.time() - folder.stat().st_mtime > LOCK_SECONDS:
            folder.rmdir()
