"""Protecting a workbook's sheets and its structure in the file, as Excel writes it."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

SHEET = (
    b'<sheetProtection algorithmName="SHA-512" hashValue="aGFzaA==" saltValue="c2FsdA==" spinCount="100000" '
)
SHEET += b'sheet="1" objects="1" scenarios="1"/>'
STRUCTURE = b'<workbookProtection workbookPassword="CC1A" lockStructure="1"/>'


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def protect(path: Path, sheets: Iterable[str] = (), *, structure: bool = False, how: bytes = SHEET) -> None:
    """Protect sheets by their names, and the structure."""
    content = parts(path)
    main = content["xl/workbook.xml"]
    identities = {
        name.decode(): rid for name, rid in re.findall(rb'<sheet name="([^"]*)"[^>]*r:id="(\w+)"', main)
    }
    leads = content["xl/_rels/workbook.xml.rels"]
    for sheet in sheets:
        [target] = re.findall(rb'Id="%s"[^>]*Target="([^"]*)"' % identities[sheet], leads)
        part = f"xl/{target.decode()}"
        content[part] = content[part].replace(b"</sheetData>", b"</sheetData>" + how)
        assert how in content[part]
    if structure:
        content["xl/workbook.xml"] = re.sub(rb"(<workbookPr[^>]*/>)", rb"\1" + STRUCTURE, main)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def protections(path: Path) -> list[bytes]:
    """Every element of the package that protects anything, as its bytes."""
    found = re.compile(rb"<(?:sheet|workbook)Protection[^>]*>")
    return [element for _, data in sorted(parts(path).items()) for element in found.findall(data)]
