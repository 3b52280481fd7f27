"""No book costs more than its length: twice as much of anything in it takes no more than twice the time.

Each shape is the plan with much of one thing. What is refused is refused in a time that grows no faster.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from hscb_xl.base.limits import OF_A_PLAN
from hscb_xl.engine import open_book
from hscb_xl.errors import PlanError
from hscb_xl.tasks import run
from tests import growth
from tests.system import hostile
from tests.system.hostile import BOOK, PLAN, STYLES, TABLE, TEXTS, TYPES, Make, before, with_parts

TODAY = date(2015, 5, 12)
BY_WHEN = r'<c r="G6"[^>]*?(?:/>|>.*?</c>)'
RULE = '<cfRule type="cellIs" dxfId="{}" priority="9" operator="equal"><formula>{}</formula></cfRule>'
OURS, THEIRS = RULE.format(6, '"R"'), RULE.format(0, 1)


def by_when(inside: str, kind: str = "inlineStr") -> Callable[[int], Make]:
    """So many times something inside one cell By When."""
    head, tail = ("<is><t>x</t>", "</is>") if kind == "inlineStr" else ("", "")
    return lambda n: with_parts((PLAN, BY_WHEN, f'<c r="G6" t="{kind}">{head}{inside * n}{tail}</c>'))


def in_front(part: str, tag: str, each: str, around: tuple[str, str] = ("", "")) -> Callable[[int], Make]:
    """So many times something in front of a tag."""
    return lambda n: before(part, tag, around[0] + each * n + around[1])


def counted(part: str, tag: str, each: str, around: tuple[str, str] = ("", "")) -> Callable[[int], Make]:
    """The same, each with a number of its own."""
    return lambda n: before(
        part, tag, around[0] + "".join(each.format(i) for i in range(1, n + 1)) + around[1]
    )


def rules(block: str, rule: str) -> Callable[[int], Make]:
    """So many rules on the ratings, in one block or each in its own."""
    one = f'<conditionalFormatting sqref="I5:I30">{rule}</conditionalFormatting>'
    if block == "each":
        return lambda n: before(PLAN, "<conditionalFormatting", one * n)
    return lambda n: before(PLAN, "<conditionalFormatting", one.replace(rule, rule * n))


def number_format(code: str) -> Callable[[int], Make]:
    """A number in By When whose format is so many times a piece."""
    return lambda n: with_parts(
        (STYLES, r'formatCode="0&quot;\.&quot;"', f'formatCode="{code * n}"'),
        (PLAN, BY_WHEN, '<c r="G6" s="9"><v>41000</v></c>'),
    )


SHAPES: dict[str, tuple[int, Callable[[int], Make]]] = {
    "a text in By When": (166_600, lambda n: hostile.cell("G6", "x" * n)),
    "a text in Progress": (166_600, lambda n: hostile.cell("H6", "x" * n)),
    "a title": (166_600, lambda n: hostile.cell("A1", "x" * n)),
    "a header": (166_600, lambda n: hostile.cell("G4", "x" * n)),
    "escapes": (33_300, by_when("_x000D_")),
    "runs": (13_300, by_when("<r><t>x</t></r>")),
    "phonetic runs in a cell": (13_300, by_when('<rPh sb="0" eb="1"><t>x</t></rPh>')),
    "empty phonetic runs in a cell": (3_300, by_when("<rPh/>")),
    "what begins like a text": (3_300, by_when("<t-x></t-x>")),
    "what begins like a value": (3_300, by_when("<v-x></v-x>", "n")),
    "values": (3_300, by_when("<v>1</v>", "n")),
    "unclosed texts": (3_300, by_when("<t>")),
    "unclosed rows": (3_300, in_front(PLAN, "</sheetData>", '<row r="31">')),
    "blanks between rows": (333_300, in_front(PLAN, "</sheetData>", " ")),
    "cells of a row": (16_600, in_front(PLAN, "</sheetData>", '<c r="A31"/>', ('<row r="31">', "</row>"))),
    "shared texts": (20_000, in_front(TEXTS, "</sst>", "<si><t>x</t></si>")),
    "phonetic runs": (
        20_000,
        in_front(TEXTS, "</sst>", '<rPh sb="0" eb="1"><t>x</t></rPh>', ("<si>", "</si>")),
    ),
    "empty phonetic runs": (3_300, in_front(TEXTS, "</sst>", "<rPh/>", ("<si><t>x</t>", "</si>"))),
    "what begins like a shared text": (3_300, in_front(TEXTS, "</sst>", "<si-x></si-x>")),
    "a shared text": (166_600, in_front(TEXTS, "</sst>", "x", ("<si><t>", "</t></si>"))),
    "brackets of a number format": (20_000, number_format("[")),
    "hours of a number format": (20_000, number_format("[h")),
    "quotes of a number format": (6_600, number_format("&quot;")),
    "formats": (6_600, hostile.formats),
    "number formats": (
        6_600,
        counted(STYLES, "</numFmts>", '<numFmt numFmtId="9{}" formatCode="0.{}"/>'.replace("{}", "{0}")),
    ),
    "borders": (3_300, in_front(STYLES, "</borders>", "<border><left/><right/><top/><bottom/></border>")),
    "rules of ours": (600, rules("each", OURS)),
    "rules of ours in one block": (1000, rules("one", OURS)),
    "rules of theirs": (5000, rules("each", THEIRS)),
    "rules of theirs in one block": (1_600, rules("one", THEIRS)),
    "areas of a rule": (
        6_600,
        counted(
            PLAN,
            "<conditionalFormatting",
            "I{} ",
            ('<conditionalFormatting sqref="', f'I5">{THEIRS}</conditionalFormatting>'),
        ),
    ),
    "merged cells": (
        5_000,
        counted(
            PLAN,
            "<conditionalFormatting",
            '<mergeCell ref="AA{0}:AB{0}"/>',
            ("<mergeCells>", "</mergeCells>"),
        ),
    ),
    "validations": (
        3_300,
        in_front(PLAN, "</dataValidations>", '<dataValidation type="list" sqref="I5:I30"/>'),
    ),
    "links": (
        5_000,
        counted(
            PLAN,
            "<printOptions",
            '<hyperlink ref="F{}" location="Plan!A1"/>',
            ("<hyperlinks>", "</hyperlinks>"),
        ),
    ),
    "relationships": (5_000, hostile.links),
    "columns": (5_000, in_front(PLAN, "</cols>", '<col min="30" max="30" width="9"/>')),
    "names": (5_000, hostile.names),
    "names of a sheet": (
        5_000,
        counted(BOOK, "</definedNames>", '<definedName name="n{}" localSheetId="1">Plan!$A$1</definedName>'),
    ),
    "the formula of a name": (
        66_600,
        in_front(BOOK, "</definedNames>", "A1+", ('<definedName name="n">', "1</definedName>")),
    ),
    "sheets": (600, hostile.sheets),
    "tables": (600, hostile.tables),
    "columns of the table": (
        1_600,
        counted(TABLE, "</tableColumns>", '<tableColumn id="9{0}" name="c{0}"/>'),
    ),
    "values of a filter": (
        10_000,
        lambda n: with_parts(
            (
                TABLE,
                r"<autoFilter ([^>]*)/>",
                r'<autoFilter \1><filterColumn colId="0"><filters>'
                + '<filter val="x"/>' * n
                + "</filters></filterColumn></autoFilter>",
            )
        ),
    ),
    "notes": (
        3_300,
        in_front("xl/comments1.xml", "</commentList>", '<comment ref="AA1" authorId="0"><text/></comment>'),
    ),
    "extensions": (10_000, in_front(BOOK, "</workbook>", "<ext/>", ("<extLst>", "</extLst>"))),
    "namespaces": (500, counted(BOOK, "</workbook>", '<ext xmlns:b{}="u"/>', ("<extLst>", "</extLst>"))),
    "content types": (5_000, in_front(TYPES, "</Types>", '<Default Extension="q" ContentType="a/b"/>')),
}


def worked(book: Path) -> None:
    """All that a run does with a book, up to the bytes that would be written."""
    opened = open_book(str(book), OF_A_PLAN)
    try:
        with suppress(PlanError):
            run.run(opened, run.Asked(as_of=TODAY), lambda: TODAY)
            opened.impl.workbook.flush()
            opened.impl.workbook.package.to_bytes()
    finally:
        opened.close()


@pytest.fixture(autouse=True)
def _nothing_else() -> Iterator[None]:
    """What other tests have left in memory is not looked through meanwhile: that takes a time of its own."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("name", SHAPES)
def test_twice_as_much_takes_twice_the_time(name: str, tmp_path: Path) -> None:
    size, shape = SHAPES[name]

    @cache
    def made(length: int) -> Path:
        folder = tmp_path / str(length)
        folder.mkdir()
        return shape(length)(folder)

    assert growth.worst(worked, made, (size, 2 * size, 4 * size)) <= growth.MOST
