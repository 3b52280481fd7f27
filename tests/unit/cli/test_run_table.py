"""The table of a run on screens of every width: names are cut, figures never are."""

import re
from datetime import date
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from hscb_xl.cli import run_table
from hscb_xl.plan.summary import Counts, Line, Summary

NAMES = {
    "short": "Board",
    "long": "The Quality Assurance and Performance Subgroup of the Board",
    "of 200 characters": "x" * 200,
    "wide": "安全保護委員会" * 20,
    "with marks of its own": "[red]Board[/red] :smile:\x1b[31m\n",
    "of combined letters": "e\u0301" * 90,
}
FIGURES = (7, 86, 953, 10_421)


def line(name: str, of: int) -> Line:
    counts = Counts(red=of, green=of + 1, blue=of + 2, none=of + 3)
    return Line(name, of + 4, counts, Counts(amber=of + 5), of + 6, of + 7)


def shown(width: int, name: str, of: int, *, blue: bool) -> str:
    stream = StringIO()
    console = Console(file=stream, width=width, markup=False, emoji=False, highlight=False)
    figures = Summary(date(2015, 5, 12), line("All actions", of), (line(name, of),), (), ())
    run_table.show(console, "Plan as of 12 May 2015", figures, blue=blue)
    return stream.getvalue()


def numbers(of: int, *, blue: bool) -> list[int]:
    agreed, computed = ([of, 0, of + 1], [0, of + 5, 0])
    if blue:
        agreed, computed = ([*agreed, of + 2], [*computed, 0])
    return sorted([of + 4, *agreed, of + 3, *computed, 0, of + 6, of + 7])


@pytest.mark.parametrize("blue", [False, True])
@pytest.mark.parametrize("of", FIGURES)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 132])
def test_every_figure_is_there_and_nothing_is_wider_than_the_screen(
    width: int, name: str, of: int, blue: bool
) -> None:
    text = shown(width, name, of, blue=blue)
    assert all(cell_len(each) <= width for each in text.splitlines())
    body = text.partition("──")[2] or text.partition("\n")[2]
    found = sorted(int(number) for number in re.findall(r"(?<![\w[])\d+(?![\w])", body))
    assert found == sorted(numbers(of, blue=blue) * 2)


@pytest.mark.parametrize("name", [NAMES["long"], NAMES["wide"], NAMES["of 200 characters"]])
@pytest.mark.parametrize("width", [40, 80])
def test_a_name_is_cut_and_says_so(width: int, name: str) -> None:
    text = shown(width, name, 19, blue=False)
    cut = next(each for each in text.splitlines() if name[:4] in each)
    assert "…" in cut
    assert name not in text
    assert ("Monitoring group" in text) is (width == 80)


def test_a_wide_screen_shows_whole_names() -> None:
    assert NAMES["long"] in shown(132, NAMES["long"], 19, blue=True)


def test_hidden_characters_and_marks_of_a_name_are_shown_as_they_are() -> None:
    assert r"[red]Board[/red] :smile:\x1b[31m\n" in shown(132, NAMES["with marks of its own"], 19, blue=True)
