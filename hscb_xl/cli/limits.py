"""The options that say how much of a workbook is read, the same for every command that opens one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from hscb_xl.base.limits import OF_A_PLAN, Limits, Watch, took_too_long
from hscb_xl.errors import OverLimit

Command = TypeVar("Command", bound=Callable[..., Any])

_KEY = "hscb_xl.base.limits"
_DAY = 86_400
_MOST_ROWS = 1_048_576
_MOST_MEGABYTES = 1 << 16


def limit_options(command: Command) -> Command:
    """Add ``--max-inflated``, ``--max-rows`` and ``--time-limit``; ``asked_limits`` gives what they say.

    Each may be set for a whole machine by a variable such as HSCB_XL_MAX_ROWS. A workbook can only lower them
    (tasks/reading/ownlimits.py): they are there to protect from it.
    """
    for name, most, default, words in reversed(_OPTIONS):
        command = click.option(
            f"--{name}",
            type=click.IntRange(1, most),
            default=default,
            show_default=True,
            envvar=f"HSCB_XL_{name.replace('-', '_').upper()}",
            expose_value=False,
            callback=_keep,
            help=words,
        )(command)
    return command


_OPTIONS = (
    ("max-inflated", _MOST_MEGABYTES, OF_A_PLAN.whole >> 20, "Megabytes that a workbook may unpack to."),
    ("max-rows", _MOST_ROWS, OF_A_PLAN.rows, "Rows that a sheet of the workbook may have."),
    ("time-limit", _DAY, int(OF_A_PLAN.seconds), "Seconds after which the work is given up."),
)


def _keep(context: click.Context, option: click.Parameter, value: int) -> None:
    context.meta.setdefault(_KEY, {})[option.name] = value


def asked_limits() -> Limits:
    """The limits that the options of the command at hand say."""
    context = click.get_current_context(silent=True)
    said = context.meta.get(_KEY, {}) if context else {}
    if not said:
        return OF_A_PLAN
    return OF_A_PLAN.but(said["max_inflated"] << 20, said["max_rows"], said["time_limit"])


@contextmanager
def watched(book: Path, limits: Limits) -> Iterator[None]:
    """Give the work on a book up with one sentence when its time or the memory is over; it is not saved."""
    try:
        with Watch(limits.seconds, took_too_long(book.name, limits)):
            yield
    except MemoryError:
        raise OverLimit(
            f"{book.name} needs more memory than there is and was left as it was: "
            "look at what is unusual in it, or close other programs and try again."
        ) from None
