"""Bad input: one clear sentence that names the file or the cell, exit code 2, an untouched file."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from hscb_xl.cli import main
from hscb_xl.engine import open_book
from hscb_xl.errors import BookNotFound
from tests.system.conftest import AS_OF, Run

Spoil = Callable[[Path], None]


def with_cells(**cells: Any) -> Spoil:
    """Writes values into cells of the sheet Plan."""

    def spoil(path: Path) -> None:
        book = open_book(str(path))
        for address, value in cells.items():
            book.sheets["Plan"][address].value = value
        book.save()
        book.close()

    return spoil


def with_part(part: str, old: bytes, new: bytes) -> Spoil:
    """Replaces bytes in one part of the package."""

    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
        assert old in content[part]
        content[part] = content[part].replace(old, new)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in content.items():
                archive.writestr(name, data)

    return spoil


def merged(*areas: str) -> Spoil:
    """Merges cells of the sheet Plan, which neither Excel nor our engine does within a table."""
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    xml = f"</sheetData><mergeCells>{cells}</mergeCells>".encode()
    return with_part("xl/worksheets/sheet1.xml", b"</sheetData>", xml)


def with_formula(cell: str) -> Spoil:
    """Puts a formula without a value into a cell of the sheet Plan, as programs other than Excel do."""

    def spoil(path: Path) -> None:
        sheet = openpyxl.load_workbook(path, keep_vba=True)
        sheet["Plan"][cell] = "=UPPER(A1)"
        sheet.save(path)

    return spoil


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4000])


def text(path: Path) -> None:
    path.write_text("No,Action\n1,Do it\n", encoding="utf-8")


def encrypted(path: Path) -> None:
    target = BytesIO()
    with path.open("rb") as source:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("secret", target)
    path.write_bytes(target.getvalue())


def missing(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    book = open_book(str(path))
    book.sheets["Plan"].tables["Plan"].data_body_range.clear_contents()
    book.save()
    book.close()


CASES: list[tuple[str, Spoil, str]] = [
    ("no such file", missing, r"There is no file .*ImprovementPlan\.xlsm: check the name"),
    ("not a workbook", text, r"ImprovementPlan\.xlsm is not an Excel workbook: give a file"),
    ("encrypted", encrypted, r"ImprovementPlan\.xlsm has a password to open: remove it"),
    ("truncated", truncated, r"ImprovementPlan\.xlsm: .*cut short.*restore"),
    (
        "no Plan table",
        with_part("xl/tables/table1.xml", b'"Plan"', b'"Actions"'),
        r"ImprovementPlan\.xlsm has no table named Plan: select the plan",
    ),
    (
        "a renamed column",
        with_cells(I4="RAG Ratings"),
        r"no column 'RAG Rating'; Plan!I4 has 'RAG Ratings', which looks like it: rename it",
    ),
    (
        "a missing column",
        with_cells(H4="Zebra crossing"),
        r"the table Plan has no column 'Progress'.*: add it to the table\.",
    ),
    (
        "two columns with one header",
        with_part("xl/sharedStrings.xml", b"<t>Evidence</t>", b"<t>RAG Rating</t>"),
        r"Plan!I4 and Plan!M4 are both the column 'RAG Rating': rename or delete one\.",
    ),
    (
        "merged cells",
        merged("D6:D7"),
        r"Plan!D6:D7 holds merged cells, in which rows are lost: unmerge them in Excel .*, then fill in the ",
    ),
    ("cells merged beyond the table", merged("S28:V40"), r"Plan!S28:V40 holds merged cells"),
    ("two merges", merged("A5:A9", "F6:G9"), r"Plan!A5:A9, Plan!F6:G9 hold merged cells, in which"),
    (
        "many merges",
        merged(*(f"{letter}5:{letter}6" for letter in "HGFEDCBA")),
        r"Plan!A5:A6, Plan!B5:B6, Plan!C5:C6, Plan!D5:D6, Plan!E5:E6 and more hold merged cells",
    ),
    (
        "a formula without its value",
        with_formula("G7"),
        r"Plan!G7 holds a formula whose value is not stored: open the workbook in Excel and save it\.",
    ),
    ("an empty table", emptied, r"The table Plan on the sheet Plan is empty: enter its first action\."),
    (
        "a date out of range",
        with_cells(L5=9999999),
        r"Plan!L5 holds the number 9999999, which is no date: type the date again\.",
    ),
    (
        "a negative date",
        with_cells(G5=-3),
        r"Plan!G5 holds the number -3, which is no date: type the date again\.",
    ),
]


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize(("spoil", "sentence"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_bad_workbooks(hscb: Run, book: Path, command: str, spoil: Spoil, sentence: str) -> None:
    spoil(book)
    before = book.read_bytes() if book.exists() else None
    outcome = hscb(command, book, "--as-of", AS_OF)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("hscb-xl: ")
    assert len(outcome.err.splitlines()) == 1
    assert re.search(sentence, outcome.err), outcome.err
    assert (book.read_bytes() if book.exists() else None) == before
    assert sorted(path.name for path in book.parent.iterdir() if path.name != "log") == (
        [] if before is None else [book.name]
    )


def test_a_folder_that_cannot_be_written(hscb: Run, book: Path, built: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    outcome = hscb("run", book, "--as-of", AS_OF, "--out", tmp_path / "taken")
    assert (outcome.code, outcome.err) == (3, "")
    assert "is a file, not a folder: choose another folder" in outcome.out
    assert book.read_bytes() != built.read_bytes()  # the plan is rated and saved all the same
    below = hscb("run", book, "--as-of", AS_OF, "--out", tmp_path / "taken" / "below")
    assert below.code == 3
    assert re.search(r"taken.below.* cannot be written \(.*\)", below.out)
    alone = hscb("export", book, "--as-of", AS_OF, "--out", tmp_path / "taken")
    assert (alone.code, alone.out) == (3, "")
    assert "is a file, not a folder: choose another folder" in alone.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file"


@pytest.mark.parametrize(
    "name", ["Actions by monitoring group.xlsx", "Actions by monitoring group/Plan.xlsx"]
)
def test_an_export_never_goes_over_the_plan_itself(
    hscb: Run, source_document: Path, tmp_path: Path, name: str
) -> None:
    book = tmp_path / "out" / name
    assert hscb("import", source_document, book).code == 0
    before = book.read_bytes()
    for command in ("run", "export"):
        outcome = hscb(command, book, "--as-of", AS_OF, "--out", tmp_path / "out")
        assert outcome.code == 2
        assert "An export would be written over" in outcome.err
        assert book.read_bytes() == before


def test_a_wrong_setting_names_its_cell(hscb: Run, book: Path) -> None:
    opened = open_book(str(book))
    opened.sheets["Settings"]["B6"].value = "a month"
    opened.save()
    opened.close()
    outcome = hscb("check", book, "--json")
    assert outcome.code == 2
    assert "Settings!B6: Amber window (days) cannot be 'a month'; write a whole number" in outcome.err


def test_a_workbook_open_in_excel_is_left_alone(hscb: Run, book: Path, built: Path) -> None:
    name = "Chris Baird"
    owner = bytes([len(name)]) + name.encode().ljust(54) + bytes([len(name), 0]) + name.encode("utf-16-le")
    book.with_name(f"~${book.name}").write_bytes(owner)
    outcome = hscb("run", book, "--as-of", AS_OF)
    assert outcome.code == 3
    assert "is open in Excel by Chris Baird: it was left alone" in outcome.err
    assert book.read_bytes() == built.read_bytes()


def test_an_unexpected_failure_is_a_sentence_and_a_log(
    hscb: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("hscb_xl.tasks.rate.run", fail)
    outcome = hscb("run", book, "--as-of", AS_OF)
    assert outcome.code == 2
    assert "Something unexpected went wrong (RuntimeError); the details are in" in outcome.err
    assert "boom" in (tmp_path / "log" / "hscb_xl.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("run", "x.xlsm", "--as-of", "May"), "'May' is not a date: write it as 2015-05-12 or 12/05/2015."),
        (("export", "x.xlsm"), "Missing option '--out'"),
        (("run", "x.xlsm", "--tolerance", "-1"), "-1 is not in the range"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
)
def test_usage(hscb: Run, arguments: tuple[str, ...], sentence: str) -> None:
    outcome = hscb(*arguments)
    assert outcome.code == 2
    assert sentence in outcome.err
    assert len(outcome.err.splitlines()) == 1
    command = " ".join(("hscb-xl", *arguments[: len(arguments) > 1]))
    assert outcome.err.endswith(f"(See {command} -h.)\n")


@pytest.mark.parametrize("command", [(), *((name,) for name in sorted(main.commands))])
def test_every_command_has_a_short_way_to_its_help(hscb: Run, command: tuple[str, ...]) -> None:
    short, long = hscb(*command, "-h"), hscb(*command, "--help")
    assert short == long
    assert (short.code, short.err) == (0, "")
    assert short.out.startswith(f"Usage: {' '.join(('main', *command))}")


ADDRESS = "https://board.sharepoint.com/sites/plans/Plan.xlsm"
WITH_ADDRESSES = [
    *(
        (name, ADDRESS)
        for name in ("run", "check", "rate", "format", "summarise", "undo", "backups", "batch")
    ),
    ("export", ADDRESS, "--out", "out"),
    ("new", ADDRESS),
    ("import", ADDRESS, "plan.xlsx"),
    ("run", "plan.xlsx", "--out", ADDRESS),
    ("run", "plan.xlsx", "--save-as", ADDRESS),
    ("batch", "plans", "--report", ADDRESS),
    ("batch", "plans", "--export", ADDRESS),
    ("schedule", ADDRESS, "--daily", "02:00"),
]


@pytest.mark.parametrize("arguments", WITH_ADDRESSES, ids=" ".join)
def test_a_web_address_is_no_path(
    hscb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = hscb(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"hscb-xl: {ADDRESS} is a web address")
    assert "give the path of the synchronised folder on this computer" in outcome.err
    assert not [path for path in tmp_path.iterdir() if path.name != "log"]


def test_a_book_s_address_is_refused_by_the_engine_too() -> None:
    with pytest.raises(BookNotFound, match="give the path of the synchronised folder"):
        open_book(ADDRESS)


def test_import_never_overwrites(hscb: Run, book: Path, built: Path, source_document: Path) -> None:
    outcome = hscb("import", source_document, book)
    assert outcome.code == 2
    assert "is there already and is not overwritten: give a new name." in outcome.err
    assert book.read_bytes() == built.read_bytes()


def test_a_damaged_part_that_nobody_needs_is_a_warning(book: Path, hscb: Run) -> None:
    picture = bytes(range(256)) * 9
    with zipfile.ZipFile(book, "a") as file:
        file.writestr("xl/media/image1.png", picture, zipfile.ZIP_STORED)
    book.write_bytes(book.read_bytes().replace(picture, picture[:-1] + b"\0"))
    done = hscb("run", book, "--as-of", "2015-05-12")
    assert done.code == 0
    assert done.err == (
        "hscb-xl: Warning: the part xl/media/image1.png is damaged and stayed as before: "
        "open the workbook in Excel and repair it, or bring back a copy from before.\n"
    )
    assert picture[:-1] + b"\0" in book.read_bytes()
