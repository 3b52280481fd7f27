"""Tables: read, added, and their columns renamed with their header cells."""

import pytest

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.tables import tables
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml import made
from tests.unit.ooxml.madetable import ROWS, TABLE, book


def test_a_table_is_read_as_its_part_says() -> None:
    table = book().tables()[0]
    assert (table.id, table.name, table.area.address, table.style) == (4, "Plan", "A1:B2", "Light1")
    assert table.columns == ("No", "Agreed\nRAG")
    assert table.header == refs.area("A1:B1")
    assert table.totals is None


def write_header(workbook: Workbook, value: str | float | None) -> SheetPart:
    sheet = workbook.sheet("Plan")
    sheet.edit(1, 2, Edit(value))
    return sheet


RENAMED = [
    ("Agreed", "Agreed"),
    ('"R & A"', "&quot;R &amp; A&quot;"),
    ("two\nlines\tx", "two_x000a_lines_x0009_x"),
]


@pytest.mark.parametrize(("header", "written"), RENAMED)
def test_a_column_is_renamed_with_its_header_cell(header: str, written: str) -> None:
    workbook = book()
    write_header(workbook, header)
    workbook.flush()
    data = workbook.package.read("xl/tables/table1.xml")
    assert data == TABLE.replace("Agreed_x000a_RAG", written).encode()
    assert workbook.tables()[0].columns == ("No", header)


def test_the_same_header_and_cells_beside_it_rename_nothing() -> None:
    workbook = book(TABLE.replace("Agreed_x000a_RAG", "differs from its cell"))
    sheet = write_header(workbook, "Agreed\nRAG")
    sheet.edit(1, 3, Edit("beside"))
    sheet.edit(2, 1, Edit("below"))
    workbook.flush()
    assert workbook.tables()[0].columns == ("No", "differs from its cell")


@pytest.mark.parametrize("header", [None, 2015.0, "no", "x" * 256])
def test_headers_that_a_table_cannot_have_are_refused_until_they_are_right(
    header: str | float | None,
) -> None:
    workbook = book()
    sheet = write_header(workbook, header)
    for _ in range(2):
        with pytest.raises(UnsafeEdit, match=r"Plan!A1:B1 in plan\.xlsx must hold a different text"):
            workbook.flush()
    sheet.edit(1, 2, Edit("Agreed"))
    workbook.flush()
    assert workbook.tables()[0].columns == ("No", "Agreed")


def test_a_column_that_a_formula_calls_by_its_name_is_not_renamed() -> None:
    formula = '<row r="1"><c r="A1"><f>SUM(Plan[Agreed\nRAG])</f></c></row>'
    other = {"xl/worksheets/sheet2.xml": made.worksheet(formula)}
    workbook = book(more=other)
    write_header(workbook, "Agreed")
    with pytest.raises(UnsafeEdit, match="a formula refers to the column"):
        workbook.flush()


def add(workbook: Workbook, sheet: str, name: str, address: str) -> tables.Table:
    part = workbook.sheet(sheet)
    others, taken = workbook.tables(), [defined.name for defined in workbook.names]
    return tables.add(workbook.package, part, others, taken, name, refs.area(address), "TableStyleLight9")


def test_a_new_table_is_complete() -> None:
    workbook = book()
    sheet = workbook.sheet("Other")
    for column, header in enumerate(["a & b", "two\nlines"], start=2):
        sheet.edit(3, column, Edit(header))
    table = add(workbook, "Other", "New", "B3:C5")
    assert (table.id, table.name, table.columns) == (5, "New", ("a & b", "two\nlines"))
    assert table.part == "xl/tables/table2.xml"
    assert workbook.package.content_type(table.part) is not None
    assert [r.target for r in workbook.package.relationships(sheet.name)] == [table.part]
    assert b'<tableParts count="1"><tablePart xmlns:r=' in sheet.data
    tree.check(sheet.data)


REFUSED = [
    ("a name taken", "Plan", "B3:C5", "already has a table or name"),
    ("a cell's reference", "AB12", "B3:C5", "cannot be called"),
    ("a space", "My plan", "B3:C5", "cannot be called"),
    ("no headers", "New", "H3:I5", "must hold a different text in each cell"),
    ("merged cells", "New", "B8:C9", "merged cells lies on B9:C9"),
]


@pytest.mark.parametrize(("name", "address", "why"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_a_table_that_excel_would_not_make_is_refused(name: str, address: str, why: str) -> None:
    merged = made.worksheet(after='<mergeCells count="1"><mergeCell ref="B9:C9"/></mergeCells>')
    workbook = book(more={"xl/worksheets/sheet2.xml": merged})
    for row in (3, 8):
        workbook.sheet("Other").edit(row, 2, Edit("a"))
        workbook.sheet("Other").edit(row, 3, Edit("b"))
    before = workbook.package.names
    with pytest.raises(UnsafeEdit, match=why):
        add(workbook, "Other", name, address)
    assert workbook.package.names == before


def test_a_table_over_another_is_refused() -> None:
    with pytest.raises(UnsafeEdit, match="the table Plan lies on A1:B2"):
        add(book(), "Plan", "New", "B1:C5")


def test_a_damaged_table_is_said_to_be_one() -> None:
    with pytest.raises(DamagedBook, match=r"plan\.xlsx, xl/tables/table1\.xml: .*'one' as its id"):
        book(TABLE.replace('id="4"', 'id="one"')).tables()


@pytest.mark.parametrize(
    "formula",
    ["Plan[[#This Row],[No]]", "SUM(Plan[no])", "[[#This Row],No]*2", "Plan[@No]", "Plan[[A]:[No]]"],
)
def test_a_column_is_called_by_its_name(formula: str) -> None:
    workbook = book(rows=ROWS.replace("<v>1</v>", f"<f>{formula}</f>"))
    with pytest.raises(UnsafeEdit, match="refers to the column 'No'"):
        tables.refuse_mentioned(workbook.package, workbook.tables()[0], "No")


@pytest.mark.parametrize("formula", ["Plan[[#This Row],[Is No]]", "Plan[Nod]", "Plan[#Totals]+No"])
def test_a_column_with_a_name_like_it_is_another(formula: str) -> None:
    workbook = book(rows=ROWS.replace("<v>1</v>", f"<f>{formula}</f>"))
    for name in ("No", "als", "Row"):
        tables.refuse_mentioned(workbook.package, workbook.tables()[0], name)
