"""References in formulas that follow what happens to sheets, rows and columns.

Every function gives the same text back where nothing in it is concerned. What stands in a text, as in
INDIRECT("Plan!A1"), is left alone, as Excel leaves it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.formula.tokens import Sheets, Token, same, tokens

Axis = Literal["rows", "columns"]
LOST = "#REF!"
"""What stands where cells were that are no longer there."""

_CORNER = re.compile(r"(?:(\$?)([A-Za-z]{1,3}))?(?:(\$?)([0-9]{1,7}))?")


@dataclass(frozen=True, slots=True)
class Move:
    """Cells that are inserted or deleted and push or pull those behind them along an axis.

    ``area`` are the cells that come or go: whole rows or columns, or a block whose neighbours move.
    """

    area: Area
    axis: Axis
    inserting: bool

    @classmethod
    def of_rows(cls, first: int, count: int, inserting: bool) -> "Move":
        """Whole rows, counted from 1."""
        return cls(Area(first, 1, first + count - 1, refs.MAX_COLUMN), "rows", inserting)

    @classmethod
    def of_columns(cls, first: int, count: int, inserting: bool) -> "Move":
        """Whole columns, counted from 1."""
        return cls(Area(1, first, refs.MAX_ROW, first + count - 1), "columns", inserting)

    @property
    def first(self) -> int:
        """The first row or column that comes or goes."""
        return self.area.top if self.axis == "rows" else self.area.left

    @property
    def count(self) -> int:
        """How many rows or columns come or go."""
        return self.area.shape[0 if self.axis == "rows" else 1]

    def after(self, area: Area) -> Area | None:
        """Where the cells of an area lie afterwards, None where all are gone.

        Raises UnsafeEdit where only a part of them is concerned, so that they are no rectangle any more.
        """
        lines, across = _along(area, self.axis)
        if not self._reaches(lines):
            return area
        band = _along(self.area, self.axis)[1]
        if across[1] < band[0] or band[1] < across[0]:
            return area
        if not band[0] <= across[0] <= across[1] <= band[1]:
            raise UnsafeEdit(
                f"the cells {area.address} lie partly beside {self.area.address}, whose neighbours move."
            )
        kept = self._lines(*lines)
        if kept is None:
            return None
        if self.axis == "rows":
            return replace(area, top=kept[0], bottom=kept[1])
        return replace(area, left=kept[0], right=kept[1])

    def _reaches(self, lines: tuple[int, int]) -> bool:
        """Whether rows or columns move; those that are all there are stay so."""
        return lines[1] >= self.first and lines != (1, self._limit)

    @property
    def _limit(self) -> int:
        return refs.MAX_ROW if self.axis == "rows" else refs.MAX_COLUMN

    def _lines(self, low: int, high: int) -> tuple[int, int] | None:
        if self.inserting:
            low += self.count if low >= self.first else 0
            return None if low > self._limit else (low, min(high + self.count, self._limit))
        behind = self.first + self.count
        low = low if low < self.first else max(low - self.count, self.first)
        high = high - self.count if high >= behind else self.first - 1
        return (low, high) if low <= high else None


def renamed(formula: str, old: str, new: str) -> str:
    """The formula after the sheet ``old`` was called ``new``."""

    def change(token: Token) -> str:
        if token.kind != "sheet" or token.sheet is None or not token.sheet.names(old):
            return token.text
        first, last = token.sheet.first, token.sheet.last
        return Sheets(
            token.sheet.book,
            new if same(first, old) else first,
            new if last is not None and same(last, old) else last,
        ).text

    return _changed(formula, change) if may_name(formula, old) else formula


def mentions(formula: str, sheet: str, own: str | None, order: Sequence[str] = ()) -> bool:
    """Whether a formula that stands on the sheet ``own`` refers to a sheet.

    ``order`` are the sheets of the book: with it, those between the first and the last of several count.
    """
    for token in tokens(formula):
        if token.kind == "sheet" and token.sheet is not None:
            if token.sheet.names(sheet) or _lies_between(token.sheet, sheet, order):
                return True
        elif token.kind == "cells" and token.sheet is None and own is not None and same(own, sheet):
            return True
    return False


def shifted(formula: str, own: str | None, sheet: str, move: Move) -> str:
    """The formula, which stands on ``own``, after rows or columns of ``sheet`` came or went.

    Raises UnsafeEdit where cells on several sheets at once, or only a part of some cells, would move.
    """

    def change(token: Token) -> str:
        if token.kind != "cells" or not _concerns(token, own, sheet):
            return token.text
        after = move.after(refs.area(token.text))
        if token.sheet is not None and token.sheet.last is not None and after != refs.area(token.text):
            where = f"{token.sheet.text}{token.text}"
            raise UnsafeEdit(f"the formula {formula} refers to {where} on several sheets at once.")
        return LOST if after is None else _rewritten(token.text, after)

    return _changed(formula, change)


def copied(formula: str, rows: int, columns: int) -> str:
    """The formula in a cell so many rows below and columns to the right: relative parts move with it."""

    def change(token: Token) -> str:
        return _copied(token.text, rows, columns) if token.kind == "cells" else token.text

    return _changed(formula, change) if rows or columns else formula


def tables_renamed(formula: str, names: Mapping[str, str]) -> str:
    """The formula after tables got other names; ``names`` gives the new ones by the old in lower case."""

    def change(token: Token) -> str:
        known = token.kind == "name" and token.sheet is None
        return names.get(token.text.lower(), token.text) if known else token.text

    return _changed(formula, change) if names else formula


def name_renamed(
    formula: str, old: str, new: str, own: str | None, scope: str | None, local: Collection[str] = ()
) -> str:
    """The formula after a defined name got another one; the arguments are those of ``uses_name``."""

    def change(token: Token) -> str:
        return new if _is_name(token, old, own, scope, local) else token.text

    return _changed(formula, change) if old.lower() in formula.lower() else formula


def uses_name(
    formula: str, name: str, own: str | None, scope: str | None, local: Collection[str] = ()
) -> bool:
    """Whether a formula on the sheet ``own`` uses a defined name.

    ``scope`` is the sheet that the name is local to, None for one of the book; ``local`` are the sheets, in
    lower case, that have one of their own with the same name, which a formula there means.
    """
    if name.lower() not in formula.lower():
        return False
    return any(_is_name(token, name, own, scope, local) for token in tokens(formula))


def names_in(formula: str) -> set[str]:
    """The names of tables and cells that a formula uses without a sheet in front, in lower case."""
    return {token.text.lower() for token in tokens(formula) if token.kind == "name" and token.sheet is None}


def _is_name(token: Token, name: str, own: str | None, scope: str | None, local: Collection[str]) -> bool:
    if token.kind not in ("name", "function") or not same(token.text, name):
        return False
    if token.sheet is not None and not token.sheet.here:
        return False
    sheet = (token.sheet.first if token.sheet else own) or ""
    return sheet.lower() not in local if scope is None else same(sheet, scope)


def _changed(formula: str, change: Callable[[Token], str]) -> str:
    return "".join(map(change, tokens(formula)))


def may_name(formula: str, sheet: str) -> bool:
    """Whether a formula may call a sheet by its name; told without reading it."""
    return sheet.lower().replace("'", "''") in formula.lower()


def _lies_between(sheets: Sheets, sheet: str, order: Iterable[str]) -> bool:
    if not sheets.here or sheets.last is None:
        return False
    places = {name.lower(): place for place, name in enumerate(order)}
    ends = [places.get(name.lower()) for name in (sheets.first, sheets.last)]
    place = places.get(sheet.lower())
    if place is None or None in ends:
        return False
    low, high = sorted(end for end in ends if end is not None)
    return low <= place <= high


def _concerns(token: Token, own: str | None, sheet: str) -> bool:
    """Whether cells may lie on a sheet; those on several sheets may, whatever sheets these are."""
    if token.sheet is None:
        return own is not None and same(own, sheet)
    return token.sheet.is_one(sheet) or (token.sheet.here and token.sheet.last is not None)


def _along(area: Area, axis: Axis) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and last line along an axis, and across it."""
    rows, columns = (area.top, area.bottom), (area.left, area.right)
    return (rows, columns) if axis == "rows" else (columns, rows)


def _rewritten(text: str, after: Area) -> str:
    """A reference with the numbers of another area, its dollar signs and its form kept."""
    if refs.area(text) == after:
        return text
    corners = _corners(text)
    rows = _placed([corner[1] for corner in corners], after.top, after.bottom)
    columns = _placed([corner[0] for corner in corners], after.left, after.right)
    return _text(columns, rows)


Mark = tuple[str, int] | None
"""A row or column of a reference: its dollar sign or '', and its number; None in whole columns or rows."""


def _corners(text: str) -> list[tuple[Mark, Mark]]:
    """The column and the row of each corner."""
    return [_corner(part) for part in text.split(":")]


def _corner(text: str) -> tuple[Mark, Mark]:
    match = _CORNER.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no corner of a reference")
    column = (match[1], refs.number(match[2])) if match[2] else None
    return column, (match[3], int(match[4])) if match[4] else None


def _placed(marks: list[Mark], low: int, high: int) -> list[Mark]:
    """Marks at other places: the smaller one at ``low``, the larger one at ``high``."""
    numbers = [mark[1] for mark in marks if mark]
    return [mark and (mark[0], low if mark[1] == min(numbers) else high) for mark in marks]


def _copied(text: str, rows: int, columns: int) -> str:
    corners = _corners(text)
    right = [_pushed(corner[0], columns, refs.MAX_COLUMN) for corner in corners]
    down = [_pushed(corner[1], rows, refs.MAX_ROW) for corner in corners]
    if LOST in right or LOST in down:
        return LOST
    return _text(_in_order(right), _in_order(down))


def _pushed(mark: Mark, by: int, limit: int) -> Mark | str:
    if mark is None or mark[0]:
        return mark
    number = mark[1] + by
    return (mark[0], number) if 1 <= number <= limit else LOST


def _in_order(marks: Sequence[Mark | str]) -> list[Mark]:
    kept = [mark for mark in marks if not isinstance(mark, str)]
    return sorted(kept, key=lambda mark: mark[1] if mark else 0)


def _text(columns: Sequence[Mark], rows: Sequence[Mark]) -> str:
    return ":".join(
        (f"{column[0]}{refs.letters(column[1])}" if column else "") + (f"{row[0]}{row[1]}" if row else "")
        for column, row in zip(columns, rows, strict=True)
    )
