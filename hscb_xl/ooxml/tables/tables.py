"""Table parts: where a table lies, what its columns are called, a new table."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import namespaces, spans, tree

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_NAME = re.compile(r"[^\W\d][\w.]{0,254}|\\[\w.]{0,254}")
_LONGEST_HEADER = 255


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its part says; ``columns`` are the headers in order."""

    part: str
    id: int
    name: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int
    totals_rows: int
    style: str

    @property
    def header(self) -> Area | None:
        """The cells of its headers."""
        top = self.area.top
        return Area(top, self.area.left, top, self.area.right) if self.header_rows else None

    @property
    def body(self) -> Area | None:
        """The cells between its headers and its totals."""
        top, bottom = self.area.top + self.header_rows, self.area.bottom - self.totals_rows
        return Area(top, self.area.left, bottom, self.area.right) if top <= bottom else None

    @property
    def totals(self) -> Area | None:
        """The cells of its totals."""
        bottom = self.area.bottom
        return Area(bottom, self.area.left, bottom, self.area.right) if self.totals_rows else None


def tables(package: Package, sheet: str) -> list[Table]:
    """The tables of a worksheet part, in the order of its relationships."""
    return [
        read(package, relationship.target)
        for relationship in package.relationships(sheet)
        if relationship.kind == "table"
    ]


def of_sheet(package: Package, sheet: SheetPart) -> list[Table]:
    """The tables of a sheet; DamagedBook where it lists one that is not there."""
    found = tables(package, sheet.name)
    if len(found) < len(sheet.frame.items("tableParts")):
        raise DamagedBook(
            f"{sheet.called} lists a table whose part is missing; open the file in Excel and repair it."
        )
    return found


def read(package: Package, part: str) -> Table:
    """The table that ``part`` describes."""
    data = package.tree(part)[0]
    with package.naming(part):
        return _read(part, data)


@lru_cache(maxsize=64)  # a table is looked up by its name each time that it is asked for anything
def _read(part: str, data: bytes) -> Table:
    root = tree.kept(data)
    columns, info = root.find("tableColumns"), root.find("tableStyleInfo")
    return Table(
        part,
        root.number("id"),
        root.attributes.get("displayName") or root.attributes.get("name", ""),
        refs.stated(root.attributes.get("ref", "")),
        tuple(strings.unescape(c.attributes.get("name", "")) for c in (columns.children if columns else [])),
        root.number("headerRowCount", 1),
        root.number("totalsRowCount", 0),
        info.attributes.get("name", "") if info else "",
    )


def follow(package: Package, sheet: SheetPart) -> None:
    """Keep the names of columns in step with the header cells that were changed.

    Excel repairs a file where they differ. Raises UnsafeEdit for headers that a table cannot have, and for
    a changed row of totals, which Excel keeps in the table's part as well.
    """
    for table in of_sheet(package, sheet) if sheet.changed else ():
        if table.totals and not sheet.changed.isdisjoint(table.totals.places()):
            where = sheet.where(table.totals.address)
            raise UnsafeEdit(f"{where} is the row of totals of the table {table.name}: change it in Excel.")
        if table.header and not sheet.changed.isdisjoint(table.header.places()):
            _rename(package, table, _headers(sheet, table.header, table.name))


def add(
    package: Package,
    sheet: SheetPart,
    others: Sequence[Table],
    taken: Iterable[str],
    name: str,
    area: Area,
    style: str,
) -> Table:
    """Add a table over ``area``, whose first row holds its headers.

    ``others`` are the tables of the whole workbook, ``taken`` the names it has beside theirs.
    """
    refuse_name(name, [*taken, *(table.name for table in others)])
    refuse_overlap(sheet, area, tables(package, sheet.name))
    headers = _headers(sheet, Area(area.top, area.left, area.top, area.right), name)
    part = package.fresh_name("xl/tables/table{}.xml")
    main = sheet.frame.root.namespace
    number = max((table.id for table in others), default=0) + 1
    package.write(part, _xml(main, number, name, headers, area, style))
    package.set_content_type(part, _CONTENT_TYPE)
    identity = package.relate(sheet.name, namespaces.relationship_type("table", main), part)
    _list_part(sheet, identity)
    return read(package, part)


def _headers(sheet: SheetPart, area: Area, table: str) -> list[str]:
    """The texts of header cells; UnsafeEdit where a table cannot be called by them."""
    values = [value for value, _ in sheet.values(area)[0]]
    texts = [value for value in values if isinstance(value, str) and 0 < len(value) <= _LONGEST_HEADER]
    if len({text.casefold() for text in texts}) != len(values):
        raise UnsafeEdit(
            f"{sheet.where(area.address)} must hold a different text in each cell, of at most "
            f"{_LONGEST_HEADER} characters, to be the headers of the table {table}."
        )
    return texts


def _rename(package: Package, table: Table, headers: Sequence[str]) -> None:
    data, root = package.tree(table.part)
    columns = root.find("tableColumns")
    nodes = columns.children if columns else []
    if len(nodes) != len(headers):
        raise DamagedBook(
            f"the table {table.name} lists {len(nodes)} columns and has {len(headers)} headers."
        )
    edits = []
    for node, before, header in zip(nodes, table.columns, headers, strict=True):
        if before != header:
            refuse_mentioned(package, table, before)
            edits.append(spans.set_attribute(data, node, "name", escaped(header)))
    package.write(table.part, spans.splice(data, edits))


def refuse_mentioned(package: Package, table: Table, header: str, done: str = "renamed") -> None:
    """Refuse to rename or remove a column that a formula calls by its name, such as Plan[Progress]."""
    quoted = spans.escape_text(re.sub(r"([\[\]#'])", r"'\1", header))
    mention = re.compile(rb"[\[,@:]\s*" + re.escape(quoted) + rb"\]", re.IGNORECASE)
    for name in package.names:
        holds_formulas = name.lower().endswith(".xml") and not name.lower().endswith("sharedstrings.xml")
        if holds_formulas and mention.search(package.read(name)):
            raise UnsafeEdit(
                f"{package.path.name}: a formula refers to the column {header!r} of the table {table.name}, "
                f"so it can be {done} in Excel only."
            )


def refuse_name(name: str, taken: Iterable[str]) -> None:
    """Refuse a name that Excel would not give a table; ``taken`` are those that the workbook has."""
    if not _NAME.fullmatch(name) or refs.is_reference(name):
        raise UnsafeEdit(
            f"a table cannot be called {name!r}: use letters, digits and underscores, and nothing that "
            "could be a cell's reference."
        )
    if name.lower() in {other.lower() for other in taken}:
        raise UnsafeEdit(f"the workbook already has a table or name {name}: choose another.")


def refuse_overlap(sheet: SheetPart, area: Area, others: Iterable[Table]) -> None:
    """Refuse cells for a table on which another one, merged cells or a filter lie."""
    held = [(table.area, f"the table {table.name}") for table in others]
    held += [(merged, "merged cells") for merged in sheet.merged]
    if node := sheet.frame.child("autoFilter"):
        held.append((refs.stated(node.attributes.get("ref", "")), "a filter"))
    for part, what in held:
        if part.meets(area):
            raise UnsafeEdit(
                f"{sheet.where(area.address)} cannot be a table: {what} lies on {part.address}; "
                "move it in Excel."
            )


def _list_part(sheet: SheetPart, identity: str) -> None:
    frame = sheet.frame
    item = b'<%stablePart xmlns:r="%s" r:id="%s"/>' % (
        frame.prefix,
        namespaces.relationships(frame.root.namespace).encode(),
        identity.encode(),
    )
    block = frame.child("tableParts")
    if block is not None:
        frame.replace(spans.append_item(frame.data, block, item))
        return
    at = frame.place_for("tableParts")
    tag = frame.prefix + b"tableParts"
    frame.replace([(at, at, b'<%s count="1">%s</%s>' % (tag, item, tag))])


def escaped(header: str) -> str:
    """A header as the name of a column: line breaks and tabs as Excel escapes them there."""
    return strings.escape(header).replace("\n", "_x000a_").replace("\t", "_x0009_")


def _xml(main: str, number: int, name: str, headers: Sequence[str], area: Area, style: str) -> bytes:
    columns = b"".join(
        b'<tableColumn id="%d" name="%s"/>' % (place, spans.escape_attribute(escaped(header)))
        for place, header in enumerate(headers, start=1)
    )
    reference, called = area.address.encode(), spans.escape_attribute(name)
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<table xmlns="%s" id="%d" name="%s" displayName="%s" ref="%s" totalsRowShown="0">'
        b'<autoFilter ref="%s"/><tableColumns count="%d">%s</tableColumns>'
        b'<tableStyleInfo name="%s" showFirstColumn="0" showLastColumn="0" showRowStripes="1"'
        b' showColumnStripes="0"/></table>'
    ) % (
        main.encode(),
        number,
        called,
        called,
        reference,
        reference,
        len(headers),
        columns,
        spans.escape_attribute(style),
    )
