"""Conditional formats: read in Excel's order, added behind all others, taken out alone."""

import pytest

from hscb_xl.ooxml import conditional, refs
from hscb_xl.ooxml.looks import Differential
from hscb_xl.ooxml.sheet import SheetPart
from hscb_xl.ooxml.styles import Styles
from tests.unit.ooxml import made

RED = Differential(fill=(255, 0, 0), bold=True)
THEIRS = (
    '<conditionalFormatting sqref="A1:A9 C1:C9">'
    '<cfRule type="cellIs" dxfId="0" priority="4" operator="equal"><formula>"R"</formula></cfRule>'
    '<cfRule type="expression" priority="2" stopIfTrue="1">'
    "<formula>A1&gt;1</formula></cfRule></conditionalFormatting>"
    '<conditionalFormatting sqref="E1"><cfRule type="dataBar" priority="3"/></conditionalFormatting>'
    '<pageMargins left="1"/>'
    '<extLst><ext><x14:cfRule xmlns:x14="x14" type="iconSet" priority="11"/></ext></extLst>'
)
DXFS = (
    f'<styleSheet xmlns="{made.MAIN}"><dxfs count="1"><dxf><font><b/></font></dxf></dxfs></styleSheet>'
).encode()


def styles() -> Styles:
    return Styles(DXFS)


def add(sheet: SheetPart, book: Styles, address: str = "A1:A9", look: Differential = RED) -> None:
    conditional.add(sheet, book, refs.area(address), "equal", ('"R & A"',), look)


def test_rules_are_read_in_the_order_they_are_evaluated() -> None:
    sheet = made.sheet(after=THEIRS)
    rules = conditional.rules(sheet, styles(), refs.area("C3"))
    assert [(rule.kind, rule.priority, rule.stop) for rule in rules] == [
        ("expression", 2, True),
        ("cellIs", 4, False),
    ]
    assert (rules[1].operator, rules[1].formulas, rules[1].differential.bold) == ("equal", ('"R"',), True)
    assert rules[0].formulas == ("A1>1",)
    assert conditional.rules(sheet, styles(), refs.area("B1:B9")) == []


def test_a_rule_goes_behind_all_others_those_of_the_extensions_included() -> None:
    sheet, book = made.sheet(after=THEIRS), styles()
    before = sheet.data
    add(sheet, book)
    rule = conditional.rules(sheet, book, refs.area("A5"))[-1]
    assert (rule.priority, rule.operator, rule.formulas, rule.differential) == (
        12,
        "equal",
        ('"R & A"',),
        RED,
    )
    ours = sheet.data.index(b'<conditionalFormatting sqref="A1:A9">')
    end = sheet.data.index(b"</conditionalFormatting>", ours) + len(b"</conditionalFormatting>")
    assert sheet.data[:ours] + sheet.data[end:] == before
    assert sheet.data[end:].startswith(b"<pageMargins")


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_rule_taken_out_leaves_the_bytes_there_were(prefix: str) -> None:
    sheet, book = made.sheet(prefix=prefix), styles()
    before = sheet.data
    for letter in "RAG":
        conditional.add(sheet, book, refs.area("A1:A9"), "equal", (f'"{letter}"',), RED)
    once = sheet.data
    rules = conditional.rules(sheet, book, refs.area("A1:A9"))
    assert [rule.formulas[0] for rule in rules] == ['"R"', '"A"', '"G"']
    for rule in rules:
        conditional.remove(sheet, rule)
    assert sheet.data == before
    for letter in "RAG":
        conditional.add(sheet, book, refs.area("A1:A9"), "equal", (f'"{letter}"',), RED)
    assert sheet.data == once


def test_one_rule_of_several_leaves_its_block() -> None:
    sheet, book = made.sheet(after=THEIRS), styles()
    rule = conditional.rules(sheet, book, refs.area("A1"))[0]
    conditional.remove(sheet, rule)
    assert [left.kind for left in conditional.rules(sheet, book, refs.area("A1"))] == ["cellIs"]
    assert sheet.data == made.worksheet(after=THEIRS).replace(rule.source, b"")


VIEW = "<customSheetViews><v><pageMargins/></v></customSheetViews>"
CONTROLS = "<mc:AlternateContent xmlns:mc='m'><mc:Choice><controls/></mc:Choice></mc:AlternateContent>"
PLACES = [
    ("between its neighbours", "<mergeCells/><dataValidations/>", b"<mergeCells/><cond", b"ting><dataVal"),
    ("behind a view, not inside it", VIEW, b"</customSheetViews><cond", b"ting></worksheet"),
    ("before controls", CONTROLS, b"</sheetData><cond", b"ting><mc:Alt"),
]


@pytest.mark.parametrize(
    ("after", "before_it", "behind_it"), [c[1:] for c in PLACES], ids=[c[0] for c in PLACES]
)
def test_a_first_rule_stands_where_the_schema_wants_it(
    after: str, before_it: bytes, behind_it: bytes
) -> None:
    sheet = made.sheet(after=after)
    add(sheet, styles())
    assert before_it in sheet.data
    assert behind_it in sheet.data


def test_what_stands_behind_controls_stays_behind_them() -> None:
    sheet = made.sheet(after=f"<legacyDrawing/>{CONTROLS}<extLst/>")
    assert sheet.data[: sheet.frame.place_for("tableParts")].endswith(b"</mc:AlternateContent>")
    assert sheet.data[: sheet.frame.place_for("drawing")].endswith(b"</sheetData>")
