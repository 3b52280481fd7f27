"""Workers on this machine: one process for each seat, so that a death or a delay is always one book's own.

The pools of the standard library cannot say which of their workers held which workbook: when one dies, they
fail all that is under way, and they cannot stop a single one. So each seat is a process at the end of a pipe,
with one workbook at a time. Workers are spawned, not forked: the same on every system, and safe beside
threads. They are not replaced after so many workbooks: one holds 50.6 MB after 500 and 51.3 MB after 1,000.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, TypeAlias

from hscb_xl.batch.jobs import Job, unforeseen
from hscb_xl.batch.records import Record, of_path
from hscb_xl.plan.wording import counted

Work = Callable[[Job], Record]
Pipe: TypeAlias = "Connection[Any, Any]"

TICK = 0.2
"""Seconds after which somebody who waits for workers looks whether he shall stop."""
_READY = "ready"
_FOR_ANALYSTS = ("PIL", "matplotlib", "numpy", "pandas", "polars")
_STOP_SIGNALS = [signal.SIGINT, signal.SIGTERM]


class Runner(Protocol):
    """What does jobs somewhere else, a bounded number at a time."""

    @property
    def has_room(self) -> bool:
        """Whether one more job can be submitted now."""

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way."""

    def submit(self, job: Job) -> None:
        """Begin a job; only where there is room."""

    def finished(self) -> Iterator[Record]:
        """The records of jobs that ended, after waiting a moment for one; each once."""

    def abandon(self) -> Iterator[Record]:
        """Stop every job at once; the records of those that were under way."""

    def close(self) -> None:
        """Let the workers go."""


class Pool:
    """Workers on this machine; each job may take ``limit`` seconds, then its worker is killed.

    ``do`` is what they do with a job, the work on a plan unless something else is given.
    """

    def __init__(self, workers: int, limit: float, do: Work | None = None) -> None:
        self._seats = [_Seat(limit, do) for _ in range(workers)]

    @property
    def has_room(self) -> bool:
        """Whether a seat is free."""
        return any(seat.job is None for seat in self._seats)

    @property
    def is_busy(self) -> bool:
        """Whether a seat is taken."""
        return any(seat.job for seat in self._seats)

    def submit(self, job: Job) -> None:
        """Give a job to a free seat."""
        next(seat for seat in self._seats if seat.job is None).take(job)

    def finished(self) -> Iterator[Record]:
        """The records of jobs that ended, came to nothing or took too long."""
        heard = wait([seat.pipe for seat in self._seats if seat.job and seat.pipe], TICK)
        for seat in self._seats:
            if seat.job and (record := seat.record(seat.job, speaks=seat.pipe in heard)):
                yield record

    def abandon(self) -> Iterator[Record]:
        """Kill every worker: saving is one step, so each workbook is the old or the new one."""
        for seat in self._seats:
            if job := seat.job:
                seat.kill()
                yield of_path(job.path, "failed", "It was stopped at once: what it was before, it is still.")

    def close(self) -> None:
        """End the workers that wait for work."""
        for seat in self._seats:
            seat.close()


class _Seat:
    """One worker, started when it is first needed, and the job that it has."""

    def __init__(self, limit: float, do: Work | None) -> None:
        self.job: Job | None = None
        self.pipe: Pipe | None = None
        self._process: BaseProcess | None = None
        self._limit = limit
        self._do = do
        self._is_ready = False
        self._deadline = 0.0

    def take(self, job: Job) -> None:
        """Begin a job, with another worker where the last one died while it had nothing to do."""
        try:
            (self.pipe or self._start()).send(job)
        except OSError:
            self._start().send(job)
        self.job, self._deadline = job, time.monotonic() + self._limit

    def record(self, job: Job, *, speaks: bool) -> Record | None:
        """The record of the job, None while it is under way; a worker that ``speaks`` is listened to."""
        try:
            if speaks and self.pipe is not None:
                said = self.pipe.recv()
                if said != _READY:
                    self.job = None
                    return said  # type: ignore[no-any-return]
                # starting a worker is not the workbook's time
                self._is_ready, self._deadline = True, time.monotonic() + self._limit
        except (EOFError, OSError):
            self.kill()
            sentence = "Its worker process ended while it had the workbook in hand: run it again by itself."
            return of_path(job.path, "failed", sentence)
        if self._is_ready and time.monotonic() > self._deadline:
            self.kill()
            return of_path(job.path, "failed", too_long(self._limit), self._limit)
        return None

    def kill(self) -> None:
        """End the worker whatever it does."""
        if self._process is not None:
            self._process.kill()
        self.close()

    def close(self) -> None:
        """Let the worker end: it does so when nobody is at the other end of the pipe."""
        if self.pipe is not None and self._process is not None:
            self.pipe.close()
            self._process.join()
        self.job = self.pipe = self._process = None
        self._is_ready = False

    def _start(self) -> Pipe:
        """The pipe to a new worker."""
        self.close()
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=serve, args=(theirs, self._do))
        with _signals_held_back():
            self._process.start()
        theirs.close()
        return self.pipe


def serve(pipe: Pipe, do: Work | None) -> None:
    """Do jobs as they come through a pipe, in a process of its own, until it is closed at the other end."""
    begin()
    if do is None:
        # xlwings would load them for its converters; no code but ours, which needs none, runs in this process
        for library in _FOR_ANALYSTS:
            sys.modules.setdefault(library, None)  # type: ignore[arg-type]
        from hscb_xl.batch import work

        do = work.do
    with suppress(EOFError, OSError):  # nobody is at the other end any more
        pipe.send(_READY)
        while True:
            pipe.send(_done(do, pipe.recv()))


def _done(do: Work, job: Job) -> Record:
    try:
        return do(job)
    except (Exception, SystemExit) as problem:  # noqa: BLE001  # one bad workbook never stops the others
        return unforeseen(job, problem)


def too_long(limit: float) -> str:
    """What is said of a workbook that was stopped after ``limit`` seconds."""
    seconds = f"{limit:g} seconds" if limit != 1 else counted(1, "second")
    return f"It took longer than {seconds} and was stopped, the file is as it was: give more --time-limit."


def begin() -> None:
    """Prepare a worker: the parent alone decides on its end, and a parent that dies takes it along."""
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Start a process that a Ctrl-C on the terminal does not end before it can ignore it."""
    if os.name == "nt":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
