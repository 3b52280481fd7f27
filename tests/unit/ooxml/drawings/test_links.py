"""Hyperlinks: the element, its relationship, and nobody else's."""

import pytest

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.drawings import links
from hscb_xl.ooxml.drawings.links import Link
from hscb_xl.ooxml.formula import refs
from tests.unit.ooxml import made

RELS = "xl/worksheets/_rels/sheet1.xml.rels"


@pytest.fixture
def book() -> Workbook:
    """A workbook with two links that share a relationship, and one of two cells into the book."""
    inner = "".join(f'<hyperlink ref="{ref}" r:id="rId1"/>' for ref in ("A1", "A2"))
    inner += '<hyperlink ref="C1:C2" location="Lists!A1"/>'
    block = f'<hyperlinks xmlns:r="{made.OFFICE}">{inner}</hyperlinks>'
    rels = made.relationship("rId1", "hyperlink", "https://example.org/#top", ' TargetMode="External"')
    sheets = {"Plan": made.worksheet(after=block), "Lists": made.worksheet()}
    return made.book(made.parts(sheets, more={RELS: made.relationships(rels)}))


def held(book: Workbook, address: str = "A1:XFD1048576") -> list[Link]:
    return links.find(book.package, book.sheet("Plan"), refs.area(address))


def put(book: Workbook, address: str, target: str, tip: str | None = None) -> None:
    links.put(book.package, book.sheet("Plan"), refs.area(address), target, tip)


def test_read(book: Workbook) -> None:
    assert held(book) == [
        Link("https://example.org/", "top", None, refs.area("A1")),
        Link("https://example.org/", "top", None, refs.area("A2")),
        Link("", "Lists!A1", None, refs.area("C1:C2")),
    ]
    assert held(book, "B1:C1") == held(book)[2:]


def test_written_again_it_changes_nothing(book: Workbook) -> None:
    put(book, "A5", "https://example.org/?a=1&b='2'#x", 'a "tip"')
    book.flush()
    once = book.package.to_bytes()
    assert held(book, "A5") == [Link("https://example.org/?a=1&b='2'", "x", 'a "tip"', refs.area("A5"))]
    put(book, "A5", "https://example.org/?a=1&b='2'#x", 'a "tip"')
    book.flush()
    assert book.package.to_bytes() == once


def test_replaced_and_removed_it_leaves_the_relationship_that_others_use(book: Workbook) -> None:
    put(book, "A1", "#Lists!B2")
    assert book.package.read(RELS).count(b"<Relationship ") == 1
    put(book, "A2", "https://example.org/two")
    assert book.package.read(RELS).count(b"<Relationship ") == 1
    assert b"example.org/two" in book.package.read(RELS)
    for address in ("A1", "A2", "C1:C2"):
        links.remove(book.package, book.sheet("Plan"), refs.area(address))
    assert b"hyperlink" not in book.sheet("Plan").data
    assert b"<Relationship " not in book.package.read(RELS)


def test_one_of_more_cells_is_not_cut(book: Workbook) -> None:
    with pytest.raises(UnsafeEdit, match=r"^Plan!C1:C2 in plan\.xlsx has a hyperlink that reaches beyond C1"):
        put(book, "C1", "https://example.org/")


@pytest.mark.parametrize("target", ["", "#", "x" * 3000])
def test_what_is_no_target_is_refused(book: Workbook, target: str) -> None:
    with pytest.raises(UnsafeEdit, match=r"^Plan!B1 in plan\.xlsx cannot lead to"):
        put(book, "B1", target)
