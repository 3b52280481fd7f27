"""What chairs send back is never written over: by the command line, by a night, by a click."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from hscb_xl import ribbon
from hscb_xl.engine import open_book
from tests.clicking import calling
from tests.labels import LABELLED, labelled
from tests.system.conftest import AS_OF, Run

KIND = "Actions by monitoring group"
QA, STEERING = f"{KIND}/HSCB QA Sub Group.xlsx", f"{KIND}/HSCB Steering Group.xlsx"
NEXT_DAY = "2015-05-13"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def filled_in(path: Path) -> bytes:
    """Let a chair fill in a file in Excel; what it is then."""
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "Jane Smith"
    book.worksheets[0]["H8"] = "The audit was agreed."
    book.save(path)
    return path.read_bytes()


def edited(book: Path, **cells: object) -> None:
    opened = open_book(str(book))
    for address, value in cells.items():
        opened.sheets["Plan"][address].value = value
    opened.save()
    opened.close()


def test_export_and_run_keep_a_chairs_file_and_write_the_others(hscb: Run, book: Path, out: Path) -> None:
    assert hscb("run", book, "--as-of", AS_OF, "--out", out).code == 0
    theirs, before = filled_in(out / QA), (out / STEERING).read_bytes()
    outcome = hscb("export", book, "--as-of", NEXT_DAY, "--out", out)
    assert outcome.code == 3
    assert f"{out / QA} was left as it is: Jane Smith changed it on " in outcome.err
    assert "after it was exported. Bring what is new in it back into the plan, or move it" in outcome.err
    written = {out / f"{KIND}.xlsx", *(out / KIND).iterdir()} - {out / QA}
    assert sorted(outcome.out.splitlines()) == sorted(map(str, written))
    assert (out / QA).read_bytes() == theirs
    assert (out / STEERING).read_bytes() != before
    rated = hscb("run", book, "--as-of", "2015-05-14", "--out", out)
    assert rated.code == 3
    assert "Jane Smith changed it on" in rated.out
    assert "As of 14 May 2015" in openpyxl.load_workbook(book)["Plan"]["A2"].value
    assert (out / QA).read_bytes() == theirs
    shutil.move(out / QA, out.parent / "returned.xlsx")
    assert hscb("export", book, "--as-of", NEXT_DAY, "--out", out).code == 0


def test_json_says_what_was_kept_moved_and_hidden(hscb: Run, book: Path, out: Path) -> None:
    words = ["run", book, "--json", "--out", out, "--as-of"]
    first = hscb(*words, AS_OF)
    assert first.code == 0
    assert first.json["label"] is None
    said = first.json["exports"]["monitoring"]
    assert len(said["files"]) == len(said["written"]) == 5
    assert (said["kept"], said["moved"], said["hidden"]) == ([], [], [])
    filled_in(out / STEERING)
    edited(book, J22="HSCB Strategic Board")  # the one action of the QA Sub Group
    opened = open_book(str(book))
    for row in (8, 11):
        opened.sheets["Plan"][f"{row}:{row}"].row_height = 0
    opened.save()
    opened.close()
    second = hscb(*words, NEXT_DAY)
    assert second.code == 3
    said = second.json["exports"]["monitoring"]
    [kept] = said["kept"]
    assert kept["file"] == str(out / STEERING)
    assert "Jane Smith" in kept["why"]
    [moved] = said["moved"]
    assert moved["file"] == str(out / QA)
    assert Path(moved["to"]).is_file()
    assert not (out / QA).exists()
    assert said["hidden"] == ["4", "7"]
    shown = hscb("export", book, "--as-of", NEXT_DAY, "--out", out)
    assert "2 actions in the exports are hidden in the plan by a filter or by hand: No 4 and 7." in shown.err
    assert shown.code == 3


def test_exceptions_and_a_full_export_have_files_of_their_own(hscb: Run, book: Path, out: Path) -> None:
    hscb("export", book, "--as-of", AS_OF, "--out", out)
    before = {path: path.read_bytes() for path in out.rglob("*.xlsx")}
    hscb("export", book, "--as-of", AS_OF, "--out", out, "--exceptions")
    assert {path: path.read_bytes() for path in before} == before
    names = {path.name for path in out.rglob("*.xlsx")}
    assert len(names) == 10
    few = openpyxl.load_workbook(out / "Exceptions by monitoring group/Exceptions – HSCB Steering Group.xlsx")
    assert few.properties.title.startswith("Exceptions only: ")
    assert few.worksheets[0]["A4"].value.startswith("12 of 19 actions: ")
    full = openpyxl.load_workbook(out / STEERING)
    assert full.worksheets[0]["A4"].value.startswith("19 actions: ")
    assert few.properties.title != full.properties.title


def test_a_night_keeps_it_tells_it_and_never_calls_it_unchanged(
    hscb: Run, book: Path, out: Path, tmp_path: Path
) -> None:
    reports = [tmp_path / f"night.{ending}" for ending in ("jsonl", "html", "md")]
    words = ["batch", book, "--as-of", AS_OF, "--workers", 1, "--export", out, "--notify", tmp_path / "n.eml"]
    words += [word for report in reports for word in ("--report", report)]
    assert hscb(*words).code == 0
    theirs = out / book.name / QA
    left = filled_in(theirs)
    for _ in range(2):
        outcome = hscb(*words)
        assert outcome.code == 3
        assert "1 export left as found." in outcome.out
        [record] = [json.loads(line) for line in reports[0].read_text("utf-8").splitlines()]
        assert (record["outcome"], record["exports"]) == ("unchanged", 4)
        assert "Jane Smith changed it on" in record["kept"][0]
        for page in (*reports, tmp_path / "n.eml"):
            assert "Jane Smith" in page.read_text("utf-8"), page
        assert "nothing failed" not in (tmp_path / "n.eml").read_text("utf-8")
        assert theirs.read_bytes() == left
    theirs.unlink()
    assert hscb(*words).code == 0
    assert theirs.exists()
    [record] = [json.loads(line) for line in reports[0].read_text("utf-8").splitlines()]
    assert (record["kept"], record["exports"]) == ([], 5)


@pytest.fixture
def clicked(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Book]:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    opened = open_book(str(book))
    with calling(opened):
        yield opened
    opened.close()


def test_a_click_names_the_file_and_does_not_fail(clicked: xw.Book) -> None:
    folder = Path(clicked.fullname).with_name("ImprovementPlan exports")
    assert "5 files written" in ribbon.export_by_group()
    left = filled_in(folder / QA)
    clicked.sheets["Plan"]["H5"].value = "Something new."
    said = ribbon.export_by_group()
    assert said.startswith(f"4 files written to {folder}, the pack first: {KIND}.xlsx. ")
    assert f"{folder / QA} was left as it is: Jane Smith changed it on" in said
    assert (folder / QA).read_bytes() == left
    (folder / f"{KIND}.xlsx").write_text("Dear all", encoding="utf-8")
    said = ribbon.export_by_group()
    assert said.startswith(f"3 files written to {folder}. ")
    assert "the program did not write it there" in said or "changed it on" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_exports_are_as_private_as_the_plan(hscb: Run, book: Path, out: Path) -> None:
    book.chmod(0o600)
    hscb("run", book, "--as-of", AS_OF, "--out", out, "--by", "lead", "--by", "monitoring")
    assert {path.stat().st_mode & 0o777 for path in out.rglob("*.xlsx")} == {0o600}


@pytest.mark.parametrize("kind", sorted(LABELLED))
def test_the_label_goes_on_every_file_and_is_said_everywhere(
    hscb: Run, book: Path, out: Path, tmp_path: Path, kind: str
) -> None:
    made = labelled(book, tmp_path / "Labelled.xlsm", kind)
    properties, info = LABELLED[kind]
    name = "OFFICIAL-SENSITIVE & <local>" if properties else "848e3024-4d59-4ebd-bf27-8f3c3970fe52"
    ran = hscb("run", made, "--as-of", AS_OF, "--out", out, "--save-as", tmp_path / "copy.xlsm")
    assert f"Sensitivity label: {name}." in ran.out
    assert f"Sensitivity label: {name}" in hscb("export", made, "--out", out, "--exceptions").err
    assert hscb("run", made, "--as-of", AS_OF, "--json").json["label"] == name
    files = [*out.rglob("*.xlsx"), tmp_path / "copy.xlsm"]
    assert len(files) == 11
    for path in files:
        with zipfile.ZipFile(path) as package:
            assert not info or package.read("docMetadata/LabelInfo.xml") == info
            custom = package.read("docProps/custom.xml").decode() if properties else ""
            assert all(each in custom for each in properties)
    words = ["--report", tmp_path / "n.md", "--report", tmp_path / "n.html", "--report", tmp_path / "n.jsonl"]
    night = hscb("batch", made, "--as-of", AS_OF, "--workers", 1, *words, "--notify", tmp_path / "n.eml")
    assert f"Sensitivity label: {name}." in night.out
    [record] = [json.loads(line) for line in (tmp_path / "n.jsonl").read_text("utf-8").splitlines()]
    assert record["label"] == name
    for page in ("n.md", "n.html", "n.eml"):
        assert "Sensitivity label: " in (tmp_path / page).read_text("utf-8")


def test_a_label_that_cannot_be_read_stops_the_exports_and_not_the_plan(
    hscb: Run, book: Path, out: Path, tmp_path: Path
) -> None:
    made = labelled(book, tmp_path / "Labelled.xlsm", "part", info=b"<half")
    before = made.read_bytes()
    outcome = hscb("run", made, "--as-of", AS_OF, "--out", out)
    assert outcome.code == 3
    assert f"No export was written to {out}. " in outcome.out
    assert "docMetadata/LabelInfo.xml" in outcome.out
    assert not out.exists()
    assert made.read_bytes() != before


def test_a_group_that_lists_names_twice_is_one(hscb: Run, book: Path, out: Path) -> None:
    opened = open_book(str(book))
    table = opened.sheets["Lists"].tables["Groups"]
    table.rows.add(["hscb  QA sub group", "QA"])
    opened.save()
    opened.close()
    outcome = hscb("run", book, "--as-of", AS_OF, "--out", out, "--json")
    assert outcome.code == 0, outcome.err
    assert len(list((out / KIND).iterdir())) == 4
    found = [f for f in outcome.json["findings"] if f["rule"] == "group-listed-twice"]
    assert [f["no"] for f in found] == [18]
