"""Values on their way from Python to a cell and back."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hscb_xl.ooxml.sheet.cells import CellError

_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


def prepared(value: Any) -> Any:
    """A Python value as a cell takes it.

    Missing values (None, NaN, NaT, NA) become an empty cell, numbers of numpy and decimals plain numbers,
    moments of numpy and pandas plain moments to the microsecond.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if _is_missing(value):
        return None
    if isinstance(value, float | Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        return _moment(value, dt.datetime)
    return _of_numpy(value) if hasattr(value, "dtype") else value


def cleaned(
    value: Any,
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> Any:
    """A cell's value as the reader asked for it."""
    if value is None or value == "":
        return empty_as
    if isinstance(value, CellError):
        return value.code if err_to_str else None
    if isinstance(value, dt.datetime):
        return _moment(value, datetime_builder)
    if number_builder is not None and isinstance(value, float):
        return number_builder(value)
    return value


def _is_missing(value: Any) -> bool:
    """Whether a value differs from itself; pandas' NA answers that question with itself."""
    different = value != value
    return different is value or different is True or (hasattr(different, "dtype") and bool(different))


def _moment(value: dt.datetime, builder: Callable[..., Any]) -> Any:
    return builder(**{part: getattr(value, part) for part in _PARTS}, tzinfo=None)


def _of_numpy(value: Any) -> Any:
    """The plain value of a number, a flag or a moment of numpy."""
    return value.astype("datetime64[us]").item() if value.dtype.kind == "M" else value.item()
