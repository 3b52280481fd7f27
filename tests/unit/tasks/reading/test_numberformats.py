from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.tasks.reading.numberformats import codes


@dataclass
class Sheet:
    """A sheet whose cells from G5 down have these number formats; it counts how often it is asked."""

    formats: Sequence[str]
    asked: int = 0

    def __getitem__(self, address: str) -> "Sheet":
        self.asked += 1
        top, bottom = (int(cell.removeprefix("G")) for cell in address.split(":"))
        self.cells = self.formats[top - 5 : bottom - 4]
        return self

    @property
    def number_format(self) -> str | None:
        return self.cells[0] if len(set(self.cells)) == 1 else None


def asked_of(formats: Sequence[str], wanted: Sequence[bool]) -> tuple[list[str], int]:
    sheet = Sheet(formats)
    return codes(sheet, "G", 5, wanted), sheet.asked


@given(st.lists(st.tuples(st.sampled_from(["mmm-yy", "dd/mm/yyyy", "@"]), st.booleans()), max_size=40))
def test_each_wanted_cell_has_its_own(cells: list[tuple[str, bool]]) -> None:
    formats, wanted = [code for code, _ in cells], [is_wanted for _, is_wanted in cells]
    found, _ = asked_of(formats, wanted)
    assert len(found) == len(cells)
    assert [code for code, is_wanted in zip(found, wanted, strict=True) if is_wanted] == [
        code for code, is_wanted in cells if is_wanted
    ]


@pytest.mark.parametrize("rows", [1, 10, 10_000])
def test_one_question_where_all_have_the_same(rows: int) -> None:
    assert asked_of(["mmm-yy"] * rows, [True] * rows) == (["mmm-yy"] * rows, 1)


def test_few_questions_where_they_change_once() -> None:
    formats = ["mmm-yy"] * 3000 + ["dd/mm/yyyy"] * 7000
    found, questions = asked_of(formats, [True] * len(formats))
    assert found == formats
    assert questions < 40


def test_other_cells_are_not_asked_for() -> None:
    formats = ["@"] * 500 + ["mmm-yy"] + ["@"] * 500
    found, questions = asked_of(formats, [code != "@" for code in formats])
    assert (found[500], questions) == ("mmm-yy", 1)
    assert asked_of(["@", "mmm-yy"], [False, False]) == (["", ""], 0)
