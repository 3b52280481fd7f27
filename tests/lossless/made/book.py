"""A workbook made part by part, with the XML and the order of parts that Excel writes."""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
X15 = f"{MICROSOFT}/spreadsheetml/2010/11/main"
XM = f"{MICROSOFT}/excel/2006/main"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPE = "application/vnd.openxmlformats-officedocument"
SHEETML = f"{TYPE}.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
FEW_TEXTS = ["No", "Action", "Due", "RAG", "Write the plan", "R", "Share it", "A", "Review it", "G"]
ROWS = (
    '<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    '<c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>'
    '<row r="2" spans="1:4"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>4</v></c>'
    '<c r="C2" s="1"><v>42124</v></c><c r="D2" t="s"><v>5</v></c></row>'
    '<row r="3" spans="1:4"><c r="A3"><v>2</v></c><c r="B3" t="s"><v>6</v></c>'
    '<c r="C3" s="1"><v>42125</v></c><c r="D3" t="s"><v>7</v></c></row>'
    '<row r="4" spans="1:4"><c r="A4"><v>3</v></c><c r="B4" t="s"><v>8</v></c>'
    '<c r="C4" s="1"><v>42126</v></c><c r="D4" t="s"><v>9</v></c></row>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
    '<bottom/><diagonal/></border></borders><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>'
    '<tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/>'
    "</styleSheet>"
)
ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells "
    "phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup "
    "headerFooter drawing legacyDrawing picture oleObjects controls tableParts extLst"
).split()
IN_BOOK = (
    "fileVersion workbookPr bookViews sheets externalReferences definedNames calcPr pivotCaches extLst"
).split()


@dataclass
class Book:
    """Parts, types, relationships; ``around`` and ``listed`` are children of the sheet and of the book."""

    rows: str = ROWS
    texts: list[str] = field(default_factory=lambda: [f"<si><t>{text}</t></si>" for text in FEW_TEXTS])
    styles: str = STYLES
    around: dict[str, str] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    related: dict[str, list[tuple[str, str, str, bool]]] = field(default_factory=dict)
    main_type: str = f"{SHEETML}.sheet.main+xml"

    def __post_init__(self) -> None:
        self.endings = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
        }
        self.relate("", "officeDocument", "xl/workbook.xml")
        self.sheet("Plan", SHEET, "worksheet", f"{SHEETML}.worksheet+xml")
        self.add("xl/styles.xml", "", f"{SHEETML}.styles+xml", BOOK, "styles")
        self.add("xl/sharedStrings.xml", "", f"{SHEETML}.sharedStrings+xml", BOOK, "sharedStrings")

    def sheet(self, name: str, part: str, kind: str, type_: str, content: str = "") -> None:
        """One more sheet, listed in the book."""
        self.sheets.append((name, self.add(part, content, type_, BOOK, kind)))

    def add(
        self, name: str, content: str | bytes, type_: str = "", to: str | None = None, kind: str = ""
    ) -> str:
        """A part, its content type, and the id of the relationship that leads to it from ``to``."""
        data = content if isinstance(content, bytes) else (DECLARATION + content).encode()
        self.parts[name] = data
        if type_:
            self.types[name] = type_
        return "" if to is None else self.relate(to, kind, name)

    def relate(self, source: str, kind: str, target: str, external: bool = False) -> str:
        """A relationship; ``kind`` is a whole type or the last word of an ordinary one."""
        there = self.related.setdefault(source, [])
        identity = f"rId{len(there) + 1}"
        there.append((identity, kind if ":" in kind else f"{OFFICE}/{kind}", target, external))
        return identity

    def members(self) -> dict[str, bytes]:
        """The parts by name in the order of the file."""
        self.add(SHEET, self._worksheet())
        self.add("xl/styles.xml", self.styles)
        shared = "".join(self.texts)
        count = f'count="{len(self.texts)}" uniqueCount="{len(self.texts)}"'
        self.add("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" {count}>{shared}</sst>')
        made = {"[Content_Types].xml": (DECLARATION + self._types()).encode()}
        made["_rels/.rels"] = self._relationships("")
        made[BOOK] = (DECLARATION + self._workbook()).encode()
        made["xl/_rels/workbook.xml.rels"] = self._relationships(BOOK)
        made |= self.parts
        for source in self.related:
            if source and source != BOOK:
                folder, _, name = source.rpartition("/")
                made[f"{folder}/_rels/{name}.rels"] = self._relationships(source)
        return made

    def _worksheet(self) -> str:
        usual = {
            "dimension": '<dimension ref="A1:D4"/>',
            "sheetViews": '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>',
            "sheetFormatPr": '<sheetFormatPr defaultRowHeight="15"/>',
            "sheetData": f"<sheetData>{self.rows}</sheetData>",
            "pageMargins": '<pageMargins left=".7" right=".7" top=".7" bottom=".7" header=".3" footer=".3"/>',
        }
        inner = in_order(usual | self.around, ORDER)
        return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{inner}</worksheet>'

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name="{name}" sheetId="{number}" r:id="{identity}"/>'
            for number, (name, identity) in enumerate(self.sheets, start=1)
        )
        usual = {
            "workbookPr": '<workbookPr defaultThemeVersion="124226"/>',
            "bookViews": '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="9000" '
            'windowHeight="6000"/></bookViews>',
            "sheets": f"<sheets>{sheets}</sheets>",
            "calcPr": '<calcPr calcId="191029"/>',
        }
        inner = in_order(usual | self.listed, IN_BOOK)
        return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{inner}</workbook>'

    def _types(self) -> str:
        defaults = "".join(
            f'<Default Extension="{ending}" ContentType="{type_}"/>' for ending, type_ in self.endings.items()
        )
        named = {BOOK: self.main_type} | self.types
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{type_}"/>' for name, type_ in named.items()
        )
        return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'

    def _relationships(self, source: str) -> bytes:
        tags = "".join(_relationship(source, *one) for one in self.related[source])
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{tags}</Relationships>'.encode()


def _relationship(source: str, identity: str, kind: str, target: str, external: bool) -> str:
    """A relationship; targets of the book are relative to its folder, all others begin with a slash."""
    if external:
        where = f'Target="{target}" TargetMode="External"'
    elif source == BOOK and target.startswith("xl/"):
        where = f'Target="{target[3:]}"'
    else:
        where = 'Target="/' + target + '"'
    return f'<Relationship Id="{identity}" Type="{kind}" {where}/>'


def in_order(children: dict[str, str], order: list[str]) -> str:
    return "".join(children[name] for name in order if name in children)


def zipped(members: dict[str, bytes], **how: Any) -> bytes:
    """The members in a zip file as Excel packs them; ``how`` is for the archive's comment."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = how.get("comment", b"")
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def without_references(rows: str) -> str:
    """Rows and cells that are counted, as some programs write them."""
    return re.sub(r' (?:r|spans)="[^"]*"', "", rows)
