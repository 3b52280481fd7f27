"""What officers of many boards wrote into Progress, with what it says."""

from pathlib import Path
from typing import NamedTuple

import pytest

from hscb_xl.plan.commentary import Commentary, read


class Row(NamedTuple):
    action: str
    text: str
    claims: str
    suggestion: str
    question: str


TABLE = Path(__file__).parents[2] / "real" / "sentences.tsv"
ROWS = [Row(*line.split("\t")) for line in TABLE.read_text("utf-8").splitlines()[1:]]


def suggested(said: Commentary) -> str:
    found = said.suggestion
    return f"{found.kind}:{found.rating or '-'}" if found else "-"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:60])
def test_a_sentence(row: Row) -> None:
    said = read(row.text, row.action)
    assert ("yes" if said.claim else "no") == row.claims
    assert suggested(said) == row.suggestion
    assert ("yes" if said.questions else "no") == row.question
