"""Which of some known words is written most like another one."""

from collections.abc import Iterable


def alike(word: str, known: Iterable[str], *, least: float, most: int = 1) -> list[str]:
    """Up to ``most`` of the ``known`` words, the likest first; ``least`` is how like, from 0 to 1."""
    from difflib import get_close_matches  # loaded late: few plans ever ask, and it costs them a check

    return get_close_matches(word, list(known), n=most, cutoff=least)
