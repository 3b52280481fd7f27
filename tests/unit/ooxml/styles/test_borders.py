"""Lines: what Excel makes of a stroke over a line, and lines of a border that others stay beside."""

import pytest

from hscb_xl.ooxml.styles import borders
from hscb_xl.ooxml.styles.borders import Stroke
from hscb_xl.ooxml.styles.looks import Line, Look
from hscb_xl.ooxml.styles.styles import Styles
from hscb_xl.ooxml.xml import tree
from tests.unit.ooxml.made import MAIN

THEME = (("theme", "4"), ("tint", "0.5"))
DRAWN = [
    ("a colour makes a thin line", None, Stroke(colour=(255, 0, 0)), Line("thin", (("rgb", "FFFF0000"),))),
    ("a weight makes a continuous line", None, Stroke(weight="thick"), Line("thick")),
    ("a style makes it as thin as it can be", None, Stroke("double"), Line("double")),
    ("a weight keeps the style where it can", Line("dashed"), Stroke(weight="medium"), Line("mediumDashed")),
    ("or makes it continuous", Line("dashed"), Stroke(weight="thick"), Line("thick")),
    ("a style keeps the weight where it can", Line("medium"), Stroke("dash_dot"), Line("mediumDashDot")),
    ("or takes its own", Line("thick"), Stroke("dash_dot"), Line("dashDot")),
    ("the style wins over the weight", None, Stroke("slant_dash_dot", "hairline"), Line("slantDashDot")),
    ("a colour of the theme stays", Line("thin", THEME), Stroke("double"), Line("double", THEME)),
    ("a line is taken away", Line("thin"), Stroke("none"), None),
    ("with all that is said of it", Line("thin"), Stroke("none", "thick", (0, 0, 0)), None),
]


@pytest.mark.parametrize(
    ("before", "stroke", "after"), [case[1:] for case in DRAWN], ids=[case[0] for case in DRAWN]
)
def test_a_stroke(before: Line | None, stroke: Stroke, after: Line | None) -> None:
    assert borders.drawn(before, stroke) == after


@pytest.mark.parametrize("word", borders.SHOWN)
def test_every_line_of_a_file_can_be_drawn(word: str) -> None:
    style, weight = borders.SHOWN[word]
    assert borders.drawn(None, Stroke(style, weight)) == Line(word)


BORDER = (
    '<border diagonalUp="1" outline="0"><start style="thin"><color theme="4" tint="0.5"/></start><end/>'
    '<top style="double"/><bottom/><diagonal style="dotted"/><horizontal/></border>'
)


def styles(border: str = BORDER, prefix: str = "") -> Styles:
    inner = f'<borders count="1">{border}</borders><cellXfs count="1"><xf borderId="0"/></cellXfs>'
    if prefix:
        inner = inner.replace("</", f"</{prefix}").replace("<", f"<{prefix}").replace(f"<{prefix}/", "</")
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return Styles(f'<{prefix}styleSheet {name}="{MAIN}">{inner}</{prefix}styleSheet>'.encode())


def test_lines_are_read_in_either_dialect() -> None:
    assert styles().lines(0) == {
        "left": Line("thin", THEME),
        "top": Line("double"),
        "diagonalUp": Line("dotted"),
    }


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_other_lines_stay(prefix: str) -> None:
    book = styles(prefix=prefix)
    after = book.changed(0, Look(lines=(("right", Line("thick", THEME)), ("top", None))))
    assert book.lines(after) == {
        "left": Line("thin", THEME),
        "right": Line("thick", THEME),
        "diagonalUp": Line("dotted"),
    }
    assert book.lines(0)["top"] == Line("double")
    assert f"<{prefix}horizontal/>".encode() in book.data[book.data.rindex(b"diagonalUp") :]
    assert tree.parse(book.data)


def test_both_diagonals_share_a_line() -> None:
    book = styles()
    both = book.changed(0, Look(lines=(("diagonalDown", Line("thick")),)))
    assert (book.lines(both)["diagonalUp"], book.lines(both)["diagonalDown"]) == (
        Line("thick"),
        Line("thick"),
    )
    one = book.changed(both, Look(lines=(("diagonalUp", None),)))
    assert "diagonalUp" not in book.lines(one)
    assert book.lines(one)["diagonalDown"] == Line("thick")
