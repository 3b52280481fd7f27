"""The filter of a range or of a table: read and cleared, never applied."""

from typing import TYPE_CHECKING, Any, Protocol

from xlwings import base_classes

from hscb_xl.engine.declared import Declared
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.tables import filters
from hscb_xl.ooxml.tables.filters import Criterion
from hscb_xl.ooxml.xml import spans, tree

if TYPE_CHECKING:
    from hscb_xl.engine.range import Range
    from hscb_xl.engine.tables import Table


class _Filtered(Protocol):
    """What has a filter: its element, and a way to clear it."""

    def node(self) -> tree.Node | None: ...
    def width(self) -> int: ...
    def clear(self, field: int | None) -> None: ...


class AutoFilter(Declared):
    """A filter, of the cells of a sheet or of a table."""

    __slots__ = ("_of",)

    def __init__(self, of: _Filtered) -> None:
        self._of = of

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """What each column lets through, as the object model has it."""
        node = self._of.node()
        found = filters.criteria(node) if node else {}
        return [_snapshot(field, found.get(field)) for field in range(1, self._of.width() + 1)]

    def clear(self, field: int | None) -> None:
        """Show every row again; of several columns with criteria, all must be cleared at once."""
        self._of.clear(field)


class OfRange:
    """The filter of a sheet's cells, where it is that of exactly these."""

    def __init__(self, range_: "Range") -> None:
        self._range = range_

    def node(self) -> tree.Node | None:
        """The sheet's filter, None where there is none or one on other cells."""
        node = self._range.sheet.part.frame.child("autoFilter")
        here = node is not None and refs.stated(node.attributes.get("ref", "")) == self._range.area
        return node if here else None

    def width(self) -> int:
        """How many columns it has."""
        return self._range.shape[1]

    def clear(self, field: int | None) -> None:
        """Take its criteria away."""
        if self.node() is not None:
            filters.clear_sheet(self._range.sheet.part, self._range.area, field)


class OfTable:
    """The filter of a table."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def node(self) -> tree.Node | None:
        """The table's filter, None where its headers have no buttons."""
        return self._tree()[1].find("autoFilter")

    def width(self) -> int:
        """How many columns it has."""
        return self._table.api.area.shape[1]

    def clear(self, field: int | None) -> None:
        """Take its criteria away."""
        data, root = self._tree()
        node = root.find("autoFilter")
        edits = filters.removals(self._table.parent.part, node, field) if node else []
        if edits:
            filters.show_rows(self._table.parent.part, self._table.api.area)
            package = self._table.parent.book.workbook.package
            package.write(self._table.api.part, spans.splice(data, edits))

    def _tree(self) -> tuple[bytes, tree.Node]:
        return self._table.parent.book.workbook.package.tree(self._table.api.part)


def _snapshot(field: int, found: Criterion | None) -> dict[str, Any]:
    if found is None:
        empty: dict[str, Any] = base_classes.empty_autofilter_criteria(field)
        return empty
    snapshot: dict[str, Any] = base_classes.autofilter_criteria_snapshot(
        field, found.kind, found.first, found.second, found.joined
    )
    return snapshot
