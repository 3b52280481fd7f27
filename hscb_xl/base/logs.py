"""The log where an administrator finds what a user was told in one sentence."""

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from hscb_xl.base.shown import plainly

_SIZE = 1_000_000
"""Bytes after which a new log is begun."""
_KEPT = 3
"""How many of those before it are kept: hscb_xl.log.1 is the last of them."""
_PATIENCE = 10
"""Seconds to wait for other processes that are writing."""

logger = logging.getLogger("hscb_xl")


def folder() -> Path:
    """Where the log is: HSCB_XL_LOG_DIR, else this user's folder for such files on this system.

    RuntimeError for a user who has no folder, as services may be.
    """
    if named := os.environ.get("HSCB_XL_LOG_DIR"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "hscb_xl"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / "hscb_xl"
    return Path(os.environ.get("XDG_STATE_HOME", str(Path.home() / ".local" / "state"))) / "hscb_xl"


def record(problem: BaseException) -> Path | None:
    """Write an error with its traceback to the log; the log's path, or None where none can be written.

    The workers of a batch write to the same log. Each entry is written with the file opened and closed
    under a lock: whoever rotates is alone then, so that no entry is lost and no other process goes on
    writing to a file that has been put aside (Windows would refuse to put it aside).
    """
    from filelock import FileLock

    try:
        path = folder() / "hscb_xl.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_PATIENCE):
            _write(path, problem)
    except (OSError, RuntimeError):  # a lock that was not had in time is the first, no folder the second
        return None
    return path


def _write(path: Path, problem: BaseException) -> None:
    handler = _Handler(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(_Plain("%(asctime)s %(process)d %(levelname)s %(message)s"))
    logger.addHandler(handler)
    try:
        logger.error("%s", " ".join(sys.argv), exc_info=problem)
    finally:
        logger.removeHandler(handler)
        handler.close()


class _Handler(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  # the library's own name
        """Leave it to the caller; the library would print a traceback to the user's screen."""
        raise  # it is called where the error is being handled


class _Plain(logging.Formatter):
    """One line that begins an entry, its traceback indented: no text of a file can look like an entry."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's own name
        """The first line of an entry, with what cannot be seen written out."""
        return plainly(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802  # the library's own name
        """The traceback, line by line."""
        lines = super().formatException(ei).split("\n")  # type: ignore[arg-type]  # as the library hands it in
        return "\n".join(f"    {plainly(line)}" for line in lines)
