"""What the tree of a part takes shortcuts for: ends of tags, prefixes, texts, trees that are kept."""

import gc
from xml.parsers import expat

import pytest

from hscb_xl.errors import DamagedBook
from hscb_xl.ooxml.xml import tree as xmltree

VALUES = [
    b'<a x="1>2"/>',
    b"<a x='1>2' y=\"it's\"/>",
    b'<a x=\'say "\' y="1>2">t</a>',
    b'<a x = \n"/>" >t</a>',
    b'<a x="&gt;&#62;" y=">"></a>',
    b'<a\n>b="</a>',
    b'<a x="">="></a>',
    b'<a>if x="1 then > 2<b/></a>',
]


@pytest.mark.parametrize("element", VALUES)
def test_a_tag_ends_behind_its_values(element: bytes) -> None:
    data = b"<r>" + element + b"<last/></r>"
    first, last = xmltree.parse(data).children
    assert data[first.start : first.end] == element
    assert data[first.start_end : first.content_end] in (b"", b"t", b'b="', b'=">', b'if x="1 then > 2<b/>')
    assert data[last.start : last.end] == b"<last/>"


PREFIXES = [
    (b'<r xmlns="u"><a xmlns:p="v"><p:b/></a></r>', "v"),
    (b'<r xmlns="xmlns"><a>xmlns xmlns</a><b xmlns="v"/></r>', "v"),
    (b'<r xmlns:p="w" x="xmlns"><a><p:b xmlns:p="v"/></a></r>', "v"),
    (b'<r xmlns="v"><a xmlns:q="w"/><b/></r>', "v"),
]


@pytest.mark.parametrize(("data", "namespace"), PREFIXES)
def test_a_prefix_holds_from_where_it_is_declared(data: bytes, namespace: str) -> None:
    found = [node for node in xmltree.parse(data).walk() if node.local == "b"]
    assert [node.namespace for node in found] == [namespace]


def test_a_prefix_does_not_hold_beside_its_element() -> None:
    with pytest.raises(DamagedBook, match="'p' without declaring it"):
        xmltree.parse(b'<r><a xmlns:p="v"/><p:b/></r>')


TEXTS = [
    "plain words",
    "",
    "R &amp; A",
    "a\r\nb",
    "a<b>c</b>d",
    "<![CDATA[a < b]]>",
    "&#233;t\u00e9",
    "]] >",
    "a<!-- not this -->b",
]


@pytest.mark.parametrize("written", TEXTS)
def test_a_text_is_what_a_parser_reads(written: str) -> None:
    data = f"<r><a>{written}</a></r>".encode()
    pieces: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = pieces.append
    parser.Parse(data, True)
    assert xmltree.parse(data).children[0].text(data) == "".join(pieces)


@pytest.mark.parametrize("skip", [(), ("skipped",)])
def test_depth_is_refused_in_what_is_skipped_too(skip: tuple[str, ...]) -> None:
    for depth, is_refused in ((xmltree.MAX_DEPTH - 2, False), (xmltree.MAX_DEPTH - 1, True)):
        data = b"<r><skipped>" + b"<a>" * depth + b"</a>" * depth + b"</skipped></r>"
        if is_refused:
            with pytest.raises(DamagedBook, match="nests more than"):
                xmltree.parse(data, skip)
        else:
            assert xmltree.parse(data, skip).children[0].local == "skipped"


def test_the_tree_of_the_same_bytes_is_kept_and_no_other() -> None:
    data = b"<r><a><b/></a></r>"
    assert xmltree.kept(data) is xmltree.kept(bytes(bytearray(data)))
    outline = xmltree.kept(data, frozenset({"a"}))
    assert [len(tree.children[0].children) for tree in (xmltree.kept(data), outline)] == [1, 0]
    assert xmltree.kept(data.replace(b"<b/>", b"")).children[0].children == []


def test_of_many_trees_the_last_are_kept_and_no_more_than_fit() -> None:
    """A night of hostile workbooks does not fill the memory: without a bound it would be half a million."""
    parts = [b'<r n="%d">%s</r>' % (number, b"<a/>" * 1_000) for number in range(500)]
    for part in parts:
        xmltree.kept(part)
    gc.collect()
    assert sum(type(thing) is xmltree.Node for thing in gc.get_objects()) < 60_000
    assert xmltree.kept(parts[-1]) is xmltree.kept(parts[-1])
