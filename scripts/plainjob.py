"""A night's main job on one plan as it is plainly written with openpyxl, to measure ours against.

It reads and judges with the same functions and writes as much: the computed columns, the findings, a summary
with two charts, the conditional formats. It does less where openpyxl has nothing for it: no backup, no
one-step save, nothing of a workbook kept that openpyxl does not know. Nor does it read History: of a plan
that was imported it has one finding less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from hscb_xl.plan import checks, columns, look, summary
from hscb_xl.plan.judgement import Judgement, Names, judge
from hscb_xl.plan.model import Action, Plan
from hscb_xl.plan.names import Directory, Listed
from hscb_xl.plan.rag import RatingPolicy
from hscb_xl.tasks.book.summary_blocks import Block, blocks_of

DATES = ("by_when", "completed_on")
HEADERS = ("Severity", "Action", "Cell", "Message", "Remedy", "Rule")
WIDTHS = (10, 8, 13, 62, 54, 24)
SIDE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
SMALL, LINK, BOLD = Font(size=look.BODY_SIZE), Font(size=look.BODY_SIZE, color="05448A"), Font(bold=True)


def do(path: Path, today: date) -> int:
    """Recalculate one plan where it is; how many findings there are."""
    book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
    judgement = judge(*_read(book), RatingPolicy(), today)
    findings = checks.check(judgement)
    _rate(book, judgement)
    _list(book, judgement.plan, findings)
    _format(book["Plan"], judgement.plan)
    _summarise(book, judgement)
    book.save(path)
    return len(findings)


def _read(book: Any) -> tuple[Plan, Names]:
    sheet = book["Plan"]
    left, top, right, bottom = range_boundaries(sheet.tables["Plan"].ref)
    headers = [sheet.cell(top, column).value for column in range(left, right + 1)]
    places = {found.key: at for at, header in enumerate(headers) if (found := columns.find(str(header)))}
    rows = sheet.iter_rows(top + 1, bottom, left, right, values_only=True)
    actions = tuple(_actions(rows, places, top + 1))
    letters = {key: get_column_letter(left + at) for key, at in places.items()}
    lists = book["Lists"]
    return Plan(actions, letters), Names(_directory(lists, "Leads"), _directory(lists, "Groups"))


def _actions(rows: Any, places: dict[str, int], first: int) -> Iterator[Action]:
    para = area = ""
    for number, row in enumerate(rows, start=first):
        values = {k: row[at] for k, at in places.items() if columns.BY_KEY[k].owner != "program"}
        fields: dict[str, Any] = {k: _text(value) for k, value in values.items() if k not in DATES}
        fields |= {key: _day(values.get(key)) for key in DATES}
        no = fields.pop("no")
        para, area = fields["para"].strip() or para, fields["area"].strip() or area
        digits = re.sub(r"\D", "", no)
        yield Action(
            number, int(digits) if digits else None, no, para_heading=para, area_heading=area, **fields
        )


def _directory(sheet: Any, name: str) -> Directory:
    left, top, right, bottom = range_boundaries(sheet.tables[name].ref)
    headers = [sheet.cell(top, column).value for column in range(left, right + 1)]
    rows = [
        dict(zip(headers, map(_text, row), strict=True))
        for row in sheet.iter_rows(top + 1, bottom, left, right, values_only=True)
    ]
    return Directory(
        Listed(
            row["Name"].strip(),
            tuple(part.strip() for part in row["Also written as"].split(";") if part.strip()),
            row.get("Own group", "").strip(),
        )
        for row in rows
        if row["Name"].strip()
    )


def _text(value: Any) -> str:
    return (
        ""
        if value is None
        else str(int(value))
        if isinstance(value, float) and value == int(value)
        else str(value)
    )


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else None if value is None else _text(value)


def _rate(book: Any, judgement: Judgement) -> None:
    sheet, letters = book["Plan"], judgement.plan.letters
    for judged in judgement.rows():
        rated = judged.rated
        late = rated.days_overdue if (rated.days_overdue or 0) > 0 and judged.completion == "none" else None
        values = {
            "due": getattr(judged.due, "date", None),
            "auto": rated.rating.value if rated.rating else None,
            "days": late,
            "timing": rated.timing,
            "agreement": judged.agreement,
            "reason": rated.reason,
        }
        for key, value in values.items():
            sheet[f"{letters[key]}{judged.action.row}"].value = value


def _list(book: Any, plan: Plan, findings: Any) -> None:
    sheet = _new(book, "Checks")
    sheet["A1"], sheet["A1"].font = "Checks", BOLD
    sheet.append([])
    sheet.append([])
    sheet.append(HEADERS)
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for finding in findings:
        cell = plan.cell(finding.row, finding.column)
        link = f'=HYPERLINK("#{cell}","{cell}")'
        sheet.append([finding.severity.word, finding.no, link, finding.message, finding.remedy, finding.rule])
        for place in sheet[sheet.max_row]:
            place.font, place.alignment, place.border = (
                (LINK if place.column == 3 else SMALL),
                WRAPPED,
                BORDER,
            )
    _rules(sheet, f"A5:A{sheet.max_row}", look.SEVERITY_LOOKS)


def _format(sheet: Any, plan: Plan) -> None:
    sheet.conditional_formatting = type(sheet.conditional_formatting)()
    for key in dict.fromkeys(rule.column for rule in look.RULES):
        looks = [(rule.equals, rule.look) for rule in look.RULES if rule.column == key]
        _rules(sheet, plan.column_address(key), looks)


def _rules(sheet: Any, area: str, looks: Any) -> None:
    for word, shown in looks:
        fill, font = (
            PatternFill(bgColor=_hex(shown.fill)),
            Font(color=_hex(shown.font), bold=shown.bold or None),
        )
        sheet.conditional_formatting.add(area, CellIsRule("equal", [f'"{word}"'], fill=fill, font=font))


def _summarise(book: Any, judgement: Judgement) -> None:
    sheet = _new(book, "Summary")
    sheet["A1"] = "Summary"
    blocks = blocks_of(summary.summarise(judgement), judgement.policy)
    for block in blocks:
        _block(sheet, block)
    for block, anchor in zip(blocks, ("A9", "D9"), strict=False):
        chart = BarChart()
        chart.type, chart.grouping, chart.overlap, chart.title = "bar", "stacked", 100, block.heading
        bottom = block.top + 1 + len(block.rows)
        chart.add_data(Reference(sheet, 2, block.top + 1, 5, bottom), titles_from_data=True)
        chart.set_categories(Reference(sheet, 1, block.top + 2, 1, bottom))
        for series, colour in zip(
            chart.series, [*(look.LETTERS[x].fill for x in "RAG"), (140, 140, 140)], strict=False
        ):
            series.graphicalProperties.solidFill = _hex(colour)
        sheet.add_chart(chart, anchor)


def _block(sheet: Any, block: Block) -> None:
    sheet.cell(block.top, 1, block.heading).font = Font(bold=True, size=12)
    head = look.HEADERS["board"]
    for column, header in enumerate(block.headers, start=1):
        cell = sheet.cell(block.top + 1, column, header)
        cell.fill, cell.font = PatternFill("solid", _hex(head.fill)), Font(bold=True, color=_hex(head.font))
    for row, values in enumerate(block.rows, start=block.top + 2):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value).alignment = WRAPPED


def _new(book: Any, name: str) -> Any:
    at = book.sheetnames.index(name) if name in book.sheetnames else None
    if at is not None:
        book.remove(book[name])
    return book.create_sheet(name, at)


def _hex(rgb: tuple[int, int, int]) -> str:
    return "{:02X}{:02X}{:02X}".format(*rgb)
