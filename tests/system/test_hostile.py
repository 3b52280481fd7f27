"""Workbooks made to do harm: one clear sentence or the usual work, in little time and memory, no more.

Each case is a file, a command, and the sentence that it must end with; an empty sentence is the usual work.
The commands run as processes of their own (tests/system/confined.py).
"""

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest

from tests.lossless.made.bombs import BOMBS
from tests.system import hostile
from tests.system.hostile import BOOK, OF_PLAN, PLAN, TEXTS, Make, before, called, with_parts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="made with Linux' limits and kinds of files")

SECONDS = 10
"""Of the clock, for a case whose file is refused or read as usual; the slowest takes two."""
MEMORY = 500 << 20
"""Bytes that a case may take; the program itself takes 90 MB."""
LOOK = ("check", "--json", "--as-of", "2015-05-12")


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    make: Make
    says: str
    """A pattern for the sentence; empty for a command that does its work."""
    command: tuple[str, ...] = LOOK
    code: int = 2
    environment: dict[str, str] = field(default_factory=dict)


LIMIT = r"more than the .* that are read: .* --max-inflated\.$"
ROWS = r"more than the [0-9,]+ that are read: .* --max-rows\.$"


def bomb(name: str) -> Make:
    return lambda folder: hostile.put(BOMBS[name](), folder, "plan.xlsx")


SIZES = [
    Case(
        "one part",
        hostile.a_sheet_of_blanks(900),
        rf"^plan\.xlsm: its parts would grow to 90[0-9] MB in all, {LIMIT}",
    ),
    Case(
        "one part below the limit",
        hostile.a_sheet_of_blanks(120),
        r"^plan\.xlsm: the part xl/worksheets/sheet1\.xml"
        r" would grow from [0-9,]+ to 125,829,120 bytes, as no sheet does; it is not read\.$",
    ),
    Case("its size a lie", hostile.a_sheet_of_blanks(120, 5000), r"^plan\.xlsm: the part .* is damaged"),
    Case(
        "many parts",
        hostile.many_blank_parts,
        rf"^plan\.xlsm: its parts would grow to 30[0-9] MB in all, {LIMIT}",
    ),
    Case("a file of a terabyte", hostile.a_large_file, rf"^plan\.xlsm has 1,048,576 MB, {LIMIT}"),
    Case(
        "a large part",
        hostile.a_large_plan,
        rf"^plan\.xlsm: its parts would grow to 3 MB in all, {LIMIT}",
        (*LOOK, "--max-inflated", "2"),
    ),
    Case(
        "a large part, the limit set for the machine",
        hostile.a_large_plan,
        LIMIT,
        environment={"HSCB_XL_MAX_INFLATED": "2"},
    ),
    Case("a large part, the limit raised", hostile.a_large_plan, "", (*LOOK, "--max-inflated", "4")),
    Case("a lie of ten gigabytes", bomb("a lie of ten gigabytes"), LIMIT),
    Case("many members", bomb("many members"), r"plan\.xlsx has no table named Plan"),
    Case(
        "more texts than memory",
        hostile.texts_without_end,
        r"^plan\.xlsm needs more memory than there is and was "
        r"left as it was: ",
        environment={"HSCB_XL_TEST_MEMORY": "300000000"},
    ),
    Case("members that overlap", bomb("overlapping"), r"plan\.xlsx: the part .* runs into the next one"),
]
DIMENSIONS = [
    Case(
        "a dimension of a whole sheet",
        with_parts((PLAN, '<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')),
        "",
    ),
    Case(
        "a cell in the last corner",
        before(PLAN, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "",
    ),
    Case(
        "a table to the last row",
        hostile.table_down_to(1048576),
        rf"^Plan!A5:T1048576 in plan\.xlsm has 1,048,572 rows, {ROWS}",
    ),
    Case(
        "lists to the last row",
        hostile.table_down_to(1048576, "xl/tables/table4.xml"),
        rf"^Lists!A5:C1048576 in plan\.xlsm has 1,048,572 rows, {ROWS}",
    ),
    Case(
        "words to the last row",
        hostile.table_down_to(1048576, "xl/tables/table6.xml"),
        rf"^Lists!H5:I1048576 in plan\.xlsm has 1,048,572 rows, {ROWS}",
    ),
    Case(
        "history to the last row",
        hostile.table_down_to(1048576, "xl/tables/table3.xml"),
        rf"^History!A5:G1048576 in plan\.xlsm has 1,048,572 rows, {ROWS}",
    ),
    Case(
        "settings to the last row",
        hostile.table_down_to(1048576, "xl/tables/table7.xml"),
        rf"^Settings!A5:B1048576 in plan\.xlsm has 1,048,572 rows, {ROWS}",
    ),
    Case(
        "settings of one column",
        with_parts(("xl/tables/table7.xml", r'ref="A4:[A-Z]+([0-9]+)"', r'ref="A4:A\g<1>"')),
        r"^Settings!A5:A[0-9]+: the table Settings needs a second column with the values",
    ),
    Case(
        "many rows",
        hostile.rows_of_nothing(250_000),
        rf"^the sheet Plan of plan\.xlsm has 250,030 rows, {ROWS}",
    ),
    Case(
        "many rows, the limit raised", hostile.rows_of_nothing(250_000), "", (*LOOK, "--max-rows", "300000")
    ),
    Case(
        "the plan, the limit lowered",
        hostile.called("plan.xlsm"),
        rf"rows, {ROWS}",
        (*LOOK, "--max-rows", "20"),
    ),
    Case(
        "time",
        hostile.rows_of_the_plan(20_000),
        r"^plan\.xlsm took longer than its limit of 1 s and was left "
        r"as it was: .* raise the limit with --time-limit\.$",
        ("run", "--time-limit", "1"),
    ),
]
XML = [
    Case("entities that multiply", bomb("laughs"), "plan.xlsx, xl/workbook.xml: .* declares a document type"),
    Case("an entity of another file", hostile.with_doctype(TEXTS, "sst"), "declares a document type"),
    Case("a document type in the plan", hostile.with_doctype(PLAN, "worksheet"), "declares a document type"),
    Case(
        "a deep part",
        before(BOOK, "</workbook>", "<a>" * 300 + "</a>" * 300),
        "plan.xlsm.* nests more than 256",
    ),
    Case(
        "deep rows",
        before(PLAN, "</sheetData>", '<row r="31">' + "<y>" * 9999 + "</y>" * 9999 + "</row>"),
        "",
    ),
    Case("a deep frame", bomb("deep rules"), "plan.xlsx.* nests more than 256"),
]
MANY = [
    Case("thousands of sheets", hostile.sheets(1000), ""),
    Case("thousands of tables", hostile.tables(1000), ""),
    Case("thousands of names", hostile.names(5000), ""),
    Case("thousands of formats", hostile.formats(10_000), ""),
    Case("thousands of relationships", hostile.links(5000), ""),
    Case("thousands of rules", hostile.rules(4000), ""),
    Case("thousands of texts", hostile.texts(100_000), ""),
    Case("a number of 30,000 digits", hostile.cell("A6", "9" * 30_000), ""),
    Case("a text of nothing but claims", hostile.cell("H5", "suggest this action is complete " * 1000), ""),
    Case("half a character", hostile.cell("E6", "Chair _xD83D_"), ""),
    Case("a text of blanks", hostile.cell("H5", "suggest" + " " * 32_000), ""),
]
PLACES = [
    Case("members that lead out", hostile.traversing, ""),
    Case(
        "a sheet that leads out",
        hostile.sheet_at('Target="../../../../etc/passwd"'),
        "part etc/passwd is missing",
    ),
    Case(
        "a sheet on the web",
        hostile.sheet_at('TargetMode="External" Target="http://127.0.0.1:9/a"'),
        "missing",
    ),
    Case(
        "a sheet on a share", hostile.sheet_at(f'TargetMode="External" Target="{hostile.SHARE}"'), "missing"
    ),
    Case(
        "a table in a file",
        with_parts(
            (
                OF_PLAN,
                r'Target="\.\./tables/table1\.xml"',
                'TargetMode="External" Target="file:///etc/passwd"',
            )
        ),
        r"plan\.xlsm",
    ),
    Case("a pipe", hostile.pipe, r"plan\.xlsx is a pipe or a device: give a file\.$"),
    Case("a socket", hostile.listener, r"plan\.xlsx is a pipe or a device"),
    Case("a device without an end", hostile.linked_to("/dev/zero"), r"plan\.xlsx is a pipe or a device"),
    Case("a folder", hostile.linked_to("."), r"plan\.xlsx is a folder: give a file\.$"),
    Case("a link to itself", hostile.linked_to("plan.xlsx"), r"plan\.xlsx cannot be read \("),
    Case("a link to nothing", hostile.linked_to("gone.xlsx"), r"^There is no file .*plan\.xlsx: check"),
    Case(
        "a name of 300 characters",
        hostile.only_named("x" * 300 + ".xlsx"),
        r"x\.xlsx cannot be read \(File name",
    ),
    Case("a path of 300 characters", hostile.deep, ""),
    Case("the longest name there is", called("x" * 250 + ".xlsm"), ""),
    Case(
        "a name on two lines",
        called("a\nb\x1b[31m.xlsx", b"no"),
        r"^a\\nb\\x1b\[31m\.xlsx is not an Excel workbook",
    ),
    Case(
        "a name written backwards", called("a\u202excod.xlsx", b"no"), r"^a\\u202excod\.xlsx is not an Excel"
    ),
    Case("a name that is no text", called(b"a\xff.xlsx", b"no"), r"^a\\udcff\.xlsx is not an Excel workbook"),
    Case("a name with mark-up", called("[red]:smile:.xlsm"), ""),
]
CASES = [*SIZES, *DIMENSIONS, *XML, *MANY, *PLACES]


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: bytes
    err: str
    seconds: float
    peak: int
    wrong: list[str]


Confined = Callable[..., Outcome]


@pytest.fixture
def confined(tmp_path: Path, project: Path) -> Confined:
    """Runs a command on a book, with as little as it needs."""

    def run(book: Path, *words: str, environment: dict[str, str] | None = None) -> Outcome:
        report = tmp_path / "report.json"
        inside = [os.fsencode(word) for word in (report, tmp_path, words[0], book, *words[1:])]
        begun = time.monotonic()
        done = subprocess.run(
            [os.fsencode(sys.executable), b"-m", b"tests.system.confined", *inside],
            cwd=project,
            env={**os.environ, "HSCB_XL_LOG_DIR": str(tmp_path / "log"), **(environment or {})},
            capture_output=True,
            timeout=60,
            check=False,
        )
        seconds = time.monotonic() - begun
        said = json.loads(report.read_text("utf-8"))
        err = done.stderr.decode("utf-8")
        return Outcome(done.returncode, done.stdout, err, seconds, said["peak"], said["wrong"])

    return run


def listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every entry of a tree by its name: its kind, size and date."""
    states = {entry: os.lstat(entry) for entry in map(str, folder.rglob("*"))}
    return {name: (state.st_mode, state.st_size, state.st_mtime_ns) for name, state in states.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile(
    case: Case, confined: Confined, tmp_path: Path, record_property: Callable[..., None]
) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    book = case.make(folder)
    small = os.path.isfile(book) and os.lstat(book).st_size < 1 << 30  # noqa: PTH113  # also for a name too long
    before, content = listing(folder), book.read_bytes() if small else b""
    done = confined(book, *case.command, environment=case.environment)
    record_property("seconds", round(done.seconds, 2))
    record_property("megabytes", done.peak >> 20)
    if case.says:
        assert done.code == case.code, done
        assert done.out == b""
        lines = done.err.removeprefix("hscb-xl: ").splitlines()
        assert len(lines) == 1, done.err
        assert re.search(case.says, lines[0]), lines
        assert lines[0].isprintable()
    else:
        assert (done.code, done.err) == (1, ""), done  # the plan has one error
        assert len(json.loads(done.out)["actions"]) == 26
    assert done.wrong == []
    assert listing(folder) == before
    assert not small or book.read_bytes() == content
    assert done.seconds < SECONDS
    assert 0 < done.peak < MEMORY


NAMES = [
    ("Plan_AsOf", "Plan!$A$1:$A$1000000"),
    ("Plan_AsOf", "Plan!$F$5:$F$30"),
    ("Plan_AsOf", "#REF!"),
    ("Checks_AsOf", "Plan!$A:$XFD"),
    ("Summary_AsOf", "Lists!$A$5"),
    ("Plan_Column_Due_Date", "Plan!$A$1:$A$1000000"),
    ("Plan_Column_Why", "Plan!$H$4"),
]


@pytest.mark.parametrize(("name", "meaning"), NAMES)
def test_a_name_of_ours_that_stands_for_something_else(
    name: str, meaning: str, confined: Confined, tmp_path: Path
) -> None:
    """Nothing but what is ours is written, the run goes on, and the next one changes no byte."""
    book = hostile.named(name, meaning)(tmp_path)
    before = officers_cells(book)
    done = confined(book, "run", "--as-of", "2015-05-12")
    assert (done.code, done.err, done.wrong) == (0, "", [])
    assert 0 < done.peak < MEMORY
    assert officers_cells(book) == before
    content = book.read_bytes()
    assert confined(book, "run", "--as-of", "2015-05-12").code == 0
    assert book.read_bytes() == content


def officers_cells(book: Path) -> list[list[object]]:
    opened = openpyxl.load_workbook(book)
    plan = [[cell.value for cell in row] for row in opened["Plan"]["A3:N30"]]
    return plan + [[cell.value for cell in row] for row in opened["Lists"]["A1:G40"]]


@pytest.mark.parametrize(
    "make", [hostile.traversing, hostile.table_down_to(40)], ids=["leads out", "a longer table"]
)
def test_a_run_writes_the_book_its_backup_and_nothing_else(
    make: Make, confined: Confined, tmp_path: Path
) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    book = make(folder)
    members = names_in(book)
    done = confined(book, "run", "--as-of", "2015-05-12", "--out", str(folder / "out"))
    assert (done.code, done.err, done.wrong) == (0, "", [])
    assert {path.name for path in folder.iterdir()} == {book.name, "out", ".hscb_xl"}
    assert all(
        re.fullmatch(r"Actions by [a-z ]+(\.xlsx)?|[A-Z][\w ]+\.xlsx|\.hscb_xl|exports\.json", path.name)
        for path in (folder / "out").rglob("*")
    )
    assert names_in(book)[: len(members)] == members


def names_in(book: Path) -> list[str]:
    with zipfile.ZipFile(book) as archive:
        return [member.orig_filename for member in archive.infolist()]


def place(make: Make) -> Make:
    """The plan, and beside it what a command is told to write to."""

    def both(folder: Path) -> Path:
        make(folder)
        return called("ok.xlsm")(folder)

    return both


@pytest.mark.parametrize(
    ("make", "target", "says"),
    [
        (hostile.pipe, "plan.xlsx", "is a folder, a pipe or a device: choose another name."),
        (hostile.linked_to("."), "plan.xlsx", "is a folder, a pipe or a device: choose another name."),
        (
            hostile.linked_to("plan.xlsx"),
            "plan.xlsx",
            "cannot be written (Too many levels of symbolic links)",
        ),
        (
            called("a.txt", b""),
            "x" * 300 + ".xlsm",
            "cannot be written (File name too long): choose another name.",
        ),
        (called("a.txt", b""), "a.txt/b.xlsm", "cannot be written (Not a directory): choose another name."),
    ],
    ids=["pipe", "folder", "loop", "long", "below a file"],
)
def test_a_place_that_cannot_be_written(
    make: Make, target: str, says: str, confined: Confined, tmp_path: Path
) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    book = place(make)(folder)
    before = listing(folder)
    done = confined(book, "rate", "--save-as", str(folder / target))
    assert (done.code, done.out, done.wrong) == (2, b"", [])
    assert says in done.err
    assert len(done.err.splitlines()) == 1
    assert listing(folder) == before


@pytest.mark.parametrize(
    ("deed", "noted"),
    [
        ("open('/etc/passwd').close()", "open /etc/passwd"),
        ("__import__('os').mkdir('/tmp/hscb-xl-never-made/x')", "os.mkdir"),
        ("__import__('socket').socket()", "socket.__new__"),
        ("__import__('subprocess').Popen(['true'])", "subprocess.Popen"),
    ],
)
def test_the_guard_notes_what_a_command_has_no_reason_to_do(
    deed: str, noted: str, project: Path, tmp_path: Path
) -> None:
    code = (
        "import pathlib, sys\nfrom tests.system.confined import Guard\n"
        f"guard = Guard(pathlib.Path({str(tmp_path)!r}))\nsys.addaudithook(guard)\n"
        f"try:\n    {deed}\nexcept OSError:\n    pass\nprint(guard.wrong)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True
    )
    assert noted in done.stdout
