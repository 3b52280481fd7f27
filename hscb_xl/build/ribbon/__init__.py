"""The ribbon: one text for Excel since 2010, and what Excel 2007 and the Mac of then read, made from it.

A part's namespace and the type of its relationship belong together ([MS-CUSTOMUI2], section 1.3); Excel
passes over a ribbon in which they do not, without a word.
"""

from dataclasses import dataclass
from importlib.resources import files

_NEW = b"http://schemas.microsoft.com/office/2009/07/customui"
_OLD = b"http://schemas.microsoft.com/office/2006/01/customui"


@dataclass(frozen=True, slots=True)
class Part:
    """One ribbon part; ``relationship`` is not named rIdN, because openpyxl gives such a name away again."""

    name: str
    relationship: str
    type: str
    data: bytes


def parts() -> tuple[Part, Part]:
    """The two ribbon parts of a workbook, the older form first, as Excel orders them."""
    new = (files("hscb_xl.build.ribbon") / "customUI14.xml").read_bytes().replace(b"\r\n", b"\n")
    return (
        Part(
            "customUI/customUI.xml",
            "rIdUI06",
            "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
            new.replace(_NEW, _OLD),
        ),
        Part(
            "customUI/customUI14.xml",
            "rIdUI14",
            "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
            new,
        ),
    )
