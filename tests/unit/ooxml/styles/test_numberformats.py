"""Which number formats show a date, and days as the numbers Excel stores."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.ooxml.styles import numberformats

NO_DATES = [
    ("general", "General"),
    ("a number", "#,##0.00"),
    ("text", "@"),
    ("a power", "0.00E+00"),
    ("a colour beginning with d's letters", "[Red]0;[Magenta]0"),
    ("letters in quotes", '0 "days"'),
    ("letters behind a backslash", r"0\d"),
    ("a currency with a locale", "[$-809]#,##0"),
    ("a space as wide as a letter", "0_d"),
    ("a filler", "*d0"),
    ("a semicolon in quotes", '"d;m"0'),
    ("only a later section has a date", "0;dd/mm/yyyy"),
]
DATES = [
    ("a day", "dd/mm/yyyy"),
    ("a month in words", "d mmmm yyyy"),
    ("a time", "h:mm:ss"),
    ("hours that add up", "[h]:mm"),
    ("minutes that add up", "[mm]"),
    ("a locale", "[$-809]dd mmmm yyyy;@"),
    ("a system's long date", "[$-F800]dddd, mmmm dd, yyyy"),
    ("capitals", "DD/MM/YYYY"),
    ("escaped separators", r"dd\-mm\-yy"),
]


@pytest.mark.parametrize("code", [case[1] for case in NO_DATES], ids=[case[0] for case in NO_DATES])
def test_shows_no_date(code: str) -> None:
    assert not numberformats.shows_date(164, code)


@pytest.mark.parametrize("code", [case[1] for case in DATES], ids=[case[0] for case in DATES])
def test_shows_a_date(code: str) -> None:
    assert numberformats.shows_date(164, code)


def test_built_in_formats_are_known() -> None:
    shown = [n for n, code in numberformats.BUILT_IN.items() if numberformats.shows_date(n, code)]
    assert shown == [14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]
    assert numberformats.shows_date(27, "General")


SERIALS = [
    (date(1900, 1, 1), 1, False),
    (date(1900, 2, 28), 59, False),
    (date(1900, 3, 1), 61, False),
    (date(2015, 5, 12), 42136, False),
    (datetime(2015, 5, 12, 18), 42136.75, False),
    (date(9999, 12, 31), 2958465, False),
    (date(1904, 1, 1), 0, True),
    (date(2015, 5, 12), 40674, True),
]


@pytest.mark.parametrize(("day", "serial", "date1904"), SERIALS)
def test_days_and_their_numbers(day: date, serial: float, date1904: bool) -> None:
    assert numberformats.to_serial(day, date1904) == serial
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    assert numberformats.from_serial(serial, date1904) == moment


@pytest.mark.parametrize(
    ("serial", "date1904"), [(0.5, False), (-1, False), (2958466, False), (-1, True), (2957004, True)]
)
def test_numbers_that_are_no_days(serial: float, date1904: bool) -> None:
    assert numberformats.from_serial(serial, date1904) is None


LAST = [(math.nextafter(2958466, 0), False), (2957003.75, True), (math.nextafter(2957004, 0), True)]


@pytest.mark.parametrize(("serial", "date1904"), LAST)
def test_the_last_day_lasts_until_midnight(serial: float, date1904: bool) -> None:
    moment = numberformats.from_serial(serial, date1904)
    assert moment is not None
    assert moment.date() == date(9999, 12, 31)
    assert moment.time() == (time(18) if serial % 1 == 0.75 else time(23, 59, 59, 999_000))


def test_the_day_that_never_was_is_read_as_the_one_before() -> None:
    assert numberformats.from_serial(60, False) == datetime(1900, 2, 28)


@pytest.mark.parametrize(("day", "date1904"), [(date(1899, 12, 31), False), (date(1903, 12, 31), True)])
def test_a_day_before_the_first_is_refused(day: date, date1904: bool) -> None:
    with pytest.raises(ValueError, match="before the first day"):
        numberformats.to_serial(day, date1904)


def test_a_time_is_a_part_of_a_day() -> None:
    assert numberformats.to_serial(time(18), False) == 0.75


@given(st.datetimes(datetime(1904, 1, 1), datetime.max), st.booleans())
def test_moments_come_back_to_the_millisecond(moment: datetime, date1904: bool) -> None:
    back = numberformats.from_serial(numberformats.to_serial(moment, date1904), date1904)
    assert back is not None
    assert abs(back - moment) <= timedelta(milliseconds=1)
