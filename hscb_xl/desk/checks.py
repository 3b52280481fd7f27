"""What is looked at on a desk, one function for each thing, listed in ``CHECKS``."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from hscb_xl.base import logs
from hscb_xl.desk import addin, policies, settings
from hscb_xl.desk.system import Desk
from hscb_xl.errors import PlanError

State = Literal["right", "wrong", "unseen"]
ADD_IN = "Add-in"
INSTALL = "Close Excel and run hscb-xl install."
_PERHAPS = (
    f"{INSTALL} Where every workbook was made with --standalone none needs it: "
    "run hscb-xl doctor with the name of one of them."
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found and, where that is wrong, what to do.

    ``unseen`` is what cannot be looked at on this system.
    """

    name: str
    state: State
    found: str
    remedy: str = ""


def python(desk: Desk) -> Iterator[Check]:
    """The Python that runs this; the buttons are to run in the same one."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", "right", f"{version}, {desk.interpreter}")


def packages(_: Desk) -> Iterator[Check]:
    """The versions of this program and of xlwings, which must be the one that it is made for."""
    import xlwings

    from hscb_xl import __version__

    found = f"hscb-xl {__version__}, xlwings {xlwings.__version__}"
    if xlwings.__version__ == addin.XLWINGS:
        yield Check("Packages", "right", found)
        return
    remedy = f"Run scripts/run.py of the program once more: it is made for xlwings {addin.XLWINGS}."
    yield Check("Packages", "wrong", found, remedy)


def add_in(desk: Desk) -> Iterator[Check]:
    """The add-in and, on a Mac, the script of RunPython: there, and those of the installed xlwings."""
    if desk.system == "other":
        yield unseen(ADD_IN)
        return
    for piece in addin.pieces(desk):
        name = ADD_IN if piece.target.suffix == ".xlam" else "RunPython"
        try:
            state = "there" if piece.is_right else "of another version" if piece.is_there else "missing"
        except OSError as problem:
            state = f"not to be read ({problem.strerror or problem})"
        found = f"{piece.name} is {state} in {piece.target.parent}"
        if state == "there":
            yield Check(name, "right", found)
        else:
            yield Check(name, "wrong", found, INSTALL)


def configuration(desk: Desk) -> Iterator[Check]:
    """xlwings.conf: it names this Python and, on Windows, has the server on and our functions listed."""
    if desk.system == "other":
        yield unseen("Settings")
        return
    try:
        settings.refuse_place(desk)
        conf = settings.read(desk)
    except PlanError as problem:
        found = f"Excel cannot go by {desk.configuration} with this Python"
        yield Check("Settings", "wrong", found, str(problem))
        return
    for key in settings.needed(desk):
        value = conf.value(key)
        state: State = "right" if settings.is_right(key, value, desk) else "wrong"
        found = f"{key} is {value or 'not set'} in {desk.configuration}"
        yield Check("Settings", state, found, "" if state == "right" else INSTALL)
    if desk.system == "windows":
        yield _functions(settings.MODULE in settings.modules(conf))


def _functions(listed: bool) -> Check:
    found = f"{settings.MODULES} {'names' if listed else 'does not name'} {settings.MODULE}"
    return Check("Functions", "right" if listed else "wrong", found, "" if listed else INSTALL)


def defender(desk: Desk) -> Iterator[Check]:
    """Defender's rule against programs that Office starts, as far as the registry shows it."""
    if desk.system != "windows":
        yield unseen("Defender", "only Windows has it")
    elif policies.children_blocked(desk):
        found = "its rule keeps Office from starting other programs, and so Python"
        yield Check("Defender", "wrong", found, policies.ALLOW_CHILDREN)
    else:
        yield Check("Defender", "right", "no rule was found that keeps Office from starting Python")


def macros(desk: Desk) -> Iterator[Check]:
    """Whether Excel may run macros that nobody signed, as ours are."""
    if desk.system != "windows":
        yield unseen("Macros", "only Windows has such a policy")
        return
    level = policies.macro_level(desk)
    if level in policies.NO_MACROS:
        yield Check("Macros", "wrong", policies.LEVELS[level], policies.TRUST_A_FOLDER)
    else:
        yield Check("Macros", "right", policies.LEVELS[level])


def log(_: Desk) -> Iterator[Check]:
    """The folder of the log can be written to; it is made for that."""
    try:
        folder = logs.folder()
        _write_into(folder)
    except (OSError, RuntimeError) as problem:
        found = f"no log can be written ({getattr(problem, 'strerror', None) or problem})"
        remedy = "Let this user write to its folder, or name another one in the variable HSCB_XL_LOG_DIR."
        yield Check("Log", "wrong", found, remedy)
        return
    yield Check("Log", "right", f"it is written to {folder}")


def _write_into(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def unseen(name: str, why: str = "there is no Excel on this system") -> Check:
    """A check that this system has nothing for."""
    return Check(name, "unseen", f"not looked at: {why}")


CHECKS: tuple[Callable[[Desk], Iterator[Check]], ...] = (
    python,
    packages,
    add_in,
    configuration,
    defender,
    macros,
    log,
)


def of_desk(desk: Desk, brings_macros: bool | None = None) -> list[Check]:
    """Everything that is looked at on a desk.

    ``brings_macros`` says whether the workbook in question has xlwings inside, and so can do without the
    add-in. Without an answer an add-in that is missing is wrong, since the workbooks that ``new`` makes
    unasked need it, and nothing on a desk tells whether there are any.
    """
    found = [found for check in CHECKS for found in check(desk)]
    return [_weighed(check, brings_macros) if _lacks_add_in(check) else check for check in found]


def _lacks_add_in(check: Check) -> bool:
    return check.name == ADD_IN and check.state == "wrong"


def _weighed(check: Check, brings_macros: bool | None) -> Check:
    if brings_macros is None:
        return replace(check, remedy=_PERHAPS)
    if not brings_macros:
        return check
    return Check(ADD_IN, "right", f"{check.found}; not needed: this workbook brings its own macros")


def to_put_right(checks: Sequence[Check]) -> str:
    """A sentence for each check that found something wrong, '' where none did."""
    wrong = (check for check in checks if check.state == "wrong")
    return " ".join(f"{check.name}: {check.found}. {check.remedy}" for check in wrong)
