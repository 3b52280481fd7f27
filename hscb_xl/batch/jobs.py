"""What a worker is given to do; whoever gives it needs nothing of what does it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hscb_xl.base import logs
from hscb_xl.base.limits import OF_A_PLAN, Limits
from hscb_xl.batch.records import Record, of_path
from hscb_xl.tasks.asked import Asked


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook and what shall be done with it; ``today`` is the same for a whole batch.

    ``keep`` is how many backups there are to be, None for as many as the Settings say; ``out`` the folder for
    this workbook's exports, None for none. A ``dry_run`` writes nothing; ``afresh`` does the work even where
    an earlier run noted that nothing is to be done. With ``protected``, sheets are written that are so.
    """

    path: Path
    today: date
    asked: Asked = field(default_factory=Asked)
    limits: Limits = OF_A_PLAN
    keep: int | None = None
    out: Path | None = None
    dry_run: bool = False
    afresh: bool = False
    protected: bool = False


def unforeseen(job: Job, problem: BaseException) -> Record:
    """The record of a job in which came what nobody foresaw; the log gets it with its traceback."""
    log = logs.record(problem)
    where = f"the details are in {log}" if log else "no log could be written"
    sentence = f"Something unexpected went wrong ({type(problem).__name__}); {where}."
    return of_path(job.path, "failed", sentence)
