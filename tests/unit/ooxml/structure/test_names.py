"""Defined names added, changed, renamed and deleted."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.listing import DefinedName
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.structure import names as definednames
from tests.unit.ooxml import made

NAMES = (
    '<definedNames><definedName name="Rate">Plan!$A$1</definedName>'
    '<definedName name="Rate" localSheetId="1">2</definedName>'
    '<definedName name="Free" hidden="1">1</definedName>'
    '<definedName name="Rule">Rate*2</definedName>'
    '<definedName name="_xlnm.Print_Area" localSheetId="0">Plan!$A$1:$B$2</definedName>'
    "</definedNames><calcPr/>"
)
ROWS = '<row r="1"><c r="A1"><f>Rate+Other!Rate+LEN("Rate")+Rates</f></c></row>'
MORE = {
    "xl/worksheets/_rels/sheet1.xml.rels": made.relationships(
        made.relationship("rId1", "table", "../tables/table1.xml")
    ),
    "xl/tables/table1.xml": (
        f'<table xmlns="{made.MAIN}" id="1" name="Left" displayName="Left" ref="A5:B6"/>'.encode()
    ),
}


def book(names: str = NAMES) -> Workbook:
    sheets = {"Plan": made.worksheet(ROWS), "Other": made.worksheet(ROWS)}
    return made.book(made.parts(sheets, names, MORE))


def named(workbook: Workbook, name: str, sheet: int | None = None) -> DefinedName:
    return next(found for found in workbook.names if (found.name, found.sheet) == (name, sheet))


def cell(workbook: Workbook, sheet: str) -> str:
    return workbook.package.read(workbook.entry(sheet).target).decode().partition("<f>")[2].partition("<")[0]


@pytest.mark.parametrize("names", ["", "<externalReferences/>", "<calcPr/>", NAMES])
def test_a_new_one_stands_where_names_stand(names: str) -> None:
    workbook = book(names)
    before = workbook.package.read("xl/workbook.xml").decode()
    made_ = definednames.add(workbook, "New_1", 'Plan!$A$1&"<"', 1)
    xml = '<definedName name="New_1" localSheetId="1">Plan!$A$1&amp;"&lt;"</definedName>'
    after = workbook.package.read("xl/workbook.xml").decode()
    assert made_ in workbook.names
    assert after.replace(xml, "").replace("<definedNames></definedNames>", "") == before
    if "<calcPr/>" in before:
        assert after.index("New_1") < after.index("<calcPr/>")
    if "externalReferences" in before:
        assert after.index("<externalReferences/>") < after.index("New_1")


WRONG = [
    ("a reference", "AB12", "1"),
    ("the other notation", "R1C1", "1"),
    ("a space", "a b", "1"),
    ("a digit in front", "1a", "1"),
    ("Excel's own", "Print_Area", "Plan!$A$1"),
    ("a table's", "left", "1"),
    ("nothing", "Good", ""),
    ("no sheet", "Good", "$A$1"),
    ("no dollar signs", "Good", "Plan!A1"),
    ("one dollar sign", "Good", "Plan!$A$1:$B2"),
    ("another sheet", "Good", "None!$A$1"),
]


@pytest.mark.parametrize(("name", "formula"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG])
def test_not_added(name: str, formula: str) -> None:
    workbook = book()
    with pytest.raises(UnsafeEdit, match=r"plan\.xlsx"):
        definednames.add(workbook, name, formula, None)
    assert not workbook.package.changed


@pytest.mark.parametrize(
    "formula", ["Plan!$A:$A", "Plan!$1:$3", "SUM(Plan!$A$1,[1]X!$A$1)", "Left[a]", "{1,2}", "Rate"]
)
def test_added(formula: str) -> None:
    assert definednames.add(book(), "Good", formula, None) == DefinedName("Good", formula, None)


def test_the_same_meaning_again_changes_nothing() -> None:
    workbook = book()
    definednames.add(workbook, "RATE", "Plan!$A$1", None)
    assert not workbook.package.changed
    definednames.add(workbook, "rate", "Plan!$A$2", None)
    assert named(workbook, "Rate") == DefinedName("Rate", "Plan!$A$2", None)
    assert len(workbook.names) == len(book().names)


def test_a_new_name_is_followed_where_it_is_meant() -> None:
    workbook = book()
    definednames.rename(workbook, named(workbook, "Rate"), "Ratio")
    assert cell(workbook, "Plan") == 'Ratio+Other!Rate+LEN("Rate")+Rates'
    assert cell(workbook, "Other") == 'Rate+Other!Rate+LEN("Rate")+Rates'
    assert named(workbook, "Rule").refers_to == "Ratio*2"
    definednames.rename(workbook, named(workbook, "Rate", 1), "Own")
    assert cell(workbook, "Plan") == 'Ratio+Other!Own+LEN("Rate")+Rates'
    assert cell(workbook, "Other") == 'Own+Other!Own+LEN("Rate")+Rates'


@pytest.mark.parametrize("name", ["Free", "Left", "A1", "Criteria"])
def test_not_renamed(name: str) -> None:
    workbook = book()
    with pytest.raises(UnsafeEdit, match=r"plan\.xlsx"):
        definednames.rename(workbook, named(workbook, "Rate"), name)
    assert not workbook.package.changed


def test_one_that_is_used_is_not_deleted() -> None:
    workbook = book()
    for sheet, where in ((None, "the name Rule uses it|Plan!A1 uses it"), (1, "Plan!A1 uses it")):
        with pytest.raises(UnsafeEdit, match=where):
            definednames.delete(workbook, named(workbook, "Rate", sheet))
    definednames.delete(workbook, named(workbook, "Free"))
    definednames.delete(workbook, named(workbook, "Rule"))
    assert "Free" not in workbook.package.read("xl/workbook.xml").decode()


def test_excels_own_are_left_alone() -> None:
    workbook = book()
    own = named(workbook, "_xlnm.Print_Area", 0)
    for change in (
        lambda: definednames.delete(workbook, own),
        lambda: definednames.rename(workbook, own, "Area"),
        lambda: definednames.set_formula(workbook, own, "Plan!$A$1"),
    ):
        with pytest.raises(
            UnsafeEdit, match=r"Print_Area of plan\.xlsx cannot be changed: it is Excel's own"
        ):
            change()


def test_the_last_one_goes_with_its_block() -> None:
    workbook = book('<definedNames><definedName name="x">1</definedName></definedNames>')
    definednames.delete(workbook, workbook.names[0])
    assert b"definedName" not in workbook.package.read("xl/workbook.xml")
