"""Books with what lies on top of the cells: pictures, charts, slicers; and how they are printed."""

import struct
import zlib

from tests.lossless.made.book import (
    BOOK,
    COMPATIBLE,
    MAIN,
    MICROSOFT,
    OFFICE,
    SHEET,
    SHEETML,
    TYPE,
    X14,
    X15,
    Book,
)

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
XDR, A, C = f"{DRAWING}/spreadsheetDrawing", f"{DRAWING}/main", f"{DRAWING}/chart"
DRAWING_TYPE = f"{TYPE}.drawing+xml"


def anchored(inner: str, row: int = 6, edit_as: str = "") -> str:
    """What lies between the sixth column and the twelfth."""
    corners = "".join(
        f"<xdr:{corner}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{at}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:{corner}>"
        for corner, column, at in (("from", 6, row), ("to", 12, row + 9))
    )
    how = f' editAs="{edit_as}"' if edit_as else ""
    return f"<xdr:twoCellAnchor{how}>{corners}{inner}<xdr:clientData/></xdr:twoCellAnchor>"


def with_drawing(book: Book, inner: str) -> str:
    """Put a drawing on the sheet; the name of its part."""
    part = "xl/drawings/drawing1.xml"
    xml = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}">{inner}</xdr:wsDr>'
    identity = book.add(part, xml, DRAWING_TYPE, SHEET, "drawing")
    book.around["drawing"] = f'<drawing r:id="{identity}"/>'
    return part


def png() -> bytes:
    """A picture of one red point."""
    chunks = [
        (b"IHDR", struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xc0\0\0")),
        (b"IEND", b""),
    ]
    made = b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + made


def images() -> Book:
    book = Book()
    picture = (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture 1" descr="The board\'s seal"/><xdr:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip xmlns:r="{OFFICE}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
    )
    drawing = with_drawing(book, anchored(picture))
    book.endings["png"] = "image/png"
    book.add("xl/media/image1.png", png(), to=drawing, kind="image")
    return book


CHART = (
    f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{OFFICE}"><c:roundedCorners val="0"/><c:chart>'
    '<c:plotArea><c:layout/><c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/><c:ser>'
    '<c:idx val="0"/><c:order val="0"/><c:val><c:numRef><c:f>Plan!$A$2:$A$4</c:f><c:numCache>'
    '<c:formatCode>General</c:formatCode><c:ptCount val="3"/><c:pt idx="0"><c:v>1</c:v></c:pt>'
    '<c:pt idx="1"><c:v>2</c:v></c:pt><c:pt idx="2"><c:v>3</c:v></c:pt></c:numCache></c:numRef></c:val>'
    '<c:smooth val="0"/></c:ser><c:marker val="1"/><c:axId val="11"/><c:axId val="12"/></c:lineChart>'
    '<c:catAx><c:axId val="11"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="b"/><c:crossAx val="12"/></c:catAx><c:valAx><c:axId val="12"/><c:scaling>'
    '<c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="11"/>'
    '</c:valAx></c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
)
STYLE = f"{MICROSOFT}/drawing/2012/chartStyle"


def frame(graphic: str, name: str, anchor: str = "") -> str:
    """The frame that shows something else in a drawing."""
    return (
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="{name}"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>"
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f"<a:graphic>{graphic}</a:graphic></xdr:graphicFrame>"
    )


def chart_in(identity: str) -> str:
    reference = f'<c:chart xmlns:c="{C}" xmlns:r="{OFFICE}" r:id="{identity}"/>'
    return frame(f'<a:graphicData uri="{C}">{reference}</a:graphicData>', "Chart 1")


def add_chart(book: Book, drawing: str) -> None:
    """A chart with the style and the colours that Excel 2013 keeps beside it."""
    part = "xl/charts/chart1.xml"
    book.add(part, CHART, f"{TYPE}.drawingml.chart+xml", drawing, "chart")
    kind = f"{MICROSOFT}/2011/relationships"
    colours = f'<cs:colorStyle xmlns:cs="{STYLE}" xmlns:a="{A}" meth="cycle" id="10">'
    colours += '<a:schemeClr val="accent1"/><cs:variation/></cs:colorStyle>'
    book.add("xl/charts/colors1.xml", colours, "application/vnd.ms-office.chartcolorstyle+xml", part,
             f"{kind}/chartColorStyle")  # fmt: skip


def charts() -> Book:
    book = Book()
    add_chart(book, with_drawing(book, anchored(chart_in("rId1"))))
    return book


def chart_sheet() -> Book:
    book = Book()
    part, drawing = "xl/chartsheets/sheet1.xml", "xl/drawings/drawing2.xml"
    xml = (
        f'<chartsheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr/><sheetViews><sheetView workbookViewId="0"/>'
        '</sheetViews><pageMargins left=".7" right=".7" top=".75" bottom=".75" header=".3" footer=".3"/>'
        '<drawing r:id="rId1"/></chartsheet>'
    )
    book.sheet("Chart", part, "chartsheet", f"{SHEETML}.chartsheet+xml", xml)
    anchor = '<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="9308969" cy="6078325"/>'
    inner = f"{anchor}{chart_in('rId1')}<xdr:clientData/></xdr:absoluteAnchor>"
    wrapped = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}">{inner}</xdr:wsDr>'
    book.add(drawing, wrapped, DRAWING_TYPE, part, "drawing")
    add_chart(book, drawing)
    return book


TABLE = (
    f'<table xmlns="{MAIN}" id="1" name="Plan" displayName="Plan" ref="A1:D4" totalsRowShown="0">'
    '<autoFilter ref="A1:D4"/><tableColumns count="4"><tableColumn id="1" name="No"/>'
    '<tableColumn id="2" name="Action"/><tableColumn id="3" name="Due"/><tableColumn id="4" name="RAG"/>'
    '</tableColumns><tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" '
    'showRowStripes="1" showColumnStripes="0"/></table>'
)


def add_table(book: Book) -> None:
    identity = book.add("xl/tables/table1.xml", TABLE, f"{SHEETML}.table+xml", SHEET, "table")
    book.around["tableParts"] = f'<tableParts count="1"><tablePart r:id="{identity}"/></tableParts>'


def slicers() -> Book:
    """A slicer of a table: its cache, its view on the sheet, and the drawing with what older Excels show."""
    book = Book()
    add_table(book)
    in_2010 = f"{MICROSOFT}/drawing/2010/slicer"
    shown = frame(
        f'<a:graphicData uri="{in_2010}"><sle:slicer xmlns:sle="{in_2010}" name="RAG"/></a:graphicData>',
        "RAG",
    )
    older = (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="0" name=""/><xdr:cNvSpPr/></xdr:nvSpPr>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>"
    )
    choice = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice '
        f'xmlns:sle15="{MICROSOFT}/drawing/2012/slicer" Requires="sle15">{shown}</mc:Choice>'
        f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
    )
    with_drawing(book, anchored(choice, edit_as="oneCell"))
    kinds = f"{MICROSOFT}/2007/relationships"
    view = '<slicer name="RAG" cache="Slicer_RAG" caption="RAG" rowHeight="241300"/>'
    view = f'<slicers xmlns="{X14}">{view}</slicers>'
    identity = book.add(
        "xl/slicers/slicer1.xml", view, "application/vnd.ms-excel.slicer+xml", SHEET, f"{kinds}/slicer"
    )
    book.around["extLst"] = (
        f'<extLst><ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x15="{X15}">'
        f'<x14:slicerList xmlns:x14="{X14}"><x14:slicer r:id="{identity}"/></x14:slicerList></ext></extLst>'
    )
    cache = (
        f'<slicerCacheDefinition xmlns="{X14}" xmlns:x="{MAIN}" name="Slicer_RAG" sourceName="RAG"><extLst>'
        f'<x:ext uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{X15}">'
        '<x15:tableSlicerCache tableId="1" column="4"/></x:ext></extLst></slicerCacheDefinition>'
    )
    kept = book.add(
        "xl/slicerCaches/slicerCache1.xml",
        cache,
        "application/vnd.ms-excel.slicerCache+xml",
        BOOK,
        f"{kinds}/slicerCache",
    )
    book.listed["definedNames"] = (
        '<definedNames><definedName name="Slicer_RAG">#N/A</definedName></definedNames>'
    )
    book.listed["extLst"] = (
        f'<extLst><ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{X15}">'
        f'<x15:slicerCaches xmlns:x14="{X14}"><x14:slicerCache r:id="{kept}"/></x15:slicerCaches>'
        "</ext></extLst>"
    )
    return book


def printer_settings() -> Book:
    book = Book()
    settings = bytes(range(256)) * 9
    book.endings["bin"] = f"{SHEETML}.printerSettings"
    identity = book.add("xl/printerSettings/printerSettings1.bin", settings, to=SHEET, kind="printerSettings")
    book.around["pageSetup"] = f'<pageSetup paperSize="9" orientation="landscape" r:id="{identity}"/>'
    book.around["headerFooter"] = "<headerFooter><oddFooter>&amp;C&amp;P of &amp;N</oddFooter></headerFooter>"
    return book


BOOKS = {
    "images": images,
    "charts": charts,
    "chart sheet": chart_sheet,
    "slicers": slicers,
    "printer settings": printer_settings,
}
