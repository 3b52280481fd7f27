"""Areas from which cells are taken, and the formulas of rules that hold for what is left.

The relative references of a rule are read against the first cell of its areas (ECMA-376 part 1, 18.3.1.18).
Which one that is where it has several areas differs from program to program, so that a rule whose formulas
would have to move keeps them right only where every way of choosing that cell agrees.
"""

from collections.abc import Iterable, Sequence

from hscb_xl.ooxml.formula.refs import Area


def minus(areas: Iterable[Area], gone: Area) -> tuple[Area, ...]:
    """The cells of ``areas`` that do not lie in ``gone``, in as few pieces as rows in one piece allow."""
    return tuple(piece for area in areas for piece in _pieces(area, gone))


def address(areas: Iterable[Area]) -> str:
    """A list of areas as a file has it: "A1:A9 C1"."""
    return " ".join(area.address for area in areas)


def moved(formulas: Sequence[str], before: Sequence[Area], after: Sequence[Area]) -> tuple[str, ...] | None:
    """The formulas of a rule that held for ``before`` and shall hold for ``after``: for each cell the same.

    None where it cannot be said what each cell's would be.
    """
    from hscb_xl.ooxml.formula import references

    if not any(references.copied(text, 1, 1) != text for text in formulas):
        return tuple(formulas)
    steps = {
        (new[0] - old[0], new[1] - old[1])
        for old, new in zip(_first_cells(before), _first_cells(after), strict=True)
    }
    if len(steps) > 1:
        return None
    found = tuple(references.copied(text, *step) for step in steps for text in formulas)
    lost = [text.count(references.LOST) for text in (*formulas, *found)]
    return found if sum(lost[: len(formulas)]) == sum(lost[len(formulas) :]) else None


def _pieces(area: Area, gone: Area) -> list[Area]:
    """What is left of an area: the rows above, the cells left and right of the hole, the rows below."""
    if not area.meets(gone):
        return [area]
    top, bottom = max(area.top, gone.top), min(area.bottom, gone.bottom)
    pieces = (
        Area(area.top, area.left, top - 1, area.right),
        Area(top, area.left, bottom, gone.left - 1),
        Area(top, gone.right + 1, bottom, area.right),
        Area(bottom + 1, area.left, area.bottom, area.right),
    )
    return [piece for piece in pieces if piece.top <= piece.bottom and piece.left <= piece.right]


def _first_cells(areas: Sequence[Area]) -> list[tuple[int, int]]:
    """The cells that could be the first: of the first area, of the box around all, by rows, by columns."""
    corners = [(area.top, area.left) for area in areas]
    box = (min(row for row, _ in corners), min(column for _, column in corners))
    return [corners[0], box, min(corners), min(corners, key=lambda corner: corner[::-1])]
