"""What is refused of the corpus is noted in the run's report."""

from pathlib import Path

import pytest

from hscb_xl.errors import PlanError
from tests.lossless.corpus import Refused, noted


@pytest.fixture
def refused(request: pytest.FixtureRequest) -> Refused:
    """Notes that a workbook was refused, and why."""

    def note(path: Path, problem: PlanError) -> None:
        noted(request.node, path, problem)

    return note
