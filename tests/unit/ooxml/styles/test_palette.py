"""Colours of the theme and of the old palette, as the red, green and blue that Excel shows."""

import pytest

from hscb_xl.ooxml.styles import palette
from hscb_xl.ooxml.styles.looks import Colour, Rgb
from hscb_xl.ooxml.styles.palette import Palette
from hscb_xl.ooxml.xml import tree

THEME = (
    b'<a:theme xmlns:a="a"><a:themeElements><a:clrScheme name="Office">'
    b'<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    b'<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    b'<a:dk2><a:srgbClr val="1F497D"/></a:dk2><a:lt2><a:srgbClr val="EEECE1"/></a:lt2>'
    b'<a:accent1><a:srgbClr val="4F81BD"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
)
SHOWN: list[tuple[Colour, Rgb | None]] = [
    ((("rgb", "FF4F81BD"),), (79, 129, 189)),
    ((("rgb", "4F81BD"),), (79, 129, 189)),
    ((("theme", "0"),), (255, 255, 255)),
    ((("theme", "1"),), (0, 0, 0)),
    ((("theme", "3"),), (31, 73, 125)),
    ((("theme", "4"),), (79, 129, 189)),
    ((("theme", "4"), ("tint", "-0.249977111117893")), (54, 96, 146)),
    ((("theme", "4"), ("tint", "0.59999389629810485")), (184, 204, 228)),
    ((("theme", "0"), ("tint", "-0.14999847407452621")), (217, 217, 217)),
    ((("theme", "1"), ("tint", "0.34998626667073579")), (89, 89, 89)),
    ((("indexed", "10"),), (255, 0, 0)),
    ((("indexed", "22"),), (192, 192, 192)),
    ((("indexed", "64"),), (0, 0, 0)),
    ((("indexed", "65"),), (255, 255, 255)),
]
"""What Excel shows, as its colour dialog says it."""
NOT_SHOWN: list[tuple[Colour | None, str]] = [
    (None, "there is none"),
    ((("auto", "1"),), "it is automatic"),
    ((("theme", "11"),), "the theme does not have it"),
    ((("theme", "99"),), "no theme has it"),
    ((("indexed", "99"),), "the palette does not have it"),
    ((("rgb", "red"),), "it is no colour"),
]


@pytest.mark.parametrize(("colour", "shown"), SHOWN)
def test_colours_are_shown_as_in_excel(colour: Colour, shown: Rgb) -> None:
    found = Palette(palette.theme_colours(tree.parse(THEME))).rgb(colour)
    assert found is not None
    assert all(abs(one - other) <= 1 for one, other in zip(found, shown, strict=True)), found


@pytest.mark.parametrize("colour", [case[0] for case in NOT_SHOWN], ids=[case[1] for case in NOT_SHOWN])
def test_colours_that_say_nothing(colour: Colour | None) -> None:
    assert Palette(palette.theme_colours(tree.parse(THEME))).rgb(colour) is None


def test_a_workbook_with_a_palette_of_its_own() -> None:
    own = Palette({}, [(1, 2, 3)])
    assert own.rgb((("indexed", "0"),)) == (1, 2, 3)
    assert own.rgb((("indexed", "10"),)) == (255, 0, 0)


def test_what_is_written_reads_back() -> None:
    assert Palette({}).rgb(palette.written((1, 2, 250))) == (1, 2, 250)
