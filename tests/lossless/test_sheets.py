"""Real workbooks whose sheets are renamed, added, copied and deleted: nothing else changes.

What the engine refuses, with one sentence that says why, is counted and listed.
"""

import re
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError
from tests.lossless.corpus import EVERY, Refused, Validate, complaints, copy_of, sample

pytestmark = pytest.mark.corpus

NEW = "Quite_new_1"
ADDED = "It's in front"
LISTS = {"[content_types].xml", "workbook.xml", "workbook.xml.rels", "app.xml"}
"""The parts that list sheets."""
STYLES = {"xl/styles.xml"}
"""What a book without formats is given, as a value needs one."""
DEFAULTS = re.compile(
    rb'<(\w+:)?bookViews><(\w+:)?workbookView( activeTab="0")?/></(\w+:)?bookViews>'
    rb'| (fullCalcOnLoad|activeTab|firstSheet|tabSelected)="[0-9]+"|<(\w+:)?calcPr\s*/>'
)


def edited(path: Path, folder: Path, refused: Refused, edit: Callable[[xw.Book], None]) -> Path | None:
    """A copy of a workbook after an edit; None where it has no worksheet.

    None as well, and noted why, where the edit is refused, and then nothing has changed.
    """
    copy = copy_of(path, folder)
    try:
        book = open_book(str(copy))
        try:
            if not len(book.sheets):
                return None
            edit(book)
            book.save()
        finally:
            book.close()
    except PlanError as problem:
        refused(path, problem)
        assert copy.read_bytes() == path.read_bytes()
        return None
    return copy


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name.lower().replace("\\", "/"): archive.read(name) for name in archive.namelist()}


def rename_and_add(book: xw.Book) -> None:
    first = book.sheets[0]
    first.name = NEW
    book.sheets.add(ADDED, before=first)["B2"].value = "x"


def first_sheet(path: Path) -> str:
    book = open_book(str(path))
    try:
        return str(book.sheets[0].name)
    finally:
        book.close()


def with_new_name(data: bytes, old: str) -> bytes:
    """What a part must be once references call the sheet by its new name."""
    raw = re.escape(old.replace("&", "&amp;").replace("'", "''"))
    pattern = rf"(?<![\w\]']){raw}!|'{raw}'!".encode()
    return re.sub(pattern, f"{NEW}!".encode(), data, flags=re.IGNORECASE)


@EVERY
def test_renamed_and_one_added_in_front(path: Path, tmp_path: Path, refused: Refused) -> None:
    copy = edited(path, tmp_path, refused, rename_and_add)
    if copy is None:
        return
    before, after, old = parts(path), parts(copy), first_sheet(path)
    assert len(set(after) - set(before) - STYLES) == 1
    assert set(before) <= set(after)
    for name in before:
        if after[name] != before[name] and name.rpartition("/")[2] not in LISTS:
            assert after[name] == with_new_name(before[name], old), name
    seen, now = content(path), content(copy)
    if seen and list(now) != list(seen):
        assert list(now) == [ADDED, *(NEW if name == old else name for name in seen)]
        assert now[ADDED] == {(2, 2): "x"}
        assert all(now[NEW if name == old else name] == cells for name, cells in seen.items())


@EVERY
def test_renamed_back_and_the_added_one_deleted_all_is_as_before(
    path: Path, tmp_path: Path, refused: Refused
) -> None:
    old = ""

    def edit(book: xw.Book) -> None:
        nonlocal old
        old = book.sheets[0].name
        rename_and_add(book)
        book.sheets[ADDED].delete()
        book.sheets[0].name = old

    copy = edited(path, tmp_path, refused, edit)
    if copy is None:
        return
    before, after = parts(path), parts(copy)
    assert set(before) == set(after) - (STYLES - set(before))
    for name, data in before.items():
        if name.rpartition("/")[2] not in LISTS - {"workbook.xml"}:
            assert bare(after[name]) == bare(data), name


def bare(data: bytes) -> bytes:
    """A part without quotes around the names of sheets, the request to calculate, and what is the default."""
    return DEFAULTS.sub(b"", re.sub(rb"'([^'<>]*)'!", rb"\1!", data))


@EVERY
def test_copied_the_copy_has_the_same_cells_and_nothing_else_changes(
    path: Path, tmp_path: Path, refused: Refused
) -> None:
    copy = edited(path, tmp_path, refused, double)
    if copy is None:
        return
    before, after, old = parts(path), parts(copy), first_sheet(path)
    changed = {name for name, data in before.items() if after.get(name) != data}
    assert {name.rpartition("/")[2] for name in changed} <= LISTS
    seen, now = content(path), content(copy)
    assert [name for name in now if name in seen] == list(seen)
    assert all(now[name] == cells for name, cells in seen.items())
    assert not seen or old not in seen or [now[n] for n in now if n not in seen] == [seen[old]]


def double(book: xw.Book) -> None:
    book.sheets[0].copy(after=book.sheets[0])


@pytest.mark.validator
@sample(7)
def test_the_schema_finds_nothing_new_in_a_copy(
    path: Path, tmp_path: Path, validate: Validate, refused: Refused
) -> None:
    nothing_new(path, edited(path, tmp_path, refused, double), validate)


@pytest.mark.validator
@sample(7)
def test_the_schema_finds_nothing_new(
    path: Path, tmp_path: Path, validate: Validate, refused: Refused
) -> None:
    nothing_new(path, edited(path, tmp_path, refused, rename_and_add), validate)


def nothing_new(path: Path, copy: Path | None, validate: Validate) -> None:
    """Hold what the schema finds in a copy against what it finds in the original, wherever that stands."""
    assert copy is None or not set(complaints(copy, validate)) - set(complaints(path, validate))


def content(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    """The values of every sheet as openpyxl sees them; nothing where it cannot read the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl would lose on saving; here it only reads
            book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True, keep_links=False)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError):
        return {}
    return {
        sheet.title: {at: cell.value for at, cell in sheet._cells.items() if cell.value is not None}
        for sheet in book.worksheets
    }
