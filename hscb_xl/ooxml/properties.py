"""The extended properties of a file, ``docProps/app.xml``, where Excel lists the names of its sheets."""

from collections.abc import Mapping

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml import spans
from hscb_xl.ooxml.package import Package
from hscb_xl.ooxml.xmltree import Node


def list_sheet(package: Package, worksheets: Mapping[str, bool], name: str) -> None:
    """Put a new worksheet behind the others in the list of titles, and count it in its heading.

    ``worksheets`` are those there are, in order, and whether each is shown: very hidden ones are not listed.
    The headings are in the language of the program that wrote them ("Worksheets", "Arbeitsblätter"), so that
    of the worksheets is known by the names under it. Where the properties say something else the part is left
    alone: Excel writes it anew and takes nothing from it.
    """
    part = package.related("", "extended-properties")
    if part is None or part not in package:
        return
    try:
        data, root = package.tree(part)
    except (DamagedBook, UnsafeEdit):  # no sheet and no cell depends on this part
        return
    titles, pairs = _vector(root, "TitlesOfParts"), _vector(root, "HeadingPairs")
    if titles is not None and pairs is not None:
        package.write(part, spans.splice(data, _edits(data, titles, pairs, worksheets, name)))


def _vector(root: Node, local: str) -> Node | None:
    holder = root.find(local)
    return holder.find("vector") if holder else None


def _edits(
    data: bytes, titles: Node, pairs: Node, worksheets: Mapping[str, bool], name: str
) -> list[spans.Edit]:
    texts, start = [title.text(data) for title in titles.children], 0
    for node in _counts(pairs):
        count = node.text(data).strip()
        if not count.isdecimal():
            break
        end = start + int(count)
        if start < end and _are(texts[start:end], worksheets):
            return _listed(data, titles, end, name, (node, int(count)))
        start = end
    return []


def _are(texts: list[str], worksheets: Mapping[str, bool]) -> bool:
    return texts == [name for name, shown in worksheets.items() if shown or name in texts]


def _counts(pairs: Node) -> list[Node]:
    """The number of each heading: every second variant holds one."""
    return [variant.children[0] for variant in pairs.children[1::2] if variant.children]


def _listed(data: bytes, titles: Node, end: int, name: str, counted: tuple[Node, int]) -> list[spans.Edit]:
    last, (node, count) = titles.children[end - 1], counted
    tag = last.name.encode()
    return [
        (node.start_end, node.content_end, b"%d" % (count + 1)),
        (last.end, last.end, b"<%s>%s</%s>" % (tag, spans.escape_text(name), tag)),
        spans.set_attribute(data, titles, "size", str(len(titles.children) + 1)),
    ]
