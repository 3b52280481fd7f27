"""Putting Excel's side of the program in place for one user, and taking its settings out again."""

from dataclasses import dataclass

from hscb_xl.desk import addin, settings
from hscb_xl.desk.conf import Conf
from hscb_xl.desk.system import Desk
from hscb_xl.errors import WrongState
from hscb_xl.store import atomic

LEFT = "The xlwings add-in stays, since other workbooks may use it; xlwings addin remove takes it away."


@dataclass(frozen=True, slots=True)
class Done:
    """A sentence for each thing, and whether anything was changed, so that Excel has to be started anew."""

    sentences: tuple[str, ...]
    changed: bool


def install(desk: Desk) -> Done:
    """Put the add-in and its configuration in place, and say of each thing what was done.

    Run once more, it changes nothing. Raises WrongState where there can be no Excel, OutputProblem or
    BookLocked where something cannot be written; then the rest is done when it is run again.
    """
    _refuse_without_excel(desk)
    settings.refuse_place(desk)
    before = settings.read(desk)
    # The configuration is worked out first: one that cannot be written leaves Excel as it was.
    after, said = settings.put(before, desk)
    placed = [addin.put(piece) for piece in addin.pieces(desk)]
    _write(desk, before, after)
    copied = any(piece.changed for piece in placed)
    return Done((*(piece.sentence for piece in placed), *said), copied or after.data != before.data)


def remove(desk: Desk) -> Done:
    """Take this program's settings out and bring back what they replaced.

    Raises as ``install`` does.
    """
    _refuse_without_excel(desk)
    before = settings.read(desk)
    after, said = settings.take_out(before, desk)
    _write(desk, before, after)
    return Done((*said, LEFT), after.data != before.data)


def _write(desk: Desk, before: Conf, after: Conf) -> None:
    if after.data == before.data:
        return
    path = desk.configuration
    atomic.write_atomically(path, after.data, read=before.data if path.exists() else None)


def _refuse_without_excel(desk: Desk) -> None:
    if desk.system == "other":
        raise WrongState(
            "Excel runs on Windows and on the Mac, so there is no add-in to put in place or to set up here: "
            "run the command on the computer where the buttons are to work."
        )
