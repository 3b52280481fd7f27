"""Where cells and rows go in a sheet's bytes, what stays beside them, and what is refused."""

from datetime import date, datetime
from decimal import Decimal
from typing import cast

import pytest

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet import cells
from hscb_xl.ooxml.sheet.cells import CellError, Formula
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from tests.unit.ooxml import made

ONE = (
    '<row r="2" spans="2:3" ht="30" customHeight="1"><c r="B2" s="1" t="s" ph="1"><v>0</v></c>'
    '<c r="C2"><v>5</v></c></row>'
)
MOMENT = '<row r="1"><c r="A1" t="d"><v>2015-05-12T18:00:00</v></c></row>'
FIVE = '<c r="C2"><v>5</v></c>'


def rows_after(xml: str, edits: dict[str, Edit]) -> str:
    sheet = made.sheet(xml)
    for reference, edit in edits.items():
        sheet.edit(*refs.cell(reference), edit)
    sheet.flush()
    return sheet.grid.data.decode()


CASES: list[tuple[str, str, dict[str, Edit], str]] = [
    ("a cell before the others", ONE, {"A2": Edit(1.0)},
     ONE.replace('spans="2:3"', 'spans="1:3"').replace("<c r=\"B2\"", '<c r="A2"><v>1</v></c><c r="B2"')),
    ("a cell behind the others", ONE, {"D2": Edit(True)},
     ONE.replace('spans="2:3"', 'spans="2:4"').replace("</row>", '<c r="D2" t="b"><v>1</v></c></row>')),
    ("another value", ONE, {"C2": Edit("a & b")},
     ONE.replace(FIVE, '<c r="C2" t="inlineStr"><is><t>a &amp; b</t></is></c>')),
    ("another format", ONE, {"B2": Edit(style=7), "C2": Edit(style=7)},
     ONE.replace('s="1"', 's="7"').replace('<c r="C2">', '<c s="7" r="C2">')),
    ("no value and no format", ONE, {"C2": Edit(None)}, ONE.replace(FIVE, '<c r="C2"/>')),
    ("no value but a format", ONE, {"C2": Edit(None, 3)}, ONE.replace(FIVE, '<c r="C2" s="3"/>')),
    ("a cell that others are counted from", "<row><c/><c><v>1</v></c><c><v>2</v></c></row>",
     {"B1": Edit(None)},
     '<row><c/><c r="B1"/><c><v>2</v></c></row>'),
    ("nothing new", ONE, {"C2": Edit(5.0), "D9": Edit(None), "A2": Edit(style=0)}, ONE),
    ("a row before", ONE, {"B1": Edit(1.0)}, '<row r="1"><c r="B1"><v>1</v></c></row>' + ONE),
    ("a row behind", ONE, {"B7": Edit(1.0)}, ONE + '<row r="7"><c r="B7"><v>1</v></c></row>'),
    ("a first cell in an empty row", '<row r="2" ht="9" />', {"A2": Edit(1.0)},
     '<row r="2" ht="9" ><c r="A2"><v>1</v></c></row>'),
    ("a row with a format of its own", '<row r="2" s="4" customFormat="1"/>',
     {"A2": Edit(1.0), "B2": Edit(style=0)},
     '<row r="2" s="4" customFormat="1"><c r="A2" s="4"><v>1</v></c><c r="B2"/></row>'),
    ("a formula for a value", ONE, {"C2": Edit(Formula("1+1"))}, ONE.replace("<v>5</v>", "<f>1+1</f>")),
    ("a formula with a known value", ONE, {"C2": Edit(Formula('HYPERLINK("#A1","x")', "x"))},
     ONE.replace('"C2"><v>5</v>', '"C2" t="str"><f>HYPERLINK("#A1","x")</f><v>x</v>')),
    ("the formula that is there", '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
     {"A1": Edit(Formula("1+1"))},
     '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'),
    ("the moment that is there as a text", MOMENT, {"A1": Edit(datetime(2015, 5, 12, 18))}, MOMENT),
    ("its number", MOMENT, {"A1": Edit(42136.75)}, MOMENT),
    ("another moment", MOMENT, {"A1": Edit(date(2015, 5, 13))},
     '<row r="1"><c r="A1"><v>42137</v></c></row>'),
    ("a moment that has no number", MOMENT.replace("2015", "1815"), {"A1": Edit(1.0)},
     '<row r="1"><c r="A1"><v>1</v></c></row>'),
    ("quotes and spaces of others", "<row r = '2' ><c s = '1' r='B2'  /></row >", {"B2": Edit(style=2)},
     "<row r = '2' ><c s = \"2\" r='B2'  /></row >"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "edits", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_only_what_was_asked_for_changes(before: str, edits: dict[str, Edit], after: str) -> None:
    assert rows_after(before, edits) == after


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData></sheetData>", ""])
def test_a_sheet_without_rows_gets_them(empty: str) -> None:
    data = made.worksheet().replace(b"<sheetData></sheetData>", empty.encode())
    sheet = SheetPart("part", data.replace(b"</worksheet>", b'<pageMargins left="1"/></worksheet>'))
    sheet.edit(1, 1, Edit(1.0))
    sheet.flush()
    assert b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><pageMargins' in sheet.data


DIMENSIONS = [
    ('<dimension ref="B2:C2"/>', b'<dimension ref="A1:C2"/>'),
    ('<dimension ref="A1:Z9"/>', b'<dimension ref="A1:Z9"/>'),
    ('<dimension ref=""/>', b'<dimension ref="A1:C2"/>'),
    ("", b"<worksheet"),
]


@pytest.mark.parametrize(("before", "after"), DIMENSIONS)
def test_the_dimension_grows_and_never_shrinks(before: str, after: bytes) -> None:
    sheet = made.sheet(ONE, before=before)
    sheet.edit(1, 1, Edit(1.0))
    sheet.edit(9, 9, Edit(None))
    sheet.flush()
    assert after in sheet.data


def test_a_new_cell_has_the_format_of_its_column() -> None:
    sheet = made.sheet(ONE, before='<cols><col min="4" max="5" style="6"/></cols>')
    assert list(sheet.formats.of(Area(2, 2, 2, 6))) == [[1, 0, 6, 6, 0]]
    sheet.edit(2, 4, Edit(1.0))
    sheet.edit(2, 5, Edit(style=6))
    sheet.flush()
    assert b'<c r="D2" s="6"><v>1</v></c></row>' in sheet.data


CLEAR = Edit(None, over_formula=True)
REFUSED: list[tuple[str, str, Edit, str]] = [
    ("a formula", '<c r="A1"><f>1+1</f><v>2</v></c>', Edit(2.0), "holds a formula where a value should go"),
    ("a shared formula", '<c r="A1"><f t="shared" si="0"/><v>2</v></c>', CLEAR, "holds a formula"),
    ("one with spaces", '<c r="A1"><f t = "shared" si="0">1+1</f></c>', CLEAR, "holds a formula"),
    ("an array formula", '<c r="A1"><f t="array" ref="A1">1</f></c>', CLEAR, "formula that fills A1"),
    ("a cell that an array fills", '<c r="A1"/><c r="B1"><f t="array" ref="A1:B1">1</f></c>', Edit(1.0),
     "belongs to the formula that fills A1:B1"),
    ("a what-if table", '<c r="A1"/><c r="B1"><f t="dataTable" ref="A1:B1" dt2D="1"/></c>', Edit(5.0),
     "belongs to the formula that fills A1:B1"),
    ("a dynamic array", '<c r="A1" cm="1"><v>1</v></c>', Edit(5.0), "dynamic array or a linked data type"),
    ("a linked data type", '<c r="A1" vm="1" t="e"><v>#N/A</v></c>', Edit("x"), "linked data type"),
    ("something of later versions", '<c r="A1"><extLst><ext/></extLst></c>', Edit("x"), "linked data type"),
    ("a text too long", "", Edit("a" * 40_000), "at most 32,767 characters and this text has 40,000"),
    ("a number that is none", "", Edit(float("inf")), "inf is not a value that a cell can hold"),
    ("a number too exact", "", Edit(2**53 + 1), "9007199254740993 has more digits than a cell keeps"),
    ("a number far too large", "", Edit(10**400), "has more digits than a cell keeps"),
    ("no value at all", "", Edit(cast("float", Decimal(1))), r"Decimal\('1'\) is not a value"),
    ("a day before the first", "", Edit(date(1066, 10, 14)), "before the first day"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "edit", "why"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_refused_by_its_full_name_and_nothing_changed(cell: str, edit: Edit, why: str) -> None:
    sheet = made.sheet(f'<row r="1">{cell}</row>')
    before = sheet.data
    sheet.edit(7, 1, Edit("good"))
    sheet.edit(1, 1, edit)
    for _ in range(2):  # what was refused is refused again, so that nothing half done is ever saved
        with pytest.raises(UnsafeEdit, match=rf"^Plan!A1 in plan\.xlsx:? .*{why}"):
            sheet.flush()
    assert sheet.data == before


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (-1, 1), (1_048_577, 1), (1, 16_385)])
def test_a_cell_that_no_sheet_has_is_refused_at_once(place: tuple[int, int]) -> None:
    sheet = made.sheet(ONE)
    with pytest.raises(
        UnsafeEdit, match=rf"Plan of plan\.xlsx has no cell in row {place[0]}, column {place[1]}"
    ):
        sheet.edit(*place, Edit("x"))
    sheet.edit(refs.MAX_ROW, refs.MAX_COLUMN, Edit("x"))
    sheet.flush()
    assert sheet.extent() == Area(2, 2, refs.MAX_ROW, refs.MAX_COLUMN)


def test_a_plain_formula_goes_where_that_is_said() -> None:
    sheet = made.sheet('<row r="1"><c r="A1" s="2"><f ca="1">NOW()</f><v>2</v></c></row>')
    sheet.edit(1, 1, Edit(None, over_formula=True))
    sheet.flush()
    assert b'<row r="1"><c r="A1" s="2"/></row>' in sheet.data
    assert sheet.freed == {(1, 1)}


def test_only_the_first_of_merged_cells_takes_a_value() -> None:
    sheet = made.sheet(after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')
    sheet.edit(1, 1, Edit("shown"))
    sheet.edit(2, 2, Edit(None))
    sheet.edit(1, 2, Edit(style=1))
    sheet.flush()
    sheet.edit(2, 1, Edit("hidden"))
    with pytest.raises(UnsafeEdit, match="hidden by the merged cells A1:B2"):
        sheet.flush()


def test_among_cells_out_of_order_one_is_replaced_in_its_place_and_none_is_added() -> None:
    rows = '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>'
    sheet = made.sheet(rows)
    assert [value for value, _ in sheet.values(Area(1, 1, 1, 3))[0]] == [1.0, None, 3.0]
    sheet.edit(1, 1, Edit(2))
    sheet.flush()
    assert sheet.grid.data.decode() == rows.replace("<v>1</v>", "<v>2</v>")
    for column in (2, 4):
        sheet.edit(1, column, Edit("x"))
        with pytest.raises(UnsafeEdit, match=r"Plan!A1 in plan\.xlsx stands out of order"):
            sheet.flush()
        sheet.forget()


DAMAGED = [
    ('<row r="2"/><row r="1"/>', UnsafeEdit, "out of order"),
    ('<row r="1"/><row r="1"/>', UnsafeEdit, "out of order"),
    ('<row r="0"/>', DamagedBook, "row '0'"),
    ('<row r="x"/>', DamagedBook, "row 'x'"),
    ('<row r="1"><c r="A2"/></row>', DamagedBook, "cell 'A2' in row 1"),
    ('<row r="1"><c r="ZZZ1"/></row>', DamagedBook, "cell 'ZZZ1'"),
    ('<row r="1"><!-- a --></row>', UnsafeEdit, "comments among its cells"),
    ('<row r="1"><c r="A1" t="s"><v>9</v></c></row>', DamagedBook, "A1 is damaged"),
    ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', DamagedBook, "A1 is damaged"),
    ('<row r="1"><c r="A1" t="s"><v>0.5</v></c></row>', DamagedBook, "A1 is damaged"),
    ('<row r="1"><c r="A1"><v>one</v></c></row>', DamagedBook, "A1 is damaged"),
    ('<row r="1"><c r="A1" s="x"/></row>', DamagedBook, "format 'x'"),
]


@pytest.mark.parametrize(("rows", "error", "why"), DAMAGED)
def test_damage_is_said_and_not_guessed_at(rows: str, error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        made.sheet(rows).values(Area(1, 1, 3, 3))


READ = [
    ('<c r="A1"/>', None),
    ('<c r="A1"><v/></c>', None),
    ('<c r="A1"><v></v></c>', None),
    ('<c r="A1" s=""><v> 1.5 </v></c>', 1.5),
    ('<c r="A1" t="n"><v>1E3</v></c>', 1000.0),
    ('<c r="A1" t="b"><v>1</v></c>', True),
    ('<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
    ('<c r="A1" t="str"><f>1</f><v>a_x000D_&lt;b</v></c>', "a\r<b"),
    ('<c r="A1" t="s"><v>0</v></c>', "shared"),
    ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>', "a b"),
    ('<c r="A1" t="inlineStr"/>', ""),
    ('<c r="A1" t="d"><v>2015-05-12T18:00:00Z</v></c>', datetime(2015, 5, 12, 18)),
    ("<c><f>1+1</f><v>2</v></c>", 2.0),
]


@pytest.mark.parametrize(("cell", "value"), READ)
def test_a_cell_is_read_as_what_it_holds(cell: str, value: object) -> None:
    sheet = made.sheet(f"<row>{cell}</row>")
    sheet.shared = ["shared"]
    assert sheet.values(Area(1, 1, 1, 1)) == [[(value, 0)]]


@pytest.mark.parametrize("value", [0, -1, 10**15, 2**53, 1.5, 1e-300, 1e300, 0.1])
def test_a_number_reads_back_as_itself(value: float) -> None:
    assert float(cells.number(value)) == value
