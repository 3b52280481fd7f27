"""Date cells that show a month or a year alone: the same deadline and the same words everywhere."""

import json
import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from hscb_xl.engine import open_book
from tests.system.conftest import AS_OF, Run

CELLS = [
    (datetime(2014, 10, 1), "mmm-yy", "2014-10-31", "month"),
    (datetime(2014, 10, 15), "[$-809]mmmm yyyy", "2014-10-31", "month"),
    (datetime(2015, 5, 1), "mm/yyyy", "2015-05-31", "month"),
    (datetime(2015, 1, 1), "yyyy", "2015-12-31", "year"),
    (datetime(2014, 10, 1), "dd/mm/yyyy", "2014-10-01", "day"),
]


@pytest.fixture
def months(book: Path) -> Path:
    """The workbook with those cells for the first deadlines, and a month in one Completed On."""
    opened = open_book(str(book))
    sheet = opened.sheets["Plan"]
    for row, (stored, code, _, _) in enumerate(CELLS, start=5):
        sheet[f"G{row}"].number_format = code
        sheet[f"G{row}"].value = stored
    headers = sheet["A4:Z4"].value
    completed = sheet[4, headers.index("Completed On")]
    completed.number_format = "mmmm yyyy"
    completed.value = datetime(2015, 5, 1)
    opened.save()
    opened.close()
    return book


def test_the_number_format_decides_which_day_is_meant(hscb: Run, months: Path) -> None:
    actions = hscb("check", months, "--as-of", AS_OF, "--json").json["actions"]
    read = [(action["due"], action["due_precision"]) for action in actions[: len(CELLS)]]
    assert read == [(due, precision) for _, _, due, precision in CELLS]
    assert [action["auto"] for action in actions[2:5]] != ["R", "R", "R"]


def test_a_month_in_completed_on_is_named_as_it_is_shown(hscb: Run, months: Path) -> None:
    findings = hscb("check", months, "--as-of", AS_OF, "--json").json["findings"]
    said = [finding["message"] for finding in findings if finding["rule"].startswith("completed-")]
    assert "Completed On is May 2015, but Status is empty." in said
    assert not any("after today" in message for message in said)


def test_the_plan_keeps_its_cells_and_a_second_run_its_bytes(hscb: Run, months: Path) -> None:
    hscb("run", months, "--as-of", AS_OF)
    first = months.read_bytes()
    hscb("run", months, "--as-of", AS_OF)
    assert months.read_bytes() == first
    sheet = openpyxl.load_workbook(months, keep_vba=True)["Plan"]
    cells = [sheet[f"G{row}"] for row in range(5, 5 + len(CELLS))]
    assert [(cell.value, cell.number_format) for cell in cells] == [cell[:2] for cell in CELLS]


def test_an_export_shows_and_sorts_them_as_the_plan_does(hscb: Run, months: Path, tmp_path: Path) -> None:
    hscb("export", months, "--as-of", AS_OF, "--out", tmp_path / "out")
    shown = {}
    for path in (tmp_path / "out" / "Actions by monitoring group").iterdir():
        page = openpyxl.load_workbook(path).active
        headers = [cell.value for cell in page[7]]
        for row in page.iter_rows(min_row=8):
            shown[row[0].value] = row[headers.index("By When")], row[headers.index("Due Date")]
    for no, (stored, code, due, precision) in enumerate(CELLS, start=1):
        by_when, last = shown[no]
        assert by_when.value == stored
        assert by_when.number_format == (code if precision != "day" else "dd mmm yyyy")
        assert last.value.date() == date.fromisoformat(due)


def test_no_run_calls_a_month_its_first_day(hscb: Run, months: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = hscb("run", months, "--as-of", AS_OF, "--out", out, "--json").json
    assert "October 2014" in json.dumps(told)
    others = json.dumps([action for action in told["actions"] if action["no"] != 5])
    assert not re.search(r"2014-10-01|\b1 October 2014", others)
