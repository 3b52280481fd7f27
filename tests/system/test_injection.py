"""No text of a workbook becomes a formula, a command of the terminal or mark-up, wherever it goes out."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from hscb_xl.engine import open_book
from hscb_xl.errors import BadSetting
from hscb_xl.plan import columns
from hscb_xl.plan.checks import check
from hscb_xl.plan.judgement import Judgement, Names, judge
from hscb_xl.plan.model import Action, Plan
from hscb_xl.plan.names import Directory, Listed
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.tasks import report
from hscb_xl.xlsx.pack import write_pack, write_single
from hscb_xl.xlsx.records import Tab, TabRow
from hscb_xl.xlsx.safe import looks_like_formula
from tests.system.conftest import AS_OF, Run

DAY = date(2015, 5, 12)
BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", '"=', "'=", " ="]
TEXTS = [
    *(f"{beginning}cmd|'/c calc'!A{number}" for number, beginning in enumerate(BEGINNINGS, 1)),
    '=HYPERLINK("http://evil.example","x")',
    "=1+1",
    "{=SUM(A1)}",
    "<r><t>x</t></r>",
    "\x1b[2J\x1b]0;x\x07",
    "[red]x[/red] [/] :smile:",
    "<script>alert(1)</script>",
    "\u202ereversed",
    "../../evil",
    "CON",
    "&R&P",
]
hostile = st.builds(
    str.__add__, st.sampled_from([*BEGINNINGS, "http://", "<r>", "internal:", ""]), st.text(max_size=40)
)


def row(text: str) -> TabRow:
    """An action whose every text is this one."""
    texts = dict.fromkeys(
        "para reference area lead action by_when progress agreed group status completed_on evidence".split(),
        text,
    )
    return TabRow(no=1, due=DAY, auto=text, days=1, timing=text, agreement=text, reason=text, **texts)  # type: ignore[arg-type]


def cells(path: Path) -> Iterator[tuple[object, str]]:
    """Every value in a workbook, and what openpyxl takes it for."""
    for sheet in openpyxl.load_workbook(path).worksheets:
        for line in sheet.iter_rows():
            yield from ((cell.value, cell.data_type) for cell in line if cell.value is not None)


def is_text_on_the_way(text: str) -> bool:
    """Whether a text is one that files can hold as it is."""
    return all(character.isprintable() for character in text) and text == text.strip() != ""


@settings(max_examples=40, deadline=None)
@given(hostile)
def test_an_export_holds_no_formula(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("out")
    tab = Tab(text, (row(text), replace(row(text), no=2)))
    write_single(folder / "single.xlsx", tab, RatingPolicy(), DAY, text)
    write_pack(folder / "pack.xlsx", [tab], RatingPolicy(), DAY, text)
    for path in folder.iterdir():
        found = list(cells(path))
        assert not [value for value, kind in found if kind == "f"]
        assert not is_text_on_the_way(text) or (text, "s") in found
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if "externalLink" in name or "vba" in name]


def hostile_judgement(texts: list[str]) -> Judgement:
    names = Names(
        Directory([Listed(text, own_group=text) for text in texts if text.strip()]),
        Directory([Listed(text) for text in texts if text.strip()]),
    )
    actions = tuple(
        Action(
            row=5 + at,
            no=at + 1,
            no_text=text,
            para=text,
            reference=text,
            area=text,
            lead=text,
            action=text,
            by_when=text,
            progress=text,
            agreed=text,
            group=texts[at - 1],
            status=text,
            completed_on=text,
            evidence=text,
        )
        for at, text in enumerate(texts)
    )
    letters = {column.key: columns.letters(at) for at, column in enumerate(columns.COLUMNS, 1)}
    return judge(Plan(actions, letters, texts[0][:31]), names, RatingPolicy(), DAY)


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile | st.sampled_from(TEXTS), min_size=1, max_size=5))
def test_no_finding_and_no_reason_begins_like_a_formula(texts: list[str]) -> None:
    try:
        judgement = hostile_judgement(texts)
    except BadSetting:  # two names that the sheet Lists may not both have
        reject()
    found = check(judgement)
    for finding in found:
        assert not looks_like_formula(finding.message)
        assert not looks_like_formula(finding.remedy)
    assert not [judged for judged in judgement.rows() if looks_like_formula(judged.rated.reason)]
    written = json.dumps(report.as_json(judgement, found, texts[0]), ensure_ascii=False)
    assert json.loads(written.encode(errors="backslashreplace"))["book"] == texts[0]


@pytest.fixture
def harmful(book: Path) -> Path:
    """The workbook with a harmful text in each column that people fill in, and as groups and leads."""
    opened = open_book(str(book))
    plan, lists = opened.sheets["Plan"], opened.sheets["Lists"]
    for name, left, right in (("Leads", "A", "C"), ("Groups", "E", "F")):
        lists.tables[name].resize(lists[f"{left}4:{right}{4 + len(TEXTS)}"])
        lists[f"{left}5:{left}{4 + len(TEXTS)}"].value = [[text] for text in TEXTS]
    for column in "BCDEFHJKMN":
        plan[f"{column}5:{column}30"].value = [[TEXTS[at % len(TEXTS)]] for at in range(26)]
    plan["A1"].value = TEXTS[0]
    opened.save()
    opened.close()
    return book


@pytest.fixture
def handed_out(hscb: Run, harmful: Path, tmp_path: Path) -> Path:
    out = tmp_path / "out"
    outcome = hscb("run", harmful, "--as-of", AS_OF, "--by", "monitoring", "--by", "lead", "--out", out)
    assert outcome.code == 0, outcome.err
    assert not {character for character in outcome.out + outcome.err if not character.isprintable()} - {"\n"}
    assert "[red]x[/red] [/] :smile:" in outcome.out
    return out


def test_each_group_has_a_file_of_its_own_in_the_folder(handed_out: Path, tmp_path: Path) -> None:
    for kind in ("monitoring group", "lead"):
        files = [path for path in (handed_out / f"Actions by {kind}").rglob("*") if path.is_file()]
        assert len(files) == len(TEXTS)
        assert {path.parent for path in files} == {handed_out / f"Actions by {kind}"}
        assert not [path.name for path in files if path.name[0] in ".-~" or not path.name.isprintable()]
    assert {path.name for path in tmp_path.iterdir()} <= {"out", "log", ".hscb_xl", "ImprovementPlan.xlsm"}


def test_openpyxl_sees_our_formulas_only(handed_out: Path, harmful: Path) -> None:
    for path in handed_out.rglob("*.xlsx"):
        assert not [value for value, kind in cells(path) if kind == "f"]
    ours = [str(value) for value, kind in cells(harmful) if kind == "f"]
    assert ours
    assert all(
        re.fullmatch(r'=HYPERLINK\("#Plan![A-Z]+[0-9]+","Plan![A-Z]+[0-9]+"\)', value) for value in ours
    )


@pytest.mark.libreoffice
def test_libreoffice_sees_our_formulas_only(
    handed_out: Path, harmful: Path, soffice: Callable[..., list[Path]], tmp_path: Path
) -> None:
    packs = sorted(handed_out.glob("*.xlsx"))
    (tmp_path / "flat").mkdir()
    for path in soffice(tmp_path / "flat", *packs, harmful, to="fods"):
        text = path.read_text("utf-8")
        formulas = re.findall(r'table:formula="([^"]*)"', text)
        assert all(formula.startswith("of:=HYPERLINK(&quot;#Plan!") for formula in formulas), formulas[:3]
        assert bool(formulas) == (path.stem == harmful.stem)
        assert ">=1+1<" in text


class Page(HTMLParser):
    """The elements and the texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {name for name, _ in attrs if name.startswith("on") or name in ("src", "href")}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_batchs_reports_hold_neither_formulas_nor_mark_up(
    harmful: Path, project: Path, tmp_path: Path
) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    harmful.rename(tree / "=cmd <script>[x](y).xlsm")
    (tree / "+no\n<b>plan.xlsx").write_bytes(b"no")
    reports = [tmp_path / f"report{ending}" for ending in (".html", ".md", ".jsonl")]
    mail = tmp_path / "mail.eml"
    words = [word for path in reports for word in ("--report", path)]
    command = [sys.executable, "-m", "hscb_xl", "batch", ".", "--as-of", AS_OF, "--workers", "1"]
    done = subprocess.run(
        [*command, *words, "--notify", mail],
        cwd=tree,
        env=environment(project, tmp_path),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 4, done.stderr  # one of the two is no workbook
    page = Page(reports[0].read_text("utf-8"))
    assert not page.tags & {"script", "b", "a", "img"}
    assert not [
        text for text in page.texts if looks_like_formula(text.lstrip("\n")) and "@page {" not in text
    ]
    plain = re.sub(r"\\.", "", reports[1].read_text("utf-8"))  # without what is escaped
    assert not re.search(r"[\[\]<>]", plain)
    lines = [json.loads(line) for line in reports[2].read_text("utf-8").splitlines()]
    assert {line["outcome"] for line in lines} == {"done", "failed"}
    assert all(line["path"].isprintable() and line["message"].isprintable() for line in lines)
    assert "<script>" not in mail.read_text("ascii")
    assert not {character for character in done.stdout if not character.isprintable()} - {"\n"}


def environment(project: Path, tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(project), "HSCB_XL_LOG_DIR": str(tmp_path / "log")}
