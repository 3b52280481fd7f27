"""The board's own document, and documents made to be hard: every word comes through, in its column."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.errors import BadDocument, BookNotFound
from hscb_xl.importer import Imported, read_document
from hscb_xl.plan.columns import BY_KEY, keys

BOARD = keys("board")
HEADER = "\t".join(["", *(BY_KEY[key].header for key in BOARD[1:])])


@pytest.fixture(scope="module")
def real(source_document: Path) -> Imported:
    return read_document(source_document)


def document(folder: Path, *lines: str, name: str = "plan.txt") -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def line(**cells: str) -> str:
    return "\t".join(cells.get(key, "") for key in BOARD)


def test_the_whole_plan_is_read(real: Imported) -> None:
    assert real.title == "HSCB OFSTED INSPECTION MAY 2014 – IMPROVEMENT PLAN"
    assert [text[:25] for text in real.key] == ["HSCB is the Herefordshire", "Ofsted Para Number refers"]
    assert [row.no for row in real.rows] == list(range(1, 27))
    assert [row.cells["no"] for row in real.rows] == [f"{no}." for no in range(1, 27)]
    assert {tuple(row.cells) for row in real.rows} == {BOARD}
    assert [row.line for row in real.rows][:4] == [11, 12, 13, 17]
    assert "".join(row.cells["agreed"] or "-" for row in real.rows).count("G") == 20
    assert [row.no for row in real.rows if row.cells["para"]] == [1, 2, 5, 7, 10, 12, 19, 24]


SEAMS = [
    (3, "action", "future, national and local priorities."),
    (3, "progress", "comes to next P+P and if not published then this action is AMBER"),
    (5, "progress", "in development.\nThe Q + A sub group"),
    (5, "progress", "May LSCB Exec to approve the revised scorecard"),
    (7, "progress", "Agenda item at May Exec.\nIn addition, a review"),
    (10, "area", "case audits is actioned and the impact"),
    (10, "lead", "Chair of QA Sub Group"),
    (10, "action", "the HSCB quality assurance framework"),
    (10, "by_when", "February 2015"),
    (10, "progress", "the new 2015/16 business plan.\nThe Chair of QA reported"),
    (10, "group", "HSCB Steering Group"),
    (11, "progress", "this will further strengthen current arrangements"),
    (12, "progress", "in and out of County) What is the rate"),
    (18, "progress", "in respect tof CSE – data needed for children"),
    (19, "progress", "mapped against LSCBs identified as outstanding"),
    (21, "progress", "within the new Learning and Development Officer roles"),
    (23, "lead", "Chair of Training and Development"),
    (23, "action", "in the development of HSCB training will"),
    (23, "by_when", "March 2015"),
    (23, "progress", "Business Unit arrangements.\nThere is a reduction"),
    (23, "group", "HSCB Steering Group"),
    (25, "lead", "Independent Chair of the HSCB & Chair of HSAB"),
]


@pytest.mark.parametrize(("no", "key", "text"), SEAMS)
def test_every_break_of_the_real_plan(real: Imported, no: int, key: str, text: str) -> None:
    assert text in real.rows[no - 1].cells[key]


def test_every_mend_has_its_note(real: Imported) -> None:
    joined = [(note.no, note.column) for note in real.notes]
    breaks = {(no, BY_KEY[key].header) for no, key, _ in SEAMS}
    assert sorted(joined) == sorted(breaks)
    [repair] = [note for note in real.notes if note.kind == "repaired"]
    assert (repair.no, repair.column) == (10, "By When")
    assert (repair.before, repair.after) == ("February ⏎ ry 2015", "February 2015")
    assert repair.why == "one month's name was split by a page break after line 29"


def source_words(path: Path) -> Iterator[list[str]]:
    """The words of each cell column by column, action by action, by other means than the importer's."""
    actions: list[list[str]] = []
    for text in path.read_text("utf-8").splitlines():
        cells = text.replace("<p>", " ").replace("</p>", " ").split("\t")
        if len(cells) != 10 or cells[1] == "Ofsted Para No":
            continue
        if cells[0]:
            actions.append(cells)
        else:
            actions[-1] = [f"{above} {below}" for above, below in zip(actions[-1], cells, strict=True)]
    return (cell.split() for action in actions for cell in action)


def test_every_word_of_the_source_arrives(real: Imported, source_document: Path) -> None:
    arrived = [text.split() for row in real.rows for text in row.cells.values()]
    expected = list(source_words(source_document))
    expected[expected.index(["February", "ry", "2015"])].remove("ry")
    assert arrived == expected
    assert sum(map(len, arrived)) > 2000


def test_verbatim_typos_spaces_and_quotes(real: Imported) -> None:
    assert "local “procedures” have been" in real.rows[1].cells["progress"]
    assert "Suggest RAG rating ios GREEN" in real.rows[14].cells["progress"]
    assert real.rows[11].cells["action"].endswith("National SET Action Plan .")


WORD = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8).filter(
    lambda word: "p>" not in word.casefold()
)
WORDS = st.lists(WORD, max_size=12)
PROSE = tuple(key for key in BOARD if key not in ("no", "by_when"))


@st.composite
def broken_plans(draw: st.DrawFn) -> tuple[list[dict[str, list[str]]], list[str]]:
    """Actions as words by column, and the lines of a document whose pages break each at random places."""
    rows = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(PROSE, WORDS)), min_size=1, max_size=5))
    lines = ["A PLAN", "", HEADER]
    for no, row in enumerate(rows, start=1):
        pages = draw(st.integers(1, 3))
        cuts = {key: sorted(draw(st.integers(0, len(row[key]))) for _ in range(pages - 1)) for key in PROSE}
        for page in range(pages):
            bounds = {key: [0, *cuts[key], len(row[key])][page : page + 2] for key in PROSE}
            pieces = {key: " ".join(row[key][slice(*bounds[key])]) for key in PROSE}
            number = {"no": f"{no}."} if page == 0 else {}
            lines += [*(["", HEADER] if page else []), line(**number, **pieces)]
    return rows, lines


@given(broken_plans())
def test_any_plan_broken_anywhere_keeps_every_word_in_order(
    tmp_path_factory: pytest.TempPathFactory, plan: tuple[list[dict[str, list[str]]], list[str]]
) -> None:
    rows, lines = plan
    read = read_document(document(tmp_path_factory.mktemp("plan"), *lines))
    assert [{key: row.cells[key].split() for key in PROSE} for row in read.rows] == rows
    assert [row.no for row in read.rows] == list(range(1, len(rows) + 1))


def test_columns_in_another_order_and_other_spelling(tmp_path: Path) -> None:
    headers = ["RAG  rating", "by when", "ACTION", "No.", "Lead", "Progress", "Monitoring and evaluation"]
    headers += ["Business Plan 2015-16 Reference", "Ofsted para no", "Ofsted Area for Improvement"]
    row = ["G", "May 2015", "Do it", "7", "A Lead", "Done", "A Group", "4.4", "149", "An area"]
    [read] = read_document(document(tmp_path, "\t".join(headers), "\t".join(row))).rows
    assert read.no == 7
    assert (read.cells["agreed"], read.cells["action"], read.cells["reference"]) == ("G", "Do it", "4.4")


def test_trailing_cells_may_be_missing_and_trailing_tabs_too_many(tmp_path: Path) -> None:
    path = document(tmp_path, HEADER + "\t", "1.\t149", line(no="2a", action="Act") + "\t\t ")
    first, second = read_document(path).rows
    assert (first.cells["para"], first.cells["group"]) == ("149", "")
    assert (second.no, second.cells["no"], second.cells["action"]) == (None, "2a", "Act")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_read_the_same(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(end.join(["PLAN – A", HEADER, line(no="1.", action="“x”")]).encode(encoding))
    read = read_document(path)
    assert (read.title, read.rows[0].cells["action"], read.notes) == ("PLAN – A", "“x”", ())


def test_windows_text_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("\n".join([HEADER, line(no="1.", action="“x” – y")]).encode("cp1252"))
    read = read_document(path)
    assert read.rows[0].cells["action"] == "“x” – y"
    [note] = read.notes
    assert note.kind == "repaired"
    assert "not valid UTF-8 and was read as Windows-1252" in note.why


REFUSED = [
    ("nothing at all", [""], "holds no table of the plan.*no line has any of them"),
    ("another table", ["Lead\tBudget", "x\ty"], r'the nearest is line 1 \("Lead Budget"\)'),
    ("header only", ["TITLE", HEADER], "no action below"),
    (
        "column misspelt",
        [HEADER.replace("By When", "By Wen")],
        'line 1 has no column "By When"; rename "By Wen"',
    ),
    ("column missing", [HEADER.replace("\tAction\t", "\t")], 'no column "Action"; add it'),
    ("column twice", [HEADER + "\tLead"], 'column "Lead" twice'),
    ("column strange", [HEADER + "\tCost"], 'column "Cost", which is not one of the board\'s ten'),
    ("column of ours", [HEADER + "\tStatus"], 'column "Status", which is not one of the board\'s ten'),
    ("header wrong on page two", [HEADER, line(no="1."), HEADER + "\tCost"], "line 3 has the column"),
    ("one cell too many", [HEADER, line(no="1.") + "\textra"], 'line 2 has more cells.*"extra"'),
    (
        "no action to carry on",
        [HEADER, line(action="x")],
        "line 2 has no number and there is no action above",
    ),
    (
        "no number in mid page",
        [HEADER, line(no="1."), line(lead="x")],
        "line 3 has no number and does not stand",
    ),
    ("a loose line", [HEADER, line(no="1."), "Page 1 of 2"], "line 3 stands in the table but is not a row"),
    ("not text", [HEADER, line(no="1.", action="\0")], "not plain text"),
]


@pytest.mark.parametrize(
    ("lines", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_refused_with_the_line_and_the_remedy(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(BadDocument, match=message):
        read_document(document(tmp_path, *lines))


def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(HEADER.encode() + b"\n1.\t\x81\xff")
    with pytest.raises(BadDocument, match="neither UTF-8 nor Windows-1252"):
        read_document(path)


def test_missing_files_and_other_kinds(tmp_path: Path) -> None:
    with pytest.raises(BookNotFound, match=r"no file .*plan\.txt"):
        read_document(tmp_path / "plan.txt")
    with pytest.raises(BadDocument, match=r"plan\.pdf is not a document .* one of: \.txt"):
        read_document(tmp_path / "plan.pdf")
