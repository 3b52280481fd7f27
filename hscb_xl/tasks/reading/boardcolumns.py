"""Which columns of the table Plan are the board's and officers': they are known by their headers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from hscb_xl.errors import ColumnProblem
from hscb_xl.plan import advice, columns
from hscb_xl.plan.columns import BY_KEY, COLUMNS, Column
from hscb_xl.plan.wording import listed
from hscb_xl.tasks.book.tables import Header, Rows

_SHOWN = 80
"""Characters of somebody's header that a message shows."""


@dataclass(frozen=True, slots=True)
class Known:
    """The places in the table of the columns that are there, by key, and what is wrong with them."""

    places: Mapping[str, int]
    problems: tuple[ColumnProblem, ...]


def known(book: str, header: Header, rows: Rows, ours: Collection[int]) -> Known:
    """The columns of the board's and officers'; ``ours`` are the places of the program's."""
    there: dict[str, list[int]] = {}
    for index, text in enumerate(header.texts):
        column = columns.find(text)
        if index not in ours and column is not None and column.owner != "program":
            there.setdefault(column.key, []).append(index)
    places = {key: indices[0] for key, indices in there.items()}
    missing = [column for column in COLUMNS if column.owner != "program" and column.key not in places]
    likely: dict[str, str] = {}
    if missing:
        free = set(range(len(header.texts))) - {*ours, *places.values()}
        below = {header.texts[index]: [row[index] for row in rows.values()] for index in sorted(free)}
        likely = advice.advised([column.key for column in missing], below)
    return Known(places, (*_doubled(book, header, there), *_missing(book, header, missing, likely)))


def _doubled(book: str, header: Header, there: Mapping[str, list[int]]) -> Iterator[ColumnProblem]:
    for key, (first, *others) in there.items():
        for other in others:
            cells = f"{header.address(first)} and {header.address(other)}"
            yield ColumnProblem(
                f"{book}: {cells} are both the column {BY_KEY[key].header!r}: rename or delete one."
            )


def _missing(
    book: str, header: Header, missing: list[Column], likely: Mapping[str, str]
) -> Iterator[ColumnProblem]:
    """Those that look as if they had another header, each with it, then all others together."""
    for column in missing:
        if near := likely.get(column.key):
            cell = header.address(header.texts.index(near))
            yield ColumnProblem(
                f"{book}: the table Plan has no column {column.header!r}; {cell} has {near[:_SHOWN]!r}, "
                f"which looks like it: rename it to {column.header!r}."
            )
    needed = [column for column in missing if column.required and column.key not in likely]
    if needed:
        it = "it" if len(needed) == 1 else "them"
        spared = [column for column in missing if not column.required and column.key not in likely]
        yield ColumnProblem(
            f"{book}: the table Plan has no {_named(needed)}: add {it} to the table.{_spared(spared)}"
        )


def _named(missing: list[Column]) -> str:
    headers = listed([repr(column.header) for column in missing])
    return f"column {headers}" if len(missing) == 1 else f"columns {headers}"


def _spared(missing: list[Column]) -> str:
    """What else a plan may have."""
    return f" It can do without the {_named(missing)}, which it lacks too." if missing else ""
