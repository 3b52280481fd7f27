"""``hscb-xl install`` and ``hscb-xl doctor``: Excel's side of the program on this computer."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hscb_xl.base.shown import plainly
from hscb_xl.cli.limits import asked_limits, limit_options, watched
from hscb_xl.store import source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hscb_xl.desk import Desk
    from hscb_xl.desk.checks import Check

_WORDS = {"right": "right", "wrong": "put right", "unseen": "not seen"}


@click.command("install")
@click.option("--remove", is_flag=True, help="Take the program's settings out again; the add-in stays.")
def install_command(remove: bool) -> None:
    """Put the xlwings add-in and its settings in place for this user, so that the buttons work in Excel."""
    from hscb_xl.desk import install, this_desk

    done = install.remove(this_desk()) if remove else install.install(this_desk())
    for sentence in done.sentences:
        click.echo(plainly(sentence))
    click.echo("Close Excel and open it again." if done.changed else "Nothing had to be changed.")


@click.command("doctor")
@click.argument("book", required=False)
@limit_options
def doctor_command(book: str | None) -> None:
    """Look whether the buttons can work on this computer, and in BOOK; exit code 1 when they cannot."""
    from hscb_xl.desk import checks, this_desk

    desk = this_desk()
    brings_macros, of_book = (None, []) if book is None else _of_book(desk, book)
    found = [*checks.of_desk(desk, brings_macros), *of_book]
    for check in found:
        _show(check)
    _conclude(found)


def _of_book(desk: "Desk", book: str) -> "tuple[bool | None, list[Check]]":
    """Whether the workbook brings its own macros, and what was found of it."""
    from hscb_xl.desk import book as books

    if source.is_address(book):
        return None, [books.address(book)]
    path, limits = Path(book).absolute(), asked_limits()
    source.refuse_unreadable(path)
    with watched(path, limits):
        return books.brings_macros(path, limits), books.of_book(desk, path, limits)


def _show(check: "Check") -> None:
    click.echo(plainly(f"{_WORDS[check.state]:<10} {check.name:<10} {check.found}"))
    if check.remedy:
        click.echo(plainly(f"{'':<21} {check.remedy}"))


def _conclude(found: "Sequence[Check]") -> None:
    wrong = sum(check.state == "wrong" for check in found)
    unseen = sum(check.state == "unseen" for check in found)
    also = f"; {unseen} could not be looked at here" if unseen else ""
    if not wrong:
        click.echo(f"Nothing is wrong{also}.")
        return
    click.echo(f"{wrong} {'thing is' if wrong == 1 else 'things are'} to be put right{also}.")
    sys.exit(1)
