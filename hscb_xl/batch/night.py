"""The loop of a batch: as many jobs under way as there is room for, each told of as it ends."""

from collections.abc import Callable, Iterable, Iterator

from hscb_xl.batch.finding import Found
from hscb_xl.batch.jobs import Job
from hscb_xl.batch.pool import Runner
from hscb_xl.batch.records import LEFT, Outcome, Record, of_path

AsksToStop = Callable[[], int]
"""How often somebody asked to stop: once means after the workbooks in hand, twice at once."""


def passed_over(found: Iterable[Found]) -> Iterator[Record]:
    """The records of what was found and is not taken."""
    for each in found:
        if each.why_not:
            outcome: Outcome = "failed" if each.failed else "skipped"
            yield of_path(each.path.absolute(), outcome, f"It {each.why_not}.")


def work_through(jobs: Iterable[Job], runner: Runner, asked_to_stop: AsksToStop) -> Iterator[Record]:
    """Do the jobs and give their records as they end; at the end, those of jobs left because of a stop.

    A worker that ended a job is given the next one before anybody looks at the record.
    """
    waiting = iter(jobs)
    more = True
    ended: list[Record] = []
    try:
        while True:
            while more and runner.has_room and not asked_to_stop():
                more = _submit_next(waiting, runner)
            yield from ended
            if not runner.is_busy:
                break
            if asked_to_stop() > 1:
                yield from runner.abandon()
                break
            ended = list(runner.finished())
    finally:
        runner.close()
    yield from (of_path(job.path, "skipped", LEFT) for job in waiting)


def _submit_next(waiting: Iterator[Job], runner: Runner) -> bool:
    job = next(waiting, None)
    if job is not None:
        runner.submit(job)
    return job is not None
