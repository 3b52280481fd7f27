"""Every place of a package where a formula or a reference stands: found, and rewritten with nothing else."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula import references
from hscb_xl.ooxml.structure import referrers
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml import made

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
ROWS = (
    '<row r="1"><c r="A1"><f>Plan!B1</f><v>1</v></c>'
    '<c r="B1"><f t="shared" ref="B1:B2" si="0">Plan!C1+A1</f></c>'
    '<c r="C1"><f t="array" ref="C1">SUM(Plan!A1:A2)</f><v>3</v></c>'
    '<c r="D1" t="str"><v>Plan!A1</v></c></row>'
    '<row r="2"><c r="B2"><f t="shared" si="0"/><v>Plan!A1</v></c>'
    '<c r="C2" t="inlineStr"><is><t>Plan!A1</t></is></c></row>'
)
AFTER = (
    '<conditionalFormatting sqref="A1"><cfRule type="colorScale" priority="1"><colorScale>'
    '<cfvo type="formula" val="Plan!$A$1"/></colorScale></cfRule><cfRule type="expression" priority="2">'
    "<formula>A1=Plan!$A$1</formula></cfRule></conditionalFormatting>"
    '<dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>Plan!$A$1:$A$3</formula1>'
    "<formula2>Plan!$B$1</formula2></dataValidation></dataValidations>"
    '<hyperlinks><hyperlink ref="A1" location="Plan!A1" display="Plan!A1"/>'
    f'<hyperlink xmlns:r="{made.OFFICE}" ref="A2" r:id="rId9" location="Plan!A1"/></hyperlinks>'
    f'<drawing xmlns:r="{made.OFFICE}" r:id="rId1"/><legacyDrawing xmlns:r="{made.OFFICE}" r:id="rId2"/>'
    f'<extLst><ext uri="{{x}}" xmlns:x14="{X14}" xmlns:xm="{XM}"><x14:sparklineGroups><x14:sparklineGroup>'
    "<x14:sparklines><x14:sparkline><xm:f>Plan!A1:C1</xm:f><xm:sqref>D1</xm:sqref></x14:sparkline></x14:sparklines>"
    "</x14:sparklineGroup></x14:sparklineGroups><x14:dataValidations><x14:dataValidation><x14:formula1>"
    "<xm:f>Plan!$Z$1:$Z$2</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
MORE = {
    "xl/worksheets/_rels/sheet2.xml.rels": made.relationships(
        made.relationship("rId1", "drawing", "../drawings/drawing1.xml")
        + made.relationship("rId2", "vmlDrawing", "../drawings/vml1.vml")
        + made.relationship("rId3", "table", "../tables/table1.xml")
        + made.relationship("rId4", "ctrlProp", "../ctrlProps/ctrlProp1.xml")
        + made.relationship("rId9", "hyperlink", "other.xlsx", ' TargetMode="External"')
    ),
    "xl/drawings/drawing1.xml": (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}"><xdr:sp macro="" textlink="Plan!$A$1"/>'
        '<xdr:sp macro="[0]!Go" textlink="$B$1"/></xdr:wsDr>'
    ).encode(),
    "xl/drawings/_rels/drawing1.xml.rels": made.relationships(
        made.relationship("rId1", "chart", "../charts/chart1.xml")
        + made.relationship("rId2", "hyperlink", "#Plan!A1")
    ),
    "xl/drawings/vml1.vml": (
        b"<xml><br><x:ClientData><x:FmlaLink>Plan!$A$1</x:FmlaLink><x:FmlaRange>$A$1:$A$3</x:FmlaRange></xml>"
    ),
    "xl/charts/chart1.xml": (
        f'<c:chartSpace xmlns:c="{CHART}"><c:f>Plan!$A$1:$A$9</c:f><c:v>Plan!A1</c:v></c:chartSpace>'
    ).encode(),
    "xl/ctrlProps/ctrlProp1.xml": (
        f'<formControlPr xmlns="{X14}" fmlaLink="Plan!$A$1" fmlaRange="$A$1:$A$3"/>'
    ).encode(),
    "xl/tables/table1.xml": (
        f'<table xmlns="{made.MAIN}" id="1" name="Left" displayName="Left" ref="A5:B6"><tableColumns>'
        '<tableColumn id="1" name="Plan!A1"><calculatedColumnFormula>Plan!A1*2</calculatedColumnFormula>'
        "<totalsRowFormula>SUM(Plan!A:A)</totalsRowFormula></tableColumn></tableColumns></table>"
    ).encode(),
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f'<pivotCacheDefinition xmlns="{made.MAIN}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B9" sheet="Plan"/></cacheSource></pivotCacheDefinition>'
    ).encode(),
    "xl/pivotCache/pivotCacheDefinition2.xml": (
        f'<pivotCacheDefinition xmlns="{made.MAIN}" xmlns:r="{made.OFFICE}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B9" sheet="Plan" r:id="rId1"/></cacheSource></pivotCacheDefinition>'
    ).encode(),
    "xl/sharedStrings.xml": f'<sst xmlns="{made.MAIN}"><si><t>Plan!A1</t></si></sst>'.encode(),
}
NAMES = (
    '<definedNames><definedName name="All">Plan!$A$1:$A$9</definedName>'
    '<definedName name="Plan">2</definedName></definedNames>'
)
PARTS = made.parts({"Plan": made.worksheet(), "Other": made.worksheet(ROWS, "", AFTER)}, NAMES, MORE)

FOLLOWED = {
    "xl/workbook.xml": ["Plan!$A$1:$A$9"],
    "xl/worksheets/sheet2.xml": [
        "<f>Plan!B1",
        ">Plan!C1+A1",
        "SUM(Plan!A1:A2)",
        'val="Plan!$A$1"',
        "A1=Plan!$A$1",
        ">Plan!$A$1:$A$3",
        ">Plan!$B$1",
        'ref="A1" location="Plan!A1"',
        "Plan!A1:C1",
        "Plan!$Z$1:$Z$2",
    ],
    "xl/drawings/drawing1.xml": ["Plan!$A$1"],
    "xl/drawings/_rels/drawing1.xml.rels": ["#Plan!A1"],
    "xl/drawings/vml1.vml": ["Plan!$A$1"],
    "xl/charts/chart1.xml": ["<c:f>Plan!$A$1:$A$9"],
    "xl/ctrlProps/ctrlProp1.xml": ["Plan!$A$1"],
    "xl/tables/table1.xml": ["Plan!A1*2", "SUM(Plan!A:A)"],
    "xl/pivotCache/pivotCacheDefinition1.xml": ['sheet="Plan"'],
}
"""What follows a new name of the sheet Plan; every other byte stays."""


def renamed(formula: str, _: str | None) -> str:
    return references.renamed(formula, "Plan", "New")


@pytest.fixture
def workbook() -> Workbook:
    return made.book(PARTS)


@pytest.mark.parametrize("hint", ["", "plan"])
def test_all_of_them_follow_and_nothing_else_changes(workbook: Workbook, hint: str) -> None:
    before = {name: workbook.package.read(name).decode() for name in workbook.package.names}
    changed = referrers.rewrite(workbook.package, workbook.owners, renamed, hint)
    assert changed == set(FOLLOWED)
    for name, text in before.items():
        for old in FOLLOWED.get(name, ()):
            assert text.count(old) == 1, old
            text = text.replace(old, old.replace("Plan", "New"))
        assert workbook.package.read(name).decode() == text, name


def test_each_knows_the_sheet_it_stands_on(workbook: Workbook) -> None:
    found = list(referrers.places(workbook.package, workbook.owners))
    owns = {(place.part.rpartition("/")[2], place.own) for place in found}
    assert owns == {
        ("workbook.xml", None),
        ("sheet2.xml", "Other"),
        ("drawing1.xml", "Other"),
        ("drawing1.xml.rels", None),
        ("vml1.vml", "Other"),
        ("chart1.xml", "Other"),
        ("ctrlProp1.xml", "Other"),
        ("table1.xml", "Other"),
        ("pivotCacheDefinition1.xml", None),
    }
    wheres = {place.where for place in found}
    assert {"Other!A1", "Other!C1", "the name All", "a chart on the sheet Other"} <= wheres


def test_a_refusal_names_the_place_and_writes_nothing(workbook: Workbook) -> None:
    before = {name: workbook.package.read(name) for name in workbook.package.names}

    def refuse(formula: str, own: str | None) -> str:
        if "SUM(Plan!A1:A2)" in formula:
            raise UnsafeEdit("no.")
        return renamed(formula, own)

    with pytest.raises(UnsafeEdit, match=r"^plan\.xlsx, xl/worksheets/sheet2\.xml: Other!C1: no\."):
        referrers.rewrite(workbook.package, workbook.owners, refuse)
    assert {name: workbook.package.read(name) for name in workbook.package.names} == before


def test_a_name_with_any_characters_is_escaped_where_it_goes(workbook: Workbook) -> None:
    name = "R&D <a> \"b\" 'c' 50%"

    def change(formula: str, _: str | None) -> str:
        return references.renamed(formula, "Plan", name)

    referrers.rewrite(workbook.package, workbook.owners, change)
    for part in FOLLOWED:
        if not part.endswith(".vml"):
            tree.check(workbook.package.read(part))
    workbook.reread()
    found = [place.formula for place in referrers.places(workbook.package, workbook.owners)]
    back = [references.renamed(formula, name, "Plan") for formula in found]
    untouched = [place.formula for place in referrers.places(made.book(PARTS).package, workbook.owners)]
    assert back == untouched


def test_comments_beside_formulas_are_refused() -> None:
    rows = '<row r="1"><c r="A1"><!-- x --><f>Plan!B1</f></c></row>'
    workbook = made.book(made.parts({"Plan": made.worksheet(rows)}))
    with pytest.raises(UnsafeEdit, match=r"plan\.xlsx, xl/worksheets/sheet1\.xml: there are comments"):
        list(referrers.places(workbook.package, workbook.owners))
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[Plan!B1]]></t></is></c></row>'
    workbook = made.book(made.parts({"Plan": made.worksheet(rows)}))
    assert list(referrers.places(workbook.package, workbook.owners)) == []
