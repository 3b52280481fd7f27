from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.plan.deadlines.bywhen import Due, Unreadable
from hscb_xl.plan.rag import Completion, Rated, Rating, RatingPolicy, letter, rate

TODAY = date(2015, 5, 12)
EMPTY = Unreadable("the cell is empty", missing=True)
ONGOING = Unreadable('"Ongoing" names no day')


def due_in(days: int) -> Due:
    return Due(TODAY + timedelta(days=days), "day")


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("R", Rating.RED),
        ("a", Rating.AMBER),
        (" Green ", Rating.GREEN),
        ("AMBER", Rating.AMBER),
        ("G\n", Rating.GREEN),
        ("red.", Rating.RED),
        ("Blue", Rating.BLUE),
    ],
)
def test_letters_and_names_of_colours_are_read(text: str, rating: Rating) -> None:
    assert letter(text) is rating


@pytest.mark.parametrize(
    "text",
    [
        "",  # nothing was agreed
        "   ",
        "A/G",  # two ratings are none
        "Amber Green",
        "Yellow",  # no board's colour here
        "Y",
        "n/a",
    ],
)
def test_what_is_no_rating_is_left_alone(text: str) -> None:
    assert letter(text) is None


STRICT = RatingPolicy()
MONTH = RatingPolicy(tolerance=31)
COMPLETION = RatingPolicy(preset="completion")
NO_WINDOW = RatingPolicy(amber_window=0)


@pytest.mark.parametrize(
    ("due", "policy", "rated"),
    [
        (
            Due(date(2014, 10, 31), "month"),
            STRICT,
            Rated(Rating.RED, "Overdue by 193 days (due 31 October 2014)", 193, "overdue"),
        ),
        (due_in(-1), STRICT, Rated(Rating.RED, "Overdue by 1 day (due 11 May 2015)", 1, "overdue")),
        (
            Due(date(2015, 4, 30), "month"),
            MONTH,
            Rated(
                Rating.AMBER,
                "Late by 12 days (due 30 April 2015), within 31 days of tolerance",
                12,
                "late",
            ),
        ),
        (
            Due(date(2015, 4, 11), "day"),
            MONTH,
            Rated(
                Rating.AMBER,
                "Late by 31 days (due 11 April 2015), within 31 days of tolerance",
                31,
                "late",
            ),
        ),
        (
            Due(date(2015, 4, 10), "day"),
            MONTH,
            Rated(Rating.RED, "Overdue by 32 days (due 10 April 2015)", 32, "overdue"),
        ),
        (due_in(0), STRICT, Rated(Rating.AMBER, "Due today (12 May 2015)", 0, "due soon")),
        (due_in(0), NO_WINDOW, Rated(Rating.AMBER, "Due today (12 May 2015)", 0, "due soon")),
        (due_in(1), NO_WINDOW, Rated(Rating.GREEN, "Due in 1 day (13 May 2015)", -1, "on time")),
        (due_in(30), STRICT, Rated(Rating.AMBER, "Due in 30 days (11 June 2015)", -30, "due soon")),
        (due_in(31), STRICT, Rated(Rating.GREEN, "Due in 31 days (12 June 2015)", -31, "on time")),
        (due_in(31), COMPLETION, Rated(Rating.AMBER, "Due in 31 days (12 June 2015)", -31, "on time")),
        (EMPTY, STRICT, Rated(None, "No deadline: By When is empty", None, "no date")),
        (
            ONGOING,
            STRICT,
            Rated(None, 'No deadline can be read: "Ongoing" names no day', None, "no date"),
        ),
    ],
)
def test_an_action_that_is_not_complete_is_rated_by_its_deadline(
    due: Due | Unreadable, policy: RatingPolicy, rated: Rated
) -> None:
    assert rate(due, "none", policy, TODAY) == rated


@pytest.mark.parametrize(
    ("completion", "blue", "verified", "rating", "reason"),
    [
        ("claimed", False, False, "G", "Complete: Progress says so, not yet confirmed"),
        ("claimed", True, True, "G", "Complete: Progress says so, not yet confirmed"),
        ("confirmed", False, True, "G", "Complete, confirmed by Status"),
        ("confirmed", True, False, "G", "Complete, confirmed by Status"),
        ("confirmed", True, True, "B", "Complete, evidenced and verified"),
    ],
)
def test_a_complete_action_is_green_and_blue_only_where_that_is_on_and_verified(
    completion: Completion, blue: bool, verified: bool, rating: str, reason: str
) -> None:
    rated = rate(due_in(-193), completion, RatingPolicy(blue=blue), TODAY, verified=verified)
    assert rated == Rated(Rating(rating), reason, 193, "complete")


@pytest.mark.parametrize(("due", "days"), [(due_in(-193), 193), (due_in(5), -5), (EMPTY, None)])
def test_what_may_be_complete_is_not_rated(due: Due | Unreadable, days: int | None) -> None:
    rated = rate(due, "unclear", RatingPolicy(blue=True), TODAY, verified=True, says='Status "Closed?"')
    reason = 'Status "Closed?" may mean complete or not: say Complete or not'
    assert rated == Rated(None, reason, days, "unclear")
    assert not rated.past_due


def test_a_complete_action_is_rated_without_a_deadline_too() -> None:
    rated = rate(EMPTY, "confirmed", STRICT, TODAY)
    assert (rated.rating, rated.days_overdue, rated.timing) == (Rating.GREEN, None, "complete")


days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
dues = st.one_of(st.builds(Due, days, st.sampled_from(["day", "month"])), st.sampled_from([EMPTY, ONGOING]))
completions = st.sampled_from(["confirmed", "claimed", "unclear", "none"])
policies = st.builds(
    RatingPolicy,
    amber_window=st.integers(0, 400),
    tolerance=st.integers(0, 400),
    preset=st.sampled_from(["delivery", "completion"]),
    blue=st.booleans(),
)


@given(dues, completions, policies, days, st.booleans())
def test_every_action_gets_a_rating_or_a_reason_why_not(
    due: Due | Unreadable, completion: Completion, policy: RatingPolicy, today: date, verified: bool
) -> None:
    rated = rate(due, completion, policy, today, verified=verified)
    assert rated.reason
    assert (rated.rating is None) == (rated.timing in ("no date", "unclear"))
    assert (rated.days_overdue is None) == isinstance(due, Unreadable)
    assert rated.rating is not Rating.BLUE or (policy.blue and verified and completion == "confirmed")
    assert rated.past_due == (completion == "none" and (rated.days_overdue or 0) > 0)


@given(st.builds(Due, days, st.just("day")), policies, days, st.integers(0, 4000))
def test_an_action_left_incomplete_never_improves_as_time_passes(
    due: Due, policy: RatingPolicy, today: date, later: int
) -> None:
    ranks = {Rating.GREEN: 0, Rating.AMBER: 1, Rating.RED: 2}
    now = rate(due, "none", policy, today).rating
    then = rate(due, "none", policy, today + timedelta(days=later)).rating
    assert now is not None
    assert then is not None
    assert ranks[now] <= ranks[then]


@given(days, st.integers(1, 4000), st.integers(0, 400))
def test_without_tolerance_nothing_is_amber_after_its_deadline(due: date, past: int, window: int) -> None:
    policy = RatingPolicy(amber_window=window, tolerance=0)
    assert rate(Due(due, "day"), "none", policy, due + timedelta(days=past)).rating is Rating.RED
