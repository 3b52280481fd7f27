"""The list of sheets in a workbook part, and what counts in it: local names and the tabs that are open."""

import re
from collections.abc import Callable, Iterable

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.xml import namespaces, spans
from hscb_xl.ooxml.xml.tree import Node

_RESERVED = "history"
"""The name that Excel keeps for the sheet of tracked changes."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def refuse_name(name: str, taken: Iterable[str]) -> None:
    """Raise UnsafeEdit for a name that Excel gives to no sheet, or that another one has."""
    wrong = _FORBIDDEN.search(name) or not 0 < len(name) <= 31 or name.startswith("'") or name.endswith("'")
    if wrong or name.lower() in {_RESERVED, *(other.lower() for other in taken)}:
        raise UnsafeEdit(
            f"a sheet cannot be called {name!r} here: choose another name of at most 31 characters."
        )


def insert(package: Package, part: str, place: int, name: str, number: int, relationship: str) -> None:
    """List a new sheet in front of the one that is at ``place``, counted from 0, or behind the last."""
    data, root = package.tree(part)
    listed = _listed(package, root)
    item = b'<%ssheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>' % (
        f"{root.prefix}:".encode() if root.prefix else b"",
        spans.escape_attribute(name),
        number,
        namespaces.relationships(root.namespace).encode(),
        relationship.encode(),
    )
    before = listed.children[place : place + 1]
    edits = [(node.start, node.start, item) for node in before] or [spans.append_child(data, listed, item)]
    edits += _renumbered(data, root, lambda index: index + (index >= place))
    package.write(part, spans.splice(data, edits))
    if place == 0 and listed.children and not _views(root):
        set_active_tab(package, part, 1)


def remove(package: Package, part: str, place: int, active: int) -> None:
    """Take a sheet out of the list, with the names local to it; ``active`` is the tab to show afterwards."""
    data, root = package.tree(part)
    children = _listed(package, root).children
    gone, last = children[place], len(children) - 2
    edits = [(gone.start, gone.end, b""), *_without_local_names(root, place)]
    edits += _renumbered(data, root, lambda index: min(index - (index > place), last), skip=place)
    package.write(part, spans.splice(data, edits))
    if active_tab(package, part) != active:
        set_active_tab(package, part, active)


def move(package: Package, part: str, old: int, new: int) -> None:
    """Let a sheet stand at another place among the others; names and the open tab stay with their sheets."""
    data, root = package.tree(part)
    children = _listed(package, root).children
    order = list(range(len(children)))
    order.insert(new, order.pop(old))
    moved = [data[children[place].start : children[place].end] for place in order]
    edits = [(node.start, node.end, xml) for node, xml in zip(children, moved, strict=True)]

    def placed(index: int) -> int:
        return order.index(index) if index in order else index

    active = placed(active_tab(package, part))
    package.write(part, spans.splice(data, [*edits, *_renumbered(data, root, placed)]))
    set_active_tab(package, part, active)


def rename(package: Package, part: str, place: int, name: str) -> None:
    """Call a sheet otherwise in the list alone."""
    data, root = package.tree(part)
    node = _listed(package, root).children[place]
    package.write(part, spans.splice(data, [spans.set_attribute(data, node, "name", name)]))


def set_state(package: Package, part: str, place: int, state: str) -> None:
    """Show or hide a sheet's tab: "visible" or "hidden"."""
    data, root = package.tree(part)
    node = _listed(package, root).children[place]
    package.write(part, spans.splice(data, [spans.set_attribute(data, node, "state", state)]))


def active_tab(package: Package, part: str) -> int:
    """The place of the sheet that the file opens on, counted from 0."""
    views = _views(package.tree(part)[1])
    return views[0].number("activeTab", 0) if views else 0


def set_active_tab(package: Package, part: str, place: int) -> None:
    """Let the file open on a sheet; nothing is written where it does already."""
    data, root = package.tree(part)
    views = _views(root)
    if views:
        edits = [spans.set_attribute(data, views[0], "activeTab", str(place))]
    else:
        at, prefix = _listed(package, root).start, f"{root.prefix}:".encode() if root.prefix else b""
        view = b'<%sbookViews><%sworkbookView activeTab="%d"/></%sbookViews>'
        edits = [(at, at, view % (prefix, prefix, place, prefix))]
    if active_tab(package, part) != place:
        package.write(part, spans.splice(data, edits))


def _listed(package: Package, root: Node) -> Node:
    listed = root.find("sheets")
    if listed is None:
        raise UnsafeEdit(f"{package.path.name} lists no sheets; it is left alone.")
    return listed


def _views(root: Node) -> list[Node]:
    views = root.find("bookViews")
    return views.all("workbookView") if views else []


def _names(root: Node) -> list[Node]:
    block = root.find("definedNames")
    return block.children if block else []


def _without_local_names(root: Node, place: int) -> list[spans.Edit]:
    block = root.find("definedNames")
    gone = [node for node in _names(root) if node.number("localSheetId", -1) == place]
    if block and gone and len(gone) == len(block.children):
        return [(block.start, block.end, b"")]
    return [(node.start, node.end, b"") for node in gone]


def _renumbered(
    data: bytes, root: Node, moved: Callable[[int], int], skip: int | None = None
) -> list[spans.Edit]:
    """The edits for what counts the sheets; names local to ``skip`` are left out, and go."""
    names = [node for node in _names(root) if node.number("localSheetId", -1) not in (-1, skip)]
    counted = [(node, "localSheetId") for node in names]
    for view in _views(root):
        counted += [(view, name) for name in ("activeTab", "firstSheet") if view.number(name, -1) > 0]
        counted += [(view, "activeTab")] if view.number("activeTab", 0) == 0 else []
    edits = []
    for node, name in counted:
        before = node.number(name, 0)
        if moved(before) != before:
            edits.append(spans.set_attribute(data, node, name, str(moved(before))))
    return edits
