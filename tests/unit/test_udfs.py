"""Worksheet functions as Excel calls them: arrays in, arrays out, help, sentences; the rules of the plan."""

import ast
import importlib
import inspect
import itertools
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
import xlwings as xw
from hypothesis import given
from hypothesis import strategies as st
from xlwings import conversion

from hscb_xl import engine, udfs
from hscb_xl.plan import rag
from hscb_xl.plan.deadlines import bywhen
from hscb_xl.plan.rag import RatingPolicy

AS_OF = datetime(2015, 5, 12)
MAY = datetime(2015, 5, 31)
DUE = [
    ("October 2014", datetime(2014, 10, 31)),
    (datetime(2015, 5, 31), MAY),
    ("", ""),
    (None, ""),
    (2005.0, "No deadline can be read: a year alone may end in March or December, so write"),
    ("TBC", "No deadline can be read: its date is still to be confirmed."),
]
RAG = [
    (("October 2014", None, None, AS_OF), "R"),
    ((MAY, "", "", AS_OF), "A"),
    (("July 2015", "In progress", "Completed.", "12 May 2015"), "G"),
    (("October 2014", "Complete", None, AS_OF), "G"),
    (("October 2014", "", "Completed.", AS_OF), "G"),
    ((None, "Complete", None, AS_OF), "G"),
    ((None, "", "", None), ""),
    (("TBC", "", "", AS_OF), "No deadline can be read: its date is still to be confirmed."),
    (("October 2014", "", "", None), "as_of is empty: give the day to rate for, such as TODAY()."),
    (("October 2014", "", "", "May 2015"), "as_of is no day (May 2015): give a date, such as TODAY()."),
]
LATE = [
    (("October 2014", AS_OF), 193),
    ((MAY, AS_OF), 0),
    ((None, AS_OF), ""),
    (("asap", AS_OF), "No deadline can be read: it says that there is hurry and names no day."),
    ((MAY, ""), "as_of is empty: give the day to rate for, such as TODAY()."),
]


@pytest.mark.parametrize(("text", "shown"), DUE)
def test_due(text: Any, shown: Any) -> None:
    found = udfs.PLAN_DUE([[text]])[0][0]
    assert found.startswith(shown) if isinstance(shown, str) and shown else found == shown


@pytest.mark.parametrize(("cells", "shown"), RAG)
def test_rag(cells: tuple[Any, ...], shown: str) -> None:
    assert udfs.PLAN_RAG(*([[cell]] for cell in cells)) == [[shown]]


@pytest.mark.parametrize(("cells", "shown"), LATE)
def test_days_late(cells: tuple[Any, ...], shown: Any) -> None:
    assert udfs.PLAN_DAYS_LATE(*([[cell]] for cell in cells)) == [[shown]]


def test_ranges_beside_single_cells() -> None:
    due, status = [["October 2014"], ["July 2015"], [None]], [["Complete"], [""], [""]]
    assert udfs.PLAN_RAG(due, status, [[None]], [[AS_OF]]) == [["G"], ["G"], [""]]
    assert udfs.PLAN_DAYS_LATE([["October 2014", MAY]], [[AS_OF]]) == [[193, 0]]


def test_ranges_of_different_sizes() -> None:
    said = udfs.PLAN_RAG([["May 2015"]] * 3, [[""]] * 2, [[""]], [[AS_OF]])
    assert said == [
        ["due has 3 by 1 cells and status has 2 by 1 cells: give ranges of the same size, or a single cell."]
    ]


def test_a_failure_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path))
    monkeypatch.setattr(bywhen, "read", lambda _: 1 / 0)
    said = udfs.PLAN_DUE([["May 2015"], ["June 2015"]])
    assert said == [[f"Something went wrong (ZeroDivisionError); the log is at {tmp_path / 'hscb_xl.log'}."]]


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_they_say_what_the_plan_says(due: date, today: date) -> None:
    cell, day = ([[datetime(d.year, d.month, d.day)]] for d in (due, today))
    read = bywhen.read(due)
    assert isinstance(read, bywhen.Due)
    rated = rag.rate(read, "none", RatingPolicy(), today)
    assert udfs.PLAN_RAG(cell, [[""]], [[""]], day) == [[str(rated.rating)]]
    assert udfs.PLAN_DAYS_LATE(cell, day) == [[max((today - due).days, 0)]]


DECORATORS = "func_sig get_category get_async_mode check_bool extract_type_and_annotations xlfunc xlret xlarg"


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Our functions as xlwings registers them on Windows; these parts of its module need no pywin32."""
    source = (Path(xw.__file__).parent / "udfs.py").read_text("utf-8")
    wanted = [node for node in ast.parse(source).body if getattr(node, "name", "") in DECORATORS.split()]
    assert len(wanted) == len(DECORATORS.split())
    known: dict[str, Any] = {"inspect": inspect, "get_type_hints": get_type_hints, "Any": Any}
    known |= {
        "Annotated": Annotated,
        "get_origin": get_origin,
        "get_args": get_args,
        "dt": __import__("datetime"),
    }
    code = ast.Module([ast.parse("from __future__ import annotations").body[0], *wanted], [])
    exec(compile(code, "udfs.py", "exec"), known)
    for name in ("func", "arg", "ret"):
        monkeypatch.setattr(xw, name, known[f"xl{name}"])
    engine.register()
    monkeypatch.setitem(xw.engines.engines_by_name, "excel", xw.engines["hscb_xl"])
    yield importlib.reload(udfs)
    monkeypatch.undo()
    importlib.reload(udfs)


def test_xlwings_calls_them_on_windows(on_windows: ModuleType) -> None:
    """Values as COM gives them, through xlwings' own conversion in and out."""

    def call(name: str, *cells: Any) -> Any:
        function = getattr(on_windows, name)
        info = function.__xlfunc__
        read = [
            conversion.read(None, cell, arg["options"]) for cell, arg in zip(cells, info["args"], strict=True)
        ]
        return conversion.write(function(*read), None, info["ret"]["options"])

    column = (("October 2014",), ("",))
    assert call("PLAN_DUE", column) == [[datetime(2014, 10, 31)], [""]]
    assert call("PLAN_DUE", "October 2014") == [[datetime(2014, 10, 31)]]
    assert call("PLAN_RAG", column, None, "", AS_OF) == [["R"], [""]]
    assert call("PLAN_DAYS_LATE", (("October 2014", MAY),), AS_OF) == [[193, 0]]


def test_every_function_and_argument_has_its_help(on_windows: ModuleType) -> None:
    found = [value.__xlfunc__ for value in vars(on_windows).values() if hasattr(value, "__xlfunc__")]
    assert [info["name"] for info in found] == ["PLAN_DUE", "PLAN_RAG", "PLAN_DAYS_LATE"]
    helps = [info["ret"]["doc"] for info in found]
    helps += [arg["doc"] for arg in itertools.chain(*(info["args"] for info in found))]
    assert all(10 < len(text) <= 255 and not text.startswith("Positional") for text in helps)
    assert {info["category"] for info in found} == {"Improvement plan"}
