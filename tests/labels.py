"""Workbooks with a sensitivity label, made from those without: as Office saves them, old and new."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

GUID = "848e3024-4d59-4ebd-bf27-8f3c3970fe52"
NAME = f"MSIP_Label_{GUID}_Name"
PROPERTIES = {
    f"MSIP_Label_{GUID}_Enabled": "true",
    f"MSIP_Label_{GUID}_SetDate": "2024-05-22T11:33:35Z",
    NAME: "OFFICIAL-SENSITIVE & <local>",
    f"MSIP_Label_{GUID}_SiteId": "7f2a4710-29fa-4343-8422-e2cf0174c0ec",
}
INFO = (
    '<?xml version="1.0" encoding="utf-8" standalone="yes"?><clbl:labelList '
    'xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label '
    f'id="{{{GUID}}}" enabled="1" method="Privileged" siteId="{{7f2a4710-29fa-4343-8422-e2cf0174c0ec}}" '
    'contentBits="0" removed="0" /></clbl:labelList>'
).encode()
LABELLED: dict[str, tuple[dict[str, str], bytes]] = {
    "properties": (PROPERTIES, b""),
    "part": ({}, INFO),
    "both": (PROPERTIES, INFO),
}
RELATIONSHIP = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def labelled(
    plain: Path, made: Path, kind: str, *, more: Mapping[str, str] | None = None, info: bytes | None = None
) -> Path:
    """A copy of a workbook without custom properties, with a label as properties, as a part, or as both."""
    properties, part = LABELLED[kind]
    properties, part = {**properties, **(more or {})}, part if info is None else info
    added = {"docProps/custom.xml": _custom(properties)} if properties else {}
    added |= {"docMetadata/LabelInfo.xml": part} if part else {}
    kinds = {
        "docProps/custom.xml": (
            "application/vnd.openxmlformats-officedocument.custom-properties+xml",
            _CUSTOM_RELATIONSHIP,
        ),
        "docMetadata/LabelInfo.xml": ("application/vnd.ms-office.classificationlabels+xml", RELATIONSHIP),
    }
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for number, each in enumerate(added):
                if name == "[Content_Types].xml":
                    tag = f'<Override PartName="/{each}" ContentType="{kinds[each][0]}"/></Types>'
                    content = content.replace(b"</Types>", tag.encode())
                if name == "_rels/.rels":
                    tag = f'<Relationship Id="rIdOwn{number}" Type="{kinds[each][1]}" Target="{each}"/>'
                    content = content.replace(b"</Relationships>", f"{tag}</Relationships>".encode())
            new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name, content)
    return made


def _custom(properties: Mapping[str, str]) -> bytes:
    each = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(properties.items(), 2)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{each}</Properties>'.encode()
