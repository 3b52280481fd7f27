"""How often a run asks its host: in live Excel each question is a round trip, so rows must not add any."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from hscb_xl import ribbon
from hscb_xl.engine.declared import Declared
from hscb_xl.tasks import run
from tests.clicking import calling, select
from tests.unit.tasks.conftest import MakeBook, action

TODAY = date(2015, 5, 12)
MOST = 900
"""Questions of one whole run: at the usual millisecond for each, live Excel is busy for a second."""
KNOWN = set("api app book engine options parent pid prepare_xl_data_element sheet type".split())
"""What xlwings keeps itself in live Excel, or asks about the program and not about the workbook."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What xlwings asks the host for from now on, counted by object and member."""
    counter: Counter[str] = Counter()
    give, take = Declared.__getattribute__, Declared.__setattr__

    def count(owner: object, name: str) -> None:
        caller = sys._getframe(2).f_globals["__name__"]
        is_asked = name not in KNOWN and not name.startswith(("__", "max_cells"))
        if is_asked and caller.partition(".")[0] == "xlwings":
            counter[f"{type(owner).__name__}.{name}"] += 1

    def get(self: Declared, name: str) -> Any:
        count(self, name)
        return give(self, name)

    def put(self: Declared, name: str, value: Any) -> None:
        count(self, name)
        take(self, name, value)

    monkeypatch.setattr(Declared, "__getattribute__", get, raising=False)
    monkeypatch.setattr(Declared, "__setattr__", put)
    return counter


def questions(book: xw.Book, asked: Counter[str]) -> Counter[str]:
    asked.clear()
    run.run(book, run.Asked(as_of=TODAY), date.today)
    counted = asked.copy()
    book.close()
    return counted


ROWS: list[Callable[[int], dict[str, Any]]] = [
    lambda no: action(no),
    lambda no: action(no, agreed="", by_when="TBC", progress="Completed. Suggest this is RED"),
    lambda no: action(no, status="Complete", completed_on="yesterday", lead="Nobody"),
    lambda no: action(no, by_when=datetime(2014, 10, no % 28 + 1), completed_on=datetime(2014, 9, 1)),
    lambda no: action(no, evidence=f"https://council.example/{no}"),
]


@pytest.mark.parametrize("row", ROWS)
def test_more_rows_are_no_more_questions(
    row: Callable[[int], dict[str, Any]], make_book: MakeBook, asked: Counter[str]
) -> None:
    few = questions(make_book([row(no) for no in range(1, 9)]), asked)
    many = questions(make_book([row(no) for no in range(1, 81)]), asked)
    assert many == few
    assert few.total() < MOST


BEFORE = {"accept_rating": ["refresh_rag"], "undo_last_run": ["refresh_rag", "accept_rating"]}
"""What must have been clicked before a button has anything to do."""
BUTTONS = [
    "check_plan",
    "next_finding",
    "refresh_rag",
    "accept_rating",
    "apply_formatting",
    "export_by_group",
    "export_by_lead",
    "export_exceptions",
    "open_export_folder",
    "update_summary",
    "undo_last_run",
    "about",
    "doctor",
    "open_log",
]


def clicked(button: str, rows: int, make_book: MakeBook, asked: Counter[str]) -> tuple[Counter[str], str]:
    """The questions of one click on a plan of so many rows, all of them selected, and what it said."""
    book = make_book([action(no, agreed="G", evidence=f"Minutes {no}") for no in range(1, rows + 1)])
    select(book, "Plan", f"B5:D{rows + 4}")
    with calling(book):
        for earlier in BEFORE.get(button, []):
            getattr(ribbon, earlier)()
        asked.clear()
        said = getattr(ribbon, button)()
    counted = asked.copy()
    book.close()
    return counted, said


@pytest.mark.parametrize("button", BUTTONS)
def test_more_rows_are_no_more_questions_of_a_click(
    button: str,
    make_book: MakeBook,
    asked: Counter[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    few, _ = clicked(button, 8, make_book, asked)
    many, said = clicked(button, 80, make_book, asked)
    print(f"{button}: {many.total()} questions")
    assert "went wrong" not in said
    assert many == few
    assert many.total() < MOST
