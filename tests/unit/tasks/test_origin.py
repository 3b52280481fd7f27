"""What a workbook has to say for its exports: our engine at once, any other host piece by piece."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from hscb_xl.base.facts import Facts
from hscb_xl.engine import open_book
from hscb_xl.tasks import origin
from hscb_xl.tasks.reading import plans
from tests.labels import NAME, labelled
from tests.unit.tasks.conftest import MakeBook, action

FILLED: list[dict[str, Any]] = [
    action(1, evidence="Minutes"),
    action(2, evidence="https://council.example/b"),
    action(3),
    action(4, evidence="A place"),
    action(5, evidence="No link"),
    action(6),
]


@pytest.fixture
def book(make_book: MakeBook) -> xw.Book:
    opened = make_book(FILLED)
    sheet = opened.sheets["Plan"]
    sheet["M5"].add_hyperlink("https://council.example/a#b", "Minutes")
    sheet["M8"].add_hyperlink("#Lists!A1", "A place")
    sheet["M7"].formula = '=HYPERLINK("mailto:clerk@council.example","Ask")'
    for row in (6, 9, 10):
        sheet[f"{row}:{row}"].row_height = 0
    return opened


LINKS = {
    5: "https://council.example/a#b",
    6: "https://council.example/b",
    7: "mailto:clerk@council.example",
}
HIDDEN = {6, 9, 10}


def as_another_host(book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the engine be one that knows no more than xlwings asks."""
    monkeypatch.setattr(origin, "Facts", SimpleNamespace)


@pytest.mark.parametrize("host", ["ours", "another"])
def test_links_and_hidden_rows(book: xw.Book, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plans.read(book).plan
    if host == "another":
        as_another_host(book, monkeypatch)
    found = origin.of(book, plan)
    whole = LINKS if host == "ours" else LINKS | {5: "https://council.example/a"}  # as xlwings gives it
    assert dict(found.links) == whole
    assert found.hidden == HIDDEN
    assert found.path == Path(book.fullname)
    assert (found.label, found.problem) == (None, "")


def test_a_plan_that_is_not_exported_is_asked_for_its_label_alone(book: xw.Book) -> None:
    found = origin.of(book, plans.read(book).plan, exported=False)
    assert (dict(found.links), found.hidden) == ({}, frozenset())


def test_our_engine_knows_the_facts(book: xw.Book) -> None:
    assert isinstance(book.impl, Facts)


@pytest.mark.parametrize(
    ("hidden", "questions"), [(set(), 1), (set(range(1, 65)), 1), ({7}, 13), ({7, 8}, 12), ({1, 64}, 25)]
)
def test_rows_are_asked_for_by_halves(hidden: set[int], questions: int) -> None:
    asked: list[tuple[int, int]] = []

    def ask(first: int, last: int) -> bool | None:
        asked.append((first, last))
        found = {row in hidden for row in range(first, last + 1)}
        return found.pop() if len(found) == 1 else None

    assert set(origin.by_halves(1, 64, ask)) == hidden
    assert len(asked) <= questions


@pytest.fixture
def open_closed() -> Iterator[Callable[[Path], xw.Book]]:
    opened: list[xw.Book] = []

    def open_it(path: Path) -> xw.Book:
        opened.append(open_book(str(path)))
        return opened[-1]

    yield open_it
    for book in opened:
        book.close()


FORMULAS = [
    ('=HYPERLINK("https://x/a","Minutes")', "https://x/a"),
    ('= hyperlink( "https://x/a" )', "https://x/a"),
    ('=HYPERLINK("https://x/?q=""a""","Minutes")', 'https://x/?q="a"'),
    ('=HYPERLINK(A1,"Minutes")', ""),
    ('=HYPERLINK("https://x/"&A1,"Minutes")', ""),
    ('=IF(A1,HYPERLINK("https://x/a"),"")', ""),
    ("Minutes", ""),
]


@pytest.mark.parametrize(("formula", "address"), FORMULAS)
def test_a_formula_leads_where_it_says_and_nowhere_that_has_to_be_worked_out(
    formula: str, address: str
) -> None:
    found = origin._FORMULA.match(formula)
    assert (found[1].replace('""', '"') if found else "") == address


def test_a_plan_without_the_column_evidence_has_no_links(book: xw.Book) -> None:
    book.sheets["Plan"]["M4"].value = "Proof"
    assert dict(origin.of(book, plans.read(book).plan).links) == {}


def test_the_label_of_the_file(tmp_path: Path, project: Path, open_closed: Callable[[Path], xw.Book]) -> None:
    made = labelled(project / "workbook" / "ImprovementPlan.xlsm", tmp_path / "a.xlsm", "properties")
    opened = open_closed(made)
    found = origin.of(opened, plans.read(opened).plan)
    assert found.label is not None
    assert dict(found.label.properties)[NAME] == found.label.name


def test_a_label_that_cannot_be_read_is_a_problem_and_not_no_label(
    tmp_path: Path, project: Path, open_closed: Callable[[Path], xw.Book]
) -> None:
    made = labelled(project / "workbook" / "ImprovementPlan.xlsm", tmp_path / "a.xlsm", "part", info=b"<half")
    opened = open_closed(made)
    found = origin.of(opened, plans.read(opened).plan)
    assert found.label is None
    assert "docMetadata/LabelInfo.xml" in found.problem
