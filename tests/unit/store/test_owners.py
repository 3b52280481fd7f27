"""Who has a workbook open, by the files that Excel and LibreOffice lay beside it."""

from pathlib import Path

import pytest

from hscb_xl.errors import BookLocked
from hscb_xl.store import owners
from hscb_xl.store.locks import refuse_if_open

OFFICE = b"Jane Smith,jsmith,OFFICE-12,12.05.2015 10:11,file:///home/jsmith/.config/libreoffice/4;"
LIBREOFFICE = [
    ("as it writes it", OFFICE, "Jane Smith", "12.05.2015 10:11"),
    (
        "no name in its options",
        b",jsmith,OFFICE-12,12.05.2015 10:11,file:///x;",
        "jsmith",
        "12.05.2015 10:11",
    ),
    ("a comma in the name", rb"Smith\, Jane,js,pc,12.05.2015 10:11,x;", "Smith, Jane", "12.05.2015 10:11"),
    ("a backslash and a semicolon", rb"J\\S\; x,js,pc,12.05.2015 10:11,x;", r"J\S; x", "12.05.2015 10:11"),
    ("beyond ASCII", "Łukasz Żak,lz,pc,12.05.2015 10:11,x;".encode(), "Łukasz Żak", "12.05.2015 10:11"),
    ("cut short", b"Jane Smith,js", "Jane Smith", ""),
    ("no text", b"\xff\xfe,a,b,c", "\ufffd\ufffd", "c"),
    ("empty", b"", "", ""),
    ("huge", b"x" * 10_000_000, "x" * 4096, ""),
]


@pytest.mark.parametrize(
    ("data", "name", "since"), [c[1:] for c in LIBREOFFICE], ids=[c[0] for c in LIBREOFFICE]
)
def test_what_libreoffice_says(tmp_path: Path, data: bytes, name: str, since: str) -> None:
    file = tmp_path / ".~lock.plan.xlsm#"
    file.write_bytes(data)
    assert owners.of(tmp_path / "plan.xlsm") == owners.Owner("LibreOffice", file, name, since)


def test_a_session_that_died_leaves_a_file_that_may_be_deleted(tmp_path: Path) -> None:
    (tmp_path / ".~lock.plan.xlsm#").write_bytes(OFFICE)
    with pytest.raises(BookLocked) as raised:
        refuse_if_open(tmp_path / "plan.xlsm")
    assert str(raised.value) == (
        "plan.xlsm is open in LibreOffice by Jane Smith since 12.05.2015 10:11: it was left alone; "
        "close it there, or delete .~lock.plan.xlsm# if nobody has it open, and try again."
    )


HAS_IT = ["~$plan.xlsm", "~$PLAN.XLSM", "~$Plan.xlsm", ".~lock.plan.xlsm#", ".~lock.PLAN.xlsm#"]
HAS_IT_NOT = [
    "~$plan.xlsx",
    "~$plan",
    "~$plan.xlsm.bak",
    "$plan.xlsm",
    ".~lock.plan.xlsm",
    ".~lock.plan2.xlsm#",
]


@pytest.mark.parametrize("name", HAS_IT)
def test_in_whatever_capitals_it_was_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    found = owners.of(tmp_path / "plan.xlsm")
    assert found is not None
    assert found.file.name.casefold() == name.casefold()


def test_accents_in_one_character_or_in_two(tmp_path: Path) -> None:
    (tmp_path / "~$Ope\u0301ration.xlsx").write_bytes(b"")
    assert owners.of(tmp_path / "op\u00e9ration.xlsx") is not None


@pytest.mark.parametrize("name", HAS_IT_NOT)
def test_the_files_of_other_books(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(OFFICE)
    assert owners.of(tmp_path / "plan.xlsm") is None


def test_a_folder_of_that_name_and_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "~$PLAN.xlsm").mkdir()
    assert owners.of(tmp_path / "plan.xlsm") is None
    assert owners.of(tmp_path / "gone" / "plan.xlsm") is None
