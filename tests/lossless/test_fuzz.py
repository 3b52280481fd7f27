"""Files that are made wrong on purpose are read right or refused in one sentence; nothing else comes out.

Everything happens in processes of their own, with limits on time and memory. HSCB_XL_FUZZ_SECONDS lets the
first test run that long, with other files every time.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.lossless.adversary import outcome
from tests.lossless.made.bombs import BOMBS
from tests.lossless.made.book import BOOK, SHEET
from tests.lossless.made.shelf import NAMES, made, put
from tests.lossless.mutations import members_of, packed, zipped
from tests.lossless.restructure import CHANGES

LONGER = int(os.environ.get("HSCB_XL_FUZZ_SECONDS", "0"))
SEED, ROUNDS = (time.time_ns() % 10**9, 10**9) if LONGER else (20150512, 1500)
RELATED = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
DRAWING = "xl/drawings/drawing1.xml"


def adversary(project: Path, *arguments: object) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The failures and the counts of a run; a process that was ended by a limit or crashed is a failure."""
    command = [sys.executable, "-m", "tests.lossless.adversary", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=project, capture_output=True, encoding="utf-8", timeout=LONGER + 300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    *failures, last = [json.loads(line) for line in done.stdout.splitlines()]
    return failures, last["counts"]


def test_files_made_wrong_are_read_right_or_refused(project: Path, tmp_path: Path) -> None:
    for name in NAMES:
        put(name, tmp_path)
    plan = project / "workbook" / "ImprovementPlan.xlsm"
    (tmp_path / plan.name).write_bytes(plan.read_bytes())
    failures, counts = adversary(project, tmp_path, SEED, ROUNDS, LONGER or 120)
    assert not failures, json.dumps(failures, indent=1)
    assert LONGER or sum(counts.values()) == ROUNDS
    assert counts["refused"] > 200
    assert counts["right"] > 200


@pytest.mark.corpus
def test_files_of_the_corpus_made_wrong_are_read_right_or_refused(
    project: Path, corpus: Path, tmp_path: Path
) -> None:
    files = sorted(path for path in corpus.rglob("*.xls[xm]") if path.stat().st_size < 30_000)
    for number, path in enumerate(files[:: 1 if LONGER else 7]):
        (tmp_path / f"{number} {path.name}").write_bytes(path.read_bytes())
    failures, _ = adversary(project, tmp_path, SEED, ROUNDS // 4, LONGER or 120)
    assert not failures, json.dumps(failures, indent=1)


def test_bombs(project: Path, tmp_path: Path) -> None:
    for name, bomb in BOMBS.items():
        (tmp_path / f"{name}.xlsx").write_bytes(bomb())
    failures, counts = adversary(project, tmp_path)
    assert not failures, json.dumps(failures, indent=1)
    assert counts["refused"] >= 6


def changed(name: str, part: str, old: str, new: str) -> bytes:
    """A made book with one change of its XML, a pattern where it begins so; without the part for no text."""
    members = dict(members_of(made(name)))
    text = members.pop(part).decode()
    if old:
        pattern, into = (old, new) if old.startswith("(?") else (re.escape(old), new.replace("\\", r"\\"))
        after, count = re.subn(pattern, into, text, count=1)
        assert count
        members[part] = after.encode(errors="surrogateescape")
    return zipped([*members.items()])


ROW = '<row r="2" spans="1:4">'
CELL = '<c r="A2"><v>1</v></c>'
REFUSED = [
    ("no relationships of the book", "plain", RELATED, "", ""),
    ("a sheet that leads nowhere", "plain", BOOK, 'r:id="rId1"', 'r:id="rId99"'),
    ("no relationships of a drawing", "charts", "xl/drawings/_rels/drawing1.xml.rels", "", ""),
    ("a chart without a number", "charts", DRAWING, 'cNvPr id="2"', 'cNvPr id="0x1"'),
    ("a chart without a corner", "charts", DRAWING, "<xdr:rowOff>0</xdr:rowOff>", ""),
    ("no number at all", "plain", SHEET, CELL, '<c r="A2"><v>NaN</v></c>'),
    ("a number without an end", "plain", SHEET, CELL, '<c r="A2"><v>1e999</v></c>'),
    ("a number as Python writes it", "plain", SHEET, CELL, '<c r="A2"><v>1_0</v></c>'),
    ("a text that is not there", "plain", SHEET, CELL, '<c r="A2" t="s"><v>99</v></c>'),
    ("a text before the first", "plain", SHEET, CELL, '<c r="A2" t="s"><v>-1</v></c>'),
    ("a column that no sheet has", "plain", SHEET, CELL, '<c r="XFE2"><v>1</v></c>'),
    ("a cell in another row", "plain", SHEET, CELL, '<c r="A3"><v>1</v></c>'),
    ("a cell in a column too far", "plain", SHEET, '<c r="A1" t="s">', '<c r="XFE1" t="s">'),
    ("a cell outside of the rows", "plain", SHEET, "</sheetData>", f"{CELL}</sheetData>"),
    ("a row that no one can read", "plain", SHEET, ROW, '<row r="\udcff\udcfe">'),
    ("a row that no sheet has", "plain", SHEET, ROW, '<row r="1048577">'),
    ("a negative format", "plain", SHEET, '<c r="C2" s="1">', '<c r="C2" s="-1">'),
    ("a format that is not there", "plain", SHEET, '<c r="C2" s="1">', '<c r="C2" s="7">'),
    ("no formats at all", "plain", RELATED, "/styles", "/other"),
    ("a font without a number", "plain", STYLES, 'numFmtId="14" fontId="0"', 'numFmtId="14" fontId="A1:"'),
    ("rows in the wrong place", "plain", SHEET, "<sheetData>", "<sheetViews/><cols><sheetData>"),
    ("rows in two places", "plain", SHEET, "<sheetViews>", "<sheetData/><sheetViews>"),
    ("rows inside of something", "plain", SHEET, "(?s)(<sheetData>.*</sheetData>)", r"<cols>\1</cols>"),
    ("merged nowhere", "merged and linked", SHEET, 'ref="F1:G2"', 'ref="F1:"'),
    ("a validation of nonsense", "merged and linked", SHEET, 'D2:D4"><formula1>', 'D"><formula1>'),
    ("a column of nonsense", "merged and linked", SHEET, 'min="12"', 'min="x"'),
    ("a table that leads nowhere", "slicers", "xl/worksheets/_rels/sheet1.xml.rels", "", ""),
]  # fmt: skip
READ = [
    ("a time alone", "strict", SHEET, "2015-04-30T00:00:00", "10:30:00"),
    ("white space around a number", "plain", SHEET, "<v>1</v>", "<v> 1 </v>"),
    ("a mark in front", "plain", SHEET, "<?xml", "\ufeff<?xml"),
    ("a sign of greater in an attribute", "plain", SHEET, ROW, '<row r="2" a:note="1 > 0" xmlns:a="urn:a">'),
    ("the end of a tag in an attribute", "plain", SHEET, ROW, '<row r="2" a:note="/>" xmlns:a="urn:a">'),
    ("the same in a cell", "plain", SHEET, '<c r="A2">', '<c r="A2" a:note="/>" xmlns:a="urn:a">'),
    ("other quotes", "plain", SHEET, '<c r="D2" t="s">', "<c  r = 'D2'\n t='s' >"),
    ("a line break in an end tag", "plain", SHEET, CELL, '<c r="A2"><v\n>1</v\n></c\n>'),
    ("characters by number", "plain", "xl/sharedStrings.xml", "Write", "&#x57;rite"),
    ("an instruction before the root", "plain", SHEET, "<worksheet", "<?of-theirs <row?><worksheet"),
]


@pytest.mark.parametrize(
    ("name", "part", "old", "new"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_what_once_went_wrong_is_refused(name: str, part: str, old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(changed(name, part, old, new))
    assert outcome(path, tmp_path / "saved.xlsx") == "refused"


@pytest.mark.parametrize(("name", "part", "old", "new"), [c[1:] for c in READ], ids=[c[0] for c in READ])
def test_what_is_only_unusual_is_read_and_kept(
    name: str, part: str, old: str, new: str, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(changed(name, part, old, new))
    assert outcome(path, tmp_path / "saved.xlsx") == "right"


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_refused_change_of_structure_changes_nothing(change: str, tmp_path: Path) -> None:
    """One part is damaged; whether a change meets it or not, what is saved afterwards opens again."""
    path = tmp_path / "plan.xlsx"
    members = members_of(made("custom xml"))
    name = "customXml/_rels/item1.xml.rels"
    data, crc, size = packed(dict(members)[name])
    path.write_bytes(zipped(members, {name: (data, crc ^ 1, size)}))
    changes = dict.fromkeys(["add a note", change])
    assert outcome(path, tmp_path / "saved.xlsx", None, [*changes]) in ("right", "refused")
