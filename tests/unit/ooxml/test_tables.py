"""Tables: read, made larger or smaller, added, and their columns renamed with their header cells."""

import pytest

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml import refs, tables, xmltree
from hscb_xl.ooxml.edits import Edit
from hscb_xl.ooxml.sheet import SheetPart
from hscb_xl.ooxml.workbook import Workbook
from tests.unit.ooxml import made

ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Agreed\nRAG</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c></row>'
)
TABLE = (
    f'<table xmlns="{made.MAIN}" id="4" name="Plan" displayName="Plan" ref="A1:B2" totalsRowShown="0">'
    '<autoFilter ref="A1:B2"/><tableColumns count="2"><tableColumn id="1" name="No"/>'
    '<tableColumn id="7" name="Agreed_x000a_RAG"/></tableColumns><tableStyleInfo name="Light1"/></table>'
)
RELS = made.relationships(made.relationship("rId1", "table", "../tables/table1.xml"))
LISTED = f'<tableParts xmlns:r="{made.OFFICE}" count="1"><tablePart r:id="rId1"/></tableParts>'


def book(table: str = TABLE, rows: str = ROWS, more: dict[str, bytes] | None = None) -> Workbook:
    own = {"xl/worksheets/_rels/sheet1.xml.rels": RELS, "xl/tables/table1.xml": table.encode()}
    sheets = {"Plan": made.worksheet(rows, after=LISTED), "Other": made.worksheet()}
    return made.book(made.parts(sheets, more=own | (more or {})))


def resize(workbook: Workbook, address: str) -> None:
    table = workbook.tables()[0]
    tables.resize(workbook.package, workbook.sheet("Plan"), table, refs.area(address))


def test_a_table_is_read_as_its_part_says() -> None:
    table = book().tables()[0]
    assert (table.id, table.name, table.area.address, table.style) == (4, "Plan", "A1:B2", "Light1")
    assert table.columns == ("No", "Agreed\nRAG")
    assert table.header == refs.area("A1:B1")
    assert table.totals is None


@pytest.mark.parametrize("address", ["A1:B9", "A1:B2"])
def test_a_table_grows_and_shrinks_with_its_filter(address: str) -> None:
    workbook = book()
    resize(workbook, "A1:B5")
    resize(workbook, address)
    assert workbook.package.read("xl/tables/table1.xml") == TABLE.replace("A1:B2", address).encode()


SORT = '<sortState ref="A2:B9"><sortCondition ref="B2:B9"/><sortCondition ref="A2:A4"/></sortState>'
LATER = '<sortState ref="A8:B9"><sortCondition ref="B8:B9"/></sortState>'
SORTS = [
    ("it ends with the rows", SORT, "A1:B5", SORT.replace("9", "5")),
    ("its conditions end with them too", SORT, "A1:B3", SORT.replace("9", "3").replace("A4", "A3")),
    ("it does not grow", SORT, "A1:B12", SORT),
    ("no row is left of it", LATER, "A1:B5", ""),
    ("none is left of a condition", SORT.replace("A2:A4", "A4:A4"), "A1:B3", ""),
]


@pytest.mark.parametrize(
    ("sort", "address", "left"), [case[1:] for case in SORTS], ids=[case[0] for case in SORTS]
)
@pytest.mark.parametrize("inside", [False, True], ids=["of the table", "of its filter"])
def test_what_a_table_is_sorted_by_ends_within_it(sort: str, address: str, left: str, inside: bool) -> None:
    def holding(state: str) -> str:
        plain = '<autoFilter ref="A1:B2"/>'
        return TABLE.replace(plain, f"{plain[:-2]}>{state}</autoFilter>" if inside else plain + state)

    workbook = book(holding(sort))
    resize(workbook, address)
    wanted = holding(left).replace("A1:B2", address)
    assert workbook.package.read("xl/tables/table1.xml") == wanted.encode()


def test_a_damaged_order_of_a_table_is_said_to_be_one() -> None:
    workbook = book(TABLE.replace("<tableColumns", '<sortState ref="x"/><tableColumns'))
    with pytest.raises(DamagedBook, match=r"plan\.xlsx, xl/tables/table1\.xml: .*'x'"):
        resize(workbook, "A1:B5")


@pytest.mark.parametrize("address", ["A1:C2", "A2:B3", "A1:B1", "B1:B2"])
def test_other_columns_another_top_and_no_rows_are_refused(address: str) -> None:
    with pytest.raises(UnsafeEdit, match="by rows below its header only"):
        resize(book(), address)


def test_a_table_with_totals_is_not_resized_nor_its_totals_written() -> None:
    workbook = book(TABLE.replace("totalsRowShown", "totalsRowCount").replace('="0"', '="1"'))
    with pytest.raises(UnsafeEdit, match="totals"):
        resize(workbook, "A1:B5")
    workbook.sheet("Plan").edit(2, 2, Edit("sum"))
    with pytest.raises(UnsafeEdit, match=r"Plan!A2:B2 in plan\.xlsx is the row of totals"):
        workbook.flush()


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
    xmltree.check(sheet.data)


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
