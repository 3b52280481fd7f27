"""Whose a file is, as it is told: by the workbook itself, by the disk, or by nobody."""

import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from hscb_xl.handout import whose
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.xlsx.pack import write_single
from hscb_xl.xlsx.records import Tab

CORE = "docProps/core.xml"


def export(folder: Path) -> Path:
    path = folder / "export.xlsx"
    write_single(path, Tab("A group", ()), RatingPolicy(), date(2015, 5, 12), "Plan")
    return path


def saved_by(path: Path, name: str) -> Path:
    """A copy as Excel saves it, with the name of who did."""
    made = path.with_name("saved.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == CORE:
                empty = b"<cp:lastModifiedBy></cp:lastModifiedBy>"
                assert empty in content
                content = content.replace(empty, f"<cp:lastModifiedBy>{name}</cp:lastModifiedBy>".encode())
            new.writestr(part, content)
    return made


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Jane Smith", "Jane Smith"),
        ("O&apos;Neill &amp; Co", "O'Neill & Co"),
        ("a\nb", "a b"),
        ("\u202eevil", r"\u202eevil"),
        ("x" * 5_000, "x" * 80),
    ],
)
def test_a_workbook_says_who_saved_it(tmp_path: Path, written: str, shown: str) -> None:
    assert whose.changed_by(saved_by(export(tmp_path), written)) == shown


def test_else_the_disk_says_it_and_else_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("Dear all", encoding="utf-8")
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(export(tmp_path).read_bytes()[:-100])
    unnamed = export(tmp_path)
    for path in (text, damaged, unnamed):
        monkeypatch.setattr(Path, "owner", lambda _: "jsmith")
        assert whose.changed_by(path) == "jsmith"
        monkeypatch.setattr(Path, "owner", lambda _: {}["no such user"])
        assert whose.changed_by(path) == "somebody"


def test_when_is_said_as_a_board_says_it(tmp_path: Path) -> None:
    path = export(tmp_path)
    moment = datetime(2015, 5, 12, 9, 5).timestamp()
    os.utime(path, (moment, moment))
    assert whose.changed_on(path) == "12 May 2015 at 09:05"
    assert whose.changed_on(path.with_name("gone")) == "an unknown day"


def test_an_export_is_known_by_its_mark_and_nothing_else_is(tmp_path: Path) -> None:
    path = export(tmp_path)
    assert whose.is_export(path)
    assert whose.is_export(saved_by(path, "Jane"))
    path.write_bytes(b"PK")
    assert not whose.is_export(path)


def test_a_file_that_promises_too_much_is_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (80 << 20))
    assert not whose.is_export(path)
    assert whose.changed_by(path)
