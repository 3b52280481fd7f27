"""Workers on this machine: one process for each seat, so that a death or a delay is always one book's own.

A pool of several workers cannot say which of them held which workbook: when one dies, the standard library
fails all that is under way, and it cannot stop a single one. So each seat is a ProcessPoolExecutor of one
worker with one workbook at a time. Workers are spawned, not forked: the same on every system, and safe beside
threads. They are not replaced after so many workbooks: one holds 98.5 MB after 120 and 98.9 MB after 240.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Protocol

from hscb_xl.batch import work
from hscb_xl.batch.records import Record, of_path
from hscb_xl.batch.work import Job
from hscb_xl.plan.wording import counted

Work = Callable[[Job], Record]

TICK = 0.2
"""Seconds after which somebody who waits for workers looks whether he shall stop."""
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
    """Workers on this machine; each job may take ``limit`` seconds, then its worker is killed."""

    def __init__(self, workers: int, limit: float, do: Work = work.do) -> None:
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
        wait([seat.future for seat in self._seats if seat.job], TICK, FIRST_COMPLETED)
        for seat in self._seats:
            if seat.job and (record := seat.record()):
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

    def __init__(self, limit: float, do: Work) -> None:
        self.job: Job | None = None
        self.future: Future[Record] = Future()
        self._limit = limit
        self._do = do
        self._executor: ProcessPoolExecutor | None = None
        self._ready: Future[int] = Future()
        self._process: BaseProcess | None = None
        self._deadline: float | None = None

    def take(self, job: Job) -> None:
        """Begin a job."""
        if self._executor is None:
            self._start()
        self.job, self._deadline = job, None
        try:
            self.future = self._executor.submit(self._do, job)  # type: ignore[union-attr]
        except BrokenProcessPool as problem:  # the worker died while it had nothing to do
            self.future = Future()
            self.future.set_exception(problem)

    def record(self) -> Record | None:
        """The record of the job, None while it is under way."""
        if self.future.done():
            return self._ended()
        if self._ready.done() and self._deadline is None:  # starting a worker is not the workbook's time
            self._deadline = time.monotonic() + self._limit
        if self._deadline is not None and time.monotonic() > self._deadline:
            return self._late()
        return None

    def kill(self) -> None:
        """End the worker whatever it does."""
        if self._process is not None:
            self._process.kill()
        self._forget()

    def close(self) -> None:
        """Let the worker finish and end."""
        if self._executor is not None:
            self._executor.shutdown()
        self._executor = self._process = None

    def _start(self) -> None:
        before = set(multiprocessing.active_children())
        spawn = multiprocessing.get_context("spawn")
        self._executor = ProcessPoolExecutor(1, spawn, initializer=begin)
        with _signals_held_back():
            self._ready = self._executor.submit(os.getpid)
        self._process = next(iter(set(multiprocessing.active_children()) - before), None)

    def _ended(self) -> Record:
        job, self.job = self.job, None
        assert job is not None
        problem = self.future.exception()  # asked for and not caught: it may be a SystemExit
        if problem is None:
            return self.future.result()
        if isinstance(problem, BrokenProcessPool):
            self._forget()
            sentence = "Its worker process ended while it had the workbook in hand: run it again by itself."
            return of_path(job.path, "failed", sentence)
        return of_path(job.path, "failed", work.unexpected(problem))

    def _late(self) -> Record:
        job = self.job
        assert job is not None
        self.kill()
        return of_path(job.path, "failed", too_long(self._limit), self._limit)

    def _forget(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
        self.job = self._executor = self._process = None


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
