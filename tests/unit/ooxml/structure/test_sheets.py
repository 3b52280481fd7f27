"""Sheets renamed, deleted and copied with what is theirs; what would be lost or wrong is refused."""

from collections.abc import Mapping

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.listing import DefinedName
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.structure import sheetcopies
from hscb_xl.ooxml.structure import sheets as sheetchanges
from tests.unit.ooxml import made

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
FORMULA = '<row r="1"><c r="A1"><f>{}</f></c></row>'
RELS = "xl/worksheets/_rels/sheet2.xml.rels"
TABLE = (
    f'<table xmlns="{made.MAIN}" xmlns:xr="urn:x" id="4" xr:uid="{{1}}" name="Left2" displayName="Left2" '
    'ref="A1:B2"><tableColumns count="1"><tableColumn id="1" name="a" xr:uid="{2}"><calculatedColumnFormula>'
    "Left2[a]+Spare!A1</calculatedColumnFormula></tableColumn></tableColumns></table>"
).encode()


def book(
    front: str = "", spare: str = "", names: str = "", more: Mapping[str, bytes] | None = None
) -> Workbook:
    """The sheets Front and Spare, with a formula each where one is given."""
    sheets = {
        "Front": made.worksheet(FORMULA.format(front) if front else ""),
        "Spare": made.worksheet(FORMULA.format(spare) if spare else ""),
    }
    return made.book(made.parts(sheets, f"<definedNames>{names}</definedNames>" if names else "", more))


def related(kind: str, target: str, data: bytes = b"<x/>", deep: str = "") -> dict[str, bytes]:
    """A part that Spare relates to; ``deep`` is a relationship of its own."""
    found = {RELS: made.relationships(made.relationship("rId1", kind, f"/{target}")), target: data}
    if deep:
        folder, _, name = target.rpartition("/")
        found[f"{folder}/_rels/{name}.rels"] = made.relationships(deep)
    return found


def of_book(kind: str, target: str, data: bytes = b"<x/>") -> dict[str, bytes]:
    sheets = "".join(made.relationship(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in (1, 2))
    rels = made.relationships(sheets + made.relationship("rId8", kind, f"/{target}"))
    return {"xl/_rels/workbook.xml.rels": rels, target: data}


CODE = made.worksheet(before='<sheetPr codeName="Sheet2"/>')
PIVOT_CHART = (
    f'<c:chartSpace xmlns:c="{CHART}"><c:pivotSource><c:name>[plan.xlsx]Spare!P1</c:name></c:pivotSource>'
    "</c:chartSpace>"
).encode()
NOT_DELETED = [
    ("cells that a formula uses", book("SUM(Spare!A1:A9)"), r"Front!A1 refers to it"),
    ("several sheets at once", book("SUM(Front:Spare!A1)"), r"Front!A1 refers to it"),
    ("a lost reference", book("Spare!#REF!"), r"Front!A1 refers to it"),
    (
        "a name of its own",
        book("Spare!Rate", names='<definedName name="Rate" localSheetId="1">2</definedName>'),
        "A1",
    ),
    (
        "a name of the book",
        book(names='<definedName name="All">Spare!$A$1</definedName>'),
        "the name All refers",
    ),
    (
        "its table",
        book("SUM(left2[a])", more=related("table", "xl/tables/table1.xml", TABLE)),
        "Front!A1 refers",
    ),
    ("a pivot table", book(more=related("pivotTable", "xl/pivotTables/p.xml")), "holds a pivot table"),
    ("a slicer", book(more=related("slicer", "xl/slicers/s.xml")), "holds a slicer"),
    (
        "a query",
        book(more=related("connections", "xl/connections.xml", b'<x command="Spare$"/>')),
        "xl/connections",
    ),
    ("macros", book(more=of_book("vbaProject", "xl/vba.bin") | {"xl/worksheets/sheet2.xml": CODE}), "macros"),
    ("shared", book(more=of_book("revisionHeaders", "xl/revisions/h.xml")), "stop sharing"),
    ("live data", book(more=of_book("volatileDependencies", "xl/volatile.xml")), "live data"),
]


@pytest.mark.parametrize(("workbook", "why"), [c[1:] for c in NOT_DELETED], ids=[c[0] for c in NOT_DELETED])
def test_not_deleted(workbook: Workbook, why: str) -> None:
    before = {name: workbook.package.read(name) for name in workbook.package.names}
    with pytest.raises(UnsafeEdit, match=why) as problem:
        sheetchanges.delete(workbook, workbook.entry("Spare"))
    assert "plan.xlsx" in str(problem.value)
    assert {name: workbook.package.read(name) for name in workbook.package.names} == before


def test_the_last_one_that_is_shown_is_neither_deleted_nor_hidden() -> None:
    workbook = book()
    sheetchanges.show(workbook, workbook.entry("Front"), visible=False)
    for change in (sheetchanges.delete, lambda book, entry: sheetchanges.show(book, entry, visible=False)):
        with pytest.raises(UnsafeEdit, match=r"Spare of plan\.xlsx cannot be \w+: it is the only one"):
            change(workbook, workbook.entry("Spare"))


def test_its_own_formulas_and_names_do_not_hold_it_back() -> None:
    names = '<definedName name="Rate" localSheetId="1">Spare!$A$1</definedName>'
    workbook = book("A1", "Spare!A2+Front!A1", names + '<definedName name="x">1</definedName>')
    sheetchanges.delete(workbook, workbook.entry("Spare"))
    assert workbook.names == (DefinedName("x", "1", None),)


def test_its_parts_go_with_it_but_for_those_that_others_use() -> None:
    picture = made.relationship("rId1", "image", "/xl/media/image1.png")
    more = related("drawing", "xl/drawings/drawing1.xml", deep=picture) | {
        "xl/media/image1.png": b"png",
        "xl/worksheets/_rels/sheet1.xml.rels": made.relationships(
            made.relationship("rId1", "drawing", "../drawings/drawing2.xml")
        ),
        "xl/drawings/drawing2.xml": b"<x/>",
        "xl/drawings/_rels/drawing2.xml.rels": made.relationships(picture),
    }
    chain = f'<calcChain xmlns="{made.MAIN}"><c r="A1" i="2"/><c r="A1" i="1"/></calcChain>'.encode()
    more |= of_book("calcChain", "xl/calcChain.xml", chain)
    workbook = book("1", "2", more=more)
    sheetchanges.delete(workbook, workbook.entry("Spare"))
    gone = {
        "xl/worksheets/sheet2.xml",
        RELS,
        "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels",
    }
    assert set(workbook.package.names) == set(book("1", "2", more=more).package.names) - gone
    assert b"sheet2" not in workbook.package.read("[Content_Types].xml")
    assert b'<c r="A1" i="1"/></calc' in workbook.package.read("xl/calcChain.xml")
    assert b'i="2"' not in workbook.package.read("xl/calcChain.xml")


NOT_RENAMED = [
    ("a pivot chart", related("drawing", "xl/charts/chart1.xml", PIVOT_CHART), "pivot chart"),
    (
        "an add-in",
        {"xl/webextensions/e.xml": b"<x appref=\"'Spare'!A1\"/>"},
        "xl/webextensions/e.xml may refer",
    ),
    ("tracked changes", of_book("revisionHeaders", "xl/revisions/h.xml"), "stop sharing"),
]


@pytest.mark.parametrize(("more", "why"), [c[1:] for c in NOT_RENAMED], ids=[c[0] for c in NOT_RENAMED])
def test_not_renamed(more: dict[str, bytes], why: str) -> None:
    workbook = book("Spare!A1", more=more)
    with pytest.raises(UnsafeEdit, match=why):
        sheetchanges.rename(workbook, workbook.entry("Spare"), "Other")
    assert not workbook.package.changed


@pytest.mark.parametrize("name", ["front", "a/b", "x" * 32, "History", "'a"])
def test_not_renamed_to_what_excel_would_not_take(name: str) -> None:
    workbook = book("Spare!A1")
    with pytest.raises(UnsafeEdit, match="a sheet cannot be called"):
        sheetchanges.rename(workbook, workbook.entry("Spare"), name)
    assert not workbook.package.changed


def test_only_the_case_of_a_name_may_change() -> None:
    workbook = book("Spare!A1")
    sheetchanges.rename(workbook, workbook.entry("Spare"), "SPARE")
    assert b"<f>SPARE!A1</f>" in workbook.package.read("xl/worksheets/sheet1.xml")
    sheetchanges.rename(workbook, workbook.entry("Spare"), "SPARE")


NOTE = b'<xml><x:ClientData ObjectType="Note"></x:ClientData></xml>'
BUTTON = b'<xml><x:ClientData ObjectType="Button"></x:ClientData></xml>'
NOT_COPIED = [
    ("a pivot table", related("pivotTable", "xl/pivotTables/p.xml"), r"\(pivotTable\)"),
    ("a threaded comment", related("threadedComment", "xl/threadedComments/t.xml"), r"\(threadedComment\)"),
    ("a form control", related("vmlDrawing", "xl/drawings/vml1.vml", BUTTON), "form controls"),
    ("a pivot chart", related("chart", "xl/charts/chart1.xml", PIVOT_CHART), "pivot chart"),
    (
        "a diagram",
        related(
            "drawing",
            "xl/drawings/drawing1.xml",
            deep=made.relationship("r", "diagramData", "/xl/workbook.xml"),
        ),
        r"\(diagramData\)",
    ),
]


@pytest.mark.parametrize(("more", "why"), [c[1:] for c in NOT_COPIED], ids=[c[0] for c in NOT_COPIED])
def test_not_copied(more: dict[str, bytes], why: str) -> None:
    workbook = book(more=more)
    with pytest.raises(UnsafeEdit, match=rf"Spare of plan\.xlsx cannot be copied: it holds .*{why}"):
        sheetcopies.copy(workbook, workbook.entry("Spare"), 2)
    assert not workbook.package.changed


def test_a_copy_has_parts_of_its_own_and_shares_pictures() -> None:
    own = "".join(
        made.relationship(f"rId{number}", kind, target)
        for number, (kind, target) in enumerate(
            [
                ("table", "../tables/table1.xml"),
                ("vmlDrawing", "../vml1.vml"),
                ("image", "../media/image1.png"),
            ]
        )
    )
    more = {
        RELS: made.relationships(
            own + made.relationship("rId9", "hyperlink", "https://a", ' TargetMode="External"')
        ),
        "xl/tables/table1.xml": TABLE,
        "xl/vml1.vml": NOTE,
        "xl/media/image1.png": b"png",
        "xl/worksheets/sheet2.xml": made.worksheet(
            FORMULA.format("SUM(Left2[a],Front:Spare!A1)"),
            '<sheetPr codeName="Sheet2"><x/></sheetPr>'
            '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>',
        ),
    }
    workbook = book("Spare!A1", more=more)
    before = {name: workbook.package.read(name) for name in workbook.package.names}
    copy = sheetcopies.copy(workbook, workbook.entry("Spare"), 1)
    assert (copy.title, copy.name) == ("Spare (2)", "xl/worksheets/sheet3.xml")
    data = copy.data.decode()
    assert "codeName" not in data
    assert 'tabSelected="0"' in data
    assert "SUM(Left3[a],Front:Spare!A1)" in data
    relations = {r.id: (r.kind, r.target) for r in workbook.package.relationships(copy.name)}
    assert relations == {
        "rId0": ("table", "xl/tables/table2.xml"),
        "rId1": ("vmlDrawing", "xl/drawings/vmlDrawing1.vml"),
        "rId2": ("image", "xl/media/image1.png"),
        "rId9": ("hyperlink", "https://a"),
    }
    table = workbook.package.read("xl/tables/table2.xml").decode()
    assert 'id="5" name="Left3" displayName="Left3"' in table
    assert "Left3[a]+'Spare (2)'!A1" in table
    assert "uid=" not in table
    lists = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert {n for n, d in before.items() if workbook.package.read(n) != d} == lists


def test_one_whose_formulas_cannot_be_read_is_not_copied() -> None:
    commented = made.worksheet('<row r="1"><c r="A1"><!-- x --><f>1</f></c></row>')
    workbook = book(more={"xl/worksheets/sheet2.xml": commented})
    with pytest.raises(UnsafeEdit, match=r"plan\.xlsx, xl/worksheets/sheet2\.xml: there are comments"):
        sheetcopies.copy(workbook, workbook.entry("Spare"), 2)
    assert not workbook.package.changed


def test_settings_of_a_printer_are_doubled() -> None:
    workbook = book(more=related("printerSettings", "xl/printerSettings/printerSettings1.bin", b"\0\1"))
    copy = sheetcopies.copy(workbook, workbook.entry("Spare"), 2)
    assert workbook.package.related(copy.name, "printerSettings") == "xl/printerSettings/printerSettings2.bin"
    assert workbook.package.read("xl/printerSettings/printerSettings2.bin") == b"\0\1"


def test_copies_are_counted_as_excel_does() -> None:
    workbook = book()
    names = [sheetcopies.copy(workbook, workbook.entry("Spare"), 0).title for _ in range(2)]
    names.append(sheetcopies.copy(workbook, workbook.entry("Spare (2)"), 0).title)
    sheetchanges.rename(workbook, workbook.entry("Front"), "F" * 31)
    names.append(sheetcopies.copy(workbook, workbook.entry("F" * 31), 0).title)
    assert names == ["Spare (2)", "Spare (3)", "Spare (4)", f"{'F' * 27} (2)"]


def test_a_hidden_sheet_gives_a_hidden_copy() -> None:
    workbook = book()
    sheetchanges.show(workbook, workbook.entry("Spare"), visible=False)
    sheetcopies.copy(workbook, workbook.entry("Spare"), 2)
    assert [entry.visible for entry in workbook.sheets] == [True, False, False]
