"""Tables and drawings when rows and columns come or go."""

import re

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.structure import cells
from hscb_xl.ooxml.tables import tables
from tests.unit.ooxml import made

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
Corners = tuple[int, int, int, int]
"""Row and column of the first corner, then of the other, counted from 0."""


def corner(name: str, row: int, column: int) -> str:
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>100</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>100</xdr:rowOff></xdr:{name}>"
    )


def drawn(corners: Corners, how: str = "twoCell", kind: str = "twoCellAnchor") -> Workbook:
    """A workbook with one shape."""
    edges = corner("from", *corners[:2]) + (corner("to", *corners[2:]) if kind == "twoCellAnchor" else "")
    xml = f'<xdr:wsDr xmlns:xdr="{DRAWING}"><xdr:{kind} editAs="{how}">{edges}</xdr:{kind}></xdr:wsDr>'
    drawing = f'<drawing xmlns:r="{made.OFFICE}" r:id="rId1"/>'
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": made.relationships(
            made.relationship("rId1", "drawing", "../drawings/drawing1.xml")
        ),
        "xl/drawings/drawing1.xml": xml.encode(),
    }
    rows = '<row r="3" ht="30" customHeight="1"/>'
    return made.book(made.parts({"Plan": made.worksheet(rows, after=drawing)}, more=more))


def placed(book: Workbook) -> list[tuple[int, int]]:
    """Row and offset of each corner."""
    data = book.package.read("xl/drawings/drawing1.xml").decode()
    found = re.findall(r"<xdr:row>(\d+)</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff>", data)
    return [(int(row), int(offset)) for row, offset in found]


def rows(first: int, count: int, inserting: bool) -> Move:
    return Move.of_rows(first, count, inserting)


SHAPES = [
    ("behind it", (4, 1, 8, 3), "twoCell", rows(20, 2, True), [(4, 100), (8, 100)]),
    ("in front", (4, 1, 8, 3), "twoCell", rows(5, 2, True), [(6, 100), (10, 100)]),
    ("among", (4, 1, 8, 3), "twoCell", rows(7, 2, True), [(4, 100), (10, 100)]),
    ("among, as large as before", (4, 1, 8, 3), "oneCell", rows(7, 2, True), [(4, 100), (8, 100)]),
    ("a taller row goes", (1, 1, 8, 3), "oneCell", rows(3, 1, False), [(1, 100), (9, 100)]),
    ("its first rows go", (4, 1, 8, 3), "twoCell", rows(4, 3, False), [(3, 0), (5, 100)]),
    ("its last rows go", (4, 1, 8, 3), "twoCell", rows(8, 3, False), [(4, 100), (7, 0)]),
]


@pytest.mark.parametrize(
    ("corners", "how", "move", "found"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES]
)
def test_a_shape_follows_as_it_says(
    corners: Corners, how: str, move: Move, found: list[tuple[int, int]]
) -> None:
    book = drawn(corners, how)
    cells.move(book, "Plan", move)
    assert placed(book) == found


def test_a_shape_with_one_corner() -> None:
    book = drawn((4, 1, 0, 0), kind="oneCellAnchor")
    cells.move(book, "Plan", rows(2, 3, True))
    assert placed(book) == [(7, 100)]


FIXED = [
    ("all its rows go", (4, 1, 6, 3), "twoCell", rows(4, 9, False)),
    ("its first row goes", (4, 1, 6, 3), "oneCell", rows(5, 1, False)),
    ("it is fixed to the sheet", (4, 1, 6, 3), "absolute", rows(1, 1, True)),
    ("a block moves under it", (4, 1, 6, 3), "twoCell", Move(Area(1, 2, 1, 2), "rows", True)),
]


@pytest.mark.parametrize(("corners", "how", "move"), [s[1:] for s in FIXED], ids=[s[0] for s in FIXED])
def test_a_shape_that_would_change_otherwise_is_refused(corners: Corners, how: str, move: Move) -> None:
    book = drawn(corners, how)
    before = book.package.to_bytes()
    with pytest.raises(UnsafeEdit, match=r"cannot be \w+ here: a picture, shape or chart"):
        cells.move(book, "Plan", move)
    assert book.package.to_bytes() == before


def tabled(more: str = "") -> Workbook:
    """A workbook with a table of headers, three rows and a row of totals on B2:C6."""
    xml = (
        f'<table xmlns="{made.MAIN}" id="1" name="T" displayName="T" ref="B2:C6" totalsRowCount="1">'
        f'<autoFilter ref="B2:C5"/>{more}<tableColumns count="2"><tableColumn id="1" name="a"/>'
        '<tableColumn id="2" name="b"/></tableColumns></table>'
    )
    rels = made.relationships(made.relationship("rId1", "table", "../tables/table1.xml"))
    content = {"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/tables/table1.xml": xml.encode()}
    return made.book(made.parts({"Plan": made.worksheet()}, more=content))


TABLES = [
    ("rows above", rows(1, 2, True), "B4:C8", "B4:C7"),
    ("rows within", rows(4, 2, True), "B2:C8", "B2:C7"),
    ("in front of the totals", rows(6, 1, True), "B2:C7", "B2:C5"),
    ("rows below", rows(7, 2, True), "B2:C6", "B2:C5"),
    ("rows fewer", rows(3, 2, False), "B2:C4", "B2:C3"),
    ("columns in front", Move.of_columns(1, 1, True), "C2:D6", "C2:D5"),
    ("a block as wide as it", Move(Area(1, 2, 1, 3), "rows", True), "B3:C7", "B3:C6"),
]


@pytest.mark.parametrize(("move", "area", "filtered"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_a_table_moves_grows_and_shrinks(move: Move, area: str, filtered: str) -> None:
    book = tabled()
    cells.move(book, "Plan", move)
    assert tables.read(book.package, "xl/tables/table1.xml").area.address == area
    assert f'<autoFilter ref="{filtered}"/>'.encode() in book.package.read("xl/tables/table1.xml")


CUT = [
    ("its header", rows(2, 1, False)),
    ("its totals", rows(6, 1, False)),
    ("all its rows", rows(3, 3, False)),
    ("all its columns", Move.of_columns(2, 2, False)),
    ("a block that cuts it", Move(Area(3, 2, 3, 2), "rows", True)),
]


@pytest.mark.parametrize("move", [t[1] for t in CUT], ids=[t[0] for t in CUT])
def test_a_table_that_would_be_cut_is_refused(move: Move) -> None:
    book = tabled()
    before = book.package.to_bytes()
    with pytest.raises(UnsafeEdit, match=r"^Plan!\S+ in plan\.xlsx cannot be"):
        cells.move(book, "Plan", move)
    assert book.package.to_bytes() == before


def part_of(book: Workbook) -> str:
    return book.package.read("xl/tables/table1.xml").decode()


def test_a_table_gets_columns_with_names_of_their_own() -> None:
    book = tabled()
    filtered = '<autoFilter ref="B2:C5"><filterColumn colId="1"/></autoFilter>'
    before = part_of(book).replace('<autoFilter ref="B2:C5"/>', filtered)
    book.package.write("xl/tables/table1.xml", before.encode())
    cells.move(book, "Plan", Move.of_columns(3, 2, True))
    assert tables.read(book.package, "xl/tables/table1.xml").columns == ("a", "Column1", "Column2", "b")
    assert 'ref="B2:E6"' in part_of(book)
    assert '<autoFilter ref="B2:E5"><filterColumn colId="3"/></autoFilter>' in part_of(book)
    assert re.findall(r' id="(\d+)" name', part_of(book))[1:] == ["1", "3", "4", "2"]
    headers = [value for value, _ in book.sheet("Plan").values(Area(2, 3, 2, 4))[0]]
    assert headers == ["Column1", "Column2"]
    cells.move(book, "Plan", Move.of_columns(3, 2, False))
    assert part_of(book) == before


def test_a_column_that_is_used_stays() -> None:
    book = tabled()
    rows = '<row r="9"><c r="H9"><f>SUM(T[b])</f></c></row>'
    book.package.write("xl/worksheets/sheet1.xml", made.worksheet(rows))
    book.reread(["xl/worksheets/sheet1.xml"])
    with pytest.raises(UnsafeEdit, match=r"the column 'b' of the table T"):
        cells.move(book, "Plan", Move.of_columns(3, 1, False))
    cells.move(book, "Plan", Move.of_columns(2, 1, False))
    assert tables.read(book.package, "xl/tables/table1.xml").columns == ("b",)


def test_what_hangs_on_a_sheet_and_cannot_follow_is_refused() -> None:
    for kind, what in (("ctrlProp", "form controls"), ("slicer", "slicers"), ("threadedComment", "threaded")):
        rels = made.relationships(made.relationship("rId1", kind, "../x/x1.xml"))
        more = {"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/x/x1.xml": b"<x/>"}
        book = made.book(made.parts({"Plan": made.worksheet()}, more=more))
        with pytest.raises(UnsafeEdit, match=what):
            cells.move(book, "Plan", rows(2, 1, True))
