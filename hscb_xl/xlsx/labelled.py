"""The sensitivity label of the plan on a workbook that is made from it, as Office itself would write it."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from hscb_xl.base.facts import Label
from hscb_xl.xlsx.rewrite import Edit

_PART = "docMetadata/LabelInfo.xml"
_TYPE = "application/vnd.ms-office.classificationlabels+xml"
_RELATIONSHIP = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that people and programs add to a document ([MS-OLEPS] 2.21)."""


def edits(label: Label, properties: int) -> Mapping[str, Edit]:
    """What changes in a package that has so many custom properties already."""
    changed: dict[str, Edit] = {}
    if label.properties:
        # The numbers 0 and 1 are taken by the format itself.
        first = properties + 2
        written = "".join(
            f'<property fmtid="{_FORMAT}" pid="{number}" name={_attribute(name)}>'
            f"<vt:lpwstr>{_text(text)}</vt:lpwstr></property>"
            for number, (name, text) in enumerate(label.properties, first)
        )
        changed["docProps/custom.xml"] = _appended(written, "</Properties>")
    if label.info:
        override = f'<Override PartName="/{_PART}" ContentType="{_TYPE}"/>'
        changed["[Content_Types].xml"] = _appended(override, "</Types>")
        related = f'<Relationship Id="rIdLabel" Type="{_RELATIONSHIP}" Target="{_PART}"/>'
        changed["_rels/.rels"] = _appended(related, "</Relationships>")
    return changed


def parts(label: Label) -> Mapping[str, bytes]:
    """What is added to the package."""
    return {_PART: label.info} if label.info else {}


def _appended(written: str, end: str) -> Edit:
    def edit(part: bytes) -> bytes:
        before, found, after = part.rpartition(end.encode())
        return before + written.encode() + found + after

    return edit


def _text(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(text, {"\r": "&#13;"})
