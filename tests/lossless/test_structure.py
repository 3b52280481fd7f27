"""Real workbooks into which a row and a column are inserted: every value where it should be, nothing lost.

A workbook that cannot follow exactly is refused with one sentence, and counted by what that says.
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

from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError
from tests.lossless.corpus import EVERY, FILES, Refused, Validate, complaints, copy_of, sample

pytestmark = pytest.mark.corpus

FOLLOW = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|.*\.rels|xl/calcchain\.xml"
    r"|(xl/)?(sheet[0-9]*|workbook)\.xml"  # a package without folders
    r"|xl/(worksheets|tables|drawings|charts|pivotcache)/[^/]*|xl/comments[^/]*"
)
Values = dict[str, dict[tuple[int, int], Any]]
Where = tuple[str, int, int]


def values(path: Path, data_only: bool = True) -> Values | None:
    """What openpyxl reads in each sheet, None where it cannot read the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=data_only)
        except Exception:  # noqa: BLE001  # openpyxl fails on several of these files with errors of many kinds
            return None
    return {
        sheet.title: {
            place: getattr(cell.value, "text", cell.value)
            for place, cell in sheet._cells.items()  # its rows would make every cell up to a stray far one
            if cell.value is not None
        }
        for sheet in book.worksheets
    }


def insert(path: Path, refused: Refused) -> Where | None:
    """Insert a row and a column in the middle of the first sheet; where, None where the file is refused."""
    try:
        book = open_book(str(path))
    except PlanError as problem:
        refused(path, problem)
        return None
    try:
        if not len(book.sheets):
            return None
        sheet = book.sheets[0]
        used = sheet.used_range
        row, column = used.row + used.shape[0] // 2, used.column + used.shape[1] // 2
        if max(used.last_cell.row - 1_048_570, used.last_cell.column - 16_380) > 0:
            return None
        sheet.range((row, 1)).resize(1, 16_384).insert("down")
        sheet.range((1, column)).resize(1_048_576, 1).insert("right")
        book.save()
    except PlanError as problem:
        refused(path, problem)
        return None
    finally:
        book.close()
    return sheet.name, row, column


def raised(_: Path, problem: PlanError) -> None:
    raise problem


def delete(path: Path, where: Where) -> None:
    """Delete the row and the column again."""
    name, row, column = where
    book = open_book(str(path))
    try:
        sheet = book.sheets[name]
        sheet.range((1, column)).resize(1_048_576, 1).delete()
        sheet.range((row, 1)).resize(1, 16_384).delete()
        book.save()
    finally:
        book.close()


def moved(before: Values, where: Where) -> Values:
    """Where every value should be afterwards."""
    name, row, column = where
    found = dict(before)
    found[name] = {
        (r + (r >= row), c + (c >= column)): value for (r, c), value in before.get(name, {}).items()
    }
    return found


def without_new_headers(after: Values | None, where: Where) -> Values | None:
    """What was read, but for the names that a new column has in a table."""
    name, _, new = where
    for place, value in list((after or {}).get(name, {}).items()):
        if place[1] == new and re.fullmatch(r"Column\d+", str(value)):
            del (after or {})[name][place]
    return after


def other_parts(path: Path) -> dict[str, bytes]:
    """The parts that name no cells."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not FOLLOW.fullmatch(name.lower().replace("\\", "/"))]
        return {name: archive.read(name) for name in names}


@EVERY
def test_every_value_is_where_it_should_be(path: Path, tmp_path: Path, refused: Refused) -> None:
    copy = copy_of(path, tmp_path)
    before, written = values(copy), values(copy, data_only=False)
    where = insert(copy, refused)
    if where is None:
        assert copy.read_bytes() == path.read_bytes()
        return
    assert other_parts(copy) == other_parts(path)
    if before is None or written is None or where[0] not in before:
        return
    assert without_new_headers(values(copy), where) == moved(before, where)
    delete(copy, where)
    assert values(copy) == before
    assert values(copy, data_only=False) == written


@pytest.mark.validator
@sample(7)
def test_the_schema_finds_nothing_new(
    path: Path, tmp_path: Path, validate: Validate, refused: Refused
) -> None:
    copy = copy_of(path, tmp_path)
    before = complaints(copy, validate)
    if insert(copy, refused) is not None:
        assert not complaints(copy, validate) - before


# Formulas over ranges, of other sheets, shared ones, names and tables.
COMPUTED = [path for path in FILES if re.search(r"formula|defined_name|shared|array|calc", path.name)][:8]


def without_results(path: Path) -> Path:
    """The file without the values that are kept beside formulas, which another program would trust."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            bare = re.sub(rb"(<f\b[^>]*?(?:/>|>[^<]*</f>))<v>[^<]*</v>", rb"\1", data)
            archive.writestr(name, bare if "/worksheets/" in name else data)
    return path


@pytest.mark.libreoffice
def test_another_program_calculates_the_same(tmp_path: Path, soffice: Callable[..., list[Path]]) -> None:
    """Both files are calculated anew: each number is the same where its cell is afterwards."""
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    wheres = {}
    for path in COMPUTED:
        copy_of(path, tmp_path / "before")
        where = insert(copy_of(path, tmp_path / "after"), raised)
        if where:
            wheres[path.name] = where
    assert len(wheres) >= 4
    calculated = {}
    for folder in ("before", "after"):
        files = [without_results(tmp_path / folder / name) for name in wheres]
        out = tmp_path / f"{folder}-calculated"
        calculated[folder] = [values(path) for path in soffice(out, *files, to="xlsx")]
    for where, before, after in zip(wheres.values(), *calculated.values(), strict=True):
        assert before is not None
        assert without_new_headers(after, where) == moved(before, where)
