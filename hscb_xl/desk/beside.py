"""What lies beside a workbook and could be run in the program's place by a click.

xlwings lets Python look into the workbook's folder before its own, unless its settings say no, and reads a
file of settings there before the user's.
"""

import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.machinery import PathFinder, all_suffixes
from pathlib import Path, PurePosixPath

from hscb_xl.desk.checks import Check, unseen

_SETTINGS = "xlwings.conf"
_OWN = {"hscb_xl", "xlwings"}
_ENDINGS = tuple({*all_suffixes(), ".pyd"})
"""What the file of a module ends with, on Windows too."""
_NAMED = 5
"""How many modules a sentence names."""


def beside(book: Path) -> Iterator[Check]:
    """The settings and the modules in a workbook's folder that a click could come upon."""
    try:
        names = sorted(os.listdir(book.parent))  # noqa: PTH208  # a folder may hold a million files
    except OSError as problem:
        yield unseen("Beside", f"the folder cannot be listed ({problem.strerror or problem})")
        return
    found = [*_settings(book.parent, names), *_in_the_way(book, names)]
    yield from found
    if not found:
        yield Check("Beside", "right", "nothing lies there that a click could run in the program's place")


def _settings(folder: Path, names: Iterable[str]) -> Iterator[Check]:
    for name in names:
        if name.lower() == _SETTINGS and (folder / name).is_file():
            words = f"{folder / name} says for every workbook there which program a click starts"
            yield Check("Beside", "wrong", words, "Take it away: the buttons refuse to work beside it.")


def _in_the_way(book: Path, names: Iterable[str]) -> Iterator[Check]:
    if found := [*_modules(book.parent, names), *_zipped(book)]:
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        named = f"{', '.join(found[:_NAMED])}{more}"
        yield Check(
            "Beside",
            "wrong",
            f"{book.parent} holds {named}, named like what a click has Python run",
            "Take them away, and ask who put them there.",
        )


def _modules(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """The files and folders that Python would take for modules which it needs from elsewhere."""
    for name in names:
        module = _module(name)
        if not module.isidentifier():
            continue
        if (module != name or _is_package(folder / name)) and _is_needed(module, folder):
            yield name


def _zipped(book: Path) -> Iterator[str]:
    """The zip file called like the workbook, where xlwings has Python look, too, with such modules in it."""
    path = book.with_suffix(".zip")
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
        tops = {PurePosixPath(name).parts[0] for name in archive.namelist() if name.endswith(_ENDINGS)}
        if any(_is_needed(_module(top), book.parent) for top in tops):
            yield path.name


def _module(name: str) -> str:
    """The name under which a file or a folder would be imported."""
    ending = max((end for end in _ENDINGS if name.endswith(end)), key=len, default="")
    return name.removesuffix(ending)


def _is_package(place: Path) -> bool:
    return any((place / f"__init__{ending}").is_file() for ending in _ENDINGS)


def _is_needed(module: str, folder: Path) -> bool:
    """Whether a module of this name is part of Python, of this program or of a library that it has."""
    if module in _OWN or module in sys.stdlib_module_names:
        return True
    places = [place for place in sys.path if place and os.path.realpath(place) != os.path.realpath(folder)]
    return PathFinder.find_spec(module, places) is not None
