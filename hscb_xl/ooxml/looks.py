"""Looks of cells as data, and the XML that says so in a styles part."""

import re
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml import spans, xmltree

LARGEST_FONT = 409
"""Points of the largest font that Excel takes."""
LONGEST_FORMAT = 255
"""Characters of the longest number format that Excel takes."""
Rgb = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""

_FONT_ORDER = (
    "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
).split()


@dataclass(frozen=True, slots=True)
class Differential:
    """What a conditional format lays over a cell; None where it says nothing."""

    fill: Rgb | None = None
    font: Rgb | None = None
    bold: bool | None = None
    italic: bool | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Changes to a cell's format; None where the format stays as it is."""

    number_format: str | None = None
    fill: Rgb | None = None
    no_fill: bool = False
    font: Rgb | None = None
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    wrap: bool | None = None
    horizontal: str | None = None
    vertical: str | None = None
    border: Rgb | None = None
    """The colour of thin lines on all four sides."""


def refuse_unwritable(look: Look | Differential) -> None:
    """Raise UnsafeEdit for a look that makes a file Excel would repair."""
    colours = [look.fill, look.font]
    if isinstance(look, Look):
        colours.append(look.border)
        if look.size is not None and not 0 < look.size <= LARGEST_FONT:
            raise UnsafeEdit(
                f"a font cannot have {look.size:g} points: choose more than 0 and at most {LARGEST_FONT}."
            )
        if look.number_format is not None and len(look.number_format) > LONGEST_FORMAT:
            raise UnsafeEdit(
                f"a number format has at most {LONGEST_FORMAT} characters and "
                f"{look.number_format[:40]!r}... has {len(look.number_format)}: shorten it."
            )
    for colour in colours:
        if colour is not None and not all(0 <= part <= 255 for part in colour):
            raise UnsafeEdit(f"{colour} is no colour: give red, green and blue, each from 0 to 255.")


def font_rank(name: str) -> int:
    """The place of a font's child in the order Excel writes; parts of later versions come last."""
    return _FONT_ORDER.index(name) if name in _FONT_ORDER else len(_FONT_ORDER)


def canonical(xml: str) -> str:
    """XML that differs in white space only, as one."""
    return re.sub(r"\s*/>", "/>", re.sub(r"\s+", " ", xml))


def prefixed(xml: str, prefix: str) -> str:
    """Tags without a prefix given the part's own; those that carry one already are left."""
    return re.sub(r"<(/?)(?![\w.-]+:)([\w.-]+)", rf"<\1{prefix}\2", xml)


def attributes_xml(attributes: dict[str, str]) -> str:
    """Attributes as they stand in a start tag, with a space before each."""
    return "".join(
        f' {name}="{spans.escape_attribute(value).decode()}"' for name, value in attributes.items()
    )


def font_facts(node: xmltree.Node) -> dict[str, str | bool]:
    """What a font says of itself: name, size, bold, italic and rgb."""
    facts: dict[str, str | bool] = {}
    for child in node.children:
        value = child.attributes.get("val")
        if child.local in ("b", "i"):
            facts["bold" if child.local == "b" else "italic"] = value not in ("0", "false")
        elif child.local in ("name", "sz") and value is not None:
            facts["name" if child.local == "name" else "size"] = value
        elif child.local == "color" and (rgb := child.attributes.get("rgb")):
            facts["rgb"] = rgb
    return facts


def rgb_of(node: xmltree.Node | None) -> Rgb | None:
    """A colour that is written out; None for one of the theme or the palette."""
    text = node.attributes.get("rgb", "")[-6:] if node else ""
    return (int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)) if len(text) == 6 else None


def hex_of(rgb: Rgb) -> str:
    """A colour as the file writes it, opaque."""
    return "FF" + "".join(f"{part:02X}" for part in rgb)


def fill_xml(rgb: Rgb) -> str:
    """A plain fill."""
    colour = f'<fgColor rgb="{hex_of(rgb)}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colour}</patternFill></fill>'


def box_xml(rgb: Rgb) -> str:
    """Thin lines on all four sides."""
    colour = f'<color rgb="{hex_of(rgb)}"/>'
    sides = "".join(f'<{side} style="thin">{colour}</{side}>' for side in ("left", "right", "top", "bottom"))
    return f"<border>{sides}<diagonal/></border>"


def dxf_xml(look: Differential) -> str:
    """A differential format."""
    font = "".join(
        f"<{tag}{'' if value else ' val=' + chr(34) + '0' + chr(34)}/>"
        for tag, value in (("b", look.bold), ("i", look.italic))
        if value is not None
    )
    if look.font is not None:
        font += f'<color rgb="{hex_of(look.font)}"/>'
    xml = f"<font>{font}</font>" if font else ""
    if look.fill is not None:
        xml += f'<fill><patternFill><bgColor rgb="{hex_of(look.fill)}"/></patternFill></fill>'
    return f"<dxf>{xml}</dxf>"
