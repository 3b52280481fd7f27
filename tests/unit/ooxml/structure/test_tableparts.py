"""What a table shows beside its rows: its name, its headers, its totals, its filter."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.structure import tableparts
from tests.unit.ooxml.madetable import ROWS, TABLE, book

FILTERED = '<autoFilter ref="A1:B2"><filterColumn colId="0"/></autoFilter>'


def test_a_filtered_table_keeps_its_buttons() -> None:
    workbook = book(TABLE.replace('<autoFilter ref="A1:B2"/>', FILTERED))
    table, sheet = workbook.tables()[0], workbook.sheet("Plan")
    for hide in (tableparts.show_filter, tableparts.show_headers):
        with pytest.raises(UnsafeEdit, match=r"Plan!A1:B2 in plan\.xlsx is filtered"):
            hide(workbook.package, sheet, table, False)
    assert [value for value, _ in sheet.values(refs.area("A1:B1"))[0]] == ["No", "Agreed\nRAG"]


def test_totals_are_those_the_table_had() -> None:
    said = 'name="No" totalsRowLabel="All"/>'
    own = 'RAG" totalsRowFunction="custom"><totalsRowFormula>MAX(Plan[No])</totalsRowFormula></tableColumn>'
    table = TABLE.replace('name="No"/>', said).replace('RAG"/>', own)
    workbook = book(table)
    tableparts.show_totals(workbook.package, workbook.sheet("Plan"), workbook.tables()[0], True)
    workbook.flush()
    cells = list(workbook.sheet("Plan").cells(refs.area("A3:B3")))
    assert (cells[0].value([]), cells[1].formula) == ("All", "MAX(Plan[No])")
    assert workbook.tables()[0].area == refs.area("A1:B3")


@pytest.mark.parametrize(
    ("column", "mention"), [("No", "No"), ("a[b]", "a'[b']"), ("#1's", "'#1''s"), ("two words", "two words")]
)
def test_a_column_as_a_formula_calls_it(column: str, mention: str) -> None:
    assert tableparts.quoted(column) == mention


def test_a_new_name_is_followed_everywhere() -> None:
    table = TABLE.replace(
        'name="No"/>',
        'name="No"><calculatedColumnFormula>Plan[[#This Row],[No]]</calculatedColumnFormula></tableColumn>',
    )
    workbook = book(table, ROWS.replace("<v>1</v>", '<f>SUM(Plan[No])+LEN("Plan")+Plan!A1</f>'))
    tableparts.rename(workbook, workbook.tables()[0], "Actions")
    assert workbook.tables()[0].name == "Actions"
    assert b"Actions[[#This Row],[No]]" in workbook.package.read("xl/tables/table1.xml")
    (cell,) = (c for c in workbook.sheet("Plan").cells(refs.area("A2:B2")) if c.has_formula)
    assert cell.formula == 'SUM(Actions[No])+LEN("Plan")+Plan!A1'
    for name in ("A1", "two words", "R1C1"):
        with pytest.raises(UnsafeEdit, match="a table cannot be called"):
            tableparts.rename(workbook, workbook.tables()[0], name)
