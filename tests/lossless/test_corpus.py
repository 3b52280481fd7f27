"""Real workbooks, most of them saved by Excel: saved unchanged, edited, read by others, edited again.

A workbook that the engine refuses, with one sentence that says why, is counted and listed; everything else
must come out with nothing changed but what was asked for.
"""

import zipfile
from pathlib import Path

import pytest

from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError
from tests.lossless.corpus import EVERY, Refused, Validate, complaints, copy_of, sample
from tests.lossless.differ import chained, compare_readers, only_owned_parts_changed, rows_of, tokens
from tests.lossless.targets import edit, target_in

pytestmark = pytest.mark.corpus


@EVERY
def test_saved_without_a_change_it_has_the_same_bytes(path: Path, tmp_path: Path, refused: Refused) -> None:
    copy = copy_of(path, tmp_path)
    try:
        book = open_book(str(copy))
    except PlanError as problem:
        refused(path, problem)
        return
    try:
        for sheet in book.sheets:
            assert sheet.used_range.shape
            assert sheet.tables is not None
        book.save()
    except PlanError as problem:
        refused(path, problem)
    finally:
        book.close()
    assert copy.read_bytes() == path.read_bytes()


@EVERY
def test_edited_it_keeps_everything_else(path: Path, tmp_path: Path, refused: Refused) -> None:
    copy = copy_of(path, tmp_path)
    target = target_in(copy) if zipfile.is_zipfile(copy) else None
    if target is None:
        return
    try:
        edit(copy, target)
    except PlanError as problem:
        refused(path, problem)
        assert copy.read_bytes() == path.read_bytes()
        return
    once = copy.read_bytes()
    assert only_owned_parts_changed(path, copy, target) == []
    assert tokens(path, target) == tokens(copy, target, known=rows_of(path, target))
    assert chained(copy).get(target.sheet, set()).isdisjoint(target.cells)
    compare_readers(path, copy, target)
    edit(copy, target)
    assert copy.read_bytes() == once


@pytest.mark.validator
@sample(5)
def test_the_schema_finds_nothing_new(
    path: Path, tmp_path: Path, validate: Validate, refused: Refused
) -> None:
    copy = copy_of(path, tmp_path)
    target = target_in(copy) if zipfile.is_zipfile(copy) else None
    if target is None:
        return
    before = complaints(copy, validate)
    try:
        edit(copy, target)
    except PlanError as problem:
        refused(path, problem)
        return
    assert not complaints(copy, validate) - before
