"""A new, empty workbook with one worksheet, the least that Excel opens without a word."""

import zipfile
from io import BytesIO
from pathlib import Path

from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.package.package import CONTENT_TYPES, Package
from hscb_xl.ooxml.xml import namespaces

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NORMAL = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same book has the same bytes, whenever it is made."""


def new(name: str) -> Workbook:
    """A workbook that no file holds yet; ``name`` is what messages call it until it is saved."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, xml in _parts().items():
            info = zipfile.ZipInfo(part, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _DECLARATION + xml)
    return Workbook(Package(Path(name), stream.getvalue()))


def _parts() -> dict[str, str]:
    return {
        CONTENT_TYPES: _content_types(),
        "_rels/.rels": _relationships({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{namespaces.MAIN}" xmlns:r="{namespaces.relationships(namespaces.MAIN)}">'
            '<bookViews><workbookView/></bookViews><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relationships(
            {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{namespaces.MAIN}"><dimension ref="A1"/><sheetViews>'
            '<sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData/></worksheet>'
        ),
        "xl/styles.xml": _styles(),
    }


def _content_types() -> str:
    kinds = {
        "xl/workbook.xml": "sheet.main",
        "xl/worksheets/sheet1.xml": "worksheet",
        "xl/styles.xml": "styles",
    }
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{relationships}"/>'
    default += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>'


def _relationships(targets: dict[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{namespaces.relationship_type(kind, namespaces.MAIN)}"'
        f' Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _styles() -> str:
    fills = "".join(f'<fill><patternFill patternType="{kind}"/></fill>' for kind in ("none", "gray125"))
    return (
        f'<styleSheet xmlns="{namespaces.MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
        f'<family val="2"/></font></fonts><fills count="2">{fills}</fills><borders count="1"><border><left/>'
        '<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">'
        f'<xf {_NORMAL}/></cellStyleXfs><cellXfs count="1"><xf {_NORMAL} xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
