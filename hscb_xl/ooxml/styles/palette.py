"""Colours as a file says them, by a number of the theme or of the old palette, as red, green and blue."""

import colorsys
from collections.abc import Mapping, Sequence

from hscb_xl.ooxml.styles import looks
from hscb_xl.ooxml.styles.looks import Colour, Rgb
from hscb_xl.ooxml.xml import tree

_FROM_NINTH = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333 "
)
"""The palette from its ninth colour on, ECMA-376 part 1, 18.8.27; the first eight are the same once more."""
_WINDOW_TEXT, _WINDOW = 64, 65
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""What the numbers of a theme's colours mean in a workbook."""


class Palette:
    """The colours of one workbook; ``own`` are those that replace the first ones of the old palette."""

    def __init__(self, theme: Mapping[str, Rgb], own: Sequence[Rgb] = ()) -> None:
        self._theme = theme
        self._indexed = (*own, *STANDARD[len(own) :])

    def rgb(self, colour: Colour | None) -> Rgb | None:
        """What a colour shows; None for an automatic one and for one that the workbook does not have."""
        said = dict(colour or ())
        try:
            base = self._base(said)
            tint = float(said.get("tint", "0"))
        except (ValueError, IndexError, KeyError):
            return None
        return _tinted(base, tint) if base and tint else base

    def _base(self, said: Mapping[str, str]) -> Rgb | None:
        if "rgb" in said:
            return _of_hex(said["rgb"])
        if "theme" in said:
            return self._theme[_THEME_ORDER[int(said["theme"])]]
        index = int(said["indexed"]) if "indexed" in said else -1
        if index in (_WINDOW_TEXT, _WINDOW):
            return _BLACK if index == _WINDOW_TEXT else _WHITE
        return self._indexed[index] if index >= 0 else None


def theme_colours(root: tree.Node) -> dict[str, Rgb]:
    """The colours of a theme part by their names there."""
    elements = root.find("themeElements")
    scheme = elements and elements.find("clrScheme")
    found = {}
    for node in scheme.children if scheme else ():
        shown = node.children[0].attributes if node.children else {}
        text = shown.get("lastClr") or shown.get("val", "")
        if len(text) == 6:
            found[node.local] = _of_hex(text)
    return found


def colour_of(node: tree.Node) -> Colour:
    """A colour's element as its attributes."""
    return tuple(node.attributes.items())


def written(rgb: Rgb) -> Colour:
    """A colour of its own."""
    return (("rgb", looks.hex_of(rgb)),)


def _of_hex(text: str) -> Rgb:
    return int(text[-6:-4], 16), int(text[-4:-2], 16), int(text[-2:], 16)


def _tinted(rgb: Rgb, tint: float) -> Rgb:
    """A lighter or darker colour, ECMA-376 part 1, 18.8.19."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in rgb))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = (
        round(part * 255) for part in colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    )
    return red, green, blue


_WORDS = [_of_hex(word) for word in _FROM_NINTH.split()]
STANDARD = (*_WORDS[:8], *_WORDS)
"""The 64 colours that a workbook has unless it says otherwise."""
