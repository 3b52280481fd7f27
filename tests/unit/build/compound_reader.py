"""Reads a compound file by its published description, and says where it breaks a rule of the format."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SECTOR, MINI, LIMIT = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5


@dataclass(frozen=True)
class Line:
    """One line of the directory."""

    number: int
    name: str
    kind: int
    black: bool
    left: int
    right: int
    child: int
    rest: bytes
    start: int
    size: int


class Compound:
    """A compound file of version 3 whose header names all its FAT sectors; asserts what it relies on."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.header = struct.unpack_from("<8s16sHHHHH6sIIIIIIIII", data)
        assert len(data) % SECTOR == 0
        self.fat_sectors = [n for n in struct.unpack_from("<109I", data, 76) if n != FREE]
        self.fat = self._numbers(b"".join(map(self.sector, self.fat_sectors)))
        self.directory_chain = self.chain(self.header[10])
        raw = b"".join(map(self.sector, self.directory_chain))
        self.lines = [_line(number, raw[number * 128 :][:128]) for number in range(len(raw) // 128)]
        self.mini_fat_chain = self.chain(self.header[13])
        self.mini_fat = self._numbers(b"".join(map(self.sector, self.mini_fat_chain)))
        self.mini_stream = b"".join(map(self.sector, self.chain(self.lines[0].start)))

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data)

    def sector(self, number: int) -> bytes:
        return self.data[SECTOR * (number + 1) :][:SECTOR]

    def chain(self, start: int, *, mini: bool = False) -> list[int]:
        found: list[int] = []
        while start != END:
            assert start not in found
            found.append(start)
            start = (self.mini_fat if mini else self.fat)[start]
        return found

    def stream(self, line: Line) -> bytes:
        if line.size >= LIMIT:
            return b"".join(map(self.sector, self.chain(line.start)))[: line.size]
        pieces = (self.mini_stream[MINI * n :][:MINI] for n in self.chain(line.start, mini=True))
        return b"".join(pieces)[: line.size]

    def content(self, top: int | None = None) -> dict[str, object]:
        """Streams and storages by name, below the root where no other line is given."""
        top = self.lines[0].child if top is None else top
        return {
            line.name: self.stream(line) if line.kind == STREAM else self.content(line.child)
            for line in self.tree(top)
        }

    def tree(self, top: int) -> Iterator[Line]:
        """The lines below and beside ``top``, in order."""
        if top != FREE:
            yield from self.tree(self.lines[top].left)
            yield self.lines[top]
            yield from self.tree(self.lines[top].right)

    def problems(self) -> list[str]:
        return [*self._header(), *self._sectors(), *self._mini_sectors(), *self._directory()]

    def _header(self) -> Iterator[str]:
        magic, clsid, _, version, order, shift, mini_shift, reserved, *counts = self.header
        if (magic, version, order) != (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 3, 0xFFFE):
            yield "not a compound file of version 3"
        if (shift, mini_shift, clsid, reserved) != (9, 6, bytes(16), bytes(6)):
            yield "sizes or reserved fields of the header"
        directory_count, fat_count, _, transaction, limit, _, mini_fat_count, difat, difat_count = counts
        if (directory_count, transaction, limit, difat, difat_count) != (0, 0, LIMIT, END, 0):
            yield "fixed fields of the header"
        if fat_count != len(self.fat_sectors) or mini_fat_count != len(self.mini_fat_chain):
            yield "the header counts FAT sectors wrongly"

    def _sectors(self) -> Iterator[str]:
        """Every sector belongs to one chain, is FAT, or is marked free."""
        total = len(self.data) // SECTOR - 1
        if any(self.fat[number] != FAT for number in self.fat_sectors):
            yield "a FAT sector that the FAT does not mark as one"
        used = [*self.fat_sectors, *self.directory_chain, *self.mini_fat_chain]
        used += self.chain(self.lines[0].start)
        for line in self._streams():
            if line.size >= LIMIT:
                chain = self.chain(line.start)
                used += chain
                if len(chain) != -(-line.size // SECTOR):
                    yield f"{line.name}: a chain of another length than its size asks for"
        if len(set(used)) < len(used):
            yield "a sector in two chains"
        if sorted(used) != [n for n in range(total) if self.fat[n] != FREE]:
            yield "a sector that is neither used nor free"
        if any(entry != FREE for entry in self.fat[total:]):
            yield "the FAT tells of sectors behind the end"

    def _mini_sectors(self) -> Iterator[str]:
        if self.lines[0].size != len(self.mini_stream) - len(self.mini_stream) % MINI:
            size = -(-self.lines[0].size // SECTOR) * SECTOR
            if size != len(self.mini_stream) or self.lines[0].size % MINI:
                yield "the mini stream's size"
        used: list[int] = []
        for line in self._streams():
            if line.size < LIMIT:
                chain = self.chain(line.start, mini=True)
                used += chain
                if len(chain) != -(-line.size // MINI):
                    yield f"{line.name}: a mini chain of another length than its size asks for"
        total = self.lines[0].size // MINI
        if sorted(used) != list(range(total)) or any(entry != FREE for entry in self.mini_fat[total:]):
            yield "a mini sector that is not used once"

    def _directory(self) -> Iterator[str]:
        root = self.lines[0]
        if (root.kind, root.name, root.left, root.right) != (ROOT, "Root Entry", FREE, FREE):
            yield "the root's line"
        reached = [0, *self._below(root)]
        if len(set(reached)) < len(reached):
            yield "a line that is reached twice"
        for line in self.lines:
            if any(line.rest):
                yield f"{line.name}: a class id, state or time"
            if line.number not in reached and (line.kind, line.left, line.right, line.child) != (
                0,
                *[FREE] * 3,
            ):
                yield f"line {line.number} is neither reached nor unused"
            if line.kind in (STORAGE, ROOT):
                yield from self._siblings(line.child)

    def _below(self, line: Line) -> Iterator[int]:
        for child in self.tree(line.child):
            yield child.number
            if child.kind == STORAGE:
                yield from self._below(child)

    def _siblings(self, top: int) -> Iterator[str]:
        names = [(len(line.name), "".join(map(upper, line.name))) for line in self.tree(top)]
        if names != sorted(set(names)):
            yield f"siblings out of order: {names}"
        if top != FREE and not self.lines[top].black:
            yield "the top of a tree is red"
        if len(set(self._black_heights(top, 0))) > 1:
            yield "ways down with different numbers of black lines"
        for line in self.tree(top):
            for other in (line.left, line.right):
                if other != FREE and not line.black and not self.lines[other].black:
                    yield f"{line.name} and {self.lines[other].name} are both red"

    def _black_heights(self, top: int, above: int) -> Iterator[int]:
        if top == FREE:
            yield above
            return
        line = self.lines[top]
        for other in (line.left, line.right):
            yield from self._black_heights(other, above + line.black)

    def _streams(self) -> Iterator[Line]:
        return (line for line in self.lines if line.kind == STREAM)


def upper(char: str) -> str:
    """One character in upper case, where that is one character too; as the format compares names."""
    return char.upper() if len(char.upper()) == 1 else char


def _line(number: int, raw: bytes) -> Line:
    name, length, kind, color, left, right, child = struct.unpack_from("<64sHBBIII", raw)
    start, size = struct.unpack_from("<IQ", raw, 116)
    text = name[: max(length - 2, 0)].decode("utf-16-le")
    return Line(number, text, kind, color == 1, left, right, child, raw[80:116], start, size)
