"""A closed file whose structure was changed: the schema accepts it and other programs read it."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from hscb_xl.errors import UnsafeEdit


def change(plan: xw.Sheet) -> None:
    """A change of each kind."""
    plan["B4"].add_note("first\nsecond")
    plan["D7"].add_note("last")
    plan["J4"].add_hyperlink("https://example.org/a?b=1&c=2#d", "link", "tip")
    plan["J5"].add_hyperlink("#Lists!A1", "place")
    plan["J7:K8"].merge()
    plan["A3:D7"].copy(plan["L3"])
    plan["5:6"].insert("down")
    plan["E:E"].insert("right")
    plan["J2:L2"].delete("up")
    plan["A1"].copy(plan["A40:B41"])
    plan["D9"].note.delete()
    plan.autofit()
    plan["1:1"].row_height = 40
    lists = plan.book.sheets["Lists"]
    lists["1:2"].insert("down")
    lists["C:C"].delete()


@pytest.mark.validator
def test_the_schema_accepts_it(book: xw.Book, path: Path, validate: Callable[[Path], list[str]]) -> None:
    change(book.sheets["Plan"])
    book.save()
    assert validate(path) == []


@pytest.mark.libreoffice
def test_another_program_reads_it(book: xw.Book, path: Path, soffice: Callable[..., list[Path]]) -> None:
    change(book.sheets["Plan"])
    book.save()
    out = path.parent / "read"
    sheet = openpyxl.load_workbook(soffice(out, path, to="xlsx")[0])["Plan"]
    assert sheet["B4"].comment.text == "first\nsecond"
    assert sheet["D9"].comment is None
    assert sheet["K3"].hyperlink.target.startswith("https://example.org/a?b=1&c=2")
    assert "K8:L9" in map(str, sheet.merged_cells.ranges)
    assert (sheet["G4"].value, sheet["M3"].value, sheet["B41"].value) == (
        "=SUM(A4:A9)",
        "No",
        "As of 12 May 2015",
    )


def test_saved_again_it_does_not_change(book: xw.Book, path: Path) -> None:
    change(book.sheets["Plan"])
    book.save()
    once = path.read_bytes()
    plan = book.sheets["Plan"]
    plan["K3"].add_hyperlink("https://example.org/a?b=1&c=2#d", "link", "tip")
    plan["K8:L9"].merge()
    plan["B4"].note.text = "first\nsecond"
    plan["1:1"].row_height = 40
    plan.autofit("c")
    book.save()
    assert path.read_bytes() == once


def test_a_refusal_leaves_everything(book: xw.Book, path: Path) -> None:
    plan = book.sheets["Plan"]
    plan["A9"].value = "new"
    with pytest.raises(
        UnsafeEdit, match=r"^Plan!A3:XFD3 in small\.xlsx cannot be deleted here: the table Plan"
    ):
        plan["3:3"].delete()
    with pytest.raises(UnsafeEdit, match="cannot be merged without losing"):
        plan["F4:F6"].merge()
    assert plan["A3:A4"].value == ["No", 1]
    book.save()
    sheet = openpyxl.load_workbook(path)["Plan"]
    assert (sheet["A9"].value, sheet["A4"].value, sheet.tables["Plan"].ref) == ("new", 1, "A3:D7")


def test_other_cells_need_a_direction(plan: xw.Sheet) -> None:
    with pytest.raises(ValueError, match="up, left"):
        plan["B20:C21"].delete()


def test_arrays_are_known(plan: xw.Sheet, path: Path) -> None:
    plan["H1"].formula = "=1+1"
    assert (plan["H1"].has_array, plan["H1"].formula_array, plan["H1:H2"].formula_array) == (
        False,
        "=1+1",
        None,
    )
    assert plan["F4"].formula2 == "=SUM(A4:A7)"
