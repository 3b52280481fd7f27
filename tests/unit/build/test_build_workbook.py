import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.utility import xl_col_to_name

from hscb_xl.build import build
from hscb_xl.build.lists import GROUPS, LEADS
from hscb_xl.build.plan_sheet import NOTE_AUTHOR, ROWS_TO_GROW
from hscb_xl.importer.imported import Imported, ImportedRow
from hscb_xl.plan import look
from hscb_xl.plan.columns import COLUMNS, keys
from hscb_xl.plan.model import HistoryNote
from hscb_xl.plan.names import Directory

SHEETS = ["Plan", "Checks", "Summary", "History", "Lists", "Settings", "Key"]
LETTERS = {
    column.key: openpyxl.utils.get_column_letter(index) for index, column in enumerate(COLUMNS, start=1)
}
FIRST = 5


def row(no: int, **cells: str) -> ImportedRow:
    written = dict.fromkeys(keys("board"), "") | {"no": f"{no}.", **cells}
    return ImportedRow(written, no, line=no)


IMPORTED = Imported(
    title="OFSTED INSPECTION – IMPROVEMENT PLAN",
    key=("HSCB is the Board",),
    rows=(
        row(1, para="149", reference="4.1", area="Governance", by_when="October 2014", agreed="G"),
        row(2, progress="Not yet.\nSee above.", agreed="A", lead="Chair of QA Sub Group", action="=1+1"),
    ),
    notes=(HistoryNote("joined", 2, "Progress", "Not", "Not yet.", "joined across a page break"),),
)
LAST = FIRST + len(IMPORTED.rows) - 1


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "Plan.xlsm"
    build(IMPORTED, path, as_of=date(2015, 5, 12))
    return path


@pytest.fixture(scope="module")
def book(built: Path) -> Workbook:
    return openpyxl.load_workbook(built, keep_vba=False)


@pytest.fixture(scope="module")
def plan(book: Workbook) -> Worksheet:
    return book["Plan"]


def part(path: Path, name: str) -> str:
    return zipfile.ZipFile(path).read(name).decode()


def table(sheet: Worksheet, name: str) -> list[list[object]]:
    return [[cell.value for cell in cells] for cells in sheet[sheet.tables[name].ref]]


def test_the_sheets_and_the_names_macros_know_them_by(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert [sheet.sheet_properties.codeName for sheet in book] == [f"sh{name}" for name in SHEETS]
    assert book.code_name == "ThisWorkbook"


def test_an_xlsm_is_declared_macro_enabled_and_an_xlsx_is_not(built: Path, tmp_path: Path) -> None:
    macro_enabled = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert macro_enabled in part(built, "[Content_Types].xml")
    build(IMPORTED, tmp_path / "plain.xlsx", as_of=None)
    assert macro_enabled not in part(tmp_path / "plain.xlsx", "[Content_Types].xml")


def test_the_plan_has_all_columns_and_every_imported_text(plan: Worksheet) -> None:
    headers, first, second = table(plan, "Plan")
    assert plan.tables["Plan"].ref == f"A4:T{LAST}"
    assert headers == [column.header for column in COLUMNS]
    assert first[:4] == [1, "149", "4.1", "Governance"]
    assert second[:2] == [2, None]
    assert plan[f"{LETTERS['progress']}{LAST}"].value == "Not yet.\nSee above."
    assert plan["A5"].number_format == '0"."'
    assert {plan[f"{LETTERS[key]}5"].number_format for key in ("para", "reference", "by_when")} == {"@"}
    assert plan[f"{LETTERS['due']}5"].number_format == "dd mmm yyyy"


def test_a_number_that_is_no_number_is_kept_as_text(tmp_path: Path) -> None:
    odd = replace(IMPORTED, rows=(ImportedRow({**IMPORTED.rows[0].cells, "no": "1a"}, None, 1),))
    build(odd, tmp_path / "odd.xlsx", as_of=None)
    assert openpyxl.load_workbook(tmp_path / "odd.xlsx")["Plan"]["A5"].value == "1a"


def test_text_that_looks_like_a_formula_stays_text(plan: Worksheet) -> None:
    cell = plan[f"{LETTERS['action']}{LAST}"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_owners_are_told_by_colour_by_a_legend_and_by_notes(plan: Worksheet) -> None:
    for column in COLUMNS:
        cell = plan[f"{LETTERS[column.key]}4"]
        assert cell.fill.fgColor.rgb == "FF{:02X}{:02X}{:02X}".format(*look.HEADERS[column.owner].fill)
        assert (cell.comment is not None) == (column.owner != "board")
        if cell.comment is not None:
            assert cell.comment.author == NOTE_AUTHOR
            assert column.note in cell.comment.text
    assert [cell.value for cell in plan[3] if cell.value] == list(look.OWNER_WORDS.values())


def test_drop_downs_reach_below_the_table(plan: Worksheet) -> None:
    found = {str(rule.sqref): rule for rule in plan.data_validations.dataValidation}
    assert {reference.split(":")[1][1:] for reference in found} == {str(LAST + ROWS_TO_GROW)}
    by_key = {
        key: found[f"{letter}5:{letter}{LAST + ROWS_TO_GROW}"]
        for key, letter in LETTERS.items()
        if letter in {reference[0] for reference in found}
    }
    assert by_key["agreed"].formula1 == '"R,A,G,B"'
    assert by_key["status"].formula1 == '"Not started,In progress,Complete"'
    assert by_key["lead"].formula1 == "Lead_Names"
    assert by_key["group"].formula1 == "Group_Names"
    assert (by_key["completed_on"].type, by_key["completed_on"].operator) == ("date", "greaterThanOrEqual")
    styles = [by_key[key].errorStyle for key in ("agreed", "lead", "group", "status")]
    assert styles == [None, "warning", "warning", "warning"]


def test_the_declared_rules_are_on_the_table_in_their_order(plan: Worksheet) -> None:
    drawn = [
        (str(ranges.sqref), rule.formula[0], rule.priority)
        for ranges in plan.conditional_formatting
        for rule in ranges.rules
    ]
    wanted = [
        (f"{LETTERS[rule.column]}5:{LETTERS[rule.column]}{LAST}", f'"{rule.equals}"', priority)
        for priority, rule in enumerate(look.RULES, start=1)
    ]
    assert sorted(drawn, key=lambda rule: rule[2]) == wanted


def test_the_printed_page(book: Workbook) -> None:
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "Page &P of &N"
    assert book["Plan"].print_title_rows == book["Checks"].print_title_rows == "$4:$4"
    assert book["Plan"].print_area == "'Plan'!$A$1:$T$1048576"
    assert book["Plan"].freeze_panes == "B5"


def test_the_names_that_tasks_look_for(book: Workbook) -> None:
    assert {name: item.attr_text for name, item in book.defined_names.items()} == {
        "Plan_AsOf": "Plan!$A$2",
        "Checks_AsOf": "Checks!$A$2",
        "Summary_AsOf": "Summary!$A$2",
        "Lead_Names": "Leads[Name]",
        "Group_Names": "Groups[Name]",
        **{
            column.mark: f"Plan!${xl_col_to_name(index)}$4"
            for index, column in enumerate(COLUMNS)
            if column.owner == "program"
        },
    }
    assert all(isinstance(book[name]["A2"].value, str) for name in ("Plan", "Checks", "Summary"))


def test_checks_and_history_are_ready_to_be_filled(book: Workbook) -> None:
    assert table(book["Checks"], "Checks") == [
        ["Severity", "Action", "Cell", "Message", "Remedy", "Rule"],
        [None] * 6,
    ]
    note = [datetime(2015, 5, 12), "joined", 2, "Progress", "Not", "Not yet.", "joined across a page break"]
    assert table(book["History"], "History") == [["When", "Kind", "No", "Column", "From", "To", "Why"], note]


def test_lists_and_settings(book: Workbook) -> None:
    assert book["Lists"].tables["Leads"].ref == "A4:C14"
    assert book["Lists"].tables["Groups"].ref == "E4:F8"
    assert table(book["Lists"], "Words") == [["Word", "Means"], [None, None]]
    [means] = book["Lists"].data_validations.dataValidation
    assert (str(means.sqref), means.formula1) == ("I5:I104", '"complete,not complete,ask"')
    assert table(book["Lists"], "Groups")[1] == ["HSCB Steering Group", "HSCB Executive; LSCB Exec"]
    assert [cells[:2] for cells in table(book["Settings"], "Settings")] == [
        ["Setting", "Value"],
        ["As of", None],
        ["Amber window (days)", 30],
        ["Tolerance (days)", 0],
        ["Preset", "delivery"],
        ["Blue ratings (BRAG)", "No"],
        ["Backups to keep", 5],
        ["Largest workbook (MB unpacked)", None],
        ["Largest sheet (rows)", None],
        ["Longest run (seconds)", None],
    ]


def test_the_group_that_a_lead_chairs_is_a_listed_group() -> None:
    assert {lead.own_group for lead in LEADS} - {""} <= {group.name for group in GROUPS}
    assert Directory(LEADS).own_group("Chair of QA Sub Group") == "HSCB QA Sub Group"


def test_the_key_sheet_explains_letters_words_and_columns(book: Workbook) -> None:
    shown = {cell.value for cells in book["Key"] for cell in cells}
    assert {"HSCB is the Board", *(column.header for column in COLUMNS)} <= shown
    assert {"R", "A", "G"} <= shown


def test_excel_has_nothing_to_calculate_and_nobody_is_named(built: Path) -> None:
    assert "fullCalcOnLoad" not in part(built, "xl/workbook.xml")
    assert "<f>" not in part(built, "xl/worksheets/sheet1.xml")
    assert "<dc:creator></dc:creator>" in part(built, "docProps/core.xml")


def test_building_twice_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "Plan.xlsm"
    assert build(IMPORTED, again, as_of=date(2015, 5, 12))
    assert again.read_bytes() == built.read_bytes()
    assert not build(IMPORTED, again, as_of=date(2015, 5, 12))
