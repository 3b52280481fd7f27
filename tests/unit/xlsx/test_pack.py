import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as ReadWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from hscb_xl.base.facts import Label
from hscb_xl.plan import look
from hscb_xl.plan.columns import BY_KEY
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.xlsx import pack as packs
from hscb_xl.xlsx.pack import write_pack, write_single
from hscb_xl.xlsx.records import MARK, Tab, TabRow
from hscb_xl.xlsx.tab import COLUMNS, TO_FILL_IN, Cover, counted_line
from tests.labels import LABELLED

DAY = date(2015, 5, 12)
TITLE = "Improvement plan"
POLICY = RatingPolicy(tolerance=31)
HEADER = 7  # the sheet row of a tab's header

ROW = TabRow(
    no=4,
    para="150",
    reference="2.2",
    area="Procedures are up to date.",
    lead="Chair of Policy and Procedures",
    action="Give priority to the missing children procedures.",
    by_when="October 2014",
    progress="Regional procedures have been added.",
    agreed="G",
    group="HSCB Steering Group",
    status="In progress",
    completed_on=None,
    evidence="",
    due=date(2014, 10, 31),
    auto="R",
    days=193,
    timing="overdue",
    agreement="differs",
    reason="Overdue by 193 days (due 31 October 2014)",
)
STEERING = Tab("HSCB Steering Group", (ROW, replace(ROW, no=15, agreed="A", auto="G", timing="complete")))
QUALITY = Tab("HSCB QA Sub Group", (replace(ROW, no=18, para="154", action="Only of the QA Sub Group"),))
EMPTY = Tab("Improvement Board", ())


def single(folder: Path, tab: Tab) -> Worksheet:
    path = folder / "single.xlsx"
    write_single(path, tab, POLICY, DAY, TITLE)
    return openpyxl.load_workbook(path).active


def pack(folder: Path, *tabs: Tab) -> ReadWorkbook:
    path = folder / "pack.xlsx"
    write_pack(path, tabs, POLICY, DAY, TITLE)
    return openpyxl.load_workbook(path)


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet for cell in row if isinstance(cell.value, str)]


def test_a_tab_is_a_table_of_the_groups_actions_under_the_plans_own_headers(tmp_path: Path) -> None:
    sheet = single(tmp_path, STEERING)
    headers = [BY_KEY[key].header for key, _ in COLUMNS]
    table = sheet.tables["Actions_1"]
    assert table.ref == f"A{HEADER}:O{HEADER + 2}"
    assert [cell.value for cell in sheet[HEADER]] == [column.name for column in table.tableColumns] == headers
    first = {key: cell.value for (key, _), cell in zip(COLUMNS, sheet[HEADER + 1], strict=True)}
    assert first["no"] == 4
    assert first["para"] == "150"
    assert first["due"] == datetime(2014, 10, 31)
    assert first["reason"] == ROW.reason


def test_a_tab_says_whose_it_is_and_prints_the_key(tmp_path: Path) -> None:
    shown = texts(single(tmp_path, STEERING))
    assert shown[0] == TITLE
    assert {"HSCB Steering Group", "As of 12 May 2015", counted_line(STEERING)} <= set(shown)
    assert {entry.words for entry in look.key(POLICY)} <= set(shown)


def test_the_counts_are_said_in_one_line() -> None:
    assert counted_line(STEERING) == "2 actions: A 1, G 1 (agreed); R 1, G 1 (computed)."
    unrated = Tab("X", (replace(ROW, agreed="", auto=""),))
    assert counted_line(unrated) == "1 action: no letter 1 (agreed); no letter 1 (computed)."


def test_what_the_chair_fills_in_is_told_by_colour_and_in_words(tmp_path: Path) -> None:
    sheet = single(tmp_path, STEERING)
    asked = next(text for text in texts(sheet) if text.startswith("Please fill in"))
    officer = "FF{:02X}{:02X}{:02X}".format(*look.HEADERS["officer"].fill)
    coloured = {cell.value for cell in sheet[HEADER] if cell.fill.fgColor.rgb == officer}
    assert coloured == {BY_KEY[key].header for key in TO_FILL_IN}
    assert all(header in asked for header in coloured)


def test_a_tab_has_drop_downs_rules_and_a_page_set_up(tmp_path: Path) -> None:
    sheet = single(tmp_path, STEERING)
    kinds = {(str(rule.sqref), rule.type) for rule in sheet.data_validations.dataValidation}
    assert kinds == {("M8:M9", "list"), ("N8:N9", "date")}
    ruled = {str(ranges.sqref): [rule.formula for rule in rules] for ranges, rules in rules_of(sheet)}
    letters = [['"R"'], ['"A"'], ['"G"'], ['"B"']]
    words = [['"Red"'], ['"Amber"'], ['"Green"'], ['"Blue"']]
    assert ruled == {"I8:I9": letters + words, "J8:J9": letters}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.freeze_panes == f"B{HEADER + 1}"


def rules_of(sheet: Worksheet) -> Iterator[tuple[object, list[object]]]:
    for ranges in sheet.conditional_formatting:
        yield ranges, list(ranges.rules)


def test_a_tab_without_actions_says_so(tmp_path: Path) -> None:
    sheet = single(tmp_path, EMPTY)
    assert "There are no actions to show." in texts(sheet)
    assert not sheet.tables


def test_an_export_holds_nothing_of_another_group_and_no_author(tmp_path: Path) -> None:
    write_single(tmp_path / "single.xlsx", STEERING, POLICY, DAY, TITLE)
    package = zipfile.ZipFile(tmp_path / "single.xlsx")
    everything = b"".join(package.read(name) for name in package.namelist())
    for foreign in (b"QA Sub Group", b"Improvement Board", b"vba", str(tmp_path).encode()):
        assert foreign not in everything
    assert b"<dc:creator></dc:creator>" in everything


def test_a_pack_lists_each_group_with_its_counts_and_a_link(tmp_path: Path) -> None:
    book = pack(tmp_path, STEERING, QUALITY, EMPTY)
    assert book.sheetnames == ["Contents", "HSCB Steering Group", "HSCB QA Sub Group", "Improvement Board"]
    contents = book["Contents"]
    assert [cell.value for cell in contents[5]] == ["HSCB Steering Group", 2, 0, 1, 1, 0, 1, 0, 1, 0]
    assert contents["A5"].hyperlink.location == "'HSCB Steering Group'!A1"
    assert {entry.words for entry in look.key(POLICY)} <= set(texts(contents))
    assert [list(sheet.tables) for sheet in book] == [["Contents"], ["Actions_1"], ["Actions_2"], []]


def test_groups_whose_names_clash_get_sheets_of_their_own(tmp_path: Path) -> None:
    book = pack(
        tmp_path, STEERING, Tab("HSCB STEERING GROUP", ()), Tab("contents", ()), Tab("A's: group", ())
    )
    assert book.sheetnames[1:] == [
        "HSCB Steering Group",
        "HSCB STEERING GROUP (2)",
        "contents (2)",
        "A's- group",
    ]
    assert book["Contents"]["A8"].hyperlink.location == "'A''s- group'!A1"


def test_blue_has_columns_of_its_own_only_where_it_is_in_use(tmp_path: Path) -> None:
    assert "Agreed B" not in texts(pack(tmp_path, STEERING)["Contents"])
    blue = Tab("Executive", (replace(ROW, agreed="B"),))
    assert "Agreed B" in texts(pack(tmp_path, blue)["Contents"])


@pytest.mark.parametrize("lead_in", ["=", "+", "-", "@", "\t=", "<r>="])
def test_text_stays_text_wherever_it_stands(tmp_path: Path, lead_in: str) -> None:
    attack = f"{lead_in}cmd|' /C calc'!A0</r>"
    changed = {
        field.name: attack
        for field in fields(TabRow)
        if field.type in ("str", str) or field.name == "by_when"
    }
    tab = Tab(attack, (replace(ROW, **changed),))
    path = tmp_path / "pack.xlsx"
    write_pack(path, (tab,), POLICY, DAY, attack)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    hit = [cell for cell in cells if isinstance(cell.value, str) and "calc" in cell.value]
    assert len(hit) > len(fields(TabRow)) // 2
    assert {cell.data_type for cell in hit} == {"s"}
    quoted = {cell.quotePrefix for cell in hit if cell.value == attack}
    assert quoted == {not lead_in.startswith("<")}
    assert not any(b"<f>" in part for part in sheet_parts(path))


def sheet_parts(path: Path) -> list[bytes]:
    package = zipfile.ZipFile(path)
    return [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]


def test_the_same_export_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    assert write_pack(one, (STEERING, EMPTY), POLICY, DAY, TITLE)
    assert write_pack(two, (STEERING, EMPTY), POLICY, DAY, TITLE)
    assert one.read_bytes() == two.read_bytes()
    assert not write_pack(one, (STEERING, EMPTY), POLICY, DAY, TITLE)
    assert openpyxl.load_workbook(one).properties.created == datetime(2015, 5, 12)


EXCEPTIONS = Cover(TITLE, DAY, POLICY, exceptions=True)
FEW = replace(STEERING, rows=STEERING.rows[:1], of=19)


def drawn(folder: Path, data: bytes) -> ReadWorkbook:
    path = folder / "drawn.xlsx"
    path.write_bytes(data)
    return openpyxl.load_workbook(path)


def test_exceptions_say_so_and_of_how_many_they_are(tmp_path: Path) -> None:
    book = drawn(tmp_path, packs.single(FEW, EXCEPTIONS))
    sheet, shown = book.active, texts(book.active)
    assert book.properties.title == shown[0] == f"Exceptions only: {TITLE}"
    assert "As of 12 May 2015. Only actions that are red or amber, agreed or computed" in shown
    assert "1 of 19 actions: G 1 (agreed); R 1 (computed)." in shown
    assert list(sheet.tables) == ["Exceptions_1"]
    assert "Exceptions only, HSCB Steering Group, 12 May 2015" in sheet.oddFooter.left.text
    full = drawn(tmp_path, packs.single(STEERING, replace(EXCEPTIONS, exceptions=False)))
    assert full.properties.title == TITLE
    assert not [text for text in texts(full.active) if "xception" in text or " of 19" in text]


def test_a_group_without_exceptions_says_of_how_many(tmp_path: Path) -> None:
    shown = texts(drawn(tmp_path, packs.single(replace(EMPTY, of=6), EXCEPTIONS)).active)
    assert "There are no actions to show (0 of 6 actions)." in shown


def test_a_pack_of_exceptions_has_both_numbers(tmp_path: Path) -> None:
    book = drawn(tmp_path, packs.pack((FEW, replace(EMPTY, of=6)), EXCEPTIONS))
    contents = book["Contents"]
    assert [cell.value for cell in contents[4]][:3] == ["Group", "Exceptions", "All actions"]
    assert [[cell.value for cell in contents[row]][:3] for row in (5, 6)] == [
        ["HSCB Steering Group", 1, 19],
        ["Improvement Board", 0, 6],
    ]
    assert book.properties.title == texts(contents)[0] == f"Exceptions only: {TITLE}"


EVIDENCE = [
    ("Minutes", "https://council.example/a#b", ("https://council.example/a", "b")),
    ("https://council.example/b", "", ("https://council.example/b", None)),
    ("Ask", "mailto:clerk@council.example", ("mailto:clerk@council.example", None)),
    ("A file", "file:///C:/secret.docx", None),
    ("Minutes of 8 April", "", None),
    ("", "https://council.example/c", None),
    ("=1+1", "https://council.example/d", ("https://council.example/d", None)),
    ("<r>x</r>", "https://council.example/e", ("https://council.example/e", None)),
]


def test_evidence_leads_to_the_web_and_to_mailboxes_only(tmp_path: Path) -> None:
    rows = tuple(replace(ROW, evidence=text, evidence_link=link) for text, link, _ in EVIDENCE)
    sheet = drawn(tmp_path, packs.single(Tab("Group", rows), Cover(TITLE, DAY, POLICY))).active
    column = [key for key, _ in COLUMNS].index("evidence") + 1
    for row, (text, _, expected) in enumerate(EVIDENCE, start=HEADER + 1):
        cell = sheet.cell(row, column)
        assert (cell.value or "", cell.data_type == "f") == (text, False)
        found = cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location)
        assert found == expected, text


@pytest.mark.parametrize("kind", sorted(LABELLED))
@pytest.mark.validator
def test_a_labelled_export_is_sound(tmp_path: Path, kind: str, validate: Callable[[Path], list[str]]) -> None:
    path = tmp_path / "labelled.xlsx"
    for data in (labelled_pack(kind), packs.single(FEW, EXCEPTIONS, label_of(kind))):
        path.write_bytes(data)
        assert validate(path) == []


def label_of(kind: str) -> Label:
    properties, info = LABELLED[kind]
    return Label(tuple(properties.items()), info)


def labelled_pack(kind: str) -> bytes:
    return packs.pack((STEERING, EMPTY), Cover(TITLE, DAY, POLICY), label=label_of(kind))


@pytest.mark.parametrize("kind", sorted(LABELLED))
def test_the_label_is_read_back_as_it_was_and_the_mark_beside_it(tmp_path: Path, kind: str) -> None:
    properties, info = LABELLED[kind]
    book = drawn(tmp_path, labelled_pack(kind))
    assert {each.name: each.value for each in book.custom_doc_props.props} == {
        MARK[0]: MARK[1],
        **properties,
    }
    with zipfile.ZipFile(tmp_path / "drawn.xlsx") as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        assert ("docMetadata/LabelInfo.xml" in names) == bool(info)
        assert not info or package.read("docMetadata/LabelInfo.xml") == info
