"""Sheets of a workbook renamed, deleted, shown and hidden, with all that refers to them."""

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book import calculation, properties, sheetlist
from hscb_xl.ooxml.book import views as sheetviews
from hscb_xl.ooxml.book.listing import SheetEntry
from hscb_xl.ooxml.book.workbook import Workbook, all_or_nothing
from hscb_xl.ooxml.formula import references
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.structure import referrers
from hscb_xl.ooxml.tables import tables

UNREAD = ("xl/connections", "xl/webextensions/", "xl/model/", "xl/querytables/", "xl/revisions/")
"""Parts that may call a sheet by its name in a language other than that of formulas."""

_STAY = {
    "pivotTable": "a pivot table",
    "queryTable": "a query",
    "slicer": "a slicer",
    "timeline": "a timeline",
}


@all_or_nothing
def rename(workbook: Workbook, entry: SheetEntry, name: str) -> None:
    """Call a sheet otherwise; every formula and reference of the package follows.

    Raises UnsafeEdit, and changes nothing, for a name that Excel would not take and where something calls the
    sheet by its name that cannot be rewritten.
    """
    if name == entry.name:
        return
    sheetlist.refuse_name(name, (other.name for other in workbook.sheets if other is not entry))
    _refuse_shared(workbook)
    _refuse_unread(workbook, entry.name)
    _refuse_pivot_chart(workbook, entry.name)
    workbook.flush()
    package, old = workbook.package, entry.name

    def change(formula: str, _: str | None) -> str:
        return references.renamed(formula, old, name)

    changed = referrers.rewrite(package, workbook.owners, change, old)
    properties.rename_sheet(package, workbook.worksheets, old, name)
    sheetlist.rename(package, workbook.part, workbook.sheets.index(entry), name)
    workbook.reread({*changed, entry.target})


@all_or_nothing
def delete(workbook: Workbook, entry: SheetEntry) -> None:
    """Take a worksheet out, with the parts that are its own.

    Raises UnsafeEdit, and changes nothing, where anything else refers to it, where it is the last one that is
    shown, and where it holds what belongs to the book: a pivot table, a slicer, the code of its own.
    """
    _refuse_last(workbook, entry, "deleted")
    _refuse_shared(workbook)
    _refuse_unread(workbook, entry.name)
    workbook.flush()
    _refuse_own(workbook, entry)
    _refuse_mentioned(workbook, entry)
    place, active = workbook.sheets.index(entry), sheetviews.after_hiding(workbook, entry)
    was_active = sheetviews.active(workbook) is entry
    properties.unlist_sheet(workbook.package, workbook.worksheets, entry.name)
    calculation.forget(workbook.package, workbook.part, entry.id, None)
    _remove_parts(workbook, entry)
    sheetlist.remove(workbook.package, workbook.part, place, active - (active > place))
    workbook.reread([entry.target])
    if was_active:
        sheetviews.mark_active(workbook)


@all_or_nothing
def move(workbook: Workbook, entry: SheetEntry, place: int) -> None:
    """Let a sheet stand in front of the one that is at ``place`` now, counted from 0, or behind the last."""
    old = workbook.sheets.index(entry)
    new = place - (place > old)
    if new == old:
        return
    sheetlist.move(workbook.package, workbook.part, old, new)
    before = workbook.worksheets
    workbook.reread()
    properties.order_sheets(workbook.package, before, list(workbook.worksheets))


@all_or_nothing
def show(workbook: Workbook, entry: SheetEntry, visible: bool) -> None:
    """Show or hide a sheet's tab; UnsafeEdit where no other would be shown."""
    if visible == entry.visible:
        return
    place = workbook.sheets.index(entry)
    if visible:
        sheetlist.set_state(workbook.package, workbook.part, place, "visible")
        workbook.reread()
        return
    _refuse_last(workbook, entry, "hidden")
    active = sheetviews.after_hiding(workbook, entry)
    sheetlist.set_state(workbook.package, workbook.part, place, "hidden")
    workbook.reread()
    sheetviews.activate(workbook, workbook.sheets[active])


def refusal(package: Package, sheet: str, verb: str, why: str) -> UnsafeEdit:
    """The error for a sheet that cannot be renamed, deleted or copied here."""
    return UnsafeEdit(f"the sheet {sheet} of {package.path.name} cannot be {verb}: {why}.")


def _refuse_last(workbook: Workbook, entry: SheetEntry, verb: str) -> None:
    others = [other for other in workbook.sheets if other.visible and other.id != entry.id]
    if not others:
        raise refusal(workbook.package, entry.name, verb, "it is the only one that is shown")


def _refuse_shared(workbook: Workbook) -> None:
    package = workbook.package
    if package.related(workbook.part, "revisionHeaders"):
        raise UnsafeEdit(
            f"{package.path.name} keeps track of changes in the old way: stop sharing it in Excel first."
        )


def _refuse_unread(workbook: Workbook, sheet: str) -> None:
    texts = [f"{sheet}!", f"{sheet}'!", f"{sheet}$", f"]{sheet}", f"]{sheet}'"]
    part = referrers.hidden_mention(workbook.package, texts, UNREAD)
    if part:
        why = f"the part {part} may refer to it by its name; change it in Excel"
        raise refusal(workbook.package, sheet, "renamed or deleted", why)


def _refuse_pivot_chart(workbook: Workbook, sheet: str) -> None:
    """A pivot chart calls its table by the names of the file and the sheet: [plan.xlsx]Sheet1!PivotTable1."""
    package = workbook.package
    called = [f"]{sheet}!", f"]{sheet}'!"]
    for part in package.names:
        held = referrers.key(part).startswith("xl/charts/") and b"pivotSource" in package.read(part)
        if held and referrers.hidden_mention(package, called, (referrers.key(part),)):
            why = f"a pivot chart refers to it in {part}; do it in Excel"
            raise refusal(package, sheet, "renamed", why)


def _refuse_own(workbook: Workbook, entry: SheetEntry) -> None:
    package = workbook.package
    for part in referrers.owned(package, entry.target):
        for relationship in package.relationships(part):
            if relationship.kind in _STAY:
                why = f"it holds {_STAY[relationship.kind]}; delete it in Excel"
                raise refusal(package, entry.name, "deleted", why)
    _, root = package.tree(workbook.part)
    views = [v.number("activeSheetId", -1) for n in root.all("customWorkbookViews") for v in n.children]
    if entry.id in views or package.related(workbook.part, "volatileDependencies"):
        why = "a custom view or a source of live data may refer to it; do it in Excel"
        raise refusal(package, entry.name, "deleted", why)
    properties_ = workbook.sheet(entry.name).frame.child("sheetPr")
    if package.related(workbook.part, "vbaProject") and properties_ and "codeName" in properties_.attributes:
        raise refusal(
            package, entry.name, "deleted", "the book's macros have a module for it; do it in Excel"
        )


def _refuse_mentioned(workbook: Workbook, entry: SheetEntry) -> None:
    """Refuse where a formula outside of the sheet refers to its cells, its names or its tables."""
    own = {table.name.lower() for table in tables.tables(workbook.package, entry.target)}
    parts = {referrers.key(part) for part in referrers.owned(workbook.package, entry.target)}
    order, index = [other.name for other in workbook.sheets], workbook.sheets.index(entry)
    for place in referrers.places(workbook.package, workbook.owners):
        if referrers.key(place.part) in parts or place.local == index:
            continue
        found = references.mentions(place.formula, entry.name, place.own, order)
        if found or own & references.names_in(place.formula):
            raise refusal(workbook.package, entry.name, "deleted", f"{place.where} refers to it")


def _remove_parts(workbook: Workbook, entry: SheetEntry) -> None:
    """Take out the sheet's part and, of those it relates to, the ones that nothing else relates to."""
    package = workbook.package
    waiting = [entry.target]
    package.unrelate(workbook.part, entry.target)
    while waiting:
        part = waiting.pop()
        targets = [r.target for r in package.relationships(part) if not r.external]
        package.remove(part)
        used = {name.lower() for name in referrers.owned(package, "")}
        waiting += [t for t in dict.fromkeys(targets) if t in package and t.lower() not in used]
