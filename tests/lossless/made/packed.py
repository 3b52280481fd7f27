"""Books in zip files that are written in one of the less usual ways."""

import zipfile
from io import BytesIO, RawIOBase
from typing import Any

from tests.lossless.made.book import BOOK, SHEET, Book, zipped
from tests.lossless.made.drawn import images


class Pipe(RawIOBase):
    """A file that cannot be sought in, so that sizes come behind the data."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += bytes(data)
        return len(data)


def data_descriptors() -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in images().members().items():
            archive.writestr(name, data)
    return bytes(pipe.written)


def zip64_headers() -> bytes:
    """Long sizes in the headers of every member, as a writer needs that does not know them beforehand."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in images().members().items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(data)
    return stream.getvalue()


def stored_members() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in images().members().items():
            archive.writestr(name, data)
    return stream.getvalue()


def zip_comment() -> bytes:
    return zipped(Book().members(), comment=b"made by a scanner \xff of the board")


def folders() -> bytes:
    """Entries for the folders too, dates, and an extra field on each entry."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("xl/", "xl/worksheets/"):
            archive.writestr(folder, b"")
        for name, data in Book().members().items():
            info = zipfile.ZipInfo(name, (2015, 5, 12, 10, 30, 0))
            info.compress_type, info.external_attr, info.comment = 8, 0o644 << 16, b"from the board"
            info.extra = b"UT\x05\x00\x03\x00\x00\x00\x00"
            archive.writestr(info, data)
    return stream.getvalue()


def in_rels(old: bytes, new: bytes) -> bytes:
    members = Book().members()
    name = "xl/_rels/workbook.xml.rels"
    assert old in members[name]
    members[name] = members[name].replace(old, new)
    return zipped(members)


def absolute_targets() -> bytes:
    return in_rels(b'Target="', b'Target="/xl/')


def dotted_targets() -> bytes:
    return in_rels(b'Target="', b'Target="./../xl/')


def backslashes() -> bytes:
    return in_rels(b"worksheets/sheet1", b"worksheets\\sheet1")


def upper_case() -> bytes:
    """The members' names are not spelt as the relationships spell them."""
    spelt = {SHEET: SHEET.upper(), BOOK: "xl/Workbook.xml"}
    members = Book().members()
    types = members["[Content_Types].xml"]
    for name, other in spelt.items():
        types = types.replace(name.encode(), other.encode())
    renamed = {spelt.get(name, name): data for name, data in members.items()}
    return zipped(renamed | {"[Content_Types].xml": types})


BOOKS = {
    "data descriptors": data_descriptors,
    "zip64 headers": zip64_headers,
    "stored members": stored_members,
    "zip comment": zip_comment,
    "folders": folders,
    "absolute targets": absolute_targets,
    "dotted targets": dotted_targets,
    "backslashes": backslashes,
    "upper case": upper_case,
}
