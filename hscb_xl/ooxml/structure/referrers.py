"""Every formula and reference of a whole package, and how all of them follow a change."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.structure import formulas
from hscb_xl.ooxml.structure.formulas import Spot
from hscb_xl.ooxml.xml import spans

Change = Callable[[str, str | None], str]
"""Gives a formula its new text; with it comes the sheet it stands on, None where it stands on none."""

_NO_FORMULAS = re.compile(
    r"(docprops/|custom\w+/|_rels/|xl/(sharedstrings|styles|calcchain|theme/|comments|threadedcomments/|persons/|pivotcache/pivotcacherecords))"
)
_FORMULAS = re.compile(r"\.(xml|vml)$|drawings/_rels/[^/]*\.rels$")
_BARE_NAME = re.compile(r"[A-Za-z0-9_ .,-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula stands, in words that a message can have, and the formula.

    ``local`` is the place of the sheet that it is local to where it is a defined name's.
    """

    part: str
    own: str | None
    where: str
    formula: str
    local: int | None = None


def places(package: Package, owners: dict[str, str], hint: str = "") -> Iterator[Place]:
    """Every formula and reference; ``owners`` are the sheets by their parts, those of chart sheets included.

    With a ``hint``, parts in which that text cannot stand are left out.
    """
    of_sheet = _owners(package, owners)
    for part, data in _parts(package, hint):
        own = of_sheet.get(key(part))
        for spot in _spots(package, part, data):
            yield Place(part, own, _where(data, spot, own), spot.formula, spot.local)


def rewrite(package: Package, owners: dict[str, str], change: Change, hint: str = "") -> set[str]:
    """Let every formula and reference follow a change; the parts in which one did.

    Nothing is written where ``change`` refuses one: the UnsafeEdit says where it stands.
    """
    of_sheet = _owners(package, owners)
    new: dict[str, bytes] = {}
    for part, data in _parts(package, hint):
        own = of_sheet.get(key(part))
        found = list(_spots(package, part, data))
        with package.naming(part):
            edits = [edit for spot in found for edit in _edits(data, spot, own, change)]
        if edits:
            new[part] = spans.splice(data, edits)
    for part, data in new.items():
        package.write(part, data)
    return set(new)


def hidden_mention(package: Package, texts: Iterable[str], among: Collection[str]) -> str | None:
    """The first part of those kinds that holds one of the texts, although no formula is known to stand there.

    ``among`` are beginnings of part names such as "xl/connections".
    """
    raw = [spans.escape_attribute(text).lower() for text in texts]
    for part in package.names:
        if key(part).startswith(tuple(among)):
            data = package.read(part).replace(b"'", b"&apos;").lower()
            if any(text in data for text in raw):
                return part
    return None


def owned(package: Package, start: str) -> list[str]:
    """A part and those that it relates to, however far, in the order they are met; '' is the package."""
    found: dict[str, None] = {}
    waiting = [start]
    while waiting:
        part = waiting.pop(0)
        if part not in found and (part in package or not part):
            found[part] = None
            waiting += [
                r.target for r in package.relationships(part) if not r.external and "#" not in r.target
            ]
    return list(found)


def key(part: str) -> str:
    """A part's name as it is compared: whatever its case and its slashes."""
    return part.replace("\\", "/").lower()


def _owners(package: Package, sheets: dict[str, str]) -> dict[str, str]:
    """The sheet that each part belongs to: its drawings, tables and controls, and the links of these."""
    found: dict[str, str] = {}
    for part, sheet in sheets.items():
        for held in owned(package, part):
            found.setdefault(key(held), sheet)
    return found


def _parts(package: Package, hint: str) -> Iterator[tuple[str, bytes]]:
    for name in package.names:
        lower = key(name)
        if _FORMULAS.search(lower) and not _NO_FORMULAS.match(lower) and lower != "[content_types].xml":
            data = package.read(name)
            if _may_hold(data, hint):
                yield name, data


def _may_hold(data: bytes, hint: str) -> bool:
    """Whether a text may stand in a part, in whatever case and however it is written there."""
    if not _BARE_NAME.fullmatch(hint) or b"&#" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    lower = data.lower()
    return hint.lower().encode() in lower or hint.lower().replace(" ", "%20").encode() in lower


def _spots(package: Package, part: str, data: bytes) -> Iterator[Spot]:
    with package.naming(part):
        yield from formulas.spots(part, data)


def _edits(data: bytes, spot: Spot, own: str | None, change: Change) -> list[spans.Edit]:
    try:
        new = change(spot.formula, own)
        return spot.edits(new) if new != spot.formula else []
    except UnsafeEdit as problem:
        raise UnsafeEdit(f"{_where(data, spot, own)}: {problem}") from problem


def _where(data: bytes, spot: Spot, own: str | None) -> str:
    cell = formulas.cell_of(data, spot)
    if cell:
        return f"{own}!{cell}" if own else f"the cell {cell}"
    return f"{spot.what} on the sheet {own}" if own else spot.what
