"""Other programs on what we write: the Open XML SDK finds nothing wrong, LibreOffice shows it as meant."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_xl.plan.look import LETTERS
from tests.system.conftest import AS_OF, Run
from tests.system.test_idempotence import rules

PLAN_HEADERS = ("Ofsted", "Lead", "Action", "By When", "Progress", "Auto")


@pytest.fixture
def written(hscb: Run, book: Path, tmp_path: Path) -> list[Path]:
    """What one run writes: the workbook, the packs and every single file."""
    out = tmp_path / "out"
    outcome = hscb("run", book, "--as-of", AS_OF, "--by", "monitoring", "--by", "lead", "--out", out)
    assert outcome.code == 0, outcome.err
    hscb("export", book, "--as-of", AS_OF, "--exceptions", "--out", out)
    files = [book, *sorted(out.rglob("*.xlsx"))]
    assert len(files) == 1 + 2 + 4 + 10 + 1 + 4
    return files


@pytest.mark.validator
def test_the_validator_finds_nothing(
    validate: Callable[[Path], list[str]], built: Path, written: list[Path], project: Path
) -> None:
    files = [project / "workbook" / "ImprovementPlan.xlsm", built, *written]
    assert {path.name: complaints for path in files if (complaints := validate(path))} == {}


@pytest.mark.libreoffice
def test_libreoffice_prints_the_workbook_on_a4_landscape_with_its_header_on_every_page(
    soffice: Callable[..., list[Path]], hscb: Run, book: Path, tmp_path: Path
) -> None:
    hscb("run", book, "--as-of", AS_OF)
    pages = pages_of(soffice(tmp_path, book)[0])
    plan = [page for page in pages if "IMPROVEMENT PLAN" in page.splitlines()[-1]]
    assert len(plan) >= 3
    for page in plan:
        assert all(header in page for header in PLAN_HEADERS)
    everything = "\n".join(pages)
    for words in ("Checks: what needs a look", "rating-missing", "By monitoring group", "Most overdue"):
        assert words in everything
    assert sizes(tmp_path / "ImprovementPlan.pdf") == {"841.89 x 595.304 pts (A4)"}


@pytest.mark.libreoffice
def test_libreoffice_shows_the_colours_of_the_ratings(
    soffice: Callable[..., list[Path]], hscb: Run, book: Path, tmp_path: Path
) -> None:
    hscb("run", book, "--as-of", AS_OF)
    pdf = soffice(tmp_path, book)[0]
    subprocess.run(["pdftoppm", "-r", "50", "-l", "1", str(pdf), str(tmp_path / "page")], check=True)
    pixels = next(tmp_path.glob("page*.ppm")).read_bytes()
    for letter in "RAG":
        assert bytes(LETTERS[letter].fill) in pixels, letter


@pytest.mark.libreoffice
def test_libreoffice_opens_every_export(
    soffice: Callable[..., list[Path]], written: list[Path], tmp_path: Path
) -> None:
    for kind in {path.parent for path in written[1:]}:
        for pdf in soffice(tmp_path / kind.name, *kind.glob("*.xlsx")):
            text = "\n".join(pages_of(pdf))
            assert "As of 12 May 2015" in text, pdf
            assert "Red: past its due date" in text, pdf
            assert len(sizes(pdf)) == 1


@pytest.mark.libreoffice
@pytest.mark.validator
def test_a_workbook_that_another_program_saved_in_between(
    soffice: Callable[..., list[Path]],
    validate: Callable[[Path], list[str]],
    hscb: Run,
    book: Path,
    tmp_path: Path,
) -> None:
    hscb("run", book, "--as-of", AS_OF)
    [saved] = soffice(tmp_path / "saved", book, to="xlsx:Calc MS Excel 2007 XML")
    before = rules(saved)
    assert hscb("run", saved, "--as-of", "2015-06-12").code == 0
    first = saved.read_bytes()
    assert rules(saved) == before
    assert validate(saved) == []
    hscb("run", saved, "--as-of", "2015-06-12")
    assert saved.read_bytes() == first


def pages_of(pdf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def sizes(pdf: Path) -> set[str]:
    done = subprocess.run(["pdfinfo", "-l", "99", str(pdf)], capture_output=True, check=True)
    return set(re.findall(r"Page.* size:\s+(.*)", done.stdout.decode("utf-8")))
