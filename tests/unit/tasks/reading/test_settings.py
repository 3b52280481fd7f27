"""The limits that a workbook states for itself in its Settings, read and kept."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import xlwings as xw

from hscb_xl.base.limits import Own, Stated, Watch
from hscb_xl.build.reference import _SETTINGS
from hscb_xl.engine import open_book
from hscb_xl.errors import BadSetting, OverLimit
from hscb_xl.tasks.book import tables
from hscb_xl.tasks.reading import ownlimits, plans, settings
from tests.unit.tasks.conftest import MakeBook, action

SIZE, ROWS, TIME = "Largest workbook (MB unpacked)", "Largest sheet (rows)", "Longest run (seconds)"
WORKBOOK = Path(__file__).resolve().parents[4] / "workbook" / "ImprovementPlan.xlsm"
Stating = Callable[..., xw.Book]


@pytest.fixture
def stating(make_book: MakeBook) -> Stating:
    """Makes a book of one action with these settings."""
    return lambda *pairs: make_book([action(1)], settings=pairs)


def own(book: xw.Book) -> Own:
    return settings.read(tables.find(book, "Settings")).limits


READ: list[tuple[list[tuple[str, Any]], Own]] = [
    ([("As of", "")], Own()),
    ([(SIZE, ""), (ROWS, None), (TIME, "")], Own()),
    ([(SIZE, 2)], Own(inflated=Stated(2 << 20, "Settings!B5"))),
    ([(ROWS, 1), (TIME, 2.0)], Own(rows=Stated(1, "Settings!B5"), seconds=Stated(2, "Settings!B6"))),
    ([(f" {ROWS.upper()} ", 3_000_000)], Own(rows=Stated(3_000_000, "Settings!B5"))),
]


@pytest.mark.parametrize(("pairs", "stated"), READ)
def test_limits_that_are_stated(stating: Stating, pairs: list[tuple[str, Any]], stated: Own) -> None:
    assert own(stating(*pairs)) == stated


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "20", "many", date(2015, 5, 12), 1e300])
@pytest.mark.parametrize("name", [SIZE, ROWS, TIME])
def test_a_limit_that_is_none(stating: Stating, name: str, value: Any) -> None:
    book = stating((name, 1))
    book.sheets["Settings"]["B5"].value = value
    sentence = r"^Settings!B5: .* cannot be '.+'; write a whole number of \w+, 1 or more, or leave it "
    with pytest.raises(BadSetting, match=sentence):
        plans.read(book)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), None, "5"])
def test_no_number_that_excel_has_not_is_taken(value: Any) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        settings._seconds(value)


def test_a_new_workbook_has_the_three_and_states_none() -> None:
    book = open_book(str(WORKBOOK))
    assert [name for name, *_ in _SETTINGS[-3:]] == [SIZE, ROWS, TIME]
    named = [row[0] for row in tables.body(book.sheets["Settings"].tables["Settings"])]
    assert named[-3:] == [SIZE, ROWS, TIME]
    assert own(book) == Own()
    book.sheets["Settings"]["B11:B13"].value = [[1], [2], [3]]
    assert own(book) == Own(
        Stated(1 << 20, "Settings!B11"), Stated(2, "Settings!B12"), Stated(3, "Settings!B13")
    )
    book.close()


@pytest.mark.parametrize("most", [3, 4, 5])
def test_excel_has_the_book_open_so_the_rows_of_the_plan_are_counted(make_book: MakeBook, most: int) -> None:
    book = make_book([action(number) for number in range(1, 5)])
    plan = tables.find(book, "Plan")
    assert plan is not None
    in_excel = cast("xw.Book", SimpleNamespace(name="plan.xlsx", impl=object()))
    stated = Own(inflated=Stated(1, "Settings!B4"), rows=Stated(most, "Settings!B5"))
    if most >= 4:
        ownlimits.keep(in_excel, plan, stated)
        return
    sentence = r"^plan\.xlsx: .* has 4 rows, more than the 3 that .* raise the limit in Settings!B5\.$"
    with pytest.raises(OverLimit, match=sentence):
        ownlimits.keep(in_excel, plan, stated)


def test_a_book_over_its_own_limit_is_refused_before_the_plan_is_looked_at(stating: Stating) -> None:
    book = stating((ROWS, 1))
    book.sheets["Plan"]["A4"].value = "a header that no plan has"
    with pytest.raises(OverLimit, match=r"^the sheet Plan of plan\.xlsx has 2 rows.* in Settings!B5\.$"):
        plans.read(book)


@pytest.mark.parametrize(("seconds", "shortened"), [(5, True), (50, False)])
def test_the_watch_that_runs_is_shortened(stating: Stating, seconds: int, shortened: bool) -> None:
    book = stating((TIME, seconds))
    plans.read(book)  # without a watch, nothing is to be kept
    with Watch(20, "the command's") as watch:
        plans.read(book)
    assert watch.seconds == (seconds if shortened else 20)
