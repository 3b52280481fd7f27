"""A new sheet in the properties that list the sheets, where they do it as Excel does."""

import pytest

from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.structure import sheets
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml import made

EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
APP = (
    f'<Properties xmlns="{EXTENDED}" xmlns:vt="{TYPES}"><Application>Microsoft Excel</Application>'
    '<HeadingPairs><vt:vector size="4" baseType="variant"><vt:variant><vt:lpstr>Worksheets</vt:lpstr>'
    "</vt:variant><vt:variant><vt:i4>2</vt:i4></vt:variant><vt:variant><vt:lpstr>Named Ranges</vt:lpstr>"
    "</vt:variant><vt:variant><vt:i4>1</vt:i4></vt:variant></vt:vector></HeadingPairs>"
    '<TitlesOfParts><vt:vector size="3" baseType="lpstr"><vt:lpstr>Plan</vt:lpstr>'
    "<vt:lpstr>Other &amp; more</vt:lpstr><vt:lpstr>Plan_AsOf</vt:lpstr></vt:vector></TitlesOfParts>"
    "<AppVersion>16.0300</AppVersion></Properties>"
)


def book(app: str) -> Workbook:
    parts = made.parts({"Plan": made.worksheet(), "Other &amp; more": made.worksheet()})
    own = made.relationship("rId2", "extended-properties", "docProps/app.xml")
    first = parts["_rels/.rels"].replace(b"</Relationships>", own.encode() + b"</Relationships>")
    return made.book(parts | {"_rels/.rels": first, "docProps/app.xml": app.encode()})


HEADINGS = [("in English", "Worksheets"), ("in German", "Arbeitsblätter")]


@pytest.mark.parametrize("heading", [case[1] for case in HEADINGS], ids=[case[0] for case in HEADINGS])
def test_new_sheets_are_listed_behind_the_others_and_counted(heading: str) -> None:
    before = APP.replace("Worksheets", heading)
    workbook = book(before)
    workbook.add_sheet("R&D")
    workbook.add_sheet("Summary")
    wanted = (
        before.replace("<vt:i4>2</vt:i4>", "<vt:i4>4</vt:i4>")
        .replace('size="3"', 'size="5"')
        .replace(
            "<vt:lpstr>Plan_AsOf",
            "<vt:lpstr>R&amp;D</vt:lpstr><vt:lpstr>Summary</vt:lpstr><vt:lpstr>Plan_AsOf",
        )
    )
    data = workbook.package.read("docProps/app.xml")
    assert data.decode() == wanted
    tree.check(data)


def test_worksheets_behind_other_sheets_are_found() -> None:
    charts = "<vt:variant><vt:lpstr>Charts</vt:lpstr></vt:variant><vt:variant><vt:i4>1</vt:i4></vt:variant>"
    start = '<vt:vector size="4" baseType="variant">'
    app = APP.replace(start, start + charts).replace(
        "<vt:lpstr>Plan<", "<vt:lpstr>Chart1</vt:lpstr><vt:lpstr>Plan<"
    )
    workbook = book(app)
    workbook.add_sheet("New")
    data = workbook.package.read("docProps/app.xml").decode()
    assert "<vt:lpstr>Other &amp; more</vt:lpstr><vt:lpstr>New</vt:lpstr><vt:lpstr>Plan_AsOf" in data
    assert "<vt:i4>3</vt:i4>" in data


def test_a_very_hidden_worksheet_is_not_listed_and_not_missed() -> None:
    app = APP.replace("<vt:lpstr>Plan</vt:lpstr>", "").replace("<vt:i4>2<", "<vt:i4>1<").replace('"3"', '"2"')
    workbook = book(app)
    listed = workbook.package.read("xl/workbook.xml")
    hidden = listed.replace(b'name="Plan"', b'name="Plan" state="veryHidden"')
    workbook.package.write("xl/workbook.xml", hidden)
    workbook = Workbook(workbook.package)
    workbook.add_sheet("New")
    data = workbook.package.read("docProps/app.xml").decode()
    assert "<vt:lpstr>Other &amp; more</vt:lpstr><vt:lpstr>New</vt:lpstr><vt:lpstr>Plan_AsOf" in data
    assert "<vt:i4>2</vt:i4></vt:variant><vt:variant><vt:lpstr>Named Ranges" in data


LEFT_ALONE = [
    ("no lists", f'<Properties xmlns="{EXTENDED}"><Application>Other</Application></Properties>'),
    ("no headings", APP.replace("HeadingPairs", "Headings")),
    (
        "no list of titles",
        APP.replace("<TitlesOfParts>", "<TitlesOfParts/><a>").replace("</TitlesOfParts>", "</a>"),
    ),
    ("other titles", APP.replace("<vt:lpstr>Plan<", "<vt:lpstr>Sheet1<")),
    ("another count", APP.replace("<vt:i4>2<", "<vt:i4>1<")),
    ("a count that is none", APP.replace("<vt:i4>2<", "<vt:i4>two<")),
    ("an empty count", APP.replace("<vt:i4>2</vt:i4>", "")),
    ("not well-formed", APP[:-3]),
    ("a document type", "<!DOCTYPE a>" + APP),
]


@pytest.mark.parametrize("app", [case[1] for case in LEFT_ALONE], ids=[case[0] for case in LEFT_ALONE])
def test_left_alone(app: str) -> None:
    workbook = book(app)
    workbook.add_sheet("New")
    assert workbook.package.read("docProps/app.xml") == app.encode()


def titles(workbook: Workbook) -> list[str]:
    data, root = workbook.package.tree("docProps/app.xml")
    vector = root.find("TitlesOfParts")
    assert vector is not None
    return [node.text(data) for node in vector.children[0].children]


def test_a_new_sheet_stands_at_its_place() -> None:
    for place, wanted in enumerate((["New", "Plan"], ["Plan", "New"])):
        workbook = book(APP)
        workbook.add_sheet("New", place)
        assert titles(workbook)[:2] == wanted


def test_a_moved_sheet_is_followed() -> None:
    workbook = book(APP)
    sheets.move(workbook, workbook.entry("Plan"), 2)
    assert titles(workbook) == ["Other & more", "Plan", "Plan_AsOf"]


def test_a_new_name_and_a_deleted_sheet_are_followed() -> None:
    named = APP.replace("Plan_AsOf", "Plan!Print_Area")
    workbook = book(named)
    sheets.rename(workbook, workbook.entry("Plan"), "R&D")
    assert titles(workbook) == ["R&D", "Other & more", "'R&D'!Print_Area"]
    sheets.delete(workbook, workbook.entry("Other & more"))
    assert titles(workbook) == ["R&D", "'R&D'!Print_Area"]
    data = workbook.package.read("docProps/app.xml")
    assert b"<vt:i4>1</vt:i4></vt:variant><vt:variant><vt:lpstr>Named Ranges" in data
    assert b'<vt:vector size="2" baseType="lpstr">' in data
