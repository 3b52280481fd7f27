"""The figures of a run on a screen: a table that cuts names to fit, or a list where even that is too wide."""

from itertools import chain

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hscb_xl.base.shown import plainly
from hscb_xl.plan.summary import Counts, Line, Summary

_NAMES = "Monitoring group"
_LEAST = 12
"""Columns of the screen that a name must have, or the list takes the table's place."""
_FIGURE = 3
"""Columns that a figure under a letter has, a space before it among them."""


def show(console: Console, title: str, figures: Summary, *, blue: bool) -> None:
    """Print a line for each group, then all actions; no figure is ever cut."""
    room = console.width - _width_but_names(console, figures, blue)
    if room < _LEAST:
        _show_list(console, title, figures, blue)
        return
    longest = max(Text(plainly(line.name)).cell_len for line in (*figures.by_group, figures.overall))
    console.print(_table(title, figures, blue, min(room, max(longest, len(_NAMES)))))


def _width_but_names(console: Console, figures: Summary, blue: bool) -> int:
    unbounded = console.options.update(max_width=1 << 16)
    return console.measure(_table("", figures, blue, 1), options=unbounded).maximum - 1


def _table(title: str, figures: Summary, blue: bool, names: int) -> Table:
    wide = _figure_width(figures)
    letters = "".join(f"{letter:>{wide}}" for letter in _letters(blue))
    table = Table(title=title, title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(f"{_NAMES}\n", no_wrap=True, overflow="ellipsis", width=names)
    for heading in ("Actions\n", f"Agreed\n{letters}", f"Computed\n{letters}", "Overdue\n", "Differ\n"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in figures.by_group:
        table.add_row(*_cells(line, blue, wide))
    table.add_section()
    table.add_row(*_cells(figures.overall, blue, wide))
    return table


def _cells(line: Line, blue: bool, wide: int) -> tuple[str, ...]:
    agreed, computed = (
        "".join(f"{number:>{wide}}" for number in _counts(counts, blue))
        for counts in (line.agreed, line.computed)
    )
    return plainly(line.name), str(line.actions), agreed, computed, str(line.overdue), str(line.differs)


def _show_list(console: Console, title: str, figures: Summary, blue: bool) -> None:
    """The same below each other, for a narrow screen; a name is cut at its edge."""
    console.print(Text(title, style="italic"))
    for line in (*figures.by_group, figures.overall):
        console.print(Text(plainly(line.name), style="bold"), no_wrap=True, overflow="ellipsis")
        console.print(f"  Actions {line.actions}, overdue {line.overdue}, differ {line.differs}")
        for words, counts in (("Agreed", line.agreed), ("Computed", line.computed)):
            pairs = zip(_letters(blue), _counts(counts, blue), strict=True)
            console.print(f"  {words} " + ", ".join(f"{letter} {number}" for letter, number in pairs))


def _figure_width(figures: Summary) -> int:
    """Columns for each figure under a letter: one more than the longest, so that none runs into another."""
    counts = chain(_counts(figures.overall.agreed, True), _counts(figures.overall.computed, True))
    return max(_FIGURE, 1 + len(str(max(counts))))


def _letters(blue: bool) -> str:
    return "RAGB–" if blue else "RAG–"


def _counts(counts: Counts, blue: bool) -> tuple[int, ...]:
    rated = (counts.red, counts.amber, counts.green)
    return (*rated, counts.blue, counts.none) if blue else (*rated, counts.none)
