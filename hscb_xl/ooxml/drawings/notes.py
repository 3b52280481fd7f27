"""Notes of cells: their texts in the comments part, their boxes in the legacy drawing."""

from collections.abc import Iterator
from dataclasses import dataclass

from hscb_xl.errors import UnsafeEdit
from hscb_xl.ooxml.drawings import noteshapes
from hscb_xl.ooxml.formula import refs
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet import strings
from hscb_xl.ooxml.sheet.part import SheetPart
from hscb_xl.ooxml.xml import namespaces, spans, tree

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


@dataclass(frozen=True, slots=True)
class Note:
    """A cell's note; ``threaded`` where it only stands for a threaded comment of later versions of Excel."""

    row: int
    column: int
    text: str
    author: str
    threaded: bool


def find(package: Package, sheet: SheetPart) -> list[Note]:
    """The notes of a sheet, in the order of the file."""
    return [note for _, note in _notes(package, sheet)]


def add(package: Package, sheet: SheetPart, row: int, column: int, text: str) -> None:
    """Give a cell that has none a note, by nobody in particular."""
    held = noteshapes.part_of(package, sheet)
    if held is not None:
        noteshapes.tree(package, held)  # what cannot be done is refused before any part is made
    with package.naming(sheet.title):
        _text(text, b"")
    part = package.related(sheet.name, "comments") or _new_comments(package, sheet)
    drawing = held or _new_drawing(package, sheet)
    package.write(drawing, noteshapes.added(*noteshapes.tree(package, drawing), row, column))
    author = _author(package, part)
    data, root = package.tree(part)
    written = _comment(_prefix(package, sheet), f"{refs.letters(column)}{row}", author, text)
    package.write(part, spans.splice(data, [spans.append_child(data, _list(sheet, root), written)]))


def change(package: Package, sheet: SheetPart, row: int, column: int, text: str) -> None:
    """Give a cell's note another text, plain; UnsafeEdit where a threaded comment is behind it."""
    node, note = _at(package, sheet, row, column)
    part = package.related(sheet.name, "comments")
    if part is None or note.text == text:
        return
    data, _ = package.tree(part)
    held = node.find("text")
    start, end = (held.start, held.end) if held else (node.content_end, node.content_end)
    with package.naming(sheet.title):
        written = _text(text, _prefix(package, sheet))
    package.write(part, spans.splice(data, [(start, end, written)]))


def remove(package: Package, sheet: SheetPart, row: int, column: int) -> None:
    """Take a cell's note away, and with the last one the parts that held them."""
    node, _ = _at(package, sheet, row, column)
    drawing = noteshapes.part_of(package, sheet)
    drawn = noteshapes.without(*noteshapes.tree(package, drawing), row, column) if drawing else b""
    part = package.related(sheet.name, "comments")
    if part is not None:
        data, root = package.tree(part)
        if len(_list(sheet, root).children) > 1:
            package.write(part, spans.splice(data, [(node.start, node.end, b"")]))
        else:
            package.unrelate(sheet.name, part)
            package.remove(part)
    if drawing is not None:
        _redraw(package, sheet, drawing, drawn)


def _redraw(package: Package, sheet: SheetPart, drawing: str, drawn: bytes) -> None:
    """Write the drawing, or take it out where no shape is left."""
    node = sheet.frame.child("legacyDrawing")
    if node is not None and noteshapes.is_empty(tree.parse(drawn)):
        sheet.frame.replace([(node.start, node.end, b"")])
        package.unrelate(sheet.name, drawing)
        package.remove(drawing)
    else:
        package.write(drawing, drawn)


def _at(package: Package, sheet: SheetPart, row: int, column: int) -> tuple[tree.Node, Note]:
    """The note of a cell, to be changed."""
    where = sheet.where(f"{refs.letters(column)}{row}")
    for node, note in _notes(package, sheet):
        if (note.row, note.column) == (row, column):
            if note.threaded:
                raise UnsafeEdit(f"{where} has a threaded comment: change it in Excel.")
            return node, note
    raise UnsafeEdit(f"{where} has no note any more.")


def _notes(package: Package, sheet: SheetPart) -> Iterator[tuple[tree.Node, Note]]:
    part = package.related(sheet.name, "comments")
    if part is None:
        return
    data, root = package.tree(part)
    listed = root.find("authors")
    authors = [node.text(data) for node in (listed.children if listed else [])]
    threaded = _threaded(package, sheet)
    for node in _list(sheet, root).all("comment"):
        place = refs.stated(node.attributes.get("ref", ""))
        author = node.number("authorId", 0)
        named = strings.unescape(authors[author]) if 0 <= author < len(authors) else ""
        held = node.find("text")
        text = strings.plain(data[held.start_end : held.content_end]) if held else ""
        behind = (place.top, place.left) in threaded or named.startswith("tc={")
        yield node, Note(place.top, place.left, text, named, behind)


def _threaded(package: Package, sheet: SheetPart) -> set[tuple[int, int]]:
    found = set()
    for relationship in package.relationships(sheet.name):
        if relationship.kind == "threadedComment":
            for node in package.tree(relationship.target)[1].children:
                place = refs.stated(node.attributes.get("ref", ""))
                found.add((place.top, place.left))
    return found


def _list(sheet: SheetPart, root: tree.Node) -> tree.Node:
    listed = root.find("commentList")
    if listed is None:
        raise UnsafeEdit(f"the notes of {sheet.title} in {sheet.file} are no list: save the file in Excel.")
    return listed


def _author(package: Package, part: str) -> int:
    """The place of the nameless author, who is added where there is none."""
    data, root = package.tree(part)
    listed = root.find("authors")
    nodes = listed.children if listed else []
    for place, node in enumerate(nodes):
        if not node.text(data):
            return place
    prefix = f"{root.prefix}:".encode() if root.prefix else b""
    if listed is None:
        written = b"<%sauthors><%sauthor></%sauthor></%sauthors>" % ((prefix,) * 4)
        edit = (root.start_end, root.start_end, written)
    else:
        edit = spans.append_child(data, listed, b"<%sauthor></%sauthor>" % (prefix, prefix))
    package.write(part, spans.splice(data, [edit]))
    return len(nodes)


def _prefix(package: Package, sheet: SheetPart) -> bytes:
    part = package.related(sheet.name, "comments")
    prefix = package.tree(part)[1].prefix if part else ""
    return f"{prefix}:".encode() if prefix else b""


def _comment(p: bytes, cell: str, author: int, text: str) -> bytes:
    start = b'<%scomment ref="%s" authorId="%d">' % (p, cell.encode(), author)
    return start + _text(text, p) + b"</%scomment>" % p


def _text(text: str, prefix: bytes) -> bytes:
    return b"<%stext>%s</%stext>" % (prefix, strings.text_element(text, prefix + b"t"), prefix)


def _new_comments(package: Package, sheet: SheetPart) -> str:
    main = sheet.frame.root.namespace
    part = package.fresh_name("xl/comments{}.xml")
    written = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<comments xmlns="%s"><authors></authors><commentList></commentList></comments>'
    )
    package.write(part, written % main.encode())
    package.set_content_type(part, _CONTENT_TYPE)
    package.relate(sheet.name, namespaces.relationship_type("comments", main), part)
    return part


def _new_drawing(package: Package, sheet: SheetPart) -> str:
    frame, main = sheet.frame, sheet.frame.root.namespace
    part = package.fresh_name("xl/drawings/vmlDrawing{}.vml")
    package.write(part, noteshapes.new_part(package))
    package.set_content_type(part, noteshapes.CONTENT_TYPE)
    identity = package.relate(sheet.name, namespaces.relationship_type("vmlDrawing", main), part)
    at = frame.place_for("legacyDrawing")
    space = namespaces.relationships(main).encode()
    item = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (frame.prefix, space, identity.encode())
    frame.replace([(at, at, item)])
    return part
