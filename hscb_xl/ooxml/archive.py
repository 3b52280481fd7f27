"""The zip file of a package, member by member: unchanged members are copied as the bytes they were."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hscb_xl.errors import DamagedBook, UnsafeEdit

MAX_INFLATED = 1 << 30
"""Bytes a single part may inflate to; a larger one is a zip bomb, not a plan."""

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL = 0xFFFFFFFF
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_EPOCH = 0x21  # 1 January 1980, the first day a zip file can name


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


class Archive:
    """A zip file in memory, read by its central directory and written back with some members changed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._comment, start, size, count = _end_of(data)
        self._central = start
        members = list(_central_directory(data, start, size, count))
        self.members: dict[str, Member] = {member.name: member for member in members}
        _refuse_clashes(members)

    def read(self, name: str) -> bytes:
        """The inflated bytes of a member; DamagedBook when they do not match its checksum."""
        member = self.members[name]
        if member.flags & _ENCRYPTED:
            raise UnsafeEdit(f"the part {name} is encrypted; save the workbook without a password.")
        start = self._data_start(member)
        packed = self._data[start : start + member.packed]
        data = _inflate(packed, member)
        if zlib.crc32(data) != member.crc or len(data) != member.size:
            raise DamagedBook(f"the part {name} is damaged; open the workbook in Excel and repair it.")
        return data

    def rewritten(self, changes: Mapping[str, bytes | None]) -> bytes:
        """The whole file with ``changes`` made: new bytes of a part, or None to leave it out.

        Members that are not named keep their bytes and their order; new ones follow them.
        """
        out = _Output(self._data[: self._first_offset()])
        for member, end in self._in_file_order():
            content = changes.get(member.name)
            if content is not None:
                out.pack(content, member)
            elif member.name not in changes:
                out.copy(self._data[member.offset : end], member)
        for name, content in changes.items():
            if content is not None and name not in self.members:
                out.pack(content, _blank(name))
        return out.finished(self.members, self._comment)

    def _first_offset(self) -> int:
        return min((member.offset for member in self.members.values()), default=self._central)

    def _in_file_order(self) -> Iterator[tuple[Member, int]]:
        """Each member with the offset where the next begins, so that descriptors and gaps are kept."""
        ordered = sorted(self.members.values(), key=lambda member: member.offset)
        ends = [*(member.offset for member in ordered[1:]), self._central]
        for member, end in zip(ordered, ends, strict=True):
            if self._data_start(member) + member.packed > end:
                raise DamagedBook(
                    f"the part {member.name} runs into the next one; restore a copy of the file."
                )
            yield member, end

    def _data_start(self, member: Member) -> int:
        header = self._data[member.offset : member.offset + _LOCAL.size]
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise DamagedBook(f"the part {member.name} is not where the file says; it may be cut short.")
        name_length, extra_length = _LOCAL.unpack(header)[-2:]
        return int(member.offset + _LOCAL.size + name_length + extra_length)


def _end_of(data: bytes) -> tuple[bytes, int, int, int]:
    """The comment, and the offset, size and entry count of the central directory."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    if at < 0 or len(data) < at + _END.size:
        raise DamagedBook("the file is cut short: the list of its parts is missing; restore a copy of it.")
    _, _, _, _, count, size, start, comment_length = _END.unpack_from(data, at)
    comment = data[at + _END.size : at + _END.size + comment_length]
    locator = at - _LOCATOR64.size
    if (start == _FULL or size == _FULL or count == 0xFFFF) and data[locator : locator + 4] == b"PK\x06\x07":
        end64 = _LOCATOR64.unpack_from(data, locator)[2]
        if data[end64 : end64 + 4] != b"PK\x06\x06" or len(data) < end64 + _END64.size:
            raise DamagedBook("the list of the file's parts is damaged; restore a copy of it.")
        count, size, start = _END64.unpack_from(data, end64)[7:10]
    if start + size > at:
        raise DamagedBook("the list of the file's parts is damaged; restore a copy of it.")
    return comment, start, size, count


def _central_directory(data: bytes, start: int, size: int, count: int) -> Iterator[Member]:
    position, end = start, start + size
    for _ in range(count):
        if position + _CENTRAL.size > end or data[position : position + 4] != b"PK\x01\x02":
            raise DamagedBook("the list of the file's parts is damaged; restore a copy of it.")
        fields = _CENTRAL.unpack_from(data, position)[1:]
        position += _CENTRAL.size
        lengths = fields[9:12]
        raw_name, extra, comment = _cut(data, position, lengths)
        position += sum(lengths)
        packed, inflated, offset = _sizes(fields, extra)
        yield Member(_name(fields[2], raw_name), fields, raw_name, extra, comment, offset, packed, inflated)


def _name(flags: int, raw: bytes) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise DamagedBook("the list of the file's parts is damaged; restore a copy of it.") from None


def _cut(data: bytes, position: int, lengths: tuple[int, ...]) -> list[bytes]:
    pieces = []
    for length in lengths:
        pieces.append(data[position : position + length])
        position += length
    return pieces


def _sizes(fields: tuple[int, ...], extra: bytes) -> tuple[int, int, int]:
    """Packed size, inflated size and offset, from the zip64 extra field where the short ones are full."""
    inflated, packed, offset = fields[8], fields[7], fields[15]
    if _FULL not in (inflated, packed, offset):
        return packed, inflated, offset
    wide = iter(_zip64_numbers(extra))
    try:
        inflated = next(wide) if inflated == _FULL else inflated
        packed = next(wide) if packed == _FULL else packed
        offset = next(wide) if offset == _FULL else offset
    except StopIteration:
        raise DamagedBook("the list of the file's parts is damaged; restore a copy of it.") from None
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


def _refuse_clashes(members: list[Member]) -> None:
    seen: set[str] = set()
    for member in members:
        key = member.name.replace("\\", "/").lower()
        if key in seen:
            raise UnsafeEdit(f"the file holds the part {member.name} twice; save it again in Excel.")
        seen.add(key)


def _inflate(packed: bytes, member: Member) -> bytes:
    if member.method == 0:
        return packed
    if member.method != 8:
        raise UnsafeEdit(f"the part {member.name} is packed in an unusual way; save the file again in Excel.")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, MAX_INFLATED)
    except zlib.error as problem:
        raise DamagedBook(f"the part {member.name} is damaged ({problem}); restore a copy of it.") from None
    if len(data) >= MAX_INFLATED and not inflater.eof:
        raise UnsafeEdit(f"the part {member.name} is larger than {MAX_INFLATED:,} bytes; it is not read.")
    return data


def _blank(name: str) -> Member:
    """The entry of a member that is new: no dates of this machine, no owner."""
    raw = name.encode("utf-8")
    flags = 0 if name.isascii() else _UTF8
    fields = (20, 20, flags, 8, 0, _EPOCH, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0)
    return Member(name, fields, raw, b"", b"", 0, 0, 0)


def _packed(content: bytes, member: Member, offset: int) -> tuple[bytes, Member]:
    """A member's new local record and entry, deflated, its name and dates kept."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(content) + deflater.flush()
    made, _, flags, _, time, day, *_ = member.fields
    flags &= _UTF8
    crc = zlib.crc32(content)
    local = _LOCAL.pack(
        b"PK\x03\x04", 20, flags, 8, time, day, crc, len(packed), len(content), len(member.raw_name), 0
    )
    fields = (made, 20, flags, 8, time, day, crc, len(packed), len(content), *member.fields[9:])
    entry = replace(member, fields=fields, extra=b"", offset=offset, packed=len(packed), size=len(content))
    return local + member.raw_name + packed, entry


class _Output:
    """The new file as it grows: a record for each member, and their entries for the end."""

    def __init__(self, prefix: bytes) -> None:
        self._chunks = [prefix]
        self._position = len(prefix)
        self._entries: dict[str, Member] = {}

    def copy(self, record: bytes, member: Member) -> None:
        """Append a member's record as it was."""
        self._append(record, replace(member, offset=self._position))

    def pack(self, content: bytes, member: Member) -> None:
        """Append a member with new content."""
        self._append(*_packed(content, member, self._position))

    def finished(self, first: Iterable[str], comment: bytes) -> bytes:
        """All bytes; the directory lists the members in the order of ``first``, then new ones."""
        order = dict.fromkeys([*first, *self._entries])
        entries = [self._entries[name] for name in order if name in self._entries]
        return b"".join([*self._chunks, _directory(entries, self._position, comment)])

    def _append(self, record: bytes, entry: Member) -> None:
        self._chunks.append(record)
        self._entries[entry.name] = entry
        self._position += len(record)


def _directory(entries: list[Member], start: int, comment: bytes) -> bytes:
    if start >= _FULL or len(entries) >= 0xFFFF:
        raise UnsafeEdit("the workbook would grow past what an ordinary zip file holds; it is not written.")
    records = b"".join(_central_record(entry) for entry in entries)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), len(records), start, len(comment))
    return records + end + comment


def _central_record(entry: Member) -> bytes:
    # Everything lies below four gigabytes, so the short fields serve and a zip64 field would be stale.
    extra = _without_zip64(entry.extra)
    fields = list(entry.fields)
    fields[7:9] = [entry.packed, entry.size]
    fields[10] = len(extra)
    fields[15] = entry.offset
    return _CENTRAL.pack(b"PK\x01\x02", *fields) + entry.raw_name + extra + entry.comment


def _without_zip64(extra: bytes) -> bytes:
    kept, position = [], 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        if kind != 1:
            kept.append(extra[position : position + 4 + length])
        position += 4 + length
    return b"".join(kept) + extra[position:]
