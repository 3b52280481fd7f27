"""A table that covers other rows and columns: its columns, its filter and its order follow."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet.cells import Formula
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.tables import tables
from hscb_xl.ooxml.tables.tables import Table
from hscb_xl.ooxml.xml import spans, tree


def resize(package: Package, sheet: SheetPart, table: Table, area: Area) -> None:
    """Let a table cover ``area``, which begins in the same row; new columns are called by their header cells.

    A header cell that is empty is given a name, and new rows the formulas of calculated columns, as in Excel.
    Raises UnsafeEdit, and changes nothing, where a row of totals, a filter or a formula would not follow.
    """
    _refuse_size(sheet, table, area)
    others = [other for other in tables.tables(package, sheet.name) if other.part != table.part]
    tables.refuse_overlap(sheet, area, others)
    data, root = package.tree(table.part)
    formulas = _filled(package, sheet, table, area)
    edits = [spans.set_attribute(data, root, "ref", area.address)]
    with package.naming(table.part):
        edits += _filtered(sheet, data, root, table, area)
    if (area.left, area.right) != (table.area.left, table.area.right):
        names = _names(sheet, table, area)
        edits += _columns(package, table, data, root, area, names)
    else:
        names = {}
    package.write(table.part, spans.splice(data, edits))
    for (row, column), edit in formulas.items():
        sheet.edit(row, column, edit)
    for column, name in names.items() if table.header_rows else ():
        sheet.edit(area.top, column, Edit(name))


def free_name(taken: Collection[str]) -> str:
    """The name that Excel gives a column without one: Column1, or the next that is free."""
    known = {name.casefold() for name in taken}
    number = 1
    while f"column{number}" in known:
        number += 1
    return f"Column{number}"


def column_xml(root: tree.Node, number: int, name: str) -> str:
    """A new column of a table part."""
    prefix = f"{root.prefix}:" if root.prefix else ""
    called = spans.escape_attribute(tables.escaped(name)).decode()
    return f'<{prefix}tableColumn id="{number}" name="{called}"/>'


def _refuse_size(sheet: SheetPart, table: Table, area: Area) -> None:
    same_top = area.top == table.area.top and area.bottom >= area.top + table.header_rows
    keeps_totals = not table.totals_rows or (area.bottom == table.area.bottom and area.covers(table.area))
    if not same_top or not area.meets(table.area) or not keeps_totals:
        raise UnsafeEdit(
            f"the table {table.name} can have other rows and columns where it begins in the same row, keeps "
            "a column and a row and, with a row of totals, gets columns alone, so not "
            f"{sheet.where(area.address)}: change it in Excel."
        )


def _names(sheet: SheetPart, table: Table, area: Area) -> dict[int, str]:
    """The names of the columns that are new, by their place on the sheet."""
    kept = [
        name
        for column, name in enumerate(table.columns, start=table.area.left)
        if area.left <= column <= area.right
    ]
    header = Area(area.top, area.left, area.top, area.right)
    held = [value for value, _ in sheet.values(header)[0]] if table.header_rows else [None] * area.shape[1]
    found: dict[int, str] = {}
    for column, value in enumerate(held, start=area.left):
        if table.area.left <= column <= table.area.right:
            continue
        taken = [*kept, *found.values()]
        name = free_name([*taken, *map(str, held)]) if value in (None, "") else value
        if not isinstance(name, str) or name.casefold() in {other.casefold() for other in taken}:
            raise UnsafeEdit(
                f"{sheet.where(f'{refs.letters(column)}{area.top}')} must hold a text that no other header "
                f"has, to be a header of the table {table.name}."
            )
        found[column] = name
    return found


def _columns(
    package: Package, table: Table, data: bytes, root: tree.Node, area: Area, names: dict[int, str]
) -> list[spans.Edit]:
    """The edits that take columns out of the list and put those in that are new, with ids of their own."""
    listed = root.find("tableColumns")
    nodes = listed.children if listed else []
    plain = root.attributes.get("tableType", "worksheet") == "worksheet"
    if listed is None or len(nodes) != table.area.shape[1] or not plain:
        raise UnsafeEdit(
            f"the table {table.name} of {package.path.name} gets its columns from elsewhere: "
            "change them in Excel."
        )
    kept = range(max(area.left, table.area.left), min(area.right, table.area.right) + 1)
    for column, name in enumerate(table.columns, start=table.area.left):
        if column not in kept:
            tables.refuse_mentioned(package, table, name, "removed")
    number = max(node.number("id") for node in nodes)
    made = {
        column: column_xml(root, number + place, name)
        for place, (column, name) in enumerate(names.items(), start=1)
    }
    before = "".join(xml for column, xml in made.items() if column < kept.start)
    behind = "".join(xml for column, xml in made.items() if column >= kept.stop)
    first, last = (nodes[column - table.area.left] for column in (kept.start, kept.stop - 1))
    return [
        spans.set_attribute(data, listed, "count", str(area.shape[1])),
        (nodes[0].start, first.start, before.encode()),
        (last.end, nodes[-1].end, behind.encode()),
    ]


def _filtered(sheet: SheetPart, data: bytes, root: tree.Node, table: Table, area: Area) -> list[spans.Edit]:
    """The edits that let the filter and the order of a table end where it ends."""
    edits = []
    sort, autofilter = root.find("sortState"), root.find("autoFilter")
    if autofilter is not None:
        places = [node.number("colId") for node in autofilter.all("filterColumn")]
        if places and (area.left != table.area.left or max(places) >= area.shape[1]):
            raise UnsafeEdit(
                f"the table {table.name} on {sheet.where(table.area.address)} is filtered by a column that "
                "would move or go: take the filter away in Excel."
            )
        above_totals = replace(area, bottom=area.bottom - table.totals_rows)
        edits.append(spans.set_attribute(data, autofilter, "ref", above_totals.address))
        sort = sort or autofilter.find("sortState")
    return edits + (_sort_within(data, sort, area) if sort else [])


def _sort_within(data: bytes, sort: tree.Node, area: Area) -> list[spans.Edit]:
    """The edits that let the order of a table end where it ends; one without a row or key left is taken out.

    Excel repairs a file where it lies beyond the table.
    """
    edits = []
    for node in (sort, *sort.all("sortCondition")):
        held = refs.stated(node.attributes.get("ref", ""))
        if not held.meets(area):
            return [(sort.start, sort.end, b"")]
        left, right = max(held.left, area.left), min(held.right, area.right)
        within = replace(held, bottom=min(held.bottom, area.bottom), left=left, right=right)
        if within != held:
            edits.append(spans.set_attribute(data, node, "ref", within.address))
    return edits


def calculated(package: Package, table: Table) -> list[int]:
    """The columns of the sheet that hold the calculated columns of a table."""
    listed = package.tree(table.part)[1].find("tableColumns")
    nodes = listed.children if listed else []
    return [
        column
        for column, node in enumerate(nodes, start=table.area.left)
        if node.find("calculatedColumnFormula")
    ]


def formulas_in(sheet: SheetPart, table: Table, columns: Sequence[int], row: int) -> dict[int, str]:
    """The formulas of calculated columns in a row; UnsafeEdit where one is shared, an array's or none."""
    there = sheet.cells(Area(row, table.area.left, row, table.area.right)) if columns else ()
    held = {cell.column: cell.plain_formula for cell in there}
    for column in columns:
        if held.get(column) is None:
            raise UnsafeEdit(
                f"{sheet.where(f'{refs.letters(column)}{row}')} does not hold the formula of its column in "
                f"the table {table.name} alone, so new rows cannot be given it: add them in Excel."
            )
    return {column: held[column] or "" for column in columns}


def copied(formula: str, rows: int) -> Edit:
    """The edit that puts a formula into a cell so many rows below."""
    from hscb_xl.ooxml.formula import references

    return Edit(Formula(references.copied(formula, rows, 0)), over_formula=True)


def _filled(package: Package, sheet: SheetPart, table: Table, area: Area) -> dict[tuple[int, int], Edit]:
    """The formulas of calculated columns for the rows that are new, where nothing stands."""
    last = table.area.bottom
    columns = [column for column in calculated(package, table) if area.left <= column <= area.right]
    if not columns or area.bottom <= last:
        return {}
    new = Area(last + 1, area.left, area.bottom, area.right)
    taken = {(cell.row, cell.column) for cell in sheet.cells(new) if cell.inner}
    formulas = formulas_in(sheet, table, columns, last)
    return {
        (row, column): copied(text, row - last)
        for row in range(last + 1, area.bottom + 1)
        for column, text in formulas.items()
        if (row, column) not in taken
    }
