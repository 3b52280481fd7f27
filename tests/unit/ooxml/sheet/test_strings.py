"""Texts in files: Excel's escape for what XML cannot hold, rich and phonetic texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.errors import DamagedBook, PlanError, UnsafeEdit
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml.made import MAIN

LEFT_ALONE = [
    ("too short to be an escape", "_x41_"),
    ("not hexadecimal", "_x00G1_"),
    ("no underscore behind", "_x0041"),
    ("a capital X", "_X0041_"),
    ("a tab and a line break, which XML holds", "a\tb\nc"),
    ("markup, which is XML's to escape", '<a> & "b"'),
]
ESCAPED = [
    ("what looks like an escape", "_x0041_", "_x005F_x0041_"),
    ("one behind another", "_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
    ("a carriage return", "a\rb", "a_x000D_b"),
    ("a control character", "a\x07b", "a_x0007_b"),
    ("no character at all", "a\uffff", "a_xFFFF_"),
]


@pytest.mark.parametrize("text", [case[1] for case in LEFT_ALONE], ids=[case[0] for case in LEFT_ALONE])
def test_left_alone(text: str) -> None:
    assert strings.escape(text) == text
    assert strings.unescape(text) == text


@pytest.mark.parametrize(("text", "written"), [c[1:] for c in ESCAPED], ids=[c[0] for c in ESCAPED])
def test_escaped(text: str, written: str) -> None:
    assert strings.escape(text) == written
    assert strings.unescape(written) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_every_text_comes_back_from_its_element(text: str) -> None:
    element = strings.text_element(text, b"t")
    tree.check(element)
    assert strings.plain(element) == text


@pytest.mark.parametrize("text", [" a", "a ", "a\nb", "\ta"])
def test_space_that_xml_would_lose_is_kept(text: str) -> None:
    assert strings.text_element(text, b"x:t").startswith(b'<x:t xml:space="preserve">')


@pytest.mark.parametrize("text", ["a" * 32_768, "\U0001f600" * 16_384])
def test_a_text_longer_than_a_cell_is_refused(text: str) -> None:
    with pytest.raises(UnsafeEdit, match="at most 32,767 characters"):
        strings.text_element(text, b"t")
    assert strings.text_element(text[:16_383], b"t")


def table(items: str) -> bytes:
    return f'<sst xmlns="{MAIN}" count="9">{items}</sst>'.encode()


ITEMS = {
    "<si><t>plain</t></si>": "plain",
    "<si><t xml:space='preserve'> two &amp;\r\nlines </t></si>": " two &\nlines ",
    "<si/>": "",
    "<si><t/></si>": "",
    "<si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>": "rich text",
    "<si><t>課きく</t><rPh sb='0' eb='1'><t>カ</t></rPh><phoneticPr fontId='1'/></si>": "課きく",
    "<si><t>_x0041_ &#x41;&#66; &quot;</t></si>": 'A AB "',
}


@pytest.mark.parametrize("noise", ["", "<!-- a comment -->"])
def test_shared_strings_are_their_texts_in_order(noise: str) -> None:
    assert strings.shared_strings(table(noise.join(ITEMS))) == list(ITEMS.values())


INSTRUCTIONS = ["<?x <si><t>not a text</t></si>?>", '<?xml version="1.0"?><?x <si/>?>', "<?xml-x <si/>?>"]


@pytest.mark.parametrize("instruction", INSTRUCTIONS)
def test_what_an_instruction_holds_is_no_text(instruction: str) -> None:
    assert strings.shared_strings(instruction.encode() + table("<si><t>a</t></si>")) == ["a"]


LATIN = '<?xml version="1.0" encoding="latin-1"?>'
UNREADABLE = [
    ("no such character", table("<si><t>&#99999999;</t></si>"), DamagedBook),
    ("no such entity", table("<si><t>&nbsp;</t></si>"), DamagedBook),
    ("half a character", table("<si><t>&#xD83D;</t></si>"), DamagedBook),
    ("a tag left open", table("<si><t>a</si>"), DamagedBook),
    ("cut short", table("<si><t>a</t></si>")[:-3], DamagedBook),
    ("bytes that are not UTF-8", table("<si><t>\xe9</t></si>").decode().encode("latin-1"), DamagedBook),
    ("Latin-1", LATIN.encode() + table("<si><t>\xe9</t></si>").decode().encode("latin-1"), UnsafeEdit),
    ("UTF-16", table("<si><t>a</t></si>").decode().encode("utf-16"), UnsafeEdit),
    ("UTF-16 without a mark", table("<si><t>a</t></si>").decode().encode("utf-16-le"), UnsafeEdit),
    ("a document type", b"<!DOCTYPE sst>" + table("<si><t>a</t></si>"), UnsafeEdit),
]


@pytest.mark.parametrize(("data", "error"), [c[1:] for c in UNREADABLE], ids=[c[0] for c in UNREADABLE])
def test_a_table_that_is_not_sound_is_not_read(data: bytes, error: type[PlanError]) -> None:
    with pytest.raises(error):
        strings.shared_strings(data)


def test_the_halves_of_an_emoji_are_one_character() -> None:
    assert strings.unescape("a_xD83D__xDE00__xD83D_b") == "a\U0001f600\ud83db"


def test_shared_strings_with_a_prefix() -> None:
    data = f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>a</x:t></x:si><x:si><x:r><x:t>b</x:t></x:r></x:si></x:sst>'
    assert strings.shared_strings(data.encode()) == ["a", "b"]


def test_text_in_a_cdata_section_is_text() -> None:
    assert strings.shared_strings(table("<si><t><![CDATA[<b> & ]]></t></si>")) == ["<b> & "]


NESTED = [
    ("a phonetic guide that is empty", b"<t>a</t><rPh/><t>b</t><rPh sb='0'><t>x</t></rPh><t>c</t>", "abc"),
    ("runs and their formats", b"<r><rPr><b/></rPr><t>a</t></r><r><t xml:space='preserve'> b</t></r>", "a b"),
    ("names that begin like a text's", b"<t-x>a</t-x><tx>b</tx><t>c</t><x:t>d</x:t>", "cd"),
    ("no text", b"<rPh><t>x</t></rPh><t/>", ""),
]


@pytest.mark.parametrize(("raw", "text"), [case[1:] for case in NESTED], ids=[case[0] for case in NESTED])
def test_what_stands_in_a_text(raw: bytes, text: str) -> None:
    assert strings.plain(raw) == text
    table = b'<sst xmlns="%s" xmlns:x="%s"><si>%s</si><si-x/></sst>' % (MAIN.encode(), MAIN.encode(), raw)
    assert strings.shared_strings(table) == [text]
