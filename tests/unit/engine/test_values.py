"""Python values on their way to a cell and a cell's on their way back."""

import datetime as dt
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hscb_xl.engine.values import cleaned, prepared
from hscb_xl.ooxml.sheet.cells import CellError

MOMENT = dt.datetime(2015, 5, 12, 18, 30)

LEFT_ALONE = [
    ("a text", "a"),
    ("an empty text", ""),
    ("a number", 1.5),
    ("a whole number", 2**60),
    ("a flag, which is no number", True),
    ("a day", MOMENT.date()),
    ("a moment", MOMENT),
    ("a time", dt.time(18)),
    ("what no cell can hold, which is refused where its cell is known", {"a": 1}),
]
MISSING = [None, math.nan, np.nan, np.float32("nan"), Decimal("NaN"), pd.NA, pd.NaT, np.datetime64("NaT")]
READ_AS = [
    ("a number of numpy", np.float32(0.5), 0.5),
    ("a whole number of numpy", np.int64(7), 7),
    ("a flag of numpy", np.bool_(True), True),
    ("a decimal", Decimal("1.25"), 1.25),
    ("a moment of pandas", pd.Timestamp(MOMENT), MOMENT),
    ("a moment with a zone, which a cell cannot keep", MOMENT.replace(tzinfo=dt.UTC), MOMENT),
    ("a moment of numpy, to the nanosecond", np.datetime64("2015-05-12T18:30:00.000000000"), MOMENT),
    ("a day of numpy", np.datetime64("2015-05-12"), dt.datetime(2015, 5, 12)),
]


@pytest.mark.parametrize("value", [case[1] for case in LEFT_ALONE], ids=[case[0] for case in LEFT_ALONE])
def test_left_alone(value: Any) -> None:
    assert prepared(value) is value or (prepared(value), type(prepared(value))) == (value, type(value))


@pytest.mark.parametrize("value", MISSING, ids=repr)
def test_missing_values_leave_a_cell_empty(value: Any) -> None:
    assert prepared(value) is None


@pytest.mark.parametrize(("value", "plain"), [c[1:] for c in READ_AS], ids=[c[0] for c in READ_AS])
def test_read_as_plain_values(value: Any, plain: Any) -> None:
    assert prepared(value) == plain
    assert type(prepared(value)) is type(plain)


def day(year: int, month: int, day: int, **_: Any) -> dt.date:
    return dt.date(year, month, day)


def read(value: Any, err_to_str: bool = False) -> Any:
    return cleaned(value, day, "empty", int, err_to_str)


def test_a_cell_is_read_as_was_asked_for() -> None:
    assert [read(value) for value in (None, "", "a", 1.9, True, MOMENT)] == [
        "empty",
        "empty",
        "a",
        1,
        True,
        MOMENT.date(),
    ]
    assert cleaned(1.9, day, None, None, False) == 1.9
    assert read(CellError("#N/A")) is None
    assert read(CellError("#N/A"), err_to_str=True) == "#N/A"
