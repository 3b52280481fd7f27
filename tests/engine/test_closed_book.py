"""What only a book without Excel does: how it is opened, what differs from live Excel, what it refuses."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.styles import Color, Font, PatternFill

from hscb_xl import engine
from hscb_xl.engine.app import NAME
from hscb_xl.errors import BookNotFound, NotAWorkbook, UnsafeEdit
from tests.engine.conftest import HEADERS, RED

LINK = '=HYPERLINK("#Plan!A4","Plan!A4")'


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


@pytest.fixture
def calculated(path: Path, tmp_path: Path) -> Path:
    """The small workbook without XlsxWriter's own request for a calculation, as Excel saves it."""
    made = tmp_path / "calculated.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b' fullCalcOnLoad="1"', b""))
    assert b"fullCalcOnLoad" not in part(made, "xl/workbook.xml")
    return made


class SomeEngine:
    """As much of an engine as xlwings asks for when it is made the active one."""

    name = "another"
    type = "desktop"


class TestRegistering:
    @pytest.fixture(autouse=True)
    def no_engine(self) -> None:
        """As on a machine without Excel before anybody has opened a book."""
        xw.engines.active, xw.engines.engines, xw.engines.engines_by_name = None, [], {}

    def test_lets_xlwings_open_books(self, path: Path) -> None:
        engine.register()
        book = xw.Book(path)
        assert book.sheets["Plan"]["B4"].value == "Write the plan"
        assert (xw.books.active, xw.books["small.xlsx"]) == (book, book)
        assert xw.Book(path) == xw.Book("small.xlsx") == book
        book.close()
        assert len(xw.books) == 0

    def test_is_done_once(self) -> None:
        engine.register()
        first = xw.engines.active
        engine.register()
        assert [known.name for known in xw.engines] == [NAME]
        assert xw.engines.active is first

    def test_leaves_an_active_engine_alone(self, path: Path) -> None:
        other = xw.Engine(impl=SomeEngine())
        xw.engines.add(other)
        other.activate()
        engine.register()
        book = engine.open_book(str(path))
        assert xw.engines.active is other
        assert book.sheets["Plan"]["B4"].value == "Write the plan"
        assert book.app.engine.name == NAME

    def test_a_file_is_open_once(self, path: Path) -> None:
        book = engine.open_book(str(path))
        book.sheets["Blank"]["A1"].value = "waiting"
        assert engine.open_book(str(path)).sheets["Blank"]["A1"].value == "waiting"

    def test_what_cannot_be_opened(self, tmp_path: Path) -> None:
        with pytest.raises(BookNotFound, match=r"no file .*none\.xlsx"):
            engine.open_book(str(tmp_path / "none.xlsx"))
        (tmp_path / "text.xlsx").write_text("No,Action\n")
        with pytest.raises(NotAWorkbook, match=r"text\.xlsx is not an Excel workbook"):
            engine.open_book(str(tmp_path / "text.xlsx"))


OUTSIDE: list[tuple[str, Callable[[xw.Sheet], Any]]] = [
    ("Range.row_height", lambda plan: setattr(plan["A:A"], "row_height", 30)),
    ("Range.copy", lambda plan: plan["A4"].copy()),
    ("Range.copy", lambda plan: plan["4:4"].copy(plan["A9"])),
    ("Range.paste", lambda plan: plan["A4"].paste()),
    ("Range.move", lambda plan: plan["A4"].move(plan["A9"])),
    ("Range.formula2", lambda plan: setattr(plan["A9"], "formula2", "=1")),
    ("Range.formula_array", lambda plan: setattr(plan["A9"], "formula_array", "=1")),
    ("Range.add_hyperlink", lambda plan: plan["A9:B9"].add_hyperlink("https://example.org")),
    ("Range.name", lambda plan: setattr(plan["A4"], "name", "Here")),
    ("Range.format", lambda plan: setattr(plan["A2:A1048576"], "number_format", "@")),
    ("Range.borders", lambda plan: plan["A:A"].borders.set("inside", line_style="double")),
    ("Range.formula", lambda plan: setattr(plan["M1:M3"], "formula", "=A2*2")),
    ("Sheet.pictures", lambda plan: plan.pictures),
    ("Tables.add", lambda plan: plan.tables.add(plan["H1:I2"], has_headers=False)),
    ("Table.sort", lambda plan: plan.tables[0].sort(1)),
    ("Charts.add", lambda plan: plan.charts.add()),
    ("Book.save", lambda plan: plan.book.save(password="secret")),
    ("Book.to_pdf", lambda plan: plan.book.to_pdf()),
    ("Books.open", lambda plan: plan.book.app.impl.books.open("other.xlsx", password="secret")),
    ("Books.open", lambda plan: plan.book.app.impl.books.open("other.xlsx", read_only=True)),
    ("App.calculate", lambda plan: plan.book.app.calculate()),
]


@pytest.mark.parametrize(("member", "use"), OUTSIDE, ids=[name for name, _ in OUTSIDE])
def test_what_is_outside_the_subset_says_so(
    plan: xw.Sheet, path: Path, member: str, use: Callable[[xw.Sheet], Any]
) -> None:
    before = path.read_bytes()
    with pytest.raises(NotImplementedError, match=rf"^{member}\b.* not supported .*docs/engine\.md"):
        use(plan)
    plan.book.save()
    assert path.read_bytes() == before


class TestWhatDiffersFromExcel:
    @pytest.mark.parametrize("text", ["001", "12/05/2015", "1e5", "TRUE", "=1+1", "#N/A", "+44 20", "@home"])
    def test_a_text_stays_a_text(self, blank: xw.Sheet, text: str) -> None:
        blank["A1"].value = text
        assert blank["A1"].value == text
        assert blank["A1"].options(err_to_str=True).value == text

    def test_a_new_rule_goes_behind_the_others(self, plan: xw.Sheet) -> None:
        plan["D4:D7"].conditional_formats.add_cell_value("equal_to", '="A"', fill_color=RED)
        assert [rule.formula1 for rule in plan["D4:D7"].conditional_formats] == ['="R"', '="A"']

    def test_clear_leaves_rules_and_validation(self, plan: xw.Sheet) -> None:
        plan["D4:D7"].data_validation.set_list(["R", "A", "G"])
        plan["D4:D7"].clear()
        assert len(plan["D4:D7"].conditional_formats) == 1
        assert plan["D4:D7"].data_validation.type == "list"

    def test_nothing_is_calculated(self, plan: xw.Sheet) -> None:
        plan["A4"].value = 100
        plan["H4"].formula = "=A4*2"
        assert plan["F4"].value == 10.0
        assert plan["H4"].value is None

    def test_excel_is_asked_to_calculate(self, calculated: Path) -> None:
        book = engine.open_book(str(calculated))
        book.sheets["Plan"]["A4"].value = 100
        book.save()
        assert b'fullCalcOnLoad="1"' in part(calculated, "xl/workbook.xml")

    def test_links_written_out_need_no_calculation(self, calculated: Path) -> None:
        book = engine.open_book(str(calculated))
        book.sheets["Plan"]["F4:F6"].clear_contents()
        book.sheets["Plan"]["F4"].formula = LINK
        book.save()
        assert b"fullCalcOnLoad" not in part(calculated, "xl/workbook.xml")

    def test_a_file_that_nothing_changed_is_not_marked(self, calculated: Path) -> None:
        before = calculated.read_bytes()
        engine.open_book(str(calculated)).save()
        assert calculated.read_bytes() == before

    def test_an_old_value_is_not_shown_for_a_new_formula(self, plan: xw.Sheet) -> None:
        plan["F4"].formula = "=SUM(A4:A5)"
        assert plan["F4"].value is None

    def test_a_range_with_values_only_is_used(self, blank: xw.Sheet) -> None:
        blank["A1"].value = "x"
        blank["C3"].color = RED
        assert blank.used_range.address == "$A$1"

    def test_a_sheet_is_contained_by_its_name(self, book: xw.Book) -> None:
        """Live Excel says False whatever the name, so that tasks must not ask this."""
        assert "plan" in book.sheets
        assert "Other" not in book.sheets

    def test_a_time_is_the_part_of_a_day(self, blank: xw.Sheet) -> None:
        blank["A1"].value = dt.time(18, 0)
        assert blank["A1"].value == 0.75

    def test_other_charts_keep_their_bytes(self, book: xw.Book, path: Path) -> None:
        lists = book.sheets["Lists"]
        line = part(path, "xl/charts/chart1.xml")
        assert lists.charts["Line"].chart_type == "unknown"
        lists.charts.add(anchor=lists["C6"], source=lists["C1:E3"], plot_by="columns")
        book.save()
        assert part(path, "xl/charts/chart1.xml") == line

    def test_the_title_and_the_legend_of_other_charts_are_set(self, book: xw.Book) -> None:
        line = book.sheets["Lists"].charts["Line"]
        line.title = "Ratings"
        line.legend.position = "top"
        assert (line.chart_type, line.title, line.legend.position) == ("unknown", "Ratings", "top")
        with pytest.raises(UnsafeEdit, match="type can only be changed in Excel"):
            line.chart_type = "column_clustered"

    def test_a_refused_edit_raises_until_the_cell_is_given_something_else(self, plan: xw.Sheet) -> None:
        plan["A1"].value = "x" * 40_000
        for _ in range(2):
            with pytest.raises(UnsafeEdit, match=r"Plan!A1 .*at most 32,767"):
                plan["B4"].value  # noqa: B018
            with pytest.raises(UnsafeEdit, match=r"Plan!A1 .*at most 32,767"):
                plan.book.save()
        plan["A1"].value = "short"
        plan.book.save()

    def test_colours_of_the_theme(self, tmp_path: Path) -> None:
        path = tmp_path / "theme.xlsx"
        made = openpyxl.Workbook()
        cell = made.active["A1"]
        cell.font = Font(color=Color(theme=4, tint=-0.249977111117893))
        cell.fill = PatternFill("solid", fgColor=Color(theme=5))
        made.save(path)
        found = engine.open_book(str(path)).sheets[0]["A1"]
        assert found.font.color == pytest.approx((54, 96, 146), abs=1)
        assert found.color == (192, 80, 77)
        assert found.sheet["B1"].font.color == (0, 0, 0)

    def test_headers_and_totals_that_something_hangs_on(self, plan: xw.Sheet) -> None:
        table = plan.tables["Plan"]
        plan["H1"].formula = "=Plan[[#Headers],[No]]"
        plan["B8"].value = "below"
        for member, value, why in (
            ("show_headers", False, "refers to #Headers"),
            ("show_totals", True, r"Plan!A8:D8 .*must be empty"),
        ):
            with pytest.raises(UnsafeEdit, match=why):
                setattr(table, member, value)
            assert getattr(table, member) is not value
        assert plan["A3:D3"].value == HEADERS

    def test_the_same_edits_again_change_no_byte(self, plan: xw.Sheet, path: Path) -> None:
        def edit() -> bytes:
            plan["A4:D4"].value = [1, "Changed", dt.date(2015, 5, 31), "G"]
            plan["A4:A7"].font.bold = True
            plan["F4"].formula = LINK
            plan["A4:A7"].data_validation.set_whole_number("between", 1, 99)
            plan["A1"].column_width = 12
            plan.tables["Plan"].resize(plan["A3:D6"])
            plan.book.save()
            return path.read_bytes()

        assert edit() == edit()


NOT_THERE: list[tuple[str, str, Callable[[xw.Sheet], Any]]] = [
    ("IndexError", "rows 0 to 0 .*outside", lambda plan: plan.range((0, 1))),
    ("IndexError", "columns 0 to 0 .*outside", lambda plan: setattr(plan["A1"].offset(0, -1), "value", "x")),
    ("IndexError", "columns 16385 to 16385 .*outside", lambda plan: plan["XFD1"].offset(0, 1)),
    ("IndexError", "rows 1048577 to 1048577 .*outside", lambda plan: plan["A1048576"].offset(1, 0)),
    ("IndexError", "empty slice", lambda plan: plan["A1:A3"][0:0].data_validation),
    ("ValueError", "'As_If' is neither .* nor a name .* sheet Plan of small", lambda plan: plan["As_If"]),
    ("ValueError", "'XFE1' is neither a cell reference", lambda plan: plan["XFE1"]),
    ("ValueError", "name Ratings of small.* refers to the sheet Lists", lambda plan: plan["Ratings"]),
    ("ValueError", "'#abc' is not a colour", lambda plan: setattr(plan["A1"], "color", "#abc")),
    ("ValueError", "'red' is not a colour", lambda plan: setattr(plan["A1"].font, "color", "red")),
]


@pytest.mark.parametrize(("error", "sentence", "use"), NOT_THERE, ids=[case[1] for case in NOT_THERE])
def test_what_means_nothing_is_an_error_with_a_sentence(
    plan: xw.Sheet, error: str, sentence: str, use: Callable[[xw.Sheet], Any]
) -> None:
    with pytest.raises((IndexError, ValueError), match=sentence) as raised:
        use(plan)
    assert raised.typename == error
    assert plan["A1"].value == "As of 12 May 2015"


REFUSED: list[tuple[str, Callable[[xw.Sheet], Any]]] = [
    (r"Plan!F4 .*holds a formula", lambda plan: setattr(plan["F4"], "value", 3)),
    (r"Plan!G1 .*hidden by the merged cells F1:G2", lambda plan: setattr(plan["G1"], "value", "x")),
    (r"Plan!A1 .*at most 32,767 characters", lambda plan: setattr(plan["A1"], "value", "x" * 40_000)),
    (r"Plan!A1 .*more digits", lambda plan: setattr(plan["A1"], "value", 10**17)),
    (r"Plan!A1 .*not a value", lambda plan: setattr(plan["A1"], "value", float("inf"))),
    (r"Plan!A1 .*first day", lambda plan: setattr(plan["A1"], "value", dt.date(1899, 12, 31))),
    (r"Plan!A3:D3 .*different text", lambda plan: setattr(plan["B3"], "value", "no")),
    (r"Plan!A3:D3 .*different text", lambda plan: setattr(plan["B3"], "value", None)),
    (r"the table Plan can have other rows", lambda plan: plan.tables[0].resize(plan["A4:D7"])),
    (r"the table Plan .*behind its last one", lambda plan: plan.tables[0].columns.add("Lead", index=1)),
    (r"the table Plan .*lose its last column", lambda plan: plan.tables[0].columns[0].delete()),
    (r"a table cannot be called 'A1'", lambda plan: setattr(plan.tables[0], "name", "A1")),
    (r"has a table or name As_Of", lambda plan: setattr(plan.tables[0], "name", "As_Of")),
    (r"Plan!A4 .*indent goes from 0", lambda plan: plan["A4"].adjust_indent(-1)),
    (r"a font's name has at most 31", lambda plan: setattr(plan["A4"].font, "name", "x" * 40)),
    (r"Plan!C6:D9 .*the table Plan lies on A3:D7", lambda plan: plan.tables.add(plan["C6:D9"])),
    (r"a sheet cannot be called", lambda plan: plan.book.sheets.add("a/b", after=plan.book.sheets[-1])),
    (r"small\.xlsx stays an \.xlsx file", lambda plan: plan.book.save("small.xlsm")),
]


@pytest.mark.parametrize(("sentence", "use"), REFUSED, ids=[sentence for sentence, _ in REFUSED])
def test_what_cannot_be_done_without_loss_is_refused(
    plan: xw.Sheet, path: Path, sentence: str, use: Callable[[xw.Sheet], Any]
) -> None:
    before = path.read_bytes()

    def use_and_save() -> None:
        use(plan)
        plan.book.save()

    with pytest.raises(UnsafeEdit, match=sentence):
        use_and_save()
    assert path.read_bytes() == before
