"""The corpus of real workbooks, and what is refused of it."""

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_xl.errors import PlanError

CORPUS = Path(os.environ.get("HSCB_XL_CORPUS") or os.devnull)
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".xlsx", ".xlsm", ".xlam"))
EXPECTED = set((Path(__file__).parent / "refused.txt").read_text("utf-8").splitlines())
"""What is refused and may be: what is done to a workbook, and its folder and name."""

Refused = Callable[[Path, PlanError], None]
Validate = Callable[[Path], list[str]]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def each(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", files, ids=name_of)


EVERY = each(FILES)


def sample(first: int) -> pytest.MarkDecorator:
    """Fifteen of the workbooks, others for each place to begin at."""
    return each(FILES[first::24])


def copy_of(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    return copy


def noted(node: pytest.Function, path: Path, problem: PlanError) -> None:
    """Note a refusal for the report of the run, as long as it names the file and is among those expected."""
    doing = node.path.stem.removeprefix("test_")
    name = name_of(node.callspec.params["path"])
    assert path.name in str(problem)
    assert str(problem).endswith(".")
    assert f"{doing} {name}" in EXPECTED, f"{doing} {name} is refused now: {problem}"
    node.user_properties.append(("refused", [doing, name, str(problem)]))


def complaints(path: Path, validate: Validate) -> Counter[str]:
    """What the schema finds in a workbook, wherever it stands there."""
    return Counter(re.sub(r"\[\d+\]|\d+\.xml", "", complaint) for complaint in validate(path))
