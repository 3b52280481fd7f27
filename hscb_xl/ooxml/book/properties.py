"""The extended properties of a file, ``docProps/app.xml``, where Excel lists the names of its sheets.

The headings are in the language of the program that wrote them ("Worksheets", "Arbeitsblätter"), so that of
the worksheets is known by the names under it. Where the properties say something else the part is left
alone: Excel writes it anew and takes nothing from it. The functions here are given the worksheets there are,
in order, and whether each is shown: very hidden ones are not listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.formula import references
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.xml import spans
from hscb_xl.ooxml.xml.tree import Node


def list_sheet(package: Package, worksheets: Mapping[str, bool], name: str, place: int | None = None) -> None:
    """Put a new worksheet at its place among the others in the list of titles, and count it.

    ``place`` is how many worksheets stand in front of it, None for all.
    """
    if found := _listing(package, worksheets):
        before = list(worksheets)[:place]
        at = found.first + sum(text in before for text in found.texts)
        behind = at == found.first + len(found.texts)
        sibling = found.titles.children[at - 1 if behind else at]
        offset = sibling.end if behind else sibling.start
        tag = sibling.name.encode()
        new = (offset, offset, b"<%s>%s</%s>" % (tag, spans.escape_text(name), tag))
        found.write(package, [new, *found.counted(1)])


def unlist_sheet(package: Package, worksheets: Mapping[str, bool], name: str) -> None:
    """Take a worksheet out of the list of titles; the last one under its heading stays there."""
    found = _listing(package, worksheets)
    if found and name in found.texts and len(found.texts) > 1:
        title = found.titles.children[found.first + found.texts.index(name)]
        found.write(package, [(title.start, title.end, b""), *found.counted(-1)])


def rename_sheet(package: Package, worksheets: Mapping[str, bool], old: str, new: str) -> None:
    """Let the list of titles call a worksheet, and the names of its cells, by its new name."""
    if found := _listing(package, worksheets):
        edits = []
        for place, title in enumerate(found.titles.children):
            text = title.text(found.data)
            listed = found.first <= place < found.first + len(found.texts)
            changed = new if listed and text == old else references.renamed(text, old, new)
            if changed != text:
                edits.append((title.start_end, title.content_end, spans.escape_text(changed)))
        found.write(package, edits)


def order_sheets(package: Package, worksheets: Mapping[str, bool], names: Sequence[str]) -> None:
    """Let the list of titles have the worksheets in another order."""
    if found := _listing(package, worksheets):
        wanted = [name for name in names if name in found.texts]
        titles = found.titles.children[found.first : found.first + len(found.texts)]
        found.write(
            package,
            [
                (title.start_end, title.content_end, spans.escape_text(name))
                for title, name, text in zip(titles, wanted, found.texts, strict=True)
                if name != text
            ],
        )


@dataclass(frozen=True, slots=True)
class _Listing:
    """The list of titles, where the worksheets are in it, and the number that their heading has."""

    part: str
    data: bytes
    titles: Node
    first: int
    texts: list[str]
    count: Node

    def counted(self, more: int) -> list[spans.Edit]:
        """The edits for so many worksheets more."""
        return [
            (self.count.start_end, self.count.content_end, b"%d" % (len(self.texts) + more)),
            spans.set_attribute(self.data, self.titles, "size", str(len(self.titles.children) + more)),
        ]

    def write(self, package: Package, edits: list[spans.Edit]) -> None:
        """Put the edits into the package."""
        package.write(self.part, spans.splice(self.data, edits))


def _listing(package: Package, worksheets: Mapping[str, bool]) -> _Listing | None:
    part = package.related("", "extended-properties")
    if part is None or part not in package:
        return None
    try:
        data, root = package.tree(part)
    except (DamagedBook, UnsafeEdit):  # no sheet and no cell depends on this part
        return None
    titles, pairs = _vector(root, "TitlesOfParts"), _vector(root, "HeadingPairs")
    return _found(part, data, titles, pairs, worksheets) if titles and pairs else None


def _vector(root: Node, local: str) -> Node | None:
    holder = root.find(local)
    return holder.find("vector") if holder else None


def _found(
    part: str, data: bytes, titles: Node, pairs: Node, worksheets: Mapping[str, bool]
) -> _Listing | None:
    texts, start = [title.text(data) for title in titles.children], 0
    for node in _counts(pairs):
        count = node.text(data).strip()
        if not count.isdecimal():
            break
        end = start + int(count)
        if start < end and _are(texts[start:end], worksheets):
            return _Listing(part, data, titles, start, texts[start:end], node)
        start = end
    return None


def _are(texts: list[str], worksheets: Mapping[str, bool]) -> bool:
    return texts == [name for name, shown in worksheets.items() if shown or name in texts]


def _counts(pairs: Node) -> list[Node]:
    """The number of each heading: every second variant holds one."""
    return [variant.children[0] for variant in pairs.children[1::2] if variant.children]
