"""Whose column it is, through the command line: what is typed stays, and all that is missing is told."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table

from hscb_xl.plan.columns import COLUMNS
from tests.system.conftest import AS_OF, Run

BOOKS = Path(__file__).resolve().parents[1] / "real" / "books"
REAL = {
    "L1_equality_plan": "A3:E9",
    "L3_scrutiny_codes": "A1:F4",
    "L4_action_log": "B4:L10",
    "L6_per_agency_sheets": "A2:G4",
    "L7_audit_followup": "A1:H4",
}
NEEDED = [column.header for column in COLUMNS if column.owner != "program" and column.required]
OURS = [column.header for column in COLUMNS if column.owner == "program"]
ROW = {"No": 1, "Lead": "AB", "Action": "Do it", "By When": "October 2014", "RAG Rating": "R"}
ROW |= {"Monitoring and Evaluation": "G1"}


def with_lists(book: Workbook) -> None:
    sheet = book.create_sheet("Lists")
    sheet.append(["Name", "Also written as", "Own group", None, "Name", "Also written as"])
    sheet.append(["AB", None, None, None, "G1", None])
    sheet.add_table(Table(displayName="Leads", ref="A1:C2"))
    sheet.add_table(Table(displayName="Groups", ref="E1:F2"))


def made(path: Path, headers: Sequence[str], *rows: dict[str, Any]) -> Path:
    """A plan of a board's own, from another program than Excel."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for row in ([], [], [], headers, *([row.get(header) for header in headers] for row in rows)):
        sheet.append(row)
    last = openpyxl.utils.get_column_letter(len(headers))
    sheet.add_table(Table(displayName="Plan", ref=f"A4:{last}{4 + len(rows)}"))
    with_lists(book)
    book.save(path)
    return path


def below(path: Path, header: str) -> list[Any]:
    sheet = openpyxl.load_workbook(path)["Plan"]
    (column,) = [cell.column for cell in sheet[4] if cell.value == header]
    return [sheet.cell(row, column).value for row in range(5, sheet.max_row + 1)]


@pytest.mark.parametrize("name", REAL)
def test_a_table_of_another_shape_is_told_all_at_once(hscb: Run, tmp_path: Path, name: str) -> None:
    """Whoever does as the first message says hears of nothing else, and loses no deadline."""
    book = openpyxl.load_workbook(BOOKS / f"{name}.xlsx")
    sheet = book.worksheets[0]
    for table in list(sheet.tables):
        del sheet.tables[table]
    sheet.add_table(Table(displayName="Plan", ref=REAL[name]))
    path = tmp_path / "plan.xlsx"
    book.save(path)
    first = hscb("check", path, "--as-of", AS_OF)
    assert first.code == 2
    assert len(first.err.splitlines()) == 1
    assert not re.search("|".join(f"to '{header}'" for header in OURS), first.err)
    renamed = dict(re.findall(r"has '([^']+)', which looks like it: rename it to '([^']+)'", first.err))
    for cell in sheet[int(re.findall(r"\d+", REAL[name])[0])]:
        cell.value = renamed.get(str(cell.value), cell.value)
    top, left = sheet[REAL[name]][0][0].row, sheet[REAL[name]][0][0].column
    width = len(sheet[REAL[name]][0])
    added = re.findall(r"'([^']+)'", first.err.partition("has no columns ")[2].partition(": add ")[0])
    for offset, header in enumerate(added):
        sheet.cell(top, left + width + offset, header)
    del sheet.tables["Plan"]
    last = openpyxl.utils.get_column_letter(left + width + len(added) - 1)
    bottom = REAL[name].partition(":")[2].lstrip("ABCDEFGHIJKL")
    sheet.add_table(Table(displayName="Plan", ref=f"{REAL[name].partition(':')[0]}:{last}{bottom}"))
    with_lists(book)
    for row in sheet[REAL[name]]:
        for cell in row:
            cell.value = 1 if isinstance(cell.value, str) and cell.value.startswith("=") else cell.value
    book.save(path)
    before = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0][REAL[name]]]
    second = hscb("rate", path, "--as-of", AS_OF)
    assert (second.code, second.err) == (0, "")
    after = openpyxl.load_workbook(path).worksheets[0]
    assert [[cell.value for cell in row] for row in after[REAL[name]]] == before


@pytest.mark.parametrize("command", ["rate", "run"])
def test_a_users_own_columns_are_not_written_over(hscb: Run, tmp_path: Path, command: str) -> None:
    typed = {"Due Date": datetime(2016, 1, 1), "Why": "because", "Timing": "later", "Auto RAG": "G"}
    path = made(tmp_path / "plan.xlsx", [*NEEDED, *typed], ROW | typed, ROW | {"No": 2, "Why": "see minutes"})
    for _ in range(2):
        outcome = hscb(command, path, "--as-of", AS_OF)
        assert (outcome.code, outcome.err) == (0, "")
        assert {header: below(path, header)[0] for header in typed} == typed
        assert below(path, "Due Date (computed)")[0] == datetime(2014, 10, 31)
    first = path.read_bytes()
    hscb(command, path, "--as-of", AS_OF)
    assert path.read_bytes() == first
    found = hscb("check", path, "--as-of", AS_OF, "--json").json["findings"]
    (named,) = [finding for finding in found if finding["rule"] == "column-not-ours"]
    assert (named["cell"], named["severity"]) == ("Plan!I4", "info")
    assert '"Why" (Plan!J4, where J5 holds "because")' in named["message"]


def test_what_is_typed_under_marked_headers_before_the_first_run_stays(hscb: Run, book: Path) -> None:
    opened = openpyxl.load_workbook(book, keep_vba=True)
    days = [datetime(2016, 1, row) for row in range(5, 31)]
    for row, day in enumerate(days, start=5):
        opened["Plan"].cell(row, 15).value = day
    opened.save(book)
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    assert below(book, "Due Date")[:26] == days
    assert below(book, "Due Date (computed)")[0] == datetime(2014, 10, 31)
    named = [each["message"] for each in hscb("check", book, "--as-of", AS_OF, "--json").json["findings"]]
    assert any('"Due Date" (Plan!O4) has a header of the program\'s' in message for message in named)


@pytest.mark.parametrize("command", ["rate", "run"])
def test_formulas_in_the_programs_columns_are_told_at_once_and_kept(
    hscb: Run, book: Path, command: str
) -> None:
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    opened = openpyxl.load_workbook(book, keep_vba=True)
    opened["Plan"]["P5"], opened["Plan"]["T6"] = '=IF(1,"R","G")', "=F6"
    opened.save(book)
    before = book.read_bytes()
    outcome = hscb(command, book, "--as-of", AS_OF)
    assert (outcome.code, book.read_bytes()) == (2, before)
    assert "Plan!P5, Plan!T6 hold formulas in a column of the program's" in outcome.err
    assert hscb("check", book, "--as-of", AS_OF, "--json").code == 1


def test_a_column_full_of_formulas_is_somebodys(hscb: Run, book: Path) -> None:
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    opened = openpyxl.load_workbook(book, keep_vba=True)
    formulas = [f"=TODAY()-O{row}" for row in range(5, 31)]
    for row, formula in enumerate(formulas, start=5):
        opened["Plan"].cell(row, 17).value = formula
    opened.save(book)
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    assert below(book, "Days Overdue")[:26] == formulas
    assert 193 in below(book, "Days Overdue (computed)")


def test_the_as_of_line_right_below_the_table_is_no_row(hscb: Run, book: Path) -> None:
    opened = openpyxl.load_workbook(book, keep_vba=True)
    opened.defined_names["Plan_AsOf"].attr_text = "Plan!$C$31"
    opened.save(book)
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    first = book.read_bytes()
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    assert book.read_bytes() == first
    rules = [each["rule"] for each in hscb("check", book, "--as-of", AS_OF, "--json").json["findings"]]
    assert "row-below-table" not in rules


@pytest.mark.parametrize("command", ["run", "export"])
def test_a_plan_with_no_more_than_it_needs_is_exported(hscb: Run, tmp_path: Path, command: str) -> None:
    path = made(tmp_path / "plan.xlsx", NEEDED, ROW)
    outcome = hscb(command, path, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert (outcome.code, outcome.err) == (0, "")
    assert (tmp_path / "out" / "Actions by monitoring group" / "G1.xlsx").exists()


@pytest.mark.parametrize("command", ["check", "format", "summarise", "export"])
def test_other_commands_need_no_column_of_the_programs(hscb: Run, tmp_path: Path, command: str) -> None:
    path = made(tmp_path / "plan.xlsx", NEEDED, ROW)
    out = ["--out", tmp_path / "out"] if command == "export" else []
    outcome = hscb(command, path, "--as-of", AS_OF, *out)
    assert (outcome.code, outcome.err) == (0, "")
    assert [cell.value for cell in openpyxl.load_workbook(path)["Plan"][4]] == NEEDED


def test_a_row_right_below_the_table_is_an_error(hscb: Run, tmp_path: Path) -> None:
    path = made(tmp_path / "plan.xlsx", NEEDED, ROW)
    book = openpyxl.load_workbook(path)
    book["Plan"]["C6"] = "A new action"
    book["Plan"]["A8"] = "Key: R is red"
    book.save(path)
    outcome = hscb("check", path, "--as-of", AS_OF)
    assert outcome.code == 1
    assert "something stands in Plan!C6, outside the table" in outcome.out
    assert "choose Table Design, Resize Table" in outcome.out
    found = json.loads(hscb("check", path, "--json").out)["findings"]
    assert [finding["cell"] for finding in found if finding["rule"] == "row-below-table"] == ["Plan!C6"]


def test_a_board_that_keeps_its_deadlines_under_our_header_hears_where_they_belong(
    hscb: Run, tmp_path: Path
) -> None:
    headers = ["Due date" if header == "By When" else header for header in NEEDED]
    path = made(tmp_path / "plan.xlsx", headers, ROW | {"Due date": datetime(2016, 1, 1)})
    outcome = hscb("rate", path)
    assert "no column 'By When'; Plan!D4 has 'Due date', which looks like it: rename it" in outcome.err
