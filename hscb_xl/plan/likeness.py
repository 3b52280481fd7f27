"""Which of some known words is written most like another one."""

from collections.abc import Collection, Iterator

LONGEST = 250
"""Characters after which a word is no name: it is not compared."""
_SHORT = 64
"""Known words that are compared sooner than RapidFuzz is loaded: a board's own lists, months, statuses."""
_LIKELY = 64
"""How many of the likest words of a long list are looked at closely."""
_ROUNDING = 1e-9
"""What two ways to work out the same fraction may differ by."""


def alike(word: str, known: Collection[str], *, least: float, most: int = 1) -> list[str]:
    """Up to ``most`` of the ``known`` words, the likest first; ``least`` is how like, from 0 to 1.

    The measure is difflib's ratio; of words that are equally like, the later in the alphabet comes first. A
    ``word`` longer than ``LONGEST`` is like none.
    """
    if len(word) > LONGEST:
        return []
    from difflib import SequenceMatcher, get_close_matches  # loaded late: few plans ever ask

    if len(known) <= _SHORT:
        return get_close_matches(word, [text for text in known if len(text) <= LONGEST], most, least)
    matcher = SequenceMatcher(b=word)
    best: list[tuple[float, str]] = []
    for text, bound in _likely(word, known, least):
        if len(best) == most and bound < best[-1][0] - _ROUNDING:
            break
        matcher.set_seq1(text)
        if (ratio := matcher.ratio()) >= least:
            best = sorted([*best, (ratio, text)], reverse=True)[:most]
    return [text for _, text in best]


def _likely(word: str, known: Collection[str], least: float) -> Iterator[tuple[str, float]]:
    """Words of a long list with what their ratio can be at most, the most promising first.

    Blocks that two words have in common are a common subsequence, too, and the longest of these is found in
    native code: no word is passed over that difflib would have found among the first ``_LIKELY``.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    similarity = Indel.normalized_similarity
    for text, bound, _ in process.extract(
        word, list(known), scorer=similarity, score_cutoff=least - _ROUNDING, limit=_LIKELY
    ):
        if len(text) <= LONGEST:
            yield text, bound
