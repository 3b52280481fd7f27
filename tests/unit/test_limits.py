"""Limits on the size of a workbook, and the watch that ends what takes too long."""

import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_xl import limits
from hscb_xl.errors import OverLimit
from hscb_xl.limits import OF_A_PLAN, Limits, Watch, unbroken
from hscb_xl.ooxml.refs import Area
from hscb_xl.ooxml.workbook import Workbook

WORKBOOK = Path(__file__).resolve().parents[2] / "workbook" / "ImprovementPlan.xlsm"
WHOLE = 10 * WORKBOOK.stat().st_size
SLOW = "(a+)+b", "a" * 40
"""A pattern and a text that it would take years to compare."""


def busy(seconds: float, then: Exception | None = None) -> None:
    """Work for some time, then fail where an error is given."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    if then:
        raise then


def clock(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Let the watch use an alarm of the system, or the thread that it uses where there is none."""
    if kind == "thread":
        monkeypatch.setattr(limits, "_start", limits._by_thread)
    elif sys.platform == "win32":
        pytest.skip("Windows has no alarms")


@pytest.mark.parametrize("kind", ["alarm", "thread"])
def test_a_watch_ends_what_takes_too_long(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, kind)
    before, begun = signal.getsignal(limits._SIGNAL), time.monotonic()
    with pytest.raises(OverLimit, match="too long"), Watch(0.1, "too long"):
        busy(20)
    assert time.monotonic() - begun < 5
    assert signal.getsignal(limits._SIGNAL) is before


@pytest.mark.parametrize("kind", ["alarm", "thread"])
def test_a_watch_that_is_over_is_silent(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, kind)
    with Watch(0.1, "too long"):
        pass
    time.sleep(0.2)


def test_no_seconds_are_no_limit() -> None:
    before = signal.getsignal(limits._SIGNAL)
    with Watch(0, "too long"):
        assert signal.getsignal(limits._SIGNAL) is before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarms")
def test_an_alarm_ends_a_single_pattern_too() -> None:
    with pytest.raises(OverLimit), Watch(0.1, "too long"):
        re.match(*SLOW)


@pytest.mark.parametrize("kind", ["alarm", "thread"])
def test_what_must_not_be_broken_is_finished_first(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, kind)
    done = []

    @unbroken()
    def write() -> None:
        with unbroken():
            busy(0.2)
        done.append("written")

    def work() -> None:
        with Watch(0.05, "too long"):
            write()
            done.append("more")

    with pytest.raises(OverLimit):
        work()
    assert done == ["written"]


def test_what_was_told_once_is_not_told_again() -> None:
    with unbroken():
        pass


def test_an_error_inside_is_the_one_that_is_told() -> None:
    with pytest.raises(ValueError, match="mine"), Watch(0.05, "too long"), unbroken():
        busy(0.1, then=ValueError("mine"))
    with unbroken():
        pass


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        (Limits(part=1000), r"the part \S+ would grow to 1 MB, more than the 1 MB"),
        (Limits(whole=WHOLE // 5), r"its parts would grow to"),
        (Limits(whole=1000), r"ImprovementPlan\.xlsm has 1 MB, more than the 1 MB that are read"),
        (Limits(rows=25), r"has [0-9,]+ rows, more than the 25 that are read"),
    ],
)
def test_a_book_over_a_limit_is_refused_by_name(stated: Limits, sentence: str) -> None:
    with pytest.raises(OverLimit, match=sentence) as refusal:
        Workbook.open(WORKBOOK, stated).sheet("Plan").extent()
    assert "ImprovementPlan.xlsm" in str(refusal.value)
    assert re.search(r"raise the limit with --max-(inflated|rows)\.$", str(refusal.value))


READERS: dict[str, Callable[[Workbook, Area], object]] = {
    "values": lambda book, area: book.sheet("Plan").values(area),
    "shown": lambda book, area: book.sheet("Plan").shown(area, lambda value, _: value),
}


@pytest.mark.parametrize("reader", list(READERS))
@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        (Area(1, 1, 200_001, 1), r"^Plan!A1:A200001 in \S+ has 200,001 rows, more than the 200,000"),
        (Area(1, 1, 1000, 6401), r"has 6,401,000 cells, more than the 6,400,000"),
    ],
)
def test_an_area_too_large_to_be_read_at_once(reader: str, area: Area, sentence: str) -> None:
    book = Workbook.open(WORKBOOK, OF_A_PLAN)
    with pytest.raises(OverLimit, match=sentence):
        READERS[reader](book, area)


def test_limits_given_stand_in_place_of_the_others() -> None:
    assert OF_A_PLAN.but() == OF_A_PLAN
    assert OF_A_PLAN.but(inflated=7, rows=8, seconds=9) == Limits(part=7, whole=7, rows=8, seconds=9)
    assert Limits().rows == 1_048_576
