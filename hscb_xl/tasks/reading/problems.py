"""Everything that stops a run, told at once: nobody runs a program twenty times to hear twenty things."""

from collections.abc import Callable
from typing import TypeVar

from hscb_xl.errors import OverLimit, PlanError

T = TypeVar("T")

_MOST = 12
"""How many sentences are told; the rest is counted."""


class Problems:
    """What was found wrong so far, each as the error that it would be by itself."""

    def __init__(self) -> None:
        self._found: list[PlanError] = []

    def add(self, *problems: PlanError) -> None:
        """Note problems."""
        self._found += problems

    def tried(self, work: Callable[[], T], otherwise: T) -> T:
        """What some work gives; where it ends with a problem that is noted, and ``otherwise`` given.

        A limit that is passed ends the run at once: what goes on reading would read too much.
        """
        try:
            return work()
        except OverLimit:
            raise
        except PlanError as problem:
            self._found.append(problem)
            return otherwise

    def tell(self) -> None:
        """Raise what was found as one error of the first one's kind, its sentences one after the other."""
        if not self._found:
            return
        sentences = list(dict.fromkeys(map(str, self._found)))
        if len(sentences) > _MOST:
            sentences[_MOST:] = [f"There are {len(sentences) - _MOST} more such problems."]
        raise type(self._found[0])(" ".join(sentences))
