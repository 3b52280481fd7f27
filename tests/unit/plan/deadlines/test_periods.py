from datetime import date

import pytest

from hscb_xl.plan.deadlines.bywhen import Due, Unreadable, read
from hscb_xl.plan.deadlines.periods import Period, as_shown, first_day, in_words, last_day

STORED = date(2014, 10, 15)  # a day of the month that Excel did not choose itself

LEFT_ALONE = [
    ("dd/mm/yyyy", "a day"),
    ("d-mmm", "a day, if without its year"),
    ("ddd mmm yyyy", "a weekday is a day"),
    ("[$-F800]dddd, mmmm dd, yyyy", "the long date of Windows"),
    ("mmm yyyy h:mm", "a time of day"),
    ("mm:ss", "minutes, not months"),
    ("[mm]", "minutes in all"),
    ("General", "no date"),
    ("@", "text"),
    ("#,##0", "a number"),
    ("0", "a number"),
    ('"mmm-yy"', "words and no month"),
    (r"\m\y", "letters and no month"),
    ("", "cells of many formats"),
    ("[>41000]mmm-yy;dd/mm/yyyy", "a condition decides which half is shown"),
    ("m" * 256, "longer than Excel takes"),
]
SHOWN = [
    ("mmm-yy", "Oct-14", "month"),
    ("MMM-YY", "Oct-14", "month"),
    ("mmmm yyyy", "October 2014", "month"),
    ("[$-809]mmmm yyyy", "October 2014", "month"),
    ("[$-409]mmm\\-yy;@", "Oct-14", "month"),
    ("[$-en-GB]mmmm yyyy;@", "October 2014", "month"),
    ('mmmm" "yyyy', "October 2014", "month"),
    ("mmmm\\ yyyy", "October 2014", "month"),
    ("[Red]mmm yyyy", "Oct 2014", "month"),
    ("mmmm, yyyy_)", "October, 2014", "month"),
    ("*-mmm yyyy", "Oct 2014", "month"),
    ("mm/yyyy", "10/2014", "month"),
    ("m/yy", "10/14", "month"),
    ("yyyy-mm", "2014-10", "month"),
    ("mmm-yy;dd/mm/yyyy", "Oct-14", "month"),
    ('mmm-yy";"', "Oct-14;", "month"),
    ("mmmm", "October", "month"),
    ("mmmmm-yy", "O-14", "month"),
    ('yyyy"年"m"月"', "2014年10月", "month"),
    ("yyyy", "2014", "year"),
    ("yy", "14", "year"),
    ("e", "2014", "year"),
]


@pytest.mark.parametrize(("code", "why"), LEFT_ALONE)
def test_a_day_is_left_alone_and_why(code: str, why: str) -> None:
    assert as_shown(STORED, code) == STORED


@pytest.mark.parametrize(("code", "shown", "precision"), SHOWN)
def test_a_month_or_year_is_shown_as_it_stood(code: str, shown: str, precision: str) -> None:
    found = as_shown(STORED, code)
    assert isinstance(found, Period)
    assert (str(found), found.precision, found.stored, found.code) == (shown, precision, STORED, code)


@pytest.mark.parametrize(("code", "last"), [("mmm-yy", date(2016, 2, 29)), ("yyyy", date(2016, 12, 31))])
def test_as_a_deadline_it_is_its_last_day(code: str, last: date) -> None:
    shown = as_shown(date(2016, 2, 3), code)
    assert read(shown) == Due(last, "month" if code == "mmm-yy" else "year")
    assert last_day(shown) == last


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ('"end of "mmmm yyyy', Due(date(2014, 10, 31), "month")),
        ('"by "mmm-yy', Due(date(2014, 10, 31), "month")),
        ('"Q"yyyy', None),
        ('"early "mmmm yyyy', None),
        ('"from "mmmm yyyy', None),
    ],
)
def test_words_of_a_number_format_are_read_with_it(code: str, due: Due | None) -> None:
    found = read(as_shown(STORED, code))
    assert found == due if due else isinstance(found, Unreadable)


def test_a_month_far_off_is_no_deadline() -> None:
    found = read(as_shown(date(1905, 7, 7), "mmm-yy"))
    assert isinstance(found, Unreadable)
    assert "not a plan's year" in found.reason


def test_days_and_periods_side_by_side() -> None:
    day, month, year = (as_shown(STORED, code) for code in ("dd/mm/yyyy", "mmmm yyyy", "yyyy"))
    assert [first_day(each) for each in (day, month, year)] == [STORED, date(2014, 10, 1), date(2014, 1, 1)]
    assert [last_day(each) for each in (day, month, year)] == [STORED, date(2014, 10, 31), date(2014, 12, 31)]
    assert [in_words(each) for each in (day, month, year)] == ["15 October 2014", "October 2014", "2014"]
