"""docs/officers.md is true: its first day is lived through, and whatever it quotes is really said."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwings as xw

from hscb_xl import ribbon, udfs
from hscb_xl.engine import open_book
from hscb_xl.plan.wording import written
from hscb_xl.tasks.book import tables
from tests.clicking import calling, select

QUOTE = re.compile(r"^> (.*)$", re.MULTILINE)
EXPORTS = r"C:\Plans\ImprovementPlan exports"
JOINED = re.compile(r'" & _\r?\n\s*"')


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return (project / "docs" / "officers.md").read_text("utf-8")


@pytest.fixture
def book(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Book]:
    """The built workbook with the day of the page in its Settings, in the folder of the page."""
    monkeypatch.setenv("HSCB_XL_LOG_DIR", str(tmp_path / "log"))
    path = tmp_path / "ImprovementPlan.xlsm"
    path.write_bytes((project / "workbook" / path.name).read_bytes())
    opened = open_book(str(path))
    settings = tables.find(opened, "Settings")
    assert settings is not None
    names = [row[0] for row in tables.body(settings)]
    cells = settings.data_body_range
    assert cells is not None
    cells[names.index("As of"), 1].value = datetime(2015, 5, 12)
    with calling(opened):
        yield opened
    opened.close()


def cursor(book: xw.Book) -> str:
    selected = book.app.selection
    assert selected is not None
    return selected.address


def first_day(book: xw.Book) -> Iterator[str]:
    """What the buttons of the ten steps say, one after the other."""
    yield ribbon.check_plan()
    yield ribbon.next_finding()
    assert cursor(book) == "$I$26"
    book.sheets["Plan"]["I26"].value = "R"
    select(book, "Plan", "I27")  # as Enter does
    yield ribbon.next_finding()
    assert cursor(book) == "$K$5"
    yield ribbon.refresh_rag()
    select(book, "Plan", "I6")
    yield ribbon.accept_rating()
    assert book.sheets["Plan"]["I6"].value == "R"
    yield ribbon.export_by_group().replace(
        str(Path(book.fullname).with_name("ImprovementPlan exports")), EXPORTS
    )
    yield ribbon.undo_last_run()
    assert book.sheets["Plan"]["I6"].value == "A"


def test_the_first_day_is_as_the_page_tells_it(page: str, book: xw.Book, project: Path) -> None:
    said = list(first_day(book))
    assert QUOTE.findall(page) == said
    assert re.findall(r"^### (\d+)\. ", page, re.MULTILINE) == [str(number) for number in range(1, 11)]
    for quote in re.findall(r'"([^"]+)"(?: at the lower edge)? \|$', page, re.MULTILINE):
        assert any(quote in sentence for sentence in said), quote
    bar = (project / "docs" / "pictures" / "statusbar.svg").read_text("utf-8")
    assert any(f">{sentence}</text>" in bar for sentence in said)


def sentences(project: Path) -> Iterator[str]:
    """Every text in the program's sources and macros, with … where a value is filled in."""
    for path in sorted((project / "hscb_xl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(_part(value) for value in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    for path in sorted((project / "hscb_xl" / "build" / "vba" / "sources").rglob("*.bas")):
        yield JOINED.sub("", path.read_text("utf-8"))


def _part(value: ast.expr) -> str:
    return str(value.value) if isinstance(value, ast.Constant) else "…"


def quoted(page: str) -> list[str]:
    table = page.partition("| message |")[2].partition("\n\n")[0]
    return re.findall(r"^\| ([^|]+?) \| [^|]+ \|$", table, re.MULTILINE)


def test_every_message_is_one_that_is_said(page: str, project: Path) -> None:
    known = list(sentences(project))
    messages = quoted(page)
    assert len(messages) == 36
    assert [message for message in messages if not any(message in text for text in known)] == []


def test_every_other_sentence_is_one_that_is_said(page: str, project: Path) -> None:
    table = page.partition("| also said |")[2].partition("\n\n")[0]
    messages = re.findall(r"^\| ([^|]+?) \| [^|]+ \|$", table, re.MULTILINE)
    known = list(sentences(project))
    assert len(messages) == 5
    assert [message for message in messages if not any(message in text for text in known)] == []


def test_every_refusal_of_a_click_is_explained(page: str, project: Path) -> None:
    """A sentence that a ribbon's own refusal raises has a line in the table."""
    messages = quoted(page)
    raised = []
    for name in ("desk/live.py", "tasks/book/chosen.py", "tasks/undo.py", "ribbon.py"):
        for node in ast.walk(ast.parse((project / "hscb_xl" / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "WrongState":
                raised += list(_texts(node))
    assert len(raised) >= 6
    assert [text for text in raised if not any(message in text for message in messages)] == []


def _texts(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        if isinstance(argument, ast.JoinedStr):
            yield "".join(_part(value) for value in argument.values)
        elif isinstance(argument, ast.Constant):
            yield str(argument.value)


def test_every_function_gives_what_the_page_shows(page: str) -> None:
    rows = re.findall(r"^\| `=(PLAN_\w+)\((.*)\)` \| ([^|]+) \|", page, re.MULTILINE)
    functions = [name for name in vars(udfs) if name.startswith("PLAN_")]
    assert [name for name, _, _ in rows] == functions
    for name, given, shown in rows:
        cells = [[[_value(text)]] for text in re.findall(r'"[^"]*"|DATE\([^)]*\)', given)]
        [[result]] = getattr(udfs, name)(*cells)
        assert (written(result.date()) if isinstance(result, datetime) else str(result)) == shown
    day = next(iter(re.findall(r"a number such as (\d+)", page)))
    assert int(day) == (date(2014, 10, 31) - date(1899, 12, 30)).days


def _value(text: str) -> str | datetime:
    if text.startswith("DATE("):
        year, month, day = (int(number) for number in re.findall(r"\d+", text))
        return datetime.combine(date(year, month, day), time())
    return text.strip('"')
