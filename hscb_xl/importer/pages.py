"""From a document's lines to its actions, each as the pieces that its pages hold of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hscb_xl.errors import BadDocument
from hscb_xl.importer.headers import Layout, layout_of
from hscb_xl.importer.lines import Line


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page holds of an action: the raw text of its cells by column key."""

    line: int
    cells: Mapping[str, str]


def actions(lines: Sequence[Line]) -> list[list[Piece]]:
    """The actions of a table that begins with its header line, each as its pieces from page to page.

    A row without a number carries on the last action of the page before; so it must stand first under a
    page's header. Raises BadDocument where a row does not fit.
    """
    found: list[list[Piece]] = []
    for line, layout, first_on_page in _table_rows(lines):
        piece = Piece(line.number, _cells(line, layout))
        if piece.cells["no"].strip():
            found.append([piece])
        elif any(text.strip() for text in piece.cells.values()):
            _continued(found, first_on_page, line).append(piece)
    if not found:
        raise BadDocument(
            f"{lines[0].source} has the plan's headers but no action below them; check that it is complete."
        )
    return found


def _table_rows(lines: Iterable[Line]) -> Iterator[tuple[Line, Layout, bool]]:
    """Every row with the layout of its page, and whether it stands first on that page."""
    layout: Layout = ()
    first_on_page = True
    for line in lines:
        header = layout_of(line)
        if header is not None:
            layout, first_on_page = header, True
        elif line.text.strip():
            yield line, layout, first_on_page
            first_on_page = False


def _cells(line: Line, layout: Layout) -> dict[str, str]:
    """The row's cells by key; cells missing at its end are empty, as editors cut trailing tabs."""
    if len(line.cells) == 1:
        raise line.refused(
            "stands in the table but is not a row of it", "move it above the table or delete it"
        )
    row = {key: "" for key in layout if key}
    for position, text in enumerate(line.cells):
        key = layout[position] if position < len(layout) else ""
        if key:
            row[key] = text
        elif text.strip():
            raise line.refused(
                f'has more cells than the table has columns ("{text.strip()[:40]}" is one too many)',
                "take out the tab that splits one of its cells",
            )
    return row


def _continued(found: list[list[Piece]], first_on_page: bool, line: Line) -> list[Piece]:
    """The action that a row without a number carries on."""
    if not found:
        raise line.refused("has no number and there is no action above it", "give the action its number")
    if not first_on_page:
        raise line.refused(
            "has no number and does not stand first on a page, so it is unclear whether it is an action",
            "give it its number, or put its text into the row above",
        )
    return found[-1]
