"""Looks of cells as data, and the XML that says so in a styles part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import itemgetter
from typing import Any

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.xml import spans, tree

LARGEST_FONT = 409
"""Points of the largest font that Excel takes."""
LONGEST_FORMAT = 255
"""Characters of the longest number format that Excel takes."""
LONGEST_FONT_NAME = 31
"""Characters of the longest name of a font that Excel takes."""
Rgb = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""
Colour = tuple[tuple[str, str], ...]
"""The attributes of a colour's element, such as (("theme", "4"), ("tint", "-0.25"))."""
AUTOMATIC: Colour = (("indexed", "64"),)
"""The colour of the system's text, which Excel gives a line that was given none."""

_FONT_ORDER = (
    "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
).split()

_DXF_ORDER = "font numFmt fill alignment border protection extLst".split()


@dataclass(frozen=True, slots=True)
class Differential:
    """What a conditional format lays over a cell; None where it says nothing."""

    fill: Rgb | None = None
    font: Rgb | None = None
    bold: bool | None = None
    italic: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line at a side of a cell; ``word`` is the file's."""

    word: str
    colour: Colour = AUTOMATIC


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
    indent: int | None = None
    font_name: str | None = None
    lines: tuple[tuple[str, Line | None], ...] = ()
    """Lines by side (left, right, top, bottom, diagonalUp, diagonalDown); None takes one away."""


_OVERLAID = tuple(field.name for field in fields(Look) if field.name not in ("fill", "no_fill", "lines"))


def joined(looks: Sequence[Look]) -> Look | None:
    """The look that does what several do one after the other, None for none of them."""
    if len(looks) < 2:
        return looks[0] if looks else None
    said: dict[str, Any] = {}
    lines: dict[str, Line | None] = {}
    for look in looks:
        if look.fill is not None or look.no_fill:
            said |= {"fill": look.fill, "no_fill": look.no_fill}
        lines |= look.lines
        said |= {name: value for name in _OVERLAID if (value := getattr(look, name)) is not None}
    return Look(**said, lines=tuple(sorted(lines.items(), key=itemgetter(0))))


def refuse_unwritable(look: Look | Differential) -> None:
    """Raise UnsafeEdit for a look that makes a file Excel would repair."""
    colours = [look.fill, look.font]
    if isinstance(look, Look):
        if look.font_name is not None and not 0 < len(look.font_name) <= LONGEST_FONT_NAME:
            raise UnsafeEdit(
                f"the font {look.font_name[:40]!r} cannot be: a font's name has at most {LONGEST_FONT_NAME} "
                "characters and at least one."
            )
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


@lru_cache(maxsize=1024)  # the formats of a template are in each of its workbooks
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


def font_facts(node: tree.Node) -> dict[str, str | bool]:
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


def rgb_of(node: tree.Node | None) -> Rgb | None:
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


def dxf_xml(look: Differential) -> str:
    """A differential format."""
    return dxf_over({}, {}, look)


def dxf_over(parts: Mapping[str, str], font: Mapping[str, str], look: Differential) -> str:
    """A differential format laid over another, whose children and whose font's children are given by name."""
    said = dict(font)
    for tag, value in (("b", look.bold), ("i", look.italic)):
        if value is not None:
            said[tag] = f"<{tag}/>" if value else f'<{tag} val="0"/>'
    if look.font is not None:
        said["color"] = f'<color rgb="{hex_of(look.font)}"/>'
    found = dict(parts)
    if said:
        found["font"] = f"<font>{''.join(said[name] for name in sorted(said, key=font_rank))}</font>"
    if look.fill is not None:
        found["fill"] = f'<fill><patternFill><bgColor rgb="{hex_of(look.fill)}"/></patternFill></fill>'
    return f"<dxf>{''.join(found[name] for name in _DXF_ORDER if name in found)}</dxf>"


def differential_of(node: tree.Node) -> Differential:
    """What a differential format says, as far as it is told here."""
    font, fill = node.find("font"), node.find("fill")
    pattern = fill and fill.find("patternFill")
    shown = (pattern.find("bgColor") or pattern.find("fgColor")) if pattern else None
    facts = font_facts(font) if font else {}
    bold, italic = (facts.get(key) for key in ("bold", "italic"))
    return Differential(
        rgb_of(shown),
        rgb_of(font.find("color")) if font else None,
        bold if isinstance(bold, bool) else None,
        italic if isinstance(italic, bool) else None,
    )
