"""Shared formulas of a sheet: written once for many cells, and written out for each where need be."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hscb_xl.ooxml.formula.references import copied
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.sheet.cells import attributes
from hscb_xl.ooxml.sheet.grid import Grid
from hscb_xl.ooxml.xml import spans

_FORMULA = re.compile(rb"<((?:\w+:)?f)(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?f\s*>)", re.DOTALL)
_SHARING = re.compile(rb"""\s(?:t|ref|si)\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(frozen=True, slots=True)
class Member:
    """A cell that shares a formula: the formula as it would stand there alone, and where its element is."""

    row: int
    column: int
    text: str
    start: int
    end: int
    tag: bytes
    more: bytes
    is_master: bool

    @property
    def alone(self) -> spans.Edit:
        """The edit that writes the formula out for this cell."""
        written = b"<%s%s>%s</%s>" % (self.tag, self.more, spans.escape_text(self.text), self.tag)
        return self.start, self.end, written


def groups(grid: Grid) -> list[list[Member]]:
    """The cells of each shared formula, the one that it is written in first."""
    if b"shared" not in grid.data:
        return []
    masters: dict[bytes, Member] = {}
    found: dict[bytes, list[Member]] = {}
    waiting = []
    for row, column, number, member in _members(grid):
        if member.is_master:
            masters[number] = member
            found[number] = [member]
        else:
            waiting.append((row, column, number, member))
    for row, column, number, member in waiting:
        master = masters.get(number)
        if master is not None:
            text = member.text or copied(master.text, row - master.row, column - master.column)
            found[number].append(replace(member, text=text))
    return list(found.values())


def written_out(grid: Grid, chosen: Callable[[list[Member]], bool]) -> bytes:
    """The rows with the shared formulas that are ``chosen`` written out for each of their cells."""
    edits = [member.alone for group in groups(grid) if chosen(group) for member in group]
    return spans.splice(grid.data, edits)


def _members(grid: Grid) -> Iterator[tuple[int, int, bytes, Member]]:
    for row in grid.rows.values():
        if grid.data.find(b"shared", row.inner, row.inner_end) < 0:
            continue
        for cell in grid.row_cells(row):
            match = _FORMULA.search(grid.data, cell.start, cell.end)
            found = attributes(match[2]) if match else {}
            if match and found.get(b"t") == b"shared":
                more = _SHARING.sub(b"", match[2]).rstrip()
                text = strings.from_xml(match[3] or b"")
                place = match.start(), match.end()
                is_master = b"ref" in found and bool(text)
                member = Member(cell.row, cell.column, text, *place, match[1], more, is_master)
                yield cell.row, cell.column, found.get(b"si", b""), member
