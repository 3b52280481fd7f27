"""Rows, columns and cells that are inserted into a sheet or deleted from it, with all that follows them.

Everything is done on a draft of the package, so that a refusal leaves the workbook as it was. What cannot
be moved exactly is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.drawings import links
from hscb_xl.ooxml.formula import references, shifted
from hscb_xl.ooxml.formula.references import LOST, Move
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet import sharedformulas
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.sheet.sharedformulas import Member
from hscb_xl.ooxml.structure import drawings, referrers, rules, surround, tables
from hscb_xl.ooxml.structure import rows as movedrows
from hscb_xl.ooxml.structure.rows import Origin


def move(workbook: Workbook, sheet: str, wanted: Move, origin: Origin = "before") -> None:
    """Insert or delete cells of a sheet; UnsafeEdit, with nothing changed, where something cannot follow.

    The calculation chain is dropped, as Excel makes it anew.
    """
    workbook.flush()
    held = workbook.sheet(sheet)
    draft = workbook.package.draft()
    with workbook.package.naming(sheet), _naming(held, wanted):
        _Mover(workbook, draft, held, wanted, origin).run()
    workbook.package.adopt(draft)
    workbook.reread(list(workbook.owners))


@contextmanager
def _naming(sheet: SheetPart, wanted: Move) -> Iterator[None]:
    """Say in a refusal which cells could not be inserted or deleted."""
    try:
        yield
    except UnsafeEdit as problem:
        done = "inserted" if wanted.inserting else "deleted"
        where = sheet.where(wanted.area.address)
        raise UnsafeEdit(f"{where} cannot be {done} here: {problem}") from problem


class _Mover:
    """One move: the draft that it is made in, and the sheet before it."""

    def __init__(
        self, workbook: Workbook, draft: Package, before: SheetPart, wanted: Move, origin: Origin
    ) -> None:
        self.workbook = workbook
        self.draft = draft
        self.before = before
        self.move = wanted
        self.origin: Origin = origin
        self.title = before.title

    def run(self) -> None:
        """Refuse what cannot follow, then let all follow."""
        surround.refuse(self.before.frame)
        drawings.refuse(self.draft, self.before, self.move)
        self._refuse_cut_arrays()
        self._refuse_relative_names()
        self._prepare_sheets()
        referrers.rewrite(self.draft, self.workbook.owners, self._followed)
        self._refuse_lost_sources()
        self._move_sheet()
        self._drop_chain()

    def _followed(self, formula: str, own: str | None) -> str:
        """A formula's new text; most formulas of other sheets cannot mean this one."""
        named = self.title.lower().replace("'", "''") in formula.lower()
        between = ":" in formula and "!" in formula  # a reference to several sheets need not name this one
        if own != self.title and not named and not between:
            return formula
        return references.shifted(formula, own, self.title, self.move)

    def _refuse_cut_arrays(self) -> None:
        if b"dataTable" in self.before.grid.data:
            raise UnsafeEdit("the sheet has a what-if table.")
        for area in self.before.grid.filled_areas:
            after = self.move.after(area)
            if after is not None and after.shape != area.shape:
                raise UnsafeEdit(f"the array formula in {area.address} would be cut.")

    def _refuse_relative_names(self) -> None:
        for name in self.workbook.names:
            own = None if name.sheet is None else self.workbook.sheets[name.sheet].name
            moves = self._followed(name.refers_to, own) != name.refers_to
            if moves and not rules.is_absolute(name.refers_to):
                raise UnsafeEdit(f"the name {name.name} refers to its cells from wherever it is used.")

    def _prepare_sheets(self) -> None:
        """Write formulas in such a way that each can follow by itself."""
        worksheets = {entry.part: entry.name for entry in self.workbook.sheets if entry.part}
        for part, title in worksheets.items():
            data = self.draft.read(part)
            if title == self.title or b"!" in data:
                self._prepare(self._part(part, title, data))

    def _prepare(self, sheet: SheetPart) -> None:
        own = sheet.title
        if own == self.title:
            sheet.frame.replace(rules.rebased(sheet.frame, own, self.move))
        else:
            rules.refuse_elsewhere(sheet.frame, own, self.title, self.move)
        rows = sharedformulas.written_out(sheet.grid, lambda group: self._parts_ways(group, own))
        if rows != sheet.grid.data:
            sheet.rewrite(rows)
        if sheet.is_changed:
            self.draft.write(sheet.name, sheet.data)

    def _parts_ways(self, group: list[Member], own: str) -> bool:
        """Whether the cells of a shared formula move apart, or their formulas do not follow as one."""
        places = [self._place(member, own == self.title) for member in group]
        steps = {
            place and (place[0] - m.row, place[1] - m.column) for place, m in zip(places, group, strict=True)
        }
        if len(steps) > 1 or None in steps:
            return True
        texts = [self._followed(member.text, own) for member in group]
        row, column = group[0].row, group[0].column
        as_one = [references.copied(texts[0], m.row - row, m.column - column) for m in group]
        return as_one != texts

    def _place(self, member: Member, here: bool) -> tuple[int, int] | None:
        place = member.row, member.column
        return shifted.place(self.move, *place) if here else place

    def _refuse_lost_sources(self) -> None:
        for name in self.draft.names:
            if "pivotcachedefinition" in name.lower() and LOST.encode() in self.draft.read(name):
                raise UnsafeEdit("a pivot table would lose its source.")
            if "/tables/" in name.lower() and self._lost_more(name):
                raise UnsafeEdit("a calculated column of a table refers to cells that would go.")

    def _lost_more(self, part: str) -> bool:
        lost = LOST.encode()
        return self.draft.read(part).count(lost) > self.workbook.package.read(part).count(lost)

    def _move_sheet(self) -> None:
        name, wanted = self.before.name, self.move
        sheet = self._part(name, self.title, self.draft.read(name))
        links.drop(self.draft, sheet, surround.gone_links(sheet.frame, wanted))
        sheet.rewrite(movedrows.moved(sheet.grid, wanted, self.origin))
        surround.follow(sheet.frame, wanted, wanted.first - (self.origin == "before"))
        tables.move_tables(self.draft, sheet, wanted)
        drawings.move_notes(self.draft, sheet, wanted)
        drawings.move_drawing(self.draft, self.before, sheet, wanted)
        self.draft.write(name, sheet.data)

    def _drop_chain(self) -> None:
        chain = self.draft.related(self.workbook.part, "calcChain")
        if chain is not None:
            self.draft.unrelate(self.workbook.part, chain)
            self.draft.remove(chain)

    def _part(self, name: str, title: str, data: bytes) -> SheetPart:
        return SheetPart(name, data, self.before.shared, self.before.date1904, title, self.before.file)
