"""How much a workbook may cost to be read: bytes, rows, cells and time."""

import _thread
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from types import FrameType, TracebackType
from typing import ClassVar, Protocol, runtime_checkable

from hscb_xl.errors import OutOfTime

_AT_ONCE = 0.001
"""Seconds after which a watch rings whose time is over already: with 0, an alarm never would."""
_AGAIN = 1.0
"""Seconds after which it rings again: an error that is raised while an object is cleared away is dropped."""
CELLS_A_ROW = 32
"""Cells that are read at once for each row allowed: a plan has about twenty columns."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A limit that a workbook states for itself, and the cell where it does, such as Settings!B12."""

    most: int
    cell: str


@dataclass(frozen=True, slots=True)
class Own:
    """The limits that a workbook states for itself: bytes unpacked, rows of a sheet and seconds."""

    inflated: Stated | None = None
    rows: Stated | None = None
    seconds: Stated | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of a workbook; as it stands, what a worksheet can hold and a computer can keep.

    ``part`` and ``whole`` are bytes that a part, and all parts together, may inflate to; the file itself may
    not be larger than ``whole``. ``rows`` is how many rows a sheet may have. ``Watch`` keeps ``seconds``, of
    which 0 are no limit. The ``raise_`` ones are an error's remedy.
    """

    part: int = 1 << 30
    whole: int = 4 << 30
    rows: int = 1_048_576
    seconds: float = 0
    raise_size: str = "raise the limit with --max-inflated"
    raise_rows: str = "raise the limit with --max-rows"
    raise_seconds: str = "raise the limit with --time-limit"

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

    def lowered(self, own: Own) -> "Limits":
        """These limits with each that a workbook states for itself in its place where that is lower."""
        now = self
        if own.inflated and own.inflated.most < self.whole:
            part, raise_size = min(self.part, own.inflated.most), _in(own.inflated)
            now = replace(now, part=part, whole=own.inflated.most, raise_size=raise_size)
        if own.rows and own.rows.most < self.rows:
            now = replace(now, rows=own.rows.most, raise_rows=_in(own.rows))
        if own.seconds and (not self.seconds or own.seconds.most < self.seconds):
            now = replace(now, seconds=own.seconds.most, raise_seconds=_in(own.seconds))
        return now


OF_A_PLAN = Limits(part=256 << 20, whole=256 << 20, rows=200_000, seconds=600)
"""What a command reads unless it is told otherwise: far more than any plan has, far less than a bomb."""


@runtime_checkable
class Holds(Protocol):
    """An open book that can be held to lower limits; Excel's own books cannot, it has read all of them."""

    def hold_to(self, own: Own) -> Limits:
        """Read no more than this from now on; the limits that hold now. OverLimit where more is there."""


def megabytes(size: int) -> str:
    """A number of bytes for people, rounded up: "256 MB"."""
    return f"{-(-size >> 20):,} MB"


def took_too_long(book: str, limits: Limits) -> str:
    """What is said of a workbook that was given up when its time was over."""
    return (
        f"{book} took longer than its limit of {limits.seconds:g} s and was left as it was: "
        f"look at what is unusual in it, or {limits.raise_seconds}."
    )


def given_up(book: str, limits: Limits) -> str:
    """What is said of a click in Excel that was given up when its time was over."""
    return (
        f"{book} took longer than its limit of {limits.seconds:g} s, and the click was given up: the plan's "
        "cells are as they were, and the next click writes the program's own sheets anew. "
        f"Look at what is unusual in it, or {limits.raise_seconds}."
    )


def _in(stated: Stated) -> str:
    return f"raise the limit in {stated.cell}"


class Watch:
    """A time limit for the work inside ``with``, in the main thread; 0 seconds set none.

    A watch instead of a question in every long loop: the loops that nobody thought of are those that a
    hostile file finds. Where the system has alarms, one ends a long pattern match as well; elsewhere
    (Windows) a thread interrupts the main one between two steps of Python. What is ``unbroken`` is finished
    first. ``running`` is the watch whose work is under way, which may take ``seconds``.
    """

    running: "ClassVar[Watch | None]" = None

    def __init__(self, seconds: float, sentence: str) -> None:
        self.seconds = seconds
        self._sentence = sentence
        self._begun = self._end = 0.0
        self._over = False
        self._stop: Callable[[], None] = _nothing
        self._before: _Handler = None
        self._outer: Watch | None = None

    def __enter__(self) -> "Watch":
        self._begun = time.monotonic()
        self._outer, Watch.running = Watch.running, self
        if self.seconds:
            self._set()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        try:
            self.let_go()
        finally:  # it may ring one last time
            Watch.running = self._outer
            if self._end:
                signal.signal(_SIGNAL, self._before)

    def shorten(self, seconds: float, sentence: str) -> None:
        """End so many seconds after the beginning already and say this; a longer time changes nothing."""
        if 0 < seconds < (self.seconds or math.inf):
            self.seconds, self._sentence = seconds, sentence
            self._stop()
            self._set()

    def let_go(self) -> None:
        """Ring no more: what is left to do must not be left half done."""
        self._over = True
        self._stop()

    def _set(self) -> None:
        if self._over:
            return
        if not self._end:
            self._before = signal.signal(_SIGNAL, self._ring)
        self._end = self._begun + self.seconds
        self._stop = _start(max(self._end - time.monotonic(), _AT_ONCE))

    def _ring(self, _: int, __: FrameType | None) -> None:
        if time.monotonic() < self._end - 0.05:  # the key of this name on Windows, not the watch
            raise KeyboardInterrupt
        if self._over:
            return
        if _Held.times:
            _Held.due = self._sentence
        else:
            raise OutOfTime(self._sentence)


def of_a_click(book: str) -> AbstractContextManager[object]:
    """The time limit of a click on a book, a command's, which its Settings can lower.

    None outside the main thread, where no watch can run.
    """
    if threading.current_thread() is not threading.main_thread():
        return nullcontext()
    limits = replace(OF_A_PLAN, raise_seconds="run hscb-xl on it, which can be given more --time-limit")
    return Watch(limits.seconds, given_up(book, limits))


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
    stopped = threading.Event()

    def ring() -> None:
        wait = seconds
        while not stopped.wait(wait):
            _thread.interrupt_main(_SIGNAL)
            wait = _AGAIN

    threading.Thread(target=ring, daemon=True).start()
    return stopped.set


if sys.platform == "win32":
    _SIGNAL = signal.SIGBREAK
    _start = _by_thread
else:
    _SIGNAL = signal.SIGALRM

    def _start(seconds: float) -> Callable[[], None]:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        return _stop_alarm

    def _stop_alarm() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
