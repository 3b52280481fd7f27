"""Checking: what is wrong with the plan, listed on the sheet Checks with a link to each cell."""

from collections import Counter
from collections.abc import Sequence

import xlwings as xw

from hscb_xl.plan import checks, look
from hscb_xl.plan.findings import Finding, Severity
from hscb_xl.plan.judgement import Judgement
from hscb_xl.plan.model import Plan
from hscb_xl.plan.wording import counted, written
from hscb_xl.tasks.book import own, tables, texts
from hscb_xl.tasks.book.conditional import lay

HEADERS = ("Severity", "Action", "Cell", "Message", "Remedy", "Rule")

WRITES = ("Checks",)
"""The sheets written, by their names or those of their tables."""

_HEADER_ROW = 4
_WIDTHS = (10, 8, 13, 62, 54, 24)


def run(book: xw.Book, judgement: Judgement) -> tuple[Finding, ...]:
    """Write all findings to the sheet Checks, the worst first, and return them."""
    found = checks.check(judgement)
    table = own.table(book, "Checks", HEADERS)
    if table is None:
        table = own.new_table(book, "Checks", "Checks", _HEADER_ROW, HEADERS, _WIDTHS)
    rows = tables.fit(table, max(len(found), 1))
    _write(rows, found, judgement.plan)
    if table.range.row == _HEADER_ROW:
        own.say_below_title(table.parent, "Checks_AsOf", _line(found, judgement))
    else:
        own.say(table.parent, "Checks_AsOf", _line(found, judgement))
    return found


def counted_by_severity(found: Sequence[Finding]) -> str:
    """Such as "2 errors, 1 warning and 7 for information"."""
    count = Counter(finding.severity for finding in found)
    errors, warnings = counted(count[Severity.ERROR], "error"), counted(count[Severity.WARNING], "warning")
    return f"{errors}, {warnings} and {count[Severity.INFO]} for information"


def _line(found: Sequence[Finding], judgement: Judgement) -> str:
    return f"As of {written(judgement.today)}: {counted_by_severity(found)}."


def _write(rows: xw.Range, found: Sequence[Finding], plan: Plan) -> None:
    texts.put(rows, [_cells(finding) for finding in found] or [["", "", "", "Nothing was found.", "", ""]])
    if found:
        links = rows[:, HEADERS.index("Cell")]
        links.formula = [[_link(plan.place(finding))] for finding in found]
        links.font.color = look.LINK
    rows.wrap_text = True
    rows.vertical_alignment = "top"
    rows.font.size = look.BODY_SIZE
    rows.borders.set(line_style="continuous", weight="thin", color=look.GRID)
    rows[:, HEADERS.index("Action")].horizontal_alignment = "center"
    rows.rows.autofit()
    lay(rows[:, 0], look.SEVERITY_LOOKS)


def _cells(finding: Finding) -> list[str | int | None]:
    return [finding.severity.word, finding.no, None, finding.message, finding.remedy, finding.rule]


def _link(cell: str) -> str:
    quoted = cell.replace('"', '""')
    return f'=HYPERLINK("#{quoted}","{quoted}")'
