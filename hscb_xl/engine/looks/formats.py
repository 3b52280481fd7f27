"""Fonts of a range."""

from typing import TYPE_CHECKING

from hscb_xl.engine.declared import Declared
from hscb_xl.engine.looks.colours import palette_of, rgb
from hscb_xl.ooxml.styles.looks import Look, Rgb

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range


class Font(Declared):
    """The font of a range's cells."""

    __slots__ = ("_range",)

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    @property
    def bold(self) -> bool | None:
        """Whether the text is bold, None where the cells differ."""
        return self._fact("bold")

    @bold.setter
    def bold(self, value: bool) -> None:
        self._range.restyle(Look(bold=value))

    @property
    def italic(self) -> bool | None:
        """Whether the text is italic, None where the cells differ."""
        return self._fact("italic")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._range.restyle(Look(italic=value))

    @property
    def size(self) -> float | None:
        """The size in points, None where the cells differ."""
        styles = self._range.sheet.book.workbook.styles
        size = self._range.common(lambda style: styles.font(style).get("size"))
        return None if size is None else float(size)

    @size.setter
    def size(self, value: float) -> None:
        self._range.restyle(Look(size=value))

    @property
    def name(self) -> str | None:
        """The name of the font, None where the cells differ."""
        styles = self._range.sheet.book.workbook.styles
        name = self._range.common(lambda style: styles.font(style).get("name"))
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._range.restyle(Look(font_name=value))

    @property
    def color(self) -> Rgb | None:
        """The colour, black for an automatic one; None where the cells differ."""
        workbook = self._range.sheet.book.workbook
        styles, colours = workbook.styles, palette_of(workbook)
        return self._range.common(lambda style: colours.rgb(styles.font_colour(style)) or (0, 0, 0))

    @color.setter
    def color(self, value: Rgb | str | int) -> None:
        self._range.restyle(Look(font=rgb(value)))

    def _fact(self, name: str) -> bool | None:
        styles = self._range.sheet.book.workbook.styles
        return self._range.common(lambda style: bool(styles.font(style).get(name, False)))
