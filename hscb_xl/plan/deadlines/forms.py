"""The written forms of a deadline as one table: a pattern beside the reader of what it matches.

The day always comes first (design, section 5). A month before two digits is a month of a year, as this
country does not write the day behind it: "Oct 14" is October 2014; only with the whole year behind both
("October 31, 2014") or as an ordinal ("July 1st 17") are the digits a day. Two-digit years are 2000 to 2068
and 1969 to 1999.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Literal

from hscb_xl.plan import wording
from hscb_xl.plan.deadlines import months

Precision = Literal["day", "week", "month", "quarter", "year"]
# The last day that a form names, with its precision, or the reason why it names none.
Found = tuple[date, Precision] | str
_Reader = Callable[[re.Match[str]], Found]
Form = tuple[str, _Reader]

FIRST_YEAR, LAST_YEAR = 1990, 2100
_LAST_OF_2000S = 68
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_COUNTED = {"one": 1, "two": 2, "three": 3, "four": 4}

_GAP = r"[\s.,/'’–-]*"
_ORDINAL = r"(?P<day>\d{1,2})\s?(?:st|nd|rd|th)"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_MONTH = rf"(?P<name>{months.NAMES})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY_NAMES, _DAY_ENDS = "mon|tue|wed|thu|fri|sat|sun", r"(?:s|nes|r|rs|ur)?(?:day)?"
WEEKDAY = f"(?:{_DAY_NAMES}){_DAY_ENDS}"
_WEEKDAY = rf"(?:(?P<weekday>{_DAY_NAMES}){_DAY_ENDS}[\s.,-]*(?:the\s+)?)?"
_PAIR = r"(?P<year>\d{4}|\d{2})\s*[/-]\s*(?P<next>\d{4}|\d{2})"
_FINANCIAL = r"(?:fy\s*|(?:the\s+)?(?:financial|fiscal)\s+year\s+(?:end(?:ing)?\s+)?)"
_QUARTER = (
    r"(?:(?:q|qtr|quarter)\.?\s*(?P<quarter>\d|(?:one|two|three|four)\b)"
    r"|(?P<ordinal>first|second|third|fourth|final|last|[1-4](?:st|nd|rd|th))\s+(?:quarter|qtr))"
)
_OF = r"(?:\s+(?:of|in|for)\s+|[\s,:'(-]*)"


def form(text: str) -> Found | None:
    """What ``text`` as a whole names by the first form that it has, None where it has none."""
    return _first(FORMS, text)


def _first(forms: tuple[Form, ...], text: str) -> Found | None:
    for pattern, reader in forms:
        match = _compiled(pattern).fullmatch(text)
        if match:
            return reader(match)
    return None


def sane(day: date, precision: Precision = "day") -> Found:
    """``day`` as a deadline, unless its year cannot be a plan's."""
    return _outside(day.year) or (day, precision)


def _outside(year: int) -> str:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    return f"{year} is not a plan's year, which lies between {FIRST_YEAR} and {LAST_YEAR}"


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= _LAST_OF_2000S else 1900)


def _last_of(year: int, month: int, precision: Precision) -> Found:
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    return _outside(year) or (date(year, month, monthrange(year, month)[1]), precision)


def _day(match: re.Match[str], month: int) -> Found:
    year, day = _year(match["year"]), int(match["day"])
    last = _last_of(year, month, "day")
    if isinstance(last, str):
        return last
    if not 1 <= day <= last[0].day:
        return f"there is no {day} {wording.MONTHS[month - 1]} {year}"
    return _on_its_weekday(date(year, month, day), match.groupdict().get("weekday"))


def _on_its_weekday(day: date, weekday: str | None) -> Found:
    if weekday and _WEEKDAYS.index(weekday.casefold()) != day.weekday():
        return f"{wording.written(day)} is not the day of the week that stands with it"
    return day, "day"


def _named_day(match: re.Match[str]) -> Found:
    return _day(match, months.number(match["name"]))


def _numbered_day(match: re.Match[str]) -> Found:
    month = int(match["month"])
    if month > 12:
        return f"the day comes first and there is no month {month}"
    return _day(match, month)


def _year_first(match: re.Match[str]) -> Found:
    return _day(match, int(match["month"]))


def _named_month(match: re.Match[str]) -> Found:
    return _last_of(_year(match["year"]), months.number(match["name"]), "month")


def _numbered_month(match: re.Match[str]) -> Found:
    return _last_of(_year(match["year"]), int(match["month"]), "month")


def _financial_year(match: re.Match[str]) -> Found:
    year = _year(match["year"])
    if not _consecutive(match):
        return "its two years do not follow each other, as those of a financial year do"
    return _last_of(year + 1, 3, "year")


def _consecutive(match: re.Match[str]) -> bool:
    following = str(_year(match["year"]) + 1)
    return match["next"] in (following, following[-2:])


def _pair_or_month(match: re.Match[str]) -> Found:
    """The text "2014-15" is a financial year and "2014-10" a month, but "2009-10" could be either."""
    month = int(match["next"])
    if not 1 <= month <= 12:
        return _financial_year(match)
    if _consecutive(match):
        return "it can be a financial year or a month of one year"
    return _last_of(_year(match["year"]), month, "month")


def _quarter(match: re.Match[str]) -> int:
    ordinal = (match["ordinal"] or "").casefold()
    number = (match["quarter"] or "").casefold()
    return _ORDINALS.get(ordinal) or _COUNTED.get(number) or int(number or ordinal[0])


def _calendar_quarter(match: re.Match[str]) -> Found:
    quarter = _quarter(match)
    if not 1 <= quarter <= 4:
        return f"a year has four quarters, so there is no quarter {quarter}"
    return _last_of(_year(match["year"]), 3 * quarter, "quarter")


def _financial_quarter(match: re.Match[str]) -> Found:
    """The financial year starts in April, so its fourth quarter ends in March of the second year."""
    end, quarter = _financial_year(match), _quarter(match)
    if isinstance(end, str):
        return end
    if not 1 <= quarter <= 4:
        return f"a year has four quarters, so there is no quarter {quarter}"
    return _last_of(end[0].year if quarter == 4 else end[0].year - 1, (3 * quarter) % 12 + 3, "quarter")


def _one_year(match: re.Match[str]) -> Found:  # noqa: ARG001 - every reader of the table takes its match
    return "one year does not tell which financial year is meant, so write both, such as 2014/15"


def _end_of_year(match: re.Match[str]) -> Found:
    return _last_of(int(match["year"]), 12, "year")


def _week_commencing(match: re.Match[str]) -> Found:
    return _week(match["rest"], timedelta(days=6))


def _week_ending(match: re.Match[str]) -> Found:
    return _week(match["rest"], timedelta(days=0))


def _week(named_by: str, rest_of_week: timedelta) -> Found:
    day = _first(DAYS, named_by)
    if day is None:
        return "its week is not named by a day with month and year"
    if isinstance(day, str):
        return day
    last = day[0] + rest_of_week
    return _outside(last.year) or (last, "week")


@cache  # compiled when it is first tried: most plans write their deadlines in one of the first forms
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


DAYS: tuple[Form, ...] = (
    (rf"{_WEEKDAY}{_DAY}(?:\s+of\s+|{_GAP}){_MONTH}{_GAP}{_YEAR}", _named_day),
    (rf"{_WEEKDAY}(?P<day>\d{{1,2}})\s?[./-]\s?(?P<month>\d{{1,2}})\s?[./-]\s?{_YEAR}", _numbered_day),
    (rf"{_WEEKDAY}{_MONTH}\.?\s*(?:the\s+)?{_DAY},?\s+(?P<year>\d{{4}})", _named_day),
    (rf"{_WEEKDAY}{_MONTH}\.?\s*(?:the\s+)?{_ORDINAL},?\s+'?{_YEAR}", _named_day),
    (r"(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})", _year_first),
)
MONTHS: tuple[Form, ...] = (
    (rf"{_MONTH}(?:\s+of\s+|{_GAP}){_YEAR}", _named_month),
    (r"(?P<month>\d{1,2})\s?[./-]\s?(?P<year>\d{4})", _numbered_month),
)
YEARS: tuple[Form, ...] = (
    (r"(?P<year>\d{4})-(?P<next>\d\d)", _pair_or_month),
    (r"(?P<year>\d{4})\s*[/-]\s*(?P<next>\d{4}|\d\d)", _financial_year),
    (rf"{_FINANCIAL}{_PAIR}", _financial_year),
)
QUARTERS: tuple[Form, ...] = (
    (rf"{_QUARTER}{_OF}{_FINANCIAL}?{_PAIR}\)?", _financial_quarter),
    (rf"{_FINANCIAL}?{_PAIR}[\s,:-]*{_QUARTER}", _financial_quarter),
    (rf"{_QUARTER}{_OF}(?P<year>\d{{4}})", _calendar_quarter),
    (rf"(?P<year>\d{{4}})[\s,:-]*{_QUARTER}", _calendar_quarter),
)
FORMS: tuple[Form, ...] = (
    *DAYS,
    *MONTHS,
    *YEARS,
    *QUARTERS,
    (rf"{_FINANCIAL}'?\d{{2,4}}|(?:the\s+)?year[\s-]end\s+\d{{4}}", _one_year),
    (rf"{_QUARTER}{_OF}{_FINANCIAL}\d{{2,4}}", _one_year),
    (r"(?:the\s+)?end[\s-]+(?:of\s+)?(?:calendar\s+year\s+)?(?P<year>\d{4})", _end_of_year),
    (
        r"(?:(?:week|wk)\s+(?:commencing|beginning|starting)|w\s?[/.]?\s?[cb])\b\.?:?\s*(?P<rest>.+)",
        _week_commencing,
    ),
    (r"(?:(?:week|wk)\s+(?:ending|ended)|w\s?[/.]\s?e)\b\.?:?\s*(?P<rest>.+)", _week_ending),
)
