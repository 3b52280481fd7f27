"""Errors about what a file holds say in which sheet of which file it is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from hscb_xl.errors import DamagedBook, OverLimit, UnsafeEdit


class Named(Protocol):
    """Something that can say of errors where they are."""

    def naming(self) -> AbstractContextManager[None]:
        """Say in an error where it is."""


S = TypeVar("S", bound=Named)
P = ParamSpec("P")
T = TypeVar("T")


class Saying:
    """Puts the file and the place in it, such as a sheet, before an error that does not name the file."""

    __slots__ = ("_file", "_place")

    def __init__(self, file: str, place: str) -> None:
        self._file = file
        self._place = place

    def __enter__(self) -> None:
        """Watch what comes."""

    def __exit__(self, _: type[BaseException] | None, problem: BaseException | None, __: object) -> None:
        """Say of an error where it is."""
        if not isinstance(problem, DamagedBook | UnsafeEdit | OverLimit):
            return
        if self._file and self._file not in str(problem):  # else it was said where more of it was known
            where = f"{self._file}, {self._place}" if self._place else self._file
            raise type(problem)(f"{where}: {problem}") from problem


def naming_the_sheet(function: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A function of a sheet whose errors say which sheet of which file it is."""

    @wraps(function)
    def named(sheet: S, /, *given: P.args, **named_ones: P.kwargs) -> T:
        with sheet.naming():
            return function(sheet, *given, **named_ones)

    return named
