"""Books made by code, one for each thing that few of the corpus have: nothing changes but what was asked for.

The XML is what Excel writes, as far as the file formats' documents and files saved by Excel show it.
"""

import csv
import datetime as dt
import warnings
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from hscb_xl.engine import open_book
from hscb_xl.errors import EncryptedBook, PlanError, UnsafeEdit
from tests.lossless.adversary import values_of
from tests.lossless.differ import (
    chained,
    compare_readers,
    only_owned_parts_changed,
    rows_of,
    tokens,
    values_in,
)
from tests.lossless.made import packed
from tests.lossless.made.book import BOOK, SHEET, Book, zipped
from tests.lossless.made.celled import STRICT
from tests.lossless.made.linked import signed
from tests.lossless.made.shelf import NAMES, as_file, made, put
from tests.lossless.mutations import members_of
from tests.lossless.mutations import zipped as in_zip
from tests.lossless.restructure import CHANGES, is_made, loose_ends
from tests.lossless.targets import TEXT, Target, edit

EVERY = pytest.mark.parametrize("name", NAMES)
BLOCK = [(row, column) for row in range(30, 50) for column in range(1, 11)]
VALUES = ["a & <b>", 7, 0.25, dt.datetime(2015, 5, 12, 10, 30), True, False, None, "=no formula", "'", -1e300]
UNVALIDATED = {
    "strict": "the SDK reads no moment that is written as a text",
}

BEYOND_LIBREOFFICE = {
    "far stray cell": "it writes out all the empty cells",
    "upper case": "it compares the names of parts letter by letter",
    "backslashes": "it follows slashes alone",
    "dotted targets": "it does not walk up from a folder",
}


def target_of(name: str, more: bool) -> Target:
    part = SHEET.upper() if name == "upper case" else SHEET
    cells = tuple(BLOCK) if more else ()
    return Target("Plan", part, (2, 2), (3, 2), None, (4, 9), (20, 2), (20, 4), cells)


def edit_with_block(path: Path, target: Target) -> None:
    """The edit of every kind of cell, and where it has them 200 more in 20 new rows."""
    edit(path, target)
    if target.more:
        book = open_book(str(path))
        book.sheets["Plan"].range((30, 1), (49, 10)).value = [VALUES] * 20
        book.save()
        book.close()


def readable(path: Path) -> Path:
    """The file, or a copy for the other readers: they know no Strict file and no backslash in a target."""
    members = dict(members_of(path.read_bytes()))
    plain = {name: transitional(data) for name, data in members.items()}
    if plain == members:
        return path
    copy = path.with_stem(f"readable {path.stem}")
    copy.write_bytes(zipped(plain))
    return copy


def transitional(data: bytes) -> bytes:
    for usual, strict in STRICT.items():
        data = data.replace(strict.encode(), usual.encode())
    return data.replace(b"worksheets\\sheet1", b"worksheets/sheet1")


@EVERY
def test_saved_without_a_change_a_made_book_has_the_same_bytes(name: str, tmp_path: Path) -> None:
    path = put(name, tmp_path)
    book = open_book(str(path))
    assert values_of(book)["Plan"]
    book.save()
    book.close()
    assert path.read_bytes() == made(name)


@pytest.mark.parametrize("more", [False, True], ids=["few", "200"])
@EVERY
def test_edited_a_made_book_keeps_everything_else(name: str, more: bool, tmp_path: Path) -> None:
    before, after = put(name, tmp_path), tmp_path / f"edited{put(name, tmp_path).suffix}"
    after.write_bytes(made(name))
    target = target_of(name, more)
    edit_with_block(after, target)
    once = after.read_bytes()
    assert only_owned_parts_changed(before, after, target) == []
    assert tokens(before, target) == tokens(after, target, known=rows_of(before, target))
    assert chained(after) == chained(before)
    compare_readers(readable(before), readable(after), target)
    if more:
        seen = values_in(readable(after))["Plan"]
        for row, column in BLOCK:
            assert seen.get((row, column)) == VALUES[column - 1]
    edit_with_block(after, target)
    assert after.read_bytes() == once


@EVERY
def test_the_engine_and_another_reader_see_the_same(name: str, tmp_path: Path) -> None:
    path = put(name, tmp_path)
    book = open_book(str(path))
    ours = values_of(book)
    book.close()
    theirs = values_in(readable(path))
    assert "Plan" in theirs
    assert {sheet: ours[sheet] for sheet in theirs} == {
        sheet: {place: plain(value) for place, value in cells.items()} for sheet, cells in theirs.items()
    }


def plain(value: object) -> object:
    """A whole number as the float that every number of a cell is, a day as its first moment."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value


@pytest.mark.validator
@EVERY
def test_a_made_book_is_valid_when_it_was_edited(
    name: str, tmp_path: Path, validate: Callable[[Path], list[str]]
) -> None:
    """A book that was not valid before would not be afterwards, so one look is enough."""
    path = put(name, tmp_path)
    before = Counter(validate(path)) if name in UNVALIDATED else Counter()
    edit_with_block(path, target_of(name, more=True))
    assert not Counter(validate(path)) - before


@pytest.mark.libreoffice
def test_another_program_opens_every_made_book(tmp_path: Path, soffice: Callable[..., list[Path]]) -> None:
    paths = [put(name, tmp_path) for name in NAMES if name not in BEYOND_LIBREOFFICE]
    for path in paths:
        edit(path, target_of(path.stem.replace("_", " "), more=False))
    for path in soffice(tmp_path / "out", *paths, to="csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        assert (rows[1][1], rows[3][8], rows[19][3]) == (TEXT, "149.25", "TRUE"), path.name


@pytest.mark.parametrize("name", [name for name in NAMES if name not in packed.BOOKS])
def test_a_change_of_structure_is_right_or_refused(name: str, tmp_path: Path) -> None:
    """Each of them alone: what is saved fits together and opens again, here and in another reader."""
    path = put(name, tmp_path)
    before, done = loose_ends(path), 0
    for change in CHANGES:
        after = path.with_name(f"{change}{path.suffix}")
        book = open_book(str(path))
        try:
            if is_made(book.sheets["Plan"], change):
                book.save(str(after))
                done += 1
        finally:
            book.close()
        if after.exists():
            assert loose_ends(after) == before, change
            check_again(after)
    assert done > len(CHANGES) // 2
    assert path.read_bytes() == made(name)


def check_again(path: Path) -> None:
    book = open_book(str(path))
    assert values_of(book)
    book.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would lose on saving
        openpyxl.load_workbook(readable(path))


SAMPLE = ["plain", "merged and linked", "shared formulas", "prefixed", "charts", "slicers", "pivot table"]


@pytest.mark.validator
@pytest.mark.parametrize("name", SAMPLE)
def test_a_book_is_valid_after_all_changes_of_structure(
    name: str, tmp_path: Path, validate: Callable[[Path], list[str]]
) -> None:
    path = put(name, tmp_path)
    book = open_book(str(path))
    sheet = book.sheets["Plan"]
    gone = ("delete the sheet", "hide the sheet")
    assert sum(is_made(sheet, change) for change in CHANGES if change not in gone) > len(CHANGES) // 3
    book.save()
    book.close()
    assert validate(path) == []


IN_THE_WAY = [
    ("shared formulas", "E2", "holds a formula"),
    ("shared formulas", "E3", "holds a formula"),
    ("array formulas", "F5", "belongs to the formula that fills F5:F6"),
    ("array formulas", "F6", "belongs to the formula that fills F5:F6"),
    ("array formulas", "F9", "belongs to the formula that fills F8:F9"),
    ("dynamic arrays", "F5", "formula"),
    ("dynamic arrays", "F7", "belongs to the formula that fills F5:F7"),
    ("linked data type", "F5", "linked data type"),
    ("other books", "F5", "holds a formula"),
    ("merged and linked", "G2", "is hidden by the merged cells F1:G2"),
]


@pytest.mark.parametrize(("name", "cell", "why"), IN_THE_WAY)
def test_a_value_is_refused_where_more_than_a_value_would_go(
    name: str, cell: str, why: str, tmp_path: Path
) -> None:
    path = put(name, tmp_path)
    book = open_book(str(path))
    sheet = book.sheets["Plan"]
    sheet["A2"].value = 99
    sheet[cell].value = 5
    with pytest.raises(UnsafeEdit, match=why) as refusal:
        book.save()
    book.close()
    assert f"Plan!{cell} in {path.name}" in str(refusal.value)
    assert path.read_bytes() == made(name)


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    members = Book().members()
    members[name] = change(members[name])
    return zipped(members)


def encrypted() -> bytes:
    stream = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(made("plain"))).encrypt("secret", stream)
    return stream.getvalue()


def twice() -> bytes:
    """A part stands there a second time, under a name that is spelt otherwise."""
    members = [*Book().members().items()]
    return in_zip([*members, ("XL\\sharedStrings.xml", b"<sst/>")])


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "cccc">]>'
REFUSED = [
    ("encrypted", encrypted, EncryptedBook, "has a password to open"),
    ("signed", lambda: as_file(signed()), UnsafeEdit, "digitally signed"),
    ("twice", twice, UnsafeEdit, "twice"),
    ("DOCTYPE", lambda: with_part(SHEET, lambda x: x.replace(b"<worksheet", LAUGHS + b"<worksheet", 1)),
     UnsafeEdit, "document type"),
    ("UTF-16", lambda: with_part(SHEET, lambda x: x.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
     UnsafeEdit, "UTF-16 instead of UTF-8"),
    ("namespace", lambda: with_part(BOOK, lambda x: x.replace(b"/2006/main", b"/2099/main")),
     UnsafeEdit, "dialect"),
    ("comments", lambda: with_part(SHEET, lambda x: x.replace(b"<row r", b"<!-- a row --><row r", 1)),
     UnsafeEdit, "holds comments among its cells"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "error", "why"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_what_cannot_be_edited_safely_is_refused_by_name(
    file: Callable[[], bytes], error: type[PlanError], why: str, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    data = file()
    path.write_bytes(data)
    with pytest.raises(error, match=why) as refusal:
        edit(path, target_of("plain", more=False))
    assert "plan.xlsx" in str(refusal.value)
    assert path.read_bytes() == data


def test_a_signed_book_that_does_not_change_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(as_file(signed()))
    book = open_book(str(path))
    book.sheets["Plan"]["A2"].value = 1
    book.save()
    book.close()
    assert path.read_bytes() == as_file(signed())


def test_the_differ_sees_what_is_not_asked_for(tmp_path: Path) -> None:
    """openpyxl loses the runs of a rich text and packs all parts anew: the comparison must say so."""
    before, after = put("rich text", tmp_path), tmp_path / "after.xlsx"
    book = openpyxl.load_workbook(before)
    book.save(after)
    target = target_of("rich text", more=False)
    assert "xl/sharedStrings.xml" in only_owned_parts_changed(before, after, target)
    assert tokens(before, target) != tokens(after, target)
