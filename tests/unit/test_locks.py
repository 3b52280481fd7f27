"""Who has a workbook open, read from the owner file that Excel lays beside it."""

from pathlib import Path

import pytest

from hscb_xl.errors import BookLocked
from hscb_xl.locks import refuse_if_open


def owner_file(name: str, *, wide: bool = True) -> bytes:
    """An owner file as Excel 2007 and later writes it: the name in one byte a letter, then in UTF-16."""
    narrow = name.encode("cp1252", errors="replace")
    data = bytes([len(narrow)]) + narrow.ljust(54, b" ")
    if wide:
        data += len(name).to_bytes(2, "little") + name.ljust(54).encode("utf-16-le")
    return data.ljust(165, b"\0")


NAMED = [
    ("in both alphabets", owner_file("Jane Smith"), " by Jane Smith"),
    ("beyond the first alphabet", owner_file("Łukasz Żak"), " by Łukasz Żak"),
    ("only the first name field", owner_file("Jane Smith", wide=False), " by Jane Smith"),
    ("cut short behind the first field", owner_file("Zoë Hall")[:55], " by Zoë Hall"),
    ("cut short inside the second field", owner_file("Jane Smith")[:65], " by Jane"),
]
NAMELESS = [
    ("empty", b""),
    ("a length and no name", b"\x0a"),
    ("blanks", owner_file("")),
]


@pytest.mark.parametrize(("data", "by"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_the_one_who_has_it_open_is_named(tmp_path: Path, data: bytes, by: str) -> None:
    (tmp_path / "~$plan.xlsm").write_bytes(data)
    with pytest.raises(BookLocked) as raised:
        refuse_if_open(tmp_path / "plan.xlsm")
    assert str(raised.value) == (
        f"plan.xlsm is open in Excel{by}: it was left alone; close it there and run the command again."
    )
    assert raised.value.exit_code == 3


@pytest.mark.parametrize("data", [case[1] for case in NAMELESS], ids=[case[0] for case in NAMELESS])
def test_an_owner_file_without_a_name_locks_as_well(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "~$plan.xlsm").write_bytes(data)
    with pytest.raises(BookLocked, match=r"^plan\.xlsm is open in Excel: it was left alone"):
        refuse_if_open(tmp_path / "plan.xlsm")


def test_an_owner_file_that_excel_keeps_to_itself_locks_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "~$plan.xlsm").write_bytes(owner_file("Jane Smith"))
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(BookLocked, match="is open in Excel: it"):
        refuse_if_open(tmp_path / "plan.xlsm")


def test_a_book_that_nobody_has_open_is_free(tmp_path: Path) -> None:
    (tmp_path / "~$other.xlsm").write_bytes(owner_file("Jane Smith"))
    (tmp_path / "~$plan.xlsm").mkdir()
    refuse_if_open(tmp_path / "plan.xlsm")
