"""Every column of the plan once: its key, header, owner, kind of content and width."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal

Owner = Literal["board", "officer", "program"]
Kind = Literal["number", "text", "letter", "choice", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table ``Plan``; ``width`` is in Excel's characters.

    A plan can do without a column that is not ``required``: what is asked of it is then not checked.
    """

    key: str
    header: str
    owner: Owner
    kind: Kind
    width: float
    note: str
    aliases: tuple[str, ...] = ()
    required: bool = True

    @property
    def mark(self) -> str:
        """The defined name by which a column of the program's is known, whatever its header becomes."""
        return f"Plan_Column_{self.header.replace(' ', '_')}"


# The board's ten are the headers of its own document to the letter; the first stands over the numbers
# without a word there, and a table in Excel cannot have an empty header.
COLUMNS: tuple[Column, ...] = (
    Column("no", "No", "board", "number", 4.5, "The action's number.", ("No.", "Number", "Action No")),
    Column(
        "para",
        "Ofsted Para No",
        "board",
        "text",
        6.5,
        "Written once; the rows below inherit it.",
        required=False,
    ),
    Column(
        "reference",
        "Business Plan 2014-15 Reference",
        "board",
        "text",
        9.5,
        "The business plan's own number, such as 4.1.",
        ("Business Plan Reference",),
        required=False,
    ),
    Column(
        "area",
        "Ofsted Area for Improvement",
        "board",
        "text",
        16,
        "Written once; rows below inherit it.",
        required=False,
    ),
    Column("lead", "Lead", "board", "choice", 12.5, "Who leads the action; names are on the sheet Lists."),
    Column("action", "Action", "board", "text", 21, "What is to be done."),
    Column("by_when", "By When", "board", "text", 9.5, "The deadline; a month alone means its last day."),
    Column("progress", "Progress", "board", "text", 38, "What was done, newest last."),
    Column("agreed", "RAG Rating", "board", "letter", 7, "The rating officers and boards agreed: R, A or G."),
    Column(
        "group", "Monitoring and Evaluation", "board", "choice", 11.5, "The group that monitors the action."
    ),
    Column("status", "Status", "officer", "choice", 10, "Not started, In progress or Complete."),
    Column(
        "completed_on",
        "Completed On",
        "officer",
        "date",
        10.5,
        "The day the action was completed.",
        required=False,
    ),
    Column(
        "evidence",
        "Evidence",
        "officer",
        "text",
        11,
        "Where the proof of completion is kept.",
        required=False,
    ),
    Column(
        "verified_by",
        "Verified By",
        "officer",
        "text",
        8.5,
        "Who verified the evidence; needed for B.",
        required=False,
    ),
    Column("due", "Due Date", "program", "date", 10.5, "The day By When was read as."),
    Column(
        "auto", "Auto RAG", "program", "letter", 6, "The rating computed from the due date and completion."
    ),
    Column("days", "Days Overdue", "program", "number", 8.5, "Days past the due date; empty when complete."),
    Column(
        "timing",
        "Timing",
        "program",
        "text",
        8.5,
        "overdue, late, due soon, on time, complete, unclear or no date.",
    ),
    Column("agreement", "Agreed v Auto", "program", "text", 9, "same, differs, not agreed or not rated."),
    Column("reason", "Why", "program", "text", 15, "Why the computed rating is what it is."),
)

_BESIDE = re.compile(r"(?: \(computed(?: [0-9]+)?\))?")
_YEAR = re.compile(r"\b20\d\d\s*[-/–]\s*(?:20)?\d\d\b")

BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}


def keys(owner: Owner) -> tuple[str, ...]:
    """The keys of the columns that ``owner`` owns, in sheet order."""
    return tuple(column.key for column in COLUMNS if column.owner == owner)


def normal(header: str) -> str:
    """A header as it is compared: case, spacing, line breaks and the plan's year do not matter."""
    without_year = _YEAR.sub(" ", header)
    return " ".join(without_year.replace(".", " ").split()).casefold()


def letters(column: int) -> str:
    """The letters of a sheet's column, counted from 1: 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def side_by_side(keys: Sequence[str], places: Mapping[str, str]) -> list[list[str]]:
    """``keys`` in runs of columns that stand right behind each other; ``places`` are their letters."""
    runs: list[list[str]] = []
    for key in keys:
        if runs and number(places[key]) == number(places[runs[-1][-1]]) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    return runs


def number(letters: str) -> int:
    """The number of a sheet's column by its letters, capitals: AA is 27."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found


def find(header: str) -> Column | None:
    """The column that ``header`` names, by its own header or an alias, or None."""
    return _BY_HEADER.get(normal(header))


def is_own(column: Column, header: str) -> bool:
    """Whether ``header`` is one that the program itself gives this column of its own."""
    first = normal(column.header)
    rest = normal(header).removeprefix(first)
    return normal(header).startswith(first) and _BESIDE.fullmatch(rest) is not None


def free_header(column: Column, taken: Iterable[str]) -> str:
    """The first header for a column of the program's that none of ``taken`` is, whatever its capitals."""
    known = {header.casefold() for header in taken}
    first = (column.header, f"{column.header} (computed)")
    names = chain(first, (f"{column.header} (computed {number})" for number in count(2)))
    return next(name for name in names if name.casefold() not in known)


_BY_HEADER: dict[str, Column] = {
    normal(name): column for column in COLUMNS for name in (column.header, *column.aliases)
}
