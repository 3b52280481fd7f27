"""Cell formats and differential formats: equal ones used again, new ones put behind all others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.styles import palette
from hscb_xl.ooxml.styles.looks import Differential, Line, Look, joined
from hscb_xl.ooxml.styles.styles import Styles
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml.made import MAIN

INNER = (
    '<numFmts count="1"><numFmt numFmtId="170" formatCode="dd\\-mm\\-yy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="9"/><color theme="1"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="170" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1">'
    '<alignment horizontal="center"/><protection locked="0"/></xf>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<dxfs count="1"><dxf><font><color rgb="FF9C0006"/></font>'
    '<fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs>'
    '<tableStyles count="0"/>'
)
DATA = f'<styleSheet xmlns="{MAIN}">{INNER}</styleSheet>'.encode()
PREFIXED = (
    f'<x:styleSheet xmlns:x="{MAIN}">' + re.sub(r"<(/?)", r"<\1x:", INNER) + "</x:styleSheet>"
).encode()
EMPTY = f'<styleSheet xmlns="{MAIN}"/>'.encode()
HOLLOW = EMPTY.replace(b"/>", b'><fonts count="0"/><cellXfs count="0"/><dxfs count="0"/></styleSheet>')
EVERY = pytest.mark.parametrize(
    "data", [DATA, PREFIXED, EMPTY, HOLLOW], ids=["plain", "prefixed", "empty", "hollow"]
)

LOOKS = [
    Look(number_format="0.000"),
    Look(number_format="dd/mm/yyyy"),
    Look(fill=(1, 2, 3)),
    Look(font=(4, 5, 6), bold=True, italic=True, size=12.5),
    Look(wrap=True, horizontal="left", vertical="top"),
]


@EVERY
@pytest.mark.parametrize("look", LOOKS, ids=repr)
def test_a_look_is_laid_over_once_and_found_again(data: bytes, look: Look) -> None:
    styles = Styles(data)
    style = styles.changed(0, look)
    once = styles.data
    assert style >= 1
    assert Styles(once).changed(0, look) == style
    assert Styles(once).changed(style, look) == style
    again = Styles(once)
    again.changed(0, look)
    assert again.data == once
    for block in tree.parse(once).children:
        assert block.number("count", len(block.children)) == len(block.children)


def said(styles: Styles, style: int) -> tuple[object, ...]:
    lines = styles.lines(style)
    return (
        styles.number_format(style),
        styles.font(style),
        styles.fill_colour(style),
        styles.alignment(style),
        {side: line for side, line in lines.items() if line},
    )


LINE = Line("thin", (("rgb", "FF112233"),))
one_look = st.builds(
    Look,
    number_format=st.sampled_from([None, "0.0", "dd/mm/yyyy"]),
    fill=st.sampled_from([None, (1, 2, 3)]),
    font=st.sampled_from([None, (4, 5, 6), (7, 8, 9)]),
    bold=st.sampled_from([None, True, False]),
    size=st.sampled_from([None, 9.0, 12.0]),
    font_name=st.sampled_from([None, "Arial"]),
    wrap=st.sampled_from([None, True, False]),
    horizontal=st.sampled_from([None, "left", "center"]),
    indent=st.sampled_from([None, 2]),
    lines=st.sampled_from([(), (("left", LINE),), (("left", None), ("top", LINE))]),
) | st.just(Look(no_fill=True))


@EVERY
@given(laid=st.lists(one_look, max_size=4), style=st.integers(0, 2))
def test_looks_joined_do_what_they_do_one_after_the_other(data: bytes, laid: list[Look], style: int) -> None:
    styles = Styles(data)
    style *= data in (DATA, PREFIXED)  # the others have no formats that a cell could have
    after = style
    for look in laid:
        after = styles.changed(after, look)
    whole = joined(laid)
    assert said(styles, after) == said(styles, styles.changed(style, whole) if whole else style)


@EVERY
def test_what_a_look_says_is_what_reads_back(data: bytes) -> None:
    styles = Styles(data)
    style = 0
    for look in LOOKS:
        style = styles.changed(style, look)
    assert styles.number_format(style) == "dd/mm/yyyy"
    assert styles.shows_date(style)
    assert styles.fill_colour(style) == palette.written((1, 2, 3))
    font = styles.font(style)
    assert (font["bold"], font["italic"], font["size"], font["rgb"]) == (True, True, "12.5", "FF040506")
    assert styles.alignment(style) == {"wrapText": "1", "horizontal": "left", "vertical": "top"}
    plain = styles.changed(styles.changed(style, Look(bold=False, no_fill=True)), Look(wrap=False))
    assert styles.fill_colour(plain) is None
    assert "bold" not in styles.font(plain)


@EVERY
def test_formats_added_one_by_one_and_all_at_once_are_the_same_bytes(data: bytes) -> None:
    at_once, read_again = Styles(data), Styles(data)
    for style, look in enumerate([*LOOKS, *reversed(LOOKS)]):
        index = at_once.changed(style % 3, look)
        read_again = Styles(read_again.data)
        assert read_again.changed(style % 3, look) == index
        difference = Differential(fill=(style, 0, 0))
        assert at_once.differential(difference) == read_again.differential(difference)
    assert at_once.data == read_again.data == Styles(at_once.data).data


def test_the_first_format_of_a_book_without_any_stays_that_of_all_cells() -> None:
    styles = Styles(EMPTY)
    assert styles.changed(0, Look(fill=(1, 2, 3), number_format="0.0")) == 1
    assert styles.fill_colour(0) is None
    assert styles.number_format(0) == "General"
    root = tree.parse(styles.data)
    assert [block.local for block in root.children] == ["numFmts", "fonts", "fills", "borders", "cellXfs"]


def test_what_a_look_does_not_say_stays() -> None:
    styles = Styles(DATA)
    style = styles.changed(1, Look(size=10))
    added = styles.data[styles.data.rindex(b"<xf ") : styles.data.index(b"</cellXfs>")]
    assert b'quotePrefix="1"' in added
    assert b'<alignment horizontal="center"/><protection locked="0"/>' in added
    assert styles.font(style)["name"] == "Arial"
    assert b'<font><b/><sz val="10"/><color theme="1"/><name val="Arial"/></font>' in styles.data


def test_everything_that_was_there_keeps_its_place() -> None:
    styles = Styles(DATA)
    for look in LOOKS:
        styles.changed(1, look)
    before, after = tree.parse(DATA), tree.parse(styles.data)
    for block in before.children:
        grown = after.find(block.local)
        assert grown is not None
        sources = [styles.data[node.start : node.end] for node in grown.children]
        assert sources[: len(block.children)] == [DATA[node.start : node.end] for node in block.children]


def test_equal_formats_of_the_book_are_used() -> None:
    styles = Styles(DATA)
    assert styles.changed(1, Look(bold=True, horizontal="center")) == styles.changed(1, Look(bold=True))
    assert styles.changed(2, Look(number_format="dd\\-mm\\-yy")) != 2
    assert styles.data.count(b"<numFmt ") == 1


def test_a_day_written_out_is_not_the_systems_short_date() -> None:
    styles = Styles(DATA)
    assert styles.number_format(2) == "dd/mm/yyyy"
    style = styles.changed(0, Look(number_format="dd/mm/yyyy"))
    assert b'numFmtId="171" formatCode="dd/mm/yyyy"' in styles.data
    assert styles.number_format(style) == "dd/mm/yyyy"


UNWRITABLE = [
    (Look(number_format="0" * 256), "at most 255 characters"),
    (Look(size=0), "cannot have 0 points"),
    (Look(size=409.5), "cannot have 409.5 points"),
    (Look(size=float("nan")), "cannot have nan points"),
    (Look(bold=True, fill=(0, 0, 256)), "is no colour"),
    (Look(number_format="0.000", font=(-1, 0, 0)), "is no colour"),
    (Look(font_name="x" * 32), "at most 31 characters"),
]


@pytest.mark.parametrize(("look", "why"), UNWRITABLE)
def test_a_look_that_excel_would_repair_is_refused_and_nothing_added(look: Look, why: str) -> None:
    styles = Styles(EMPTY)
    with pytest.raises(UnsafeEdit, match=why):
        styles.changed(0, look)
    with pytest.raises(UnsafeEdit, match="is no colour"):
        styles.differential(Differential(fill=(256, 0, 0)))
    assert styles.data == EMPTY
    assert styles.changed(0, Look(number_format="0" * 255, size=409, fill=(0, 0, 255)))


DIFFERENTIALS = [
    Differential(fill=(255, 199, 206), font=(156, 0, 6)),
    Differential(fill=(1, 2, 3)),
    Differential(font=(1, 2, 3), bold=True, italic=False),
    Differential(),
]


@EVERY
@pytest.mark.parametrize("look", DIFFERENTIALS, ids=repr)
def test_differential_formats_read_back_and_are_used_again(data: bytes, look: Differential) -> None:
    styles = Styles(data)
    index = styles.differential(look)
    once = styles.data
    assert styles.differential_at(index) == look
    assert Styles(once).differential(look) == index
    assert styles.differential_at(99) == Differential()


def test_an_equal_differential_format_is_found() -> None:
    styles = Styles(DATA)
    assert styles.differential(DIFFERENTIALS[0]) == 0
    assert styles.data == DATA


def test_a_font_with_parts_of_a_later_version_keeps_them() -> None:
    data = DATA.replace(b'<name val="Arial"/>', b'<name val="Arial"/><later/>')
    styles = Styles(data)
    styles.changed(1, Look(size=10))
    assert styles.data.count(b"<later/>") == 2
