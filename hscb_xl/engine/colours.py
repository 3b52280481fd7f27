"""Colours as callers of the object model write them."""

from hscb_xl.ooxml.looks import Rgb


def rgb(value: Rgb | str | int) -> Rgb:
    """A colour as red, green and blue; it comes as these, as "#rrggbb" or as Excel's number."""
    if isinstance(value, str):
        text = value.lstrip("#")
        return int(text[:2], 16), int(text[2:4], 16), int(text[4:6], 16)
    if isinstance(value, int):
        return value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF
    return value
