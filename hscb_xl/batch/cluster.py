"""Workers of a Dask cluster: machines that see the same folders and have this program installed.

The functions are the same as in a process of this machine. What differs is who ends a workbook that takes too
long: nobody here can kill a process there, so a worker ends itself, and the cluster starts another.
"""

import faulthandler
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from hscb_xl.batch import work
from hscb_xl.batch.jobs import Job, unforeseen
from hscb_xl.batch.pool import TICK, too_long
from hscb_xl.batch.records import Record, of_path
from hscb_xl.errors import OutputProblem

_AHEAD = 2
"""Jobs given to the cluster for each of its threads, so that none waits for the way to and fro."""
_TRIES = 4
"""Times that Dask gives a job to a worker when workers die of it: its ``allowed-failures`` and one."""
_SECONDS_TO_ANSWER = 30

_one_at_a_time = threading.Lock()


class Cluster:
    """The workers of the Dask scheduler at ``address``; each job may take ``limit`` seconds.

    Raises OutputProblem where Dask is not installed, nobody answers, or the cluster has no worker.
    """

    def __init__(self, address: str, limit: float) -> None:
        self._limit = limit
        self._client = _client(address)
        self._executor = self._client.get_executor(pure=False, retries=0)
        self._room: int = _AHEAD * sum(self._client.nthreads().values())
        self._jobs: dict[Future[Record], tuple[Job, float]] = {}

    @property
    def has_room(self) -> bool:
        """Whether the cluster has not been given all that it can take."""
        return len(self._jobs) < self._room

    @property
    def is_busy(self) -> bool:
        """Whether the cluster has jobs."""
        return bool(self._jobs)

    def submit(self, job: Job) -> None:
        """Give a job to the cluster."""
        latest = time.monotonic() + _SECONDS_TO_ANSWER + self._limit * _AHEAD * _TRIES
        self._jobs[self._executor.submit(limited, job, self._limit)] = (job, latest)

    def finished(self) -> Iterator[Record]:
        """The records of jobs that ended or that nobody answers for any more."""
        done, _ = wait(self._jobs, TICK, FIRST_COMPLETED)
        for future in done:
            job, _ = self._jobs.pop(future)
            yield self._record(job, future)
        for future in [f for f, (_, latest) in self._jobs.items() if time.monotonic() > latest]:
            job, _ = self._jobs.pop(future)
            future.cancel()
            yield of_path(job.path, "failed", "The cluster gave no answer in time: look at its workers.")

    def abandon(self) -> Iterator[Record]:
        """Forget every job; a worker that has begun one finishes it."""
        for future, (job, _) in self._jobs.items():
            future.cancel()
            sentence = "It was given up: a worker that had begun it finishes it, and saving is one step."
            yield of_path(job.path, "failed", sentence)
        self._jobs = {}

    def close(self) -> None:
        """Leave the cluster, which goes on."""
        self._client.close()

    def _record(self, job: Job, future: Future[Record]) -> Record:
        from distributed import KilledWorker

        if future.cancelled():
            return of_path(job.path, "failed", "The cluster gave it back undone: look at its scheduler.")
        problem = future.exception()
        if problem is None:
            return future.result()
        if isinstance(problem, KilledWorker):
            sentence = f"Each worker of the cluster that had it ended. Perhaps: {too_long(self._limit)}"
            return of_path(job.path, "failed", sentence)
        return unforeseen(job, problem)


def limited(job: Job, limit: float) -> Record:
    """Do a job on a worker of the cluster, one at a time; after ``limit`` seconds the worker's process ends.

    The engine keeps the books that are open in a list of the process, hence one at a time; the watch is a
    thread below Python, which nothing in Python can hold up.
    """
    with _one_at_a_time:
        faulthandler.dump_traceback_later(limit, exit=True)
        try:
            return work.do(job)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _client(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError as problem:
        raise OutputProblem("A cluster needs Dask: run pip install 'hscb-xl[cluster]'.") from problem
    try:
        socket.create_connection(get_address_host_port(address, strict=True), _SECONDS_TO_ANSWER).close()
        client: Any = Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except (OSError, ValueError, TimeoutError) as problem:
        raise OutputProblem(
            f"The cluster at {address} does not answer or has no worker: start its scheduler and its workers."
        ) from problem
    return client
