"""A board's own words in a workbook: in Status, in RAG Rating and in the table Words on Lists."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from hscb_xl.engine import open_book
from tests.system.conftest import AS_OF, Run

# Rows of actions that are overdue on this day and claim nothing, and what is written into Status there.
STATUS, AGREED = "K", "I"
OVERDUE = {8: "Achieved", 9: "Superseded", 10: "On track", 11: "Gold", 15: "Parked"}


@pytest.fixture
def worded(book: Path) -> Path:
    opened = open_book(str(book))
    plan, lists = opened.sheets["Plan"], opened.sheets["Lists"]
    for row, word in OVERDUE.items():
        plan[f"{STATUS}{row}"].value = word
    plan[f"{AGREED}20"].value = "Blue"
    plan[f"{AGREED}22"].value = "AMBER"
    _own(lists, [["Gold", "Complete"], ["Parked", "ask"]])
    opened.save()
    opened.close()
    return book


def _own(lists: xw.Sheet, rows: list[list[str]]) -> None:
    lists["H5:I6"].value = rows
    lists.tables["Words"].resize(lists["H4:I6"])


def by_row(actions: list[dict[str, Any]]) -> dict[int, tuple[str | None, str, int | None]]:
    return {a["row"]: (a["auto"], a["completion"], a["days_overdue"]) for a in actions}


def test_each_word_is_rated_by_what_it_means(hscb: Run, worded: Path) -> None:
    checked = hscb("check", worded, "--as-of", AS_OF, "--json").json
    rated = by_row(checked["actions"])
    assert [rated[row][:2] for row in (*OVERDUE, 20)] == [
        ("G", "confirmed"),
        (None, "unclear"),
        ("R", "none"),
        ("G", "confirmed"),
        (None, "unclear"),
        ("G", "claimed"),
    ]
    assert [row for row in OVERDUE if rated[row][2] is not None] == [10]
    found = {
        (finding["rule"], finding["cell"])
        for finding in checked["findings"]
        if finding["rule"] in ("status-unknown", "completion-unclear")
    }
    assert found == {
        ("status-unknown", "Plan!K8"),
        ("completion-unclear", "Plan!K9"),
        ("completion-unclear", "Plan!K15"),
    }


def test_a_run_shows_it_and_the_next_one_changes_nothing(hscb: Run, worded: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    hscb("run", worded, "--as-of", AS_OF, "--out", out)
    once = worded.read_bytes()
    plan = openpyxl.load_workbook(worded)["Plan"]
    assert [plan[f"{column}9"].value for column in "PQRT"] == [
        None,
        None,
        "unclear",
        'Status "Superseded" may mean complete or not: say Complete or not',
    ]
    hscb("run", worded, "--as-of", AS_OF, "--out", out)
    assert worded.read_bytes() == once


def test_a_rating_spelt_out_is_counted_and_has_its_rule_in_exports(
    hscb: Run, worded: Path, tmp_path: Path
) -> None:
    hscb("export", worded, "--as-of", AS_OF, "--out", tmp_path / "out")
    [pack] = (tmp_path / "out").glob("*.xlsx")
    tabs = [sheet for sheet in openpyxl.load_workbook(pack) if sheet.tables]
    spelt = [sheet for sheet in tabs if "AMBER" in {cell.value for cell in sheet[AGREED]}]
    assert spelt
    for sheet in spelt:
        words = [rule.formula[0] for ranges in sheet.conditional_formatting for rule in ranges.rules]
        assert words.count('"Amber"') == 1
        assert "no letter" not in str(sheet["A4"].value).partition("(agreed)")[0]


@pytest.mark.parametrize("task", ["check", "run"])
def test_a_wrong_word_stops_the_run_and_names_its_cell(hscb: Run, worded: Path, task: str) -> None:
    opened = open_book(str(worded))
    opened.sheets["Lists"]["I6"].value = "finished"
    opened.save()
    opened.close()
    before = worded.read_bytes()
    outcome = hscb(task, worded, "--as-of", AS_OF)
    assert outcome.code == 2
    assert "Lists!I6: Means cannot be 'finished'; write complete, not complete or ask." in outcome.err
    assert worded.read_bytes() == before
