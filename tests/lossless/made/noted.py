"""Books with what needs the old kind of drawing: notes with their threads, and form controls."""

from tests.lossless.made.book import BOOK, COMPATIBLE, MAIN, MICROSOFT, SHEET, SHEETML, TYPE, X14, Book
from tests.lossless.made.drawn import XDR

PLAN = "{5C1F2B7E-9A5B-4F0B-8C1E-2B6B1B2C0D01}"
PERSON = "{7A3C2B7E-9A5B-4F0B-8C1E-2B6B1B2C0D02}"


def vml(kind: str, data: str) -> str:
    """The old drawing that notes and form controls still need."""
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
        'data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype>'
        '<v:shape id="_x0000_s1025" type="#_x0000_t202" style="position:absolute;visibility:hidden">'
        f'<v:fill color2="#ffffe1"/><x:ClientData ObjectType="{kind}">{data}</x:ClientData></v:shape></xml>'
    )


def add_vml(book: Book, kind: str, data: str) -> None:
    book.endings["vml"] = f"{TYPE}.vmlDrawing"
    identity = book.add("xl/drawings/vmlDrawing1.vml", vml(kind, data), to=SHEET, kind="vmlDrawing")
    book.around["legacyDrawing"] = f'<legacyDrawing r:id="{identity}"/>'


def threaded_comments() -> Book:
    """A thread on B2: the comment that older Excels show, the thread itself, and who wrote it."""
    book = Book()
    note = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={PLAN}</author></authors><commentList>'
        '<comment ref="B2" authorId="0" shapeId="0"><text>'
        "<t>[Threaded comment] Comment: Who leads?</t></text></comment></commentList></comments>"
    )
    book.add("xl/comments1.xml", note, f"{SHEETML}.comments+xml", SHEET, "comments")
    add_vml(
        book,
        "Note",
        "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>2, 15, 1, 2, 4, 31, 6, 9</x:Anchor>"
        "<x:AutoFill>False</x:AutoFill><x:Row>1</x:Row><x:Column>1</x:Column>",
    )
    uri, kinds = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments", f"{MICROSOFT}/2017/10/relationships"
    thread = (
        f'<ThreadedComments xmlns="{uri}" xmlns:x="{MAIN}"><threadedComment ref="B2" '
        f'dT="2015-05-12T10:00:00.00" personId="{PERSON}" id="{PLAN}"><text>Who leads?</text>'
        "</threadedComment></ThreadedComments>"
    )
    book.add(
        "xl/threadedComments/threadedComment1.xml",
        thread,
        "application/vnd.ms-excel.threadedcomments+xml",
        SHEET,
        f"{kinds}/threadedComment",
    )
    people = (
        f'<personList xmlns="{uri}" xmlns:x="{MAIN}"><person displayName="A. Officer" id="{PERSON}" '
        'userId="a.officer" providerId="None"/></personList>'
    )
    book.add("xl/persons/person.xml", people, "application/vnd.ms-excel.person+xml", BOOK, f"{kinds}/person")
    return book


def form_controls() -> Book:
    """A tick box that is linked to H9."""
    book = Book()
    anchor = "<x:Anchor>6, 0, 6, 0, 8, 0, 7, 0</x:Anchor>"
    add_vml(
        book,
        "Checkbox",
        f"<x:SizeWithCells/>{anchor}<x:Checked>1</x:Checked><x:FmlaLink>$H$9</x:FmlaLink>",
    )
    properties = f'<formControlPr xmlns="{X14}" objectType="CheckBox" checked="Checked" fmlaLink="$H$9"/>'
    identity = book.add(
        "xl/ctrlProps/ctrlProp1.xml", properties, "application/vnd.ms-excel.controlproperties+xml", SHEET,
        "ctrlProp",
    )  # fmt: skip
    corners = "".join(
        f"<{corner}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{column}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></{corner}>"
        for corner, column in (("from", 6), ("to", 8))
    )
    control = (
        f'<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1025" r:id="{identity}" '
        'name="Check Box 1"><controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0">'
        f'<anchor moveWithCells="1">{corners}</anchor></controlPr></control></mc:Choice>'
        "</mc:AlternateContent>"
    )
    book.around["controls"] = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice xmlns:x14="{X14}" xmlns:xdr="{XDR}" '
        f'Requires="x14"><controls>{control}</controls></mc:Choice></mc:AlternateContent>'
    )
    return book


BOOKS = {"threaded comments": threaded_comments, "form controls": form_controls}
