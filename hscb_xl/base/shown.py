"""Texts of other people, such as names of files, as they are shown on a screen or in a message."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, format (they can reverse what follows), half, private and unassigned ones, line separators."""


def plainly(text: object) -> str:
    """A text on one line; what cannot be seen, or would change how the rest is seen, by its number.

    A line break is shown as ``\\n``, the mark that writes backwards as ``\\u202e``, a byte of a file's name
    that is no UTF-8 as ``\\udcff``.
    """
    written = str(text)
    if written.isascii() and written.isprintable():
        return written
    return "".join(_seen(character) for character in written)


def _seen(character: str) -> str:
    hidden = unicodedata.category(character) in _UNSEEN
    return character.encode("unicode_escape").decode("ascii") if hidden else character
