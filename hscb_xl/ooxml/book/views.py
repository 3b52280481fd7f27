"""What a workbook opens on: the active tab, the tabs that are marked, and the cells selected on a sheet."""

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book import sheetlist
from hscb_xl.ooxml.book.listing import SheetEntry
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import spans
from hscb_xl.ooxml.xml.tree import Node

_FIRST_CELL = Area(1, 1, 1, 1)


def active(workbook: Workbook) -> SheetEntry:
    """The sheet that the file opens on; the first one that is shown where the file names none that is."""
    place = sheetlist.active_tab(workbook.package, workbook.part)
    there = workbook.sheets[place : place + 1] if place >= 0 else ()
    shown = [entry for entry in (*there, *workbook.sheets) if entry.visible]
    return (shown or list(workbook.sheets))[0]


def activate(workbook: Workbook, entry: SheetEntry) -> None:
    """Let the file open on a sheet and mark its tab alone; nothing is written where it is so already.

    Raises UnsafeEdit for a hidden sheet.
    """
    if not entry.visible:
        file = workbook.package.path.name
        raise UnsafeEdit(f"the sheet {entry.name} of {file} is hidden: show it before it is selected.")
    sheetlist.set_active_tab(workbook.package, workbook.part, workbook.sheets.index(entry))
    mark_active(workbook)


def mark_active(workbook: Workbook) -> None:
    """Mark the tab of the active sheet and of no other: what is typed goes into all that are marked."""
    chosen = active(workbook)
    for entry in workbook.sheets:
        if entry.part is not None:
            _mark(workbook.sheet(entry.name), entry is chosen)
        elif entry.target:
            _mark_other(workbook, entry, entry is chosen)


def after_hiding(workbook: Workbook, entry: SheetEntry) -> int:
    """The place of the sheet to open on once this one is gone: the next one, else the one before."""
    place = workbook.sheets.index(entry)
    now = workbook.sheets.index(active(workbook))
    if now != place:
        return now
    shown = [at for at, other in enumerate(workbook.sheets) if other.visible and at != place]
    return next((at for at in shown if at > place), shown[-1])


def selection(part: SheetPart) -> tuple[Area, ...]:
    """The areas that are selected on a sheet; A1 where it does not say."""
    view = _view(part)
    chosen = _selection(view) if view else None
    return refs.areas(chosen.attributes.get("sqref", "A1")) if chosen else (_FIRST_CELL,)


def select(part: SheetPart, area: Area) -> None:
    """Let cells be selected on a sheet, the first of them active; nothing is written where they are."""
    if selection(part) == (area,):
        return
    view = _view(part) or _new_view(part)
    chosen, cell = _selection(view), Area(area.top, area.left, area.top, area.left)
    if chosen is None:
        part.frame.replace([_new_selection(part, view, cell, area)])
        return
    wanted = {"activeCell": cell.address, "sqref": area.address}
    if "activeCellId" in chosen.attributes:
        wanted["activeCellId"] = "0"
    data = part.frame.data
    part.frame.replace([spans.set_attribute(data, chosen, name, value) for name, value in wanted.items()])


def _view(part: SheetPart) -> Node | None:
    views = part.frame.items("sheetViews")
    return views[0] if views else None


def _new_view(part: SheetPart) -> Node:
    frame = part.frame
    view = b'<%ssheetView workbookViewId="0"></%ssheetView>' % (frame.prefix, frame.prefix)
    block = frame.child("sheetViews")
    if block is not None:
        frame.replace([spans.append_child(frame.data, block, view)])
    else:
        at, tag = frame.place_for("sheetViews"), frame.prefix + b"sheetViews"
        frame.replace([(at, at, b"<%s>%s</%s>" % (tag, view, tag))])
    return frame.items("sheetViews")[0]


def _pane(view: Node) -> str | None:
    pane = view.find("pane")
    return pane.attributes.get("activePane", "topLeft") if pane else None


def _selection(view: Node) -> Node | None:
    """The selection of the pane that is active."""
    wanted = _pane(view) or "topLeft"
    return next((s for s in view.all("selection") if s.attributes.get("pane", "topLeft") == wanted), None)


def _new_selection(part: SheetPart, view: Node, cell: Area, area: Area) -> spans.Edit:
    pane = _pane(view)
    xml = b'<%sselection%s activeCell="%s" sqref="%s"/>' % (
        part.frame.prefix,
        f' pane="{pane}"'.encode() if pane else b"",
        cell.address.encode(),
        area.address.encode(),
    )
    if view.is_empty_tag:
        return spans.append_child(part.frame.data, view, xml)
    before = [node.end for node in view.children if node.local in ("pane", "selection")]
    at = before[-1] if before else view.start_end
    return at, at, xml


def _mark(part: SheetPart, marked: bool) -> None:
    view = _view(part)
    if marked == bool(view and view.is_on("tabSelected")):
        return
    view = view or _new_view(part)
    part.frame.replace([spans.set_attribute(part.frame.data, view, "tabSelected", str(int(marked)))])


def _mark_other(workbook: Workbook, entry: SheetEntry, marked: bool) -> None:
    """Mark the tab of a chart sheet, or take its mark away."""
    data, root = workbook.package.tree(entry.target)
    views = root.find("sheetViews")
    for view in views.children[:1] if views else ():
        if marked != view.is_on("tabSelected"):
            edit = spans.set_attribute(data, view, "tabSelected", str(int(marked)))
            workbook.package.write(entry.target, spans.splice(data, [edit]))
