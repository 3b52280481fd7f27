"""Lines around cells: what Excel's styles and weights are called in a file, and a line drawn over another."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hscb_xl.ooxml.styles import looks, palette
from hscb_xl.ooxml.styles.looks import AUTOMATIC, Line, Rgb
from hscb_xl.ooxml.xml import tree

SHOWN = {
    "thin": ("continuous", "thin"),
    "hair": ("continuous", "hairline"),
    "medium": ("continuous", "medium"),
    "thick": ("continuous", "thick"),
    "dashed": ("dash", "thin"),
    "mediumDashed": ("dash", "medium"),
    "dashDot": ("dash_dot", "thin"),
    "mediumDashDot": ("dash_dot", "medium"),
    "dashDotDot": ("dash_dot_dot", "thin"),
    "mediumDashDotDot": ("dash_dot_dot", "medium"),
    "dotted": ("dot", "thin"),
    "double": ("double", "thick"),
    "slantDashDot": ("slant_dash_dot", "medium"),
}
"""The file's word for a line (ECMA-376 part 1, 18.18.3), and the object model's for its style and weight."""
_WORDS = {shown: word for word, shown in SHOWN.items()}
_USUAL = dict(reversed(list(_WORDS)))
"""The weight of a line whose style cannot have the one it had."""
_ORDER = "left start right end top bottom diagonal vertical horizontal".split()
_STRICT = {"start": "left", "end": "right"}
_DIAGONALS = ("diagonalUp", "diagonalDown")


@dataclass(frozen=True, slots=True)
class Stroke:
    """What is asked of a line, in the object model's words; None where it stays, "none" to take it away."""

    style: str | None = None
    weight: str | None = None
    colour: Rgb | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it draws the same line whatever was there before."""
        return None not in (self.style, self.weight, self.colour) and self.style != "none"


@cache
def drawn(before: Line | None, stroke: Stroke) -> Line | None:
    """A line after a stroke: first the colour, then the weight, then the style, which wins over the weight.

    What cannot be together gives way as in Excel: a weight makes the line continuous, a style takes its own.
    """
    if stroke.style == "none":
        return None
    style, weight = SHOWN.get(before.word, SHOWN["thin"]) if before else SHOWN["thin"]
    colour = before.colour if before else AUTOMATIC
    if stroke.colour is not None:
        colour = palette.written(stroke.colour)
    if stroke.weight is not None:
        style = style if (style, stroke.weight) in _WORDS else "continuous"
        weight = stroke.weight
    if stroke.style is not None:
        style = stroke.style
        weight = weight if (style, weight) in _WORDS else _USUAL[style]
    return Line(_WORDS[style, weight], colour)


def lines(node: tree.Node) -> dict[str, Line]:
    """The lines of a border's element by their sides; diagonals are diagonalUp and diagonalDown."""
    found: dict[str, Line] = {}
    for child in node.children:
        word, colour = child.attributes.get("style", "none"), child.find("color")
        if word == "none":
            continue
        line = Line(word, palette.colour_of(colour) if colour else AUTOMATIC)
        slanting = [side for side in _DIAGONALS if node.is_on(side)]
        sides = slanting if child.local == "diagonal" else [_STRICT.get(child.local, child.local)]
        found |= dict.fromkeys(sides, line)
    return found


def xml_over(
    attributes: Mapping[str, str], parts: Mapping[str, str], wanted: Mapping[str, Line | None]
) -> str:
    """A border with other lines on some sides; ``parts`` are the elements it has, by name.

    Both diagonals share one line, as everywhere in Excel.
    """
    said, found = dict(attributes), dict(parts)
    for side, line in wanted.items():
        if side in _DIAGONALS:
            said[side] = "1" if line else "0"
            if line or not any(said.get(other) in ("1", "true") for other in _DIAGONALS):
                found["diagonal"] = _side("diagonal", line)
        else:
            strict = [name for name, usual in _STRICT.items() if usual == side and name in parts]
            name = strict[0] if strict else side
            found[name] = _side(name, line)
    body = "".join(found[name] for name in _ORDER if name in found)
    return f"<border{looks.attributes_xml(said)}>{body}</border>"


def _side(name: str, line: Line | None) -> str:
    if line is None:
        return f"<{name}/>"
    return f'<{name} style="{line.word}"><color{looks.attributes_xml(dict(line.colour))}/></{name}>'
