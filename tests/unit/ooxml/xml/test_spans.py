"""Offsets, splices and escapes: what an edit leaves alone and what it changes."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.errors import DamagedBook, UnsafeEdit
from hscb_xl.ooxml.xml.spans import (
    append_child,
    escape_attribute,
    escape_text,
    fragment,
    set_attribute,
    splice,
)
from hscb_xl.ooxml.xml.tree import MAX_DEPTH, Node, parse

SOURCE = (
    b"\xef\xbb\xbf<?xml version='1.0' encoding=\"utf-8\"?>\r\n<!-- <x:no/> -->\n"
    b"<x:sheet xmlns:x='urn:main' xmlns:r=\"urn:rel\"\n a='1 > 0' b = \"'\">"
    b"<?go <x:no/> ?><x:empty r:id='rId1' /><x:pair c=\"&lt;&#10;\"\t></x:pair >"
    b"<part xmlns='urn:other'><![CDATA[</part>]]>t&amp;\xc3\xa9<leaf/></part><!-- > --></x:sheet >\n"
)


def written(data: bytes, node: Node) -> bytes:
    return data[node.start : node.end]


@pytest.mark.parametrize(
    ("local", "namespace", "start_tag", "end_tag"),
    [
        ("sheet", "urn:main", SOURCE[SOURCE.index(b"<x:sheet") : SOURCE.index(b"<?go")], b"</x:sheet >"),
        ("empty", "urn:main", b"<x:empty r:id='rId1' />", b""),
        ("pair", "urn:main", b'<x:pair c="&lt;&#10;"\t>', b"</x:pair >"),
        ("part", "urn:other", b"<part xmlns='urn:other'>", b"</part>"),
        ("leaf", "urn:other", b"<leaf/>", b""),
    ],
)
def test_a_node_knows_its_tags(local: str, namespace: str, start_tag: bytes, end_tag: bytes) -> None:
    node = next(node for node in parse(SOURCE).walk() if node.local == local)
    assert node.namespace == namespace
    assert SOURCE[node.start : node.start_end] == start_tag
    assert SOURCE[node.content_end : node.end] == end_tag
    assert node.is_empty_tag == (end_tag == b"")


def test_a_node_knows_its_relations_attributes_and_text() -> None:
    root = parse(SOURCE)
    assert [child.name for child in root.children] == ["x:empty", "x:pair", "part"]
    assert root.parent is None
    assert root.prefix == "x"
    assert root.attributes == {"xmlns:x": "urn:main", "xmlns:r": "urn:rel", "a": "1 > 0", "b": "'"}
    empty, pair, part = root.children
    assert empty.parent is root
    assert empty.attribute("id", "urn:rel") == "rId1"
    assert empty.attribute("id", "urn:main") is None
    assert pair.attributes == {"c": "<\n"}
    assert part.text(SOURCE) == "</part>t&é"
    assert root.find("part", "urn:main") is None
    assert root.find("part") is part
    assert root.all("pair", "urn:main") == [pair]
    assert (part.prefix_of("urn:main"), part.prefix_of("urn:other"), root.prefix_of("urn:other")) == (
        "x",
        "",
        None,
    )


def test_skipped_content_has_a_span_and_no_children() -> None:
    data = b"<w><rows a='1'><row><rows/></row><row/></rows><rows/><tail/></w>"
    root = parse(data, skip={"rows"})
    assert [written(data, child) for child in root.children] == [
        b"<rows a='1'><row><rows/></row><row/></rows>",
        b"<rows/>",
        b"<tail/>",
    ]
    assert all(child.children == [] for child in root.children)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"<!DOCTYPE a><a/>", UnsafeEdit),
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>', UnsafeEdit),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", UnsafeEdit),
        ("<?xml version='1.0'?><a/>".encode("utf-16"), UnsafeEdit),
        ("<a/>".encode("utf-16-le"), UnsafeEdit),
        (b"", DamagedBook),
        (b"<a><b></a>", DamagedBook),
        (b"<a>\xff</a>", DamagedBook),
        (b"<a>&b;</a>", DamagedBook),
        (b"<a/><a/>", DamagedBook),
        (b"<p:a/>", DamagedBook),
        (b"<a>" * 100_000, DamagedBook),
        (b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1), DamagedBook),
    ],
)
def test_what_is_not_a_plain_part_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse(data)
    if b"a" in data:
        with pytest.raises(error):
            parse(data, skip={"a"})


@pytest.mark.parametrize(
    ("tag", "value", "changed"),
    [
        (b"<a/>", "1", b'<a v="1"/>'),
        (b"<a />", "1", b'<a v="1" />'),
        (b"<a x='v=1'>t</a>", "1", b"<a x='v=1' v=\"1\">t</a>"),
        (b"<a v='0' x=\"1\"/>", "1", b"<a v='1' x=\"1\"/>"),
        (b"<a\n v = '0'>v='0'</a>", "it's <", b"<a\n v = 'it&apos;s &lt;'>v='0'</a>"),
        (b"<a v='&#65;'/>", "A", b"<a v='&#65;'/>"),
        (b"<a av='1'/>", "2", b"<a av='1' v=\"2\"/>"),
    ],
)
def test_an_attribute_changes_and_nothing_else_does(tag: bytes, value: str, changed: bytes) -> None:
    edit = set_attribute(tag, parse(tag), "v", value)
    assert splice(tag, [edit]) == changed
    assert parse(changed).attributes["v"] == value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<a><b/></a>", b"<a><b/><n/></a>"),
        (b"<a></a >", b"<a><n/></a >"),
        (b'<a b="c"/>', b'<a b="c"><n/></a>'),
        (b"<x:a xmlns:x='/' />", b"<x:a xmlns:x='/' ><n/></x:a>"),
    ],
)
def test_a_child_goes_to_the_end(before: bytes, after: bytes) -> None:
    assert splice(before, [append_child(before, parse(before), b"<n/>")]) == after


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (b'<c:p xmlns:c="C" xmlns:a="A"/>', b"<c:s><a:f>c:s</a:f></c:s>"),
        (b'<p xmlns="C" xmlns:q="A"/>', b"<s><q:f>c:s</q:f></s>"),
        (b'<p xmlns="C"/>', b'<s xmlns:a="A"><a:f>c:s</a:f></s>'),
        (b'<a:p xmlns:a="C"/>', b'<a:s xmlns:a1="A"><a1:f>c:s</a1:f></a:s>'),
    ],
)
def test_a_fragment_takes_the_prefixes_of_its_place(place: bytes, expected: bytes) -> None:
    ours = b"<c:s><a:f>c:s</a:f></c:s>"
    assert fragment(parse(place), ours, {"c": "C", "a": "A"}) == expected


def test_edits_keep_their_order_and_may_touch() -> None:
    edits = [(2, 4, b"X"), (4, 4, b"3"), (2, 2, b"1"), (2, 2, b"2"), (0, 1, b"")]
    assert splice(b"abcdef", edits) == b"b12X3ef"


@pytest.mark.parametrize(
    "edits", [[(0, 3, b""), (2, 4, b"")], [(3, 2, b"")], [(0, 9, b"")], [(1, 3, b""), (2, 2, b"")]]
)
def test_edits_that_overlap_are_refused(edits: list[tuple[int, int, bytes]]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        splice(b"abcdef", edits)


@given(st.binary())
def test_no_edits_change_nothing(data: bytes) -> None:
    assert splice(data, []) == data
    assert splice(data, [(len(data), len(data), b"")]) == data


XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r")
)


@given(XML_TEXT)
def test_escaped_text_reads_back(text: str) -> None:
    data = b"<a b='%s' c=\"%s\">%s</a>" % (escape_attribute(text), escape_attribute(text), escape_text(text))
    node = parse(data)
    assert node.text(data) == node.attributes["b"] == node.attributes["c"] == text


@pytest.mark.parametrize("text", ["a\x00", "\x0b", "\ud800", "\uffff"])
def test_what_xml_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(UnsafeEdit, match="control character"):
        escape_text(text)


NAMES = st.sampled_from(["a", "row", "c-d", "é"])
ATTRIBUTES = st.dictionaries(NAMES, XML_TEXT, max_size=2)
BETWEEN = st.sampled_from([b"", b" ", b"t", b"<!-- <a> -->", b"<?p <a> ?>", b"<![CDATA[<a>]]>", b"&lt;a&gt;"])


@st.composite
def elements(draw: st.DrawFn, inside: st.SearchStrategy[bytes]) -> bytes:
    name = draw(NAMES).encode()
    quote, space = draw(st.sampled_from([b"'", b'"'])), draw(st.sampled_from([b"", b" ", b"\n"]))
    attributes = b"".join(
        b" %s%s=%s%s%s" % (key.encode(), space, quote, escape_attribute(value).replace(b"&gt;", b">"), quote)
        for key, value in draw(ATTRIBUTES).items()
    )
    if draw(st.booleans()):
        return b"<%s%s%s/>" % (name, attributes, space)
    content = b"".join(draw(st.lists(BETWEEN | inside, max_size=3)))
    return b"<%s%s%s>%s</%s%s>" % (name, attributes, space, content, name, space)


DOCUMENTS = st.recursive(elements(BETWEEN), elements, max_leaves=12)


@given(st.sampled_from([b"", b"\xef\xbb\xbf"]), DOCUMENTS)
def test_each_span_holds_its_element(mark: bytes, document: bytes) -> None:
    data = mark + document
    expected = list(ElementTree.fromstring(data).iter())
    nodes = list(parse(data).walk())
    assert len(nodes) == len(expected)
    for node, element in zip(nodes, expected, strict=True):
        alone = ElementTree.fromstring(written(data, node))
        alone.tail = element.tail
        assert ElementTree.tostring(alone) == ElementTree.tostring(element)
        assert node.attributes == element.attrib
        assert node.text(data) == "".join(element.itertext())
