"""A workbook package: its sheets, names, styles and shared texts, opened, changed and saved."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from hscb_xl.base.limits import Limits, Own
from hscb_xl.errors import DamagedBook, NotAWorkbook, PlanError, UnsafeEdit
from hscb_xl.ooxml.book import calculation, listing, properties, sheetlist
from hscb_xl.ooxml.book.listing import SheetEntry
from hscb_xl.ooxml.package import foreign
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.sheet import surround as frames
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.sheet.strings import SharedStrings
from hscb_xl.ooxml.styles.styles import Styles
from hscb_xl.ooxml.tables import tables
from hscb_xl.ooxml.tables.tables import Table
from hscb_xl.ooxml.xml import namespaces, tree

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_MAIN_TYPE = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.spreadsheetml|ms-excel)\.\S*main\+xml"
)
_FORMAT = re.compile(rb""" s(?:tyle)?=["']([0-9]{1,9})["']""")

P = ParamSpec("P")
T = TypeVar("T")


class Workbook:
    """One workbook in memory; nothing is written before ``save``."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._limits = package.limits
        self.part = self._main_part()
        self._sheets: dict[str, SheetPart] = {}
        self._put_off: dict[str, Callable[[], None]] = {}
        self._last_id = 0
        self._read()
        self._shared = SharedStrings(self._shared_strings)
        self._styles_part = package.related(self.part, "styles")
        self._styles: Styles | None = None

    @classmethod
    def open(cls, path: Path, limits: Limits | None = None) -> "Workbook":
        """The workbook at ``path``; an error that says what is wrong with it, or too large, otherwise."""
        return cls(Package.open(path, limits))

    @property
    def styles(self) -> Styles:
        """The cell formats; a workbook without any gets the least that Excel accepts."""
        if self._styles is None:
            if self._styles_part is None:
                self._styles_part = self._new_styles_part()
            data = self.package.read(self._styles_part)
            with self.package.naming(self._styles_part):
                self._styles = Styles(data, self.package.path.name, self._refuse_formats_from)
        return self._styles

    def sheet(self, name: str) -> SheetPart:
        """The worksheet of that name; KeyError where there is none, UnsafeEdit for a chart sheet."""
        return self.part_of(self.entry(name))

    def entry(self, name: str) -> SheetEntry:
        """The sheet of that name, of whatever kind; KeyError where there is none."""
        found = self._by_name.get(name.lower())
        if found is None:
            raise KeyError(name)
        return found

    def hold_to(self, own: Own) -> Limits:
        """Read no more than its own limits allow; they never raise those that it was opened with.

        The limits that hold now. Raises OverLimit where more is there.
        """
        limits = self._limits.lowered(own)
        self.package.hold_to(limits)
        for sheet in self._sheets.values():
            sheet.hold_to(limits)
        return limits

    @property
    def owners(self) -> dict[str, str]:
        """The names of the sheets by their parts."""
        return {entry.target: entry.name for entry in self.sheets if entry.target}

    def reread(self, parts: Collection[str] = ()) -> None:
        """Take over what was written into the package itself; ``parts`` are the sheets that it concerns.

        Edits of these sheets must have been put into the package before.
        """
        self._read()
        concerned = {part.replace("\\", "/").lower() for part in parts}
        names = {entry.part: entry.name for entry in self.sheets}
        for part in [part for part in self._sheets if part.lower() in concerned]:
            if part in names:
                self._refresh(self._sheets[part], names[part])
            else:
                del self._sheets[part]

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Take every change back that is made here before something is refused."""
        self.flush()
        before = self.package.draft()
        try:
            yield
        except PlanError:
            for sheet in self._sheets.values():
                sheet.forget()
            self.package.adopt(before)
            self._styles_part = self.package.related(self.part, "styles")
            self._styles = None
            self.reread(list(self.owners))
            raise

    def _refresh(self, sheet: SheetPart, title: str) -> None:
        """Let a sheet in memory be what the package holds; whoever works on it goes on with it."""
        with self.package.naming(title):
            around, rows = frames.split(self.package.read(sheet.name))
        sheet.title = title
        sheet.rewrite(rows)
        sheet.frame.replace([(0, len(sheet.frame.data), around)])

    def tables(self) -> list[Table]:
        """The tables of all sheets."""
        return [table for e in self.sheets if e.part for table in tables.tables(self.package, e.part)]

    def add_sheet(self, name: str, place: int | None = None) -> SheetPart:
        """A new, empty worksheet in front of the sheet at ``place``, counted from 0, or behind the others."""
        return self.insert_sheet(name, listing.empty_sheet(self.main), place)

    def insert_sheet(self, name: str, data: bytes, place: int | None = None) -> SheetPart:
        """A new worksheet that has these bytes; UnsafeEdit for a name that Excel would not take."""
        sheetlist.refuse_name(name, (entry.name for entry in self.sheets))
        place = len(self.sheets) if place is None else place
        part = self.package.fresh_name("xl/worksheets/sheet{}.xml")
        self.package.write(part, data)
        self.package.set_content_type(part, _SHEET_TYPE)
        before = sum(entry.part is not None for entry in self.sheets[:place])
        properties.list_sheet(self.package, self.worksheets, name, before)
        relationship = self.package.relate(
            self.part, namespaces.relationship_type("worksheet", self.main), part
        )
        self._last_id += 1
        sheetlist.insert(self.package, self.part, place, name, self._last_id, relationship)
        self.reread([part])
        return self.sheet(name)

    @property
    def worksheets(self) -> dict[str, bool]:
        """The names of the worksheets in order, and whether each is shown."""
        return {entry.name: entry.visible for entry in self.sheets if entry.part}

    def save(self, target: Path, keep: int = 0) -> bool:
        """Write the workbook to ``target``; False when the file there holds these bytes already.

        ``keep`` is how many backups of the file there are to be. Raises UnsafeEdit, and writes nothing, when
        a cell or a header shall hold what it must not.
        """
        self.flush()
        if self.package.changed:
            parts = [part for part in self._parts_with_cells() if self._may_hold_formulas(part)]
            calculation.ask_for_full_calculation(self.package, self.part, parts)
        written = self.package.save(target, keep)
        for sheet in self._sheets.values():
            sheet.file = target.name
        return written

    def _parts_with_cells(self) -> list[str]:
        return [entry.part for entry in self.sheets if entry.part]

    def _refuse_formats_from(self, count: int) -> None:
        """Refuse a workbook with cells of formats that it does not have: they would get those of ours."""
        for entry in self.sheets:
            data = self.package.read(entry.part) if entry.part else b""
            if any(int(index) >= count for index in set(_FORMAT.findall(data))):
                raise DamagedBook(
                    f"{self.package.path.name}: the sheet {entry.name} has cells of a format that "
                    "the workbook does not have; open the file in Excel and repair it."
                )

    def _may_hold_formulas(self, part: str) -> bool:
        return part not in self._sheets or not self._sheets[part].is_free_of_formulas

    def flush(self) -> None:
        """Put every edit of sheets and styles into the package."""
        for sheet in self._sheets.values():
            self._flush_sheet(sheet)
        if self._styles is not None and self._styles_part is not None:
            self.package.write(self._styles_part, self._styles.data)
        for part in list(self._put_off):
            self._put_off[part]()
            del self._put_off[part]  # not before it is done: what was refused is asked for again

    def put_off(self, part: str, work: Callable[[], None]) -> None:
        """Have something done to a part once, when all cells are known: by the next ``flush``."""
        self._put_off[part] = work

    def _flush_sheet(self, sheet: SheetPart) -> None:
        sheet.flush()
        tables.follow(self.package, sheet)
        sheet.changed.clear()
        if sheet.freed:
            number = self._sheet_number(sheet.name)
            calculation.forget(self.package, self.part, number, sheet.freed)
            sheet.freed.clear()
        if sheet.is_changed:
            self.package.write(sheet.name, sheet.pieces)

    def _read(self) -> None:
        data, root = self.package.tree(self.part)
        with self.package.naming(self.part):
            self._take(root, data)

    def _take(self, root: tree.Node, data: bytes) -> None:
        self.main: str = root.namespace
        if root.local != "workbook" or self.main not in (namespaces.MAIN, namespaces.STRICT_MAIN):
            raise UnsafeEdit(f"{self.package.path.name} is written in a dialect this program does not know.")
        properties = root.find("workbookPr")
        self.date1904 = properties is not None and properties.is_on("date1904")
        self.sheets = listing.sheets(root, self.package.relationships(self.part))
        self._by_name = {entry.name.lower(): entry for entry in reversed(self.sheets)}
        self.by_id = {entry.id: entry for entry in reversed(self.sheets)}
        self._last_id = max((self._last_id, *(entry.id for entry in self.sheets)))
        self.names = listing.names(root, data)

    def _main_part(self) -> str:
        part = self.package.related("", "officeDocument")
        kind = self.package.content_type(part) if part else None
        if part is None or not _MAIN_TYPE.fullmatch(kind or ""):
            raise NotAWorkbook(foreign.of_package(self.package.path.name, kind))
        return part

    def _shared_strings(self) -> list[str]:
        part = self.package.related(self.part, "sharedStrings")
        if part is None:
            return []
        data = self.package.read(part)
        with self.package.naming(part):
            return strings.shared_strings(data)

    def part_of(self, entry: SheetEntry) -> SheetPart:
        """The worksheet that the workbook lists so; UnsafeEdit for a chart sheet."""
        if entry.part is None:
            raise UnsafeEdit(
                f"the sheet {entry.name} of {self.package.path.name} holds no cells; it is left alone."
            )
        if entry.part not in self._sheets:
            data, file = self.package.read(entry.part), self.package.path.name
            with self.package.naming(entry.name):
                self._sheets[entry.part] = SheetPart(
                    entry.part, data, self._shared, self.date1904, entry.name, file, self.package.limits
                )
        return self._sheets[entry.part]

    def _sheet_number(self, part: str) -> int:
        """The number Excel's calculation chain calls a sheet by: its sheetId."""
        return next(entry.id for entry in self.sheets if entry.part == part)

    def _new_styles_part(self) -> str:
        part = (
            "xl/styles.xml"
            if "xl/styles.xml" not in self.package
            else self.package.fresh_name("xl/styles{}.xml")
        )
        self.package.write(
            part, listing.DECLARATION + b'<styleSheet xmlns="%s"></styleSheet>' % self.main.encode()
        )
        self.package.set_content_type(part, _STYLES_TYPE)
        self.package.relate(self.part, namespaces.relationship_type("styles", self.main), part)
        return part


def all_or_nothing(
    function: Callable[Concatenate[Workbook, P], T],
) -> Callable[Concatenate[Workbook, P], T]:
    """A function of a workbook that leaves it as it was where it refuses."""

    @wraps(function)
    def whole(workbook: Workbook, /, *given: P.args, **named: P.kwargs) -> T:
        with workbook.all_or_nothing():
            return function(workbook, *given, **named)

    return whole
