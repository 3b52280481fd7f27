"""A workbook package: its sheets, names, styles and shared texts, opened, changed and saved."""

import re
from dataclasses import dataclass
from pathlib import Path

from hscb_xl.errors import NotAWorkbook, UnsafeEdit
from hscb_xl.ooxml import calculation, namespaces, properties, spans, strings, tables, xmltree
from hscb_xl.ooxml.package import Package
from hscb_xl.ooxml.sheet import SheetPart
from hscb_xl.ooxml.styles import Styles
from hscb_xl.ooxml.tables import Table

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_MAIN_TYPE = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.spreadsheetml|ms-excel)\.\S*main\+xml"
)
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RESERVED = "history"
"""The name that Excel keeps for the sheet of tracked changes."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook part lists it; ``part`` is None for a chart sheet or a macro sheet."""

    name: str
    part: str | None
    visible: bool
    id: int


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name and what it refers to; ``sheet`` is the sheet it is local to, counted from 0."""

    name: str
    refers_to: str
    sheet: int | None


class Workbook:
    """One workbook in memory; nothing is written before ``save``."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = self._main_part()
        self._sheets: dict[str, SheetPart] = {}
        self._read()
        self._shared = self._shared_strings()
        self._styles_part = package.related(self.part, "styles")
        self._styles: Styles | None = None

    @classmethod
    def open(cls, path: Path) -> "Workbook":
        """The workbook at ``path``; an error that says what is wrong with it otherwise."""
        return cls(Package.open(path))

    @property
    def styles(self) -> Styles:
        """The cell formats; a workbook without any gets the least that Excel accepts."""
        if self._styles is None:
            if self._styles_part is None:
                self._styles_part = self._new_styles_part()
            data = self.package.read(self._styles_part)
            with self.package.naming(self._styles_part):
                self._styles = Styles(data)
        return self._styles

    def sheet(self, name: str) -> SheetPart:
        """The worksheet of that name; KeyError where there is none, UnsafeEdit for a chart sheet."""
        for entry in self.sheets:
            if entry.name.lower() == name.lower():
                return self._sheet_part(entry)
        raise KeyError(name)

    def tables(self) -> list[Table]:
        """The tables of all sheets."""
        return [table for e in self.sheets if e.part for table in tables.tables(self.package, e.part)]

    def add_sheet(self, name: str) -> SheetPart:
        """A new, empty worksheet behind the others."""
        self._refuse_sheet_name(name)
        part = self.package.fresh_name("xl/worksheets/sheet{}.xml")
        self.package.write(part, _empty_sheet(self.main))
        self.package.set_content_type(part, _SHEET_TYPE)
        shown = {entry.name: entry.visible for entry in self.sheets if entry.part}
        properties.list_sheet(self.package, shown, name)
        type_ = namespaces.relationship_type("worksheet", self.main)
        self._list_sheet(name, self.package.relate(self.part, type_, part))
        return self.sheet(name)

    def save(self, target: Path) -> bool:
        """Write the workbook to ``target``; False when the file there holds these bytes already.

        Raises UnsafeEdit, and writes nothing, when a cell or a header shall hold what it must not.
        """
        self.flush()
        if self.package.changed:
            parts = [entry.part for entry in self.sheets if entry.part]
            calculation.ask_for_full_calculation(self.package, self.part, parts)
        written = self.package.save(target)
        for sheet in self._sheets.values():
            sheet.file = target.name
        return written

    def flush(self) -> None:
        """Put every edit of sheets and styles into the package."""
        for sheet in self._sheets.values():
            self._flush_sheet(sheet)
        if self._styles is not None and self._styles_part is not None:
            self.package.write(self._styles_part, self._styles.data)

    def _flush_sheet(self, sheet: SheetPart) -> None:
        sheet.flush()
        tables.follow(self.package, sheet)
        sheet.changed.clear()
        if sheet.freed:
            number = self._sheet_number(sheet.name)
            calculation.forget(self.package, self.part, number, sheet.freed)
            sheet.freed.clear()
        if sheet.is_changed:
            self.package.write(sheet.name, sheet.data)

    def _read(self) -> None:
        data, root = self.package.tree(self.part)
        with self.package.naming(self.part):
            self._take(root, data)

    def _take(self, root: xmltree.Node, data: bytes) -> None:
        self.main: str = root.namespace
        if root.local != "workbook" or self.main not in (namespaces.MAIN, namespaces.STRICT_MAIN):
            raise UnsafeEdit(f"{self.package.path.name} is written in a dialect this program does not know.")
        properties = root.find("workbookPr")
        self.date1904 = properties is not None and properties.is_on("date1904")
        self.sheets = self._entries(root)
        block = root.find("definedNames")
        self.names = tuple(_defined_name(node, data) for node in (block.children if block else []))

    def _entries(self, root: xmltree.Node) -> tuple[SheetEntry, ...]:
        targets = {r.id: r for r in self.package.relationships(self.part)}
        listed = root.find("sheets")
        entries = []
        for node in listed.children if listed else []:
            target = targets.get(node.attribute("id", namespaces.relationships(self.main)) or "")
            part = target.target if target and target.kind == "worksheet" else None
            visible = node.attributes.get("state", "visible") == "visible"
            entries.append(SheetEntry(node.attributes.get("name", ""), part, visible, node.number("sheetId")))
        return tuple(entries)

    def _main_part(self) -> str:
        part = self.package.related("", "officeDocument")
        kind = self.package.content_type(part) if part else None
        if part is None or not _MAIN_TYPE.fullmatch(kind or ""):
            raise NotAWorkbook(
                f"{self.package.path.name} is not an Excel workbook: give an .xlsx or .xlsm file."
            )
        return part

    def _shared_strings(self) -> list[str]:
        part = self.package.related(self.part, "sharedStrings")
        if part is None:
            return []
        data = self.package.read(part)
        with self.package.naming(part):
            return strings.shared_strings(data)

    def _sheet_part(self, entry: SheetEntry) -> SheetPart:
        if entry.part is None:
            raise UnsafeEdit(
                f"the sheet {entry.name} of {self.package.path.name} holds no cells; it is left alone."
            )
        if entry.part not in self._sheets:
            data, file = self.package.read(entry.part), self.package.path.name
            with self.package.naming(entry.name):
                self._sheets[entry.part] = SheetPart(
                    entry.part, data, self._shared, self.date1904, entry.name, file
                )
        return self._sheets[entry.part]

    def _sheet_number(self, part: str) -> int:
        """The number Excel's calculation chain calls a sheet by: its sheetId."""
        return next(entry.id for entry in self.sheets if entry.part == part)

    def _refuse_sheet_name(self, name: str) -> None:
        wrong = (
            _FORBIDDEN.search(name) or not 0 < len(name) <= 31 or name.startswith("'") or name.endswith("'")
        )
        if wrong or name.lower() in {_RESERVED, *(entry.name.lower() for entry in self.sheets)}:
            raise UnsafeEdit(
                f"a sheet cannot be called {name!r} here: choose another name of at most 31 characters."
            )

    def _list_sheet(self, name: str, relationship: str) -> None:
        data, root = self.package.tree(self.part)
        listed = root.find("sheets")
        if listed is None:
            raise UnsafeEdit(f"{self.package.path.name} lists no sheets; it is left alone.")
        prefix = f"{root.prefix}:".encode() if root.prefix else b""
        item = b'<%ssheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>' % (
            prefix,
            spans.escape_attribute(name),
            max((entry.id for entry in self.sheets), default=0) + 1,
            namespaces.relationships(self.main).encode(),
            relationship.encode(),
        )
        self.package.write(self.part, spans.splice(data, [spans.append_child(data, listed, item)]))
        self._read()

    def _new_styles_part(self) -> str:
        part = (
            "xl/styles.xml"
            if "xl/styles.xml" not in self.package
            else self.package.fresh_name("xl/styles{}.xml")
        )
        self.package.write(part, _DECLARATION + b'<styleSheet xmlns="%s"></styleSheet>' % self.main.encode())
        self.package.set_content_type(part, _STYLES_TYPE)
        self.package.relate(self.part, namespaces.relationship_type("styles", self.main), part)
        return part


def _empty_sheet(main: str) -> bytes:
    root = b'<worksheet xmlns="%s"><dimension ref="A1"/><sheetData/></worksheet>'
    return _DECLARATION + root % main.encode()


def _defined_name(node: xmltree.Node, data: bytes) -> DefinedName:
    local = node.number("localSheetId") if "localSheetId" in node.attributes else None
    return DefinedName(node.attributes.get("name", ""), node.text(data), local)
