"""Charts are put on a drawing and renamed; all else on it stays as it was."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.drawings.drawing import Anchor, Frame, add_chart, frames, new_drawing, rename
from hscb_xl.ooxml.xml.tree import parse

PLACE = Anchor(from_col=1, from_row=2, to_col=9, to_row=20, to_row_off=6350)
SPREADSHEET = b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SHAPE = (
    b"<d:absoluteAnchor><d:pos x='0' y='0'/><d:ext cx='9' cy='9'/><d:sp><d:nvSpPr>"
    b"<d:cNvPr id='7' name='Notes'/><d:cNvSpPr/></d:nvSpPr></d:sp><d:clientData/></d:absoluteAnchor>"
)
FOREIGN = b"<d:wsDr xmlns:d='%s'>%s</d:wsDr >\n" % (SPREADSHEET, SHAPE)


def test_a_chart_is_added_behind_what_is_there() -> None:
    data = add_chart(FOREIGN, "Rating & group", "rId3", PLACE, description='Actions "by" group')
    assert frames(data) == [Frame("Rating & group", 8, "rId3", "twoCellAnchor", PLACE)]
    added = data[len(FOREIGN) - len(b"</d:wsDr >\n") : -len(b"</d:wsDr >\n")]
    assert data.replace(added, b"") == FOREIGN
    assert added.startswith(b"<d:twoCellAnchor xmlns:a=")
    assert b'descr="Actions &quot;by&quot; group"' in added


def test_an_empty_drawing_takes_several() -> None:
    data = add_chart(add_chart(new_drawing(), "One", "rId1", PLACE), "Two", "rId2", PLACE)
    assert frames(new_drawing()) == []
    assert [(frame.name, frame.shape_id, frame.chart_rel) for frame in frames(data)] == [
        ("One", 2, "rId1"),
        ("Two", 3, "rId2"),
    ]
    assert parse(data).prefix == "xdr"


def test_a_chart_is_renamed_alone() -> None:
    data = add_chart(add_chart(FOREIGN, "One", "rId1", PLACE), "Two", "rId2", PLACE)
    assert rename(data, "One", "One") == data
    assert rename(data, "One", "New") == data.replace(b'name="One"', b'name="New"')


def test_offsets_may_be_lengths_with_a_unit() -> None:
    data = add_chart(new_drawing(), "One", "rId1", PLACE).replace(b">6350<", b">0.5pt<")
    assert frames(data)[0].anchor == PLACE


def test_a_chart_of_that_name_must_be_there() -> None:
    with pytest.raises(KeyError, match="Notes"):
        rename(FOREIGN, "Notes", "x")


def test_a_strict_drawing_takes_no_chart() -> None:
    strict = FOREIGN.replace(SPREADSHEET, b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing")
    with pytest.raises(UnsafeEdit, match="Strict"):
        add_chart(strict, "One", "rId1", PLACE)


def test_a_chart_that_does_not_lie_between_cells_is_read() -> None:
    data = add_chart(new_drawing(), "One", "rId1", PLACE)
    fixed = data.replace(b"xdr:from>", b"xdr:pos>").replace(b"twoCellAnchor", b"absoluteAnchor")
    assert frames(fixed)[0].anchor is None
