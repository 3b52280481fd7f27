"""The log where an administrator finds what a user was told in one sentence."""

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SIZE = 1_000_000
_KEPT = 3

logger = logging.getLogger("hscb_xl")


def folder() -> Path:
    """Where the log is: HSCB_XL_LOG_DIR, else this user's folder for such files on this system."""
    if named := os.environ.get("HSCB_XL_LOG_DIR"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "hscb_xl"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / "hscb_xl"
    return Path(os.environ.get("XDG_STATE_HOME", str(Path.home() / ".local" / "state"))) / "hscb_xl"


def record(problem: BaseException) -> Path | None:
    """Write an error with its traceback to the log; the log's path, or None where none can be written."""
    path = folder() / "hscb_xl.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    try:
        logger.error("%s", " ".join(sys.argv), exc_info=problem)
    finally:
        logger.removeHandler(handler)
        handler.close()
    return path
