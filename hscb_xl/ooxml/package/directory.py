"""The directory at the end of a zip file: where each member lies, and what stands behind it all."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from hscb_xl.errors import DamagedBook

END = struct.Struct("<4s4H2LH")
END_SIGN = b"PK\x05\x06"
CENTRAL = struct.Struct("<4s6H3L5H2L")
FULL = 0xFFFFFFFF
"""Says in a short field that the number stands in a zip64 one."""
UTF8 = 0x800
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of the central directory, its fields in the file's order and its names as bytes."""

    name: str
    fields: tuple[int, ...]
    raw_name: bytes
    extra: bytes
    comment: bytes
    offset: int
    packed: int
    size: int

    @property
    def flags(self) -> int:
        """The general-purpose bit flags."""
        return self.fields[2]

    @property
    def method(self) -> int:
        """How the member is packed: 0 stored, 8 deflated."""
        return self.fields[3]

    @property
    def crc(self) -> int:
        """The checksum of the inflated bytes."""
        return self.fields[6]


@dataclass(frozen=True, slots=True)
class End:
    """The end record: where the directory lies, how many entries it has, and what stands behind it.

    ``comment`` is the length of the file's comment, with which ``tail`` begins; there may be more bytes.
    """

    start: int
    size: int
    count: int
    comment: int
    tail: bytes


def end_of(data: bytes) -> End:
    """The last end record with a directory before it: a comment may hold the signature of one as well."""
    least = max(0, len(data) - END.size - 0xFFFF)
    found = at = data.rfind(END_SIGN, least)
    while at >= 0:
        end = _end_at(data, at)
        if end is not None:
            return end
        at = data.rfind(END_SIGN, least, at + len(END_SIGN) - 1)
    if found < 0 or len(data) < found + END.size:
        raise DamagedBook("the file is cut short: the list of its parts is missing; restore a copy of it.")
    raise _damaged_list()


def _end_at(data: bytes, at: int) -> End | None:
    """The end record at an offset, None where nothing that could be a directory leads up to it."""
    if len(data) < at + END.size:
        return None
    _, _, _, _, count, size, start, comment = END.unpack_from(data, at)
    behind = at + END.size
    locator = at - _LOCATOR64.size
    end64 = locator - _END64.size
    if end64 >= 0 and data[locator : locator + 4] + data[end64 : end64 + 4] == b"PK\x06\x07PK\x06\x06":
        at = end64
        if start == FULL or size == FULL or count == 0xFFFF:
            count, size, start = _END64.unpack_from(data, at)[7:10]
    if start + size != at or behind + comment > len(data):
        return None
    return End(start, size, count, comment, data[behind:])


def _damaged_list() -> DamagedBook:
    return DamagedBook("the list of the file's parts is damaged; restore a copy of it.")


def members(data: bytes, stated: End) -> Iterator[Member]:
    """The entries in the directory's order; DamagedBook unless they fill it as the end record says."""
    position, end = stated.start, stated.start + stated.size
    for _ in range(stated.count):
        if position + CENTRAL.size > end or data[position : position + 4] != b"PK\x01\x02":
            raise _damaged_list()
        fields = CENTRAL.unpack_from(data, position)[1:]
        position += CENTRAL.size
        lengths = fields[9:12]
        raw_name, extra, comment = _cut(data, position, lengths)
        position += sum(lengths)
        packed, inflated, offset = _sizes(fields, extra)
        yield Member(_name(fields[2], raw_name), fields, raw_name, extra, comment, offset, packed, inflated)
    if position != end:
        raise _damaged_list()


def _name(flags: int, raw: bytes) -> str:
    try:
        return raw.decode("utf-8" if flags & UTF8 else "cp437")
    except UnicodeDecodeError:
        raise _damaged_list() from None


def _cut(data: bytes, position: int, lengths: tuple[int, ...]) -> list[bytes]:
    pieces = []
    for length in lengths:
        pieces.append(data[position : position + length])
        position += length
    return pieces


def _sizes(fields: tuple[int, ...], extra: bytes) -> tuple[int, int, int]:
    """Packed size, inflated size and offset, from the zip64 extra field where the short ones are full."""
    inflated, packed, offset = fields[8], fields[7], fields[15]
    if FULL not in (inflated, packed, offset):
        return packed, inflated, offset
    wide = iter(_zip64_numbers(extra))
    try:
        inflated = next(wide) if inflated == FULL else inflated
        packed = next(wide) if packed == FULL else packed
        offset = next(wide) if offset == FULL else offset
    except StopIteration:
        raise _damaged_list() from None
    return packed, inflated, offset


def _zip64_numbers(extra: bytes) -> list[int]:
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        body = extra[position + 4 : position + 4 + length]
        if kind == 1:
            return [number for (number,) in struct.iter_unpack("<Q", body[: len(body) // 8 * 8])]
        position += 4 + length
    return []
