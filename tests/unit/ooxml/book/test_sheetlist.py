"""The list of sheets and what counts in it: local names, and the tabs that are open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.ooxml.book import sheetlist
from hscb_xl.ooxml.book import views as sheetviews
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.structure import sheets
from tests.unit.ooxml import made

NAMES = (
    '<definedNames><definedName name="All">1</definedName>'
    '<definedName name="Of_A" localSheetId="0">A!$A$1</definedName>'
    '<definedName name="Of_C" localSheetId="2">C!$A$1</definedName></definedNames>'
)


def book(active: str = "", names: str = NAMES) -> Workbook:
    parts = made.parts({name: made.worksheet() for name in "ABC"}, names)
    views = f"<bookViews><workbookView{active}/></bookViews><sheets>" if active else "<sheets>"
    return made.book(
        parts | {"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"<sheets>", views.encode())}
    )


def of_sheets(workbook: Workbook) -> dict[str, str]:
    return {n.name: workbook.sheets[n.sheet].name for n in workbook.names if n.sheet is not None}


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("active", ["", ' activeTab="0"', ' firstSheet="1" activeTab="2"'])
def test_an_added_sheet_leaves_names_and_the_open_tab_with_theirs(place: int, active: str) -> None:
    workbook = book(active)
    before = sheetviews.active(workbook).name
    workbook.add_sheet("New", place)
    assert [entry.name for entry in workbook.sheets].index("New") == place
    assert of_sheets(workbook) == {"Of_A": "A", "Of_C": "C"}
    assert sheetviews.active(workbook).name == before
    assert workbook.names[0].sheet is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=12))
def test_any_order_of_adding_and_deleting(steps: list[tuple[bool, int]]) -> None:
    workbook, wanted = book(' activeTab="1"'), ["A", "B", "C"]
    for number, (adding, place) in enumerate(steps):
        if adding:
            workbook.add_sheet(f"New{number}", min(place, len(wanted)))
            wanted.insert(min(place, len(wanted)), f"New{number}")
        elif place < len(wanted) > 1:
            sheets.delete(workbook, workbook.sheets[place])
            del wanted[place]
        assert [entry.name for entry in workbook.sheets] == wanted
        assert of_sheets(workbook) == {f"Of_{name}": name for name in "AC" if name in wanted}
        assert sheetviews.active(workbook).name == "B" or "B" not in wanted
        numbers = [entry.id for entry in workbook.sheets]
        assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("old", range(3))
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("active", ["", ' activeTab="1"', ' activeTab="7"'])
def test_a_moved_sheet_keeps_its_names_and_the_open_tab(old: int, place: int, active: str) -> None:
    workbook, wanted = book(active), ["A", "B", "C", "end"]
    before = sheetviews.active(workbook).name
    entry, beside = workbook.sheets[old], wanted[place]
    sheets.move(workbook, entry, place)
    wanted.remove(entry.name)
    wanted.insert(wanted.index(beside) if beside != entry.name else old, entry.name)
    assert [found.name for found in workbook.sheets] == wanted[:-1]
    assert of_sheets(workbook) == {"Of_A": "A", "Of_C": "C"}
    assert sheetviews.active(workbook).name == before or "7" in active


def test_the_last_local_name_goes_with_its_block() -> None:
    workbook = book(
        names='<definedNames><definedName name="x" localSheetId="1">1</definedName></definedNames>'
    )
    sheets.delete(workbook, workbook.sheets[1])
    assert b"definedNames" not in workbook.package.read("xl/workbook.xml")


def test_the_same_tab_again_changes_nothing() -> None:
    workbook = book(' activeTab="1"')
    before = workbook.package.read("xl/workbook.xml")
    sheetlist.set_active_tab(workbook.package, workbook.part, 1)
    assert workbook.package.read("xl/workbook.xml") == before
    sheetlist.set_active_tab(workbook.package, workbook.part, 2)
    assert sheetviews.active(workbook).name == "C"


PANES = '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
FROZEN = f'{PANES}<selection pane="topRight"/><selection pane="bottomRight" activeCell="D4" sqref="D4"/>'
VIEWS = [
    ("no views", "", ""),
    ("an empty view", '<sheetView workbookViewId="0"/>', ""),
    (
        "one selection",
        '<sheetView workbookViewId="0"><selection activeCell="C3" sqref="C3:D4"/></sheetView>',
        "C3:D4",
    ),
    ("panes", f'<sheetView workbookViewId="0">{FROZEN}</sheetView>', "D4"),
    ("panes alone", f'<sheetView workbookViewId="0">{PANES}</sheetView>', ""),
    (
        "several",
        '<sheetView workbookViewId="0"><selection activeCellId="1" sqref="A1 C3"/></sheetView>',
        "A1 C3",
    ),
]


@pytest.mark.parametrize(("view", "held"), [case[1:] for case in VIEWS], ids=[case[0] for case in VIEWS])
def test_cells_are_selected_in_the_pane_that_is_active(view: str, held: str) -> None:
    part = made.sheet(before=f"<sheetViews>{view}</sheetViews>" if view else "")
    assert " ".join(area.address for area in sheetviews.selection(part)) == (held or "A1")
    sheetviews.select(part, Area(2, 2, 3, 3))
    assert sheetviews.selection(part) == (Area(2, 2, 3, 3),)
    assert part.data.decode().count("<selection") == max(1, view.count("<selection"))
    before = part.data
    sheetviews.select(part, Area(2, 2, 3, 3))
    assert part.data == before


def test_the_first_cell_selected_where_nothing_is_said_changes_nothing() -> None:
    part = made.sheet()
    sheetviews.select(part, Area(1, 1, 1, 1))
    assert not part.is_changed
