"""Files that are made to take a program's time or memory."""

import struct
import zipfile
import zlib
from io import BytesIO

from tests.lossless.made.book import BOOK, DECLARATION, MAIN, SHEET, Book, zipped
from tests.lossless.mutations import LAUGHS
from tests.lossless.mutations import zipped as in_zip

MEGABYTE = 1 << 20


def with_sheet(before: bytes, piece: bytes, times: int, after: bytes) -> bytes:
    """A book whose sheet holds a piece many times; the piece is packed once."""
    head = f'{DECLARATION}<worksheet xmlns="{MAIN}">'.encode() + before
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first, again = (packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH) for text in (head, piece))
    tail = after + b"</worksheet>"
    packed = first + again * times + packer.compress(tail) + packer.flush()
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(piece, crc)
    size = len(head) + len(piece) * times + len(tail)
    return in_zip([*Book().members().items()], {SHEET: (packed, zlib.crc32(tail, crc), size)})


def much_of_nothing() -> bytes:
    """Nine hundred megabytes of blanks in less than one."""
    return with_sheet(b"<sheetData>", b" " * MEGABYTE, 900, b"</sheetData>")


def more_than_a_part_may_be() -> bytes:
    return with_sheet(b"<sheetData>", b" " * MEGABYTE, 1100, b"</sheetData>")


def many_cells() -> bytes:
    """Two million cells that say no more than that they are there."""
    return with_sheet(b'<sheetData><row r="1">', b"<c/>" * 100_000, 20, b"</row></sheetData>")


def many_rows() -> bytes:
    """More rows than a sheet has."""
    return with_sheet(b"<sheetData>", b"<row/>" * 100_000, 12, b"</sheetData>")


def deep_rows() -> bytes:
    """A million elements inside each other among the cells."""
    before = b"<sheetData>" + b"<y>" * 1_000_000
    return with_sheet(before, b"</y>" * 1000, 1000, b"</sheetData>")


def deep_rules() -> bytes:
    """A million elements inside each other in the extension list."""
    before = b"<sheetData/><extLst>" + b"<y>" * 1_000_000
    return with_sheet(before, b"</y>" * 1000, 1000, b"</extLst>")


def many_rules() -> bytes:
    """Five thousand conditional formats."""
    rule = b'<conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1" operator="equal">'
    rule += b"<formula>1</formula></cfRule></conditionalFormatting>"
    return with_sheet(b"<sheetData/>", rule * 100, 50, b"")


def laughs() -> bytes:
    members = Book().members()
    members[BOOK] = members[BOOK].replace(b"<workbook", LAUGHS + b"<workbook", 1).replace(b"Plan", b"&l;")
    return zipped(members)


def a_lie_of_ten_gigabytes() -> bytes:
    """Ten megabytes of zeros that the directory calls ten gigabytes, with long sizes."""
    members = Book().members() | {SHEET: bytes(10 * MEGABYTE)}
    data = zipped(members)
    at = data.rindex(SHEET.encode()) - 46
    extra = struct.pack("<2HQ", 1, 8, 10 << 30)
    entry = bytearray(data[at : at + 46])
    struct.pack_into("<L", entry, 24, 0xFFFFFFFF)
    struct.pack_into("<H", entry, 30, len(extra))
    end = data.rindex(b"PK\x05\x06")
    size = struct.unpack_from("<L", data, end + 12)[0]
    tail = data[end : end + 12] + struct.pack("<L", size + len(extra)) + data[end + 16 :]
    name_end = at + 46 + len(SHEET)
    return data[:at] + bytes(entry) + SHEET.encode() + extra + data[name_end:end] + tail


def many_members() -> bytes:
    """Twenty thousand empty entries."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in Book().members().items():
            archive.writestr(name, data)
        for number in range(20_000):
            archive.writestr(zipfile.ZipInfo(f"x/{number}"), b"")
    return stream.getvalue()


def overlapping() -> bytes:
    """Twenty thousand entries for the same bytes."""
    data = zipped(Book().members())
    at, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    last = data.rindex(b"PK\x01\x02")
    entry, name_length = data[last:end], end - last - 46
    more = b"".join(entry[:46] + b"%0*d" % (name_length, number) for number in range(20_000))
    count = data.count(b"PK\x01\x02") + 20_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, end + len(more) - at, at, 0)
    return data[:end] + more + tail


BOMBS = {
    "much of nothing": much_of_nothing,
    "more than a part may be": more_than_a_part_may_be,
    "many cells": many_cells,
    "many rows": many_rows,
    "deep rows": deep_rows,
    "deep rules": deep_rules,
    "many rules": many_rules,
    "laughs": laughs,
    "a lie of ten gigabytes": a_lie_of_ten_gigabytes,
    "many members": many_members,
    "overlapping": overlapping,
}
