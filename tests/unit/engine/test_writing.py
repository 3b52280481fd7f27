"""Which formulas Excel would shift when one is written to several cells."""

import pytest

from hscb_xl.engine.writing import is_shifted

LEFT_ALONE = [
    ("nothing but numbers", "=1+1"),
    ("an absolute cell", "=$A$2*2"),
    ("an absolute area on another sheet", "='Plan A1'!$A$1:$B$2"),
    ("absolute columns and rows", "=SUM($A:$B,$3:$4)"),
    ("a reference within a text", '=HYPERLINK("#Plan!A4","say ""A4"" here")'),
    ("a function whose name looks like a cell", "=LOG10($A$1)"),
    ("a name with a number behind it", "=As_Of1+Rate2015"),
    ("columns of a table", "=SUM(Plan[A1])+Plan[[#This Row],[B2]]"),
    ("a span of sheets", "=SUM(Jan:Mar!$A$1)"),
    ("another book", "=[1]Plan!$A$1"),
]
SHIFTED = [
    ("a cell", "=A2*2"),
    ("a cell in small letters", "=a2"),
    ("a cell on another sheet", "='My Lists'!A2"),
    ("a row that is fixed alone", "=A$1"),
    ("a column that is fixed alone", "=$A1"),
    ("the end of an area", "=SUM($A$1:A1)"),
    ("columns", "=SUM(A:B)"),
    ("rows", "=SUM(3:4)"),
    ("a cell behind a text", '="A1"&B1'),
]


@pytest.mark.parametrize("formula", [case[1] for case in LEFT_ALONE], ids=[case[0] for case in LEFT_ALONE])
def test_left_alone(formula: str) -> None:
    assert not is_shifted(formula)


@pytest.mark.parametrize("formula", [case[1] for case in SHIFTED], ids=[case[0] for case in SHIFTED])
def test_shifted(formula: str) -> None:
    assert is_shifted(formula)
