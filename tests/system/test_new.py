"""``hscb-xl new``: an empty workbook that the other commands take."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.system.conftest import AS_OF, Run

FIRST_ROW = 5


@pytest.mark.parametrize("words", [(), ("--standalone",)])
def test_an_empty_plan_takes_its_first_action(hscb: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    book = tmp_path / "New plan.xlsm"
    assert hscb("new", book, *words).out == f"{book} is ready: write the first action into its sheet Plan.\n"
    outcome = hscb("run", book, "--as-of", AS_OF)
    assert (outcome.code, "enter its first action" in outcome.err) == (2, True)
    enter(book, {"No": 1, "Action": "Write a policy.", "By When": "April 2015", "RAG Rating": "G"})
    assert hscb("run", book, "--as-of", AS_OF).code == 0
    assert rated(book) == "R"
    macros = zipfile.ZipFile(book).read("xl/vbaProject.bin")
    assert (b"Module=xlwings" in macros) == bool(words)


def enter(path: Path, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path, keep_vba=True)
    headers = [cell.value for cell in book["Plan"][FIRST_ROW - 1]]
    for header, value in cells.items():
        book["Plan"].cell(FIRST_ROW, headers.index(header) + 1, value)
    book.save(path)


def rated(path: Path) -> object:
    sheet = openpyxl.load_workbook(path)["Plan"]
    headers = [cell.value for cell in sheet[FIRST_ROW - 1]]
    return sheet.cell(FIRST_ROW, headers.index("Auto RAG") + 1).value


def test_a_plain_workbook_has_no_macros(hscb: Run, tmp_path: Path) -> None:
    assert hscb("new", tmp_path / "plan.xlsx").code == 0
    assert "xl/vbaProject.bin" not in zipfile.ZipFile(tmp_path / "plan.xlsx").namelist()


@pytest.mark.parametrize(
    ("name", "words", "sentence"),
    [
        ("there.xlsm", (), "is there already and is not overwritten: give a new name."),
        ("plan.xls", (), "plan.xls must end in .xlsx or .xlsm: give it such a name."),
        ("plan.xlsx", ("--standalone",), "cannot hold macros: give a name that ends in .xlsm."),
    ],
)
def test_what_is_refused(hscb: Run, tmp_path: Path, name: str, words: tuple[str, ...], sentence: str) -> None:
    (tmp_path / "there.xlsm").write_bytes(b"mine")
    outcome = hscb("new", tmp_path / name, *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(f"{sentence}\n")
    made = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert made == {"there.xlsm"}
    assert (tmp_path / "there.xlsm").read_bytes() == b"mine"


@pytest.mark.validator
def test_the_validator_finds_nothing(
    validate: Callable[[Path], list[str]], hscb: Run, tmp_path: Path
) -> None:
    for name, words in (("a.xlsm", ()), ("b.xlsm", ("--standalone",)), ("c.xlsx", ())):
        hscb("new", tmp_path / name, *words)
        assert validate(tmp_path / name) == []
