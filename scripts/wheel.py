"""Build the wheel and use it in a fresh environment: ``python3 scripts/wheel.py``.

The packages of ``requirements/run.txt`` are installed beside it, and no file of this checkout is at hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import environment


def call(*command: str | Path, cwd: Path, code: int = 0) -> str:
    """What a command prints; ends this program where it ends with another code."""
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != code:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def built(folder: Path) -> Path:
    """The wheel, built from a checkout's files alone."""
    pip = (environment.ready("dev"), "-m", "pip")
    call(*pip, "wheel", "--no-deps", "--quiet", "--wheel-dir", folder, environment.ROOT, cwd=folder)
    (wheel,) = folder.glob("hscb_xl-*.whl")
    return wheel


def installed(wheel: Path, folder: Path) -> Path:
    """The command of a new environment that holds the wheel and what it needs, each at its pinned version."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    call(*pip, "-r", environment.ROOT / "requirements" / "run.txt", wheel, cwd=folder)
    call(scripts / "python", "-m", "pip", "check", cwd=folder)
    return scripts / "hscb-xl"


def used(command: Path, folder: Path) -> None:
    """The first things that anybody does with it."""
    plan = folder / "plan.xlsm"
    plan.write_bytes((environment.ROOT / "workbook" / "ImprovementPlan.xlsm").read_bytes())
    call(command, "new", "empty.xlsm", cwd=folder)
    call(command, "check", plan, "--as-of", "2015-05-12", cwd=folder, code=1)
    call(command, "run", plan, "--as-of", "2015-05-12", "--out", "out", cwd=folder)


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = built(folder)
        command = installed(wheel, folder / "environment")
        used(command, folder)
        print(f"{wheel.name}: {call(command, '--version', cwd=folder).strip()}, new, check and run work.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
