"""A page about a night as Markdown."""

import re
from collections.abc import Iterable, Iterator

from hscb_xl.batch.pages import Page

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def render(page: Page) -> str:
    """The page as a text; a section without rows is left out."""
    lines = [f"# {page.title}", "", _escaped(page.sentence), ""]
    lines += [_escaped(page.label), ""] if page.label else []
    for section in page.sections:
        rows = iter(section.rows)
        first = next(rows, None)
        if first is not None:
            lines += [f"## {section.heading}", "", *_table(section.headers, first, rows), ""]
    return "\n".join(lines)


def _table(
    headers: tuple[str, ...], first: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> Iterator[str]:
    yield _row(headers)
    yield _row(("---",) * len(headers))
    yield _row(map(_escaped, first))
    yield from (_row(map(_escaped, row)) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """``text`` as it is: no mark-up, no link, no cell of its own."""
    return _SPECIAL.sub(r"\\\g<0>", text)
