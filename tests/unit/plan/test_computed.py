"""What the program writes into its columns is known again, whatever it is; what others write is not."""

from datetime import date, datetime, time, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_xl.plan import computed, rag
from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.rag import Completion, Preset, RatingPolicy

TODAY = date(2015, 5, 12)
OURS: dict[str, Any] = {
    "due": datetime(2014, 10, 31),
    "auto": "R",
    "days": 193.0,
    "timing": "overdue",
    "agreement": "same",
    "reason": "Overdue by 193 days (due 31 October 2014)",
}
EMPTY = dict.fromkeys(OURS)

dues = st.one_of(
    st.integers(-4000, 4000).map(lambda days: Due(TODAY + timedelta(days), "day")),
    st.sampled_from([Unreadable("it says how often and not until when"), Unreadable("", missing=True)]),
)
policies = st.builds(
    RatingPolicy,
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from(get_args(Preset)),
    st.booleans(),
)


SAID = ("Progress", 'Status "Closed - superseded"', 'RAG Rating "Blue"')


@settings(deadline=None)
@given(dues, st.sampled_from(get_args(Completion)), policies, st.booleans(), st.sampled_from(SAID))
def test_every_rating_is_known_again(
    due: Due | Unreadable, completion: Completion, policy: RatingPolicy, verified: bool, said: str
) -> None:
    rated = rag.rate(due, completion, policy, TODAY, verified=verified, says=said)
    late = rated.days_overdue and rated.days_overdue > 0 and completion == "none"
    row = {
        "due": datetime.combine(due.date, time()) if isinstance(due, Due) else None,
        "auto": rated.rating.value if rated.rating else None,
        "days": float(rated.days_overdue or 0) if late else None,
        "timing": rated.timing,
        "agreement": "differs",
        "reason": rated.reason,
    }
    assert computed.is_ours(row)
    assert computed.strange(row) == []


NOT_OURS = [
    ("due", datetime(2014, 11, 30), "another day than the reason's"),
    ("due", "31 October 2014", "a text"),
    ("due", datetime(2014, 10, 31, 9, 30), "a time of day"),
    ("due", None, "the day that the reason names is not there"),
    ("auto", "G", "another letter than the reason's"),
    ("auto", "Red", "a word"),
    ("days", 192.0, "another number"),
    ("days", None, "no number"),
    ("days", 1.5, "a part of a day"),
    ("timing", "later", "another word"),
    ("timing", None, "no word"),
    ("agreement", "agreed", "another word"),
    ("agreement", None, "no word"),
    ("reason", "because", "other words"),
    ("reason", "Overdue by 193 days (due 31 October 2014) - chased", "more words"),
    ("reason", None, "no words"),
]


@pytest.mark.parametrize(("key", "value", "why"), NOT_OURS)
def test_a_row_with_anything_else(key: str, value: Any, why: str) -> None:
    assert computed.is_ours(OURS)
    assert not computed.is_ours({**OURS, key: value}), why


def test_the_others_of_a_row_say_which_cell_is_strange() -> None:
    assert computed.strange({**OURS, "due": datetime(2016, 1, 1)}) == ["due"]
    assert computed.strange({**OURS, "auto": "G", "days": None}) == ["auto", "days"]
    assert computed.strange({**OURS, "reason": "because", "due": datetime(2016, 1, 1)}) == ["reason"]
    assert computed.strange({"due": "soon"}) == ["due"]


@pytest.mark.parametrize(
    "typed", [{"due": datetime(2016, 1, 1)}, {"auto": "G", "days": 3.0}, {"timing": "late"}]
)
def test_what_stands_in_a_row_that_was_never_rated_is_strange(typed: dict[str, Any]) -> None:
    assert computed.strange({**EMPTY, **typed}) == list(typed)
    assert computed.strange(typed) == []  # a mark alone says nothing of the other columns


@pytest.mark.parametrize("cleared", ["timing", "agreement", "reason"])
def test_a_column_that_somebody_cleared_makes_no_other_one_strange(cleared: str) -> None:
    assert computed.strange({**OURS, cleared: None}) == []


def test_a_row_with_one_cell_alone_is_somebodys() -> None:
    assert computed.is_ours(EMPTY)
    for key, value in OURS.items():
        assert not computed.is_ours({**EMPTY, key: value})


def test_a_day_without_a_deadline_is_somebodys() -> None:
    undated = {**EMPTY, "timing": "no date", "agreement": "not rated"}
    undated["reason"] = "No deadline: By When is empty"
    assert computed.is_ours(undated)
    assert not computed.is_ours({**undated, "due": datetime(2016, 1, 1)})
