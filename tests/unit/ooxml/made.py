"""Sheets and packages made for the tests of the parts, as small as each needs to be."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from hscb_xl.ooxml.book.workbook import Workbook
from hscb_xl.ooxml.package.package import Package
from hscb_xl.ooxml.sheet.part import SheetPart

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def worksheet(rows: str = "", before: str = "", after: str = "", prefix: str = "") -> bytes:
    """A worksheet part; ``prefix`` with its colon must be on the tags that are given as well."""
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    data = f"<{prefix}sheetData>{rows}</{prefix}sheetData>"
    return f'<{prefix}worksheet {name}="{MAIN}">{before}{data}{after}</{prefix}worksheet>'.encode()


def sheet(rows: str = "", before: str = "", after: str = "", prefix: str = "") -> SheetPart:
    return SheetPart(
        "xl/worksheets/sheet1.xml", worksheet(rows, before, after, prefix), (), False, "Plan", "plan.xlsx"
    )


def parts(
    sheets: Mapping[str, bytes], workbook: str = "", more: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The parts of a workbook with these sheets; ``workbook`` is XML behind its list of sheets.

    What ``more`` holds is added, or put in place of a part.
    """
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, sheets, strict=True)
    )
    rels = "".join(relationship(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>'
        for n in numbers
    )
    made = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{overrides}</Types>'
        ).encode(),
        "_rels/.rels": relationships(relationship("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{workbook}</workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": relationships(rels),
    }
    made |= {f"xl/worksheets/sheet{n}.xml": data for n, data in zip(numbers, sheets.values(), strict=True)}
    return made | dict(more or {})


def relationship(identity: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"{more}/>'


def relationships(inner: str) -> bytes:
    return f'<Relationships xmlns="{RELATIONSHIPS}">{inner}</Relationships>'.encode()


def zipped(content: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return stream.getvalue()


def package(content: Mapping[str, bytes]) -> Package:
    return Package(Path("plan.xlsx"), zipped(content))


def book(content: Mapping[str, bytes]) -> Workbook:
    return Workbook(package(content))
