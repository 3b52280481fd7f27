"""What later versions of Excel keep in a sheet's extension list: found, added to, taken away."""

from collections.abc import Iterable

from hscb_xl.ooxml.sheet.surround import Frame
from hscb_xl.ooxml.xml import spans, tree

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def items(frame: Frame, local: str) -> list[tree.Node]:
    """What the extensions hold in the element of that name."""
    return [item for block in _blocks(frame, local) for item in block.children]


def add(frame: Frame, local: str, uri: str, xml: bytes) -> spans.Edit:
    """The edit that puts XML into the element of that name, which the extension ``uri`` holds.

    The XML has the prefixes x14 and xm.
    """
    blocks = _blocks(frame, local)
    if blocks:
        return spans.append_child(
            frame.data, blocks[0], spans.fragment(blocks[0], xml, {"x14": X14, "xm": XM})
        )
    tag, element = frame.prefix + b"ext", local.encode()
    extension = b'<%s xmlns:x14="%s" xmlns:xm="%s" uri="%s"><x14:%s>%s</x14:%s></%s>' % (
        *(tag, X14.encode(), XM.encode(), uri.encode()),
        *(element, xml, element, tag),
    )
    listed = frame.child("extLst")
    if listed is None:
        at, block = frame.place_for("extLst"), frame.prefix + b"extLst"
        return at, at, b"<%s>%s</%s>" % (block, extension, block)
    if listed.is_empty_tag:
        return spans.append_child(frame.data, listed, extension)
    return listed.start_end, listed.start_end, extension


def removals(nodes: Iterable[tree.Node]) -> list[spans.Edit]:
    """The edits that take many elements away, none in another, with all around them that was there for them.

    Where everything inside an element goes, the element goes, unless it is a child of the root's.
    """
    gone: set[tree.Node] = set()
    left: dict[tree.Node, int] = {}
    for each in nodes:
        node = each
        gone.add(node)
        while (above := node.parent) and above.parent:
            left[above] = left.get(above, len(above.children)) - 1
            if left[above]:
                break
            node = above
            gone.add(node)
    return [(node.start, node.end, b"") for node in gone if node.parent not in gone]


def _blocks(frame: Frame, local: str) -> list[tree.Node]:
    return [block for extension in frame.items("extLst") for block in extension.all(local)]
