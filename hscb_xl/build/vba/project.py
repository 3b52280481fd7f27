"""From the text of modules to vbaProject.bin."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hscb_xl.build.vba import ovba
from hscb_xl.build.vba.compound import compound_file

_NAME = re.compile(r"[A-Za-z]\w{0,30}")
_FIRST_LINE = re.compile(r'Attribute VB_Name = "([^"]*)"\r\n')
_ORDER: tuple[ovba.Kind, ...] = ("document", "standard", "class")


@dataclass(frozen=True, slots=True)
class Module:
    """One module; ``text`` is all of it with its attributes, its lines end with a carriage return too."""

    name: str
    kind: ovba.Kind
    text: str


def vba_project(modules: Iterable[Module]) -> bytes:
    """The file vbaProject.bin with these modules, the same bytes in whatever order they come.

    Raises ValueError for a module that Excel would not take: a name that is not one, or not the one in its
    first line, two of the same name, or a character outside code page 1252.
    """
    ordered = sorted(modules, key=lambda module: (_ORDER.index(module.kind), module.name.upper()))
    listed = [ovba.Listed(module.name, module.kind) for module in ordered]
    streams = {module.name: ovba.compress(_encoded(module)) for module in ordered}
    if len(streams) < len(ordered) or streams.keys() & {"dir", "_VBA_PROJECT"}:
        raise ValueError("two modules have the same name, or one that of a stream of the project")
    vba = {"_VBA_PROJECT": ovba.NO_CACHE, "dir": ovba.compress(ovba.dir_stream(listed)), **streams}
    project, names = ovba.project_stream(listed), ovba.projectwm_stream(listed)
    return compound_file({"VBA": vba, "PROJECT": project, "PROJECTwm": names})


def _encoded(module: Module) -> bytes:
    if not _NAME.fullmatch(module.name):
        raise ValueError(f"{module.name!r} cannot be the name of a module")
    first = _FIRST_LINE.match(module.text)
    if first is None or first[1] != module.name:
        raise ValueError(f"the first line of {module.name} does not name it")
    return module.text.encode(ovba.ENCODING)
