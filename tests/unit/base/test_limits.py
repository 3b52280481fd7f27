"""Limits on the size of a workbook, and the watch that ends what takes too long."""

import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.base import limits
from hscb_xl.base.limits import OF_A_PLAN, Limits, Own, Stated, Watch, took_too_long, unbroken
from hscb_xl.errors import OverLimit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula.refs import Area

WORKBOOK = Path(__file__).resolve().parents[3] / "workbook" / "ImprovementPlan.xlsm"
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
        end = time.monotonic() + 20
        with unbroken():
            while not limits._Held.due and time.monotonic() < end:
                busy(0.01)
        done.append("written")

    def work() -> None:
        with Watch(0.05, "too long"):
            write()
            done.append("more")

    with pytest.raises(OverLimit):
        work()
    assert done == ["written"]


class Cleared:
    """An object that takes its time to be cleared away; what is raised there, Python drops."""

    def __del__(self) -> None:
        with suppress(OverLimit):
            busy(20)


@pytest.mark.parametrize("kind", ["alarm", "thread"])
def test_a_watch_that_nobody_heard_rings_again(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, kind)
    monkeypatch.setattr(limits, "_AGAIN", 0.1)
    begun = time.monotonic()

    def work() -> None:
        with Watch(0.1, "too long"):
            Cleared()
            busy(20)

    with pytest.raises(OverLimit):
        work()
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("kind", ["alarm", "thread"])
@pytest.mark.parametrize("seconds", [20, 0], ids=["a watch", "one that sets no limit"])
def test_a_watch_that_is_shortened(kind: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, kind)
    before, begun = signal.getsignal(limits._SIGNAL), time.monotonic()

    def work() -> None:
        with Watch(seconds, "too long") as watch:
            assert Watch.running is watch
            watch.shorten(0.1, "shortened")
            watch.shorten(10, "no shorter")
            busy(20)

    with pytest.raises(OverLimit, match="shortened"):
        work()
    assert time.monotonic() - begun < 5
    assert signal.getsignal(limits._SIGNAL) is before
    assert Watch.running is None


def test_a_watch_shortened_to_what_is_over_rings_at_once() -> None:
    def work() -> None:
        with Watch(20, "too long") as watch:
            busy(0.2)
            watch.shorten(0.1, "over already")
            busy(20)

    begun = time.monotonic()
    with pytest.raises(OverLimit, match="over already"):
        work()
    assert time.monotonic() - begun < 5


def test_the_new_end_is_counted_from_the_beginning() -> None:
    with Watch(20, "too long") as watch:
        busy(0.01)
        watch.shorten(10, "shortened")
    assert watch._end == watch._begun + 10


@pytest.mark.parametrize("seconds", [20, 30, 0])
def test_what_is_no_shorter_changes_nothing(seconds: float) -> None:
    with Watch(20, "too long") as watch:
        end = watch._end
        watch.shorten(seconds, "shortened")
    assert (watch.seconds, watch._sentence, watch._end) == (20, "too long", end)


def test_a_watch_within_another_gives_it_back() -> None:
    with Watch(0, "") as outer:
        with Watch(0, "") as inner:
            assert Watch.running is inner
        assert Watch.running is outer


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


A_CELL = "Settings!B12"
LOWERED: list[tuple[Own, Limits]] = [
    (Own(), OF_A_PLAN),
    (
        Own(rows=Stated(7, A_CELL)),
        OF_A_PLAN.but(rows=7),
    ),
    (Own(inflated=Stated(7, A_CELL), seconds=Stated(8, A_CELL)), OF_A_PLAN.but(inflated=7, seconds=8)),
    (Own(Stated(1 << 40, A_CELL), Stated(200_000, A_CELL), Stated(601, A_CELL)), OF_A_PLAN),
]


@pytest.mark.parametrize(("own", "lower"), LOWERED)
def test_the_lower_limit_of_each_kind_counts(own: Own, lower: Limits) -> None:
    said = OF_A_PLAN.lowered(own)
    assert (said.part, said.whole, said.rows, said.seconds) == (
        lower.part,
        lower.whole,
        lower.rows,
        lower.seconds,
    )
    by_cell = [A_CELL in remedy for remedy in (said.raise_size, said.raise_rows, said.raise_seconds)]
    changed = [said.whole < OF_A_PLAN.whole, said.rows < OF_A_PLAN.rows, said.seconds < OF_A_PLAN.seconds]
    assert by_cell == changed


def test_where_no_time_is_set_any_is_lower() -> None:
    said = Limits().lowered(Own(seconds=Stated(9, A_CELL)))
    assert took_too_long("a.xlsx", said) == (
        "a.xlsx took longer than its limit of 9 s and was left as it was: "
        "look at what is unusual in it, or raise the limit in Settings!B12."
    )


sizes = st.integers(0, 1 << 50)
stated = st.none() | st.builds(Stated, st.integers(1, 1 << 50), st.just(A_CELL))


@given(st.builds(Limits, sizes, sizes, sizes, sizes), st.builds(Own, stated, stated, stated))
def test_own_limits_are_never_larger(given: Limits, own: Own) -> None:
    said = given.lowered(own)
    assert said.part <= given.part
    assert said.whole <= given.whole
    assert said.rows <= given.rows
    assert said.cells <= given.cells
    assert not given.seconds or 0 < said.seconds <= given.seconds
    for most, now in ((own.inflated, said.whole), (own.rows, said.rows), (own.seconds, said.seconds)):
        assert most is None or now <= most.most
    assert said.lowered(own) == said


@pytest.mark.parametrize("kind", ["alarm", "thread"])
def test_a_watch_that_let_go_rings_no_more(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, kind)
    before = signal.getsignal(limits._SIGNAL)
    with Watch(0.05, "too long") as watch:
        watch.let_go()
        watch.shorten(0.01, "shortened")
        busy(0.2)
    assert signal.getsignal(limits._SIGNAL) is before


def test_a_click_is_watched_where_a_watch_can_run() -> None:
    found: list[Watch | None] = []

    def look() -> None:
        with limits.of_a_click("Plan.xlsm"):
            found.append(Watch.running)

    look()
    other = threading.Thread(target=look)
    other.start()
    other.join()
    watch, none = found
    assert watch is not None
    assert watch.seconds == OF_A_PLAN.seconds
    assert none is None
