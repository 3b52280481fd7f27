"""The zip file of a package, member by member: unchanged members are copied as the bytes they were."""

import struct
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from hscb_xl.base.limits import Limits, megabytes
from hscb_xl.errors import DamagedBook, OverLimit, UnsafeEdit
from hscb_xl.ooxml.package import deflate, directory
from hscb_xl.ooxml.package.directory import CENTRAL, END, END_SIGN, FULL, UTF8, End, Member

Content: TypeAlias = bytes | tuple[bytes, ...]
"""The bytes of a part, whole or in pieces: a large sheet is not copied to be put together."""
LARGE = 100 << 20
MAX_RATIO = 200
"""How many times its packed size a part that is ``LARGE`` may have: sheets of a million rows have 5 to 30."""

_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1
_METHODS = (0, 8)
_AT_ONCE = 1 << 18
"""Bytes that are inflated at once where they are only looked at."""
_EPOCH = 0x21  # 1 January 1980, the first day a zip file can name


class Archive:
    """A zip file in memory, read by its central directory and written back with some members changed."""

    def __init__(self, data: bytes, limits: Limits | None = None) -> None:
        self._data = data
        self._limits = limits or Limits()
        self._end = directory.end_of(data)
        members = list(directory.members(data, self._end))
        self.members: dict[str, Member] = {member.name: member for member in members}
        _refuse_clashes(members)
        self._refuse_much()
        self._records = list(self._in_file_order())
        self._sound: set[str] = set()

    def read(self, name: str) -> bytes:
        """The inflated bytes of a member; DamagedBook when they do not match its checksum."""
        member = self.members[name]
        if member.flags & _ENCRYPTED:
            raise UnsafeEdit(f"the part {name} is encrypted; save the workbook without a password.")
        start = self._data_start(member)
        packed = self._data[start : start + member.packed]
        data = _inflate(packed, member, self._limits)
        if zlib.crc32(data) != member.crc or len(data) != member.size:
            raise DamagedBook(f"the part {name} is damaged; open the workbook in Excel and repair it.")
        self._sound.add(name)
        return data

    def damaged(self, but: Container[str] = ()) -> list[str]:
        """The members that nobody has read and that do not match their checksum, in the file's order.

        Those packed in a way that is not read, and those that would be a bomb, are not looked into.
        """
        unread = [name for name in self.members if name not in self._sound and name not in but]
        return [name for name in unread if not self._is_sound(self.members[name])]

    def _is_sound(self, member: Member) -> bool:
        start = self._data_start(member)
        packed = self._data[start : start + member.packed]
        try:
            if member.flags & _ENCRYPTED or member.method not in _METHODS:
                return True
            _refuse_bomb(member, self._limits)
        except (OverLimit, UnsafeEdit):
            return True
        size, crc = _measured(packed, member)
        return size == member.size and crc == member.crc

    def holds(self, name: str, content: Content) -> bool:
        """Whether a member holds these bytes; it is inflated only if their checksum is its own."""
        member = self.members[name]
        if _size(content) != member.size or _checksum(content) != member.crc:
            return False
        return self.read(name) == joined(content)

    def rewritten(self, changes: Mapping[str, Content | None]) -> bytes:
        """The whole file with ``changes`` made: new content of a part, or None to leave it out.

        Members that are not named keep their bytes and their order; new ones follow them.
        """
        out = _Output(self._data[: self._first_offset()])
        for member, end in self._records:
            content = changes.get(member.name)
            if content is not None:
                out.pack(content, member)
            elif member.name not in changes:
                out.copy(self._data[member.offset : end], member)
        for name, content in changes.items():
            if content is not None and name not in self.members:
                out.pack(content, _blank(name))
        return out.finished(self.members, self._end)

    def hold_to(self, limits: Limits) -> None:
        """Inflate no more than these limits allow from now on; OverLimit where the members would be more."""
        self._limits = limits
        self._refuse_much()

    def _refuse_much(self) -> None:
        """Refuse by the sizes that the directory states, to which inflating is held."""
        whole = sum(member.size for member in self.members.values())
        if whole > self._limits.whole:
            raise OverLimit(
                f"its parts would grow to {megabytes(whole)} in all, more than the "
                f"{megabytes(self._limits.whole)} that are read: if it is meant to be so large, "
                f"{self._limits.raise_size}."
            )

    def _first_offset(self) -> int:
        return min((member.offset for member in self.members.values()), default=self._end.start)

    def _in_file_order(self) -> Iterator[tuple[Member, int]]:
        """Each member with the offset where the next begins, so that descriptors and gaps are kept."""
        ordered = sorted(self.members.values(), key=lambda member: member.offset)
        ends = [*(member.offset for member in ordered), self._end.start][1:]
        for member, end in zip(ordered, ends, strict=True):
            if self._data_start(member) + member.packed > end:
                raise DamagedBook(
                    f"the part {member.name} runs into the next one; restore a copy of the file."
                )
            yield member, end

    def _data_start(self, member: Member) -> int:
        header = self._data[member.offset : member.offset + _LOCAL.size]
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise DamagedBook(f"the part {member.name} is not where the file says; restore a copy of it.")
        name_length, extra_length = _LOCAL.unpack(header)[-2:]
        return int(member.offset + _LOCAL.size + name_length + extra_length)


def _refuse_clashes(members: list[Member]) -> None:
    seen: set[str] = set()
    for member in members:
        key = member.name.replace("\\", "/").lower()
        if key in seen:
            raise UnsafeEdit(f"the file holds the part {member.name} twice; save it again in Excel.")
        seen.add(key)


def _inflate(packed: bytes, member: Member, limits: Limits) -> bytes:
    if member.method == 0:
        return packed
    if member.method != 8:
        raise UnsafeEdit(f"the part {member.name} is packed in an unusual way; save the file again in Excel.")
    _refuse_bomb(member, limits)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        return inflater.decompress(packed, member.size + 1)
    except zlib.error as problem:
        raise DamagedBook(f"the part {member.name} is damaged ({problem}); restore a copy of it.") from None
    except MemoryError:
        raise OverLimit(
            f"the part {member.name} needs more memory than there is: close other programs and try again."
        ) from None


def _measured(packed: bytes, member: Member) -> tuple[int, int]:
    """The size and checksum of what a member inflates to, which is nowhere kept; -1 where it does not."""
    if member.method == 0:
        return len(packed), zlib.crc32(packed)
    inflater, size, crc = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0
    try:
        while not inflater.eof and size <= member.size:
            piece = inflater.decompress(packed, _AT_ONCE)
            if not piece and not inflater.unconsumed_tail:
                break
            packed, size, crc = inflater.unconsumed_tail, size + len(piece), zlib.crc32(piece, crc)
    except zlib.error:
        return -1, 0
    return (size, crc) if inflater.eof else (-1, 0)


def _refuse_bomb(member: Member, limits: Limits) -> None:
    if member.size > limits.part:
        raise OverLimit(
            f"the part {member.name} would grow to {megabytes(member.size)}, more than the "
            f"{megabytes(limits.part)} that are read: if it is meant to be so large, "
            f"{limits.raise_size}."
        )
    if member.size > LARGE and member.size > MAX_RATIO * member.packed:
        raise UnsafeEdit(
            f"the part {member.name} would grow from {member.packed:,} to {member.size:,} bytes, "
            "as no sheet does; it is not read."
        )


def _blank(name: str) -> Member:
    """The entry of a member that is new: no dates of this machine, no owner."""
    raw = name.encode("utf-8")
    flags = 0 if name.isascii() else UTF8
    fields = (20, 20, flags, 8, 0, _EPOCH, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0)
    return Member(name, fields, raw, b"", b"", 0, 0, 0)


def joined(content: Content) -> bytes:
    """The bytes of a content in pieces."""
    return content if isinstance(content, bytes) else b"".join(content)


def _pieces(content: Content) -> tuple[bytes, ...]:
    return (content,) if isinstance(content, bytes) else content


def _size(content: Content) -> int:
    return sum(map(len, _pieces(content)))


def _checksum(content: Content) -> int:
    crc = 0
    for piece in _pieces(content):
        crc = zlib.crc32(piece, crc)
    return crc


def _packed(content: Content, member: Member, offset: int) -> tuple[bytes, Member]:
    """A member's new local record and entry, deflated, its name and dates kept."""
    packed = deflate.deflated(_pieces(content))
    made, _, flags, _, time, day, *_ = member.fields
    flags &= UTF8
    crc, size = _checksum(content), _size(content)
    local = _LOCAL.pack(
        b"PK\x03\x04", 20, flags, 8, time, day, crc, len(packed), size, len(member.raw_name), 0
    )
    fields = (made, 20, flags, 8, time, day, crc, len(packed), size, *member.fields[9:])
    entry = replace(member, fields=fields, extra=b"", offset=offset, packed=len(packed), size=size)
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

    def pack(self, content: Content, member: Member) -> None:
        """Append a member with new content."""
        self._append(*_packed(content, member, self._position))

    def finished(self, first: Iterable[str], end: End) -> bytes:
        """All bytes; the directory lists the members in the order of ``first``, then new ones.

        What stands behind the end record of the file that was read, ``end``, stays there.
        """
        order = dict.fromkeys([*first, *self._entries])
        entries = [self._entries[name] for name in order if name in self._entries]
        return b"".join([*self._chunks, _directory(entries, self._position, end)])

    def _append(self, record: bytes, entry: Member) -> None:
        self._chunks.append(record)
        self._entries[entry.name] = entry
        self._position += len(record)


def _directory(entries: list[Member], start: int, before: End) -> bytes:
    if start >= FULL or len(entries) >= 0xFFFF:
        raise UnsafeEdit("the workbook would grow past what an ordinary zip file holds; it is not written.")
    records = b"".join(_central_record(entry) for entry in entries)
    count = len(entries)
    end = END.pack(END_SIGN, 0, 0, count, count, len(records), start, before.comment)
    return records + end + before.tail


def _central_record(entry: Member) -> bytes:
    # Everything lies below four gigabytes, so the short fields serve and a zip64 field would be stale.
    extra = _without_zip64(entry.extra)
    fields = list(entry.fields)
    fields[7:9] = [entry.packed, entry.size]
    fields[10] = len(extra)
    fields[15] = entry.offset
    return CENTRAL.pack(b"PK\x01\x02", *fields) + entry.raw_name + extra + entry.comment


def _without_zip64(extra: bytes) -> bytes:
    kept, position = [], 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        if kind != 1:
            kept.append(extra[position : position + 4 + length])
        position += 4 + length
    return b"".join(kept) + extra[position:]
