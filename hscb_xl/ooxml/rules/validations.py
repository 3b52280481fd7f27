"""Data validation of a sheet: which rule a range has, a new one, none.

Excel keeps a rule whose formulas point to another sheet in the sheet's extension list; it is found,
replaced and taken away there as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.formula import areas, refs
from hscb_xl.ooxml.formula.refs import Area
from hscb_xl.ooxml.package.located import naming_the_sheet
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.sheet.surround import Frame
from hscb_xl.ooxml.xml import spans, tree

_KINDS = {
    "list": "list",
    "whole": "whole_number",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "textLength": "text_length",
    "custom": "custom",
}
"""The file's word for a kind of rule, and the object model's."""
_FILE_KINDS = {word: name for name, word in _KINDS.items()}

_USUAL = {"allowBlank": "1", "showInputMessage": "1", "showErrorMessage": "1"}
_KEPT = (*_USUAL, "errorStyle", "errorTitle", "error", "promptTitle", "prompt")


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule and where it holds; ``kind`` is the object model's word, ``attributes`` the file's."""

    kind: str
    formula1: str | None
    formula2: str | None
    attributes: dict[str, str]
    areas: tuple[Area, ...]

    @property
    def formulas(self) -> tuple[str, ...]:
        """The formulas that it has."""
        return tuple(text for text in (self.formula1, self.formula2) if text is not None)


@naming_the_sheet
def find(sheet: SheetPart, area: Area) -> list[Validation]:
    """The rules that hold for a cell of ``area``, in the file's order."""
    return [_validation(sheet.frame.data, node) for node in _meeting(sheet.frame, area)]


@naming_the_sheet
def put(
    sheet: SheetPart, area: Area, kind: str, attributes: dict[str, str], formulas: tuple[str, ...]
) -> None:
    """Let ``area`` have this rule instead of those it has; a rule that says the same already stays as it is.

    ``attributes`` are the file's (operator, showDropDown, ...), relative references of ``formulas`` are read
    against the first cell. Prompts and alerts of the one rule that held for the whole area are kept, as in
    Excel. Raises UnsafeEdit where a rule cannot be taken from these cells alone.
    """
    held = find(sheet, area)
    whole = held[0] if len(held) == 1 and any(part.covers(area) for part in held[0].areas) else None
    kept = {name: whole.attributes[name] for name in _KEPT if name in whole.attributes} if whole else _USUAL
    wanted = {"type": _FILE_KINDS[kind], **kept, **attributes}
    if whole and whole.attributes == wanted and areas.moved(whole.formulas, whole.areas, (area,)) == formulas:
        return
    delete(sheet, area)
    _append(sheet.frame, _element(sheet.frame.prefix, {**wanted, "sqref": area.address}, formulas))


@naming_the_sheet
def delete(sheet: SheetPart, area: Area) -> None:
    """Take the rules of ``area`` away; they go on holding for the cells around it.

    Raises UnsafeEdit, and changes nothing, where the formulas of one cannot follow what is left for it.
    """
    data = sheet.frame.data
    edits = []
    for block in _blocks(sheet.frame):
        met = [node for node in block.children if _meets(data, node, area)]
        left = {node.start: areas.minus(_areas(data, node), area) for node in met}
        gone = [node for node in met if not left[node.start]]
        edits += _removal(data, block, gone) if gone else []
        for node in met:
            edits += _shrunk(sheet, node, left[node.start]) if left[node.start] else []
    sheet.frame.replace(edits)


def _shrunk(sheet: SheetPart, node: tree.Node, left: tuple[Area, ...]) -> list[spans.Edit]:
    """The edits that let a rule hold for the areas that are left for it."""
    data, before = sheet.frame.data, _areas(sheet.frame.data, node)
    written = [child for child in (node.find("formula1"), node.find("formula2")) if child]
    formulas = areas.moved([child.text(data) for child in written], before, left)
    if formulas is None:
        raise UnsafeEdit(
            f"{sheet.where(areas.address(before))} has a data validation whose formula goes by the first of "
            "these cells, so it cannot be taken from some of them: change it in Excel."
        )
    element = node.find("sqref")
    if element:
        edits = [spans.set_text(data, element, areas.address(left))]
    else:
        edits = [spans.set_attribute(data, node, "sqref", areas.address(left))]
    changed = zip(written, formulas, strict=True)
    return edits + [
        spans.set_text(data, child.find("f") or child, text)
        for child, text in changed
        if child.text(data) != text
    ]


def _removal(data: bytes, block: tree.Node, gone: Sequence[tree.Node]) -> list[spans.Edit]:
    """The edits that take rules out of a block, and with the last one what was there only for the block."""
    if len(gone) < len(block.children):
        return spans.remove_items(data, block, gone)
    outer = block
    while outer.parent and outer.parent.parent and len(outer.parent.children) == 1:
        outer = outer.parent
    return [(outer.start, outer.end, b"")]


def _append(frame: Frame, element: bytes) -> None:
    block = frame.child("dataValidations")
    if block is not None:
        frame.replace(spans.append_item(frame.data, block, element))
        return
    at = frame.place_for("dataValidations")
    tag = frame.prefix + b"dataValidations"
    frame.replace([(at, at, b'<%s count="1">%s</%s>' % (tag, element, tag))])


def _element(prefix: bytes, attributes: dict[str, str], formulas: tuple[str, ...]) -> bytes:
    written = b"".join(
        b' %s="%s"' % (name.encode(), spans.escape_attribute(value)) for name, value in attributes.items()
    )
    inner = b"".join(
        b"<%sformula%d>%s</%sformula%d>" % (prefix, number, spans.escape_text(formula), prefix, number)
        for number, formula in enumerate(formulas, start=1)
    )
    return b"<%sdataValidation%s>%s</%sdataValidation>" % (prefix, written, inner, prefix)


def _blocks(frame: Frame) -> list[tree.Node]:
    """The sheet's own block of rules, and those in its extension list."""
    extensions = [block for extension in frame.items("extLst") for block in extension.all("dataValidations")]
    return [*frame.children("dataValidations"), *extensions]


def _meeting(frame: Frame, area: Area) -> list[tree.Node]:
    nodes = [node for block in _blocks(frame) for node in block.all("dataValidation")]
    return [node for node in nodes if _meets(frame.data, node, area)]


def _meets(data: bytes, node: tree.Node, area: Area) -> bool:
    return any(part.meets(area) for part in _areas(data, node))


def _areas(data: bytes, node: tree.Node) -> tuple[Area, ...]:
    """Where a rule holds: an attribute says so, an element in the extension list."""
    element = node.find("sqref")
    return refs.areas(element.text(data) if element else node.attributes.get("sqref", ""))


def _validation(data: bytes, node: tree.Node) -> Validation:
    first, second = node.find("formula1"), node.find("formula2")
    return Validation(
        _KINDS.get(node.attributes.get("type", "none"), "unknown"),
        first.text(data) if first else None,
        second.text(data) if second else None,
        {name: value for name, value in node.attributes.items() if name != "sqref" and ":" not in name},
        _areas(data, node),
    )
