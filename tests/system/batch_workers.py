"""Stand-ins for the work on a workbook, for a worker process; the file's name says what happens."""

import os
import signal
import time
from dataclasses import replace

from hscb_xl.batch.jobs import Job
from hscb_xl.batch.records import Change, Record, of_path

CHANGE = Change("4", 8, "G", "R", "Overdue by 2 days (10 May 2015)")


def stand_in(job: Job) -> Record:
    """Die, hang, fail or exit where the file's name asks for it; say what was done otherwise."""
    name = job.path.stem
    if name.startswith("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("hangs"):
        time.sleep(60)
    if name.startswith("fails"):
        raise RuntimeError(name)
    if name.startswith("exits"):
        raise SystemExit(3)
    if name.startswith("waits"):
        time.sleep(0.3)
    return replace(of_path(job.path, "done", ""), changed=(CHANGE,) * 20, findings={"warning": os.getpid()})
