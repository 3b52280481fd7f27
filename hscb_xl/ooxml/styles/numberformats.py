"""Number formats: the built-in codes, which of them show a date, and days as the numbers Excel stores."""

import re
from datetime import date, datetime, time, timedelta

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Format codes that stand in no file (ECMA-376 part 1, 18.8.30)."""

LOCAL = (14, 22)
"""Built-in formats that show what the reader's system says; written out, a code means itself everywhere."""

_EAST_ASIAN_DATES = (*range(27, 37), *range(50, 59))
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\[\]]*\]', re.IGNORECASE)
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_END = (datetime(9999, 12, 31) - _EPOCH).days + 1
"""The first number behind the last day."""
_DAY = 86_400_000
"""Milliseconds in a day."""


def shows_date(number_format_id: int, code: str) -> bool:
    """Whether a number format shows its number as a date or a time."""
    if number_format_id in _EAST_ASIAN_DATES:
        return True
    shown = _NOT_SHOWN.sub("", code).split(";")[0]
    return "general" not in shown.lower() and bool(re.search(r"[dmyhs]", shown, re.IGNORECASE))


def from_serial(serial: float, date1904: bool) -> datetime | None:
    """The moment a date cell holds, to the millisecond, or None for a number that is no date of Excel's.

    Excel counts days from 1900 and believes that year was a leap year, so numbers below 61 are a day off.
    """
    first, end = (0, _END - 1462) if date1904 else (1, _END)
    if not first <= serial < end:
        return None
    days = serial + 1 if serial < 60 and not date1904 else serial
    # The very last moments would round into the year 10000, which no date has.
    milliseconds = min(round(days * _DAY), end * _DAY - 1)
    return (_EPOCH_1904 if date1904 else _EPOCH) + timedelta(milliseconds=milliseconds)


def to_serial(value: date | datetime | time, date1904: bool) -> float:
    """The number Excel stores for a day or a moment; ValueError before Excel's first day."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86400
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    since = moment.replace(tzinfo=None) - (_EPOCH_1904 if date1904 else _EPOCH)
    serial = since.days + (since.seconds + since.microseconds / 1e6) / 86400
    if not date1904 and serial < 61:
        serial -= 1
    if serial < (0 if date1904 else 1):
        raise ValueError(f"{value} lies before the first day a workbook can hold")
    return serial
