"""Exports: each group's own actions, nothing of anybody else's in any part, and text that stays text."""

import shutil
import zipfile
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from hscb_xl.engine import open_book
from hscb_xl.importer import read_document
from tests.system.conftest import AS_OF, Run

GROUPS = {
    "HSCB Steering Group": [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23],
    "HSCB Strategic Board": [1, 7, 8, 24, 25, 26],
    "HSCB QA Sub Group": [18],
    "Improvement Board": [1],
}
LEADS = {
    "Independent Chair of HSCB": [1, 25],
    "Chair of Policy and Procedures": [2, 3, 4],
    "Chair of QA Sub Group": [5, 6, 10, 11],
    "Chair of HSCB Steering Group": [7, 8, 9],
    "Chair of Children at Specific Additional Risk": [12, 13, 14, 16, 17],
    "Head of Safeguarding and Review": [15, 24, 26],
    "Framework Transformation and Performance Manager": [18],
    "Chair of Training and Development": [19, 20, 21, 22, 23],
    "Head of Adults Safeguarding": [24],
    "Chair of HSAB": [25],
}


@pytest.fixture(scope="module")
def out(hscb_once: Run, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports to look at; no test changes them."""
    top = tmp_path_factory.mktemp("exports")
    book, folder = shutil.copy(built, top), top / "out"
    words = ["export", book, "--as-of", AS_OF, "--by", "monitoring", "--by", "lead", "--out", folder]
    outcome = hscb_once(*words)
    assert (outcome.code, outcome.err) == (0, "")
    return folder


def numbers(path: Path, sheet: str | None = None) -> list[int]:
    """The numbers of the actions on a tab: what stands under the header No."""
    book = openpyxl.load_workbook(path)
    page = book[sheet] if sheet else book.worksheets[0]
    column = [page.cell(row, 1).value for row in range(1, page.max_row + 1)]
    return [int(value) for value in column[column.index("No") + 1 :] if value is not None]


@pytest.mark.parametrize(("kind", "expected"), [("monitoring group", GROUPS), ("lead", LEADS)])
def test_each_file_and_each_tab_of_the_pack_holds_its_own_actions(
    out: Path, kind: str, expected: dict[str, list[int]]
) -> None:
    singles = sorted((out / f"Actions by {kind}").iterdir())
    assert {path.stem: numbers(path) for path in singles} == expected
    pack = out / f"Actions by {kind}.xlsx"
    titles = [sheet["A2"].value for sheet in openpyxl.load_workbook(pack).worksheets[1:]]
    assert titles == list(expected)
    for sheet, group in zip(openpyxl.load_workbook(pack).sheetnames[1:], titles, strict=True):
        assert numbers(pack, sheet) == expected[group]


@pytest.mark.parametrize(("kind", "expected"), [("monitoring group", GROUPS), ("lead", LEADS)])
def test_no_part_of_a_file_holds_text_of_another_groups_action(
    out: Path, source_document: Path, kind: str, expected: dict[str, list[int]]
) -> None:
    texts = {row.no: private_texts(row.cells) for row in read_document(source_document).rows}
    for group, own in expected.items():
        everything = all_text(out / f"Actions by {kind}" / f"{group}.xlsx")
        for no, pieces in texts.items():
            for piece in pieces:
                shared = any(piece in text for mine in own for text in texts[mine])
                assert (piece in everything) == (no in own or shared), (group, no, piece)


def private_texts(cells: dict[str, str]) -> list[str]:
    """The lines of an action's own words; a text as short as "Completed" is nobody's own."""
    lines = [line.strip() for key in ("action", "progress") for line in cells[key].split("\n")]
    return [line for line in lines if len(line) > 20]


def all_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(unescape(archive.read(name).decode("utf-8")) for name in archive.namelist())


def test_no_path_author_or_hidden_sheet(out: Path) -> None:
    for path in out.rglob("*.xlsx"):
        text = all_text(path)
        assert str(out.parent) not in text
        assert "<dc:creator></dc:creator>" in text or "<dc:creator/>" in text
        assert "vbaProject" not in text
        assert all(sheet.sheet_state == "visible" for sheet in openpyxl.load_workbook(path).worksheets)


def test_headings_are_filled_in_on_every_row(out: Path) -> None:
    page = openpyxl.load_workbook(out / "Actions by monitoring group" / "HSCB QA Sub Group.xlsx").worksheets[
        0
    ]
    header = next(row for row in page.iter_rows(values_only=True) if row[0] == "No")
    last = [cell.value for cell in page[page.max_row]]
    row = dict(zip(header, last, strict=True))
    assert row["Ofsted Para No"] == "154"
    assert row["Ofsted Area for Improvement"].startswith("Ensure that robust strategies")


def test_exceptions_are_the_red_and_amber_ones(hscb: Run, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    hscb("export", book, "--as-of", AS_OF, "--exceptions", "--out", out)
    folder = out / "Exceptions by monitoring group"
    assert numbers(folder / "Exceptions – HSCB Strategic Board.xlsx") == [7, 26]
    board = openpyxl.load_workbook(folder / "Exceptions – Improvement Board.xlsx").worksheets[0]
    assert "no actions" in board["A4"].value


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1432 260000", "-see minutes", "@HSCB", "=cmd|' /C calc'!A0", "\tx"]
)
def test_text_that_looks_like_a_formula_stays_text(hscb: Run, book: Path, tmp_path: Path, text: str) -> None:
    opened = open_book(str(book))
    opened.sheets["Plan"]["H5"].value = text
    opened.sheets["Lists"]["E5"].value = text + " group"
    opened.sheets["Plan"]["J6"].value = text + " group"
    opened.save()
    opened.close()
    out = tmp_path / "out"
    outcome = hscb("run", book, "--as-of", AS_OF, "--out", out)
    assert outcome.code == 0, outcome.err
    for path in [book, *out.rglob("*.xlsx")]:
        for sheet in openpyxl.load_workbook(path).worksheets:
            formulas = [c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"]
            assert all(str(formula).startswith('=HYPERLINK("#Plan!') for formula in formulas), path
    assert any(text in all_text(path) for path in out.rglob("*.xlsx"))


def test_actions_that_belong_to_nobody_are_told(hscb: Run, book: Path, tmp_path: Path) -> None:
    opened = open_book(str(book))
    opened.sheets["Plan"]["J6"].value = "Some other board"
    opened.sheets["Plan"]["J7"].value = None
    opened.save()
    opened.close()
    outcome = hscb("export", book, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert "In no export by monitoring group: 2, 3;" in outcome.err
