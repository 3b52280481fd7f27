"""Which sheets two states of a workbook differ in."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_xl.ooxml.book import differences
from hscb_xl.ooxml.book.workbook import Workbook

Change = Callable[[Workbook], object]
CHANGES: list[tuple[str, Change, tuple[str, ...]]] = [
    ("nothing", lambda book: book.flush(), ()),
    ("a cell", lambda book: part(book, "Lists", b"</sheetData>", b"<row r='99'/></sheetData>"), ("Lists",)),
    ("a new sheet", lambda book: book.add_sheet("Mine"), ("Mine",)),
    ("a text of no sheet", lambda book: book.package.write("docProps/note.xml", b"<a/>"), ()),
]


def part(book: Workbook, sheet: str, old: bytes, new: bytes) -> None:
    name = book.entry(sheet).target
    book.package.write(name, book.package.read(name).replace(old, new))


@pytest.mark.parametrize(("change", "names"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_sheets_that_differ(project: Path, tmp_path: Path, change: Change, names: tuple[str, ...]) -> None:
    earlier = project / "workbook" / "ImprovementPlan.xlsm"
    later = Path(shutil.copy(earlier, tmp_path))
    book = Workbook.open(later)
    change(book)
    book.save(later)
    assert differences.sheets(Workbook.open(earlier), Workbook.open(later)) == names
    assert differences.sheets(Workbook.open(later), Workbook.open(earlier)) == names
