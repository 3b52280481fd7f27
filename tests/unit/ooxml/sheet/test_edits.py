"""Edits of sheets in several spellings: the cells agree with a dictionary, all other bytes with what was."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.parsers import expat
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_xl.ooxml.formula.refs import Area, letters
from hscb_xl.ooxml.sheet.cells import Value
from hscb_xl.ooxml.sheet.edits import KEEP, Edit, Keep
from hscb_xl.ooxml.sheet.part import SheetPart
from tests.unit.ooxml.made import MAIN

Place = tuple[int, int]
Held = tuple[str | float | None, int]

ROWS, COLUMNS = 3, 4
WHOLE = Area(1, 1, ROWS + 1, COLUMNS + 1)
TEXTS = ["", "a", " b ", "é <&> \"'", "two\nlines", "_x000D_", "😀"]
FIRST = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True)
class Spelling:
    """How the same cells are written."""

    prefix: str
    quote: str
    cell_references: bool
    row_numbers: bool
    hints: bool
    dimension: bool
    shared: bool
    date1904: bool
    empty: str


spellings = st.builds(
    Spelling,
    st.sampled_from(["", "x:", "main:"]),
    st.sampled_from("\"'"),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["<{0}sheetData/>", "<{0}sheetData></{0}sheetData>", ""]),
)
places = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS))
held = st.none() | st.integers(-9, 99).map(float) | st.just(0.1) | st.booleans() | st.sampled_from(TEXTS)
styles = st.sampled_from([0, 0, 0, 1, 12])
cells = st.dictionaries(places, st.tuples(held, styles), max_size=9)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
values = (
    texts
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**53), 2**53)
    | st.booleans()
    | st.dates(date(1905, 1, 1), date(9999, 12, 31))
    | st.just(datetime(2015, 5, 12, 18))
)
steps = st.tuples(places, st.none() | values | st.just(KEEP), st.just(KEEP) | styles) | st.just("read")


def part(held: dict[Place, Held], how: Spelling) -> bytes:
    """A worksheet with these cells, behind and before elements that are nobody's business here."""
    p = how.prefix
    rows = "".join(row(number, held, how) for number in range(1, ROWS + 1))
    rows = f"<{p}sheetData>{rows}</{p}sheetData>" if rows else how.empty.format(p)
    name = f"xmlns:{p[:-1]}" if p else "xmlns"
    before = f"<{p}dimension ref={how.quote}B2{how.quote} />" if how.dimension else ""
    after = f"<{p}pageMargins left='1' /><!-- <{p}row r='1'/> -->"
    return (
        f"\ufeff<?xml version='1.0'?>\n<{p}worksheet {name}='{MAIN}'>{before}{rows}{after}</{p}worksheet >\n"
    ).encode()


def row(number: int, held: dict[Place, Held], how: Spelling) -> str:
    """A row with its cells; where rows go without a number, there is none missing before the last."""
    columns = sorted(column for row, column in held if row == number)
    if not columns and (how.row_numbers or number > max((row for row, _ in held), default=0)):
        return ""
    q, p = how.quote, how.prefix
    start = f"<{p}row" + (f" r={q}{number}{q}" if how.row_numbers else "")
    start += f" spans={q}2:3{q}" if how.hints else ""
    inner, last = "", 0
    for column in columns:
        implied = not how.cell_references and column == last + 1
        reference = "" if implied else f" r={q}{letters(column)}{number}{q}"
        inner += cell(reference, *held[number, column], how)
        last = column
    return f"{start} >{inner}</{p}row>" if inner else f"{start} />"


def cell(reference: str, value: str | float | None, style: int, how: Spelling) -> str:
    q, p = how.quote, how.prefix
    start = f"<{p}c{reference}" + (f" s={q}{style}{q}" if style else "")
    if value is None:
        return f"{start}/>"
    if isinstance(value, str) and how.shared:
        return f"{start} t={q}s{q}><{p}v>{TEXTS.index(value)}</{p}v></{p}c>"
    if isinstance(value, str):
        text = escape(value.replace("_x", "_x005F_x"))
        return f"{start} t={q}inlineStr{q}><{p}is><{p}t xml:space='preserve'>{text}</{p}t></{p}is></{p}c >"
    kind = f" t={q}b{q}" if isinstance(value, bool) else ""
    return f"{start}{kind}><{p}v>{float(value):g}</{p}v></{p}c>"


def stored(value: Value, date1904: bool) -> str | float | None:
    """What shall be read back: a day is its number."""
    if isinstance(value, datetime):
        return stored(value.date(), date1904) + value.hour / 24  # type: ignore[operator]
    if isinstance(value, date):
        return float((value - FIRST[date1904]).days)
    assert value is None or isinstance(value, str | float | int)
    return value


def spots(data: bytes) -> dict[Place, tuple[int, int]]:
    """Where an XML parser finds each cell, and each row as a cell of column 0."""
    parser = expat.ParserCreate()
    found: dict[Place, tuple[int, int]] = {}
    starts: list[tuple[int, Place | None]] = []
    at = [0, 0]

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            at[:] = [int(attributes.get("r", at[0] + 1)), 0]
        elif kind == "c":
            reference = re.sub(r"[0-9]", "", attributes.get("r", ""))
            at[1] = ord(reference) - 64 if reference else at[1] + 1
        starts.append((parser.CurrentByteIndex, (at[0], at[1]) if kind in ("row", "c") else None))

    def end(name: str) -> None:
        begin, place = starts.pop()
        at_end = parser.CurrentByteIndex  # of an empty-element tag it is the offset behind it
        if place:
            tag = b"</" + name.encode()
            found[place] = begin, data.index(b">", at_end) + 1 if data.startswith(tag, at_end) else at_end

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found


def untouched(data: bytes, edited: set[Place], rows: set[int]) -> bytes:
    """The part without the cells that were edited, the rows that were made for them and Excel's hints."""
    for place, (start, end) in sorted(spots(data).items(), key=lambda item: -item[1][0]):
        if place in edited:
            data = data[:start] + data[end:]
    for place, (start, end) in sorted(spots(data).items(), key=lambda item: -item[1][0]):
        if place[1] == 0 and place[0] not in rows:
            assert b"r>" not in data[start:end][:-6], "a row of ours holds only edited cells"
            data = data[:start] + data[end:]
    data = re.sub(rb"<((?:\w+:)?(?:row|sheetData))((?: [^>]*?)?)/>", rb"<\1\2></\1>", data)
    data = re.sub(rb"<((?:\w+:)?sheetData)></\1>", b"", data)
    return re.sub(rb"""( spans=["'])\d+:\d+|(dimension ref=["'])[A-Z0-9:]+""", rb"\1\2", data)


def told_apart(cells: dict[Place, Held]) -> dict[Place, tuple[type, Held]]:
    """The cells that differ from ones that are not there; a flag is no number."""
    return {
        place: (bool if isinstance(cell[0], bool) else object, cell)
        for place, cell in cells.items()
        if cell != (None, 0)
    }


def contents(sheet: SheetPart) -> dict[Place, tuple[type, Held]]:
    """What the sheet says that it holds."""
    cells = enumerate(zip(sheet.values(WHOLE), sheet.formats.of(WHOLE), strict=True), start=1)
    return told_apart(
        {
            (row, column): (value, style)  # type: ignore[misc]
            for row, (values, styles) in cells
            for column, ((value, _), style) in enumerate(zip(values, styles, strict=True), start=1)
        }
    )


def applied(
    sheet: SheetPart,
    model: dict[Place, Held],
    todo: list[tuple[Place, Value | Keep, int | Keep] | str],
    clears: bool,
) -> Iterator[Place]:
    """Edit the sheet and the model alike; the places that were written. ``clears`` takes values away too."""
    for step in todo:
        if isinstance(step, str):
            assert contents(sheet) == told_apart(model)
            continue
        place, value, style = step
        if value is None and not clears:
            continue
        sheet.edit(*place, Edit(value, style))
        before, format_before = model.get(place, (None, 0))
        after = before if isinstance(value, Keep) else stored(value, sheet.date1904)
        model[place] = after, format_before if isinstance(style, Keep) else style
        yield place


@settings(deadline=None, max_examples=250)
@given(cells, spellings, st.lists(steps, max_size=10))
def test_only_the_edited_cells_change(
    given_cells: dict[Place, Held], how: Spelling, todo: list[tuple[Place, Value | Keep, int | Keep] | str]
) -> None:
    model = dict(given_cells)
    data = part(model, how)
    sheet = SheetPart("part", data, TEXTS, how.date1904)
    assert sheet.data == data
    edited = set(applied(sheet, model, todo, clears=how.cell_references))
    sheet.flush()
    assert contents(sheet) == contents(SheetPart("again", sheet.data, TEXTS)) == told_apart(model)
    rows = {row for row, column in spots(data) if column == 0}
    assert untouched(sheet.data, edited, rows) == untouched(data, edited, rows)


@settings(deadline=None)
@given(cells, spellings)
def test_what_is_there_already_is_not_written_again(given_cells: dict[Place, Held], how: Spelling) -> None:
    data = part(given_cells, how)
    sheet = SheetPart("part", data, TEXTS)
    for place, (value, style) in given_cells.items():
        sheet.edit(*place, Edit(value, style))
    sheet.flush()
    assert sheet.data == data
    assert not sheet.is_changed
    assert not sheet.changed


def test_the_last_cell_of_a_sheet_can_be_written() -> None:
    sheet = SheetPart(
        "part", part({(1, 1): ("a", 0)}, Spelling("", '"', True, True, True, True, False, False, ""))
    )
    sheet.edit(1_048_576, 16_384, Edit("end"))
    sheet.flush()
    assert sheet.values(Area(1_048_576, 16_384, 1_048_576, 16_384)) == [[("end", 0)]]
    assert b'<dimension ref="B2:XFD1048576" />' in sheet.data
    assert b'</row><row r="1048576"><c r="XFD1048576" t="inlineStr">' in sheet.data
    assert sheet.extent() == Area(1, 1, 1_048_576, 16_384)
