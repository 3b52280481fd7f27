"""Edits in any order, as a script makes them through xlwings, against a simple model of the same book.

In the end, and whenever the book is saved and opened again on the way, the engine and openpyxl must read
what the model says: values, formats, formulas, rules, validations, the table and the sheets.
"""

import datetime as dt
import tempfile
import warnings
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import xlwings as xw
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from hscb_xl.engine import open_book
from tests.lossless.made.shelf import made
from tests.lossless.model import Held, Page, compare_cell, is_shown

FIRST, LAST, WIDTH = 2, 12, 8
FORMULAS = 10
"""The column that formulas are written to; values go to the first eight."""
EVERYTHING = "A2:J12"
AREAS = ("A2:A12", "B2:C5", "F3:F3", "G7:H12")
"""Where data validations are put; one does not reach into another."""
FORMATS = ("General", "0.00", "@", "dd mmm yyyy", "#,##0")
COLOURS = ((192, 0, 0), (0, 128, 0), (255, 255, 0))
NAMES = ("Second", "Third & more", "It's")

texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff", min_codepoint=32),
    max_size=12,
)
odd_texts = st.sampled_from(
    [
        "=1+1",
        "'",
        " ",
        "a\nb",
        "a\r\nb",
        "\t",
        "_x0041_",
        "_x000D_",
        "<&>\"'",
        "001",
        "TRUE",
        "]]>",
        "a" * 3000,
    ]
)
numbers = st.one_of(
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0, 1, -0.0]),
)
moments = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 30)).map(
    lambda t: t.replace(microsecond=0)
)
values = st.one_of(
    st.none(), st.booleans(), numbers, texts, odd_texts, moments, moments.map(dt.datetime.date)
)


@st.composite
def blocks(draw: st.DrawFn, width: int = WIDTH) -> tuple[int, int, int, int]:
    """A few cells: top, left, bottom, right."""
    top, left = draw(st.integers(FIRST, LAST)), draw(st.integers(1, width))
    return top, left, min(LAST, top + draw(st.integers(0, 4))), min(width, left + draw(st.integers(0, 3)))


Block = tuple[int, int, int, int]
whole_rows = blocks().map(lambda block: (block[0], 1, block[2], FORMULAS))
places = st.integers(0, 99)


def cells_of(block: Block) -> list[tuple[int, int]]:
    top, left, bottom, right = block
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


class RandomEdits(RuleBasedStateMachine):
    """A book with a table, a slicer and a drawing, and the model of it."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "plan.xlsx"
        self.path.write_bytes(made("slicers"))
        plan = Page()
        for row, (no, action, due, rag) in enumerate(
            [
                (1.0, "Write the plan", 42124.0, "R"),
                (2.0, "Share it", 42125.0, "A"),
                (3.0, "Review it", 42126.0, "G"),
            ],
            start=2,
        ):
            day = Held(due, "mm-dd-yy")
            for column, held in enumerate((Held(no), Held(action), day, Held(rag)), start=1):
                plan.cells[row, column] = held
        self.pages = {"Plan": plan}
        self.bottom = 4
        self.book = open_book(str(self.path))

    def at(self, place: int) -> tuple[xw.Sheet, Page]:
        """One of the sheets that there are, and its page."""
        name = list(self.pages)[place % len(self.pages)]
        return self.book.sheets[name], self.pages[name]

    @rule(place=places, block=blocks(), data=st.data())
    def write(self, place: int, block: Block, data: st.DataObject) -> None:
        sheet, page = self.at(place)
        top, left, bottom, right = block
        rows = [[data.draw(values) for _ in range(left, right + 1)] for _ in range(top, bottom + 1)]
        sheet.range((top, left), (bottom, right)).value = rows
        for at, value in zip(cells_of(block), chain.from_iterable(rows), strict=True):
            page.cells[at] = page.cells.get(at, Held()).written(value)

    @rule(place=places, row=st.integers(FIRST, LAST), other=st.integers(FIRST, LAST))
    def calculate(self, place: int, row: int, other: int) -> None:
        sheet, page = self.at(place)
        sheet.range((row, FORMULAS)).formula = f"=A{other}&B$2"
        page.formulas[row] = f"=A{other}&B$2"

    @rule(
        place=places,
        block=st.one_of(blocks(), whole_rows),
        what=st.sampled_from(["contents", "formats", "all"]),
    )
    def clear(self, place: int, block: Block, what: str) -> None:
        sheet, page = self.at(place)
        cells = sheet.range(block[:2], block[2:])
        {"contents": cells.clear_contents, "formats": cells.clear_formats, "all": cells.clear}[what]()
        for at in cells_of(block):
            held = page.cells.get(at, Held())
            value = held.value if what == "formats" else None
            page.cells[at] = replace(held, value=value) if what == "contents" else Held(value)
            if at[1] == FORMULAS and what != "formats":
                page.formulas.pop(at[0], None)

    @rule(place=places, block=blocks(), code=st.sampled_from(FORMATS))
    def format_numbers(self, place: int, block: Block, code: str) -> None:
        sheet, page = self.at(place)
        sheet.range(block[:2], block[2:]).number_format = code
        self.restyle(page, block, number_format=code)

    @rule(place=places, block=blocks(), colour=st.sampled_from((None, *COLOURS)), bold=st.booleans())
    def paint(self, place: int, block: Block, colour: tuple[int, int, int] | None, bold: bool) -> None:
        sheet, page = self.at(place)
        sheet.range(block[:2], block[2:]).color = colour
        sheet.range(block[:2], block[2:]).font.bold = bold
        self.restyle(page, block, fill=colour, bold=bold)

    def restyle(self, page: Page, block: Block, **look: Any) -> None:
        for at in cells_of(block):
            page.cells[at] = replace(page.cells.get(at, Held()), **look)

    @rule(place=places, block=blocks(), word=st.sampled_from("RAG"), colour=st.sampled_from(COLOURS))
    def add_rule(self, place: int, block: Block, word: str, colour: tuple[int, int, int]) -> None:
        sheet, page = self.at(place)
        cells = sheet.range(block[:2], block[2:])
        cells.conditional_formats.add_cell_value("equal_to", f'="{word}"', fill_color=colour)
        page.rules.append((cells.get_address(False, False), f'"{word}"'))

    @rule(place=places, which=places)
    def delete_rule(self, place: int, which: int) -> None:
        sheet, page = self.at(place)
        there = list(sheet[EVERYTHING].conditional_formats)
        assert [item.formula1 for item in there] == [f"={formula}" for _, formula in page.rules]
        if there:
            there[which % len(there)].delete()
            del page.rules[which % len(there)]

    @rule(
        place=places, area=st.sampled_from(AREAS), allowed=st.sampled_from([["R", "A"], ["x", "y z"], None])
    )
    def validate(self, place: int, area: str, allowed: list[str] | None) -> None:
        sheet, page = self.at(place)
        if allowed is None:
            sheet[area].data_validation.delete()
            page.lists.pop(area, None)
        else:
            sheet[area].data_validation.set_list(allowed)
            page.lists[area] = '"' + ",".join(allowed) + '"'

    @rule(bottom=st.integers(2, LAST))
    def resize_table(self, bottom: int) -> None:
        plan = self.book.sheets["Plan"]
        plan.tables["Plan"].resize(plan[f"A1:D{bottom}"])
        self.bottom = bottom

    @precondition(lambda self: len(self.pages) <= len(NAMES))
    @rule()
    def add_sheet(self) -> None:
        name = NAMES[len(self.pages) - 1]
        self.book.sheets.add(name, after=self.book.sheets[-1])
        self.pages[name] = Page()

    @rule()
    def save_and_open_again(self) -> None:
        self.book.save()
        once = self.path.read_bytes()
        self.book.save()
        assert self.path.read_bytes() == once
        self.book.close()
        self.book = open_book(str(self.path))
        self.compare()

    def teardown(self) -> None:
        if not hasattr(self, "book"):
            return
        try:
            self.book.save()
            self.compare()
            self.compare_with_openpyxl()
        finally:
            self.book.close()
            self.folder.cleanup()

    def compare(self) -> None:
        """The engine reads what the model says."""
        assert [sheet.name for sheet in self.book.sheets] == list(self.pages)
        assert self.book.sheets["Plan"].tables["Plan"].range.get_address(False, False) == f"A1:D{self.bottom}"
        for name, page in self.pages.items():
            block = self.book.sheets[name].range((FIRST, 1), (LAST, WIDTH))
            for r, line in enumerate(block.value, start=FIRST):
                for c, value in enumerate(line, start=1):
                    held = page.cells.get((r, c), Held())
                    assert is_shown(held, value), (name, r, c, held, value)
            column = self.book.sheets[name].range((FIRST, FORMULAS), (LAST, FORMULAS))
            assert {
                at: text for at, (text,) in enumerate(column.formula, start=FIRST) if text
            } == page.formulas

    def compare_with_openpyxl(self) -> None:
        """Another reader finds it in the file."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the slicer, and of numbers that are no days
            book = openpyxl.load_workbook(self.path)
        assert book.sheetnames == list(self.pages)
        assert book["Plan"].tables["Plan"].ref == f"A1:D{self.bottom}"
        for name, page in self.pages.items():
            sheet = book[name]
            for at, held in page.cells.items():
                if at[1] <= WIDTH:
                    compare_cell(held, sheet.cell(*at))
            found = {row: sheet.cell(row, FORMULAS).value for row in range(FIRST, LAST + 1)}
            assert {row: text for row, text in found.items() if text is not None} == page.formulas
            rules = [
                (str(c.sqref), r.formula[0], r.priority)
                for c in sheet.conditional_formatting
                for r in c.rules
            ]
            assert [rule[:2] for rule in sorted(rules, key=lambda one: one[2])] == page.rules
            lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
            assert {plain(area): text for area, text in lists.items()} == {
                plain(area): text for area, text in page.lists.items()
            }


def plain(area: str) -> str:
    first, _, last = area.partition(":")
    return first if first == last else area


TestRandomEdits = RandomEdits.TestCase
TestRandomEdits.settings = settings(
    max_examples=120, stateful_step_count=30, deadline=None, derandomize=True, database=None
)
