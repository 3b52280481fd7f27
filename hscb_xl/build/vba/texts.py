"""The modules' texts: ours from the folder ``sources``, and for a workbook of its own those of xlwings."""

import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from hscb_xl.build.vba.ovba import ENCODING, Kind
from hscb_xl.build.vba.project import Module
from hscb_xl.errors import OutputProblem

_DOCUMENT = re.compile(r'^Attribute VB_Base = "0\{0002(0819|0820)-', re.MULTILINE)
_EXPOSED = re.compile(r"^Attribute VB_Exposed = .*\r\n", re.MULTILINE)
_DESCRIPTION = re.compile(r"^Attribute VB_Description = .*\r\n", re.MULTILINE)
_CLASS_BASE = 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\r\n'
_CLASS_ENDING = "Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"


def modules(*, standalone: bool = False) -> tuple[Module, ...]:
    """The workbook's modules, in the order of their names.

    ``standalone`` puts the modules of the installed xlwings in, so that the workbook needs no add-in.
    Raises OutputProblem when xlwings is not installed with them.
    """
    folder = files("hscb_xl.build.vba") / "sources"
    found = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.is_file()}
    if standalone:
        found["Python.bas"] = (folder / "standalone" / "Python.bas").read_text("utf-8")
    known = [_module(name, text) for name, text in sorted(found.items())]
    return (*known, *_of_xlwings()) if standalone else tuple(known)


def _module(file: str, text: str) -> Module:
    name, _, suffix = file.rpartition(".")
    return Module(name, _kind(suffix, text), text.replace("\r\n", "\n").replace("\n", "\r\n"))


def _kind(suffix: str, text: str) -> Kind:
    if suffix == "bas":
        return "standard"
    return "document" if _DOCUMENT.search(text) else "class"


def _of_xlwings() -> tuple[Module, ...]:
    spec = find_spec("xlwings")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    try:
        program = (folder / "xlwings.bas").read_text(ENCODING)
        dictionary = (folder / "addin" / "Dictionary.cls").read_text(ENCODING)
    except OSError as problem:
        raise OutputProblem(
            f"The modules of xlwings cannot be read ({problem.strerror or problem}): "
            "install xlwings again, or make the workbook without --standalone."
        ) from problem
    return _module("xlwings.bas", program), _inside(_module("Dictionary.cls", dictionary))


def _inside(exported: Module) -> Module:
    """A class as a project holds it, from the text that the editor exports.

    Its description stands in the project's directory too; ours has none, so neither has the class.
    """
    text = _DESCRIPTION.sub("", exported.text[exported.text.index("Attribute VB_Name") :])
    first, _, rest = text.partition("\r\n")
    rest = _EXPOSED.sub(lambda found: found[0] + _CLASS_ENDING, rest, count=1)
    return Module(exported.name, exported.kind, f"{first}\r\n{_CLASS_BASE}{rest}")
