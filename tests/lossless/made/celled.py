"""Books whose cells, rules or XML are written in one of the less usual ways."""

import re

from tests.lossless.made.book import (
    BOOK,
    MAIN,
    ROWS,
    SHEET,
    SHEETML,
    X14,
    XM,
    Book,
    without_references,
)

RICH_TEXT = '<r><rPr><b/><sz val="11"/></rPr><t>No</t></r><r><t xml:space="preserve"> of the action</t></r>'
PHONETIC = '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="0" type="Hiragana"/>'
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def rich_text() -> Book:
    """Runs and readings, in the shared table and in line."""
    book = Book()
    book.texts[0] = f"<si>{RICH_TEXT}</si>"
    book.texts[6] = f"<si>{PHONETIC}</si>"
    book.rows += (
        f'<row r="5"><c r="F5" t="inlineStr"><is>{RICH_TEXT}</is></c>'
        f'<c r="G5" t="inlineStr"><is>{PHONETIC}</is></c></row>'
    )
    return book


def later_rules() -> Book:
    """Conditional formats and a validation that only Excel 2010 and later know."""
    book = Book()
    rule = (
        '<x14:cfRule type="dataBar" id="{00000000-0000-4000-8000-000000000001}"><x14:dataBar minLength="0" '
        'maxLength="100" border="1"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/>'
        '<x14:borderColor rgb="FF638EC6"/><x14:negativeFillColor rgb="FFFF0000"/>'
        '<x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule>'
    )
    book.around["conditionalFormatting"] = (
        '<conditionalFormatting sqref="A2:A4"><cfRule type="dataBar" priority="3"><dataBar>'
        '<cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar><extLst>'
        f'<ext xmlns:x14="{X14}" uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}">'
        "<x14:id>{00000000-0000-4000-8000-000000000001}</x14:id></ext></extLst></cfRule></conditionalFormatting>"
    )
    formats = (
        f'<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{X14}"><x14:conditionalFormattings>'
        f'<x14:conditionalFormatting xmlns:xm="{XM}">{rule}<xm:sqref>A2:A4</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    )
    validation = (
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}"><x14:dataValidations '
        f'xmlns:xm="{XM}" count="1"><x14:dataValidation type="list" allowBlank="1" showErrorMessage="1">'
        "<x14:formula1><xm:f>Plan!$D$2:$D$4</xm:f></x14:formula1><xm:sqref>H2:H4</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext>"
    )
    book.around["extLst"] = f"<extLst>{formats}{validation}</extLst>"
    return book


def sparklines() -> Book:
    book = Book()
    colours = "".join(
        f'<x14:color{name} rgb="FF376092"/>'
        for name in ("Series", "Negative", "Axis", "Markers", "First", "Last", "High", "Low")
    )
    book.around["extLst"] = (
        f'<extLst><ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{X14}"><x14:sparklineGroups '
        f'xmlns:xm="{XM}"><x14:sparklineGroup displayEmptyCellsAs="gap">{colours}<x14:sparklines>'
        "<x14:sparkline><xm:f>Plan!A2:A4</xm:f><xm:sqref>H2</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    )
    return book


def without_names() -> Book:
    """Rows and cells are counted; a row of its own has its number, the cells after it none."""
    book = Book(rows=without_references(ROWS))
    book.rows += '<row r="7"><c><v>7</v></c><c r="F7"><v>70</v></c><c><v>71</v></c></row>'
    book.rows += "<row><c><v>8</v></c></row>"
    return book


def since_1904() -> Book:
    book = Book()
    book.listed["workbookPr"] = '<workbookPr date1904="1" defaultThemeVersion="124226"/>'
    return book


def shared_formulas() -> Book:
    """One formula written for three cells, right beside the cells that are edited."""
    book = Book()
    for row, text in ((2, '<f t="shared" ref="E2:E4" si="0">A2*2</f>'), (3, '<f t="shared" si="0"/>'),
                      (4, '<f t="shared" si="0"/>')):  # fmt: skip
        cell = f'<c r="E{row}">{text}<v>{(row - 1) * 2}</v></c></row>'
        book.rows = re.sub(rf'(<row r="{row}".*?)</row>', lambda match, c=cell: match[1] + c, book.rows)
    chain = "".join(f'<c r="E{row}" i="1"/>' for row in (4, 3, 2))
    book.add("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}">{chain}</calcChain>', f"{SHEETML}.calcChain+xml",
             BOOK, "calcChain")  # fmt: skip
    return book


def array_formulas() -> Book:
    """An array formula over two cells, and a table of what-ifs."""
    book = Book()
    book.rows += (
        '<row r="5"><c r="F5"><f t="array" ref="F5:F6">A2:A3*2</f><v>2</v></c></row>'
        '<row r="6"><c r="F6"><v>4</v></c></row>'
        '<row r="8"><c r="F8"><f t="dataTable" ref="F8:F9" dt2D="0" dtr="0" r1="A2"/><v>1</v></c></row>'
        '<row r="9"><c r="F9"><v>1</v></c></row>'
    )
    return book


ARRAYS = "http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"


def dynamic_arrays() -> Book:
    """A formula that spills into the cells below."""
    book = Book()
    book.rows += (
        '<row r="5"><c r="F5" cm="1"><f t="array" ref="F5:F7">_xlfn._xlws.SORT(A2:A4,,-1)</f><v>3</v></c>'
        '</row><row r="6"><c r="F6"><v>2</v></c></row><row r="7"><c r="F7"><v>1</v></c></row>'
    )
    metadata = (
        f'<metadata xmlns="{MAIN}" xmlns:xda="{ARRAYS}"><metadataTypes count="1"><metadataType name="XLDAPR" '
        'minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1" splitFirst="1" '
        'rowColShift="1" clearFormats="1" clearComments="1" assign="1" coerce="1" cellMeta="1"/>'
        "</metadataTypes>"
        '<futureMetadata name="XLDAPR" count="1"><bk><extLst>'
        '<ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
        '<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata>'
        '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
    )
    book.add("xl/metadata.xml", metadata, f"{SHEETML}.sheetMetadata+xml", BOOK, "sheetMetadata")
    return book


def far_stray_cell() -> Book:
    book = Book()
    book.rows += '<row r="1048576"><c r="XFD1048576"><v>0.5</v></c></row>'
    book.around["dimension"] = '<dimension ref="A1:XFD1048576"/>'
    return book


def merged_and_linked() -> Book:
    """Merged cells, a link, a validation and a rule of somebody's own, and hidden columns with formats."""
    book = Book()
    book.around["cols"] = '<cols><col min="12" max="12" width="30" style="1" customWidth="1"/></cols>'
    book.around["mergeCells"] = '<mergeCells count="1"><mergeCell ref="F1:G2"/></mergeCells>'
    book.around["conditionalFormatting"] = (
        '<conditionalFormatting sqref="D2:D4"><cfRule type="cellIs" dxfId="0" priority="1" operator="equal">'
        '<formula>"R"</formula></cfRule></conditionalFormatting>'
    )
    book.around["dataValidations"] = (
        '<dataValidations count="1"><dataValidation type="list" sqref="D2:D4"><formula1>"R,A,G"</formula1>'
        "</dataValidation></dataValidations>"
    )
    identity = book.relate(SHEET, "hyperlink", "https://example.com/plan?a=1&amp;b=2", external=True)
    book.around["hyperlinks"] = f'<hyperlinks><hyperlink ref="A3" r:id="{identity}"/></hyperlinks>'
    return book


def strict() -> dict[str, bytes]:
    """The other dialect of the standard, with a moment written as a text."""
    members = Book().members()
    for name, data in members.items():
        for old, new in STRICT.items():
            data = data.replace(old.encode(), new.encode())
        members[name] = data
    members[BOOK] = members[BOOK].replace(b"<workbook ", b'<workbook conformance="strict" ')
    members[SHEET] = members[SHEET].replace(
        b'<c r="C2" s="1"><v>42124</v></c>', b'<c r="C2" s="1" t="d"><v>2015-04-30T00:00:00</v></c>'
    )
    return members


def prefixed() -> dict[str, bytes]:
    """Every element of the sheets' namespace has a prefix."""
    members = Book().members()
    for name in (BOOK, SHEET, "xl/styles.xml", "xl/sharedStrings.xml"):
        data = re.sub(rb"<(/?)(?=\w+[\s/>])", rb"<\1x:", members[name])
        members[name] = data.replace(b"xmlns=", b"xmlns:x=", 1)
    return members


BOOKS = {
    "plain": Book,
    "rich text": rich_text,
    "later rules": later_rules,
    "sparklines": sparklines,
    "without names": without_names,
    "since 1904": since_1904,
    "shared formulas": shared_formulas,
    "array formulas": array_formulas,
    "dynamic arrays": dynamic_arrays,
    "far stray cell": far_stray_cell,
    "merged and linked": merged_and_linked,
    "strict": strict,
    "prefixed": prefixed,
}
