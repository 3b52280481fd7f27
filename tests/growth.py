"""How the time of some work grows with its input: a ratio measured in one run, no deadline."""

import time
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

SIZES = (500, 1000, 2000, 4000, 8000, 16000, 32000)
"""Each twice the one before; the longest is about what a cell can hold."""
MOST = 3.0
"""Twice the input may take twice the time and what a busy machine adds to it; four times is quadratic."""
_LEAST = 0.002
"""Seconds below which a time says nothing."""
_TRIES = 12


def worst(work: Callable[[T], object], make: Callable[[int], T], sizes: tuple[int, ...] = SIZES) -> float:
    """The largest factor by which doubling the input of ``make(size)`` multiplied the time of ``work``.

    It ends with the first factor above ``MOST``, so that work which never ends on long input ends the test.
    """
    found, before = 0.0, _seconds(work, make(sizes[0]))
    for smaller, larger in pairwise(sizes):
        after = _seconds(work, make(larger))
        if before >= _LEAST:
            found = max(found, _settled(work, make(smaller), make(larger), after / before))
        if found > MOST:
            break
        before = after
    return found


def _settled(work: Callable[[T], object], smaller: T, larger: T, factor: float) -> float:
    """``factor``, or the least of a few more measurements where it is too large: others use the machine."""
    for _ in range(_TRIES):
        if factor <= MOST:
            break
        factor = min(factor, _seconds(work, larger) / _seconds(work, smaller))
    return factor


def _seconds(work: Callable[[T], object], given: T) -> float:
    """Processor time of the quickest of two goes."""
    times = []
    for _ in range(2):
        begun = time.process_time()
        work(given)
        times.append(time.process_time() - begun)
    return min(times)
