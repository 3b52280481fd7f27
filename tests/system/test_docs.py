"""The docs are true: every command shown is run, every rule and column is named."""

import importlib.util
import re
import shlex
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hscb_xl import desk
from hscb_xl.cli import main
from hscb_xl.plan import checks
from hscb_xl.plan.columns import COLUMNS
from hscb_xl.plan.deadlines import bywhen
from hscb_xl.plan.deadlines.periods import as_shown
from hscb_xl.plan.findings import Severity
from hscb_xl.plan.wording import written
from tests.system.conftest import AS_OF, Run

CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def readme(project: Path) -> str:
    return (project / "README.md").read_text(encoding="utf-8")


def shown(readme: str, command: str) -> str:
    """The output that the README shows for a command."""
    blocks = [block.partition("\n") for block in CONSOLE.findall(readme)]
    return next(output for line, _, output in blocks if line == f"$ {command}")


def test_the_first_command_prints_what_the_readme_shows(
    hscb: Run, readme: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workbook = project / "workbook" / "ImprovementPlan.xlsm"
    copy = "out/ImprovementPlan.xlsm"
    outcome = hscb("run", workbook, "--as-of", AS_OF, "--out", "out", "--save-as", copy)
    assert outcome.code == 0, outcome.err
    expected = [line.rstrip() for line in shown(readme, "python3 scripts/run.py").splitlines()]
    assert [line.rstrip() for line in outcome.out.splitlines()] == expected


def test_the_refusal_is_what_the_readme_shows(
    hscb: Run, readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert hscb("check", "NoSuchPlan.xlsx").err == shown(readme, "hscb-xl check NoSuchPlan.xlsx")


def test_every_command_is_in_the_readme_and_runs(
    hscb: Run,
    readme: str,
    book: Path,
    source_document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Whoever runs the tests on a desk with Excel must find it afterwards as it was.
    without_excel = replace(desk.this_desk(), system="other")
    monkeypatch.setattr(desk, "this_desk", lambda: without_excel)
    commands = re.findall(r"^\| `hscb-xl ([^`]*)` \|", readme, re.MULTILINE)
    assert {command.split()[0] for command in commands} == set(main.commands)
    values = {"BOOK": str(book), "DIR": str(tmp_path / "out"), "DOCUMENT": str(source_document)}
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / book.name).write_bytes(book.read_bytes())
    values["PATH"] = str(tree)
    for command in commands:
        words = [values.get(word, word) for word in shlex.split(command)]
        if words[0] in ("import", "new"):
            words[-1] = str(tmp_path / f"{words[0]}.xlsx")
        outcome = hscb(*words)
        assert outcome.code == {"check": 1, "install": 2}.get(words[0], 0), outcome.err


def test_every_option_in_the_readme_exists(readme: str) -> None:
    known = {option for command in main.commands.values() for p in command.params for option in p.opts}
    assert set(re.findall(r"`(--[a-z-]+)", readme)) <= known


def test_every_linked_page_and_picture_is_there(project: Path) -> None:
    for page in [*project.glob("*.md"), *(project / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), (page.name, target)


def test_every_check_is_on_its_page(project: Path) -> None:
    page = (project / "docs" / "judgement.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| (\w+) \|", page, re.MULTILINE)
    listed = {rule: word for rules, word in rows for rule in re.findall(r"`([a-z-]+)`", rules)}
    modules = (project / "hscb_xl" / "plan" / "checks").glob("*.py")
    sources = re.sub(r"\(\s+", "(", "".join(path.read_text("utf-8") for path in modules))
    for rule, word in listed.items():
        either = re.sub(r"^(lead|group)-", "{column}-", rule)
        assert f'{word}("{rule}"' in sources or f'{word}(f"{either}"' in sources, rule
    assert len(listed) == len(checks.CHECKS)
    assert set(listed.values()) <= {severity.word for severity in Severity}


def test_every_date_form_on_its_page_is_read_as_it_says(project: Path) -> None:
    page = (project / "docs" / "judgement.md").read_text(encoding="utf-8")
    table = page.partition("| written | read as |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.*?) \| (.*?) \|$", table, re.MULTILINE)
    assert len(rows) > 10
    for forms, meaning in rows:
        for form in re.findall(r"`([^`]+)`", forms):
            found = bywhen.read(form)
            if meaning.startswith("refused"):
                assert isinstance(found, bywhen.Unreadable), form
            else:
                assert isinstance(found, bywhen.Due), form
                assert meaning.startswith(f"{found.date.day} {found.date:%B} {found.date.year}"), form


def test_number_formats_are_read_as_the_page_says(project: Path) -> None:
    page = (project / "docs" / "judgement.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| (\d+ \w+ \d{4})", page, re.MULTILINE)
    assert len(rows) > 5
    for code, shown, meaning in rows:
        cell = as_shown(date(2014, 10, 15), code)
        found = bywhen.read(cell)
        assert isinstance(found, bywhen.Due)
        assert written(found.date) == meaning, code
        assert isinstance(cell, date) or str(cell) == shown


def test_every_column_is_on_its_page(project: Path) -> None:
    page = (project / "docs" / "workbook.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (board|officer|program) \|", page, re.MULTILINE)
    assert rows == [(column.header, column.owner) for column in COLUMNS]


def test_what_the_pages_for_founders_name_is_there(project: Path) -> None:
    named = set()
    for page in ("CONTRIBUTING.md", "docs/design.md"):
        words = re.findall(r"`([\w./-]+/[\w.-]*)`", (project / page).read_text(encoding="utf-8"))
        named |= {word for word in words if (word.endswith("/") or Path(word).suffix in (".py", ".md"))}
    places = (project, project / "hscb_xl", project / "hscb_xl" / "ooxml")
    gone = [word for word in named if not any((place / word).exists() for place in places)]
    assert len(named) > 20
    assert [word for word in gone if not word.startswith((".", "~"))] == []


def test_every_library_that_is_imported_is_on_the_design_page(project: Path) -> None:
    page = (project / "docs" / "design.md").read_text(encoding="utf-8")
    listed = page.split("## 4.")[1].split("## 5.")[0].casefold()
    sources = [path.read_text("utf-8") for path in (project / "hscb_xl").rglob("*.py")]
    names = {
        name for source in sources for name in re.findall(r"^\s*(?:from|import) ([a-z]\w+)", source, re.M)
    }
    known = sys.stdlib_module_names | {"hscb_xl"}
    imported = {name for name in names - known if importlib.util.find_spec(name) is not None}
    assert imported >= {"xlwings", "xlsxwriter", "filelock", "click", "rich", "rapidfuzz"}
    assert [name for name in imported if name not in listed] == []
