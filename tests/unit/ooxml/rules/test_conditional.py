"""Conditional formats: read in Excel's order, added behind all others, taken out alone."""

import re

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.rules import conditional
from hscb_xl.ooxml.rules.conditional import Change
from hscb_xl.ooxml.rules.visuals import Point, Visual
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.styles.looks import Differential
from hscb_xl.ooxml.styles.styles import Styles
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


BAR = Visual("dataBar", (Point("autoMin"), Point("num", "9")), ((("rgb", "FF638EC6"),),), gradient=False)
STARS = Visual(
    "iconSet", (Point("percent", "0"), Point("percent", "33"), Point("percent", "67")), icons="3Stars"
)
SCALE = Visual("colorScale", (Point("min"), Point("max")), ((("theme", "4"),), (("rgb", "FF00FF00"),)))


@pytest.mark.parametrize("visual", [BAR, STARS, SCALE], ids=["bar", "stars", "scale"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_what_a_rule_shows_reads_back_and_goes_with_it(visual: Visual, prefix: str) -> None:
    sheet = made.sheet(prefix=prefix)
    before = sheet.data
    conditional.add_visual(sheet, refs.area("A1:A9"), visual)
    (rule,) = conditional.rules(sheet, styles(), refs.area("A2"))
    assert (rule.visual, rule.kind, rule.priority) == (visual, visual.kind, 1)
    conditional.remove(sheet, rule)
    assert sheet.data == before


def test_what_later_versions_have_joins_what_is_there() -> None:
    sheet = made.sheet(after='<extLst><ext uri="{A}"><x/></ext></extLst>')
    before = sheet.data
    for visual in (BAR, STARS, BAR):
        conditional.add_visual(sheet, refs.area("A1:A9"), visual)
    assert sheet.data.count(b"<x14:conditionalFormattings>") == 1
    assert sheet.data.index(b"78C0D931") < sheet.data.index(b'uri="{A}"')
    assert len(set(re.findall(rb"<x14:id>(.*?)</x14:id>", sheet.data))) == 2
    conditional.clear(sheet, refs.area("A1:B9"))
    assert sheet.data == before


CLEARED = [
    ("in the middle", "A1:A9", "A4:A5", "A1:A3 A6:A9", "$A1>1", "$A1>1"),
    ("at the top", "A1:B9", "A1:B2", "A3:B9", "A1>$B$1", "A3>$B$1"),
    ("beside", "A1:B9", "A1:A9", "B1:B9", "A1>1", "B1>1"),
    ("an area of several", "A1:A9 C1:C9", "A1:A9", "C1:C9", "$B1>1", "$B1>1"),
    ("all of it", "A1:A9", "A1:Z99", "", "A1>1", ""),
]


@pytest.mark.parametrize(
    ("held", "gone", "left", "before", "after"),
    [case[1:] for case in CLEARED],
    ids=[case[0] for case in CLEARED],
)
def test_some_cells_are_cleared(held: str, gone: str, left: str, before: str, after: str) -> None:
    rule = (
        '<conditionalFormatting sqref="{}"><cfRule type="expression" priority="1"><formula>{}</formula>'
        "</cfRule></conditionalFormatting>"
    )
    sheet = made.sheet(after=rule.format(held, before.replace(">", "&gt;")))
    conditional.clear(sheet, refs.area(gone))
    wanted = rule.format(left, after.replace(">", "&gt;")) if left else ""
    assert sheet.data == made.worksheet(after=wanted)


@pytest.mark.parametrize(
    "block",
    [
        '<conditionalFormatting sqref="C5 A1:A9"><cfRule type="expression" priority="1"><formula>A1</formula>'
        "</cfRule></conditionalFormatting>",
        '<conditionalFormatting pivot="1" sqref="A1:A9"><cfRule type="cellIs" priority="1"/>'
        "</conditionalFormatting>",
    ],
    ids=["by the first cell of several areas", "of a pivot table"],
)
def test_what_cannot_be_cleared_is_left(block: str) -> None:
    other = (
        '<conditionalFormatting sqref="A1:B9"><cfRule type="duplicateValues" priority="2"/>'
        "</conditionalFormatting>"
    )
    sheet = made.sheet(after=other + block)
    with pytest.raises(
        UnsafeEdit, match=r"Plan!(C5 )?A1:A9 in plan\.xlsx has a conditional format that goes by"
    ):
        conditional.clear(sheet, refs.area("A1:A2"))
    assert sheet.data == made.worksheet(after=other + block)


def test_a_changed_rule_keeps_what_is_not_said() -> None:
    sheet = made.sheet(after=THEIRS)
    dxf = b'<dxf><font><b/></font><border><left style="thin"/></border></dxf>'
    book = Styles(DXFS.replace(b"<dxf><font><b/></font></dxf>", dxf))
    rule = conditional.rules(sheet, book, refs.area("A1"))[1]
    new = conditional.change(
        sheet, book, rule, Change("between", ("1", "A<B"), Differential(italic=True), True)
    )
    assert (new.operator, new.formulas, new.stop, new.priority) == ("between", ("1", "A<B"), True, 4)
    assert new.differential == Differential(bold=True, italic=True)
    assert b'<dxf><font><b/><i/></font><border><left style="thin"/></border></dxf>' in book.data
    assert conditional.rules(sheet, book, refs.area("A1"))[1] == new
    with pytest.raises(UnsafeEdit, match=r"Plan!A1:A9 C1:C9 in plan\.xlsx .*taken away"):
        conditional.change(sheet, book, rule, Change(stop=False))


def test_a_rule_of_a_later_version_is_not_changed() -> None:
    sheet = made.sheet()
    conditional.add_visual(sheet, refs.area("A1"), STARS)
    before = sheet.data
    (rule,) = conditional.rules(sheet, styles(), refs.area("A1"))
    with pytest.raises(UnsafeEdit, match="later version"):
        conditional.change(sheet, styles(), rule, Change(stop=True))
    assert sheet.data == before


def rule(priority: int) -> str:
    return f'<cfRule type="cellIs" priority="{priority}" operator="equal"><formula>1</formula></cfRule>'


def test_many_rules_are_taken_out_together_with_what_was_there_for_them() -> None:
    two = '<conditionalFormatting sqref="A1">{}{}</conditionalFormatting>'
    own = two.format(rule(1), rule(2)) + two.format(rule(3), rule(4))
    later = "".join(
        f'<x14:conditionalFormatting><x14:cfRule type="iconSet" priority="{n}"/><xm:sqref>A1</xm:sqref>'
        "</x14:conditionalFormatting>"
        for n in (5, 6)
    )
    listed = (
        '<extLst><ext xmlns:x14="x14" xmlns:xm="xm">'
        f"<x14:conditionalFormattings>{later}</x14:conditionalFormattings></ext></extLst>"
    )
    sheet, book = made.sheet(after=own + listed), styles()
    plain = made.sheet().data
    found = conditional.rules(sheet, book, refs.area("A1"))
    assert [each.priority for each in found] == [1, 2, 3, 4, 5, 6]
    for each in found[1:]:
        conditional.remove(sheet, each)
    assert [each.priority for each in conditional.rules(sheet, book, refs.area("A1"))] == [1]
    conditional.remove(sheet, found[0])
    conditional.remove(sheet, found[0])
    assert sheet.is_changed
    assert sheet.data == plain


def test_rules_that_are_alike_go_one_at_a_time() -> None:
    block = f'<conditionalFormatting sqref="A1">{rule(1)}</conditionalFormatting>'
    sheet, book = made.sheet(after=block * 3), styles()
    first, *_ = conditional.rules(sheet, book, refs.area("A1"))
    conditional.remove(sheet, first)
    conditional.remove(sheet, first)
    assert len(conditional.rules(sheet, book, refs.area("A1"))) == 1
