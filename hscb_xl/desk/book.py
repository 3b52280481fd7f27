"""What is looked at of one workbook: where it lies, what it holds, and whether Excel will run its macros."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from hscb_xl.base.limits import OF_A_PLAN, Limits
from hscb_xl.desk import beside, policies
from hscb_xl.desk.checks import Check, unseen
from hscb_xl.desk.system import Desk
from hscb_xl.errors import PlanError

if TYPE_CHECKING:
    from hscb_xl.ooxml.package.package import Package

_FROM_OUTSIDE = re.compile(r"^ZoneId=[34]\s*$", re.MULTILINE)
"""Windows' zones: 3 the internet, 4 places that are not trusted."""
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_RIBBON = "customUI/customUI14.xml"
_MACROS = "xl/vbaProject.bin"
_XLWINGS = "xlwings".encode("utf-16-le").ljust(64, b"\0") + b"\x10\0\x02"
"""How the directory of a project names a stream of that module: name, its length, kind ([MS-CFB], 2.6.1).

An entry never lies across two sectors, so that it is found in a project that Excel has saved anew, too.
"""
_NEW_ONE = (
    "Make a new workbook with hscb-xl new and move the plan into it: "
    "the buttons of this one may not fit this version."
)


def address(book: str) -> Check:
    """What to say of a workbook that was given by its web address."""
    remedy = "Save a copy in a folder of this computer, or give the path of the synchronised folder."
    return Check("Place", "wrong", f"{book} is an address of OneDrive or SharePoint", remedy)


def of_book(desk: Desk, book: Path, limits: Limits) -> list[Check]:
    """Everything that is looked at of one workbook, which is opened without Excel and left as it is."""
    return [*place(desk, book), *origin(desk, book), *beside.beside(book), *contents(book, limits)]


def brings_macros(book: str | Path, limits: Limits = OF_A_PLAN) -> bool | None:
    """Whether a workbook has xlwings' own macros inside, and so needs no add-in.

    None where nothing can be said: it has no macros, or cannot be read, of which ``contents`` tells, or Excel
    names it by an address.
    """
    from hscb_xl.ooxml.package.package import Package

    try:
        package = Package.open(Path(book), limits)
        return _XLWINGS in package.read(_MACROS) if _MACROS in package else None
    except PlanError:
        return None


def place(desk: Desk, book: Path) -> Iterator[Check]:
    """Where it lies; Excel names one in OneDrive's folder by its web address, and exports go to a folder."""
    folders = (desk.environ.get(name) for name in _ONEDRIVE)
    if any(folder and book.is_relative_to(folder) for folder in folders):
        found = f"{book.parent} is synchronised with OneDrive; if exports fail there, move the plan elsewhere"
    else:
        found = str(book.parent)
    yield Check("Place", "right", found)


def origin(desk: Desk, book: Path) -> Iterator[Check]:
    """The mark of a file that came from outside, and the trusted folder in which it does not matter."""
    if desk.system == "other":
        yield unseen("Origin")
    elif desk.system == "mac":
        yield _quarantine(desk, book)
    else:
        trusted = policies.is_trusted(desk, book)
        yield _mark_of_the_web(desk, book, trusted)
        found = f"the folder is {'one' if trusted else 'none'} that Excel trusts unasked"
        yield Check("Trust", "right", found)


def _mark_of_the_web(desk: Desk, book: Path, trusted: bool) -> Check:
    if not _FROM_OUTSIDE.search(desk.mark(book)):
        return Check("Origin", "right", "Windows has not marked it as a file from the internet")
    if trusted or not policies.downloads_blocked(desk):
        return Check("Origin", "right", "marked as a file from the internet, which is allowed here")
    remedy = "Right-click the file in Explorer, choose Properties, tick Unblock, and open it again."
    return Check("Origin", "wrong", "marked as a file from the internet, so Excel blocks its macros", remedy)


def _quarantine(desk: Desk, book: Path) -> Check:
    if not desk.mark(book):
        return Check("Origin", "right", "the Mac has not put it under quarantine")
    remedy = f'In Terminal, run xattr -d com.apple.quarantine "{book}", and open it again.'
    return Check("Origin", "wrong", "under the quarantine of downloaded files, where macros may fail", remedy)


def contents(book: Path, limits: Limits) -> Iterator[Check]:
    """The workbook opens, has a plan, and has the ribbon of this version."""
    from hscb_xl import engine
    from hscb_xl.ooxml.package.package import Package
    from hscb_xl.tasks.reading import plans

    try:
        with closing(engine.open_book(str(book), limits)) as opened:
            plan = plans.read(opened).plan
        yield Check("Plan", "right", f"{len(plan.actions)} actions can be read on the sheet {plan.sheet}")
    except PlanError as problem:
        yield Check("Plan", "wrong", "it cannot be worked on", str(problem))
        return
    yield from buttons(Package.open(book, limits))


def buttons(package: "Package") -> Iterator[Check]:
    """The workbook's macros and its ribbon; Excel writes macros anew when it saves, the ribbon it keeps."""
    from hscb_xl.build.ribbon import parts

    if _MACROS not in package:
        yield Check("Buttons", "unseen", "it has no macros, and so no buttons: the commands work on it")
        return
    known = _callbacks(parts()[1].data)
    found = _callbacks(package.read(_RIBBON)) if _RIBBON in package else frozenset[str]()
    if found != known:
        words = f"{len(known & found)} of the {len(known)} buttons of this version are in it"
        yield Check("Buttons", "wrong", words, _NEW_ONE)
        return
    macros = "its macros too" if _is_as_built(package) else "its macros were saved anew since it was made"
    yield Check("Buttons", "right", f"the ribbon is that of this version, {macros}")


def _is_as_built(package: "Package") -> bool:
    from hscb_xl.build.vba import modules, vba_project

    macros = package.read(_MACROS)
    return any(macros == vba_project(modules(standalone=alone)) for alone in (False, True))


def _callbacks(ribbon: bytes) -> frozenset[str]:
    return frozenset(name.decode() for name in re.findall(rb'onAction="([\w.]+)"', ribbon))
