"""Where a click imports from: nothing beside the workbook, and other people's places come back."""

import sys
from pathlib import Path

import pytest
import xlwings as xw

from hscb_xl import ribbon
from hscb_xl.base import ownpath
from hscb_xl.ribbon import button
from tests.clicking import calling
from tests.unit.tasks.conftest import MakeBook, action, make_book

__all__ = ["make_book"]  # the fixture

PATHS = [
    (["/plans", "/plans/Plan.zip", "/theirs", "", "/usr/lib"], ["/usr/lib"]),
    (["", "/usr/lib"], ["/usr/lib"]),
    (["", "/others", "/plans", "", "/usr/lib"], ["/usr/lib"]),
    (["/program", "/usr/lib"], ["/program", "/usr/lib"]),
    (["/plans", "/plans/Plan.zip", "/usr/lib"], ["/usr/lib"]),
    (["/plans/below", "/Plans.zip", "/usr/lib"], ["/plans/below", "/Plans.zip", "/usr/lib"]),
]


@pytest.mark.parametrize(("before", "left"), PATHS)
def test_what_is_left_and_comes_back(
    before: list[str], left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*before])
    with ownpath.alone():
        ownpath.leave_out("/plans/Plan.xlsm")
        assert sys.path == left
    assert sys.path == before


@pytest.mark.parametrize("book", ["Book1", "", "https://x.sharepoint.com/plans/Plan.xlsm"])
def test_a_workbook_without_a_folder(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/plans", "/usr/lib"])
    ownpath.leave_out(book)
    assert sys.path == ["/plans", "/usr/lib"]


def test_it_comes_back_after_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/plans", "", "/usr/lib"])
    with pytest.raises(ValueError, match="no"), ownpath.alone():
        raise ValueError("no")
    assert sys.path == ["/plans", "", "/usr/lib"]


def test_a_button_imports_nothing_beside_its_workbook(
    make_book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    book = make_book([action(1)])
    folder = str(Path(book.fullname).parent)
    monkeypatch.setattr(sys, "path", [folder, *sys.path])
    seen: list[bool] = []

    def look(_: xw.Book) -> str:
        seen.append(folder in sys.path)
        return "looked"

    with calling(book):
        assert button(look)() == "looked"
        assert ribbon.about().startswith("Improvement plan ")
    assert (seen, sys.path[0]) == ([False], folder)
