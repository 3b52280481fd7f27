"""Colour scales, data bars and icon sets as the object model specifies them, and as a file does."""

from typing import Any

from hscb_xl.ooxml.rules.visuals import Point, Visual
from hscb_xl.ooxml.sheet import cells
from hscb_xl.ooxml.styles import palette

_SETS = (
    "3_arrows 3_arrows_gray 3_flags 3_traffic_lights_1 3_traffic_lights_2 3_signs 3_symbols 3_symbols_2 "
    "4_arrows 4_arrows_gray 4_red_to_black 4_rating 4_traffic_lights 5_arrows 5_arrows_gray 5_rating "
    "5_quarters 3_stars 3_triangles 5_boxes"
).split()
ICONS = {"".join(word.capitalize() for word in name.split("_")): name for name in _SETS}
"""The file's name of an icon set, and the object model's."""
_ICONS_TO_FILE = {name: word for word, name in ICONS.items()}
_POINTS = {
    "num": "number",
    "percent": "percent",
    "percentile": "percentile",
    "formula": "formula",
    "min": "lowest_value",
    "max": "highest_value",
    "autoMin": "automatic",
    "autoMax": "automatic",
}
_POINTS_TO_FILE = {name: word for word, name in _POINTS.items()}
_WITHOUT_VALUE = ("lowest_value", "highest_value", "automatic")


def colour_scale(spec: dict[str, Any]) -> Visual:
    """A scale of two or three colours."""
    colours = tuple(palette.written(colour) for colour in spec["colors"])
    return Visual("colorScale", _points(spec), colours)


def data_bar(spec: dict[str, Any]) -> Visual:
    """A bar, from its lower to its upper end."""
    low, high = (
        Point(word, None) if point.kind.startswith("auto") else point
        for word, point in zip(("autoMin", "autoMax"), _points(spec), strict=True)
    )
    colours = (palette.written(spec["bar_color"]),)
    return Visual("dataBar", (low, high), colours, None, spec["show_value"], spec["gradient"])


def icon_set(spec: dict[str, Any]) -> Visual:
    """A set of icons; the first one begins at the lowest values."""
    points = (Point("percent", "0"), *_points(spec))
    icons, shown, reverse = _ICONS_TO_FILE[spec["icon_set"]], spec["show_value"], spec["reverse_order"]
    return Visual("iconSet", points, (), icons, shown, True, reverse)


def kinds(visual: Visual) -> tuple[str, ...]:
    """What the points are, in the object model's words; the first icon has none of its own."""
    return tuple(_POINTS.get(point.kind, "unknown") for point in _told(visual))


def values(visual: Visual) -> tuple[float | str | None, ...]:
    """The values of the points: numbers, formulas with their equal sign, None where there is none."""
    return tuple(
        None if kind in _WITHOUT_VALUE else _value(point.value)
        for kind, point in zip(kinds(visual), _told(visual), strict=True)
    )


def _points(spec: dict[str, Any]) -> tuple[Point, ...]:
    return tuple(
        Point(_POINTS_TO_FILE[kind], None if value is None else cells.number(value))
        for kind, value in zip(spec["threshold_types"], spec["thresholds"], strict=True)
    )


def _told(visual: Visual) -> tuple[Point, ...]:
    return visual.points[1:] if visual.kind == "iconSet" else visual.points


def _value(text: str | None) -> float | str | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return f"={text}"
