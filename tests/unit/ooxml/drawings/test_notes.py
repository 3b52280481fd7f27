"""Notes: the comments part, the box in the legacy drawing, and what is said of both in the package."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.drawings import notes, noteshapes
from hscb_xl.ooxml.formula.references import Move
from hscb_xl.ooxml.structure import cells
from tests.unit.ooxml import made

COMMENTS = (
    f'<comments xmlns="{made.MAIN}"><authors><author>Ann</author>{{0}}</authors><commentList>'
    '<comment ref="B2" authorId="0"><text><r><rPr><b/></rPr><t>Ann:</t></r><r><t xml:space="preserve">'
    " see 4.4</t></r></text></comment>"
    '<comment ref="C9" authorId="{1}"><text><t>other</t></text></comment></commentList></comments>'
)
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
    'data="3"/></o:shapelayout>{0}</xml>'
)
BOX = (
    '<v:shape id="_x0000_s{0}"><x:ClientData ObjectType="{1}">'
    "<x:Anchor>\n 2, 15, {2}, 10, 4, 31, 9, 9</x:Anchor>"
    "<x:Row>{2}</x:Row><x:Column>{3}</x:Column></x:ClientData></v:shape>"
)
NOTES = BOX.format(3073, "Note", 1, 1) + BOX.format(3074, "Note", 8, 2)


def book_with(comments: str, vml: str, more: str = "", parts: dict[str, bytes] | None = None) -> Workbook:
    rels = made.relationship("rId1", "comments", "../comments1.xml")
    rels += made.relationship("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml") + more
    legacy = f'<legacyDrawing xmlns:r="{made.OFFICE}" r:id="rId2"/>'
    sheets = {"Plan": made.worksheet(after=legacy)}
    content = {
        "xl/worksheets/_rels/sheet1.xml.rels": made.relationships(rels),
        "xl/comments1.xml": comments.encode(),
        "xl/drawings/vmlDrawing1.vml": vml.encode(),
    }
    return made.book(made.parts(sheets, more=content | (parts or {})))


@pytest.fixture
def book() -> Workbook:
    """A workbook with Ann's note on B2 and another on C9, as Excel writes them."""
    return book_with(COMMENTS.format("", 0), VML.format(NOTES))


def held(book: Workbook) -> dict[str, tuple[str, str]]:
    found = notes.find(book.package, book.sheet("Plan"))
    return {f"{note.row},{note.column}": (note.text, note.author) for note in found}


def boxes(book: Workbook, part: str = "xl/drawings/vmlDrawing1.vml") -> list[tuple[str, int, int]]:
    data, root = noteshapes.tree(book.package, part)
    return [(box.node.attributes["id"], box.row, box.column) for box in noteshapes.shapes(data, root)]


def test_read(book: Workbook) -> None:
    assert held(book) == {"2,2": ("Ann: see 4.4", "Ann"), "9,3": ("other", "Ann")}


def test_one_more_has_its_own_box_and_no_author(book: Workbook) -> None:
    notes.add(book.package, book.sheet("Plan"), 5, 4, " <new> ")
    assert held(book) == {
        "2,2": ("Ann: see 4.4", "Ann"),
        "9,3": ("other", "Ann"),
        "5,4": (" <new> ", ""),
    }
    assert boxes(book) == [("_x0000_s3073", 2, 2), ("_x0000_s3074", 9, 3), ("_x0000_s3075", 5, 4)]
    notes.add(book.package, book.sheet("Plan"), 6, 4, "next")
    assert book.package.read("xl/comments1.xml").count(b"<author>") == 2
    assert book.package.read("xl/drawings/vmlDrawing1.vml").count(b"shapetype ") == 1


def test_the_first_one_of_a_sheet_makes_the_parts_and_the_last_one_takes_them_away(book: Workbook) -> None:
    before = book.package.to_bytes()
    other = book.add_sheet("Other")
    names = set(book.package.names)
    book.flush()
    notes.add(book.package, other, 1, 1, "first")
    assert set(book.package.names) - names == {
        "xl/comments2.xml",
        "xl/drawings/vmlDrawing2.vml",
        "xl/worksheets/_rels/sheet2.xml.rels",
    }
    assert boxes(book, "xl/drawings/vmlDrawing2.vml") == [("_x0000_s4097", 1, 1)]
    assert b"<legacyDrawing " in other.data
    notes.remove(book.package, other, 1, 1)
    assert set(book.package.names) - names == {"xl/worksheets/_rels/sheet2.xml.rels"}
    assert b"<legacyDrawing " not in other.data
    assert book.package.to_bytes() != before


def test_changed_it_keeps_everything_but_its_text(book: Workbook) -> None:
    notes.change(book.package, book.sheet("Plan"), 9, 3, "changed")
    assert held(book) == {"2,2": ("Ann: see 4.4", "Ann"), "9,3": ("changed", "Ann")}
    assert book.package.read("xl/drawings/vmlDrawing1.vml") == VML.format(NOTES).encode()
    notes.change(book.package, book.sheet("Plan"), 9, 3, "other")
    assert book.package.read("xl/comments1.xml") == COMMENTS.format("", 0).encode()


def test_one_that_is_deleted_takes_its_box_along(book: Workbook) -> None:
    notes.remove(book.package, book.sheet("Plan"), 2, 2)
    assert list(held(book)) == ["9,3"]
    assert boxes(book) == [("_x0000_s3074", 9, 3)]
    notes.remove(book.package, book.sheet("Plan"), 9, 3)
    assert not {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} & set(book.package.names)


def test_controls_in_the_same_drawing_stay() -> None:
    button = BOX.format(3073, "Button", 0, 0)
    book = book_with(COMMENTS.format("", 0), VML.format(button + NOTES.replace("_s3073", "_s3075")))
    for row, column in ((2, 2), (9, 3)):
        notes.remove(book.package, book.sheet("Plan"), row, column)
    assert [box[0] for box in boxes(book)] == ["_x0000_s3073"]
    assert b"<legacyDrawing " in book.sheet("Plan").data


@pytest.mark.parametrize("how", ["an author", "a part"])
def test_one_that_stands_for_a_threaded_comment_is_only_read(how: str) -> None:
    if how == "an author":
        book = book_with(COMMENTS.format("<author>tc={1}</author>", 1), VML.format(NOTES))
    else:
        more = made.relationship("rId3", "threadedComment", "../threadedComments/threadedComment1.xml")
        part = b'<ThreadedComments xmlns="u"><threadedComment ref="C9"/></ThreadedComments>'
        parts = {"xl/threadedComments/threadedComment1.xml": part}
        book = book_with(COMMENTS.format("", 0), VML.format(NOTES), more, parts)
    before = book.package.to_bytes()
    assert held(book)["9,3"][0] == "other"
    with pytest.raises(UnsafeEdit, match=r"^Plan!C9 in plan\.xlsx has a threaded comment"):
        notes.change(book.package, book.sheet("Plan"), 9, 3, "x")
    with pytest.raises(UnsafeEdit, match=r"^Plan!C9 in plan\.xlsx has a threaded comment"):
        notes.remove(book.package, book.sheet("Plan"), 9, 3)
    assert book.package.to_bytes() == before


def test_a_drawing_that_is_no_xml_is_left_alone() -> None:
    book = book_with(COMMENTS.format("", 0), VML.format("<v:shape><br></v:shape>"))
    before = book.package.to_bytes()
    with pytest.raises(UnsafeEdit, match=r"plan\.xlsx: the drawing xl/drawings/vmlDrawing1\.vml is no XML"):
        notes.add(book.package, book.sheet("Plan"), 1, 1, "x")
    assert book.package.to_bytes() == before


def test_they_follow_their_cells_and_go_with_them(book: Workbook) -> None:
    cells.move(book, "Plan", Move.of_rows(2, 2, inserting=True))
    assert list(held(book)) == ["4,2", "11,3"]
    assert [box[1:] for box in boxes(book)] == [(4, 2), (11, 3)]
    data = book.package.read("xl/drawings/vmlDrawing1.vml")
    assert b"<x:Anchor>2, 15, 3, 10, 4, 31, 11, 9</x:Anchor>" in data
    cells.move(book, "Plan", Move.of_rows(4, 1, inserting=False))
    assert list(held(book)) == ["10,3"]
    assert [box[1:] for box in boxes(book)] == [(10, 3)]


@pytest.mark.parametrize(("row", "moves"), [(20, False), (3, True)])
def test_a_control_may_lie_above_what_moves(row: int, moves: bool) -> None:
    button = BOX.format(3073, "Button", 0, 0)
    book = book_with(COMMENTS.format("", 0), VML.format(button + NOTES.replace("_s3073", "_s3075")))
    before = book.package.to_bytes()
    if moves:
        with pytest.raises(UnsafeEdit, match="a form control lies over cells that would move"):
            cells.move(book, "Plan", Move.of_rows(row, 1, inserting=True))
        assert book.package.to_bytes() == before
    else:
        cells.move(book, "Plan", Move.of_rows(row, 1, inserting=True))
        assert list(held(book)) == ["2,2", "9,3"]


def test_pictures_of_headers_have_a_drawing_of_their_own() -> None:
    rels = made.relationship("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml")
    sheets = {"Plan": made.worksheet(after=f'<legacyDrawingHF xmlns:r="{made.OFFICE}" r:id="rId1"/>')}
    vml = VML.format('<v:shape id="LH"/>').encode()
    content = {
        "xl/worksheets/_rels/sheet1.xml.rels": made.relationships(rels),
        "xl/drawings/vmlDrawing1.vml": vml,
    }
    book = made.book(made.parts(sheets, more=content))
    plan = book.sheet("Plan")
    notes.add(book.package, plan, 1, 1, "x")
    book.flush()
    cells.move(book, "Plan", Move.of_rows(1, 1, inserting=True))
    assert boxes(book, "xl/drawings/vmlDrawing2.vml") == [("_x0000_s4097", 2, 1)]
    notes.remove(book.package, book.sheet("Plan"), 2, 1)
    assert book.package.read("xl/drawings/vmlDrawing1.vml") == vml
    assert "xl/drawings/vmlDrawing2.vml" not in book.package


@pytest.mark.parametrize("text", ["x" * 40_000])
def test_what_a_note_cannot_hold_is_refused_before_any_part_is_made(text: str) -> None:
    book = made.book(made.parts({"Plan": made.worksheet()}))
    before = book.package.to_bytes()
    with pytest.raises(UnsafeEdit, match=r"^plan\.xlsx, Plan: "):
        notes.add(book.package, book.sheet("Plan"), 1, 1, text)
    book.flush()
    assert book.package.to_bytes() == before
