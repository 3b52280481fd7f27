"""The board's own plan on 12 May 2015: the figures that anybody can count in the document."""

from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hscb_xl.engine import open_book
from tests.system.conftest import AS_OF, Run

CLAIMED = [1, 3, 8, 9, 10, 12, 13, 14, 15, 17, 24, 25]
SUGGESTIONS = {
    3: ("conditional", "A", "if not published then this action is AMBER"),
    4: ("rating", "A", "Suggest this action is AMBER"),
    7: ("rating", "A", "Suggest this action is AMBER"),
    8: ("conditional", None, "if not suggest this action should not be green"),
    9: ("rating", "A", "Suggest this is AMBER"),
    10: ("review", None, "Suggest review RAG rating"),
    12: ("review", None, "Suggest a review of RAG rating"),
    13: ("review", None, "Suggest a review of RAG rating"),
    15: ("rating", "G", "Suggest RAG rating ios GREEN"),
    18: ("review", None, "Discussion of above comments may result in the need to review th RAG rating"),
}


@pytest.fixture
def checked(hscb: Run, book: Path) -> dict[str, Any]:
    outcome = hscb("check", book, "--as-of", AS_OF, "--json")
    assert outcome.code == 1, outcome.err
    return outcome.json


def rated(actions: list[dict[str, Any]], letter: str) -> list[int]:
    return [action["no"] for action in actions if action["auto"] == letter]


def found(checked: dict[str, Any], rule: str) -> list[int]:
    return [finding["no"] for finding in checked["findings"] if finding["rule"] == rule]


def test_agreed_and_computed_ratings(checked: dict[str, Any]) -> None:
    actions = checked["actions"]
    assert [action["no"] for action in actions] == list(range(1, 27))
    assert Counter(action["agreed"] for action in actions) == {"G": 20, "A": 4, "R": 1, None: 1}
    assert rated(actions, "G") == CLAIMED
    assert rated(actions, "R") == [no for no in range(1, 27) if no not in CLAIMED]
    assert [a["no"] for a in actions if a["completion"] == "claimed"] == CLAIMED


def test_only_what_is_not_complete_is_late(checked: dict[str, Any]) -> None:
    late = {action["no"]: action["days_overdue"] for action in checked["actions"]}
    assert [no for no, days in late.items() if days is None] == CLAIMED
    assert late[2] == 12


def test_a_month_of_tolerance(hscb: Run, book: Path) -> None:
    actions = hscb("check", book, "--as-of", AS_OF, "--tolerance", 31, "--json").json["actions"]
    assert rated(actions, "A") == [2, 21, 26]
    assert len(rated(actions, "R")) == 11
    assert rated(actions, "G") == CLAIMED


def test_suggested_ratings_with_their_words(checked: dict[str, Any]) -> None:
    suggested = {action["no"]: action["suggestion"] for action in checked["actions"] if action["suggestion"]}
    assert list(suggested) == list(SUGGESTIONS)
    for no, (kind, rating, quote) in SUGGESTIONS.items():
        assert (suggested[no]["kind"], suggested[no]["rating"]) == (kind, rating)
        assert quote in suggested[no]["quote"]


def test_the_shape_of_an_action(checked: dict[str, Any]) -> None:
    assert checked["as_of"] == AS_OF
    assert checked["actions"][0] == {
        "no": 1,
        "row": 5,
        "due": "2014-10-31",
        "due_precision": "month",
        "agreed": "G",
        "auto": "G",
        "differs": False,
        "reason": "Complete: Progress says so, not yet confirmed",
        "days_overdue": None,
        "completion": "claimed",
        "suggestion": None,
    }


@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        ("rating-missing", [22]),
        ("reference-missing", [18]),
        ("deadline-repaired", [10]),
        ("lead-variant", [5, 7, 16, 17, 25]),
        ("group-variant", [26]),
        ("lead-joint", [24, 25]),
        ("group-joint", [1]),
        ("own-group", [9]),
        ("rating-challenged", list(SUGGESTIONS)),
        ("completion-claimed", CLAIMED),
        ("heading-inherited", [2, 5, 7, 10, 12, 19, 24]),
        ("page-break-leftover", []),
        ("lead-unknown", []),
        ("group-unknown", []),
    ],
)
def test_findings(checked: dict[str, Any], rule: str, numbers: list[int]) -> None:
    assert found(checked, rule) == numbers


def test_every_finding_has_a_cell_a_message_and_a_remedy(checked: dict[str, Any]) -> None:
    for finding in checked["findings"]:
        assert finding["cell"].startswith("Plan!")
        assert finding["message"].endswith((".", '"', "?"))
        assert finding["remedy"].endswith(".")
    assert {f["cell"] for f in checked["findings"] if f["rule"] == "rating-missing"} == {"Plan!I26"}


def test_checking_for_json_leaves_the_workbook_alone(hscb: Run, book: Path, built: Path) -> None:
    hscb("check", book, "--as-of", AS_OF, "--json")
    assert book.read_bytes() == built.read_bytes()


def test_the_findings_are_shown_and_listed_in_the_workbook(hscb: Run, book: Path) -> None:
    outcome = hscb("check", book, "--as-of", AS_OF)
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert lines[0].startswith("error   Plan!I26   RAG Rating is empty. Agree a rating")
    assert lines[-1] == "Found: 1 error, 57 warnings and 20 for information."
    assert len(lines) == 79
    sheet = openpyxl.load_workbook(book)["Checks"]
    assert sheet["A2"].value == "As of 12 May 2015: 1 error, 57 warnings and 20 for information."
    assert [cell.value for cell in sheet[5]][:2] == ["error", 22]
    assert sheet["C5"].value == '=HYPERLINK("#Plan!I26","Plan!I26")'
    assert sheet.max_row == 4 + 78


def test_a_plan_with_nothing_wrong_exits_with_0(hscb: Run, book: Path) -> None:
    opened = open_book(str(book))
    opened.sheets["Plan"]["I26"].value = "R"
    opened.save()
    opened.close()
    outcome = hscb("check", book, "--as-of", AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == "Found: 0 errors, 57 warnings and 20 for information."
