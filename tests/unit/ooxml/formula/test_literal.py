"""Which formulas have a value that nothing on a sheet can change."""

import pytest

from hscb_xl.ooxml.formula.literal import literal_value

LITERAL = [
    ('HYPERLINK("#Plan!A5","Action 4")', "Action 4"),
    ('hyperlink("https://example.org","x")', "x"),
    ('HYPERLINK("#Plan!A5","say ""when""")', 'say "when"'),
    ('HYPERLINK("","")', ""),
]
LIVE = [
    ("a reference", 'HYPERLINK("#Plan!A5",A5)'),
    ("an address that is put together", 'HYPERLINK("#Plan!A"&5,"x")'),
    ("no name to show", 'HYPERLINK("#Plan!A5")'),
    ("two links", 'HYPERLINK("a","b")&HYPERLINK("c","d")'),
    ("quotes that are not doubled", 'HYPERLINK("a","b"c")'),
    ("inside another", 'T(HYPERLINK("a","b"))'),
    ("another function", "TODAY()"),
    ("a number", "1"),
    ("the end of a shared formula", ""),
]


@pytest.mark.parametrize(("formula", "value"), LITERAL)
def test_a_link_that_is_written_out_is_known(formula: str, value: str) -> None:
    assert literal_value(formula) == value


@pytest.mark.parametrize("formula", [case[1] for case in LIVE], ids=[case[0] for case in LIVE])
def test_everything_else_has_to_be_calculated(formula: str) -> None:
    assert literal_value(formula) is None
