"""Cells that come and go: values, formulas and all that names cells, against a simple model of a sheet."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.structure import cells as moving
from tests.unit.ooxml import made

SIZE = 8
Where = tuple[int, int]
Cells = dict[Where, str]


def name(place: Where) -> str:
    return f"{refs.letters(place[1])}{place[0]}"


def book_of(rows: str = "", before: str = "", after: str = "", other: str = "", names: str = "") -> Workbook:
    """A workbook with the sheet Plan, and the sheet Other that holds one row."""
    sheets = {"Plan": made.worksheet(rows, before, after), "Other": made.worksheet(other)}
    return made.book(made.parts(sheets, names))


def inserted(first: int, count: int = 1) -> Move:
    return Move.of_rows(first, count, inserting=True)


def deleted(first: int, count: int = 1) -> Move:
    return Move.of_rows(first, count, inserting=False)


def rows_of(cells: Cells) -> str:
    """Rows that hold each cell's own name as a text, or the formula that means another cell."""
    lines: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in cells.items():
        inner = f"<f>{text[1:]}</f>" if text.startswith("=") else f"<is><t>{text}</t></is>"
        kind = "" if text.startswith("=") else ' t="inlineStr"'
        lines.setdefault(row, []).append((column, f'<c r="{name((row, column))}"{kind}>{inner}</c>'))
    return "".join(
        f'<row r="{row}" spans="1:{SIZE}">{"".join(xml for _, xml in sorted(line))}</row>'
        for row, line in sorted(lines.items())
    )


def held(book: Workbook) -> Cells:
    part = book.sheet("Plan")
    return {
        (cell.row, cell.column): f"={cell.formula}" if cell.has_formula else str(cell.value(()))
        for cell in part.cells(Area(1, 1, refs.MAX_ROW, refs.MAX_COLUMN))
        if cell.inner
    }


def in_model(cells: Cells, move: Move) -> Cells:
    """Where each cell is afterwards; formulas mean the cells that they meant before."""
    found = {}
    for place, text in cells.items():
        here = place_in_model(place, move)
        if here is not None:
            found[here] = formula_in_model(text, move) if text.startswith("=") else text
    return found


def formula_in_model(text: str, move: Move) -> str:
    there = place_in_model(refs.cell(text[1:]), move) if text != "=#REF!" else None
    return f"={name(there)}" if there else "=#REF!"


def place_in_model(place: Where, move: Move) -> Where | None:
    line, across = place if move.axis == "rows" else place[::-1]
    area = move.area
    low, high = (area.left, area.right) if move.axis == "rows" else (area.top, area.bottom)
    if low <= across <= high and line >= move.first:
        if not move.inserting and line < move.first + move.count:
            return None
        line += move.count if move.inserting else -move.count
    return (line, across) if move.axis == "rows" else (across, line)


places = st.tuples(st.integers(1, SIZE), st.integers(1, SIZE))
contents = st.one_of(st.just("x"), places.map(lambda place: f"={name(place)}"))


@st.composite
def moves(draw: st.DrawFn) -> Move:
    (top, left), (bottom, right) = draw(places), draw(places)
    area = Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    axis = draw(st.sampled_from(("rows", "columns")))
    inserting = draw(st.booleans())
    if draw(st.booleans()):
        return Move(area, axis, inserting)
    whole = Move.of_rows if axis == "rows" else Move.of_columns
    return whole(draw(st.integers(1, SIZE)), draw(st.integers(1, 3)), inserting)


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(places, contents, max_size=20), st.lists(moves(), min_size=1, max_size=4))
def test_values_and_formulas_are_where_the_model_has_them(cells: Cells, steps: list[Move]) -> None:
    cells = {place: text if text.startswith("=") else f"was {name(place)}" for place, text in cells.items()}
    book = book_of(rows_of(cells))
    for step in steps:
        moving.move(book, "Plan", step)
        cells = in_model(cells, step)
        assert held(book) == cells
    numbers = list(book.sheet("Plan").grid.rows)
    assert numbers == sorted(numbers)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(places, contents, max_size=20), moves())
def test_deleting_what_was_inserted_gives_everything_back(cells: Cells, step: Move) -> None:
    book = book_of(rows_of(cells))
    moving.move(book, "Plan", Move(step.area, step.axis, inserting=True))
    moving.move(book, "Plan", Move(step.area, step.axis, inserting=False))
    assert held(book) == cells


FRAME: list[tuple[str, str, Move, str]] = [
    ("merged", '<mergeCells count="1"><mergeCell ref="B2:C4"/></mergeCells>', inserted(3), 'ref="B2:C5"'),
    ("a rule", '<conditionalFormatting sqref="A2:A9 C2"/>', inserted(1, 2), 'sqref="A4:A11 C4"'),
    ("links", '<hyperlinks><hyperlink ref="A5" location="x"/></hyperlinks>', deleted(2), 'ref="A4"'),
    ("breaks", '<rowBreaks count="1"><brk id="5" man="1"/></rowBreaks>', inserted(6), 'id="6"'),
    ("a break in front", '<rowBreaks count="1"><brk id="5" man="1"/></rowBreaks>', inserted(7), 'id="5"'),
    ("a filter", '<autoFilter ref="A1:C9"/>', deleted(3, 2), 'ref="A1:C7"'),
    ("a filter with columns", '<autoFilter ref="A1:C9"><filterColumn colId="2"/></autoFilter>',
     Move.of_columns(2, 1, inserting=True), 'ref="A1:D9"><filterColumn colId="3"/>'),
    ("an order", '<sortState ref="A2:C9"><sortCondition ref="B2:B9"/></sortState>', deleted(4),
     'ref="A2:C8"><sortCondition ref="B2:B8"/>'),
    ("errors", '<ignoredErrors><ignoredError sqref="A5"/></ignoredErrors>', inserted(5), 'sqref="A6"'),
    ("a block through a rule", '<conditionalFormatting sqref="A2:C9"/>', Move(Area(3, 2, 3, 2), "rows", True),
     'sqref="A2:A9 B2:B10 C2:C9"'),
    ("watches", '<cellWatches><cellWatch r="B5"/></cellWatches>', inserted(1), 'r="B6"'),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "move", "found"), [row[1:] for row in FRAME], ids=[row[0] for row in FRAME])
def test_what_stands_around_the_rows_follows(xml: str, move: Move, found: str) -> None:
    book = book_of(after=xml)
    moving.move(book, "Plan", move)
    assert found in book.sheet("Plan").frame.data.decode()


GONE = [
    ("merged", '<mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells>'),
    ("a rule", '<conditionalFormatting sqref="A2"/>'),
    ("a validation", '<dataValidations count="1"><dataValidation sqref="A2:C2"/></dataValidations>'),
    ("a link", '<hyperlinks><hyperlink ref="A2" location="x"/></hyperlinks>'),
    ("an order", '<sortState ref="A2:C9"><sortCondition ref="A2:C2"/></sortState>'),
    ("a break", '<rowBreaks count="1" manualBreakCount="1"><brk id="1" man="1"/></rowBreaks>'),
]


@pytest.mark.parametrize("xml", [row[1] for row in GONE], ids=[row[0] for row in GONE])
def test_what_belongs_to_deleted_cells_goes_with_them(xml: str) -> None:
    book = book_of(after=xml)
    moving.move(book, "Plan", deleted(2))
    assert book.sheet("Plan").frame.data == made.worksheet()


EXTENSION = '<extLst><ext uri="u"><{0} xmlns="urn:x"/></ext></extLst>'
SHARED = (
    '<row r="2"><c r="A2"><f t="shared" ref="A2:A4" si="0">B2*$B$1</f></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>'
    '<row r="4"><c r="A4"><f t="shared" si="0"/></c></row>'
)
ARRAY = '<row r="2"><c r="A2"><f t="array" ref="A2:A3">B2:B3</f></c></row><row r="3"><c r="A3"/></row>'
REFUSED: list[tuple[str, Callable[[], Workbook], Move, str]] = [
    ("an array that is cut", lambda: book_of(ARRAY), inserted(3), "array formula"),
    ("a part of an array", lambda: book_of(ARRAY), deleted(3), "array formula"),
    ("merged cells beside a block",
     lambda: book_of(after='<mergeCells><mergeCell ref="A3:B3"/></mergeCells>'),
     Move(Area(2, 1, 2, 1), "rows", True), "A3:B3"),
    ("a reference beside a block", lambda: book_of('<row r="9"><c r="H9"><f>SUM(A1:B9)</f></c></row>'),
     Move(Area(2, 1, 2, 1), "rows", True), "Plan!H9.*A1:B9"),
    ("a slicer", lambda: book_of(after=EXTENSION.format("slicerList")), inserted(1), "slicerList"),
    ("a rule that looks elsewhere",
     lambda: book_of(after='<conditionalFormatting sqref="A5"><cfRule><formula>B2=1</formula></cfRule>'
                     "</conditionalFormatting>"),
     inserted(4), "B2=1"),
    ("the header of a filter", lambda: book_of(after='<autoFilter ref="A2:C9"/>'), deleted(2), "A2:C9"),
    ("a name that moves with its user",
     lambda: book_of(names='<definedNames><definedName name="Beside">Plan!B5</definedName></definedNames>'),
     inserted(1), "Beside"),
    ("a value at the end", lambda: book_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
     inserted(1), "A1048576 is not empty"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "move", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_cannot_follow_is_refused_and_nothing_changes(
    make: Callable[[], Workbook], move: Move, why: str
) -> None:
    book = make()
    before = book.package.to_bytes()
    with pytest.raises(UnsafeEdit, match=rf"^Plan!\S+ in plan\.xlsx cannot be (in|de)\w+ here: .*{why}"):
        moving.move(book, "Plan", move)
    assert book.package.to_bytes() == before


@pytest.mark.parametrize(
    ("move", "formulas"),
    [
        (inserted(2), {(3, 1): "=B3*$B$1", (4, 1): "=B4*$B$1", (5, 1): "=B5*$B$1"}),
        (inserted(3), {(2, 1): "=B2*$B$1", (4, 1): "=B4*$B$1", (5, 1): "=B5*$B$1"}),
        (deleted(2), {(2, 1): "=B2*$B$1", (3, 1): "=B3*$B$1"}),
        (inserted(1), {(3, 1): "=B3*$B$2", (4, 1): "=B4*$B$2", (5, 1): "=B5*$B$2"}),
    ],
)
def test_shared_formulas_mean_what_they_meant(move: Move, formulas: Cells) -> None:
    book = book_of(SHARED)
    moving.move(book, "Plan", move)
    sheet = book.sheet("Plan")
    shared = b't="shared"' in sheet.grid.data
    assert shared == (move.first < 3 and move.inserting)
    if shared:
        top = min(formulas)[0]
        assert f'ref="A{top}:A{top + 2}" si="0">{formulas[top, 1][1:]}<' in sheet.grid.data.decode()
    else:
        assert held(book) == formulas


def test_shared_formulas_of_other_sheets_are_written_out_where_they_part() -> None:
    book = book_of(other=SHARED.replace("B2*$B$1", "Plan!B2"))
    moving.move(book, "Plan", inserted(3))
    found = re.findall(r"<f>(.*?)</f>", book.sheet("Other").grid.data.decode())
    assert found == ["Plan!B2", "Plan!B4", "Plan!B5"]


def test_a_rule_keeps_its_meaning_when_its_first_row_goes() -> None:
    rule = "<cfRule><formula>$B2&gt;$B$1</formula></cfRule>"
    book = book_of(after=f'<conditionalFormatting sqref="A2:A9">{rule}</conditionalFormatting>')
    moving.move(book, "Plan", deleted(2))
    text = book.sheet("Plan").frame.data.decode()
    assert 'sqref="A2:A8"' in text
    assert "<formula>$B2&gt;$B$1</formula>" in text


def test_new_rows_look_like_the_one_above() -> None:
    rows = '<row r="2" ht="30" customHeight="1"><c r="A2" s="0"/><c r="B2" s="3"><v>1</v></c></row>'
    book = book_of(rows + '<row r="3"><c r="B3" s="4"><v>2</v></c></row>')
    moving.move(book, "Plan", inserted(3))
    new = '<row r="3" ht="30" customHeight="1"><c r="A3" s="0"/><c r="B3" s="3"/></row>'
    kept = '<row r="4"><c r="B4" s="4"><v>2</v></c></row>'
    assert book.sheet("Plan").grid.data.decode() == rows + new + kept


def test_new_columns_are_as_wide_as_the_one_before() -> None:
    book = book_of(before='<cols><col min="2" max="3" width="20" style="1"/></cols>')
    moving.move(book, "Plan", Move.of_columns(3, 2, inserting=True))
    widths = re.findall(
        r'<col min="(\d+)" max="(\d+)" width="20" style="1"/>', book.sheet("Plan").frame.data.decode()
    )
    assert widths == [("2", "2"), ("3", "4"), ("5", "5")]


X14 = (
    '<extLst><ext uri="u"><x14:{0}s xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:{0}><xm:f>Other!$A$1</xm:f>'
    "<xm:sqref>{1}</xm:sqref></x14:{0}></x14:{0}s></ext></extLst>"
)


@pytest.mark.parametrize("kind", ["conditionalFormatting", "dataValidation"])
def test_rules_of_later_versions_follow(kind: str) -> None:
    book = book_of(after=X14.format(kind, "A2:A9 C1"))
    moving.move(book, "Plan", inserted(2))
    assert X14.format(kind, "A3:A10 C1") in book.sheet("Plan").frame.data.decode()
    moving.move(book, "Other", inserted(1))
    assert "<xm:f>Other!$A$2</xm:f>" in book.sheet("Plan").frame.data.decode()
    with pytest.raises(UnsafeEdit, match="would be deleted with its cells"):
        moving.move(book, "Plan", deleted(1, 10))


def test_a_rule_of_another_sheet_that_looks_relatively_is_refused() -> None:
    book = book_of(after=X14.format("dataValidation", "A2:A9").replace("Other!$A$1", "Other!A1"))
    moving.move(book, "Other", inserted(5))
    with pytest.raises(UnsafeEdit, match="a rule for Plan!A2:A9 looks at these cells"):
        moving.move(book, "Other", inserted(1))


RELATIVE = [
    ("A2:A9", "$B2&gt;$B$1", inserted(5), "A2:A10", "$B2&gt;$B$1"),
    ("A2:A9", "$B2&gt;$B$1", inserted(1), "A3:A10", "$B3&gt;$B$2"),
    ("A2:A9", "$B2&gt;$B$1", inserted(2), "A3:A10", "$B3&gt;$B$1"),
    ("A2:A9", "A2&gt;B2", deleted(2, 2), "A2:A7", "A2&gt;B2"),
    ("B2:B9 D2:D9", "B2=1", inserted(1), "B3:B10 D3:D10", "B3=1"),
    ("A2:A9", "Other!$A$1=A2", Move.of_columns(1, 1, inserting=True), "B2:B9", "Other!$A$1=B2"),
]


@pytest.mark.parametrize(("area", "formula", "move", "moved_area", "moved_formula"), RELATIVE)
def test_a_rule_means_what_it_meant(
    area: str, formula: str, move: Move, moved_area: str, moved_formula: str
) -> None:
    rule = '<conditionalFormatting sqref="{}"><cfRule><formula>{}</formula></cfRule></conditionalFormatting>'
    book = book_of(after=rule.format(area, formula))
    moving.move(book, "Plan", move)
    assert rule.format(moved_area, moved_formula) in book.sheet("Plan").frame.data.decode()


COLUMNS = [
    (Move.of_columns(1, 1, inserting=True), [("3", "4")]),
    (Move.of_columns(4, 2, inserting=True), [("2", "3"), ("4", "5")]),
    (Move.of_columns(9, 2, inserting=True), [("2", "3")]),
    (Move.of_columns(3, 1, inserting=False), [("2", "2")]),
    (Move.of_columns(1, 2, inserting=False), [("1", "1")]),
    (Move.of_columns(1, 9, inserting=False), []),
]


@pytest.mark.parametrize(("move", "spans"), COLUMNS)
def test_widths_follow_their_columns(move: Move, spans: list[tuple[str, str]]) -> None:
    book = book_of(before='<cols><col min="2" max="3" width="20" hidden="1"/></cols>')
    moving.move(book, "Plan", move)
    text = book.sheet("Plan").frame.data.decode()
    assert re.findall(r'<col min="(\d+)" max="(\d+)" width="20"', text) == spans
    assert text.count("hidden") == text.count("<col ") - (spans == [("2", "3"), ("4", "5")])


def test_a_chain_of_calculation_is_left_to_excel() -> None:
    rels = made.relationship("rId9", "calcChain", "calcChain.xml")
    sheets = {"Plan": made.worksheet('<row r="2"><c r="A2"><f>B2</f></c></row>')}
    content = made.parts(sheets, more={"xl/calcChain.xml": b"<calcChain/>"})
    content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", rels.encode() + b"</Relationships>"
    )
    book = made.book(content)
    moving.move(book, "Plan", inserted(1))
    assert "xl/calcChain.xml" not in book.package
    assert held(book) == {(3, 1): "=B3"}
