"""The object model's words for where text stands in a cell, and the file's."""

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
