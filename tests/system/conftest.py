"""The command line run in this process on copies of the real workbook."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hscb_xl.build import build
from hscb_xl.cli import main
from hscb_xl.importer import read_document

AS_OF = "2015-05-12"


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Outcome]


def run(*arguments: object) -> Outcome:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    return Outcome(done.exit_code, done.stdout, done.stderr)


@pytest.fixture
def hscb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``hscb-xl`` with arguments; its log goes beside the test."""
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))

    return run


@pytest.fixture(scope="module")
def hscb_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The same for what the tests of a module only look at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSCB_XL_LOG_DIR", str(tmp_path_factory.mktemp("log")))
        yield run


@pytest.fixture(scope="session")
def built(source_document: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook as it is built from the board's document."""
    path = tmp_path_factory.mktemp("built") / "ImprovementPlan.xlsm"
    build(read_document(source_document), path, as_of=None)
    return path


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Path:
    """A copy of the built workbook to work on."""
    return Path(shutil.copy(built, tmp_path / built.name))
