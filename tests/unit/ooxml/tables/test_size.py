"""Tables made larger or smaller, by rows and by columns."""

import pytest

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.tables import size
from tests.unit.ooxml.madetable import ROWS, TABLE, book


def resize(workbook: Workbook, address: str) -> None:
    table = workbook.tables()[0]
    size.resize(workbook.package, workbook.sheet("Plan"), table, refs.area(address))


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


@pytest.mark.parametrize("address", ["A2:B3", "A1:B1", "C1:D2"])
def test_another_top_no_rows_and_no_column_kept_are_refused(address: str) -> None:
    with pytest.raises(UnsafeEdit, match=f"begins in the same row.*so not Plan!{address} in plan"):
        resize(book(), address)


COLUMNS = [
    ("one more, called by its header", "A1:C2", ["No", "Agreed\nRAG", "Who"], [1, 7, 8]),
    ("one more that has no header yet", "A1:D2", ["No", "Agreed\nRAG", "Who", "Column1"], [1, 7, 8, 9]),
    ("the last one goes", "A1:A2", ["No"], [1]),
    ("the first one goes", "B1:B2", ["Agreed\nRAG"], [7]),
    ("the first goes and one comes", "B1:C2", ["Agreed\nRAG", "Who"], [7, 8]),
]


@pytest.mark.parametrize(
    ("address", "names", "ids"), [case[1:] for case in COLUMNS], ids=[case[0] for case in COLUMNS]
)
def test_columns_come_and_go(address: str, names: list[str], ids: list[int]) -> None:
    workbook = book(rows=ROWS.replace("</c></row><row", '</c><c r="C1" t="str"><v>Who</v></c></row><row', 1))
    resize(workbook, address)
    workbook.flush()
    _, root = workbook.package.tree("xl/tables/table1.xml")
    listed = root.find("tableColumns")
    assert listed is not None
    assert [node.number("id") for node in listed.children] == ids
    assert listed.number("count") == len(ids)
    table = workbook.tables()[0]
    assert (table.area.address, list(table.columns)) == (address, names)
    assert table.header is not None
    assert [value for value, _ in workbook.sheet("Plan").values(table.header)[0]] == names


def test_a_table_grows_to_the_left() -> None:
    workbook = book(TABLE.replace("A1:B2", "B1:B2").replace('<tableColumn id="1" name="No"/>', ""))
    resize(workbook, "A1:B4")
    table = workbook.tables()[0]
    assert table.columns == ("No", "Agreed\nRAG")


@pytest.mark.parametrize(
    ("table", "address", "why"),
    [
        (
            TABLE.replace(' ref="A1:B2" total', ' tableType="queryTable" ref="A1:B2" total'),
            "A1:A2",
            "elsewhere",
        ),
        (
            TABLE.replace(
                '<autoFilter ref="A1:B2"/>', '<autoFilter ref="A1:B2"><filterColumn colId="1"/></autoFilter>'
            ),
            "A1:A2",
            "filtered by a column",
        ),
        (
            TABLE.replace(
                'name="No"/>', 'name="No"><calculatedColumnFormula>1</calculatedColumnFormula></tableColumn>'
            ),
            "A1:B3",
            "hold the formula",
        ),
    ],
)
def test_columns_that_something_hangs_on_are_refused(table: str, address: str, why: str) -> None:
    workbook = book(table)
    with pytest.raises(UnsafeEdit, match=why):
        resize(workbook, address)
    assert workbook.package.read("xl/tables/table1.xml") == table.encode()


def test_a_column_that_a_formula_calls_does_not_go() -> None:
    workbook = book(rows=ROWS.replace("<v>1</v>", "<f>SUM(Plan[Agreed\nRAG])</f>"))
    with pytest.raises(UnsafeEdit, match="so it can be removed in Excel only"):
        resize(workbook, "A1:A2")


def test_new_rows_get_the_formulas_of_their_columns() -> None:
    table = TABLE.replace(
        'name="No"/>', 'name="No"><calculatedColumnFormula>B2*$C$1</calculatedColumnFormula></tableColumn>'
    )
    workbook = book(table, ROWS.replace("<v>1</v>", "<f>B2*$C$1</f>"))
    resize(workbook, "A1:B4")
    cells = workbook.sheet("Plan").cells(refs.area("A1:B9"))
    assert [cell.formula for cell in cells if cell.has_formula] == ["B2*$C$1", "B3*$C$1", "B4*$C$1"]


def test_a_table_with_totals_is_not_resized_nor_its_totals_written() -> None:
    workbook = book(TABLE.replace("totalsRowShown", "totalsRowCount").replace('="0"', '="1"'))
    with pytest.raises(UnsafeEdit, match="totals"):
        resize(workbook, "A1:B5")
    workbook.sheet("Plan").edit(2, 2, Edit("sum"))
    with pytest.raises(UnsafeEdit, match=r"Plan!A2:B2 in plan\.xlsx is the row of totals"):
        workbook.flush()
