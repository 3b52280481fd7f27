"""Formulas cut into pieces, and references in them that follow sheets, rows, columns and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import references as formularefs
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.references import Move, copied, mentions, renamed, shifted
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.formula.tokens import tokens
from tests import growth

PIECES = {
    "SUM(Sheet1!A1:B2)": ["function SUM", "sheet Sheet1!", "cells A1:B2"],
    "'It''s, here'!$A$1": ["sheet 'It''s, here'!", "cells $A$1"],
    "[1]Sheet1!A1": ["sheet [1]Sheet1!", "cells A1"],
    "[1]!Rate": ["sheet [1]!", "name Rate"],
    "'C:\\a\\[B.xlsx]S 1'!A1": ["sheet 'C:\\a\\[B.xlsx]S 1'!", "cells A1"],
    "Jan:Mar!A1": ["sheet Jan:Mar!", "cells A1"],
    "A1:Mar!B2": ["cells A1", "sheet Mar!", "cells B2"],
    "Plan[[#This Row],[Due '#]]": ["name Plan", "brackets [[#This Row],[Due '#]]"],
    "Plan[A1]": ["name Plan", "brackets [A1]"],
    "LOG10(B2)": ["function LOG10", "cells B2"],
    "A:B $5:7": ["cells A:B", "cells $5:7"],
    "TAX2013+TAXES2013+XFE1+A1048577": ["cells TAX2013", "name TAXES2013", "name XFE1", "name A1048577"],
    "R1C1+RC+A1.x": ["name R1C1", "name RC", "name A1.x"],
    '{1,2;3,"A1"}': [],
    '"Plan!A1"&A1': ["cells A1"],
    "#REF!A1+#N/A": [],
    "Plan!#REF!": ["sheet Plan!"],
    "A1#": ["cells A1"],
    "1E5+2.5": [],
    "A1:INDEX(B:B,2)": ["cells A1", "function INDEX", "cells B:B"],
    "Größe!A1+日本!B2": ["sheet Größe!", "cells A1", "sheet 日本!", "cells B2"],
}


@pytest.mark.parametrize(("formula", "pieces"), PIECES.items())
def test_pieces(formula: str, pieces: list[str]) -> None:
    found = tokens(formula)
    assert "".join(token.text for token in found) == formula
    assert [f"{token.kind} {token.text}" for token in found if token.kind != "other"] == pieces


@given(st.text(alphabet="AB1$:!'\"[]#(){}, .Plan\\é"))
def test_no_piece_is_lost(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


NOT_RENAMED = {
    "another sheet": "Planning!A1+'Old Plan'!B2",
    "another book's": "[1]Plan!A1+'C:\\[x.xlsx]Plan'!A1",
    "a text": 'INDIRECT("Plan!A1")',
    "a table": "SUM(Plan[Due],Plan[[#This Row],[Plan!]])",
    "a name": "Plan+1",
    "a function": "PLAN(1)",
}
RENAMED = {
    "Plan!A1": "'My Plan'!A1",
    "plan!A1:Plan!B2": "'My Plan'!A1:'My Plan'!B2",
    "'Plan'!$A$1+SUM(PLAN!A:A)": "'My Plan'!$A$1+SUM('My Plan'!A:A)",
    "SUM(Plan:Lists!A1)": "SUM('My Plan:Lists'!A1)",
    "SUM('A b:Plan'!A1)": "SUM('A b:My Plan'!A1)",
    "Plan!#REF!": "'My Plan'!#REF!",
    "Plan!Local": "'My Plan'!Local",
    "[0]Plan!A1": "'[0]My Plan'!A1",
}


@pytest.mark.parametrize("formula", NOT_RENAMED.values(), ids=NOT_RENAMED)
def test_a_new_name_of_a_sheet_does_not_concern(formula: str) -> None:
    assert renamed(formula, "Plan", "My Plan") == formula
    assert not mentions(formula, "Plan", "Lists")


@pytest.mark.parametrize(("before", "after"), RENAMED.items())
def test_a_new_name_of_a_sheet_is_followed(before: str, after: str) -> None:
    assert renamed(before, "Plan", "My Plan") == after
    assert mentions(before, "Plan", "Lists")


@pytest.mark.parametrize(
    ("name", "written"),
    {
        "Plain_1.x": "Plain_1.x!A1",
        "It's": "'It''s'!A1",
        "AB12": "'AB12'!A1",
        "RC": "'RC'!A1",
        "2015": "'2015'!A1",
        "true": "'true'!A1",
        "a-b": "'a-b'!A1",
    }.items(),
)
def test_a_name_is_quoted_where_need_be(name: str, written: str) -> None:
    assert renamed("Plan!A1", "Plan", name) == written
    assert renamed(written, name, "Plan") == "Plan!A1"


def test_cells_without_a_sheet_are_those_of_the_formulas_own() -> None:
    assert mentions("A1", "Plan", "plan")
    assert not mentions("A1", "Plan", "Lists")
    assert not mentions("A1", "Plan", None)


def test_a_sheet_between_others_is_meant_where_the_order_says_so() -> None:
    order = ["First", "Mid", "Last", "Out"]
    assert mentions("SUM(First:Last!A1)", "mid", "Out", order)
    assert not mentions("SUM(First:Last!A1)", "Out", "Out", order)


references = st.builds(
    lambda sheet, left, top, width, height, marks: (
        f"{sheet}{marks[0]}{refs.letters(left)}{marks[1]}{top}:"
        f"{marks[2]}{refs.letters(left + width)}{marks[3]}{top + height}"
    ),
    st.sampled_from(["", "Plan!", "Lists!", "'My Plan'!", "Plan:Lists!"]),
    st.integers(1, 900), st.integers(1, 900), st.integers(0, 9), st.integers(0, 9),
    st.tuples(*[st.sampled_from(["", "$"])] * 4),
)  # fmt: skip
formulas = st.lists(references | st.sampled_from(["Rate", "Plan[Due]", '"Plan!A1"', "1.5"])).map("+".join)
sheet_names = st.text(alphabet="aZ9_. -'é&(", min_size=1, max_size=8).filter(
    lambda name: name[0] != "'" != name[-1]
)


@given(formulas, sheet_names)
def test_renamed_there_and_back(formula: str, name: str) -> None:
    assert renamed(renamed(formula, "Plan", f"x{name}"), f"x{name}", "Plan") == formula


IN_ROWS = [
    ("A5", 5, 2, True, "A7"),
    ("A4", 5, 2, True, "A4"),
    ("$A$4:B$6", 5, 2, True, "$A$4:B$8"),
    ("B6:A4", 5, 2, True, "B8:A4"),
    ("4:6", 5, 2, True, "4:8"),
    ("A:B", 1, 2, True, "A:B"),
    ("A1:A1048576", 5, 2, True, "A1:A1048576"),
    ("A1048575:A1048576", 5, 1, True, "A1048576:A1048576"),
    ("A1048576", 5, 1, True, "#REF!"),
    ("A5", 5, 1, False, "#REF!"),
    ("A7", 5, 2, False, "A5"),
    ("A4:A9", 5, 2, False, "A4:A7"),
    ("A5:A9", 5, 2, False, "A5:A7"),
    ("A6:A9", 5, 2, False, "A5:A7"),
    ("A1:A6", 5, 2, False, "A1:A4"),
    ("A5:A6", 5, 2, False, "#REF!"),
    ("Plan!$A$5", 5, 1, False, "Plan!#REF!"),
    ("Lists!A5", 5, 1, False, "Lists!A5"),
    ("[1]Plan!A5", 5, 1, False, "[1]Plan!A5"),
    ("SUM(Plan!A7,Rate,A9)", 5, 2, False, "SUM(Plan!A5,Rate,A7)"),
    ('INDIRECT("A9")', 5, 2, False, 'INDIRECT("A9")'),
]


@pytest.mark.parametrize(("before", "first", "count", "inserting", "after"), IN_ROWS)
def test_rows_that_come_or_go(before: str, first: int, count: int, inserting: bool, after: str) -> None:
    assert shifted(before, "Plan", "Plan", Move.of_rows(first, count, inserting)) == after


@pytest.mark.parametrize(
    ("before", "after"), {"C:D": "C:F", "$D7": "$F7", "3:4": "3:4", "B2:C3": "B2:C3"}.items()
)
def test_columns_that_come(before: str, after: str) -> None:
    move = Move.of_columns(4, 2, inserting=True)
    assert shifted(f"Plan!{before}+{before}", "Lists", "Plan", move) == f"Plan!{after}+{before}"


def test_a_block_that_comes_moves_only_what_lies_behind_it() -> None:
    move = Move(Area(5, 2, 6, 3), "rows", inserting=True)
    assert shifted("A9+B9+C4:C9+D9+B2:E3", "Plan", "Plan", move) == "A9+B11+C4:C11+D9+B2:E3"
    with pytest.raises(UnsafeEdit, match=r"A9:B9 lie partly beside B5:C6"):
        shifted("A9:B9", "Plan", "Plan", move)


def test_cells_on_several_sheets_do_not_follow_one_of_them() -> None:
    move = Move.of_rows(5, 1, inserting=True)
    assert shifted("Plan:Lists!A4", "Plan", "Plan", move) == "Plan:Lists!A4"
    with pytest.raises(UnsafeEdit, match="several sheets at once"):
        shifted("Plan:Lists!A5", "Plan", "Plan", move)


one_sheet = st.lists(references.filter(lambda text: ":Lists" not in text)).map("+".join)


@given(one_sheet, st.integers(1, 950), st.integers(1, 20), st.booleans())
def test_what_comes_and_goes_again_changes_nothing(formula: str, first: int, count: int, down: bool) -> None:
    of = Move.of_rows if down else Move.of_columns
    there = shifted(formula, "Plan", "Plan", of(first, count, inserting=True))
    assert shifted(there, "Plan", "Plan", of(first, count, inserting=False)) == formula


COPIED = {
    "A1": "C4",
    "$A$1": "$A$1",
    "$A1:A$5": "$A4:C$5",
    "A1:$A$2": "$A$2:C4",
    "Lists!B2+[1]X!B2": "Lists!D5+[1]X!D5",
    "A:$A": "$A:C",
    "2:2": "5:5",
    "XFD1": "#REF!",
    "A1048574": "#REF!",
    "Rate+Plan[Due]": "Rate+Plan[Due]",
    '"A1"': '"A1"',
}


@pytest.mark.parametrize(("before", "after"), COPIED.items())
def test_copied_three_rows_down_and_two_columns_to_the_right(before: str, after: str) -> None:
    assert copied(before, 3, 2) == after


def test_copied_beyond_the_first_row_or_column() -> None:
    assert copied("A2+B1", -1, 0) == "A1+#REF!"


def test_tables_and_names_follow_their_new_names() -> None:
    assert (
        formularefs.tables_renamed("SUM(Plan[a],Plan!A1,Plans)", {"plan": "Plan2"})
        == "SUM(Plan2[a],Plan!A1,Plans)"
    )
    rename = formularefs.name_renamed
    assert (
        rename('rate+RATES+S!Rate+"Rate"', "Rate", "Ratio", None, None, {"s"}) == 'Ratio+RATES+S!Rate+"Rate"'
    )
    assert rename("Rate+S!Rate", "Rate", "Ratio", "T", "S") == "Rate+S!Ratio"
    assert rename("Rate+S!Rate", "Rate", "Ratio", "s", "S") == "Ratio+S!Ratio"
    assert rename("Rate+T!Rate+[0]!Rate", "Rate", "Ratio", "S", None, {"s"}) == "Rate+T!Ratio+[0]!Ratio"
    assert formularefs.uses_name("SUM([0]!Rate)", "rate", None, None)
    assert not formularefs.uses_name("Rate[a]+[1]!Rate", "Rates", None, None)


PIECES_OF = ["é", "1", "'", "''", '"', "[", "[a", "A1+", "$", "!", ":", "é.", "#REF!", "'a"]


@pytest.mark.parametrize("piece", PIECES_OF)
@pytest.mark.parametrize("end", ["", "x", "'!"])
def test_a_formula_costs_no_more_than_its_length(piece: str, end: str) -> None:
    """Twice the formula takes twice the time; it was for ever where letters beyond ASCII stood in a name."""

    def made(length: int) -> str:
        return (piece * length)[:length] + end

    assert growth.worst(tokens, made, (2000, 4000, 8000, 16_000)) <= growth.MOST
