"""Writing a compound file: the container that holds a VBA project ([MS-CFB], version 3).

The same content gives the same bytes: no times, no class ids, siblings in the order the format asks for.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, Union

Content: TypeAlias = Mapping[str, Union[bytes, "Content"]]
"""Streams (bytes) and storages (a mapping of the same kind) by their name."""

_SECTOR = 512
_MINI_SECTOR = 64
_MINI_LIMIT = 4096
"""Streams of fewer bytes lie in the mini stream."""
_PER_SECTOR = _SECTOR // 4
_IN_HEADER = 109
"""How many FAT sectors the header itself can name: enough for 7 MB, so none are named elsewhere."""
_LONGEST_NAME = 31

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
_HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
_UNUSED = _ENTRY.pack(b"", 0, 0, 0, _NONE, _NONE, _NONE, b"", 0, 0, 0, 0, 0)


@dataclass(slots=True)
class _Entry:
    """One line of the directory; the three links are the numbers of other lines."""

    name: str
    kind: int
    data: bytes = b""
    color: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        links = (self.left, self.right, self.child)
        named = (name, len(name) + 2, self.kind, self.color)
        return _ENTRY.pack(*named, *links, b"", 0, 0, 0, self.start, len(self.data))


@dataclass(slots=True)
class _Sectors:
    """Sectors of one size and, for each, the number of the one that follows it in its chain."""

    size: int
    blocks: list[bytes] = field(default_factory=list)
    following: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Append a chain that holds ``data``; the number of its first sector."""
        if not data:
            return _END
        first = len(self.blocks)
        self.blocks.extend(
            data[at : at + self.size].ljust(self.size, b"\0") for at in range(0, len(data), self.size)
        )
        self.following.extend(range(first + 1, len(self.blocks)))
        self.following.append(_END)
        return first


def compound_file(content: Content) -> bytes:
    """The bytes of a compound file with this content.

    Raises ValueError for a name that the format does not take, for two names that differ in their case
    only, and for more than 7 MB.
    """
    directory = [_Entry("Root Entry", _ROOT)]
    directory[0].child = _add_children(directory, content)
    sectors, mini = _Sectors(_SECTOR), _Sectors(_MINI_SECTOR)
    for entry in directory:
        if entry.kind == _STREAM:
            entry.start = (mini if len(entry.data) < _MINI_LIMIT else sectors).add(entry.data)
    directory[0].data = b"".join(mini.blocks)
    directory[0].start = sectors.add(directory[0].data)
    mini_fat = sectors.add(_table(mini.following))
    first_of_directory = sectors.add(_lines(directory))
    return _file(sectors, first_of_directory, mini_fat, -(-len(mini.following) // _PER_SECTOR))


def _add_children(directory: list[_Entry], content: Content) -> int:
    """Append a storage's children and theirs; the number of the child that the others hang from."""
    names = sorted(content, key=sort_key)
    _refuse_names(names)
    first = len(directory)
    for name in names:
        value = content[name]
        directory.append(_Entry(name, _STREAM, value) if isinstance(value, bytes) else _Entry(name, _STORAGE))
    top = _hang(directory, first, len(directory), (len(names) + 1).bit_length() - 1)
    for number, name in enumerate(names, start=first):
        value = content[name]
        if not isinstance(value, bytes):
            directory[number].child = _add_children(directory, value)
    return top


def sort_key(name: str) -> tuple[int, bytes]:
    """What siblings are ordered by: the name's length, then its upper-cased characters ([MS-CFB] 2.6.4)."""
    upper = "".join(char.upper() if len(char.upper()) == 1 else char for char in name)
    return len(name.encode("utf-16-le")), upper.encode("utf-16-be")


def _refuse_names(names: Sequence[str]) -> None:
    for name in names:
        if not 0 < len(name.encode("utf-16-le")) <= 2 * _LONGEST_NAME or set(name) & set("/\\:!"):
            raise ValueError(f"{name!r} cannot be a name in a compound file")
    keys = [sort_key(name) for name in names]
    if len(set(keys)) < len(keys):
        raise ValueError(f"two names differ in their case only: {', '.join(names)}")


def _hang(directory: list[_Entry], first: int, end: int, black: int) -> int:
    """Link the ordered entries from ``first`` up to ``end`` as a red-black tree; the number of its top.

    Halving fills every level but the last one. With the ``black`` full levels black and the last one red,
    every way down passes as many black entries, and no two red ones follow each other.
    """
    if first == end:
        return _NONE
    top = (first + end) // 2
    entry = directory[top]
    entry.color = _BLACK if black > 0 else _RED
    entry.left = _hang(directory, first, top, black - 1)
    entry.right = _hang(directory, top + 1, end, black - 1)
    return top


def _lines(directory: Sequence[_Entry]) -> bytes:
    lines = b"".join(entry.packed() for entry in directory)
    return lines + _UNUSED * (-len(directory) % (_SECTOR // _ENTRY.size))


def _table(numbers: Sequence[int]) -> bytes:
    """A FAT: the numbers, and as many free sectors as fill its last sector."""
    padded = [*numbers, *[_FREE] * (-len(numbers) % _PER_SECTOR)]
    return struct.pack(f"<{len(padded)}I", *padded)


def _file(sectors: _Sectors, directory: int, mini_fat: int, mini_fat_count: int) -> bytes:
    used = len(sectors.blocks)
    count = -(-used // (_PER_SECTOR - 1))  # each FAT sector has a place for itself too
    if count > _IN_HEADER:
        raise ValueError("a compound file of more than 7 MB")
    fat = _table([*sectors.following, *[_FAT] * count])
    places = [*range(used, used + count), *[_FREE] * (_IN_HEADER - count)]
    header = _HEADER.pack(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,  # minor version
        3,
        0xFFFE,  # byte order
        _SECTOR.bit_length() - 1,
        _MINI_SECTOR.bit_length() - 1,
        b"",
        0,  # directory sectors: not counted in version 3
        count,
        directory,
        0,  # transaction
        _MINI_LIMIT,
        mini_fat,
        mini_fat_count,
        _END,
        0,  # sectors of FAT places outside the header
    )
    return b"".join((header, struct.pack(f"<{_IN_HEADER}I", *places), *sectors.blocks, fat))
