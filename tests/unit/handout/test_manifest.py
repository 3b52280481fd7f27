"""What is remembered of a folder of exports, and that nothing which others write there is believed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from hscb_xl.errors import OutputProblem
from hscb_xl.handout import manifest
from hscb_xl.handout.manifest import Entry

ENTRY = Entry("../Plan.xlsm", ("0" * 64, "a" * 64), "2015-05-12T02:00:00.000+00:00")
SAID = {"plan": ENTRY.plan, "sha256": list(ENTRY.digests), "written": ENTRY.when}


def lay(folder: Path, content: str | bytes) -> None:
    place = manifest.place(folder)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)


def test_what_is_written_is_read_again_and_no_byte_is_written_twice(tmp_path: Path) -> None:
    files = {"Actions by lead/Chair – x.xlsx": ENTRY, "Actions by lead.xlsx": ENTRY}
    manifest.write(tmp_path, files)
    before = manifest.place(tmp_path).stat().st_mtime_ns
    assert manifest.read(tmp_path) == files
    manifest.write(tmp_path, dict(reversed(files.items())))
    assert manifest.place(tmp_path).stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["a.xlsx", "Actions by lead/a.xlsx", "..a", "a b/c–d.xlsx"])
def test_names_below_the_folder_are_believed(tmp_path: Path, name: str) -> None:
    lay(tmp_path, json.dumps({"version": 1, "files": {name: SAID}}))
    assert manifest.read(tmp_path) == {name: ENTRY}


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "/etc/passwd", "../Plan.xlsm", "a/../../Plan.xlsm", "a/..", "./a", "a//b", "a/"),
        *("C:/x", "C:x", "\\\\server\\x", "a\\b", "a\0b", "a\nb", ".hscb_xl/exports.json", "x" * 1_001),
    ],
)
def test_other_names_are_left_out(tmp_path: Path, name: str) -> None:
    lay(tmp_path, json.dumps({"version": 1, "files": {name: SAID, "kept.xlsx": SAID}}))
    assert manifest.read(tmp_path) == {"kept.xlsx": ENTRY}


NONE: list[Any] = [
    ("half of one", '{"version": 1, "files": {"a'),
    ("empty", ""),
    ("text", "Dear all"),
    ("no UTF-8", b"\xff\xfe{"),
    ("a list", "[]"),
    ("another version", '{"version": 2, "files": {}}'),
    ("files of another kind", '{"version": 1, "files": 7}'),
    ("an entry of another kind", '{"version": 1, "files": {"a.xlsx": 7}}'),
    ("without a digest", '{"version": 1, "files": {"a.xlsx": {"plan": "", "written": ""}}}'),
    ("nested without end", "[" * 100_000),
    ("a number without end", '{"version": ' + "1" * 10_000 + "}"),
    ("too long", " " * (8 << 20) + "{}"),
]


@pytest.mark.parametrize("content", [content for _, content in NONE], ids=[name for name, _ in NONE])
def test_a_damaged_or_foreign_one_is_none(tmp_path: Path, content: str | bytes) -> None:
    lay(tmp_path, content)
    assert manifest.read(tmp_path) is None


@pytest.mark.parametrize("wrong", [["0" * 63], ["Z" * 64], [7], "0" * 64, [["0" * 64]]])
def test_a_digest_that_is_none_makes_its_file_unknown(tmp_path: Path, wrong: object) -> None:
    lay(tmp_path, json.dumps({"version": 1, "files": {"a.xlsx": SAID | {"sha256": wrong}}}))
    assert not manifest.read(tmp_path)


def test_a_missing_one_knows_nothing(tmp_path: Path) -> None:
    assert manifest.read(tmp_path) == manifest.read(tmp_path / "no such folder") == {}


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
@pytest.mark.parametrize("place", [".hscb_xl", ".hscb_xl/exports.json"])
def test_a_link_is_neither_read_nor_written_through(tmp_path: Path, place: str) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    folder.mkdir()
    lay(elsewhere, json.dumps({"version": 1, "files": {"a.xlsx": SAID}}))
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).symlink_to(elsewhere / place)
    before = manifest.place(elsewhere).read_bytes()
    assert manifest.read(folder) == {}
    with pytest.raises(OutputProblem, match="is a link, and nothing is written where it leads"):
        manifest.write(folder, {})
    assert manifest.place(elsewhere).read_bytes() == before


def test_a_plan_is_named_by_its_way_from_the_folder(tmp_path: Path) -> None:
    plan = tmp_path / "plans" / "Plan.xlsm"
    assert manifest.name_of(plan, tmp_path / "out") == "../plans/Plan.xlsm"
    assert manifest.name_of(None, tmp_path) == ""


def test_a_plan_is_gone_where_no_file_is_and_never_looked_for_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "there.xlsm").write_bytes(b"")
    plans = ["", "there.xlsm", "../gone.xlsm", "/no/such.xlsm", "//server/x", "\\\\server\\x", "D:/x", "\0"]
    entries = [Entry(plan, (), "") for plan in plans]
    assert manifest.orphaned(tmp_path, entries) == {"../gone.xlsm"}
