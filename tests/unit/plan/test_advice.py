"""Which header is advised for a missing column: in the layouts of real plans, and word by word."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hscb_xl.plan import columns
from hscb_xl.plan.advice import advised, misspelt
from hscb_xl.plan.columns import BY_KEY, COLUMNS

REAL = Path(__file__).resolve().parents[2] / "real"
LAYOUTS = {
    layout["id"]: layout["headers"] for layout in json.loads((REAL / "layouts.json").read_text("utf-8"))
}
THEIRS = [column.key for column in COLUMNS if column.owner != "program"]
DAYS = [datetime(2023, 3, 1), datetime(2023, 4, 2)]
DEADLINES = ["By end of October 2015", "Dec 2016"]
PEOPLE = ["Head of HR", "Fleet manager"]
WORDS = ["Audit of files done", "Training booked for all staff"]

BELOW: dict[str, dict[str, list[Any]]] = {
    "tamworth_equality": {
        "By when": DEADLINES,
        "Responsible officer": PEOPLE,
        "Completed": ["Ongoing", DAYS[0]],
    },
    "stockton_scrutiny": {"Responsibility": PEOPLE, "Date": DEADLINES},
    "west_berks_tracker": {
        "Date": DAYS,
        "Exec Date": DAYS,
        "Lead Officer/EM": ["DM/PL/KL"],
        "Status": ["Complete", "Paused"],
    },
    "maidstone_scraip": {
        "Timetable[iv]": ["Meeting held by 28 February 2014", "Completed"],
        "Lead Officer[v]": PEOPLE,
    },
    "ulht_milestones": {"Number": [1.0, 2.0], "Baseline finish date": ["Sep-18"]},
    "sussex_action_log_xlsx": {
        "Action Ref": [1.0, 2.0],
        "RAG": ["G", "A"],
        "Owner": ["DH", "MW"],
        "Date Raised": DAYS,
        "Target Date": DAYS,
        "Date Closed": DAYS,
    },
    "raid_xlsx": {"Owner": ["DH", "MW"], "Priority": ["High", "Low"]},
    "greenleaf_xlsx": {"Date": DAYS, "Risk Owner": PEOPLE, "Target Date": ["23/07/26", DAYS[0]]},
    "sbni_minutes": {"To be completed by:": PEOPLE},
    "decision_log": {
        "Who?": PEOPLE,
        "When?": ["ASAP", "October and April"],
        "Action completed?": ["Yes", None],
    },
    "mod_template": {"Due date": ["1 Jan 2016", "2 Feb 2016"], "Action lead": PEOPLE},
}
"""What stands below headers of a layout where it is not just words."""

ADVISED: dict[str, dict[str, str]] = {
    "tamworth_equality": {"lead": "Responsible officer"},
    "stockton_scrutiny": {},
    "west_berks_tracker": {},
    "maidstone_scraip": {},
    "oxford_board_actions": {},
    "coedygof_access": {},
    "ulht_milestones": {},
    "sussex_action_log_xlsx": {"by_when": "Target Date", "agreed": "RAG", "lead": "Owner"},
    "raid_xlsx": {"lead": "Owner"},
    "greenleaf_xlsx": {"by_when": "Target Date"},
    "sbni_minutes": {"action": "Action:"},
    "decision_log": {},
    "mod_template": {"by_when": "Due date", "lead": "Action lead"},
    "hants_travel": {},
}
BOOKS: dict[str, tuple[int, dict[str, str]]] = {
    "L1_equality_plan": (3, {"lead": "Responsible officer"}),
    "L3_scrutiny_codes": (1, {}),
    "L4_action_log": (4, {"by_when": "Target Date", "agreed": "RAG", "lead": "Owner"}),
    "L6_per_agency_sheets": (2, {"by_when": "Target Date"}),
    "L7_audit_followup": (1, {"lead": "Responsible Officer"}),
}
"""The row of the headers in a book's first sheet, and what is advised for it."""


def said(below: dict[str, list[Any]]) -> dict[str, str]:
    """What is advised for all columns that are not there by their own headers."""
    known = {header: column for header in below if (column := columns.find(header)) and column.key in THEIRS}
    missing = [key for key in THEIRS if key not in {column.key for column in known.values()}]
    return advised(missing, {header: cells for header, cells in below.items() if header not in known})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    below = {header: BELOW.get(layout, {}).get(header, WORDS) for header in LAYOUTS[layout]}
    assert said(below) == ADVISED[layout]


@pytest.mark.parametrize("book", BOOKS)
def test_books(book: str) -> None:
    top, expected = BOOKS[book]
    sheet = openpyxl.load_workbook(REAL / "books" / f"{book}.xlsx").worksheets[0]
    headers, *rows = sheet.iter_rows(min_row=top, values_only=True)
    below = {
        str(header): [row[at] for row in rows] for at, header in enumerate(headers) if header is not None
    }
    assert said(below) == expected


LEFT_ALONE = [
    ("Target Date", DAYS, "due", "the program's own column is never looked for among others"),
    ("RAG", ["R", "G"], "auto", "nor is this"),
    ("Auto RAG", ["R", "G"], "agreed", "another word"),
    ("Priority", ["High", "Low"], "progress", "written alike, in part"),
    ("Action taken", WORDS, "action", "more than the action"),
    ("Action completed?", ["Yes"], "action", "the same"),
    ("Lead", DAYS, "lead", "days are no names"),
    ("Target Date", PEOPLE, "by_when", "people are no deadlines"),
    ("Target Date", [None, None], "by_when", "nothing speaks for it"),
    ("Due Date", [3.0, 4.0], "by_when", "numbers are no deadlines"),
    ("RAG", ["High", "Low"], "agreed", "no letters"),
    ("RAG", ["R", "see notes"], "agreed", "not all are letters"),
    ("Progresss", DAYS, "progress", "misspelt, and the wrong kind"),
    ("Actions", DEADLINES, "action", "the same"),
    ("Completed", DAYS, "completed_on", "not the same words"),
    ("Deadline", ["x" * 200_000], "by_when", "too long to be one"),
]
READ = [
    ("Target Date", [*DEADLINES, "TBC"], "by_when"),
    ("Deadline", DAYS, "by_when"),
    ("RAG status", ["Green", "r", None], "agreed"),
    ("RAG Ratings", ["R", "G"], "agreed"),
    ("RAG Ratings", [None], "agreed"),
    ("Progres", WORDS, "progress"),
    ("ACTION:", WORDS, "action"),
    ("Statuss", ["Complete"], "status"),
    ("By Wen", DEADLINES, "by_when"),
]


@pytest.mark.parametrize(("header", "below", "key", "why"), LEFT_ALONE)
def test_not_advised(header: str, below: list[Any], key: str, why: str) -> None:
    assert advised([key], {header: below}) == {}, why


@pytest.mark.parametrize(("header", "below", "key"), READ)
def test_advised(header: str, below: list[Any], key: str) -> None:
    assert advised([key], {header: below}) == {key: header}


def test_of_two_that_are_as_likely_neither_is_named() -> None:
    assert advised(["by_when"], {"Target Date": DAYS, "Deadline": DAYS}) == {}


def test_a_slip_is_told_from_another_word() -> None:
    assert misspelt(BY_KEY["by_when"], ["By Wen", "Lead"]) == "By Wen"
    assert misspelt(BY_KEY["progress"], ["Priority", "Process map"]) is None
