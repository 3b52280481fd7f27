"""Looks that are laid over cells and wait: all that lie over one cell become one format of it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.styles.looks import Look, joined


class Layers:
    """Looks by the areas that they are laid over, the last one on top."""

    def __init__(self) -> None:
        self._laid: list[tuple[Area, Look]] = []

    def __len__(self) -> int:
        return len(self._laid)

    def add(self, area: Area, look: Look) -> None:
        """Lay a look over all that is there."""
        self._laid.append((area, look))

    def meet(self, area: Area) -> bool:
        """Whether a look lies over a cell of an area."""
        return any(there.meets(area) for there, _ in self._laid)

    def clear(self) -> None:
        """Take all looks away."""
        self._laid.clear()

    def bands(self) -> Iterator[tuple[Area, Sequence[Look | None]]]:
        """Areas that meet no other, and for each of their columns what lies over it, None for nothing."""
        edges = {edge for area, _ in self._laid for edge in (area.top, area.bottom + 1)}
        for top, below in pairwise(sorted(edges)):
            here = [(area, look) for area, look in self._laid if area.top <= top <= area.bottom]
            if here:
                left, right = min(area.left for area, _ in here), max(area.right for area, _ in here)
                yield Area(top, left, below - 1, right), list(_columns(here, left, right))


def _columns(laid: Sequence[tuple[Area, Look]], left: int, right: int) -> Iterator[Look | None]:
    """What lies over each column; the same object where the same looks do."""
    known: dict[tuple[int, ...], Look | None] = {}
    for column in range(left, right + 1):
        over = tuple(at for at, (area, _) in enumerate(laid) if area.left <= column <= area.right)
        if over not in known:
            known[over] = joined([laid[at][1] for at in over])
        yield known[over]
