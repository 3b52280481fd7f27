"""What a table shows beside its rows: its name, its style, its headers, its totals, its filter."""

from collections.abc import Mapping

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook, all_or_nothing
from hscb_xl.ooxml.formula import references
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet.cells import Formula
from hscb_xl.ooxml.sheet.edits import Edit
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.structure import referrers
from hscb_xl.ooxml.tables import tables
from hscb_xl.ooxml.tables.tables import Table
from hscb_xl.ooxml.xml import spans, tree

_FLAGS = ("showFirstColumn", "showLastColumn", "showRowStripes", "showColumnStripes")
FUNCTIONS = {
    "average": 101,
    "countNums": 102,
    "count": 103,
    "max": 104,
    "min": 105,
    "stdDev": 107,
    "sum": 109,
    "var": 110,
}
"""The functions of totals (ECMA-376 part 1, 18.18.80), and SUBTOTAL's numbers that leave hidden rows out."""


@all_or_nothing
def rename(workbook: Workbook, table: Table, name: str) -> None:
    """Give a table another name; every formula that calls it by its name follows.

    Raises UnsafeEdit, and changes nothing, for a name that Excel would not take.
    """
    others = [other.name for other in workbook.tables() if other.part != table.part]
    tables.refuse_name(name, [*others, *(defined.name for defined in workbook.names)])
    workbook.flush()
    draft = workbook.package.draft()
    data, root = draft.tree(table.part)
    edits = [spans.set_attribute(data, root, attribute, name) for attribute in ("name", "displayName")]
    draft.write(table.part, spans.splice(data, edits))
    new = {table.name.lower(): name}
    changed = referrers.rewrite(
        draft, workbook.owners, lambda formula, _: references.tables_renamed(formula, new), table.name
    )
    workbook.package.adopt(draft)
    workbook.reread([part for part in changed if part in workbook.owners])


def style(package: Package, table: Table) -> dict[str, str]:
    """The attributes of a table's style, such as name and showRowStripes."""
    info = package.tree(table.part)[1].find("tableStyleInfo")
    return dict(info.attributes) if info else {}


def set_style(package: Package, table: Table, attribute: str, value: str) -> None:
    """Set one attribute of a table's style."""
    data, root = package.tree(table.part)
    info = root.find("tableStyleInfo")
    if info is not None:
        edit = spans.set_attribute(data, info, attribute, value)
    else:
        said = dict.fromkeys(_FLAGS, "0") | {attribute: value}
        ends = [node.end for node in root.children if node.local != "extLst"]
        tag = _tag(root, "tableStyleInfo")
        written = "".join(f' {name}="{spans.escape_attribute(text).decode()}"' for name, text in said.items())
        edit = (ends[-1], ends[-1], f"<{tag}{written}/>".encode())
    package.write(table.part, spans.splice(data, [edit]))


def has_filter(package: Package, table: Table) -> bool:
    """Whether its headers have the buttons to filter by."""
    return package.tree(table.part)[1].find("autoFilter") is not None


def show_filter(package: Package, sheet: SheetPart, table: Table, shown: bool) -> None:
    """Give the headers the buttons to filter by, or take them away.

    Raises UnsafeEdit for a table without headers, and where rows are hidden by a filter.
    """
    data, root = package.tree(table.part)
    if shown != has_filter(package, table):
        edits = _with_filter(root, table) if shown else [_without_filter(sheet, root, table)]
        package.write(table.part, spans.splice(data, edits))


def show_headers(package: Package, sheet: SheetPart, table: Table, shown: bool) -> None:
    """Show the row of headers above the table, or take it away with its cells.

    Raises UnsafeEdit where the cells above are not free, and where a formula refers to the headers.
    """
    if shown == bool(table.header_rows):
        return
    data, root = package.tree(table.part)
    area = table.area
    if shown:
        row, new = area.top - 1, Area(area.top - 1, area.left, area.bottom, area.right)
        refuse_taken(package, sheet, table, Area(row, area.left, row, area.right))
        texts: Mapping[int, str | None] = dict(enumerate(table.columns, start=area.left))
        edits = [spans.set_attribute(data, root, "headerRowCount", "1")]
        edits += _with_filter(root, table, new)
    else:
        row, new = area.top, Area(area.top + 1, area.left, area.bottom, area.right)
        _refuse_special(package, table, "#Headers", "#All")
        texts = dict.fromkeys(range(area.left, area.right + 1))
        edits = [spans.set_attribute(data, root, "headerRowCount", "0")]
        edits += [_without_filter(sheet, root, table)] if root.find("autoFilter") else []
    edits.append(spans.set_attribute(data, root, "ref", new.address))
    write_now(sheet, {(row, column): Edit(text, over_formula=True) for column, text in texts.items()})
    package.write(table.part, spans.splice(data, edits))


def show_totals(package: Package, sheet: SheetPart, table: Table, shown: bool) -> None:
    """Show a row of totals below the table, or take it away with its cells.

    The totals are those the table had before; a table that never had any gets the word Total in the first
    column and in the last one a sum, or a count where not every cell holds a number.
    """
    if shown == bool(table.totals_rows):
        return
    data, root = package.tree(table.part)
    area = table.area
    if shown:
        row, new = area.bottom + 1, Area(area.top, area.left, area.bottom + 1, area.right)
        refuse_taken(package, sheet, table, Area(row, area.left, row, area.right))
        edits, cells = _totals(sheet, data, root, table, row)
        edits.append(spans.set_attribute(data, root, "totalsRowCount", "1"))
    else:
        row, new = area.bottom, Area(area.top, area.left, area.bottom - 1, area.right)
        _refuse_special(package, table, "#Totals", "#All")
        cells = {(row, column): Edit(None, over_formula=True) for column in range(area.left, area.right + 1)}
        edits = [spans.set_attribute(data, root, "totalsRowCount", "0")]
    edits.append(spans.set_attribute(data, root, "ref", new.address))
    write_now(sheet, cells)
    package.write(table.part, spans.splice(data, edits))


def write_now(sheet: SheetPart, cells: Mapping[tuple[int, int], Edit]) -> None:
    """Make edits of cells that belong to a table at once, or none of them where one is refused."""
    sheet.flush()
    for place, edit in cells.items():
        sheet.edit(*place, edit)
    try:
        sheet.flush()
    except UnsafeEdit:
        sheet.forget(cells)
        raise
    sheet.changed.difference_update(cells)


def refuse_taken(package: Package, sheet: SheetPart, table: Table, area: Area) -> None:
    """Refuse cells beside a table in which something stands, or that no sheet has."""
    if area.top < 1:
        raise UnsafeEdit(
            f"the table {table.name} of {package.path.name} begins in the first row: insert one first."
        )
    others = [t for t in tables.tables(package, sheet.name) if t.part != table.part]
    tables.refuse_overlap(sheet, area, others)
    if any(cell.inner for cell in sheet.cells(area)):
        raise UnsafeEdit(
            f"{sheet.where(area.address)} must be empty, to belong to the table {table.name}: "
            "insert cells first."
        )


def _with_filter(root: tree.Node, table: Table, area: Area | None = None) -> list[spans.Edit]:
    area = area or table.area
    if not (table.header_rows or area != table.area):
        raise UnsafeEdit(f"the table {table.name} has no row of headers to filter by: show it first.")
    rows = Area(area.top, area.left, area.bottom - table.totals_rows, area.right)
    xml = f'<{_tag(root, "autoFilter")} ref="{rows.address}"/>'.encode()
    return [(root.start_end, root.start_end, xml)]


def _without_filter(sheet: SheetPart, root: tree.Node, table: Table) -> spans.Edit:
    node = root.find("autoFilter")
    if node is None or node.all("filterColumn"):
        raise UnsafeEdit(
            f"the table {table.name} on {sheet.where(table.area.address)} is filtered, so that rows are "
            "hidden: take the filter away in Excel."
        )
    return node.start, node.end, b""


def _totals(
    sheet: SheetPart, data: bytes, root: tree.Node, table: Table, row: int
) -> tuple[list[spans.Edit], dict[tuple[int, int], Edit]]:
    """The edits of the part and of the cells for a row of totals."""
    listed = root.find("tableColumns")
    nodes = listed.children if listed else []
    known = ("totalsRowLabel", "totalsRowFunction")
    edits = []
    said = [{name: node.attributes[name] for name in known if name in node.attributes} for node in nodes]
    if not any(said):
        said[0] = {"totalsRowLabel": "Total"} if len(said) > 1 else {}
        said[-1] = {"totalsRowFunction": _usual(sheet, table)}
        edits = [
            spans.set_attribute(data, node, name, value)
            for node, wanted in zip(nodes, said, strict=True)
            for name, value in wanted.items()
        ]
    cells = {}
    for column, (node, wanted) in enumerate(zip(nodes, said, strict=True), start=table.area.left):
        edit = _total(data, node, wanted, table, table.columns[column - table.area.left])
        if edit:
            cells[row, column] = edit
    return edits, cells


def _usual(sheet: SheetPart, table: Table) -> str:
    """What Excel does with the last column: the sum of numbers, else how many cells are filled."""
    body = table.body
    last = Area(body.top, body.right, body.bottom, body.right) if body else table.area
    values = [value for ((value, _),) in sheet.values(last) if value is not None]
    numbers = all(isinstance(value, float) for value in values)
    return "sum" if values and numbers else "count"


def _total(data: bytes, node: tree.Node, said: Mapping[str, str], table: Table, column: str) -> Edit | None:
    """What stands in the cell of one column's total."""
    own = node.find("totalsRowFormula")
    if own is not None:
        return Edit(Formula(own.text(data)), over_formula=True)
    if function := FUNCTIONS.get(said.get("totalsRowFunction", "")):
        return Edit(Formula(f"SUBTOTAL({function},{table.name}[{quoted(column)}])"), over_formula=True)
    return Edit(said["totalsRowLabel"]) if "totalsRowLabel" in said else None


def quoted(column: str) -> str:
    """A column's name as formulas have it between brackets."""
    return "".join(f"'{character}" if character in "[]#'" else character for character in column)


def _refuse_special(package: Package, table: Table, *items: str) -> None:
    """Refuse to take away what a formula refers to, such as Plan[#Totals]."""
    parts = [name for name in package.names if name.lower().endswith(".xml") and "shared" not in name.lower()]
    for item in items:
        for name in parts:
            if f"[{item}".encode() in package.read(name):
                raise UnsafeEdit(
                    f"{package.path.name}: a formula refers to {item} of a table, so those of the table "
                    f"{table.name} can be hidden in Excel only."
                )


def _tag(root: tree.Node, name: str) -> str:
    return f"{root.prefix}:{name}" if root.prefix else name
