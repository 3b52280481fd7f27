"""How much room text takes in Calibri, where no spreadsheet program is there to measure it.

Excel measures rows without a height when it opens a file; LibreOffice, which makes the PDFs, leaves the
rows of such files at one line and cuts the text.
"""

from functools import lru_cache

TALLEST = 409.0
"""Points: the tallest row Excel has."""

_EM = 2048
_DIGIT = 1038
_ADVANCES = {
    _DIGIT: "0123456789",
    463: " ",
    480: "ijl",
    514: "I.,:;'’‘|!",
    621: 'f()[]-/“”"',
    700: "rt",
    805: "sz",
    870: "cxL",
    930: "kvyFJSZ",
    1000: "aegETY–",
    1076: "bdhnopquBCKPRXA",
    1310: "DGHNOQUV&",
    1464: "w%",
    1751: "mMW—@",
}
"""Calibri's advance widths in units of an em, rounded to a few classes; other characters as a digit."""
_ADVANCE = {character: width for width, characters in _ADVANCES.items() for character in characters}
_LINE = 1.3
"""The height of a line in sizes of the font.

At 10 points Excel makes a line of Calibri 12.75 points high, LibreOffice one of Carlito 9.7: rows that fit
in Excel are a third too high in LibreOffice's PDFs, and rows made for those would cut the text in Excel.
"""
_USED = 0.97
"""How much of a line is filled at most: widths are rounded to pixels, upwards more often than not."""
_PADDING = 1.5
"""Points above and below the text together."""
_SHORT = 160
"""Characters of a text that is likely to stand in many cells."""
_NORMAL_SIZE = 11
"""The size of the font whose digits a column's width is counted in."""


def lines(text: str, width: float, size: float = _NORMAL_SIZE) -> int:
    """How many lines wrapped ``text`` takes in a column of ``width`` characters at ``size`` points."""
    return _lines_of_few(text, width, size) if len(text) <= _SHORT else _lines(text, width, size)


@lru_cache(maxsize=2048)  # words such as those of a rating stand in every row
def _lines_of_few(text: str, width: float, size: float) -> int:
    return _lines(text, width, size)


def _lines(text: str, width: float, size: float) -> int:
    room = max(width, 1) * _DIGIT * _USED * _NORMAL_SIZE / size  # a hidden column has no width at all
    return sum(_lines_of_paragraph(paragraph, room) for paragraph in text.split("\n"))


def width(text: str, size: float = _NORMAL_SIZE) -> float:
    """The characters that a column must have to show each paragraph of ``text`` on one line."""
    widest = max(_advance(paragraph) for paragraph in text.split("\n"))
    return widest * size / (_DIGIT * _NORMAL_SIZE * _USED)


@lru_cache(maxsize=1024)
def row_height(count: int, size: float = _NORMAL_SIZE) -> float:
    """The height in points of a row of so many lines at ``size`` points."""
    return min(TALLEST, round(count * size * _LINE + _PADDING, 2))


def _lines_of_paragraph(paragraph: str, room: float) -> int:
    count, used = 1, 0.0
    for word in paragraph.split(" "):
        needed = _advance(word)
        if used and used + needed > room:
            count, used = count + 1, 0.0
        count += int(needed // room)  # a word longer than the line is broken where the line ends
        used += needed % room + _ADVANCE[" "]
    return count


@lru_cache(maxsize=4096)  # the same words stand everywhere
def _advance(text: str) -> int:
    return sum(_ADVANCE.get(character, _DIGIT) for character in text)
