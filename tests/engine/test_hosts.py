"""What the tasks ask of the object model is there on every host: Excel on Windows, on Mac, and without Excel.

Our engine could come to offer more than Excel does, and a task that leans on that would fail for officers.
So xlwings' own source is read: which members of a host a public member of xlwings needs, and whether the
host has them and does more than raise NotImplementedError.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MemberDescriptorType

import pytest
import xlwings

from hscb_xl import tasks
from hscb_xl.engine import app, book, charts, names, sheet, tables
from hscb_xl.engine import range as ranges
from hscb_xl.engine.looks import borders, conditional, formats, validation

XLWINGS = Path(xlwings.__file__).parent
TASKS = [*sorted(Path(tasks.__file__).parent.rglob("*.py")), Path(tasks.__file__).parents[1] / "ribbon.py"]
HOSTS = ("_xlwindows.py", "_xlmac.py")

CLASSES: dict[str, tuple[str, ...]] = {
    "activate": ("Sheet",),
    "active": ("Sheets",),
    "add": ("Sheets", "Tables", "Charts", "Names"),
    "add_cell_value": ("ConditionalFormats",),
    "address": ("Range",),
    "app": ("Book",),
    "autofit": ("RangeRows",),
    "bold": ("Font",),
    "book": ("Sheet",),
    "borders": ("Range",),
    "caller": ("Book",),
    "charts": ("Sheet",),
    "clear_contents": ("Range",),
    "clear_formats": ("Range",),
    "color": ("Range", "Font"),
    "column": ("Range",),
    "column_width": ("Range",),
    "conditional_formats": ("Range",),
    "data_body_range": ("Table",),
    "data_validation": ("Range",),
    "delete": ("ConditionalFormat",),
    "end": ("Range",),
    "expand": ("Range",),
    "fill_color": ("ConditionalFormat", "ChartSeries"),
    "font": ("Range",),
    "font_bold": ("ConditionalFormat",),
    "font_color": ("ConditionalFormat",),
    "formula": ("Range",),
    "formula1": ("ConditionalFormat",),
    "fullname": ("Book",),
    "get_address": ("Range",),
    "header_row_range": ("Table",),
    "horizontal_alignment": ("Range",),
    "hyperlink": ("Range",),
    "last_cell": ("Range",),
    "legend": ("Chart",),
    "merge_area": ("Range",),
    "merge_cells": ("Range",),
    "name": ("Book", "Sheet", "Table", "Chart", "Name"),
    "names": ("Book",),
    "number_format": ("Range",),
    "offset": ("Range",),
    "operator": ("ConditionalFormat",),
    "options": ("Range",),
    "parent": ("Table",),
    "position": ("ChartLegend",),
    "properties": ("App",),
    "range": ("Sheet", "Table"),
    "refers_to": ("Name",),
    "resize": ("Range", "Table"),
    "row": ("Range",),
    "row_height": ("Range",),
    "rows": ("Range",),
    "save": ("Book",),
    "select": ("Range",),
    "selection": ("App",),
    "series": ("Chart",),
    "set": ("Borders",),
    "set_list": ("DataValidation",),
    "set_source_data": ("Chart",),
    "shape": ("Range",),
    "sheet": ("Range",),
    "sheets": ("Book",),
    "size": ("Font", "Range"),
    "tables": ("Sheet",),
    "title": ("Chart",),
    "type": ("ConditionalFormat",),
    "used_range": ("Sheet",),
    "value": ("Range",),
    "vertical_alignment": ("Range",),
    "visible": ("Sheet",),
    "wrap_text": ("Range",),
}
"""On objects of which classes the tasks use a name; add the name here when a task comes to use another."""

OURS = set(
    "cells clear criteria find group impl hidden index key path table text top update values width".split()
)
"""Names that xlwings has as well, which the tasks use on our own objects or on Python's only.

Of ``impl`` they ask whether it is a book of ours (``limits.Holds``, ``facts.Facts``), and go on only
then.
"""

FOR_EVERYTHING: dict[str, tuple[str, ...]] = {
    "Book": ("api", "app", "close"),
    "Range": ("raw_value", "api", "address", "__len__", "__call__"),
    "Sheets": ("__call__", "__len__", "__iter__"),
    "Tables": ("__call__", "__len__", "__iter__", "__contains__"),
    "Charts": ("__call__", "__len__", "__contains__"),
    "ConditionalFormats": ("__call__", "__len__", "__iter__"),
    "Names": ("contains", "__call__"),
}
"""Members of a host that reading, writing, indexing and looping need, by whatever name it is done."""

KEPT = {
    "App": {
        "calculation",
        "display_alerts",
        "enable_events",
        "interactive",
        "screen_updating",
        "status_bar",
        "visible",
    },
    "Range": {"options"},
}
"""What may be set and is only kept: docs/engine.md says so."""

HOST_OF = {"RangeRows": "Range", "RangeColumns": "Range"}
ENGINE: dict[str, type] = {
    "App": app.App,
    "Book": book.Book,
    "Borders": borders.Borders,
    "Chart": charts.Chart,
    "ChartLegend": charts.Legend,
    "ChartSeries": charts.Series,
    "ChartSeriesCollection": charts.SeriesCollection,
    "Charts": charts.Charts,
    "ConditionalFormat": conditional.ConditionalFormat,
    "ConditionalFormats": conditional.ConditionalFormats,
    "DataValidation": validation.DataValidation,
    "Engine": app.Engine,
    "Font": formats.Font,
    "Name": names.Name,
    "Names": names.Names,
    "Range": ranges.Range,
    "Sheet": sheet.Sheet,
    "Sheets": book.Sheets,
    "Table": tables.Table,
    "Tables": tables.Tables,
}


@cache
def classes_in(file: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse((XLWINGS / file).read_text("utf-8"), filename=file)
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def functions(file: str, owner: str) -> Iterator[ast.FunctionDef]:
    """The functions of a class and of those of its bases that the same file has."""
    node = classes_in(file)[owner]
    yield from (child for child in node.body if isinstance(child, ast.FunctionDef))
    for base in node.bases:
        name = ast.unparse(base).partition("[")[0]
        if name in classes_in(file):
            yield from functions(file, name)


def is_setter(function: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Attribute) and mark.attr == "setter" for mark in function.decorator_list)


def kept(file: str, owner: str) -> set[str]:
    """The attributes that an object of a class is given when it is made."""
    made = [function for function in functions(file, owner) if function.name == "__init__"]
    nodes = [node for function in made for node in ast.walk(function) if isinstance(node, ast.Attribute)]
    return {
        node.attr for node in nodes if isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self"
    }


def members(file: str, owner: str) -> set[str]:
    return {function.name for function in functions(file, owner) if not function.name.startswith("_")}


def is_stub(function: ast.FunctionDef) -> bool:
    """Whether a function does nothing but say that it is not there."""
    body = [
        node
        for node in function.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    return len(body) == 1 and isinstance(body[0], ast.Raise) and "NotImplementedError" in ast.unparse(body[0])


@cache
def used() -> dict[str, set[bool]]:
    """The attribute names in the source of the tasks; True among their values where one is assigned to."""
    found: dict[str, set[bool]] = {}
    for path in TASKS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and not node.attr.startswith("_"):
                found.setdefault(node.attr, set()).add(isinstance(node.ctx, ast.Store))
    return found


@cache
def public() -> dict[str, set[str]]:
    """The members of every class of xlwings that has a host behind it, with the classes that have them."""
    found: dict[str, set[str]] = {}
    for owner in {*ENGINE, *HOST_OF} - {"Engine"}:
        for name in members("main.py", owner):
            found.setdefault(name, set()).add(owner)
    return found


def needs(owner: str, name: str, setting: bool, seen: frozenset[str] = frozenset()) -> set[tuple[str, bool]]:
    """The members of the host that a public member leads to, over other members of the same class too.

    True with those that it assigns to.
    """
    found: set[tuple[str, bool]] = set()
    for function in functions("main.py", owner):
        if function.name != name or is_setter(function) != setting:
            continue
        for node in (node for node in ast.walk(function) if isinstance(node, ast.Attribute)):
            stored, target = isinstance(node.ctx, ast.Store), ast.unparse(node.value)
            if target in ("self.impl", "self.rng.impl"):
                found.add((node.attr, stored))
            elif target == "self" and node.attr not in seen:
                found |= needs(owner, node.attr, stored, seen | {name, node.attr})
    return found


def asked() -> list[tuple[str, str, bool]]:
    """Class, member of the host, and whether it is assigned to, for all that the tasks use."""
    found = {(owner, member, False) for owner, names in FOR_EVERYTHING.items() for member in names}
    for name, contexts in used().items():
        for owner in CLASSES.get(name, ()):
            host = HOST_OF.get(owner, owner)
            found |= {(host, *need) for setting in contexts for need in needs(owner, name, setting)}
    return sorted(found)


ASKED = asked()
EVERY = pytest.mark.parametrize(
    ("owner", "member", "setting"), ASKED, ids=[f"{o}.{m}{' =' * s}" for o, m, s in ASKED]
)


def test_every_name_that_xlwings_has_too_is_said_to_be_of_a_class() -> None:
    unknown = {name: public()[name] for name in used() if name in public() and name not in {*CLASSES, *OURS}}
    assert not unknown, "say in CLASSES on which objects the tasks use these, or in OURS that they do not"
    assert not set(CLASSES) & OURS
    for name, owners in CLASSES.items():
        assert set(owners) <= public()[name], name


def test_the_tasks_are_read() -> None:
    assert len(TASKS) > 5
    assert {
        "Range.raw_value",
        "Table.resize",
        "ConditionalFormats.add_cell_value",
        "Chart.set_source_data",
    } <= {f"{owner}.{member}" for owner, member, _ in ASKED}


@pytest.mark.parametrize("host", HOSTS)
@EVERY
def test_excel_has_it(host: str, owner: str, member: str, setting: bool) -> None:
    found = [function for function in functions(host, owner) if function.name == member]
    wanted = [function for function in found if is_setter(function) == setting]
    assert wanted or member in kept(host, owner), f"{host} has no {owner}.{member}"
    assert not any(is_stub(function) for function in wanted[:1])


@EVERY
def test_our_engine_has_it(owner: str, member: str, setting: bool) -> None:
    there = getattr(ENGINE[owner], member, None)
    assert there is not None, f"the engine has no {owner}.{member}"
    if setting:
        assert not isinstance(there, property) or there.fset is not None


def asks_for_a_sheet(source: str) -> bool:
    """Whether ``in`` is asked of the sheets of a book, which live Excel always answers with False."""
    return any(
        isinstance(operator, ast.In | ast.NotIn) and ast.unparse(operand).rpartition(".")[2] == "sheets"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        for operator, operand in zip(node.ops, node.comparators, strict=True)
    )


@pytest.mark.parametrize("path", TASKS, ids=lambda path: path.name)
def test_no_task_asks_whether_a_sheet_is_there(path: Path) -> None:
    assert not asks_for_a_sheet(path.read_text("utf-8")), "compare the names of the sheets instead"


def test_asking_for_a_sheet_is_told_from_looking_at_each() -> None:
    for source in ("'Plan' in book.sheets", "name not in plan.book.sheets", "if name in sheets: pass"):
        assert asks_for_a_sheet(source)
    for source in ("for sheet in book.sheets: pass", "name in [s.name for s in book.sheets]", "a in tables"):
        assert not asks_for_a_sheet(source)


def assigned(owner: str) -> set[str]:
    """The members of a host that xlwings assigns to."""
    return {
        node.attr
        for function in functions("main.py", owner)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) in ("self.impl", "self._impl", "self.rng.impl")
    }


@pytest.mark.parametrize("owner", ENGINE)
def test_nothing_is_set_without_effect(owner: str) -> None:
    """A plain slot would take whatever xlwings sets, and nothing would come of it."""
    cls = ENGINE[owner]
    plain = {name for name in assigned(owner) if isinstance(getattr(cls, name, None), MemberDescriptorType)}
    assert plain == KEPT.get(owner, set())


def test_a_stub_is_told_from_a_member() -> None:
    stubs = {f"{o}.{f.name}" for o in ("Sheet", "Range") for f in functions("_xlmac.py", o) if is_stub(f)}
    assert stubs, "this xlwings raises NotImplementedError in another way; the test must learn it"
