"""What lies beside a workbook: what a click could come upon is found, anything else is left alone."""

import zipfile
from pathlib import Path

import pytest

from hscb_xl.desk.beside import beside
from hscb_xl.desk.checks import Check

NOTHING = Check("Beside", "right", "nothing lies there that a click could run in the program's place")
HARMLESS = [
    "Plan.xlsx",
    "notes.py",
    "hscb_xl.txt",
    "json.md",
    "xlwings.conf.txt",
    "hscb_xl/readme.txt",
    "json-1.py",
    "a b.py",
    "Plan.zip",
]
IN_THE_WAY = [
    ("hscb_xl/__init__.py", "hscb_xl"),
    ("hscb_xl.py", "hscb_xl.py"),
    ("hscb_xl.pyc", "hscb_xl.pyc"),
    ("xlwings/__init__.py", "xlwings"),
    ("xlwings.pyd", "xlwings.pyd"),
    ("json.py", "json.py"),
    ("os.py", "os.py"),
    ("rapidfuzz/__init__.py", "rapidfuzz"),
    ("xlsxwriter.cpython-311-x86_64-linux-gnu.so", "xlsxwriter.cpython-311-x86_64-linux-gnu.so"),
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "plans" / "Plan.xlsm"


def lay(book: Path, name: str, text: str = "") -> None:
    path = book.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", HARMLESS)
def test_left_alone(book: Path, name: str) -> None:
    lay(book, name)
    assert list(beside(book)) == [NOTHING]


@pytest.mark.parametrize(("name", "told"), IN_THE_WAY)
def test_a_module_of_a_name_that_python_needs(book: Path, name: str, told: str) -> None:
    lay(book, name)
    (check,) = beside(book)
    assert (check.name, check.state) == ("Beside", "wrong")
    assert check.found == f"{book.parent} holds {told}, named like what a click has Python run"
    assert check.remedy == "Take them away, and ask who put them there."


def test_many_are_named_in_part(book: Path) -> None:
    for name in "abc ast csv json os re sys".split():
        lay(book, f"{name}.py")
    (check,) = beside(book)
    assert "holds abc.py, ast.py, csv.py, json.py, os.py and 2 more, named" in check.found


@pytest.mark.parametrize("name", ["xlwings.conf", "XLWINGS.CONF"])
def test_settings_are_told_whatever_they_say(book: Path, name: str) -> None:
    lay(book, name, '"INTERPRETER_WIN","C:\\other.exe"\n')
    (check,) = beside(book)
    assert check.found == f"{book.parent / name} says for every workbook there which program a click starts"
    assert check.remedy == "Take it away: the buttons refuse to work beside it."


@pytest.mark.parametrize(
    ("member", "is_told"),
    [("hscb_xl/ribbon.py", True), ("json.py", True), ("plan.txt", False), ("x.py", False)],
)
def test_a_zip_file_called_like_the_workbook(book: Path, member: str, is_told: bool) -> None:
    book.parent.mkdir()
    with zipfile.ZipFile(book.with_suffix(".zip"), "w") as archive:
        archive.writestr(member, "")
    (check,) = beside(book)
    assert check.found.startswith(f"{book.parent} holds Plan.zip, named") is is_told
    assert (check == NOTHING) is not is_told


def test_a_folder_that_cannot_be_listed_is_said_to_be_none(book: Path) -> None:
    (check,) = beside(book)
    assert (check.state, check.found) == (
        "unseen",
        "not looked at: the folder cannot be listed (No such file or directory)",
    )
