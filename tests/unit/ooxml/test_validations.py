"""Data validation: found, put in place of what was there, taken away; rules of others stay."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml import refs, validations
from hscb_xl.ooxml.sheet import SheetPart
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


def test_a_rule_that_reaches_further_is_refused_and_left() -> None:
    sheet = made.sheet(after=BLOCK)
    for address in ("B1:B3", "D1:D9"):
        with pytest.raises(
            UnsafeEdit, match=r"Plan!.* in plan\.xlsx has a data validation that reaches beyond"
        ):
            put(sheet, address, "c")
    assert sheet.data == made.worksheet(after=BLOCK)


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


@pytest.mark.parametrize(("other", "left"), [("", b""), ("<ext/>", b"<extLst><ext/></extLst>")])
def test_the_last_rule_among_the_extensions_leaves_no_empty_block(other: str, left: bytes) -> None:
    sheet = made.sheet(after=EXTENSION.format(1, X14.format("B1"), other))
    validations.delete(sheet, refs.area("B1"))
    assert sheet.data == made.worksheet().replace(b"</worksheet>", left + b"</worksheet>")
