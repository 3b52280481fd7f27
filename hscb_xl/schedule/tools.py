"""Running a system's own tool, such as schtasks or crontab, and saying plainly where it refuses."""

import os
import subprocess
from collections.abc import Sequence

from hscb_xl.errors import ScheduleProblem

Done = subprocess.CompletedProcess[bytes]


def tried(command: Sequence[str], given: bytes = b"") -> Done:
    """Run a tool and return how it ended; ScheduleProblem where this machine does not have it."""
    try:
        # The few words of an answer that are read, such as "no crontab", are the untranslated ones.
        return subprocess.run(
            command, input=given, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except OSError as problem:
        raise ScheduleProblem(
            f"{command[0]} cannot be run on this machine ({problem.strerror}): "
            "choose another system with --system, or leave --install out to see the task."
        ) from problem


def required(command: Sequence[str], given: bytes = b"") -> Done:
    """Run a tool that has to succeed; ScheduleProblem with its own words where it does not."""
    done = tried(command, given)
    if done.returncode:
        raise refused(command, done)
    return done


def refused(command: Sequence[str], done: Done) -> ScheduleProblem:
    """The error for a tool that said no."""
    words = " ".join((done.stderr or done.stdout).decode(errors="replace").split()).rstrip(".")
    answer = f"answered “{words}”" if words else f"ended with exit code {done.returncode}"
    return ScheduleProblem(f"{' '.join(command[:3])} {answer}: put that right and run it again.")
