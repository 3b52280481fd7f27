"""Data validation: found, put in place of what was there, taken away; rules of others stay."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.rules import validations
from hscb_xl.ooxml.sheet.part import SheetPart
from tests.unit.ooxml import made

RULE = (
    '<dataValidation type="list" allowBlank="1" showErrorMessage="1" error="Choose one" sqref="{}" '
    'xr:uid="{{1}}"><formula1>"a,b"</formula1></dataValidation>'
)
WHOLE = (
    '<dataValidation type="whole" sqref="D1:D9 F1"><formula1>1</formula1><formula2>9</formula2>'
    "</dataValidation>"
)
BLOCK = '<dataValidations xmlns:xr="xr" count="2">' + RULE.format("B1:B9") + WHOLE + "</dataValidations>"
EXTENSION = (
    '<extLst><ext uri="{{CCE6A557}}"><x14:dataValidations xmlns:x14="x14" xmlns:xm="xm" count="{}">{}'
    "</x14:dataValidations></ext>{}</extLst>"
)
X14 = (
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lists!$A$1:$A$9</xm:f></x14:formula1>'
    "<xm:sqref>{}</xm:sqref></x14:dataValidation>"
)


def put(sheet: SheetPart, address: str, *values: str) -> None:
    validations.put(sheet, refs.area(address), "list", {}, ('"' + ",".join(values) + '"',))


def kinds(sheet: SheetPart, address: str) -> list[tuple[str, str | None]]:
    return [(rule.kind, rule.formula1) for rule in validations.find(sheet, refs.area(address))]


def test_rules_are_found_where_they_hold() -> None:
    sheet = made.sheet(after=BLOCK)
    assert kinds(sheet, "A1:D1") == [("list", '"a,b"'), ("whole_number", "1")]
    assert kinds(sheet, "F1") == [("whole_number", "1")]
    assert kinds(sheet, "E1") == []


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_put_twice_it_is_there_once(prefix: str) -> None:
    sheet = made.sheet(prefix=prefix)
    before = sheet.data
    put(sheet, "B1:B9", "a", "b & c")
    once = sheet.data
    put(sheet, "B1:B9", "a", "b & c")
    assert sheet.data == once
    put(sheet, "C1", "d")
    assert f'<{prefix}dataValidations count="2">'.encode() in sheet.data
    validations.delete(sheet, refs.area("C1"))
    assert sheet.data == once
    validations.delete(sheet, refs.area("A1:Z9"))
    assert sheet.data == before


def test_a_rule_of_others_that_says_the_same_stays_byte_for_byte() -> None:
    sheet = made.sheet(after=BLOCK)
    put(sheet, "B1:B9", "a", "b")
    assert sheet.data == made.worksheet(after=BLOCK)


def test_another_rule_takes_its_place_and_keeps_its_messages() -> None:
    sheet = made.sheet(after=BLOCK)
    put(sheet, "B1:B9", "c")
    assert kinds(sheet, "B5") == [("list", '"c"')]
    assert sheet.data.count(b'error="Choose one"') == 1
    assert WHOLE.encode() in sheet.data
    assert b'count="2"' in sheet.data


@pytest.mark.parametrize(
    ("held", "gone", "left"),
    [
        ("D1:D9", "D4", "D1:D3 D5:D9"),
        ("D1:D9", "D1:D3", "D4:D9"),
        ("M2:P5", "N3:O4", "M2:P2 M3:M4 P3:P4 M5:P5"),
        ("M2:P5", "L1:N9", "O2:P5"),
        ("D1:D9 F1", "D1:Z1", "D2:D9"),
        ("D1:D9 F1", "F1:G2", "D1:D9"),
    ],
)
def test_a_rule_that_reaches_further_goes_on_holding_there(held: str, gone: str, left: str) -> None:
    sheet = made.sheet(after=BLOCK.replace("D1:D9 F1", held))
    validations.delete(sheet, refs.area(gone))
    assert sheet.data == made.worksheet(after=BLOCK.replace("D1:D9 F1", left))
    for kept in left.split():
        assert kinds(sheet, kept) == [("whole_number", "1")]


def test_a_new_rule_takes_its_cells_from_one_that_reaches_further() -> None:
    sheet = made.sheet(after=BLOCK)
    put(sheet, "B1:B3", "c")
    assert [kinds(sheet, cells) for cells in ("B3", "B4", "B9")] == [
        [("list", '"c"')],
        [("list", '"a,b"')],
        [("list", '"a,b"')],
    ]
    assert sheet.data.count(b'error="Choose one"') == 2
    assert b'count="3"' in sheet.data


def test_the_same_rule_for_some_of_its_cells_changes_nothing() -> None:
    sheet = made.sheet(after=BLOCK)
    put(sheet, "B2:B3", "a", "b")
    assert sheet.data == made.worksheet(after=BLOCK)


RELATIVE = (
    '<dataValidations><dataValidation type="custom" sqref="{}"><formula1>LEN({})&gt;1</formula1>'
    "</dataValidation></dataValidations>"
)


@pytest.mark.parametrize(
    ("held", "gone", "left", "before", "after"),
    [
        ("D1:D9", "D4", "D1:D3 D5:D9", "D1", "D1"),
        ("D1:D9", "D1:D3", "D4:D9", "D1", "D4"),
        ("D1:D9", "D1:D3", "D4:D9", "$D$1", "$D$1"),
        ("C2:E9", "C1:C9", "D2:E9", "C$1", "D$1"),
        ("D1:D9 F5", "D1:D9", "F5", "$A1", "$A5"),
    ],
)
def test_a_formula_says_the_same_of_the_cells_that_are_left(
    held: str, gone: str, left: str, before: str, after: str
) -> None:
    sheet = made.sheet(after=RELATIVE.format(held, before))
    validations.delete(sheet, refs.area(gone))
    assert sheet.data == made.worksheet(after=RELATIVE.format(left, after))


@pytest.mark.parametrize(("held", "gone"), [("D1:D9 A5", "D1"), ("D2:D9", "D2:D8")])
def test_a_formula_that_cannot_follow_is_refused_and_left(held: str, gone: str) -> None:
    after = RELATIVE.format(held, "XFD1048570")
    sheet = made.sheet(after=after)
    with pytest.raises(UnsafeEdit, match=rf"Plan!{held} in plan\.xlsx has a data validation whose formula"):
        validations.delete(sheet, refs.area(gone))
    assert sheet.data == made.worksheet(after=after)


def test_a_rule_among_the_extensions_is_found_kept_and_replaced() -> None:
    after = EXTENSION.format(2, X14.format("B1:B9") + X14.format("H1"), "")
    sheet = made.sheet(after=after)
    assert kinds(sheet, "B2") == [("list", "Lists!$A$1:$A$9")]
    validations.put(sheet, refs.area("B1:B9"), "list", {}, ("Lists!$A$1:$A$9",))
    assert sheet.data == made.worksheet(after=after)
    put(sheet, "B1:B9", "c")
    assert kinds(sheet, "B2") == [("list", '"c"')]
    assert kinds(sheet, "H1") == [("list", "Lists!$A$1:$A$9")]
    assert b'xmlns:xm="xm" count="1"' in sheet.data


def test_a_rule_among_the_extensions_goes_on_holding_around_the_cells() -> None:
    sheet = made.sheet(after=EXTENSION.format(1, X14.format("B1:B9").replace("$A$1:$A$9", "A1"), ""))
    validations.delete(sheet, refs.area("B1:B2"))
    expected = EXTENSION.format(1, X14.format("B3:B9").replace("$A$1:$A$9", "A3"), "")
    assert sheet.data == made.worksheet(after=expected)


@pytest.mark.parametrize(("other", "left"), [("", b""), ("<ext/>", b"<extLst><ext/></extLst>")])
def test_the_last_rule_among_the_extensions_leaves_no_empty_block(other: str, left: bytes) -> None:
    sheet = made.sheet(after=EXTENSION.format(1, X14.format("B1"), other))
    validations.delete(sheet, refs.area("B1"))
    assert sheet.data == made.worksheet().replace(b"</worksheet>", left + b"</worksheet>")
