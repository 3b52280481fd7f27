import unicodedata
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from hscb_xl.errors import OutputProblem
from hscb_xl.xlsx.safe import (
    LONGEST_TEXT,
    checked,
    file_names,
    link_address,
    looks_like_formula,
    sheet_names,
    write_text,
)
from tests import growth

LEFT_ALONE = [
    ("HSCB Steering Group", "an ordinary name"),
    ("Children’s Board – 2014/15".replace("/", " "), "dashes and typographic quotes are allowed everywhere"),
    ("Bwrdd Diogelu Plant Cymru ŵŷ", "so are other alphabets"),
]

SHEET_NAMES = [
    ("HSCB/HSAB: joint [draft]?*\\", "HSCB-HSAB- joint -draft----"),
    ("'Executive'", "Executive"),
    ("The Chair's group", "The Chair's group"),
    ("history", "history sheet"),
    ("History" + "'" * 30 + "x", "History sheet"),
    ("Chairs of HSCB Strategic Board and Improvement Board", "Chairs of HSCB Strategic Board"),
    ("two\nlines\tand  spaces", "two lines and spaces"),
    ("bell\x07 and \u202ereversed", "bell and reversed"),
    ("", "Sheet"),
    ("'''", "Sheet"),
]

FILE_NAMES = [
    ('HSCB/HSAB: "joint" <draft>?*|\\', "HSCB-HSAB- -joint- -draft-----.xlsx"),
    ("CON", "_CON.xlsx"),
    ("nul.notes", "_nul.notes.xlsx"),
    ("com1", "_com1.xlsx"),
    ("Lpt¹ .x", "_Lpt¹ .x.xlsx"),
    ("Conference", "Conference.xlsx"),
    ("../../etc/passwd", "_-..-etc-passwd.xlsx"),
    ("..", "file.xlsx"),
    (".hidden", "hidden.xlsx"),
    ("-rf", "_-rf.xlsx"),
    ("~$Plan", "_~$Plan.xlsx"),
    ("C:\\Windows", "C--Windows.xlsx"),
    ("gro\u202euped\u200b", "grouped.xlsx"),
    ("😀 team", "😀 team.xlsx"),
    ("e\u0301", "é.xlsx"),
    ("é" * 200, "é" * 83 + ".xlsx"),
    ("x" * 249 + "é", "x" * 249 + ".xlsx"),
    ("ends in dots. . .", "ends in dots.xlsx"),
    ("two\nlines\x00", "two lines.xlsx"),
    ("", "file.xlsx"),
]


@pytest.mark.parametrize(("name", "why"), LEFT_ALONE)
def test_names_left_alone(name: str, why: str) -> None:
    assert sheet_names([name]) == (name,), why
    assert file_names([name], ".xlsx")[0] == f"{name}.xlsx", why


@pytest.mark.parametrize(("wanted", "name"), SHEET_NAMES)
def test_sheet_names_made_fit(wanted: str, name: str) -> None:
    assert sheet_names([wanted]) == (name,)


@pytest.mark.parametrize(("stem", "name"), FILE_NAMES)
def test_file_names_made_fit(stem: str, name: str) -> None:
    assert file_names([stem], ".xlsx")[0] == name


def test_names_that_clash_are_numbered_in_order() -> None:
    assert sheet_names(["Executive", "EXECUTIVE", "executive"]) == (
        "Executive",
        "EXECUTIVE (2)",
        "executive (3)",
    )
    assert file_names(["QA", "qa"], ".pdf") == ("QA.pdf", "qa (2).pdf")
    assert file_names(["é", "E\u0301"], ".pdf") == ("é.pdf", "É (2).pdf")
    assert file_names(["ΐ", "\u1fd3"], ".pdf") == ("ΐ.pdf", "ΐ (2).pdf")
    assert file_names(["file", "", "FILE (2)"], ".pdf") == ("file.pdf", "file (2).pdf", "FILE (2) (2).pdf")
    long = "Chairs of HSCB Strategic Board and "
    assert sheet_names([long + "one", long + "two"])[1] == "Chairs of HSCB Strategic Bo (2)"


names = st.lists(
    st.text(st.characters(codec=None), max_size=60)
    | st.text(alphabet="'hHistory[]:*?/\\ .aA\U0001f600", max_size=40)
    | st.sampled_from(["", "CON", "con.x", "History", "straße", "STRASSE", "é", "é", "😀" * 40]),
    max_size=12,
)


@given(names)
def test_sheet_names_are_always_allowed_and_distinct(wanted: list[str]) -> None:
    given_names = sheet_names(wanted)
    assert len(given_names) == len(wanted)
    assert len({name.casefold() for name in given_names}) == len(wanted)
    for name in given_names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'"
        assert name[-1] != "'"
        assert name.casefold() != "history"


@given(names)
def test_xlsxwriter_takes_every_sheet_name(wanted: list[str]) -> None:
    book = Workbook(BytesIO(), {"in_memory": True})
    for name in sheet_names(wanted):
        book.add_worksheet(name)
    book.close()


@given(names)
def test_file_names_are_always_allowed_and_distinct(stems: list[str]) -> None:
    made = file_names(stems, ".xlsx")
    for form in ("NFC", "NFD"):
        forms = [unicodedata.normalize(form, name) for name in made]
        assert len({name.casefold() for name in forms}) == len({name.upper() for name in forms}) == len(stems)
        assert all(len(name.encode()) <= 255 for name in forms)
    for name in made:
        assert PurePosixPath("out", name).parent == PurePosixPath("out")
        assert PureWindowsPath("out", name).parent == PureWindowsPath("out")
        assert not PureWindowsPath(name).is_reserved()
        assert not set(name) & set('<>:"/\\|?*')
        assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in name)
        assert name.endswith(".xlsx")
        assert name[0] not in ". -~"
        assert name.removesuffix(".xlsx")[-1] not in ". "
        assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", *"＝＋－＠"])
def test_what_a_spreadsheet_would_calculate_is_recognised(text: str) -> None:
    assert looks_like_formula(text)
    assert not looks_like_formula(f"x{text}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (LONGEST_TEXT + 1), "longer than"),
        ("😀" * 20_000, "longer than"),
        ("a\ud800", "half a character"),
    ],
)
def test_what_no_cell_can_hold_is_refused(text: str, says: str) -> None:
    with pytest.raises(OutputProblem, match=says):
        checked(text)


def test_a_control_character_is_kept_in_excels_own_escape() -> None:
    assert b"<t>bell_x0007_</t>" in shared_strings("bell\x07")


def shared_strings(text: str) -> bytes:
    return zipfile.ZipFile(written(text)).read("xl/sharedStrings.xml")


def written(text: str) -> BytesIO:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    write_text(book.add_worksheet(), 0, 0, text, book.add_format())
    book.close()
    return buffer


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "http://example.org",
        "internal:Sheet1!A1",
        "007",
        "{=SUM(A1)}",
        "<r><t>mark-up</t></r>",
        "<r></r>",
        " spaces kept ",
        "two\nlines",
        "_x0041_ is no escape",
        "x" * LONGEST_TEXT,
    ],
)
def test_a_text_is_read_back_as_it_was_written(text: str) -> None:
    cell = openpyxl.load_workbook(written(text)).active["A1"]
    assert (cell.value, cell.data_type) == (text, "s")


LINKS = [
    ("https://council.example/minutes?id=4#page2", "https://council.example/minutes?id=4#page2"),
    (" HTTP://council.example ", "http://council.example"),
    ("mailto:clerk@council.example?subject=Minutes", "mailto:clerk@council.example?subject=Minutes"),
    ("MailTo:clerk@council.example", "mailto:clerk@council.example"),
    ("https://council.example/caf\u00e9/[1]", "https://council.example/caf\u00e9/[1]"),
    ("https://x/" + "a" * 2069, "https://x/" + "a" * 2069),
]
NO_LINKS = [
    ("", "nothing"),
    ("Minutes of 8 April", "a text"),
    ("see https://council.example", "an address in a text"),
    ("https://council.example and more", "two words"),
    ("https://", "no host"),
    ("https:///etc/passwd", "no host either"),
    ("www.council.example", "no scheme: nobody says which"),
    ("ftp://council.example", "another scheme"),
    ("file:///C:/secret.docx", "a file"),
    ("\\\\server\\share", "a share, which asks for a password by itself"),
    ("javascript:alert(1)", "a script"),
    ("ms-excel:ofe|u|https://x", "a program"),
    ("internal:Plan!A1", "a place in the workbook"),
    ("https:\\\\evil", "slashes that a browser mends"),
    ("mailto:", "no mailbox"),
    ('https://x/"onclick', "a quotation mark"),
    ("https://x/<b>", "a tag"),
    ("https://x/\u202egpj.exe", "written backwards"),
    ("https://x/\ud800", "half a character"),
    ("https://x/" + "a" * 2070, "longer than Excel takes"),
    ("https://x/" + "[" * 700, "longer once it is written out"),
]


@pytest.mark.parametrize(("text", "address"), LINKS)
def test_an_address_of_the_web_or_a_mailbox_may_be_led_to(text: str, address: str) -> None:
    assert link_address(text) == address


@pytest.mark.parametrize("text", [text for text, _ in NO_LINKS], ids=[why for _, why in NO_LINKS])
def test_nothing_else_is_led_to(text: str) -> None:
    assert link_address(text) == ""


def test_looking_for_an_address_takes_no_longer_than_the_text() -> None:
    for begin in ("https://x/", "mailto:a@", "mailto:", "http", " "):
        assert growth.worst(link_address, lambda size, begin=begin: begin + "a" * size + " b") <= growth.MOST


def named_files(names: list[str]) -> tuple[str, ...]:
    return file_names(names, ".xlsx")


@pytest.mark.parametrize("named", [sheet_names, named_files])
def test_thousands_of_names_alike_take_no_longer_each(named: Callable[[list[str]], object]) -> None:
    assert growth.worst(named, lambda number: ["Board"] * number, (500, 1000, 2000, 4000)) <= growth.MOST


def test_a_number_that_somebody_gave_is_passed_over() -> None:
    assert sheet_names(["A", "A", "A (2)", "a", "A (2)"]) == ("A", "A (2)", "A (2) (2)", "a (3)", "A (2) (3)")
