"""Defined names added, changed, renamed and deleted."""

import re

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.listing import BUILT_IN, DefinedName
from hscb_xl.ooxml.book.workbook import Workbook, all_or_nothing
from hscb_xl.ooxml.formula import references, refs
from hscb_xl.ooxml.formula.tokens import Token, same, tokens
from hscb_xl.ooxml.structure import referrers
from hscb_xl.ooxml.xml import spans
from hscb_xl.ooxml.xml.tree import Node

_NAME = re.compile(r"[^\W\d][\w.?\\]{0,254}|\\[\w.?\\]{0,254}")
_EXCELS_OWN = frozenset(
    "print_area print_titles criteria extract database consolidate_area sheet_title auto_open".split()
)
_BEFORE = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences"
)
"""What stands in front of the names in a workbook part, ECMA-376 part 1, 18.2.27."""


@all_or_nothing
def add(workbook: Workbook, name: str, formula: str, sheet: int | None) -> DefinedName:
    """A new name, local to the sheet at that place where one is given; one that is there is changed.

    Raises UnsafeEdit for a name that Excel would not take, and for a formula that depends on where it stands.
    """
    for known in workbook.names:
        if same(known.name, name) and known.sheet == sheet:
            return set_formula(workbook, known, formula)
    _refuse_name(workbook, name)
    _refuse_formula(workbook, name, formula)
    insert(workbook, [(name, formula)], sheet)
    return next(known for known in workbook.names if known.name == name and known.sheet == sheet)


def insert(workbook: Workbook, new: list[tuple[str, str]], sheet: int | None) -> None:
    """Put names behind the others as they are; Excel sorts them when it saves."""
    package = workbook.package
    data, root = package.tree(workbook.part)
    prefix = f"{root.prefix}:".encode() if root.prefix else b""
    tag, local = prefix + b"definedName", b"" if sheet is None else b' localSheetId="%d"' % sheet
    xml = b"".join(
        b'<%s name="%s"%s>%s</%s>' % (tag, spans.escape_attribute(name), local, spans.escape_text(text), tag)
        for name, text in new
    )
    block = root.find("definedNames")
    if block is not None:
        edit = spans.append_child(data, block, xml)
    else:
        at = max(child.end for child in root.children if child.local in _BEFORE.split())
        edit = (at, at, b"<%ss>%s</%ss>" % (tag, xml, tag))
    package.write(workbook.part, spans.splice(data, [edit]))
    workbook.reread()


@all_or_nothing
def set_formula(workbook: Workbook, defined: DefinedName, formula: str) -> DefinedName:
    """Let a name mean something else."""
    if formula != defined.refers_to:
        _refuse_own_of_excel(workbook, defined)
        _refuse_formula(workbook, defined.name, formula)
        data, node = _node(workbook, defined)
        if node.is_empty_tag:
            slash = data.rindex(b"/", node.start, node.end)
            edit = (slash, node.end, b">%s</%s>" % (spans.escape_text(formula), node.name.encode()))
        else:
            edit = (node.start_end, node.content_end, spans.escape_text(formula))
        workbook.package.write(workbook.part, spans.splice(data, [edit]))
        workbook.reread()
    return DefinedName(defined.name, formula, defined.sheet)


@all_or_nothing
def delete(workbook: Workbook, defined: DefinedName) -> None:
    """Take a name out; UnsafeEdit where a formula of the package uses it."""
    _refuse_own_of_excel(workbook, defined)
    workbook.flush()
    scope, local = _scope(workbook, defined)
    for place in referrers.places(workbook.package, workbook.owners, defined.name):
        if references.uses_name(place.formula, defined.name, _own(workbook, place), scope, local):
            raise _refusal(workbook, defined.name, "deleted", f"{place.where} uses it")
    data, node = _node(workbook, defined)
    block = node.parent
    gone = block if block is not None and len(block.children) == 1 else node
    workbook.package.write(workbook.part, spans.splice(data, [(gone.start, gone.end, b"")]))
    workbook.reread()


@all_or_nothing
def rename(workbook: Workbook, defined: DefinedName, name: str) -> DefinedName:
    """Call a name otherwise; every formula of the package that uses it follows."""
    if name == defined.name:
        return defined
    _refuse_own_of_excel(workbook, defined)
    if not same(name, defined.name):
        _refuse_name(workbook, name)
        if any(same(known.name, name) for known in workbook.names):
            raise _refusal(workbook, defined.name, "renamed", f"there is a name {name} already")
    workbook.flush()
    scope, local = _scope(workbook, defined)

    def change(formula: str, own: str | None) -> str:
        return references.name_renamed(formula, defined.name, name, own, scope, local)

    changed = referrers.rewrite(workbook.package, workbook.owners, change, defined.name)
    workbook.reread(changed)
    here = next(n for n in workbook.names if n.name == defined.name and n.sheet == defined.sheet)
    data, node = _node(workbook, here)
    workbook.package.write(workbook.part, spans.splice(data, [spans.set_attribute(data, node, "name", name)]))
    workbook.reread()
    return DefinedName(name, here.refers_to, here.sheet)


def _node(workbook: Workbook, defined: DefinedName) -> tuple[bytes, Node]:
    data, root = workbook.package.tree(workbook.part)
    block = root.find("definedNames")
    at = workbook.names.index(defined)
    if block is None:
        raise _refusal(workbook, defined.name, "changed", "the workbook lists no names")
    return data, block.children[at]


def _own(workbook: Workbook, place: referrers.Place) -> str | None:
    """The sheet whose names a formula uses first."""
    return workbook.sheets[place.local].name if place.local is not None else place.own


def _scope(workbook: Workbook, defined: DefinedName) -> tuple[str | None, set[str]]:
    """The sheet that a name is local to, and the sheets that have one of their own in its place."""
    sheets = workbook.sheets
    alike = [n.sheet for n in workbook.names if n.sheet is not None and same(n.name, defined.name)]
    scope = None if defined.sheet is None else sheets[defined.sheet].name
    return scope, {sheets[place].name.lower() for place in alike}


def _refuse_name(workbook: Workbook, name: str) -> None:
    if not _NAME.fullmatch(name) or refs.is_reference(name) or name.lower() in _EXCELS_OWN:
        raise UnsafeEdit(
            f"{workbook.package.path.name} cannot have a name {name!r}: use letters, digits and underscores, "
            "and nothing that could be a cell's reference or is Excel's own."
        )
    if any(same(table.name, name) for table in workbook.tables()):
        raise _refusal(workbook, name, "added", "a table is called so")


def _refuse_formula(workbook: Workbook, name: str, formula: str) -> None:
    """Refuse a formula whose cells depend on the cell or the sheet that is active, or are on no sheet."""
    sheets = {entry.name.lower() for entry in workbook.sheets}
    if not formula:
        raise _refusal(workbook, name, "set", "it must mean something, such as =Plan!$A$1")
    for token in tokens(formula):
        unknown = _unknown(token, sheets)
        if unknown:
            raise _refusal(workbook, name, "set", f"there is no sheet {unknown}")
        if token.kind == "cells" and (token.sheet is None or not _is_absolute(token.text)):
            why = f"{token.text} depends on where it is used: write it with its sheet and dollar signs"
            raise _refusal(workbook, name, "set", why)


def _unknown(token: Token, sheets: set[str]) -> str:
    if token.kind != "sheet" or token.sheet is None or not token.sheet.here:
        return ""
    called = (token.sheet.first, token.sheet.last or token.sheet.first)
    return next((sheet for sheet in called if sheet and sheet.lower() not in sheets), "")


def _is_absolute(text: str) -> bool:
    return all(re.fullmatch(r"(\$[A-Za-z]+)?(\$[0-9]+)?", corner) for corner in text.split(":"))


def _refuse_own_of_excel(workbook: Workbook, defined: DefinedName) -> None:
    if defined.name.lower().startswith(BUILT_IN):
        raise _refusal(workbook, defined.name.removeprefix(BUILT_IN), "changed", "it is Excel's own")


def _refusal(workbook: Workbook, name: str, verb: str, why: str) -> UnsafeEdit:
    return UnsafeEdit(f"the name {name} of {workbook.package.path.name} cannot be {verb}: {why}.")
