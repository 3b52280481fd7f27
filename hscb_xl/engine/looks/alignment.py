"""The object model's words for where text stands in a cell, and the file's."""

from typing import TYPE_CHECKING

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.styles.looks import Look

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range

DEEPEST = 250
"""Steps of the deepest indent that Excel takes."""
_DIFFERENT = {"center_across_selection": "centerContinuous"}
_FROM_FILE = {theirs: ours for ours, theirs in _DIFFERENT.items()}

HORIZONTAL = (
    "general",
    "left",
    "center",
    "right",
    "fill",
    "justify",
    "center_across_selection",
    "distributed",
)
VERTICAL = ("top", "center", "bottom", "justify", "distributed")


def to_file(word: str, words: tuple[str, ...]) -> str:
    """The file's word for one of ``words``; ValueError where it is none of them."""
    if word not in words:
        raise ValueError(f"{word!r} is not an alignment: give one of {', '.join(words)}.")
    return _DIFFERENT.get(word, word)


def from_file(word: str, words: tuple[str, ...]) -> str | None:
    """The object model's word for the file's, None where it has none."""
    found = _FROM_FILE.get(word, word)
    return found if found in words else None


def indent(range_: "Range", amount: int) -> None:
    """Change the indent of every cell by so many steps; a cell aligned by its kind goes to the left.

    Raises UnsafeEdit, and changes nothing, for less than none, for too much, and for text in the middle.
    """
    part, styles = range_.sheet.part, range_.sheet.book.workbook.styles

    def deeper(style: int) -> int:
        held = styles.alignment(style)
        side, depth = held.get("horizontal", "general"), int(held.get("indent", "0")) + amount
        if side not in ("general", "left", "right", "distributed") or not 0 <= depth <= DEEPEST:
            raise UnsafeEdit(
                f"{part.where(range_.area.address)} cannot have its indent changed by {amount}: it is "
                f"aligned {side!r} and an indent goes from 0 to {DEEPEST} at the left or the right."
            )
        aside = "left" if side == "general" else None
        return styles.changed(style, Look(indent=depth, horizontal=aside))

    for style in range_.formats():
        deeper(style)
    range_.reformat(deeper)
