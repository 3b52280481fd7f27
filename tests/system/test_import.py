"""The plan comes in from the board's document: 26 rows, ten columns, verbatim, every mend told."""

from pathlib import Path

import openpyxl
import pytest

from hscb_xl.plan.columns import COLUMNS, keys
from tests.system.conftest import AS_OF, Run

HEADERS = [column.header for column in COLUMNS if column.owner == "board"]
# Rows that no page broke, as anybody can read them in the document, and cells that a page did break.
WHOLE_ROW = {
    "No": 24,
    "Ofsted Para No": "156",
    "Business Plan 2014-15 Reference": "4.3",
    "Ofsted Area for Improvement": "Ensure that the LSCB business unit is effectively able to support the "
    "work of the LSCB.",
    "Lead": "Head of Safeguarding and Review/Head of Adults Safeguarding",
    "Action": "Undertake a review of the Business Unit, the expectations upon it, and the resource available "
    "to it to ensure it is able to support an increasingly effective Board",
    "By When": "August 2014",
    "Progress": "Completed",
    "RAG Rating": "G",
    "Monitoring and Evaluation": "HSCB Strategic Board",
}
REJOINED = [
    (10, "By When", "February 2015"),
    (10, "Lead", "Chair of QA Sub Group"),
    (23, "By When", "March 2015"),
    (23, "Lead", "Chair of Training and Development"),
    (25, "Lead", "Independent Chair of the HSCB & Chair of HSAB"),
]


@pytest.fixture
def imported(hscb: Run, source_document: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Imported.xlsx"
    outcome = hscb("import", source_document, path)
    assert outcome.code == 0, outcome.err
    assert "Action 10, By When: repaired, " in outcome.out
    assert outcome.out.endswith(f"26 actions imported into {path}; 21 import notes.\n")
    return path


def rows(path: Path) -> dict[int, dict[str, object]]:
    sheet = openpyxl.load_workbook(path)["Plan"]
    values = list(sheet.iter_rows(min_row=4, max_col=10, values_only=True))
    return {int(str(row[0])): dict(zip(values[0], row, strict=True)) for row in values[1:]}


def test_all_rows_and_columns(imported: Path) -> None:
    found = rows(imported)
    assert list(found) == list(range(1, 27))
    assert list(found[1]) == HEADERS == [c.header for c in COLUMNS if c.key in keys("board")]
    assert found[24] == WHOLE_ROW


@pytest.mark.parametrize(("no", "header", "text"), REJOINED)
def test_cells_that_a_page_broke(imported: Path, no: int, header: str, text: str) -> None:
    assert rows(imported)[no][header] == text


def test_paragraphs_are_line_breaks_and_sentences_go_on(imported: Path) -> None:
    progress = {no: str(row["Progress"]) for no, row in rows(imported).items()}
    assert "<p>" not in "".join(progress.values())
    assert progress[4].count("\n") == 4
    assert "in those places in and out of County) What is the rate" in progress[12]
    assert "May LSCB Exec to approve the revised scorecard" in progress[5]


def test_history_lists_what_was_mended(imported: Path) -> None:
    sheet = openpyxl.load_workbook(imported)["History"]
    notes = [row[1:] for row in sheet.iter_rows(min_row=5, max_col=7, values_only=True)]
    assert len(notes) == 21
    assert ("repaired", 10, "By When", "February ⏎ ry 2015", "February 2015") in [note[:5] for note in notes]


def test_an_imported_plan_is_judged_like_the_built_one(hscb: Run, imported: Path, book: Path) -> None:
    one, other = (hscb("check", path, "--as-of", AS_OF, "--json").json for path in (imported, book))
    assert {**one, "book": ""} == {**other, "book": ""}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("plan.txt", "Dear all,\n\nno table here.\n", r"plan.txt"),
        ("plan.txt", None, "plan.txt, line 12"),
        ("plan.pdf", "x", "plan.pdf is not a document that can be imported; save it as one of: .txt."),
    ],
    ids=["no table", "too many cells", "another kind"],
)
def test_bad_documents(
    hscb: Run, source_document: Path, tmp_path: Path, name: str, text: str | None, sentence: str
) -> None:
    document = tmp_path / name
    if text is None:
        lines = source_document.read_text(encoding="utf-8").split("\n")
        lines[11] += "\tone more\tand another"
        text = "\n".join(lines)
    document.write_text(text, encoding="utf-8")
    outcome = hscb("import", document, tmp_path / "new.xlsx")
    assert outcome.code == 2
    assert sentence in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert not (tmp_path / "new.xlsx").exists()
