import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.plan.deadlines.bywhen import Due, read
from hscb_xl.plan.deadlines.textdates import DATE_OR_PART, dates
from tests.growth import MOST, worst

LEFT_ALONE = [
    ("See section 4.1.2 of the plan.", "its numbers are no date"),
    ("Rule 1.10.12.15 applies", "a longer number is no date"),
    ("12 May", "the year is missing"),
    ("On 12 May 15 people came.", "15 may count the people"),
    ("It may 2 or 3 times", "a verb"),
    ("On 31 June 2015", "there is no such day"),
    ("Monday 5 May 2016", "that day is a Thursday"),
    ("5 May 1066", "no plan's year"),
    ("Tel. 01432 260100", "a telephone number"),
    ("p31/10/2014x", "letters stand at it"),
]
NAMED = [
    ("Review again with Dr. Smith on 5 May 2016.", ["5 May 2016"], ["2016-05-05"]),
    ("Signed off 31st March, 2016", ["31st March, 2016"], ["2016-03-31"]),
    ("Met on 30.4.15. Next: 12/05/2015", ["30.4.15", "12/05/2015"], ["2015-04-30", "2015-05-12"]),
    ("31.10.14-31.03.15", ["31.10.14", "31.03.15"], ["2014-10-31", "2015-03-31"]),
    ("done Fri 3rd of May\n2019", ["Fri 3rd of May\n2019"], ["2019-05-03"]),
    ("9thDec 2018 or October 31, 2014", ["9thDec 2018", "October 31, 2014"], ["2018-12-09", "2014-10-31"]),
    (
        "Oct-14, Oct ’14 and (Sept\u00a02014)",
        ["Oct-14", "Oct ’14", "Sept\u00a02014"],
        ["2014-10-31"] * 2 + ["2014-09-30"],
    ),
    ("in Q3 2014/15, Q2 2005", ["Q3 2014/15", "Q2 2005"], ["2014-12-31", "2005-06-30"]),
    ("the 2015/16 plan, as of 2015-05-12", ["2015/16", "2015-05-12"], ["2016-03-31", "2015-05-12"]),
    ("w/c 4 May 2015", ["4 May 2015"], ["2015-05-04"]),
]


@pytest.mark.parametrize(("text", "why"), LEFT_ALONE)
def test_left_alone_and_why(text: str, why: str) -> None:
    assert list(dates(text)) == []


@pytest.mark.parametrize(("text", "words", "last"), NAMED)
def test_named_and_which_days(text: str, words: list[str], last: list[str]) -> None:
    found = list(dates(text))
    assert [named.words for named in found] == words
    assert [named.date.isoformat() for named in found] == last
    assert all(text.startswith(named.words, named.start) for named in found)


def test_its_precision_is_that_of_a_deadline() -> None:
    text = "1 May 2015; May 2015; Q1 2015/16; 2015/16"
    assert [named.precision for named in dates(text)] == ["day", "month", "quarter", "year"]


PIECES = st.sampled_from("31 5th May Mar 2014 14 / - . ’ , of Q3 2014/15 Fri the 10/2014 and \n".split(" "))


@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_a_date_in_a_text_is_the_deadline_that_its_words_are(text: str) -> None:
    for named in dates(text):
        found = read(named.words)
        assert isinstance(found, Due)
        assert (found.date, found.precision) == (named.date, named.precision)


EMBEDDED = re.compile(rf"(?P<stamp>{DATE_OR_PART})\s*[:–-]\s*(?P<rest>.*)", re.IGNORECASE)
STAMPS = ["12 May", "May 12th", "2nd of March", "12 May 2015", "12/05/15", "Dec-17", "Q3 2014/15", "9Dec2018"]


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_date_can_stand_in_the_pattern_of_others(stamp: str) -> None:
    match = EMBEDDED.fullmatch(f"{stamp}: completed")
    assert match
    assert match.groups() == (stamp, "completed")


@pytest.mark.parametrize("other", ["may: completed", "60: completed", "4/10: completed", "4.1: completed"])
def test_what_is_no_date_is_none_in_the_pattern_of_others(other: str) -> None:
    assert not EMBEDDED.fullmatch(other)


# What begins a date, and what then goes on without an end.
SHAPES = [
    ("", "1"), ("", "1 "), ("", "12/05/"), ("31", " "), ("31 May", "-"), ("", "31 May "), ("May", " "),
    ("", "may "), ("mon the", " "), ("", "mon the "), ("2014", " "), ("2014/15", ":"), ("q3", " "),
    ("fy", " "), ("", "the financial year "), ("first quarter", " "), ("", "first quarter of "),
    ("31", " of "),
]  # fmt: skip


@pytest.mark.parametrize(("start", "shape"), SHAPES)
def test_time_grows_with_the_length_alone(start: str, shape: str) -> None:
    pattern = re.compile(DATE_OR_PART, re.IGNORECASE)

    def find(text: str) -> None:
        list(dates(text))
        pattern.findall(text)

    assert worst(find, lambda size: start + shape * (size // len(shape)) + "x", (4000, 8000, 16000)) <= MOST
