"""Errors about what a file holds say in which sheet of which file it is."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from hscb_xl.errors import DamagedBook, UnsafeEdit


class Named(Protocol):
    """Something that can say of errors where they are."""

    def naming(self) -> AbstractContextManager[None]:
        """Say in an error where it is."""


S = TypeVar("S", bound=Named)
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def saying(file: str, title: str) -> Iterator[None]:
    """Put the file and the sheet in front of an error that does not name the file."""
    try:
        yield
    except (DamagedBook, UnsafeEdit) as problem:
        if not file or file in str(problem):
            raise
        raise type(problem)(f"{file}, {title}: {problem}") from problem


def naming_the_sheet(function: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A function of a sheet whose errors say which sheet of which file it is."""

    @wraps(function)
    def named(sheet: S, /, *given: P.args, **named_ones: P.kwargs) -> T:
        with sheet.naming():
            return function(sheet, *given, **named_ones)

    return named
