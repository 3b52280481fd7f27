"""Books with what lies beside the sheets: a ribbon, caches, connections, other books, data of their own."""

import zipfile
from pathlib import Path

import xlwings

from tests.lossless.made.book import (
    BOOK,
    DECLARATION,
    MAIN,
    MICROSOFT,
    OFFICE,
    PACKAGE,
    SHEET,
    SHEETML,
    TYPE,
    Book,
)
from tests.lossless.made.drawn import TABLE

GUID = "{B1A2C3D4-0000-4000-8000-00000000000A}"


def ribbon() -> Book:
    """A macro workbook with a ribbon for 2007 and one for later versions; its VBA is xlwings' own."""
    book = Book(main_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    with zipfile.ZipFile(Path(xlwings.__file__).with_name("quickstart_standalone.xlsm")) as archive:
        code = archive.read("xl/vbaProject.bin")
    book.endings["bin"] = "application/vnd.ms-office.vbaProject"
    book.add("xl/vbaProject.bin", code, to=BOOK, kind=f"{MICROSOFT}/2006/relationships/vbaProject")
    for year, uri, name in (
        (2006, f"{MICROSOFT}/2006/01/customui", "customUI"),
        (2007, f"{MICROSOFT}/2009/07/customui", "customUI14"),
    ):
        button = '<button id="check" label="Check" imageMso="ReviewAcceptChange" onAction="Check"/>'
        tab = f'<tab id="plan" label="Plan"><group id="verbs" label="Verbs">{button}</group></tab>'
        xml = f'<customUI xmlns="{uri}"><ribbon><tabs>{tab}</tabs></ribbon></customUI>'
        kind = f"{MICROSOFT}/{year}/relationships/ui/extensibility"
        book.add(f"customUI/{name}.xml", xml, to="", kind=kind)
    return book


def custom_xml() -> Book:
    """Data of the book's own with its properties, and a map that binds a cell to it."""
    book = Book()
    item = "customXml/item1.xml"
    book.add(item, '<plan xmlns="urn:board:plan"><year>2015</year></plan>', to=BOOK, kind="customXml")
    properties = (
        f'<ds:datastoreItem ds:itemID="{GUID}" xmlns:ds="{OFFICE.replace("relationships", "customXml")}">'
        '<ds:schemaRefs><ds:schemaRef ds:uri="urn:board:plan"/></ds:schemaRefs></ds:datastoreItem>'
    )
    book.add(
        "customXml/itemProps1.xml", properties, f"{TYPE}.customXmlProperties+xml", item, "customXmlProps"
    )
    schema = (
        '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:board:plan">'
        '<xsd:element name="plan"/></xsd:schema>'
    )
    maps = (
        f'<MapInfo xmlns="{MAIN}" SelectionNamespaces="xmlns:ns1=\'urn:board:plan\'"><Schema ID="Schema1" '
        f'Namespace="urn:board:plan">{schema}</Schema><Map ID="1" Name="plan_Map" RootElement="plan" '
        'SchemaID="Schema1" ShowImportExportValidationErrors="false" AutoFit="true" Append="false" '
        'PreserveSortAFLayout="true" PreserveFormat="true"/></MapInfo>'
    )
    book.add("xl/xmlMaps.xml", maps, to=BOOK, kind="xmlMaps")
    bound = (
        f'<singleXmlCells xmlns="{MAIN}"><singleXmlCell id="1" r="F1" connectionId="0"><xmlCellPr id="1" '
        'uniqueName="year"><xmlPr mapId="1" xpath="/ns1:plan/ns1:year" xmlDataType="integer"/></xmlCellPr>'
        "</singleXmlCell></singleXmlCells>"
    )
    book.add("xl/tables/tableSingleCells1.xml", bound, f"{SHEETML}.tableSingleCells+xml", SHEET,
             "tableSingleCells")  # fmt: skip
    return book


def signed() -> Book:
    """A package with a signature, whose figures no one checks here."""
    book = Book()
    kind = f"{PACKAGE}/relationships/digital-signature"
    type_ = "application/vnd.openxmlformats-package.digital-signature"
    origin = "_xmlsignatures/origin.sigs"
    book.endings["sigs"] = f"{type_}-origin"
    book.add(origin, b"", to="", kind=f"{kind}/origin")
    xml = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="idPackageSignature"/>'
    book.add("_xmlsignatures/sig1.xml", xml, f"{type_}-xmlsignature+xml", origin, f"{kind}/signature")
    return book


def pivot_table() -> Book:
    """A pivot table on a sheet of its own, with the cache of what it counted."""
    book = Book()
    sheet, table = "xl/worksheets/sheet2.xml", "xl/pivotTables/pivotTable1.xml"
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    rows = (
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Row Labels</t></is></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>R</t></is></c><c r="B4"><v>1</v></c></row>'
    )
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    book.sheet("Pivot", sheet, "worksheet", f"{SHEETML}.worksheet+xml", xml)
    items = '<sharedItems count="3"><s v="R"/><s v="A"/><s v="G"/></sharedItems>'
    numbers = (
        '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" '
        'containsInteger="1" minValue="1" maxValue="3"/>'
    )
    definition = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshedBy="A. Officer" '
        'refreshedDate="42136" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3" '
        'recordCount="3"><cacheSource type="worksheet"><worksheetSource ref="A1:D4" sheet="Plan"/>'
        f'</cacheSource><cacheFields count="2"><cacheField name="No" numFmtId="0">{numbers}</cacheField>'
        f'<cacheField name="RAG" numFmtId="0">{items}</cacheField></cacheFields></pivotCacheDefinition>'
    )
    identity = book.add(
        cache, definition, f"{SHEETML}.pivotCacheDefinition+xml", BOOK, "pivotCacheDefinition"
    )
    records = "".join(f'<r><n v="{number + 1}"/><x v="{number}"/></r>' for number in range(3))
    book.add(
        "xl/pivotCache/pivotCacheRecords1.xml",
        f'<pivotCacheRecords xmlns="{MAIN}" count="3">{records}</pivotCacheRecords>',
        f"{SHEETML}.pivotCacheRecords+xml",
        cache,
        "pivotCacheRecords",
    )
    pivot = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="PivotTable1" cacheId="1" dataCaption="Values" '
        'updatedVersion="6" minRefreshableVersion="3" createdVersion="6" outline="1" outlineData="1">'
        '<location ref="A3:B7" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">'
        '<pivotField dataField="1" showAll="0"/><pivotField axis="axisRow" showAll="0"><items count="4">'
        '<item x="0"/><item x="1"/><item x="2"/><item t="default"/></items></pivotField></pivotFields>'
        '<rowFields count="1"><field x="1"/></rowFields><rowItems count="1"><i><x/></i></rowItems>'
        '<colItems count="1"><i/></colItems><dataFields count="1">'
        '<dataField name="Count of No" fld="0" subtotal="count"/></dataFields></pivotTableDefinition>'
    )
    book.add(table, pivot, f"{SHEETML}.pivotTable+xml", sheet, "pivotTable")
    book.relate(table, "pivotCacheDefinition", cache)
    book.listed["pivotCaches"] = f'<pivotCaches><pivotCache cacheId="1" r:id="{identity}"/></pivotCaches>'
    return book


def query() -> Book:
    """A table that a connection to a database fills."""
    book = Book()
    connections = (
        f'<connections xmlns="{MAIN}"><connection id="1" name="Actions" type="1" refreshedVersion="6" '
        'background="1" saveData="1"><dbPr connection="DSN=board" command="SELECT * FROM actions"/>'
        "</connection></connections>"
    )
    book.add("xl/connections.xml", connections, f"{SHEETML}.connections+xml", BOOK, "connections")
    table = "xl/tables/table1.xml"
    xml = TABLE.replace(' totalsRowShown="0"', ' tableType="queryTable" totalsRowShown="0"')
    for number in range(1, 5):
        xml = xml.replace(
            f'<tableColumn id="{number}"', f'<tableColumn id="{number}" uniqueName="{number}" '
            f'queryTableFieldId="{number}"'
        )  # fmt: skip
    identity = book.add(table, xml, f"{SHEETML}.table+xml", SHEET, "table")
    book.around["tableParts"] = f'<tableParts count="1"><tablePart r:id="{identity}"/></tableParts>'
    fields = "".join(
        f'<queryTableField id="{number}" name="{name}" tableColumnId="{number}"/>'
        for number, name in enumerate(["No", "Action", "Due", "RAG"], start=1)
    )
    made = (
        f'<queryTable xmlns="{MAIN}" name="Actions" connectionId="1" autoFormatId="16"><queryTableRefresh '
        f'nextId="5"><queryTableFields count="4">{fields}</queryTableFields></queryTableRefresh></queryTable>'
    )
    book.add("xl/queryTables/queryTable1.xml", made, f"{SHEETML}.queryTable+xml", table, "queryTable")
    return book


def other_books() -> Book:
    """A formula that looks into another file, and what that file held when it was last seen."""
    book = Book()
    part = "xl/externalLinks/externalLink1.xml"
    book.rows += '<row r="5"><c r="F5"><f>[1]Sheet1!$A$1</f><v>12</v></c></row>'
    xml = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames>'
        '<sheetName val="Sheet1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1">'
        "<v>12</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
    )
    identity = book.add(part, xml, f"{SHEETML}.externalLink+xml", BOOK, "externalLink")
    book.relate(part, "externalLinkPath", "figures.xlsx", external=True)
    book.listed["externalReferences"] = (
        f'<externalReferences><externalReference r:id="{identity}"/></externalReferences>'
    )
    return book


RICH = f"{MICROSOFT}/spreadsheetml/2017/richdata"
METADATA = (
    f'<metadata xmlns="{MAIN}" xmlns:xlrd="{RICH}"><metadataTypes count="1"><metadataType name="XLRICHVALUE" '
    'minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1" splitFirst="1" '
    'rowColShift="1" clearFormats="1" clearComments="1" assign="1" coerce="1"/></metadataTypes>'
    '<futureMetadata name="XLRICHVALUE" count="1"><bk><extLst>'
    '<ext uri="{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}">'
    '<xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata><valueMetadata count="1">'
    '<bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'
)


def linked_data_type() -> Book:
    """A cell with a value of several fields; what stands there for older versions is an error."""
    book = Book()
    book.rows += '<row r="5"><c r="F5" t="e" vm="1"><v>#VALUE!</v></c></row>'
    kinds = f"{MICROSOFT}/2017/06/relationships"
    book.add("xl/metadata.xml", METADATA, f"{SHEETML}.sheetMetadata+xml", BOOK, "sheetMetadata")
    folder, type_ = "xl/richData", "application/vnd.ms-excel.rdrichvalue"
    values = f'<rvData xmlns="{RICH}" count="1"><rv s="0"><v>8</v></rv></rvData>'
    book.add(f"{folder}/rdrichvalue.xml", values, f"{type_}+xml", BOOK, f"{kinds}/rdRichValue")
    structures = (
        f'<rvStructures xmlns="{RICH}" count="1"><s t="_error"><k n="errorType" t="i"/></s></rvStructures>'
    )
    book.add(f"{folder}/rdrichvaluestructure.xml", structures, f"{type_}structure+xml", BOOK,
             f"{kinds}/rdRichValueStructure")  # fmt: skip
    return book


def other_encodings() -> Book:
    """Parts that no edit concerns, in an encoding that the engine would refuse in one of its own."""
    book = Book()
    text = DECLARATION.replace("UTF-8", "UTF-16") + "<note>größer</note>"
    book.add("customXml/item1.xml", text.encode("utf-16"), to=BOOK, kind="customXml")
    return book


BOOKS = {
    "ribbon": ribbon,
    "custom xml": custom_xml,
    "pivot table": pivot_table,
    "query": query,
    "other books": other_books,
    "linked data type": linked_data_type,
    "other encodings": other_encodings,
}
