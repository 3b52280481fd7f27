"""The tables of a sheet when cells come or go: they move, grow and shrink by rows and by columns."""

from collections.abc import Iterator

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import shifted
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.structure import surround
from hscb_xl.ooxml.tables import size, tables
from hscb_xl.ooxml.tables.tables import Table
from hscb_xl.ooxml.xml import spans
from hscb_xl.ooxml.xml.tree import Node


def move_tables(package: Package, sheet: SheetPart, move: Move) -> None:
    """Let the tables follow; ``sheet`` has its new rows already, and gets the headers of new columns.

    UnsafeEdit where a table would lose its header, its totals, all its rows or a column that is used.
    """
    for table in tables.tables(package, sheet.name):
        after = _after(table, move)
        if after != table.area:
            _follow(package, sheet, table, after, move)


def _after(table: Table, move: Move) -> Area:
    """Where a table lies afterwards."""
    after = move.after(table.area)
    edges = [edge for edge in (table.header, table.totals) if edge]
    if after is None or any(move.after(edge) is None for edge in edges):
        raise UnsafeEdit(f"the table {table.name} would lose its header, its totals or all its cells.")
    if after.shape[0] <= table.header_rows + table.totals_rows:
        raise UnsafeEdit(f"the table {table.name} would be left without a row.")
    return after


def _follow(package: Package, sheet: SheetPart, table: Table, after: Area, move: Move) -> None:
    data, root = package.tree(table.part)
    edits = [spans.set_attribute(data, root, "ref", after.address)]
    names: list[str] = []
    if after.shape[1] != table.area.shape[1]:
        listed = _listed(root, table)
        if move.inserting:
            names = _fresh_names(table, move.count)
            edits += _more(data, root, listed, names, move.first - table.area.left)
        else:
            edits += _fewer(package, data, listed, table, move)
    edits += _filter(data, root, move)
    package.write(table.part, spans.splice(data, edits))
    for column, name in enumerate(names, start=move.first):
        for row in range(after.top, after.top + table.header_rows):
            sheet.edit(row, column, Edit(name))
    sheet.flush()


def _listed(root: Node, table: Table) -> Node:
    """The list of a table's columns; UnsafeEdit where they come from elsewhere."""
    listed = root.find("tableColumns")
    plain = root.attributes.get("tableType", "worksheet") == "worksheet"
    if listed is None or len(listed.children) != table.area.shape[1] or not plain:
        raise UnsafeEdit(f"the table {table.name} gets its columns from elsewhere.")
    return listed


def _fresh_names(table: Table, count: int) -> list[str]:
    """Names for new columns such as Excel gives them."""
    names: list[str] = []
    for _ in range(count):
        names.append(size.free_name([*table.columns, *names]))
    return names


def _more(data: bytes, root: Node, listed: Node, names: list[str], place: int) -> list[spans.Edit]:
    number = max(node.number("id") for node in listed.children)
    xml = "".join(size.column_xml(root, number + n, name) for n, name in enumerate(names, start=1))
    at = listed.children[place].start
    width = len(listed.children) + len(names)
    return [(at, at, xml.encode()), spans.set_attribute(data, listed, "count", str(width))]


def _fewer(package: Package, data: bytes, listed: Node, table: Table, move: Move) -> list[spans.Edit]:
    gone = []
    for place, node in enumerate(listed.children):
        if shifted.place(move, table.area.top, table.area.left + place) is None:
            tables.refuse_mentioned(package, table, table.columns[place], "removed")
            gone.append(node)
    return spans.remove_items(data, listed, gone)


def _filter(data: bytes, root: Node, move: Move) -> Iterator[spans.Edit]:
    """The table's filter and its order, which stands in the filter or beside it."""
    node = root.find("autoFilter")
    if node is not None:
        yield from surround.moved_filter(data, node, move)
    for sort in (root.find("sortState"), node.find("sortState") if node else None):
        if sort is not None:
            yield from surround.moved_order(data, sort, move)
