"""The calculation chain loses what is no formula any more; a full calculation is asked for where due."""

import pytest

from hscb_xl.ooxml.book import calculation
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.sheet.edits import Edit
from tests.unit.ooxml import made

FORMULAS = (
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f><v>2</v></c><c r="C1"><f>B1</f></c></row>'
)
CHAIN = '<c r="C1" i="7"/><c r="B1"/><c r="A1" l="1"/><c r="A1" i="3"/><c r="B1"/>'

REMOVED = [
    (7, {(1, 3)}, '<c r="B1" i="7"/><c r="A1" l="1"/><c r="A1" i="3"/><c r="B1"/>'),
    (7, {(1, 2)}, '<c r="C1" i="7"/><c r="A1" l="1"/><c r="A1" i="3"/><c r="B1"/>'),
    (7, {(1, 2), (1, 3)}, '<c r="A1" l="1" i="7"/><c r="A1" i="3"/><c r="B1"/>'),
    (7, {(1, 1), (1, 2), (1, 3)}, '<c r="A1" i="3"/><c r="B1"/>'),
    (3, {(1, 1)}, '<c r="C1" i="7"/><c r="B1"/><c r="A1" l="1"/><c r="B1" i="3"/>'),
    (3, {(9, 9)}, CHAIN),
    (5, {(1, 1)}, CHAIN),
]


def chained(chain: str, workbook: str = "") -> Workbook:
    rels = made.relationship("rId1", "worksheet", "worksheets/sheet1.xml")
    rels += made.relationship("rId2", "worksheet", "worksheets/sheet2.xml")
    rels += made.relationship("rId9", "calcChain", "calcChain.xml")
    parts = made.parts({"Plan": made.worksheet(FORMULAS), "Other": made.worksheet()}, workbook)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'sheetId="1"', b'sheetId="7"')
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{made.MAIN}">{chain}</calcChain>'.encode()
    return made.book(parts | {"xl/_rels/workbook.xml.rels": made.relationships(rels)})


@pytest.mark.parametrize(("sheet", "cells", "left"), REMOVED)
def test_entries_go_and_the_others_keep_their_sheets(
    sheet: int, cells: set[tuple[int, int]], left: str
) -> None:
    package = chained(CHAIN).package
    calculation.forget(package, "xl/workbook.xml", sheet, cells)
    assert package.read("xl/calcChain.xml") == f'<calcChain xmlns="{made.MAIN}">{left}</calcChain>'.encode()


def test_a_sheet_is_meant_by_its_own_number_not_its_place() -> None:
    workbook = chained(CHAIN)
    workbook.sheet("Plan").edit(1, 3, Edit(None, over_formula=True))
    workbook.flush()
    assert b'<c r="B1" i="7"/>' in workbook.package.read("xl/calcChain.xml")


def test_a_chain_without_entries_goes_with_all_that_names_it() -> None:
    workbook = chained('<c r="A1" i="7"/>')
    workbook.sheet("Plan").edit(1, 1, Edit(5.0, over_formula=True))
    workbook.flush()
    assert "xl/calcChain.xml" not in workbook.package
    assert workbook.package.related("xl/workbook.xml", "calcChain") is None


def formula(text: str) -> bytes:
    return made.worksheet(f'<row r="1"><c r="A1">{text}</c></row>')


DUE = [
    ("a formula", "<f>A2+1</f>", True),
    ("a shared one", '<f t="shared" si="0"/>', True),
    ("a link made of cells", '<f>HYPERLINK(A2,"x")</f>', True),
    ("a link written out", '<f>HYPERLINK("#Plan!A1","x &amp; y")</f>', False),
    ("a value", "<v>1</v>", False),
    ("text that looks like one", "<is><t>f</t></is>", False),
]


@pytest.mark.parametrize(("cell", "due"), [case[1:] for case in DUE], ids=[case[0] for case in DUE])
@pytest.mark.parametrize("calc", ["", '<calcPr calcId="191029"/>', '<calcPr fullCalcOnLoad="0"/>'])
def test_a_full_calculation_is_asked_for_where_a_formula_may_be_out_of_date(
    cell: str, due: bool, calc: str
) -> None:
    package = made.package(made.parts({"Plan": formula(cell)}, f"<definedNames/>{calc}<extLst/>"))
    before = package.read("xl/workbook.xml")
    calculation.ask_for_full_calculation(package, "xl/workbook.xml", ["xl/worksheets/sheet1.xml"])
    after = package.read("xl/workbook.xml")
    assert (b'fullCalcOnLoad="1"' in after) == due
    assert due or after == before
    assert (
        after.index(b"<definedNames/>") < after.index(b"<calcPr") < after.index(b"<extLst") if due else True
    )
    calculation.ask_for_full_calculation(package, "xl/workbook.xml", ["xl/worksheets/sheet1.xml"])
    assert package.read("xl/workbook.xml") == after
