"""How much a workbook may cost to be read: bytes, rows, cells and time."""

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType, TracebackType

from hscb_xl.errors import OutOfTime

CELLS_A_ROW = 32
"""Cells that are read at once for each row allowed: a plan has about twenty columns."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of a workbook; as it stands, what a worksheet can hold and a computer can keep.

    ``part`` and ``whole`` are bytes that a part, and all parts together, may inflate to; the file itself may
    not be larger than ``whole``. ``rows`` is how many rows a sheet may have. ``Watch`` keeps ``seconds``.
    """

    part: int = 1 << 30
    whole: int = 4 << 30
    rows: int = 1_048_576
    seconds: float = 0

    @property
    def cells(self) -> int:
        """The cells of an area, empty ones among them, that may be read at once."""
        return self.rows * CELLS_A_ROW

    def but(
        self, inflated: int | None = None, rows: int | None = None, seconds: float | None = None
    ) -> "Limits":
        """These limits with those that are given in their place; ``inflated`` serves a part and the whole."""
        part, whole = (self.part, self.whole) if inflated is None else (inflated, inflated)
        return replace(
            self,
            part=part,
            whole=whole,
            rows=self.rows if rows is None else rows,
            seconds=self.seconds if seconds is None else seconds,
        )


OF_A_PLAN = Limits(part=256 << 20, whole=256 << 20, rows=200_000, seconds=600)
"""What a command reads unless it is told otherwise: far more than any plan has, far less than a bomb."""


def megabytes(size: int) -> str:
    """A number of bytes for people, rounded up: "256 MB"."""
    return f"{-(-size >> 20):,} MB"


class Watch:
    """A time limit for the work inside ``with``, in the main thread; 0 seconds set none.

    A watch instead of a question in every long loop: the loops that nobody thought of are those that a
    hostile file finds. Where the system has alarms, one ends a long pattern match as well; elsewhere
    (Windows) a thread interrupts the main one between two steps of Python. What is ``unbroken`` is finished
    first.
    """

    def __init__(self, seconds: float, sentence: str) -> None:
        self._seconds = seconds
        self._sentence = sentence
        self._end = 0.0
        self._stop: Callable[[], None] = _nothing
        self._before: _Handler = None

    def __enter__(self) -> "Watch":
        if self._seconds:
            self._end = time.monotonic() + self._seconds
            self._before = signal.signal(_SIGNAL, self._ring)
            self._stop = _start(self._seconds)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._stop()
        if self._seconds:
            signal.signal(_SIGNAL, self._before)

    def _ring(self, _: int, __: FrameType | None) -> None:
        if time.monotonic() < self._end - 0.05:  # the key of this name on Windows, not the watch
            raise KeyboardInterrupt
        if _Held.times:
            _Held.due = self._sentence
        else:
            raise OutOfTime(self._sentence)


_Handler = Callable[[int, FrameType | None], object] | int | None


class _Held:
    """How often ``unbroken`` is entered, and what a watch wanted to say meanwhile."""

    times = 0
    due = ""


@contextmanager
def unbroken() -> Iterator[None]:
    """Let no time limit end what is inside half-way: a file is written whole, and then it is said."""
    _Held.times += 1
    try:
        yield
    finally:
        _Held.times -= 1
        due = "" if _Held.times else _Held.due
        _Held.due = _Held.due if _Held.times else ""
    if due:
        raise OutOfTime(due)


def _nothing() -> None:
    """Stop a watch that does not run."""


def _by_thread(seconds: float) -> Callable[[], None]:
    timer = threading.Timer(seconds, _thread.interrupt_main, [_SIGNAL])
    timer.daemon = True
    timer.start()
    return timer.cancel


if sys.platform == "win32":
    _SIGNAL = signal.SIGBREAK
    _start = _by_thread
else:
    _SIGNAL = signal.SIGALRM

    def _start(seconds: float) -> Callable[[], None]:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        return _stop_alarm

    def _stop_alarm() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
