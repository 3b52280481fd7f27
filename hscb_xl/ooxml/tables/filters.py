"""Filters of a sheet and of its tables: what they let through, and no filter any more."""

import re
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import spans, tree

_HIDDEN = re.compile(rb"""\shidden\s*=\s*(?:"[^"]*"|'[^']*')""")
_COMPARISONS = {
    "equal": "=",
    "notEqual": "<>",
    "greaterThan": ">",
    "lessThan": "<",
    "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """What one column of a filter lets through, in the words of Excel's object model.

    ``kind`` is values, comparison, top_items, bottom_items, top_percent, bottom_percent or unknown.
    """

    kind: str
    first: str | tuple[str, ...] | None = None
    second: str | None = None
    joined: str | None = None


def criteria(node: tree.Node) -> dict[int, Criterion]:
    """What an ``autoFilter`` lets through, by column counted from 1."""
    return {
        column.number("colId") + 1: _criterion(column.children[0])
        for column in node.all("filterColumn")
        if column.children
    }


def removals(sheet: SheetPart, node: tree.Node, field: int | None) -> list[spans.Edit]:
    """The edits that take all criteria out of a filter, or that of one column where it is the only one.

    Raises UnsafeEdit where others would have to be applied anew.
    """
    columns = node.all("filterColumn")
    gone = [column for column in columns if field in (None, column.number("colId") + 1)]
    if gone and len(gone) < len(columns):
        raise UnsafeEdit(
            f"the filter on {sheet.where(node.attributes.get('ref', ''))} has criteria for other columns as "
            "well, which only Excel can apply: clear all of them or open the file there."
        )
    return [(column.start, column.end, b"") for column in gone]


def show_rows(sheet: SheetPart, area: Area) -> None:
    """Show the rows of a filter; UnsafeEdit, with nothing changed, where an outline hides some of them."""
    tags = {}
    sheet.flush()
    for row in sheet.grid.between(area.top + 1, area.bottom):
        attributes = sheet.grid.row_attributes(row.number)
        if attributes.get(b"hidden") in (b"1", b"true"):
            if b"outlineLevel" in attributes:
                raise UnsafeEdit(
                    f"{sheet.where(f'{row.number}:{row.number}')} is hidden by a filter or by an outline, "
                    "which only Excel can tell: clear the filter there."
                )
            tags[row.number] = _HIDDEN.sub(b"", sheet.grid.tag(row.number))
    sheet.retag(tags)


def clear_sheet(sheet: SheetPart, area: Area, field: int | None) -> None:
    """Let the filter of the sheet's cells show every row, where it is the one of ``area``."""
    frame = sheet.frame
    node, properties = frame.child("autoFilter"), frame.child("sheetPr")
    edits = removals(sheet, node, field) if node else []
    if not edits:
        return
    show_rows(sheet, area)
    if properties is not None and properties.is_on("filterMode"):
        edits.append(spans.set_attribute(frame.data, properties, "filterMode", "0"))
    frame.replace(edits)


def _criterion(node: tree.Node) -> Criterion:
    if node.local == "filters" and not node.all("dateGroupItem"):
        blank = ("",) if node.is_on("blank") else ()
        return Criterion("values", (*blank, *(item.attributes.get("val", "") for item in node.all("filter"))))
    if node.local == "customFilters" and 1 <= len(node.children) <= 2:
        texts = [_comparison(item) for item in node.children]
        joined = "and" if node.is_on("and") else "or"
        return Criterion("comparison", texts[0], texts[1] if len(texts) > 1 else None, joined)
    if node.local == "top10":
        end = "bottom" if node.attributes.get("top") in ("0", "false") else "top"
        kind = f"{end}_{'percent' if node.is_on('percent') else 'items'}"
        return Criterion(kind, node.attributes.get("val", ""))
    return Criterion("unknown")


def _comparison(node: tree.Node) -> str:
    sign = _COMPARISONS.get(node.attributes.get("operator", "equal"), "=")
    return sign + node.attributes.get("val", "").strip(" ")
