"""What the tests need from outside: LibreOffice, the validator, the corpus; without them they say so."""

import gc
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes depends on who else is at work on the machine.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
NO_SKIP = os.environ.get("HSCB_XL_NO_SKIP") == "1"


def _missing_soffice() -> str:
    return "" if shutil.which("soffice") else "LibreOffice (soffice) is not on the PATH"


def _missing_systemd() -> str:
    return "" if shutil.which("systemd-analyze") else "systemd-analyze is not on the PATH"


def _missing_validator() -> str:
    validator = os.environ.get("HSCB_XL_VALIDATOR", "")
    if not validator:
        return "HSCB_XL_VALIDATOR does not name the Open XML SDK validator"
    return "" if shutil.which(validator) else f"HSCB_XL_VALIDATOR names no command: {validator}"


def _missing_corpus() -> str:
    corpus = os.environ.get("HSCB_XL_CORPUS", "")
    if not corpus:
        return "HSCB_XL_CORPUS does not name the folder of Excel-made files"
    return "" if Path(corpus).is_dir() else f"HSCB_XL_CORPUS names no folder: {corpus}"


NEEDS: dict[str, Callable[[], str]] = {
    "libreoffice": _missing_soffice,
    "systemd": _missing_systemd,
    "validator": _missing_validator,
    "corpus": _missing_corpus,
}


def pytest_collection_finish() -> None:
    """Thousands of tests stay to the end; a search for garbage need not look through them each time."""
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, missing in NEEDS.items():
        if item.get_closest_marker(marker) and (reason := missing()):
            pytest.skip(reason)


def _excused(item: pytest.Item) -> bool:
    """The corpus is not everywhere; only where its folder is named must its tests run."""
    return item.get_closest_marker("corpus") is not None and not os.environ.get("HSCB_XL_CORPUS")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail") and not _excused(item):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if NO_SKIP and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"HSCB_XL_NO_SKIP is set, and this was to be skipped: {reason}"


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def source_document(project: Path) -> Path:
    """The board's own plan as it was published."""
    return project / "workbook" / "source" / "improvement_plan.txt"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of Excel-made files; for tests marked ``corpus``."""
    return Path(os.environ["HSCB_XL_CORPUS"])


def _complaint(error: dict[str, Any]) -> str:
    place = " ".join(error[key] for key in ("path", "xPath") if error.get(key))
    return f"{place}: {error['description']}" if place else str(error["description"])


@pytest.fixture(scope="session")
def validate() -> Callable[[Path], list[str]]:
    """What the Open XML SDK finds wrong in a file, [] where nothing is; for tests marked ``validator``."""

    def complaints(path: Path) -> list[str]:
        command = [os.environ["HSCB_XL_VALIDATOR"], str(path)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"the validator could not be run: {done.stderr}")
        return [_complaint(error) for error in json.loads(done.stdout)["errors"]]

    return complaints


@pytest.fixture(scope="session")
def soffice_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LibreOffice profile of this run's own, so that no other instance and no user setting matters."""
    return tmp_path_factory.mktemp("soffice-profile")


@pytest.fixture(scope="session")
def soffice(soffice_profile: Path) -> Callable[..., list[Path]]:
    """Has LibreOffice save files in a folder as another kind; for tests marked ``libreoffice``."""

    def convert(outdir: Path, *paths: Path, to: str = "pdf") -> list[Path]:
        command = ["soffice", f"-env:UserInstallation={soffice_profile.as_uri()}", "--headless"]
        command += ["--convert-to", to, "--outdir", str(outdir), *map(str, paths)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
        made = [outdir / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
        for path in made:
            if not path.is_file():
                raise RuntimeError(f"LibreOffice made no {path.name}: {done.stdout}{done.stderr}")
        return made

    return convert


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List what was refused of the corpus, by what was done to it and by reason."""
    noted = [
        value
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == "refused"
    ]
    for doing in sorted({done for done, _, _ in noted}):
        found = {name: reason for done, name, reason in noted if done == doing}
        terminalreporter.section(f"{doing}: {len(found)} workbooks refused")
        for name, reason in sorted(found.items()):
            terminalreporter.write_line(f"{name}: {reason}")
